"""Date expressions that count from another day, the document's or the one told before: "hier", "il y a trois jours", "la semaine
dernière", "deux mois plus tard", "la veille du sommet", "à cette occasion"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from kg.extract.dating import days
from kg.extract.dating.days import Value
from kg.extract.dating.expressions import PRECISION, Expression, expression, says
from kg.extract.lexicon.date_words import DateWords

_HOURS = 24
"""Hours of a day."""


class Counted:
    """Builds such expressions from their matches, each kind by the method of its name."""

    def __init__(self, words: DateWords) -> None:
        self._words = words

    def eve(self, match: re.Match[str]) -> Expression:
        """ "À la veille de", "deux ans après le": what is named next, counted from the document's day."""
        groups, way = match.groupdict(), match["way"].lower()
        amount = self._number(groups["n"]) if groups.get("n") else int(way not in self._words.same)
        unit = self._words.units[groups["u"].lower()] if groups.get("u") else "day"
        within = unit == "hour"
        if within:
            amount, unit = round(amount / _HOURS), "day"
        sign = 1 if way in self._words.eves else -1

        def resolve(anchor: date | None, _: bool) -> Value | None:
            return days.shifted(anchor, sign * amount, unit) if anchor and amount else None

        known = amount or within or not groups.get("n")
        built = replace(expression(match, 0, resolve), is_ahead=True, unit=unit)
        return replace(built, shift=-sign * amount) if known else built

    def near(self, match: re.Match[str]) -> Expression:
        shift = self._words.near[match["near"].lower()]
        return expression(match, 3, lambda anchor, _: days.day(anchor + timedelta(days=shift)) if anchor else None)

    def relative(self, match: re.Match[str]) -> Expression:
        shift, unit = self._words.relative[match["relative"].lower()]
        return replace(expression(match, PRECISION[unit], lambda *_: None), shift=shift, unit=unit)

    def occasion(self, match: re.Match[str]) -> Expression:
        """ "À cette occasion": when what was just told took place."""
        return replace(expression(match, 0, lambda *_: None), shift=0, is_occasion=True)

    def moment(self, match: re.Match[str]) -> Expression:
        """ "Dans la soirée", "quelques heures plus tard": on the day of which is told."""
        return replace(expression(match, 0, lambda *_: None), shift=0, is_moment=True)

    def later(self, match: re.Match[str]) -> Expression:
        """ "deux mois plus tard", "dix ans auparavant": from the date told before."""
        amount, unit = self._number(match["n"]), self._words.units[match["u"].lower()]
        sign = -1 if match["way"].lower() in self._words.earlier else 1
        if unit == "hour":
            amount, unit = round(amount / _HOURS), "day"
        built = expression(match, PRECISION[unit], lambda *_: None)
        return replace(built, shift=sign * amount, unit=unit) if amount else replace(built, precision=0)

    def period(self, match: re.Match[str]) -> Expression:
        ahead, back = says(self._words.future, match), says(self._words.past, match)
        unit = self._words.units.get((match["u"] or "").lower(), "")

        def resolve(anchor: date | None, _: bool) -> Value | None:
            return days.shifted(anchor, ahead - back, unit) if anchor and unit else None

        built = expression(match, PRECISION.get(unit, 1), resolve)
        return replace(built, is_whole=bool(match.groupdict().get("whole")))

    def ago(self, match: re.Match[str]) -> Expression:
        return self._distance(match, -1)

    def ahead(self, match: re.Match[str]) -> Expression:
        return self._distance(match, 1)

    def _distance(self, match: re.Match[str], sign: int) -> Expression:
        amount, unit = self._number(match["n"]), self._words.units[match["u"].lower()]

        def resolve(anchor: date | None, _: bool) -> Value | None:
            if anchor is None or not amount:
                return None
            if unit == "hour":
                return days.day(anchor + sign * timedelta(hours=amount)) if amount >= _HOURS else None
            if unit == "week":
                middle = anchor + sign * timedelta(weeks=amount)
                return days.interval(middle - timedelta(days=3), middle + timedelta(days=3))
            return days.shifted(anchor, sign * amount, unit)

        return expression(match, 1, resolve)

    def _number(self, said: str) -> int:
        """The number that digits or a word say, 0 where it says none ("quelques")."""
        return int(said) if said.isdigit() else self._words.numbers.get(said.lower(), 0)
