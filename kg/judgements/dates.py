"""The dates that a reviewer may give: a year, a month, a day, or from one to another, as EDTF."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from kg.periods import first_day, last_day

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def bounds(edtf: str) -> tuple[str, str]:
    """The first and last day of "2019", "2019-06", "2019-06-05" or "2019-06/2019-08", as ISO dates.

    Raises ValueError, with what may be written, where it is none of these.
    """
    first, slash, last = edtf.partition("/")
    days = _day(first, first_day), _day(last if slash else first, last_day)
    if None in days or str(days[0]) > str(days[1]):
        raise ValueError(f"{edtf!r} is no date; write 2019, 2019-06, 2019-06-05 or 2019-06/2019-08")
    return str(days[0]), str(days[1])


def _day(text: str, end: Callable[[str], str | None]) -> str | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(end(text) or "").isoformat()
    except ValueError:
        return None
