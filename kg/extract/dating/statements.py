"""Dates of the speech or occasion in which one did what the sentence tells: "dans un discours prononcé mardi, X a menacé Y"."""

from __future__ import annotations

from collections.abc import Container

from kg.extract.lexicon.date_words import DateWords
from kg.extract.lines.parse import Span, Token

_LED = 4
"""How many words before a noun its preposition may begin."""
_COMPLEMENT = 2
"""How far behind a noun its bare complement stands: "conférence de presse"."""
_NAMED = 5
"""How many words before its participle a noun may stand."""


class Statements:
    """Finds the event that took place by or in what a date belongs to."""

    def __init__(self, words: DateWords) -> None:
        self._statements = frozenset((*words.speeches, *words.statements))
        self._in = frozenset(words.stating)
        self._during = frozenset(words.during)

    def act(self, participle: Token | None, span: Span, triggers: dict[int, int], acts: Container[int]) -> int | None:
        """The event of the verb whose statement or occasion stands before a date, alone or with the participle that it has there; `acts`
        are the events that are done by words."""
        if participle is not None and participle.i in triggers:
            return None
        noun = _noun(participle) if participle is not None else _before(span)
        if noun is None or noun.i in triggers:
            return None
        led = [t.lower_ for t in noun.doc[max(noun.sent.start, noun.i - _LED) : noun.i]]
        spoken = any(word in self._in for word in led) and noun.lower_lemma in self._statements
        if not spoken and not any(word in self._during for word in led):
            return None
        root = span.sent.root
        verb = root if root.i > span.end else next((a for a in noun.ancestors if a.pos_ == "VERB"), None)
        if verb is None or verb.i not in triggers or verb == participle:
            return None
        return verb.i if verb.i in acts or not spoken else None


def _noun(participle: Token) -> Token | None:
    """The noun that a participle qualifies, by the parse, else the nearest before it: "une conférence de presse tenue"."""
    if participle.dep_ in ("acl", "amod") and participle.head.pos_ == "NOUN":
        return _whole(participle.head)
    before = reversed(participle.doc[max(participle.sent.start, participle.i - _NAMED) : participle.i])
    return next((_whole(t) for t in before if t.pos_ == "NOUN"), None)


def _before(span: Span) -> Token | None:
    """The noun right before a date, or before what is taken for one there: "lors d'un discours, le 3 mai"."""
    doc, at = span.doc, span.start - 1
    while at > span.sent.start and (doc[at].pos_ == "DET" or doc[at].text == ","):
        at -= 1
    if at < span.sent.start or doc[at].pos_ != "NOUN":
        return None
    return _noun(doc[at]) if doc[at].dep_ == "acl" else _whole(doc[at])


def _whole(noun: Token) -> Token:
    """The noun of which another is the bare complement: "conférence" of "conférence de presse"."""
    before = noun.doc[max(noun.sent.start, noun.i - _COMPLEMENT) : noun.i]
    return before[0] if [t.pos_ for t in before] == ["NOUN", "ADP"] else noun
