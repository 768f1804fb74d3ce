"""From which day a text counts: its own dateline, else the year that the text itself makes sure of.

A document whose date is unknown is read all the same. A dateline or a publication line gives the day. Else every candidate
year is scored by what the text says (weekdays beside dates, years of the past, offices held, summits and treaties of that
day) and one is taken only if it leads the next by `MARGIN`; what rests on it is marked as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.lexicon import DateWords
from kg.extract.reading import Line
from kg.ids import fold
from kg.model import Reference

MARGIN = 1.5
_HEAD_LINES = 10
_DATELINE_WORDS = 14
_YEARS = range(1985, 2041)
_PUBLISHED = re.compile(r"publi|post|mis en ligne|parution|paru le", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative dates count from, and whether it is inferred."""

    day: date
    inferred: bool


class Chronology:
    """Finds the anchor of a document."""

    def __init__(self, words: DateWords, reference: Reference) -> None:
        months = "|".join(sorted(map(re.escape, words.months), key=len, reverse=True))
        self._months = words.months
        self._weekdays = words.weekdays
        self._full = re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:er)? ({months})\.? (\d{{4}})(?!\d)|(?<!\d)(\d{{1,2}})[/.](\d{{1,2}})[/.](\d{{4}})(?!\d)",
            re.IGNORECASE,
        )
        self._day_month = re.compile(
            rf"(?:(?P<w>{'|'.join(words.weekdays)}) )?(?P<d>\d{{1,2}})(?:er)? (?P<m>{months})(?!\w)(?! \d{{4}})",
            re.IGNORECASE,
        )
        self._month = re.compile(rf"\b(?:en|de|d'|fin|début|mi-) ?(?P<m>{months})(?!\w)(?! \d{{4}})", re.IGNORECASE)
        self._month_year = re.compile(rf"(?<!\w)(?P<m>{months}) (?P<y>\d{{4}})(?!\d)", re.IGNORECASE)
        self._weekday = re.compile(rf"(?<!\w)({'|'.join(words.weekdays)})(?!\w)", re.IGNORECASE)
        self._year = re.compile(r"(?<![\d-])((?:19[89]|20[0-4])\d)(?![\d-])")
        self._reference = reference
        self._siblings = _siblings(reference)
        self._tenures: dict[str, list[tuple[str, str]]] = {}
        for tenure in reference.tenures:
            self._tenures.setdefault(tenure.person, []).append((tenure.earliest or "", tenure.latest or "9999"))

    def anchor(self, raw: list[str], lines: list[Line]) -> Anchor | None:
        """The anchor of a text without a date; `raw` are all its lines as they stand, `lines` those that are read."""
        if stated := self._dateline(raw):
            return Anchor(stated, False)
        return self._inferred(lines)

    def _dateline(self, raw: list[str]) -> date | None:
        """A full date that heads the text: on a short line of its own, or before the first dash."""
        found: list[tuple[int, date]] = []
        for number, line in enumerate([r for r in raw if r.strip()][:_HEAD_LINES]):
            for match in self._full.finditer(line):
                value = self._value(match)
                alone = len(line.split()) <= _DATELINE_WORDS
                opening = match.start() < 40 and re.match(
                    r"\s*(?:\(|[-–—.:]|,? ?\(?(?:AFP|Reuters|AP)\b)", line[match.end() :]
                )
                if value and (alone or opening):
                    rank = 0 if _PUBLISHED.search(line) else 1
                    found.append((rank * 100 + number, value))
        return min(found)[1] if found else None

    def _value(self, match: re.Match[str]) -> date | None:
        day, month, year, d, m, y = match.groups()
        try:
            return date(int(year), self._months[month.lower()], int(day)) if year else date(int(y), int(m), int(d))
        except ValueError:
            return None

    def _inferred(self, lines: list[Line]) -> Anchor | None:
        days = [
            (self._months[m["m"].lower()], int(m["d"]), (m["w"] or "").lower())
            for line in lines
            for m in self._day_month.finditer(line.doc.text)
        ]
        months = [self._months[m["m"].lower()] for line in lines for m in self._month.finditer(line.doc.text)]
        if not days and not months:
            return None
        latest = max([(m, d) for m, d, _ in days] or [(max(months), 28)])
        scored = sorted(((self._score(year, latest, days, lines), -year) for year in _YEARS), reverse=True)
        (best, year), (second, _) = scored[0], scored[1]
        value = _safe(-year, *latest)
        return Anchor(value, True) if value and best - second >= MARGIN and best > 0 else None

    def _score(self, year: int, latest: tuple[int, int], days: list[tuple[int, int, str]], lines: list[Line]) -> float:
        anchor = _safe(year, *latest)
        if anchor is None:
            return -100.0
        return (
            self._weekday_score(year, days, lines)
            + self._year_score(year, latest, lines)
            + self._office_score(anchor, lines)
            + self._occasion_score(year, lines)
        )

    def _weekday_score(self, year: int, days: list[tuple[int, int, str]], lines: list[Line]) -> float:
        """Weekdays written before a date must agree; one elsewhere in the text that agrees with a date is a hint."""
        score = 0.0
        loose = {self._weekdays[m.group(1).lower()] for line in lines for m in self._weekday.finditer(line.doc.text)}
        for month, day, weekday in days:
            value = _safe(year, month, day)
            if value is None:
                return -100.0
            if weekday:
                score += 3.0 if value.weekday() == self._weekdays[weekday] else -3.0
            elif value.weekday() in loose:
                score += 1.0
        return score

    def _year_score(self, year: int, latest: tuple[int, int], lines: list[Line]) -> float:
        """The latest year that the text tells in the past is this year or the last; none told as past lies ahead."""
        past = [
            int(m) for line in lines for s in line.doc.sents if _is_past(s.text) for m in self._year.findall(s.text)
        ]
        for line in lines:
            for sentence in line.doc.sents:
                told = list(self._month_year.finditer(sentence.text)) if _is_past(sentence.text) else []
                if any((int(m["y"]), self._months[m["m"].lower()]) > (year, latest[0]) for m in told):
                    return -4.0
        every = [int(m) for line in lines for m in self._year.findall(line.doc.text)]
        score = 0.0
        if past:
            gap = year - max(past)
            score += {0: 1.5, 1: 1.5, 2: 0.5}.get(gap, -0.3 * gap) if gap >= 0 else -4.0
        if ahead := [y for y in every if y > max(past or [0])]:
            gap = min(ahead) - year
            score += 0.5 if 0 <= gap <= 5 else -0.5
        return score

    def _office_score(self, anchor: date, lines: list[Line]) -> float:
        """The persons named hold their offices on that day."""
        day = anchor.isoformat()
        score = 0.0
        for person in {n.entity for line in lines for n in line.names if n.kind == "Person"}:
            if terms := self._tenures.get(person):
                score += 0.8 if any(first <= day <= last for first, last in terms) else -0.8
        return score

    def _occasion_score(self, year: int, lines: list[Line]) -> float:
        """Summits named in the text took place that year; a treaty was signed on a date that stands beside it."""
        score = 0.0
        for line in lines:
            for sentence in line.doc.sents:
                names = [n for n in line.names if sentence.start <= n.start < sentence.end]
                stated = {(self._months[m["m"].lower()], int(m["d"])) for m in self._day_month.finditer(sentence.text)}
                for named in names:
                    if named.kind == "Gathering":
                        score += self._gathering_score(named.entity, year, stated)
                    signed = (self._reference.treaty_dates.get(named.entity) or (None, None))[0]
                    if signed and len(signed) == 10 and (int(signed[5:7]), int(signed[8:10])) in stated:
                        score += 3.0 if int(signed[:4]) == year else 0.0
                places = {n.entity for n in names} | {n.place for n in names if n.place}
                score += self._series_score(sentence.text, places, year)
        return score

    def _gathering_score(self, entity: str, year: int, stated: set[tuple[int, int]]) -> float:
        """A summit told with its day fixes the year, where its series has one of that day; one held once hints."""
        known = self._reference.gatherings
        held = [known[iri] for iri in self._siblings.get(entity, {entity}) if iri in known]
        days = [f"{year:04d}-{m:02d}-{d:02d}" for m, d in stated]
        for _, first, last in held:
            if first and last and any(first <= day <= last for day in days):
                return 3.0
        if len(held) == 1 and held[0][1]:
            return {0: 2.0, 1: 0.5}.get(year - int(held[0][1][:4]), 0.0)
        return 0.0

    def settled(self, gathering: str, anchor: date | None) -> str:
        """The gathering of a series that is meant on a day: the latest begun by then, else the first."""
        known = self._reference.gatherings
        series = sorted((known[iri][1] or "", iri) for iri in self._siblings.get(gathering, ()) if iri in known)
        if anchor is None or len(series) < 2:
            return gathering
        limit = (anchor + timedelta(days=3)).isoformat()
        begun = [iri for first, iri in series if first and first <= limit]
        return begun[-1] if begun else series[0][1]

    def _series_score(self, text: str, entities: Iterable[str], year: int) -> float:
        """A summit told by its series and place ("sommet du G20 au Japon"), in the month that the sentence says."""
        months = {
            self._months[m["m"].lower()] for pattern in (self._month, self._day_month) for m in pattern.finditer(text)
        }
        known = {self._reference.places.get(e, e) for e in entities} | set(entities)
        for iri, (place, first, _) in self._reference.gatherings.items():
            if not place or not first or int(first[:4]) != year or int(first[5:7] or 0) not in months:
                continue
            series = self._series(iri)
            if series and series in text and known & {place, self._reference.places.get(place, place)}:
                return 3.0
        return 0.0

    def _series(self, gathering: str) -> str:
        """The acronym in a summit's name: "G20" of "Sommet du G20 d'Osaka"."""
        match = re.search(
            r"(?<!\w)[A-Z]{1,2}\d{1,2}(?!\w)|(?<!\w)[A-Z]{3,6}(?!\w)",
            self._reference.entities[gathering].label,
        )
        return match.group() if match else ""


def _siblings(reference: Reference) -> dict[str, set[str]]:
    """Gatherings that share a name, such as the yearly ones of a series."""
    by_name: dict[str, set[str]] = {}
    for name in reference.names:
        if name.entity in reference.gatherings:
            by_name.setdefault(fold(name.text), set()).add(name.entity)
    siblings: dict[str, set[str]] = {}
    for group in by_name.values():
        for iri in group:
            siblings.setdefault(iri, set()).update(group)
    return siblings


def _is_past(sentence: str) -> bool:
    return bool(
        re.search(
            r"(?<!\w)(?:a|ont|avait|avaient|avons|eut|fut|était|étaient|depuis|signé|conclu|après)(?!\w)",
            sentence,
        )
    )


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
