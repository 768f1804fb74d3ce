"""What a date expression amounts to where it counts from a date told before it: "la veille", "deux mois plus tard", "le 6 du même
mois", "à cette occasion", or a month and day of a tale whose year was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kg.extract.clauses.finite import is_perfective
from kg.extract.clauses.mood import Mood, mood
from kg.extract.dating.days import Value, day, exact_day, shifted
from kg.extract.dating.expressions import Expression
from kg.extract.dating.verbs import is_future, is_past, is_present, reach, sets, verb_of
from kg.extract.dating.years import within
from kg.extract.reading import Line

PRECISION = {"day": 3, "week": 3, "month": 2, "year": 1}
"""How precise a date must be for another to be counted from it in these units."""
_FAR = 240
"""A date without its year lies at most so many days ahead."""
_BACK = 3
"""A date told counts at most so many paragraphs further on, where none is told between."""


def value_of(expression: Expression, line: Line, base: date | None, future: bool) -> Value | None:
    """The value of an expression, counted from `base`, the document's day, or from what was told before it; `future` tells
    whether its clause is about what lies ahead. None where the day that it counts from is not known."""
    if expression.is_moment:
        return _moment(expression, line, base, future)
    if expression.is_occasion:
        return _occasion(expression, line, base)
    if expression.shift is not None:
        return _shifted(expression, expression.shift, line, base, future)
    if expression.told_years is not None or expression.is_next:
        return _after_told(expression, line, base, future)
    if expression.is_of_month and (found := _of_month(expression, line, base, future)):
        return found
    if expression.is_yearless and (near := _beside(expression, line)):
        return near
    if expression.is_yearless and (carried := _carried(expression, line, base)):
        return carried
    if expression.is_yearless and not future and (joined := _joined(expression, line, base)):
        return joined
    if future and is_future(expression, line):
        return expression.resolve(base, True)
    return _directed(expression, base, future)


def _directed(expression: Expression, base: date | None, future: bool) -> Value | None:
    """The value in the direction of the clause; a plan told of a day just past ("a ordonné le 12 février …") is of that day."""
    ahead = expression.resolve(base, future)
    if not future or base is None or ahead is None or ahead.earliest is None:
        return ahead
    return ahead if (ahead.earliest - base).days <= _FAR else expression.resolve(base, False)


def _beside(expression: Expression, line: Line) -> Value | None:
    """A day or month without its year in a part of the text that a date heads: the one within it, else nearest to it."""
    value = line.setting.value if line.setting is not None else None
    if value is None or value.earliest is None or value.latest is None:
        return None
    first, last = value.earliest, value.latest
    ways = ((last, False), (first, True), (first, False))
    found = [v for v in (expression.resolve(base, future) for base, future in ways) if v and v.earliest]
    inside = [v for v in found if v.earliest and first <= v.earliest <= last]
    return min(inside or found, key=lambda v: abs(((v.earliest or first) - first).days), default=None)


def _carried(expression: Expression, line: Line, base: date | None) -> Value | None:
    """A month or day without its year in a text without a date, or in a tale in the historic present: of the year that
    was told before it, or of the next where it comes earlier in the year."""
    verb = verb_of(expression, line)
    historic = verb is not None and is_present(verb) and mood(verb.text, verb.lemma_) is not Mood.FUTURE
    if base is not None and not historic:
        return None
    for other in reversed([e for e in line.dates if e.end <= expression.begin and e.precision and not e.is_bracket]):
        counted = line.values.get(other.begin) if base is None or other.shift is None else None
        value = counted or other.resolve(None, False)
        if value is None or value.earliest is None:
            continue
        if base is not None and (value.earliest.year == base.year or not sets(other, line)):
            return None
        near = expression.resolve(value.earliest, True)
        pluperfect = verb is not None and is_perfective(verb)
        return expression.resolve(value.earliest.replace(month=12, day=31), False) if pluperfect else near
    return None


def _joined(expression: Expression, line: Line, base: date | None) -> Value | None:
    """A month or day without its year told of a verb that is joined to one with its year: "a signé en mars 2022, puis a ratifié
    en juin"."""
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


def _of_month(expression: Expression, line: Line, base: date | None, future: bool) -> Value | None:
    """ "Le 20", "le 6 du même mois": of the month told before it in its paragraph."""
    for told in _told(expression, line, base, PRECISION["month"], future, paragraphs=1):
        if told.earliest is not None and expression.number is not None:
            return exact_day(told.earliest.year, told.earliest.month, expression.number)
    return None


def _occasion(expression: Expression, line: Line, base: date | None) -> Value | None:
    """ "À cette occasion": the date told right before, in this sentence or the one before."""
    first = reach(expression, line)
    for other in reversed([e for e in line.dates if first <= e.begin and e.end <= expression.begin and e.precision]):
        value = line.values.get(other.begin) or value_of(other, line, base, False)
        if value is not None and not other.is_duration:
            return value
    return None


