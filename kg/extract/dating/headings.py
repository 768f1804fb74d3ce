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


@dataclass(frozen=True, slots=True)
class Setting:
    """The date of a part of a text; None stands for the text's own day, where the part is headed by the time of day."""

    value: Value | None
    begin: int
    end: int
    """Where it stands in the text."""
    alone: bool = False
    """Whether it dates its own paragraph only, as a day without a year does that opens one: "4 septembre. – …"."""

    @property
    def precision(self) -> int:
        """3 day, 2 month, 1 year, 0 decade, as with expressions."""
        if self.value is None:
            return 3
        told = self.value.edtf
        return 0 if told.endswith("X") else {10: 3, 7: 2}.get(len(told), 1)


class Headings:
    """Finds the dates that head the parts of a text."""

    def __init__(self, words: DateWords) -> None:
        months = "|".join(sorted(map(re.escape, words.months), key=len, reverse=True))
        weekdays = "|".join(words.weekdays)
        self._months = words.months
        self._dated = re.compile(
            rf"[^\w«\"']*(?:en |le )?(?:(?:{weekdays}) )?(?:(?P<d>\d{{1,2}})(?:er)? )?(?:(?P<m>{months})\b ?)?"
            r"(?P<y>(?:19|20)\d{2})?(?<=\w)\s*(?:$|[:–—|-](?=\s|$)|\.(?=\s|$))",
            re.IGNORECASE,
        )
        self._decade = re.compile(
            rf"\W*(?:{'|'.join(words.patterns['decade'])})\s*(?:$|[:–—|-](?=\s|$)|\.(?=\s|$))", re.IGNORECASE
        )
        self._timed = re.compile(
            r"[^\w«\"']*(?:[01]?\d|2[0-3]) ?(?:h|:) ?[0-5]\d\s*(?:$|[:–—|.-](?=\s|$))", re.IGNORECASE
        )

    def find(self, text: str, until: date | None = None) -> list[tuple[int, Setting | None]]:
        """The offsets in a text from which a setting holds, in order; None where it ends.

        A day or month without a year, under the heading of one, is of that year; else a day is the last such day up to `until`, the text's
        own, and heads nothing where that is not known.
        """
        found: list[tuple[int, Setting | None]] = []
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


def setting_at(found: list[tuple[int, Setting | None]], offset: int) -> Setting | None:
    """The setting that holds at an offset of the text."""
    index = bisect_right([at for at, _ in found], offset) - 1
    return found[index][1] if index >= 0 else None
