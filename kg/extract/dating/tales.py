"""The year of a day, month or season told without one, by what was told around it: the date that heads its part of the text, the year
of a tale, that of the verb to which its own is joined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kg.extract.clauses.finite import is_perfective
from kg.extract.dating.days import Value
from kg.extract.dating.expressions import PRECISION, Expression
from kg.extract.dating.verbs import (
    is_compound,
    is_past,
    is_pluperfect,
    is_present,
    is_simple_past,
    reach,
    sets,
    verb_of,
)
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.moods import Mood
from kg.extract.lines.parse import Token
from kg.extract.reading import Line

Counted = Callable[[Expression, Line], Value | None]
"""Gives the value of a date that counts from another, or from the document's day."""
_BACK = 3
"""A tale goes on at most so many paragraphs further on, where none of them tells a date."""


def beside(expression: Expression, line: Line) -> Value | None:
    """In a part of the text that a date heads: the one within it, else nearest to it."""
    value = line.setting.value if line.setting is not None else None
    if value is None or value.earliest is None or value.latest is None:
        return None
    first, last = value.earliest, value.latest
    ways = ((last, False), (first, True), (first, False))
    found = [v for v in (expression.resolve(base, future) for base, future in ways) if v and v.earliest]
    inside = [v for v in found if v.earliest and first <= v.earliest <= last]
    return min(inside or found, key=lambda v: abs(((v.earliest or first) - first).days), default=None)


def carried(expression: Expression, line: Line, base: date | None, counted: Counted) -> Value | None:
    """In a text without a date, or in a tale in the historic present: of the year that was told before it, or of the next where it
    comes earlier in the year. `counted` gives the value of a date that counts from another."""
    verb = verb_of(expression, line)
    historic = verb is not None and is_present(verb) and verb.mood is not Mood.FUTURE
    if base is not None and not historic:
        return None
    for other in reversed([e for e in line.dates if e.end <= expression.begin and e.precision and not e.is_bracket]):
        known = line.values.get(other.begin) if base is None or other.shift is None else None
        if base is None and other.shift is not None:
            known = counted(other, line)
        value = known or other.resolve(None, False)
        if value is None or value.earliest is None or _is_naming(other, line):
            continue
        if base is not None and (value.earliest.year == base.year or not sets(other, line)):
            return None
        near = expression.resolve(value.earliest, True)
        pluperfect = verb is not None and is_perfective(verb)
        return expression.resolve(value.earliest.replace(month=12, day=31), False) if pluperfect else near
    return None


def _is_naming(expression: Expression, line: Line) -> bool:
    """Whether a year only tells which of its kind the word before it means: "celui de 1991", "le traité de 1991"."""
    span = line.doc.around(expression.begin, expression.end)
    if span is None or not span.start or expression.precision != PRECISION["year"]:
        return False
    return Kind.OF_ANY in span.doc[span.start].kinds and span.doc[span.start - 1].pos_ in ("PRON", "NOUN", "ADJ")


def narrated(expression: Expression, line: Line, base: date | None, counted: Counted) -> Value | None:
    """In a tale of the past: of the year told before it in its sentence ("en 2020, X a proposé …, Y a refusé en juin"), or before its
    sentence where its verb stands in a tense of tales ("Y menaça le 3 août …", "Y l'avait averti le 3 août").

    The first such day after what was told; in the pluperfect, where that was told in another tense, the last one up to it. `counted`
    gives the value of a date that counts from another. A date without its year counts only where it goes on with a tale itself.
    """
    verb, (other, source) = verb_of(expression, line), _before(expression, line)
    if base is None or verb is None or other is None or other.is_duration:
        return None
    value = narrated(other, source, base, counted) if other.is_yearless else counted(other, source)
    teller = verb_of(other, source)
    if teller is None or value is None or not value.earliest or not value.latest or value.latest.year >= base.year:
        return None
    is_near = source is line and other.begin >= reach(expression, line)
    if not _goes_on(verb, teller, is_near=is_near, is_set=sets(other, source)):
        return None
    is_back = is_pluperfect(verb) and not is_pluperfect(teller)
    found = expression.resolve(value.latest, False) if is_back else expression.resolve(value.earliest, True)
    return found if found and found.latest and found.latest <= base else None


def _before(expression: Expression, line: Line) -> tuple[Expression | None, Line]:
    """The date told right before an expression, and its paragraph: that of the expression, or the latest before it that tells any."""
    source: Line | None = line
    for _ in range(1 + _BACK):
        if source is None or source.setting != line.setting:
            break
        told = [e for e in source.dates if (source is not line or e.end <= expression.begin) and e.precision]
        if told := [e for e in told if not e.is_bracket and not _is_naming(e, source)]:
            return told[-1], source
        source = source.previous
    return None, line


def _goes_on(verb: Token, teller: Token, *, is_near: bool, is_set: bool) -> bool:
    """Whether a verb goes on with the tale of another, of its sentence or the one before, or (not near) further back; `is_set` tells
    whether that is the main verb of its sentence."""
    if is_near and verb.sent == teller.sent:
        below = teller == verb or teller in verb.ancestors or (teller.head == verb.head and teller.dep_ == verb.dep_)
        return below or (
            is_set and is_pluperfect(verb) == is_pluperfect(teller) and is_present(verb) == is_present(teller)
        )
    if is_simple_past(verb):
        return True
    told_on = is_compound(verb) and is_compound(teller) and _takes_up(verb)
    return is_near and is_set and (is_past(verb) or is_pluperfect(verb) or told_on)


def _takes_up(verb: Token) -> bool:
    """Whether a pronoun of a verb takes up what was told before: "elle a signé", "l'AIEA y a mené"."""
    return any(
        c.pos_ == "PRON" and c.i < verb.i and not c.dep_.startswith("expl") and "Rel" not in c.morph.get("PronType", [])
        for c in verb.children
    )


def joined(expression: Expression, line: Line, base: date | None) -> Value | None:
    """Told of a verb that is joined to one with its year: "a signé en mars 2022, puis a ratifié en juin"."""
    verb = verb_of(expression, line)
    if base is None or verb is None or verb.dep_ != "conj":
        return None
    for other in reversed([e for e in line.dates if verb.sent.start_char <= e.begin and e.end <= expression.begin]):
        if verb_of(other, line) != verb.head or other.shift is not None:
            continue
        value = other.resolve(base, False) if other.precision else None
        if value is None or value.earliest is None or value.latest is None or value.earliest.year == base.year:
            return None
        return expression.resolve(value.earliest, True)
    return None