def _moment(expression: Expression, line: Line, base: date | None, future: bool) -> Value | None:
    """ "Dans la soirée": of the day told in its sentence or the one before; else of the document's day, unless its verb tells in the
    pluperfect what was before that."""
    span = line.doc.around(expression.begin, expression.end)
    first = reach(expression, line) if not future else span.sent.start_char if span is not None else 0
    for other in reversed([e for e in line.dates if first <= e.begin and e.end <= expression.begin]):
        if other.precision == PRECISION["day"] and not other.is_duration:
            return line.values.get(other.begin) or value_of(other, line, base, future)
    verb = verb_of(expression, line)
    before = verb is not None and any(is_past(c) for c in verb.children if c.dep_.startswith("aux"))
    return day(base) if base is not None and not before else None


def _shifted(expression: Expression, shift: int, line: Line, base: date | None, future: bool) -> Value | None:
    """ "La veille", "deux mois plus tard": from the latest date precise enough that was told before; a single day also from
    the document's; "le même jour", "à cette occasion" are what was told, however precise."""
    unit, wanted = expression.unit, 1 if shift == 0 else PRECISION[expression.unit]
    if base is not None and unit == "day" and abs(shift) == 1 and _is_of_today(expression, line):
        return shifted(base, shift, "day")
    for told in _told(expression, line, base, wanted, future, paragraphs=1 + _BACK):
        if told.earliest is None:
            continue
        if shift == 0:
            whole = shifted(told.earliest, 0, unit)
            covers = whole.latest and told.latest and whole.latest >= told.latest
            return whole if covers else told
        if unit == "week" and abs(shift) > 1 and told.earliest == told.latest:
            return day(told.earliest + timedelta(weeks=shift))
        return shifted(told.earliest, shift, unit)
    if base is None or unit != "day" or abs(shift) != 1:
        return None
    return shifted(base, shift, "day")


def _is_of_today(expression: Expression, line: Line) -> bool:
    """Whether "la veille" is that of the document's day: its sentence tells in the present or the compound past what is new,
    and neither it nor the one before tells a date: "Oslo a rejeté les accusations formulées la veille"."""
    first = reach(expression, line)
    if any(first <= e.begin < expression.begin and e.precision for e in line.dates):
        return False
    span = line.doc.around(expression.begin, expression.end)
    root = span.sent.root if span is not None else None
    if root is None or root == verb_of(expression, line):
        return False
    forms = [root, *(c for c in root.children if c.dep_.startswith("aux"))]
    return any(is_present(f) and mood(f.text, f.lemma_) is Mood.OTHER for f in forms)


def _after_told(expression: Expression, line: Line, base: date | None, future: bool) -> Value | None:
    """ "En mars de la même année", "l'été suivant": by the date told before, else in the direction of the clause."""
    told = next(_told(expression, line, base, PRECISION["year"], future, paragraphs=1 + _BACK), None)
    if told is None or told.earliest is None:
        return _directed(expression, base, future)
    if expression.told_years is not None:
        return within(expression, told.earliest.year + expression.told_years)
    return expression.resolve(told.latest, True)


def told_before(expression: Expression, line: Line, base: date | None, wanted: int) -> Value | None:
    """The latest date of its own so precise (3 day, 2 month, 1 year) that was told before an expression, in its paragraph or the
    one before."""
    return next(_told(expression, line, base, wanted, False, paragraphs=2, counted=False), None)


def _told(
    expression: Expression,
    line: Line,
    base: date | None,
    wanted: int,
    future: bool,
    *,
    paragraphs: int,
    counted: bool = True,
) -> Iterator[Value]:
    """The dates so precise that were told before an expression, the latest first: in its paragraph, or the latest before it that
    tells any, then that which heads its part of the text. What lies ahead of the document's day counts only for what does too;
    `counted` tells whether those count that are counted from others themselves."""
    source: Line | None = line
    for _ in range(paragraphs):
        if source is None or source.setting != line.setting:
            break
        told = [e for e in source.dates if source is not line or e.end <= expression.begin]
        told = [e for e in told if e.precision >= wanted and not e.is_bracket and (counted or e.shift is None)]
        for other in reversed(told):
            value = source.values.get(other.begin) or value_of(other, source, base, is_future(other, source))
            if value is None or not value.earliest or (other.is_near and value.earliest == base):
                continue
            if future or base is None or value.earliest <= base:
                yield value
        if told and source is not line:
            break
        source = source.previous
    setting = line.setting
    if setting is not None and setting.value is not None and setting.precision >= wanted:
        yield setting.value
