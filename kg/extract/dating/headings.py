"""Dates that head a part of a text: "8 mai 2018 : la sortie", "Mars 2014", "15h10 – …". They date what the part tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from kg.extract.dating import days
from kg.extract.dating.days import Value
from kg.extract.lexicon.date_words import DateWords

_FEW = 2
"""So many parts, or more, must be headed by a date: a single one is the text's own or a date like others."""
_SHORT = 12
"""A line of no more words that ends without a stop is the head of a part."""
_ASKED = 6
_TOP = 3
"""A stretch of days heads a chronicle where it stands in one of so many first lines."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The date of a part of a text; None stands for the text's own day, where the part is headed by the time of day."""

    value: Value | None
    begin: int
    end: int
    """Where it stands in the text."""
    alone: bool = False
    """Whether it dates its own paragraph only, as a day without a year does that opens one: "4 septembre. – …"."""
    is_period: bool = False
    """Whether it is a stretch of days that heads a chronicle: "3-19 mai 2011 – Pérou …"; it dates no event by itself."""
    is_entry: bool = False
    """Whether it is a day of such a chronicle: "Le 11, …"; what is told there in the present is of that day."""

    @property
    def precision(self) -> int:
        """3 day, 2 month, 1 year, 0 decade, as with expressions."""
        if self.value is None:
            return 3
        told = self.value.edtf
        if self.is_period:
            return 2
        return 0 if told.endswith("X") else {10: 3, 7: 2}.get(len(told), 1)


