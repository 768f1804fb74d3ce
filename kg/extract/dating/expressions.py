"""A date expression: where it stands, and what it amounts to once the day that it counts from is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.extract.dating.days import Value
from kg.extract.lexicon.date_words import DateWords

_LEAD = 14
"""How many characters before an expression may tell that it bounds a stretch."""
_STOP = re.compile(r"[.;:!?] ")
"""What ends a clause, before which nothing tells of the expression."""
Resolve = Callable[[date | None, bool], Value | None]
"""What an expression amounts to, given the anchor and whether its clause is about the future."""
PRECISION = {"day": 3, "week": 1, "month": 2, "year": 1}
"""How precise an expression counted in these units is."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression in a line, characters begin to end, which gives its value once anchor and direction are known."""

    begin: int
    end: int
    resolve: Resolve
    precision: int
    """3 day, 2 month, 1 year or part of one, 0 vague."""
    shift: int | None = None
    """How many units it lies from the date told before it: "la veille" is -1, "ce jour-là" 0; None for a date of its own."""
    unit: str = "day"
    """The unit of the shift: day, week, month or year."""
    is_occasion: bool = False
    """Whether it only says that something took place when what was just told did: "à cette occasion"."""
    is_moment: bool = False
    """Whether it tells only the time of a day: "dans la soirée", "quelques heures plus tard"."""
    is_near: bool = False
    """Whether it counts single days from the document's own ("hier"), so that an inferred year is not enough."""
    is_weekly: bool = False
    """Whether it is a day of the week, so that the day must be known from which it counts."""
    is_duration: bool = False
    """Whether it bounds a stretch ("depuis 2014", "d'ici 2030", "jusqu'en") rather than dates an event."""
    is_start: bool = False
    """Whether that stretch begins there: "depuis 2014" dates what began then."""
    is_whole: bool = False
    """Whether that stretch is told whole, up to the document's day: "depuis le début du mois" is this month."""
    is_ahead: bool = False
    """Whether it dates what is named after it: "à la veille des pourparlers", "deux ans après le retrait"."""
    is_yearless: bool = False
    """Whether it is a day or month told without its year."""
    told_years: int | None = None
    """How many years lie from that of the date told before to its own: "en mars de la même année" is 0; None elsewhere."""
    is_next: bool = False
    """Whether it is the first of its kind after the date told before: "le 11 janvier suivant"."""
    is_of_month: bool = False
    """Whether it is a day whose month was told before: "le 20", "le 6 du même mois"."""
    number: int | None = None
    """The day of the month that it then is."""
    is_apposed: bool = False
    """Whether it dates the clause after it: "depuis 2014, année où …"."""
    is_bracket: bool = False
    """Whether it is a year in brackets: "l'attaque de Halabja (1988)"."""


def expression(match: re.Match[str], precision: int, resolve: Resolve) -> Expression:
    """The expression of a match."""
    return Expression(match.start(), match.end(), resolve, precision)


def says(listed: tuple[str, ...], match: re.Match[str]) -> bool:
    """Whether what qualifies the expression of a match is one of these words: "dernier", "prochaine"."""
    return (match.groupdict().get("last") or "").lower() in listed


class Stretches:
    """Tells whether an expression begins or bounds a stretch of time: "depuis 2014", "d'ici 2030"."""

    def __init__(self, words: DateWords) -> None:
        self._start = re.compile(rf"(?<!\w)(?:{'|'.join(words.starts)})(?!\w)", re.IGNORECASE)
        self._stretch = re.compile(rf"(?<!\w)(?:{'|'.join(words.stretches)})(?!\w)", re.IGNORECASE)
        self._apposed = re.compile(words.apposed, re.IGNORECASE)

    def at(self, text: str, begin: int, end: int) -> tuple[bool, bool]:
        """Whether the expression from begin to end begins one, and whether it bounds one."""
        lead = _STOP.split(text[max(0, begin - _LEAD) : begin])[-1] + text[begin:end]
        return bool(self._start.search(lead)), bool(self._stretch.search(lead))

    def is_apposed(self, text: str, end: int) -> bool:
        """Whether the expression that ends there dates the clause after it: "depuis 2014, année où …"."""
        return self._apposed.match(text, end) is not None


def either(words: object) -> str:
    """Any of these words, the longest first, as a pattern."""
    listed = sorted((str(word) for word in words), key=len, reverse=True)  # type: ignore[attr-defined]
    return "|".join(map(re.escape, listed))


def full_names(months: Mapping[str, int]) -> str:
    """Any month in full, or cut short with a stop after it, as a pattern: "sept." is one, "sept" is a number."""
    short = {m for m in months if any(o != m and o.startswith(m) for o in months)}
    return f"{either(months.keys() - short)}|(?:{either(short)})(?=\\.)"


def pattern(text: str) -> re.Pattern[str]:
    """A pattern in small letters, for texts without capitals: those that heed no case are searched three times slower."""
    return re.compile(rf"(?<![\w-]){text}(?!\w)")
