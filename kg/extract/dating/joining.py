"""Verbs that share the date of the clause that theirs goes on with: "le 4 juin, Oslo a livré X et déployé Y", "s'est rendu mardi à
Kiev, où il a signé Z", "le 3 mai, X annonce que Y se retire"."""

from __future__ import annotations

from kg.extract.dating.expressions import PRECISION, Expression
from kg.extract.dating.surroundings import is_finite, opens
from kg.extract.dating.verbs import is_ahead, is_pluperfect, is_present, is_relative, is_simple_past
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lines.moods import Mood
from kg.extract.lines.parse import Token
from kg.extract.reading import Line

_STOPS = frozenset({";", ":", "«", "»"})
"""What ends the reach of the date that opens a sentence."""
_RIGHT_AFTER = 2
"""A day so near behind a verb dates those joined to it that share its subject."""


class Joining:
    """Finds the dates of clauses that others go on with."""

    def __init__(self, words: DateWords) -> None:
        self._announcing = frozenset(words.announcing)
        self._gathering = frozenset(words.gathering)
        self._moving = frozenset(words.moving) | self._gathering
        self._place = frozenset(words.there)
        self._when = frozenset(words.inverting) - frozenset(words.where)
        self._where = frozenset(words.where)
        self._meanwhile = frozenset(words.meanwhile)

    def dates(self, verb: Token, verbs: dict[int, list[int]], line: Line) -> list[int]:
        """The indexes of the dates that a verb without its own shares; `verbs` are those that have some."""
        if verb.pos_ != "VERB":
            return []
        return (
            self._coordinated(verb, verbs, line)
            or self._there(verb, verbs)
            or self._announced(verb, verbs)
            or self._below(verb, verbs)
        )

    def _coordinated(self, verb: Token, verbs: dict[int, list[int]], line: Line) -> list[int]:
        """Those that open the sentence, or stand right behind the verb whose subject this one shares."""
        head = self._head(verb)
        if head is None or not _is_alike(verb, head, is_beside=verb.dep_ == "advcl"):
            return []
        found = [i for i in verbs.get(head.i, ()) if self._reaches(line.dates[i], head, verb, line)]
        return found if not self._is_dated_between(found, verb, line) else []

    def _head(self, verb: Token) -> Token | None:
        """The main verb to which a verb is joined, by "et" or by "tandis que"."""
        head = verb
        while head.dep_ == "conj" and head.head.pos_ == "VERB":
            head = head.head
        if head.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in self._meanwhile for c in head.children):
            head = head.head
        return head if head != verb and head.dep_ == "ROOT" and head.i < verb.i else None

    def _reaches(self, date: Expression, head: Token, verb: Token, line: Line) -> bool:
        """Whether a date of the head reaches as far as the verb."""
        span = line.doc.around(date.begin, date.end)
        if span is None or any(t.text in _STOPS for t in verb.doc[span.end : verb.i]):
            return False
        if span.end <= head.i:
            return opens(span)
        shared = verb.dep_ == "conj" and not any(c.dep_.startswith("nsubj") for c in verb.children)
        return shared and date.precision == PRECISION["day"] and 0 <= span.start - head.i - 1 <= _RIGHT_AFTER

    def _is_dated_between(self, found: list[int], verb: Token, line: Line) -> bool:
        """Whether another date of the clauses between tells what came later."""
        if not found:
            return False
        first = line.dates[max(found)].end
        return any(first <= e.begin < verb.idx and e.precision and not is_relative(e, line) for e in line.dates)

    def _there(self, verb: Token, verbs: dict[int, list[int]]) -> list[int]:
        """Those of the journey or meeting whose place "où" takes up."""
        if not any(c.lower_ in self._where and c.i < verb.i for c in verb.children):
            return []
        above = next((a for a in verb.ancestors if a.pos_ == "VERB"), None)
        if above is None or above.lemma_ not in self._moving or not _is_alike(verb, above, is_beside=False):
            return []
        return verbs.get(above.i, [])

    def _announced(self, verb: Token, verbs: dict[int, list[int]]) -> list[int]:
        """Those of the announcement of what is done by it: "X annonce que Y suspend …", "… en annonçant que Y suspendait"."""
        above = verb.head
        if verb.dep_ != "ccomp" or above.lemma_ not in self._announcing or above.i > verb.i:
            return []
        is_yet = is_ahead(verb) or verb.mood is Mood.CONDITIONAL
        if is_yet or any(c.dep_ == "aux:tense" for c in verb.children) or is_simple_past(verb):
            return []
        while above.i not in verbs and above.dep_ in ("advcl", "xcomp", "acl"):
            above = above.head
        return verbs.get(above.i, [])

    def _below(self, verb: Token, verbs: dict[int, list[int]]) -> list[int]:
        """Those of the clause or participle before that tells when or where it was: "quand, en 2019, X se retire, Y …", "réunis mardi
        à Séoul, X et Y ont signé …", "arrivé mardi à Kiev, X y a signé …"."""
        subjects = [c for c in verb.children if c.dep_.startswith("nsubj")]
        for below in [c for t in (verb, *subjects) for c in t.children if c.i in verbs and c.i < verb.i]:
            if below.dep_ == "advcl" and any(c.lower_ in self._when for c in below.children):
                if _is_alike(verb, below, is_beside=False):
                    return verbs[below.i]
            elif below.dep_ in ("advcl", "acl") and not below.is_helped:
                there = any(c.lower_ in self._place for c in verb.children)
                if below.lemma_ in self._gathering or (there and below.lemma_ in self._moving):
                    return verbs[below.i]
        return []


def _is_alike(verb: Token, other: Token, *, is_beside: bool) -> bool:
    """Whether a verb stands in the tense of another, or shares its auxiliary; beside it ("tandis que …") also in the imperfect."""
    form, model = _form(verb), _form(other)
    return form in (model, "") or (is_beside and form == "past" and model != "future")


def _form(verb: Token) -> str:
    """The tense of a verb by its finite form, "" where it has none of its own."""
    if is_ahead(verb):
        return "future"
    if is_pluperfect(verb):
        return "pluperfect"
    if is_simple_past(verb):
        return "simple"
    if is_present(verb):
        return "present"
    if any(c.dep_ == "aux:tense" for c in verb.children):
        return "compound"
    if is_finite(verb):
        return "past"
    return "other" if verb.is_helped else ""