class Headings:
    """Finds the dates that head the parts of a text."""

    def __init__(self, words: DateWords) -> None:
        months = "|".join(sorted(map(re.escape, words.months), key=len, reverse=True))
        weekdays, first = "|".join(words.weekdays), words.first
        self._months = words.months
        self._dated = re.compile(
            rf"[^\w«\"']*(?:(?:{'|'.join(words.heading)}) )?(?:(?:{weekdays}) )?(?:(?P<d>\d{{1,2}})(?:{first})? )?(?:(?P<m>{months})\b ?)?"
            r"(?P<y>(?:19|20)\d{2})?(?<=\w)\s*(?:$|[:–—|-](?=\s|$)|\.(?=\s|$))",
            re.IGNORECASE,
        )
        self._decade = re.compile(
            rf"\W*(?:{'|'.join(words.patterns['decade'])})\s*(?:$|[:–—|-](?=\s|$)|\.(?=\s|$))", re.IGNORECASE
        )
        self._period = re.compile(
            rf"\s*(?P<d1>\d{{1,2}})(?:{first})?(?: (?P<m1>{months}))? ?[-–—] ?"
            rf"(?P<d>\d{{1,2}})(?:{first})? (?P<m>{months}) (?P<y>(?:19|20)\d{{2}})"
            r"\s*(?:$|[:–—-](?=\s)|\.(?=\s|$))",
            re.IGNORECASE,
        )
        self._entry = re.compile(rf"\s*(?:{words.the} )?(?P<d>\d{{1,2}})(?:{first})?,(?= )", re.IGNORECASE)
        self._timed = re.compile(
            rf"[^\w«\"']*(?:[01]?\d|2[0-3]) ?(?:{words.hour}|:) ?[0-5]\d\s*(?:$|[:–—|.-](?=\s|$))", re.IGNORECASE
        )

    def find(self, text: str, until: date | None = None) -> list[tuple[int, Setting | None]]:
        """The offsets in a text from which a setting holds, in order; None where it ends.

        A day or month without a year, under the heading of one, is of that year; else a day is the last such day up to `until`, the text's
        own, and heads nothing where that is not known.
        """
        found: list[tuple[int, Setting | None]] = []
        if (stretch := self.stretch(text)) is not None:
            return self._chronicle(text, stretch)
        position, above = 0, None
        for line in text.split("\n"):
            setting, is_head = self._head(line, position, until, above)
            if is_head:
                found.append((position, setting))
                above = setting if setting is None or not setting.alone else above
            if setting is not None and setting.alone and setting.end < position + len(line.rstrip()):
                found.append((position + len(line), above))
            position += len(line) + 1
        dated = [s for _, s in found if s is not None]
        kinds = {"dated": sum(s.value is not None for s in dated), "timed": sum(s.value is None for s in dated)}
        return [(at, s if s and kinds["timed" if s.value is None else "dated"] >= _FEW else None) for at, s in found]

    def stretch(self, text: str) -> Setting | None:
        """The stretch of days that heads a chronicle of them: "3-19 mai 2011 – Pérou"; None in any other text."""
        position = 0
        for number, line in enumerate(text.split("\n")):
            if (match := self._period.match(line)) is not None:
                value = self._span(match)
                end = position + len(match.group().rstrip())
                return Setting(value, position, end, is_period=True) if value is not None else None
            if number >= _TOP:
                return None
            position += len(line) + 1
        return None

    def _span(self, match: re.Match[str]) -> Value | None:
        last = days.exact_day(int(match["y"]), self._months[match["m"].lower()], int(match["d"]))
        month = self._months[(match["m1"] or match["m"]).lower()]
        return days.span(days.exact_day(int(match["y"]), month, int(match["d1"])), last)

    def _chronicle(self, text: str, stretch: Setting) -> list[tuple[int, Setting | None]]:
        """The settings of a chronicle: its stretch, and the day that opens a paragraph, for that paragraph: "Le 11, …"."""
        found: list[tuple[int, Setting | None]] = [(stretch.begin, stretch)]
        position = 0
        for line in text.split("\n"):
            match = self._entry.match(line)
            value = _day_within(stretch, int(match["d"])) if match is not None else None
            if match is not None and value is not None and position > stretch.begin:
                end = position + len(match.group()) - 1
                found += [(position, Setting(value, position, end, is_entry=True)), (position + len(line), stretch)]
            position += len(line) + 1
        return found

    def _head(self, line: str, begin: int, until: date | None, above: Setting | None) -> tuple[Setting | None, bool]:
        """The setting that a line begins, and whether it begins a part at all; `above` is the one that holds before it."""
        plain = " ".join(line.split())
        if match := self._timed.match(plain):
            return Setting(None, begin, begin + len(match.group().rstrip())), True
        year = above.value.earliest.year if above and above.value and above.value.earliest else None
        if (match := self._dated.match(plain)) and (
            match["y"] or (match["m"] and year) or (match["d"] and match["m"] and until)
        ):
            value = None if plain[match.end() :].lstrip()[:1].isdigit() else self._value(match, until, year)
            end = begin + len(match.group().rstrip())
            return Setting(value, begin, end, alone=match["y"] is None) if value else None, True
        if match := self._decade.match(plain):
            return Setting(days.decade(days.decade_of(match["y"])), begin, begin + len(match.group().rstrip())), True
        words = len(plain.split())
        asked = plain.endswith("?") and words <= _ASKED
        return None, 0 < words <= _SHORT and (asked or plain[-1] not in '.!?…:;»"')

    def _value(self, match: re.Match[str], until: date | None, above: int | None) -> Value | None:
        month = self._months.get((match["m"] or "").lower())
        if match["y"] is None and month and above:
            return days.exact_day(above, month, int(match["d"])) if match["d"] else days.month(above, month)
        if match["y"] is None and month and until:
            return days.exact_day(
                until.year - ((month, int(match["d"])) > (until.month, until.day)), month, int(match["d"])
            )
        year = int(match["y"])
        if month is None:
            return None if match["d"] else days.year(year)
        return days.exact_day(year, month, int(match["d"])) if match["d"] else days.month(year, month)


def _day_within(stretch: Setting, number: int) -> Value | None:
    """The day of that number within a stretch of days; None where there is none."""
    value = stretch.value
    if value is None or value.earliest is None or value.latest is None:
        return None
    found = (days.exact_day(day.year, day.month, number) for day in (value.earliest, value.latest))
    return next((v for v in found if v and v.earliest and value.earliest <= v.earliest <= value.latest), None)


def setting_at(found: list[tuple[int, Setting | None]], offset: int) -> Setting | None:
    """The setting that holds at an offset of the text."""
    index = bisect_right([at for at, _ in found], offset) - 1
    return found[index][1] if index >= 0 else None
