"""The status of treaties on any day, computed from the dated acts of the reference data and each treaty's rule.

    intervals(quads)               from reference quads: how long each treaty, and each state towards it, had which status
    status_quads(store)            the same from a store's reference graph, as quads of the inferred graph
    read_intervals(store)          back from a graph
    standings(intervals, day)      how states stood on a day

docs/treaties.md says how it is computed and where its limits are.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.namespaces import REFERENCE_GRAPH
from kg.treaties.day import Standing, standings
from kg.treaties.life import life, treaty_intervals
from kg.treaties.model import Bounds, Interval, Status
from kg.treaties.parties import party_intervals
from kg.treaties.quads import interval_quads, read_intervals
from kg.treaties.records import needed, read

__all__ = ["Bounds", "Interval", "Standing", "Status", "intervals", "read_intervals", "standings", "status_quads"]


def intervals(quads: Iterable[ox.Quad]) -> list[Interval]:
    """All intervals that the reference quads give, treaty by treaty: its own, then those of the states."""
    treaties, lines = read(quads)
    found: list[Interval] = []
    for treaty in treaties:
        span = life(treaty)
        parties = party_intervals(treaty, span, lines)
        found += [*treaty_intervals(treaty, span, parties), *parties]
    return found


def status_quads(store: ox.Store) -> list[ox.Quad]:
    """The intervals that the store's reference graph gives, as quads of the inferred graph, in a fixed order."""
    return list(interval_quads(intervals(needed(store, ox.NamedNode(REFERENCE_GRAPH)))))
