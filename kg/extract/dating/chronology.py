"""From which day a text counts: its own dateline, else the year that the text itself makes sure of.

A document whose date is unknown is read all the same. A dateline or a publication line gives the day. Else every candidate
year is scored by what the text says (weekdays beside dates, years of the past, offices held, summits and treaties of that
day) and one is taken only if it leads the next by `MARGIN`; what rests on it is marked as inferred.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from kg.extract.dating import days
from kg.extract.dating.datelines import Datelines, laid_out
from kg.extract.dating.expressions import full_names
from kg.extract.dating.headings import Headings
from kg.extract.dating.occasions import Occasions
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lines.moods import Mood
from kg.extract.lines.parse import Span
from kg.extract.reading import Line
from kg.model import Reference

MARGIN = 1.0
_YEARS = range(1985, 2041)
_OFFICE = 0.8
_IMPOSSIBLE = -100.0
_LED = 1.0
_EVE = 0.5
"""A text tells first of its own day more often than of the day before."""
_PARTS = 3
"""So many parts headed by days, or more, are a chronology."""
_SAID = 1.0
"""A year is seldom said with a month of the text's own year."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative dates count from, and whether it is inferred."""

    day: date
    inferred: bool
    is_month: bool = False
    """Whether only its month is known, of which it is the last day."""


def anchor_of(issued: str | None) -> Anchor | None:
    """The anchor by a document's date of publication, where it is known to the day or to the month."""
    if issued and len(issued) == 10:
        return Anchor(date.fromisoformat(issued), False)
    return _month_anchor(int(issued[:4]), int(issued[5:])) if issued and len(issued) == 7 else None


@dataclass(slots=True)
class _Signs:
    """What a text says that bears on its year."""

    days: list[tuple[int, int, str]] = field(default_factory=list)
    """Month, day and the weekday written before them, if any."""
    months: set[int] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    years: list[int] = field(default_factory=list)
    past: list[int] = field(default_factory=list)
    """Years told in the past."""
    told: list[tuple[int, int]] = field(default_factory=list)
    """Years and months told in the past."""
    terms: list[list[tuple[str, str]]] = field(default_factory=list)
    """The terms of office of each person named, first and last days."""
    votes: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    lead: set[int] = field(default_factory=set)
    """The weekdays of the first sentence that names one without its date: the text's own day, or the one before."""


