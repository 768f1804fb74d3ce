"""The store of a draft, open for writing: named graphs, and in the default graph the union of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.store.disk import store_errors
from kg.store.memory import give_back

LIVE = "live"
DEFAULT = ox.DefaultGraph()
BULK = 20_000
"""From this many quads on, writing files at once (bulk_extend) beats a transaction."""
PLACED = 120_000
"""So many triples of documents wait to be written together: the store's loader takes memory for all that it is given."""
PENDING = 150_000
"""So many quads may wait in memory: to be written together, or to be hashed."""


class Live:
    """What is written to a draft's store; what waits to be written together is in `store` whenever that is read."""

    def __init__(self, path: Path, base: ox.Store | None, triples: int | None) -> None:
        """Open the store in the folder `path`, which begins as a checkpoint of `base` (hard links: milliseconds) with
        so many triples in its default graph, where that is known."""
        self._path = path / LIVE
        self.triples = triples
        """In the default graph; None where they must be counted."""
        self._pending: list[ox.Quad] = []
        self._placed: list[tuple[bytes, bytes]] = []
        self._waiting = 0
        """How many triples wait in `_placed`."""
        self._written = 0
        """How many quads were written since the store was opened."""
        if base is not None:
            base.backup(str(self._path))
        self._store = ox.Store(str(self._path))

    @property
    def store(self) -> ox.Store:
        """The quads as they are now, for reading: write by the methods below."""
        self._write_waiting()
        return self._store

    def _write_waiting(self) -> None:
        pending, self._pending = self._pending, []
        self._written += self._waiting
        placed, self._placed, self._waiting = self._placed, [], 0
        with store_errors(self._path.parents[1], "written"):
            if pending:
                self.add(pending)
            if placed:
                quads = b"".join(triples.replace(b" .\n", b" <" + graph + b"> .\n") for graph, triples in placed)
                self._store.bulk_load(quads, ox.RdfFormat.N_QUADS)
                self._store.bulk_load(b"".join(triples for _, triples in placed), ox.RdfFormat.N_TRIPLES)

    def rest(self, written: int) -> None:
        """Open the store anew where so many quads were written since it was: so the memory is given back that its engine
        took for writing and reading. Nobody may hold the store that it was."""
        if self._written < written:
            return
        self.store.flush()
        del self._store
        give_back()
        self._store = ox.Store(str(self._path))
        self._written = 0

    def place(self, graph: str, triples: bytes, count: int) -> None:
        """Take canonical triples of a graph that is new, to be written with others."""
        self._placed.append((graph.encode(), triples))
        self._waiting += count
        if self._waiting >= PLACED:
            self._write_waiting()

    def wait(self, quads: Iterable[ox.Quad]) -> None:
        """Take quads of a graph that is new, to be written with others."""
        self._pending += quads
        if len(self._pending) >= PENDING:
            self._write_waiting()

    def add(self, quads: Sequence[ox.Quad]) -> None:
        """Add quads of named graphs, to the default graph as well: one transaction, or files where they are many."""
        self._written += len(quads)
        if len(quads) >= BULK:
            self.triples = None
            self._store.bulk_extend(chain(quads, (_united(quad) for quad in quads)))
            return
        copies = {_united(quad) for quad in quads}
        if self.triples is not None:
            self.triples += sum(1 for each in copies if each not in self._store)
        self._store.extend(chain(quads, copies))

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads of a named graph, from the default graph only what no other named graph holds."""
        for quad in quads:
            self._store.remove(quad)
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            held = [other.graph_name for other in self._store.quads_for_pattern(subject, predicate, value, None)]
            if held == [DEFAULT]:
                self._store.remove(ox.Quad(subject, predicate, value))
                self.triples = None if self.triples is None else self.triples - 1


def _united(quad: ox.Quad) -> ox.Quad:
    """The same triple in the default graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object)
