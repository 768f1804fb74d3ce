"""Dates of which their place in the sentence tells whose they are, whatever the parse makes of it."""

from __future__ import annotations

import re

from kg.extract.clauses.syntax import Syntax
from kg.extract.dating.expressions import Expression
from kg.extract.dating.insertions import completed
from kg.extract.dating.members import lead
from kg.extract.dating.surroundings import is_finite
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line

_JOINED = ("conj", "advcl", "acl")
"""How the parse hangs a participle on the one before it: "signé le 6 février, ratifié le 29 mars"."""
_BACK = 6
"""How many words a noun phrase before its year, or a participle before its date, may have."""
_RECALLED = 12
"""How many words before its date a noun phrase after "depuis" may have."""
_AFTER = 5
"""How far after a date "quand" may open the clause that it dates."""
_LED = 3
"""How far before a noun its preposition may stand."""
_QUALIFIED = 24
"""How far back the noun may stand of which a participle tells the date."""
_FRONTED = 2
"""A participle so near the head of its sentence opens it."""


class Placement:
    """Reads the place of a date."""

    def __init__(self, words: DateWords, syntax: Syntax) -> None:
        self._syntax = syntax
        self._concluded = frozenset(words.concluded)
        self._dated_by = frozenset(words.dated)
        self._doing = frozenset(words.brought_about) | self._dated_by
        self._brought = self._doing | self._concluded
        self._published = frozenset(words.publishing)
        self._speeches = frozenset(words.speeches)
        self._inverting = frozenset(words.inverting)
        self._of_year = re.compile(rf"(?:{words.of_year})\d{{4}}$", re.IGNORECASE)
        self._held = frozenset(words.held)
        self._occasions = frozenset(words.occasions)
        self._within = frozenset(words.within)
        self._according = frozenset(words.according)
        self._since = frozenset(words.since)
        self._epochs = frozenset(words.epochs)

    def is_of_other(self, expression: Expression, span: Span, line: Line, triggers: dict[int, int]) -> bool:
        """Whether a date tells which thing is meant, not when: "le communiqué de 1982", "du pacte, conclu le 3 mai", "un rapport
        publié mardi"."""
        if self._of_year.match(line.reading.text[expression.begin : expression.end]):
            return self._specifies(span, triggers)
        if self._recalls(span, triggers) or self._is_of_source(span, triggers):
            return True
        participle = self.participle(span)
        if participle is None or participle.i in triggers:
            return False
        if participle.lower_lemma in self._published:
            return participle.dep_ in ("acl", "amod") and participle.head.lower_lemma not in self._speeches
        if participle.lower_lemma not in self._concluded:
            return False
        if any(c.i in triggers and self._syntax.is_participle(c) for c in participle.children if c.dep_ in _JOINED):
            return True
        return any(
            n.kind == "Treaty"
            and 0 <= participle.i - n.end <= _FRONTED + 2
            and _is_gap(line.doc.span(n.end, participle.i))
            for n in line.names
        )

    def _recalls(self, span: Span, triggers: dict[int, int]) -> bool:
        """Whether a date is that of what happened before or since: "une première depuis l'annexion de la Crimée en 2014"."""
        doc = span.doc
        start = span.start - 1 if doc[max(0, span.start - 1)].text == "," else span.start
        for token in reversed(doc[max(span.sent.start, start - _RECALLED) : start]):
            if token.lower_ in self._since:
                named = next((t for t in doc[token.i + 1 : start] if t.pos_ in ("NOUN", "PRON")), None)
                return named is not None and (
                    named.lower_lemma in self._epochs or "Dem" in named.morph.get("PronType", [])
                )
            if token.i in triggers or token.is_punct or token.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ"):
                return False
        return False

    def _is_of_source(self, span: Span, triggers: dict[int, int]) -> bool:
        """Whether a verb behind a source tells the day, which is then that of the source: "selon un rapport que X a lu lundi"."""
        doc = span.doc
        for token in reversed(doc[span.sent.start : span.start]):
            if token.lower_ in self._according:
                return any(t.pos_ in ("VERB", "AUX") for t in doc[token.i + 1 : span.start])
            if token.text == "," or token.i in triggers:
                return False
        return False

    def _specifies(self, span: Span, triggers: dict[int, int]) -> bool:
        """Whether the year only specifies the noun before it, which is no event and no time itself."""
        doc, at, first = span.doc, span.start - 1, span.sent.start
        while at > first and doc[at].pos_ == "ADJ":
            at -= 1
        if at < first or doc[at].pos_ not in ("NOUN", "PROPN") or any(i <= at < end for i, end in triggers.items()):
            return False
        led = next((t.lower_ for t in reversed(doc[max(first, at - _LED) : at]) if t.pos_ not in ("DET", "ADJ")), "")
        back = doc[max(first, at - _LED - 1) : at]
        return not (
            led in self._within or any(t.lower_ in self._occasions for t in back) or doc[at].lower_lemma in self._held
        )

    def participle(self, span: Span) -> Token | None:
        """The bare participle of which a date is a complement: "conclu à Genève le 3 mai"."""
        doc = span.doc
        for token in reversed(doc[max(span.sent.start, span.start - _BACK) : span.start]):
            if token.pos_ == "AUX" or token.is_punct:
                return None
            if token.pos_ in ("VERB", "ADJ") and self._syntax.is_participle(token):
                bare = not token.is_helped
                return token if bare and doc[max(0, token.i - 1)].pos_ != "AUX" else None
        return None

    def qualified(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The noun of which a participle or adjective before the date tells it ("le retrait …, effectif le 3 mai"), or the verb of a
        relative clause tells by whom it was done then: "l'embargo que l'ONU a décrété le 3 mai"."""
        doc, first, at = span.doc, span.sent.start, lead(span)
        while at > first and doc[at].pos_ == "ADV":
            at -= 1
        word = doc[max(at, first)]
        if word.lower_lemma not in self._dated_by:
            word = self.participle(span) or word
        if span.start - word.i > _BACK or is_finite(word):
            return None
        if word.is_helped or doc[max(first, word.i - 1)].pos_ == "AUX":
            return self._related(word, triggers)
        if word.lower_lemma not in self._doing:
            return None
        if word.dep_ == "conj" and word.head.is_helped:
            return None
        for token in reversed(doc[max(first, word.i - _QUALIFIED) : word.i]):
            if token.pos_ in ("VERB", "AUX", "SCONJ") and (token.is_helped or not self._syntax.is_participle(token)):
                return None
            if token.i in triggers:
                return token.i
        return None

    def _related(self, verb: Token, triggers: dict[int, int]) -> int | None:
        """The noun with whose complements alone a relative clause begins, of which its verb tells that it was done."""
        if verb.lower_lemma not in self._doing:
            return None
        doc, first = verb.doc, verb.sent.start
        for token in reversed(doc[first : verb.i]):
            if "Rel" in token.morph.get("PronType", []) or Kind.THAT in token.kinds:
                end = token.i - 1 if token.i > first and doc[token.i - 1].text == "," else token.i
                found = completed(doc.span(first, end), triggers)
                return found if found is not None and doc[found].pos_ == "NOUN" else None
            if token.is_punct or token.pos_ == "VERB":
                return None
        return None

    def fronted(self, span: Span, triggers: dict[int, int]) -> tuple[bool, int | None]:
        """Whether a date stands in the participle that opens its sentence, which is no event itself, and the event at the head of
        the subject that it qualifies, if any: "Annoncé le 3 mai par Paris, le retrait …"."""
        doc, start = span.doc, span.sent.start
        opening = next(
            (t for t in doc[start : min(start + _FRONTED, span.start)] if self._syntax.is_participle(t)), None
        )
        if opening is None or any(opening.i <= i < span.start for i in triggers):
            return False, None
        if any(t.pos_ == "AUX" for t in doc[start : span.start]):
            return False, None
        comma = next((t.i for t in doc[span.end : span.sent.end] if t.text == ","), None)
        if comma is None:
            return False, None
        verb = next((t.i for t in doc[comma : span.sent.end] if t.pos_ in ("AUX", "VERB") or t.dep_ == "cop"), None)
        subject = [i for i in sorted(triggers) if comma < i < (verb or span.sent.end) and doc[i].pos_ == "NOUN"]
        done = opening.lower_lemma in self._brought or opening.head.lower_lemma in self._brought
        return True, subject[0] if subject and done else None

    def inverted(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The event of the clause for which the sentence only sets the time: "Tout a commencé le 3 mai, quand X a bombardé …"."""
        doc, first = span.doc, span.sent.start
        if any(first <= i < span.start for i in triggers):
            return None
        for token in doc[span.end : min(span.end + _AFTER, span.sent.end)]:
            if token.lower_ in self._inverting:
                return next((i for i in sorted(triggers) if i > token.i), None)
            if token.pos_ in ("VERB", "AUX"):
                return None
        return None


def _is_gap(between: Span) -> bool:
    """Whether only an acronym in brackets, adverbs and a comma stand between a treaty's name and its participle."""
    return not any(t.pos_ in ("NOUN", "VERB", "AUX", "ADP", "CCONJ") for t in between)