class Chronology:
    """Finds the anchor of a document."""

    def __init__(self, words: DateWords, reference: Reference) -> None:
        months = "|".join(sorted(map(re.escape, words.months), key=len, reverse=True))
        self._told = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.told))})(?!\w)")
        self._months = words.months
        self._weekdays = words.weekdays
        self._datelines = Datelines(words)
        self._headings = Headings(words)
        self._day_month = re.compile(
            rf"(?:(?P<w>{'|'.join(words.weekdays)}) )?(?P<d>\d{{1,2}})(?:{words.first})? (?P<m>{months})(?!\w)(?! \d{{4}})",
            re.IGNORECASE,
        )
        self._month = re.compile(
            rf"\b(?:{'|'.join(words.month_leads)}) ?(?P<m>{full_names(words.months)})(?!\w)(?! \d{{4}})", re.IGNORECASE
        )
        self._month_year = re.compile(rf"(?<!\w)(?P<m>{months}) (?P<y>\d{{4}})(?!\d)", re.IGNORECASE)
        self._weekday = re.compile(rf"(?<!\w)({'|'.join(words.weekdays)})(?!\w)", re.IGNORECASE)
        self._clues = (*"0123456789", *words.months, *words.weekdays)
        self._bound = re.compile(
            rf"\b(?:{'|'.join(words.stretches)})\b[^,.;]{{0,20}}?\d{{4}}|\b(?:{'|'.join(words.due)}) \d{{4}}",
            re.IGNORECASE,
        )
        self._year = re.compile(r"(?<![\d-])((?:19[89]|20[0-4])\d)(?![\d-])")
        self.occasions = Occasions(reference)
        self._tenures: dict[str, list[tuple[str, str]]] = {}
        for tenure in reference.tenures:
            self._tenures.setdefault(tenure.person, []).append((tenure.earliest or "", tenure.latest or "9999"))

    def anchor(self, text: str, lines: list[Line]) -> Anchor | None:
        """The anchor of a text without a date; `lines` are those of its lines that are read."""
        signs, raw = self._signs(lines), laid_out(text)
        told = self._headed(text)
        for dateline in self._datelines.find(raw):
            if dateline.stands(signs.past) and dateline.day not in told:
                return Anchor(dateline.day, False)
        if (stretch := self._headings.stretch(text)) and stretch.value and stretch.value.latest:
            return Anchor(stretch.value.latest, True)
        if (issue := self._datelines.month(raw)) and sum(year > issue[0] for year in signs.past) <= 1:
            return _month_anchor(*issue)
        return self._inferred(signs, self._datelines.yearless(raw))

    def _headed(self, text: str) -> set[date]:
        """The days that head parts of a chronology, but for the latest: none is the text's own."""
        values = {s.value for _, s in self._headings.find(text) if s is not None and s.value is not None}
        days = {v.earliest for v in values if v.earliest is not None}
        return days - {max(days)} if len(days) >= _PARTS else set()

    def _inferred(self, signs: _Signs, dated: tuple[int, int] | None) -> Anchor | None:
        """The latest day that the text tells without its year, or the one of its dateline, in the year that leads."""
        days_told = [(m, d) for m, d, _ in signs.days]
        latest = max([*days_told, *((m, 28) for m in signs.months)], default=None)
        latest = dated or latest
        if latest is None:
            return None
        lead = signs.lead if dated else set()
        scored = sorted(((self._score(year, latest, signs, lead), -year) for year in _YEARS), reverse=True)
        (best, year), (second, _) = scored[0], scored[1]
        value = _safe(-year, *latest)
        if value is None or best - second < MARGIN or best <= 0:
            return None
        return (
            Anchor(value, True)
            if dated or latest in days_told
            else _month_anchor(value.year, value.month, inferred=True)
        )

    def _signs(self, lines: list[Line]) -> _Signs:
        """What the text says that bears on its year, gathered once."""
        signs = _Signs()
        for line in lines:
            text = line.reading.text
            signs.terms += [self._tenures[p] for p in sorted(self._persons(line)) if p in self._tenures]
            for sentence in line.doc.sents:
                self._sentence(sentence, line, signs)
            if not self._is_timed(text):
                continue
            signs.days += [(*self._day(m), (m["w"] or "").lower()) for m in self._day_month.finditer(text)]
            signs.months |= {self._months[m["m"].lower()] for m in self._month.finditer(text)}
            signs.weekdays |= {self._weekdays[m.group(1).lower()] for m in self._weekday.finditer(text)}
            signs.years += [int(y) for y in self._year.findall(text)]
        return signs

    def _is_timed(self, text: str) -> bool:
        """Whether a text holds a digit, a month or a weekday, without which the patterns find nothing."""
        lowered = text.lower()
        return any(map(lowered.__contains__, self._clues))

    def _persons(self, line: Line) -> set[str]:
        return {n.entity for n in line.names if n.kind == "Person"}

    def _day(self, match: re.Match[str]) -> tuple[int, int]:
        return self._months[match["m"].lower()], int(match["d"])

    def _sentence(self, sentence: Span, line: Line, signs: _Signs) -> None:
        text = sentence.text
        stated: set[tuple[int, int]] = set()
        months: set[int] = set()
        if self._is_timed(text):
            if not signs.lead:
                bare = self._day_month.sub("", text)
                signs.lead = {self._weekdays[m.group(1).lower()] for m in self._weekday.finditer(bare)}
            stated = {self._day(m) for m in self._day_month.finditer(text)}
            months = {m for m, _ in stated} | {self._months[m["m"].lower()] for m in self._month.finditer(text)}
            self._past(sentence, signs)
        names = [n for n in line.names if sentence.start <= n.start < sentence.end]
        for year, vote in self.occasions.votes(text, names, stated, months).items():
            signs.votes[year] += vote

    def _past(self, sentence: Span, signs: _Signs) -> None:
        """The years and months of a sentence that tells what was, without those that lie ahead in it: "d'ici 2030"."""
        text = sentence.text
        if not self._told.search(text):
            return
        back = self._bound.sub(lambda m: " " * len(m.group()), text)
        signs.past += [int(m.group(1)) for m in self._year.finditer(back) if not self._is_ahead(sentence, m.start())]
        signs.told += [
            (int(m["y"]), self._months[m["m"].lower()])
            for m in self._month_year.finditer(back)
            if not self._is_ahead(sentence, m.start())
        ]

    def _is_ahead(self, sentence: Span, offset: int) -> bool:
        """Whether the verb before a date of a sentence stands in the future ("livrera en 2027 les navires commandés en 2022"), or
        in the infinitive ("a offert de prêter, dès 2027, …", "devra être remis en 2030")."""
        for token in reversed([t for t in sentence if t.idx - sentence.start_char < offset]):
            if token.pos_ in ("VERB", "AUX"):
                helped = any("Inf" in c.morph.get("VerbForm", []) for c in token.children if c.dep_ == "aux:pass")
                return helped or "Inf" in token.morph.get("VerbForm", []) or token.mood is Mood.FUTURE
        return False

    def _score(self, year: int, latest: tuple[int, int], signs: _Signs, lead: set[int]) -> float:
        anchor = _safe(year, *latest)
        if anchor is None:
            return _IMPOSSIBLE
        terms = {id(t): t for t in signs.terms}.values()
        day = anchor.isoformat()
        offices = sum(_OFFICE if any(first <= day <= last for first, last in held) else -_OFFICE for held in terms)
        led = _LED if anchor.weekday() in lead else _EVE if (anchor.weekday() - 1) % 7 in lead else 0.0
        return self._weekday_score(year, signs) + _year_score(year, latest, signs) + offices + signs.votes[year] + led

    def _weekday_score(self, year: int, signs: _Signs) -> float:
        """Weekdays written before a date must agree; one elsewhere in the text that agrees with a date is a hint."""
        score = 0.0
        for month, day, weekday in signs.days:
            value = _safe(year, month, day)
            if value is None:
                return _IMPOSSIBLE
            if weekday:
                score += 3.0 if value.weekday() == self._weekdays[weekday] else -3.0
            elif value.weekday() in signs.weekdays:
                score += 1.0
        return score


def _year_score(year: int, latest: tuple[int, int], signs: _Signs) -> float:
    """The latest year that the text tells in the past is this year or the last; none told as past lies ahead."""
    if any(told > (year, latest[0]) for told in signs.told):
        return -4.0
    score = -_SAID if any(told[0] == year for told in signs.told) else 0.0
    if signs.past:
        gap = year - max(signs.past)
        score += {0: 1.5, 1: 1.5, 2: 0.5}.get(gap, -0.3 * gap) if gap >= 0 else -4.0
    if ahead := [y for y in signs.years if y > max(signs.past, default=0)]:
        score += 0.5 if 0 <= min(ahead) - year <= 5 else -0.5
    return score


def _month_anchor(year: int, month: int, *, inferred: bool = False) -> Anchor:
    """The anchor of a text of which only the month is known."""
    last = days.month(year, month).latest
    return Anchor(last or date(year, month, 28), inferred, is_month=True)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
