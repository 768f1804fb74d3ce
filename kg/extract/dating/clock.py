"""What a date expression amounts to where it counts from a date told before it: "la veille", "deux mois plus tard", "le 6 du même
mois", "à cette occasion", or a month and day of a tale whose year was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from kg.extract.dating.days import Value, day, exact_day, shifted
from kg.extract.dating.expressions import Expression
from kg.extract.dating.tales import beside, carried, joined, narrated
from kg.extract.dating.verbs import (
    is_future,
    is_past,
    is_pending,
    is_pluperfect,
    is_present,
    is_relative,
    reach,
    verb_of,
)
from kg.extract.dating.years import within
from kg.extract.lines.moods import Mood
from kg.extract.reading import Line

PRECISION = {"day": 3, "week": 3, "month": 2, "year": 1}
"""How precise a date must be for another to be counted from it in these units."""
_FAR = 240
"""A date without its year lies at most so many days ahead."""
_FORTNIGHT = 14
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
    if expression.is_yearless and (told := _of_tale(expression, line, base, future)):
        return told
    if future and (is_future(expression, line) or is_pending(expression, line)):
        return expression.resolve(base, True)
    return _directed(expression, base, future)


def _of_tale(expression: Expression, line: Line, base: date | None, future: bool) -> Value | None:
    """The value of a day or month without its year, where what is told around it gives the year."""

    def counted(other: Expression, source: Line) -> Value | None:
        return source.values.get(other.begin) or value_of(other, source, base, is_future(other, source))

    if value := beside(expression, line) or carried(expression, line, base, counted):
        return value
    if future:
        return None
    return joined(expression, line, base) or narrated(expression, line, base, counted)


def _directed(expression: Expression, base: date | None, future: bool) -> Value | None:
    """The value in the direction of the clause; a plan told of a day just past ("a ordonné le 12 février …") is of that day."""
    ahead = expression.resolve(base, future)
    if not future or base is None or ahead is None or ahead.earliest is None:
        return ahead
    return ahead if (ahead.earliest - base).days <= _FAR else expression.resolve(base, False)


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
    the document's; "le même jour" is the last day told, else what was told, however precise."""
    unit, wanted = expression.unit, 1 if shift == 0 else PRECISION[expression.unit]
    if base is not None and unit == "day" and abs(shift) == 1 and _is_of_today(expression, line):
        return shifted(base, shift, "day")
    if unit == "day" and 1 < abs(shift) <= _FORTNIGHT and (coarse := _coarse(expression, line, base)):
        return coarse
    same = PRECISION["day"] if unit == "day" and shift == 0 else wanted
    found = (
        _told(expression, line, base, precision, future, paragraphs=1 + _BACK)
        for precision in dict.fromkeys((same, wanted))
    )
    for told in chain.from_iterable(found):
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


def _coarse(expression: Expression, line: Line, base: date | None) -> Value | None:
    """Some days after a month told right before in the sentence: that month, for no day is known."""
    span = line.doc.around(expression.begin, expression.end)
    first = span.sent.start_char if span is not None else expression.begin
    before = [e for e in line.dates if first <= e.begin and e.end <= expression.begin and e.precision]
    if not before or before[-1].precision != PRECISION["month"]:
        return None
    return line.values.get(before[-1].begin) or value_of(before[-1], line, base, False)


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
    return any(is_present(f) and f.mood is Mood.OTHER for f in forms)


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
        told = [e for e in told if e.is_start or not e.is_duration]
        for other in _latest_first(told, expression, source):
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


def _latest_first(told: list[Expression], expression: Expression, line: Line) -> list[Expression]:
    """Dates told before an expression, the latest first; of another sentence those of its main clause before those of its relative
    clauses ("X a suspendu le 3 mai le traité, que Y avait prolongé en 2021. Deux mois plus tard, …"), and at last one only counted
    back: "X a parlé mardi. La veille, Y l'avait averti. Le même jour, …"."""
    if len(told) < 2:
        return told
    order = {e.begin: (not _is_aside(e, expression, line), _place(e, expression, line)) for e in told}
    return sorted(told, key=lambda e: order[e.begin], reverse=True)


def _is_aside(told: Expression, expression: Expression, line: Line) -> bool:
    """Whether a date only steps back, in the pluperfect, from a tale that goes on without it."""
    if told.shift is None or told.shift >= 0:
        return False
    before, verb = verb_of(told, line), verb_of(expression, line) if expression in line.dates else None
    return before is not None and is_pluperfect(before) and (verb is None or not is_pluperfect(verb))


def _place(told: Expression, expression: Expression, line: Line) -> tuple[int, bool, int]:
    span = line.doc.around(told.begin, told.end)
    if span is None:
        return told.begin, True, told.begin
    start, end = span.sent.start_char, span.sent.end_char
    apart = not (line.reading.text and start <= expression.begin < end and expression in line.dates)
    return start, not (apart and is_relative(told, line)), told.begin
