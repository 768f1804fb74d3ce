"""Dates as the press writes them, against the document's date: EDTF with its first and last day.

"le 5 septembre", "lundi", "en juin dernier", "fin 2017", "la semaine dernière", "il y a trois jours", "deux mois plus tard". A
date without a year is the nearest one in the direction of the tense: the most recent past, or the next where the clause is
about the future. Without a document date it takes a year that the text itself makes sure of, and is marked as inferred;
else it stays without bounds. The patterns are the language's (`words/dates.yaml`); here stands what each kind amounts to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from kg.extract.dating import days
from kg.extract.dating.counted import Counted
from kg.extract.dating.days import Value
from kg.extract.dating.expressions import Expression, Stretches, either, expression, full_names, pattern, says
from kg.extract.dating.years import YearsOf
from kg.extract.lexicon.date_words import DateWords

_GROUP = re.compile(r"\(\?P<\w+>")
"""How a named group of a pattern begins."""
_WHOLE = frozenset({"range", "month_range", "year_range", "weekday_range"})
"""Kinds that tell both ends of a stretch: what is dated so took place from one to the other."""


class Dates:
    """Finds date expressions in a line. A part of a month or a year ("mi-février", "fin 2017") has the bounds of the whole."""

    def __init__(self, words: DateWords) -> None:
        self._words = words
        self._years = YearsOf(words)
        counted = Counted(words)
        builders: dict[str, Callable[[re.Match[str]], Expression]] = {
            "range": self._range, "month_range": self._month_range, "year_range": self._year_range,
            "day_month": self._day_month, "numeric": self._numeric, "month": self._month, "season": self._season,
            "part": self._part, "eve": counted.eve, "bracket": self._bracket, "weekend": self._weekend,
            "year": self._year, "decade": self._decade, "day": self._day, "weekday": self._weekday, "weekday_range": self._weekday_range, "near": counted.near,
            "weekday_day": self._weekday_day, "occasion": counted.occasion, "moment": counted.moment,
            "relative": counted.relative, "later": counted.later, "period": counted.period, "ago": counted.ago,
            "ahead": counted.ahead, "vague": self._vague,
        }  # fmt: skip
        lists = {
            "months": either(words.months), "named": full_names(words.months), "weekdays": either(words.weekdays), "seasons": either(words.seasons),
            "parts": either(words.parts),
            "ordinals": either(words.ordinals), "numbers": either(words.numbers), "units": either(words.units), "near": either(words.near), "weeks": either(words.weeks),
            "relative": either(words.relative), "last": rf"(?P<last>{either((*words.past, *words.future, *words.same))})",
            "of": rf"(?P<of>{either((*words.own_years, *words.told_years, *words.following))})",
        }  # fmt: skip
        kinds = [kind for kind, templates in words.patterns.items() for _ in templates]
        patterns = [template.format(**lists) for templates in words.patterns.values() for template in templates]
        self._rules = [(pattern(each), builders[kind], kind) for kind, each in zip(kinds, patterns, strict=True)]
        self._any = pattern(f"(?:{'|'.join(_GROUP.sub('(?:', each) for each in patterns)})")
        """Finds something wherever one of the rules does: most lines hold no date, and are searched once; others from the first on."""
        self._stretches = Stretches(words)
        self._clock = re.compile(rf"\([^()]*(?<!\w)(?:{either(words.zones)})(?!\w)[^()]*\)")
        """An hour of another zone in brackets: its day is not that of the place."""

    def find(self, text: str) -> list[Expression]:
        """The date expressions of a line, in order; where two overlap, the one of the earlier pattern."""
        found: list[Expression] = []
        lowered = text.lower()
        lowered = lowered if len(lowered) == len(text) else text
        if (first := self._any.search(lowered)) is None:
            return found
        clocks = [m.span() for m in self._clock.finditer(lowered)]
        for rule, build, kind in self._rules:
            for match in rule.finditer(lowered, first.start()):
                begin, end = match.span()
                begin += len(match.group()) - len(match.group().lstrip())
                if any(e.begin < end and begin < e.end for e in found) or any(b < begin < e for b, e in clocks):
                    continue
                starts, bounds = (False, False) if kind in _WHOLE else self._stretches.at(text, begin, end)
                found.append(
                    replace(
                        self._years.qualified(build(match), match),
                        begin=begin,
                        is_near=kind in ("near", "eve", "weekend", "moment"),
                        is_duration=starts or bounds,
                        is_start=starts,
                        is_apposed=self._stretches.is_apposed(text, end),
                    )
                )
        return sorted(found, key=lambda e: e.begin)

    def _day_month(self, match: re.Match[str]) -> Expression:
        number, name, said = int(match["d"]), self._words.months[match["m"].lower()], match["y"]
        ahead = says(self._words.future, match)

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if said:
                return days.exact_day(int(said), name, number)
            return days.near_day(anchor, name, number, future or ahead) if anchor else None

        return replace(expression(match, 3, resolve), is_yearless=not said and not match.groupdict().get("last"))

    def _numeric(self, match: re.Match[str]) -> Expression:
        return expression(match, 3, lambda *_: days.exact_day(int(match["y"]), int(match["n"]), int(match["d"])))

    def _range(self, match: re.Match[str]) -> Expression:
        groups = match.groupdict()
        second = self._words.months[match["m2"].lower()]
        first = self._words.months[(groups.get("m1") or match["m2"]).lower()]

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if groups["y"]:
                end = days.exact_day(int(groups["y"]), second, int(groups["d2"]))
            else:
                end = days.near_day(anchor, second, int(groups["d2"]), future) if anchor else None
            if end is None or end.latest is None:
                return None
            year = int(groups.get("y1") or end.latest.year - (first > second))
            return days.span(days.exact_day(year, first, int(groups["d1"])), end)

        return replace(expression(match, 3, resolve), is_yearless=not groups["y"])

    def _month_range(self, match: re.Match[str]) -> Expression:
        first, second = (self._words.months[match[m].lower()] for m in ("m1", "m2"))

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if match["y"]:
                end = days.month(int(match["y"]), second)
            elif anchor:
                end = days.near_month(anchor, second, future)
            else:
                return None
            year = int(match.groupdict().get("y1") or int(end.edtf[:4]) - (first > second))
            return days.span(days.month(year, first), end)

        return replace(expression(match, 2, resolve), is_yearless=not match["y"])

    def _year_range(self, match: re.Match[str]) -> Expression:
        return expression(match, 1, lambda *_: days.span(days.year(int(match["y1"])), days.year(int(match["y2"]))))

    def _month(self, match: re.Match[str]) -> Expression:
        number, said = self._words.months[match["m"].lower()], match.groupdict().get("y")
        ahead, back = says(self._words.future, match), says(self._words.past, match)

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if said:
                return days.month(int(said), number)
            if anchor is None:
                return None
            return days.near_month(anchor, number, (future or ahead) and not back, before=back)

        return replace(expression(match, 2, resolve), is_yearless=not said and not match.groupdict().get("last"))

    def _season(self, match: re.Match[str]) -> Expression:
        first, last = self._words.seasons[match["s"].lower()]
        said = match.groupdict().get("y")
        ahead, back = says(self._words.future, match), says(self._words.past, match)

        def resolve(anchor: date | None, future: bool) -> Value | None:
            year = int(said) if said else None
            return days.season(first, last, year, anchor, (future or ahead) and not back, before=back)

        return replace(expression(match, 1, resolve), is_yearless=not said and not match.groupdict().get("last"))

    def _part(self, match: re.Match[str]) -> Expression:
        """A quarter or half of a year; without its number, the one before the anchor's or after it."""
        groups, months = match.groupdict(), self._words.parts[match["k"].lower()]
        said, ordinal = groups.get("y"), groups.get("o")
        ahead, back = says(self._words.future, match), says(self._words.past, match)

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if ordinal:
                number = self._words.ordinals[ordinal.lower()]
                return days.part(months, number, int(said) if said else None, anchor, (future or ahead) and not back)
            if anchor is None:
                return None
            total = anchor.year * (12 // months) + (anchor.month - 1) // months + ahead - back
            return days.part(months, total % (12 // months) + 1, total // (12 // months), anchor, future)

        return expression(match, 1, resolve)

    def _bracket(self, match: re.Match[str]) -> Expression:
        return replace(self._year(match), is_bracket=True)

    def _year(self, match: re.Match[str]) -> Expression:
        number = int(match["y"])
        return expression(match, 1, lambda *_: days.year(number))

    def _decade(self, match: re.Match[str]) -> Expression:
        number = days.decade_of(match["y"])
        return expression(match, 0, lambda *_: days.decade(number))

    def _day(self, match: re.Match[str]) -> Expression:
        """A day of a month left unsaid, or told from the document's: "le 3", "le 3 du mois dernier"."""
        number = int(match["d"])
        ahead, back = says(self._words.future, match), says(self._words.past, match)

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if anchor is None:
                return None
            if ahead or back:
                near = days.months_from(anchor, ahead - back)
                return days.exact_day(int(near.edtf[:4]), int(near.edtf[5:]), number)
            step = (number < anchor.day) if future else -(number > anchor.day)
            total = anchor.year * 12 + anchor.month - 1 + step
            return days.exact_day(total // 12, total % 12 + 1, number)

        told = not (ahead or back or match.groupdict().get("own"))
        return replace(expression(match, 3, resolve), is_yearless=not told, is_of_month=told, number=number)

    def _weekday_day(self, match: re.Match[str]) -> Expression:
        """ "Le lundi 5": the nearest such day of a month that falls on that day of the week, in the direction."""
        weekday, number = self._words.weekdays[match["w"].lower()], int(match["d"])

        def resolve(anchor: date | None, future: bool) -> Value | None:
            return days.weekday_of_month(anchor, weekday, number, future) if anchor else None

        return replace(expression(match, 3, resolve), is_weekly=True)

    def _weekday(self, match: re.Match[str]) -> Expression:
        number = self._words.weekdays[match["w"].lower()]
        week = self._words.weeks.get(match.groupdict().get("week") or "")
        ahead, past = says(self._words.future, match), says(self._words.past, match)
        this = bool(match.groupdict().get("this"))

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if anchor is None:
                return None
            if week is not None:
                return days.day(anchor + timedelta(days=7 * week + number - anchor.weekday()))
            return days.weekday(anchor, number, future or ahead, past, this or not ahead)

        return replace(expression(match, 3, resolve), is_weekly=True)

    def _weekday_range(self, match: re.Match[str]) -> Expression:
        """ "Dans la nuit de lundi à mardi", "lundi et mardi"."""
        first, last = (self._words.weekdays[match[w].lower()] for w in ("w1", "w2"))

        def resolve(anchor: date | None, future: bool) -> Value | None:
            end = days.weekday(anchor, last, future, False, True).latest if anchor else None
            return days.span(days.day(end - timedelta(days=(last - first) % 7)), days.day(end)) if end else None

        return replace(expression(match, 3, resolve), is_weekly=True)

    def _weekend(self, match: re.Match[str]) -> Expression:
        ahead, past = says(self._words.future, match), says(self._words.past, match)

        def resolve(anchor: date | None, future: bool) -> Value | None:
            return days.weekend(anchor, (future or ahead) and not past, 0) if anchor else None

        return expression(match, 1, resolve)

    def _vague(self, match: re.Match[str]) -> Expression:
        return expression(match, 0, lambda *_: None)
