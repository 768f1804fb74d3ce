"""Dates between commas within the phrase of a noun, whose day they tell: "le tir d'un missile par Oslo, le 3 mai, a été condamné"."""

from __future__ import annotations

from kg.extract.dating.surroundings import is_finite, outside_brackets
from kg.extract.dating.verbs import is_name
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line
from kg.extract.saying.speech import Speech

_COMPLEMENT = 12
"""How far back a trigger may stand of whose complements alone the words before a date consist."""

_HEAD = 4
"""An expression before so many characters of its sentence opens it."""


def completed(before: Span, triggers: dict[int, int]) -> int | None:
    """The trigger whose complements alone stand before a date: "le tir d'une torpille à moteur thermique le 3 mai"."""
    for token in reversed(outside_brackets(before)[-_COMPLEMENT:]):
        if token.i in triggers:
            return token.i
        if token.is_punct or (token.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") and not is_name(token)):
            return None
    return None


def inserted(span: Span, triggers: dict[int, int], line: Line, speech: Speech) -> int | None:
    """The noun behind whose complements a date stands after a comma, where they go on behind it ("la livraison, le 3 mai, de
    chars"), or the noun is the subject of a verb behind it, what a verb says or blames, or named after "deux ans après"."""
    doc, at = span.doc, span.start - 1
    while at > span.sent.start and doc[at].pos_ == "DET":
        at -= 1
    if at <= span.sent.start or doc[at].text != ",":
        return None
    found = completed(doc.span(span.sent.start, at), triggers)
    if found is None or doc[found].pos_ != "NOUN":
        return None
    noun = doc[found]
    goes_on = span.end + 1 < span.sent.end and doc[span.end].text == ","
    goes_on = goes_on and (Kind.OF_ANY in doc[span.end + 1].kinds or _is_subject_of_next(noun, span))
    return found if goes_on or _is_blamed(noun, speech) or _is_eve(noun, line) else None


def _is_subject_of_next(noun: Token, span: Span) -> bool:
    """Whether a noun is the subject of a finite verb right behind the date."""
    return noun.dep_.startswith("nsubj") and is_finite(span.doc[span.end + 1]) and noun.head.i > span.end


def _is_blamed(noun: Token, speech: Speech) -> bool:
    """Whether a noun is the object of a verb before it that says or blames what it tells."""
    verb = noun.head
    return noun.dep_ == "obj" and verb.i < noun.i and (speech.accuses(verb) or speech.says(verb) or speech.denies(verb))


def is_opening_eve(noun: Token, line: Line) -> bool:
    """Whether a noun stands behind "trois jours après" at the head of its sentence: the date between commas behind it is the main
    verb's."""
    first = noun.sent.start_char
    return any(e.is_ahead and first <= e.begin < first + _HEAD and e.end < noun.idx for e in line.dates)


def _is_eve(noun: Token, line: Line) -> bool:
    """Whether a noun stands behind "deux ans après", with no verb between, and not at the head of its sentence: the date behind
    that is the main verb's."""
    first = noun.sent.start_char + _HEAD
    before = [e for e in line.dates if e.is_ahead and first <= e.begin and e.end < noun.idx]
    return bool(before) and not any(
        t.pos_ in ("VERB", "AUX") for t in noun.doc[noun.sent.start : noun.i] if t.idx >= before[-1].end
    )
