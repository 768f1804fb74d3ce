"""Dates of the tables: a day, a month or a year, as ISO 8601 and EDTF write them."""

from __future__ import annotations

import re
from datetime import date

import pyoxigraph as ox

from kg.namespaces import XSD
from kg.periods import first_day, last_day

__all__ = ["edtf", "first_day", "last_day", "literal", "valid"]

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


def edtf(start: str, end: str) -> str:
    """The EDTF of what lasts from one date to the other; ".." is an end that is open or a start unknown.

    >>> edtf("2019-06-28", "2019-06-29")
    '2019-06-28/2019-06-29'
    """
    return start if start == end else f"{start or '..'}/{end or '..'}"


def literal(value: str) -> ox.Literal:
    """The date as a literal of the type that fits its precision: xsd:date, xsd:gYearMonth or xsd:gYear."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + _TYPES[len(value)]))
