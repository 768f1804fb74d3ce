"""Graphs that a team keeps by itself, beside those that builds make: acr:graph/own/….

They live in the snapshots like all others, so that readers see them at once and the default graph holds them; a build that
begins empty takes them over from the snapshot before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import RefusedError, StoreError
from kg.namespaces import OWN_GRAPHS
from kg.store.draft import Draft
from kg.store.snapshot import Snapshot

_NAME = re.compile(re.escape(OWN_GRAPHS) + r"[\w~%-][\w.~%-]*(?:/[\w~%-][\w.~%-]*)*")
"""No segment begins with a dot: what resolves "../" could lead out of the team's graphs."""


def require_own(graph: str | None) -> str:
    """The name of a graph, if it is a team's own; RefusedError where a build owns it. None is the default graph."""
    if graph is None:
        raise RefusedError(
            "The default graph is the union of all graphs and is not written to.", f"Write to <{OWN_GRAPHS}NAME>."
        )
    if not _NAME.fullmatch(graph):
        raise RefusedError(f"The graph <{graph}> is not a team's own.", f"Write to <{OWN_GRAPHS}NAME>.")
    return graph


def own_graphs(snapshot: Snapshot) -> list[str]:
    """The names of the team's graphs in a snapshot, by its manifest."""
    return [graph for graph in snapshot.manifest.get("graphs", {}) if graph.startswith(OWN_GRAPHS)]


def take_over(draft: Draft, snapshots: Iterable[Snapshot]) -> None:
    """Put the team's graphs into a draft, from the first of these snapshots that can be read.

    Raises StoreError where there were such graphs and no snapshot gives them any more.
    """
    failed: StoreError | None = None
    for snapshot in snapshots:
        try:
            for graph in own_graphs(snapshot):
                name = ox.NamedNode(graph)
                draft.replace_graph(graph, list(snapshot.store.quads_for_pattern(None, None, None, name)))
            return
        except StoreError as error:
            failed = failed or error
    if failed is not None:
        raise StoreError(
            f"{failed.problem} It may hold graphs of your team, which a build takes over.",
            "Restore it from a backup, or remove the folder to build without them.",
        ) from failed


def copied(quads: Iterable[ox.Quad], graph: str) -> list[ox.Quad]:
    """These triples as quads of the graph."""
    name = ox.NamedNode(graph)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads]
