"""Days, months, years and spans as EDTF with their first and last day, and the nearest ones to an anchor."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved date: EDTF, first and last day."""

    edtf: str
    earliest: date | None
    latest: date | None
    inferred: bool = False


def day(value: date) -> Value:
    """A day as a value."""
    return Value(value.isoformat(), value, value)


def month(year: int, number: int) -> Value:
    """A month as a value."""
    return Value(f"{year:04d}-{number:02d}", date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def year(number: int) -> Value:
    """A year as a value."""
    return Value(f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def decade(number: int) -> Value:
    """The ten years from one that ends in 0, as a value: 2010 is 201X."""
    return Value(f"{number // 10:03d}X", date(number, 1, 1), date(number + 9, 12, 31))


def decade_of(said: str) -> int:
    """The first year of a decade that is told in full or by two digits: "80" is 1980, "20" is 2020."""
    number = int(said)
    return number if number >= 1000 else 1900 + number if number >= 30 else 2000 + number


def interval(first: date, last: date, edtf: str | None = None) -> Value:
    """Days from first to last as a value."""
    return Value(edtf or f"{first.isoformat()}/{last.isoformat()}", first, last)


def span(first: Value | None, last: Value | None) -> Value | None:
    """From the first day of one value to the last day of another; None where they are in the wrong order or not known."""
    if first is None or last is None or first.earliest is None or last.latest is None or first.earliest > last.latest:
        return None
    return Value(f"{first.edtf}/{last.edtf}", first.earliest, last.latest)


def week(inside: date) -> Value:
    """The week, Monday to Sunday, of a day."""
    monday = inside - timedelta(days=inside.weekday())
    return interval(monday, monday + timedelta(days=6))


def exact_day(y: int, m: int, d: int) -> Value | None:
    """A day by its numbers; None where there is none."""
    try:
        return day(date(y, m, d))
    except ValueError:
        return None


def months_from(base: date, count: int) -> Value:
    """The month so many months from a day's."""
    total = base.year * 12 + base.month - 1 + count
    return month(total // 12, total % 12 + 1)


def near_day(anchor: date, m: int, d: int, future: bool) -> Value | None:
    """The day of that month nearest to the anchor in the direction; the anchor's own year wins within a fortnight."""
    for shift in (0, 1) if future else (0, -1):
        value = exact_day(anchor.year + shift, m, d)
        if value is None or value.earliest is None:
            continue
        distance = (value.earliest - anchor).days
        if (future and distance >= -_FORTNIGHT) or (not future and distance <= _FORTNIGHT):
            return value
    return exact_day(anchor.year + (1 if future else -1), m, d)


def near_month(anchor: date, number: int, future: bool, before: bool = False) -> Value:
    """The month of that number nearest to the anchor in the direction; `before` excludes the anchor's own."""
    if future:
        return month(anchor.year + (number < anchor.month), number)
    return month(anchor.year - (number > anchor.month or (before and number == anchor.month)), number)


def season(
    first: int, last: int, said: int | None, anchor: date | None, future: bool, before: bool = False
) -> Value | None:
    """A season, months first to last, of a year or nearest to the anchor; a winter is named by the year of its begin.

    `before` excludes the one in which the anchor lies.
    """
    chosen = said
    if chosen is None and anchor is not None:
        ahead = 1 if future and first <= anchor.month else 0
        started = first > anchor.month or last < first or (before and anchor.month <= last)
        past = 1 if not future and started else 0
        chosen = anchor.year + ahead - past
    if chosen is None:
        return None
    end = chosen + (1 if last < first else 0)
    edtf = f"{chosen:04d}-{first:02d}/{end:04d}-{last:02d}"
    return interval(date(chosen, first, 1), date(end, last, monthrange(end, last)[1]), edtf)


def part(months: int, ordinal: int, said: int | None, anchor: date | None, future: bool) -> Value | None:
    """A quarter or half of a year, by how many months it has and which it is (-1: the last), nearest to the anchor."""
    first = (12 // months - 1 if ordinal < 0 else ordinal - 1) * months + 1
    last = first + months - 1
    if last > 12 or (said is None and anchor is None):
        return None
    chosen = said or 0
    if said is None and anchor is not None:
        chosen = anchor.year + (last < anchor.month if future else -(first > anchor.month))
    return span(month(chosen, first), month(chosen, last))


def weekday(anchor: date, number: int, future: bool, past: bool, this: bool) -> Value:
    """The day of the week of that number (Monday is 0) nearest to the anchor in the direction, the anchor's own included;
    neither that nor the day before, where it is said to be past ("lundi dernier"), nor ahead unless `this` ("ce lundi")."""
    back = (anchor.weekday() - number) % 7
    if past:
        return day(anchor - timedelta(days=back if back > 1 else back + 7))
    if future:
        return day(anchor + timedelta(days=(number - anchor.weekday()) % 7 or (0 if this else 7)))
    return day(anchor - timedelta(days=back))


def weekday_of_month(anchor: date, number: int, d: int, future: bool) -> Value | None:
    """The day of a month that falls on a day of the week (Monday is 0), the nearest to the anchor in the direction, within a year."""
    for step in range(13):
        total = anchor.year * 12 + anchor.month - 1 + (step if future else -step)
        value = exact_day(total // 12, total % 12 + 1, d)
        if value is None or value.earliest is None or value.earliest.weekday() != number:
            continue
        if value.earliest >= anchor if future else value.earliest <= anchor + timedelta(days=_FORTNIGHT):
            return value
    return None


def weekend(anchor: date, future: bool, shift: int) -> Value:
    """Saturday and Sunday, the nearest in the direction, and so many weeks on."""
    back = (anchor.weekday() - 5) % 7
    saturday = anchor - timedelta(days=back) if not future or back < 2 else anchor + timedelta(days=7 - back)
    saturday += timedelta(weeks=shift)
    return interval(saturday, saturday + timedelta(days=1))


def shifted(base: date, amount: int, unit: str) -> Value:
    """The day, week, month or year so far from a day."""
    if unit == "day":
        return day(base + timedelta(days=amount))
    if unit == "week":
        return week(base + timedelta(weeks=amount))
    return months_from(base, amount) if unit == "month" else year(base.year + amount)
