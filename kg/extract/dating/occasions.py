"""What summits and treaties that a text names tell of its year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from kg.extract.naming.names import Named
from kg.ids import fold
from kg.model import Reference

Day = tuple[int, int]
"""A month and a day of it."""
_SERIES = re.compile(r"(?<!\w)[A-Z]{1,2}\d{1,2}(?!\w)|(?<!\w)[A-Z]{3,6}(?!\w)")
_FORESEEN = timedelta(days=730)
"""So long before it begins a gathering is spoken of."""
SURE, LIKELY, HINT = 3.0, 2.0, 0.5
"""What a day, a summit held once, and its neighbouring year count."""


class Occasions:
    """Votes for years."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._siblings = _siblings(reference)
        self._summits = [
            (int(first[:4]), int(first[5:7]), _series(reference.entities[iri].label), place)
            for iri, (place, first, _) in sorted(reference.gatherings.items())
            if place and first and len(first) >= 7
        ]

    def votes(self, text: str, names: list[Named], stated: set[Day], months: set[int]) -> defaultdict[int, float]:
        """The years that one sentence speaks for: by its names, the days and the months that it states."""
        votes: defaultdict[int, float] = defaultdict(float)
        for named in names:
            if named.kind == "Gathering":
                self._gathering(named.entity, stated, votes)
            signed = (self._reference.treaty_dates.get(named.entity) or (None, None))[0]
            if signed and len(signed) == 10 and (int(signed[5:7]), int(signed[8:10])) in stated:
                votes[int(signed[:4])] += SURE
        if months:
            places = {n.entity for n in names} | {n.place for n in names if n.place}
            self._told_by_place(text, places, months, votes)
        return votes

    def _gathering(self, entity: str, stated: set[Day], votes: defaultdict[int, float]) -> None:
        """A summit told with its day fixes the year, where its series has one of that day; one held once hints."""
        known = self._reference.gatherings
        held = [known[iri] for iri in sorted(self._siblings.get(entity, {entity})) if iri in known]
        days = {
            int(first[:4])
            for _, first, last in held
            if first and last
            for m, d in stated
            if first <= f"{first[:4]}-{m:02d}-{d:02d}" <= last
        }
        for year in days:
            votes[year] += SURE
        if len(held) == 1 and held[0][1] and not days:
            year = int(held[0][1][:4])
            votes[year] += LIKELY
            votes[year + 1] += HINT

    def _told_by_place(
        self, text: str, entities: Iterable[str], months: set[int], votes: defaultdict[int, float]
    ) -> None:
        """A summit told by its series and place ("sommet de l'APEC au Pérou"), in the month that the sentence says."""
        places = self._reference.places
        known = {places.get(e, e) for e in entities} | set(entities)
        told = {
            year
            for year, month, series, place in self._summits
            if series and month in months and series in text and known & {place, places.get(place, place)}
        }
        for year in told:
            votes[year] += SURE

    def settled(self, gathering: str, anchor: date | None) -> str | None:
        """The gathering of a series that is meant on a day: the latest begun by then, else the first. None where that lies years
        ahead: then an older one of its name is meant, which the reference data does not hold."""
        meant = self._latest(gathering, anchor)
        first = (self._reference.gatherings.get(meant) or (None, None, None))[1]
        ahead = anchor is not None and first is not None and first > (anchor + _FORESEEN).isoformat()
        return None if ahead else meant

    def _latest(self, gathering: str, anchor: date | None) -> str:
        known = self._reference.gatherings
        series = sorted((known[iri][1] or "", iri) for iri in self._siblings.get(gathering, ()) if iri in known)
        if anchor is None or len(series) < 2:
            return gathering
        limit = (anchor + timedelta(days=3)).isoformat()
        begun = [iri for first, iri in series if first and first <= limit]
        return begun[-1] if begun else series[0][1]


def _series(label: str) -> str:
    """The acronym in a summit's name: "APEC" of "Sommet de l'APEC de Lima"."""
    match = _SERIES.search(label)
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
