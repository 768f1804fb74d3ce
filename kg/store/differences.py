"""What is changed in graphs, triple by triple, while a draft is written: so that they need not be read anew to be hashed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.store import lines
from kg.store.canonical import canonical_triples, graph_hash

MOST = 100_000
"""From so many changed triples of a graph on it is read anew."""
Lines = set[bytes]


class Differences:
    """Which triples came into graphs and went out of them, as far as all that was done to these is known."""

    def __init__(self) -> None:
        self._known: dict[str, dict[ox.Quad, bool] | None] = {}

    def note(self, graph: str, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
        """These go, and then those come, some of which may have been there."""
        known = self._known.setdefault(graph, {})
        if known is not None:
            known.update((quad, False) for quad in removed)
            known.update((quad, True) for quad in added)
            if len(known) > MOST:
                self._known[graph] = None

    def spoil(self, graph: str) -> None:
        """The graph is changed in a way that is not told."""
        self._known[graph] = None

    def of(self, graph: str) -> tuple[Lines, Lines] | None:
        """The lines of canonical N-Triples that are no longer there and those that are now; None where that is not known.

        Nor is it where blank nodes are among them, whose names say nothing.
        """
        known = self._known.get(graph, {})
        if known is None or any(_has_blank(quad) for quad in known):
            return None
        gone, here = ([quad for quad, stays in known.items() if stays is which] for which in (False, True))
        removed, added = (set(canonical_triples(quads).splitlines(keepends=True)) for quads in (gone, here))
        # A literal may be written in several ways that a store holds as one.
        return removed - added, added

    def measure(self, graph: str, store: ox.Store, kept: Path) -> tuple[int, str]:
        """Count and hash of a graph of the store, whose lines the file `kept` takes, or holds from before the changes.

        Raises OSError where the disk is full.
        """
        difference = self.of(graph)
        found = lines.change(kept, graph, *difference) if difference is not None else None
        return found or graph_hash(store, ox.NamedNode(graph), kept.parent, partial(lines.keep, kept, graph))


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode | ox.Triple)
