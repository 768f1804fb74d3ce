"""Dates of the tables: a day, a month or a year, as ISO 8601 and EDTF write them."""

from __future__ import annotations

import calendar
import re
from datetime import date

import pyoxigraph as ox

from kg.namespaces import XSD

_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
"""The XML Schema type of a date of so many characters."""


def valid(value: str) -> bool:
    """Whether it is a date of the calendar: 2019-09-05, 2019-09 or 2019."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def first_day(value: str) -> str | None:
    """The first day that the date may mean, as an ISO date; None of an empty cell."""
    return value + "-01-01"[len(value) - 4 :] if value else None


def last_day(value: str) -> str | None:
    """The last day that the date may mean, as an ISO date; None of an empty cell."""
    if len(value) == 4:
        return f"{value}-12-31"
    if len(value) == 7:
        return f"{value}-{calendar.monthrange(int(value[:4]), int(value[5:]))[1]:02}"
    return value or None


def edtf(start: str, end: str) -> str:
    """The EDTF of what lasts from one date to the other; ".." is an end that is open or a start unknown.

    >>> edtf("2019-06-28", "2019-06-29")
    '2019-06-28/2019-06-29'
    """
    return start if start == end else f"{start or '..'}/{end or '..'}"


def literal(value: str) -> ox.Literal:
    """The date as a literal of the type that fits its precision: xsd:date, xsd:gYearMonth or xsd:gYear."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + _TYPES[len(value)]))
