"""Dates known to the day, month or year, and periods as treaties word them: pure functions over text and dates.

    first_day("1992"), last_day("1992")             1992-01-01, 1992-12-31
    after(date(2024, 7, 29), "6 months")            2025-01-29
    after(date(1998, 9, 16), "first day of 6th month")   1999-03-01

A period in months ends on the same day of a later month, or on its last day where that month is shorter.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_LENGTH = re.compile(r"(\d+) (day|month|year)s?")
_MONTH = re.compile(r"first day of (\d+)(?:st|nd|rd|th) month")
_AFTER = re.compile(r"first day of month after (\d+) days")
_UNTIL = re.compile(r"until (\d{4}-\d\d-\d\d)")

EXAMPLES = "180 days, 6 months, 10 years, first day of 6th month, first day of month after 60 days, until 2012-12-31"


def first_day(value: str) -> str | None:
    """The first day that a date of the tables may mean, as an ISO date; None of an empty one."""
    return value + "-01-01"[len(value) - 4 :] if value else None


def last_day(value: str) -> str | None:
    """The last day that a date of the tables may mean, as an ISO date; None of an empty one."""
    if len(value) == 4:
        return f"{value}-12-31"
    if len(value) == 7:
        return f"{value}-{calendar.monthrange(int(value[:4]), int(value[5:]))[1]:02}"
    return value or None


def valid(period: str) -> bool:
    """Whether `after` understands the period."""
    return any(pattern.fullmatch(period) for pattern in (_LENGTH, _MONTH, _AFTER)) or _until(period) is not None


def after(day: date, period: str) -> date:
    """The day that comes this period after `day`; ValueError where the period is none of `EXAMPLES`' forms.

    After "until 2012-12-31" comes the day after that, whatever `day` is.
    """
    if match := _LENGTH.fullmatch(period):
        number, unit = int(match[1]), match[2]
        return day + timedelta(number) if unit == "day" else months_after(day, number * (12 if unit == "year" else 1))
    if match := _MONTH.fullmatch(period):
        return months_after(day.replace(day=1), int(match[1]))
    if match := _AFTER.fullmatch(period):
        return months_after((day + timedelta(int(match[1]))).replace(day=1), 1)
    if (last := _until(period)) is not None:
        return last + timedelta(1)
    raise ValueError(f"{period!r} is no period")


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _until(period: str) -> date | None:
    match = _UNTIL.fullmatch(period)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
