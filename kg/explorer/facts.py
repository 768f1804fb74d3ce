"""The claims of a graph by their facets: which ones fit a choice, and how many fit each value.

    facts = facts_of(graph)
    facts.counts("treaty", choice)      # how many claims fit, by treaty
    facts.listed(choice)                # what the page lists, in its order, each with its number of claims

Each facet is read once for a graph, by one query, into arrays; a choice is counted in them, in milliseconds where
a query for each facet would take tens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg.explorer.facets import Choice, facets, things
from kg.explorer.graph import Graph
from kg.namespaces import PREFIXES
from kg.query.names import text_of

UNKNOWN = -9999
"""The year of what has no date; before all others."""
NEWEST = ("Event", "Document")
"""Kinds that are listed in the order of their newest claims; others by their number."""
Mask: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which claims have which values: the two arrays go together, pair by pair."""

    names: tuple[str, ...]
    """The values; `values` holds their places here."""
    claims: Codes
    values: Codes

    def chosen(self, wanted: Iterable[str], size: int) -> Mask:
        """The claims that have one of these values."""
        places = [self.names.index(name) for name in wanted if name in self.names]
        mask = np.zeros(size, dtype=bool)
        mask[self.claims[np.isin(self.values, places)]] = True
        return mask

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of these claims have each value; values that none has are left out."""
        found = np.bincount(self.values[mask[self.claims]], minlength=len(self.names))
        return {name: int(count) for name, count in zip(self.names, found, strict=True) if count}


class Facts:
    """The claims of one graph, newest first, with their facets."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._claims = _newest_first(graph)
        self._place = {claim: place for place, claim in enumerate(self._claims)}
        self._pairs: dict[str, Pairs] = {}
        self._kinds: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._claims)

    def place(self, claim: str) -> int:
        """Where the claim stands in the order, the newest first; past all others where it is unknown."""
        return self._place.get(claim, len(self))

    def matching(self, choice: Choice, without: str = "") -> Mask:
        """Which claims fit the choice; `without` a facet that does not count."""
        mask = np.ones(len(self), dtype=bool)
        for name, wanted in choice.values.items():
            if wanted and name != without:
                mask &= self._read(name, facets()[name]).chosen(wanted, len(self))
        if choice.first is not None or choice.last is not None:
            first, last = self._years
            since = UNKNOWN + 1 if choice.first is None else choice.first
            mask &= (last >= since) & (first != UNKNOWN)
            if choice.last is not None:
                mask &= first <= choice.last
        return mask

    def counts(self, facet: str, choice: Choice) -> dict[str, int]:
        """How many claims would fit with each value of a facet, by what the other facets leave."""
        return self._read(facet, facets()[facet]).counts(self.matching(choice, facet))

    def years(self, choice: Choice) -> dict[int, int]:
        """How many claims there are on events that begin in each year, by what the facets leave."""
        mask = self.matching(Choice(choice.kind, choice.values))
        found, counts = np.unique(self._years[0][mask], return_counts=True)
        return {int(year): int(count) for year, count in zip(found, counts, strict=True) if year != UNKNOWN}

    def kinds(self, choice: Choice) -> dict[str, int]:
        """How many things of each kind fit."""
        mask = self.matching(choice)
        return {kind: self._number(kind, mask, choice.narrow) for kind in things()}

    def _number(self, kind: str, mask: Mask, narrow: bool) -> int:
        if kind == "Claim":
            return int(mask.sum())
        if not narrow and kind not in NEWEST:
            return len(self._all(kind))
        pairs = self._things(kind)
        return len(np.unique(pairs.values[mask[pairs.claims]]))

    def listed(self, choice: Choice) -> list[tuple[str, int]]:
        """The things to list, each with its number of claims: claims, events and documents newest first, others by number.

        With nothing chosen, all things of the kind stand there, those without claims last.
        """
        mask = self.matching(choice)
        if choice.kind == "Claim":
            return [(self._claims[place], 1) for place in np.flatnonzero(mask)]
        pairs = self._things(choice.kind)
        counts = pairs.counts(mask)
        if choice.kind in NEWEST:
            return list(counts.items())
        found = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        if not choice.narrow:
            found += [(iri, 0) for iri in sorted(self._all(choice.kind).difference(counts))]
        return found

    def _things(self, kind: str) -> Pairs:
        if kind == "Event":
            return self._read("event", "")
        return self._read("thing", things()[kind])

    def _all(self, kind: str) -> set[str]:
        if kind not in self._kinds:
            self._kinds[kind] = {
                thing for (thing,) in _rows(self._graph, f"SELECT ?thing WHERE {{ ?thing a ac:{kind} }}")
            }
        return self._kinds[kind]

    def _read(self, name: str, pattern: str) -> Pairs:
        """The values of a facet, read once; in the order of the newest claim that has them."""
        key = f"{name} {pattern}"
        if key not in self._pairs:
            # Rows that are told twice are made one here: the store takes a third of its time for that.
            rows = _rows(self._graph, f"SELECT ?claim ?{name} WHERE {{ ?claim ac:about ?event . {pattern} }}")
            found = sorted({(self._place[claim], value) for claim, value in rows if claim in self._place})
            names = tuple(dict.fromkeys(value for _, value in found))
            code = {value: place for place, value in enumerate(names)}
            claims = np.array([place for place, _ in found], dtype=np.int64)
            values = np.array([code[value] for _, value in found], dtype=np.int64)
            self._pairs[key] = Pairs(names, claims, values)
        return self._pairs[key]

    @cached_property
    def _years(self) -> tuple[Codes, Codes]:
        """The first and the last year of each claim's event; `UNKNOWN` where it has no date."""
        first = np.full(len(self), UNKNOWN, dtype=np.int64)
        last = first.copy()
        rows = _rows(
            self._graph,
            "SELECT ?claim ?earliest ?latest WHERE { ?claim ac:about ?event . ?event ac:earliest ?earliest ; ac:latest ?latest }",
        )
        for claim, earliest, latest in rows:
            place = self._place.get(claim)
            if place is None:
                continue
            year = int(earliest[:4])
            first[place] = year if first[place] == UNKNOWN else min(first[place], year)
            last[place] = max(last[place], int(latest[:4]))
        return first, last


