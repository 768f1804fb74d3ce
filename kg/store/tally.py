"""How many quads each graph of a draft holds, and their hashes: kept while it is written, found out at its end where they are not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.store import lines
from kg.store.differences import Differences


class Tally:
    """Counts and hashes of graphs, and which graphs were written to."""

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        """Begin with what the manifest of a snapshot says; it may be empty."""
        self._counts: dict[str, int] = dict(manifest.get("graphs", {}))
        self.hashes: dict[str, str] = dict(manifest.get("hashes", {}))
        """Canonical hashes; those of graphs that changed since are not true before `finish`."""
        self.touched = set[str]()
        """The graphs that were written to."""
        self._unknown = {graph for graph in self._counts if graph not in self.hashes}
        """The graphs whose count and hash are still to be found out."""
        self._differences = Differences()

    @property
    def quads(self) -> int:
        """How many quads all graphs hold, as far as it is known."""
        return sum(self._counts.values())

    def know(self, graph: str, measure: tuple[int, str]) -> None:
        """A graph was written, and has this count and hash now."""
        self._counts[graph], self.hashes[graph] = measure
        self.touched.add(graph)
        self._unknown.discard(graph)

    def ask(self, graphs: Iterable[str]) -> None:
        """Graphs were written, and are to be measured at the end."""
        for graph in graphs:
            self.touched.add(graph)
            self._unknown.add(graph)

    def note(self, graph: str, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        """These quads go out of a graph, and then those come: so that it need not be read anew to be measured."""
        self._differences.note(graph, removed, added)

    def spoil(self, graph: str) -> None:
        """A graph is changed in a way that is not told."""
        self._differences.spoil(graph)

    def drop(self, graph: str) -> None:
        """A graph is gone."""
        self.touched.add(graph)
        self._unknown.discard(graph)
        self._counts[graph] = 0

    def finish(self, store: ox.Store, kept: Path) -> tuple[dict[str, int], dict[str, str]]:
        """Counts and hashes of all graphs that are not empty; the file `kept` holds lines of graphs, as kg.store.lines writes them."""
        lines.drop(kept, self.touched - self._unknown)
        for graph in sorted(self._unknown):
            self._counts[graph], self.hashes[graph] = self._differences.measure(graph, store, kept)
        graphs = {graph: count for graph, count in sorted(self._counts.items()) if count}
        return graphs, {graph: self.hashes[graph] for graph in graphs}
