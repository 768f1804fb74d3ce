"""The day on which a text says that it appeared: on a line of its own, under its title, before its first sentence, at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.extract.dating.expressions import either
from kg.extract.lexicon.date_words import DateWords

_HEAD_LINES = 25
_TAIL_LINES = 8
_WORDS = 14
"""A line of no more words with a date in it is about that date."""
_MARKED_WORDS = 40
_OPENING = 60
"""A date of a dateline begins before so many characters of its line."""
_NEAR = 40
_CENTURY = 2000
_DIGIT = re.compile(r"\d")
_YEAR_ENDS = tuple("0123456789)")
"""What stands at the end of a line that ends with its year."""
_MISREAD = 3
"""A day set off is doubted where more than one year in so many, of those told as past, is later."""
_SHORT = 8
"""A line of no more words that ends with a day and month tells nothing else."""


def laid_out(text: str) -> list[str]:
    """The lines of a text that are not empty, with single blanks."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


@dataclass(frozen=True, slots=True)
class Dateline:
    """A day that may be the text's own; the lower its rank, the surer."""

    rank: int
    day: date

    def stands(self, past: list[int]) -> bool:
        """Whether the years that the text tells as past allow it: a day set off outweighs a few misread years."""
        later = sum(year > self.day.year for year in past)
        return self.rank <= 1 or later <= (max(2, len(past) // _MISREAD) if self.rank <= 3 else 0)


class Datelines:
    """Finds datelines in the raw lines of a text."""

    def __init__(self, words: DateWords) -> None:
        self._months = {**words.months, **words.dateline_months}
        months = either(self._months)
        weekdays = "|".join(f"{w}|{w[:3]}\\.?" for w in words.weekdays)
        agencies = "|".join(map(re.escape, words.agencies))
        first, the, at, hour = words.first, words.the, words.at, words.hour
        self._full = re.compile(
            rf"(?<![\w/.-])(?:(?P<y>\d{{4}})(?P<s1>[-/])(?P<n>\d{{2}})(?P=s1)(?P<d>\d{{2}})(?=\D|T|$)"
            rf"|(?P<d2>\d{{1,2}})(?:{first})? ?(?P<m>{months})\.?,? (?P<y2>\d{{4}})(?!\d)"
            rf"|(?P<m4>{months})\.? (?P<d4>\d{{1,2}}),? (?P<y4>\d{{4}})(?!\d)"
            r"|(?P<d3>\d{1,2})(?P<s>[/.-])(?P<n3>\d{1,2})(?P=s)(?P<y3>\d{4}|\d{2})(?![\d/.-]?\d))",
            re.IGNORECASE,
        )
        self._yearless = re.compile(
            rf"(?:(?:{weekdays}) )?(?P<d>\d{{1,2}})(?:{first})? (?P<m>{months})\.?"
            rf"(?=,? ?(?:\((?:[^()]{{0,20}}\b)?(?:{agencies})\b|(?:\d{{1,2}} ?{hour} ?\d{{0,2}} )?(?:\([^()]{{1,40}}\) )?[–—-] |[/:] ))",
            re.IGNORECASE,
        )
        self._closing = re.compile(
            rf"(?:^|[,.)|·•–—-] ?|(?<!\w)(?:{weekdays}|(?:{'|'.join(words.published)})) ?(?:{the} )?|(?:^|, ?){the} )"
            rf"(?:(?:{weekdays}) )?(?P<d>\d{{1,2}})(?:{first})? (?P<m>{months})\.?"
            rf"(?:$|,? ?(?:{at} )?\d{{1,2}} ?(?:{hour}|:) ?\d{{0,2}}\)?$)",
            re.IGNORECASE,
        )
        self._month_only = re.compile(
            rf"(?:^|[|·•–—,:(/©-] ?|\b)(?P<m>{months}) (?P<y>(?:19|20)\d{{2}})\)?$", re.IGNORECASE
        )
        self._numbered = re.compile(rf"©|(?<!\w)(?:{'|'.join(words.issues)})(?!\w)", re.IGNORECASE)
        self._published = re.compile(rf"(?<!\w)(?:{'|'.join(words.published)})", re.IGNORECASE)
        self._pictured = re.compile("|".join(words.pictured), re.IGNORECASE)
        self._referring = re.compile(rf"(?<!\w)(?:{'|'.join(words.referring)}) ?(?:{weekdays})? ?$", re.IGNORECASE)
        self._issues = re.compile(rf"(?<!\w)(?:{'|'.join(words.issues)})(?!\w)[^.]{{0,20}}$", re.IGNORECASE)
        self._before = re.compile(rf"(?:^|[|·•–—>,:(/-]|(?<!\w)(?:{weekdays}|{the})) ?$", re.IGNORECASE)
        self._after = re.compile(
            rf"\s*(?:$|[|·•–—>)-]|/ |,? ?\(|[,.]? ?(?:{at} |[-–—] )?\d{{1,2}} ?(?::|{hour})|T\d|\. (?:[–—-]|/)|,? ?\(?(?:{agencies})\b)"
        )
        self._placed = re.compile(rf"^(?:\W?\w[^.,;]{{1,40}}, ?(?:{the} )?)?(?:(?:{weekdays}) )?$", re.IGNORECASE)

    def find(self, lines: list[str]) -> list[Dateline]:
        """The days that may be the text's own, the surest first; `lines` are those of `laid_out`."""
        tail = max(_HEAD_LINES, len(lines) - _TAIL_LINES)
        found = [
            (rank + (number >= _HEAD_LINES), number, day)
            for number, line in enumerate(lines)
            if number < _HEAD_LINES or number >= tail
            for rank, day in self._line(line, number >= _HEAD_LINES)
        ]
        return [Dateline(rank, day) for rank, _, day in sorted(found)]

    def month(self, lines: list[str]) -> tuple[int, int] | None:
        """Year and month of an issue that says no day: "Note n° 12 – juin 2021", "© La Revue, mars 2019"."""
        for line in lines[:_HEAD_LINES] + lines[max(_HEAD_LINES, len(lines) - _TAIL_LINES) :]:
            match = self._month_only.search(line) if line.endswith(_YEAR_ENDS) else None
            if match and len(line.split()) <= _WORDS and (not match.start() or self._is_issue(line)):
                return int(match["y"]), self._months[match["m"].lower()]
        return None

    def _is_issue(self, line: str) -> bool:
        """Whether a line names an issue or says that the text appeared."""
        return bool(self._numbered.search(line) or self._published.match(line))

    def yearless(self, lines: list[str]) -> tuple[int, int] | None:
        """Month and day of a dateline without its year: "PARIS, 3 mai (AFP) -", or "Oslo, lundi 3 mai" alone on a line."""
        for line in filter(_DIGIT.search, lines[:_HEAD_LINES]):
            match = self._yearless.search(line)
            if match is None and len(line.split()) <= _SHORT:
                match = self._closing.search(line)
            if match and match.start() < _OPENING:
                return self._months[match["m"].lower()], int(match["d"])
        return None

    def _line(self, line: str, is_tail: bool) -> list[tuple[int, date]]:
        """The days of one line, each with its rank."""
        found = []
        for match in self._full.finditer(line):
            day, rank = self._value(match), self._rank(line, match, is_tail)
            if day is not None and rank is not None:
                found.append((rank, day))
        return found

    def _rank(self, line: str, match: re.Match[str], is_tail: bool) -> int | None:
        """How sure a date of a line is the text's own: 0 said so, 2 set off, 4 alone on its line, 6 under a picture."""
        before, after = line[: match.start()], line[match.end() :]
        words, short = len(line.split()), len(match["y3"] or "") == 2
        set_off = bool(self._before.search(before) and self._after.match(after))
        if words <= _MARKED_WORDS and self._is_said(before, set_off):
            return 0
        if short and not set_off:
            return None
        issued = bool(self._issues.search(before))
        if self._referring.search(before) and not issued:
            return None
        if not is_tail and self._pictured.search(line[: match.end() + _NEAR]):
            return 6 if words <= _WORDS else None
        if set_off and (match.start() < _OPENING or words <= 2 * _WORDS):
            return 2
        opens = self._placed.match(before) and after.startswith(".")
        alone = words <= _WORDS and not line.endswith(".")
        return 4 if not is_tail and (alone or opens) else None

    def _is_said(self, before: str, set_off: bool) -> bool:
        """Whether a line says before a date that the text appeared: "Publié le …"; "un rapport publié le …" does not."""
        said = list(self._published.finditer(before))
        if not said:
            return False
        lead = before[: said[-1].start()].rstrip()
        return not lead or not lead[-1].isalnum() or (set_off and len(lead.split()) <= 3)

    def _value(self, match: re.Match[str]) -> date | None:
        if name := match["m"] or match["m4"]:
            numbers = match["y2"] or match["y4"], self._months[name.lower()], match["d2"] or match["d4"]
        else:
            numbers = match["y"] or match["y3"], int(match["n"] or match["n3"]), match["d"] or match["d3"]
        year = int(numbers[0]) + (_CENTURY if len(numbers[0]) == 2 else 0)
        try:
            return date(year, numbers[1], int(numbers[2]))
        except ValueError:
            return None