@lru_cache(maxsize=2)
def facts_of(graph: Graph) -> Facts:
    """The facts of this graph, read once for all sessions."""
    return Facts(graph)


def _rows(graph: Graph, text: str) -> Iterator[tuple[str, ...]]:
    """The rows of a query as plain texts; not kept, because they are many."""
    solutions = graph.store.query(text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return (tuple(map(text_of, row)) for row in solutions)


def _pairs(graph: Graph, text: str) -> Iterator[tuple[str, str]]:
    """The same of a query with two columns."""
    return ((first, second) for first, second in _rows(graph, text))


def _newest_first(graph: Graph) -> tuple[str, ...]:
    """All claims by the dates of their documents, newest first, undated last; in a document as they stand in it."""
    issued: dict[str, str] = dict(
        _pairs(graph, "SELECT ?document ?issued WHERE { ?document a ac:Document ; dcterms:issued ?issued }")
    )
    begins: dict[str, str] = dict(
        _pairs(graph, "SELECT ?claim ?begin WHERE { ?claim prov:wasQuotedFrom/nif:beginIndex ?begin }")
    )
    claims = _pairs(graph, "SELECT ?claim ?document WHERE { ?claim a ac:Claim ; ac:inDocument ?document }")
    in_text = sorted(claims, key=lambda each: (each[1], int(begins.get(each[0], 0)), each[0]))
    in_text.sort(key=lambda each: issued.get(each[1], ""), reverse=True)
    return tuple(claim for claim, _ in in_text)
