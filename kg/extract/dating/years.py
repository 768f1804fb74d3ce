"""Days, months and seasons whose year is told beside them: "en mars de l'an dernier", "le 5 mai de la même année", "l'été suivant"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kg.extract.dating.days import Value
from kg.extract.dating.expressions import Expression
from kg.extract.lexicon.date_words import DateWords


class YearsOf:
    """Gives expressions the year that what stands after them tells."""

    def __init__(self, words: DateWords) -> None:
        self._own = words.own_years
        self._told = words.told_years

    def qualified(self, built: Expression, match: re.Match[str]) -> Expression:
        """The expression of a match, of the year that its group `of` tells, if any."""
        said = match.groupdict().get("of")
        if not said:
            return built
        if said in self._told:
            return replace(built, told_years=self._told[said], is_yearless=False)
        if said not in self._own:
            return replace(built, is_next=True, is_yearless=False)
        shift = self._own[said]

        def resolve(anchor: date | None, _: bool) -> Value | None:
            return within(built, anchor.year + shift) if anchor else None

        return replace(built, resolve=resolve, is_yearless=False)


def within(built: Expression, year: int) -> Value | None:
    """What an expression without a year amounts to in a year."""
    return built.resolve(date(year, 12, 31), False)
