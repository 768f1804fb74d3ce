"""A graph at a server, as readers see it (kg.query.view.View)."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg.errors import CallError, StoreError
from kg.namespaces import AC, DCTERMS, UNION_GRAPH
from kg.query.names import text_of
from kg.query.view import Finder, Pending
from kg.remote.connection import Connection
from kg.remote.labels import Labels
from kg.remote.pending import Asking
from kg.remote.receipts import Receipt, read_receipts, read_state
from kg.remote.store import RemoteStore

_DOCUMENTS = f"""SELECT ?identifier ?source WHERE {{
  ?document a <{AC}Document> ; <{DCTERMS}identifier> ?identifier . OPTIONAL {{ ?document <{DCTERMS}source> ?source }}
}} ORDER BY ?identifier"""
_LOG = logging.getLogger(__name__)


class RemoteView:
    """What a server holds now, and goes on to be read as: names of graphs and what it said are remembered."""

    def __init__(self, connection: Connection) -> None:
        """Ask the server what it holds; raises StoreError where it holds no graph of ours, or cannot be reached."""
        self._connection = connection
        self._published = connection.server.kind.published
        self._state = read_state(connection) if self._published else None
        if self._state is not None and not self._state.about:
            raise StoreError(
                f"The store at {connection.server.query} holds no graph that kg publish sent.",
                "Send one: kg publish. Name the home with --home to read that.",
            )
        if self._state is not None and not self._state.snapshot:
            _LOG.warning(
                "the store at %s is being published to, or that was interrupted: answers may mix two graphs. "
                "kg publish goes on with it",
                connection.server.query,
            )

    @property
    def connection(self) -> Connection:
        """The line to the server."""
        return self._connection

    @property
    def name(self) -> str:
        """The server, and which snapshot it holds."""
        if self._state is None:
            return self._connection.server.query
        return f"{self._connection.server.query} {self._state.snapshot} {self._state.about.get('hash', '')}"

    @property
    def place(self) -> dict[str, Any]:
        """The server."""
        server = self._connection.server
        return {"store": f"{server.query} ({server.kind.title})"}

    @cached_property
    def _receipts(self) -> dict[str, Receipt]:
        return read_receipts(self._connection)

    def graphs(self) -> frozenset[str]:
        """The names of our graphs there."""
        return frozenset(graph for graph in self._receipts if graph != UNION_GRAPH)

    @cached_property
    def store(self) -> RemoteStore:
        """Its quads."""
        return RemoteStore(self._connection, self.graphs, published=self._published)

    @cached_property
    def index(self) -> Finder:
        """Search by patterns."""
        return Labels(self.store)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the snapshot's manifest said as it was sent; of a document only identifier and source."""
        if self._state is None:
            return self._counted()
        graphs = {graph: receipt for graph, receipt in sorted(self._receipts.items()) if graph != UNION_GRAPH}
        return {
            **self._state.about,
            "name": self._state.snapshot or "none: it is being published to",
            "graphs": {graph: receipt.triples for graph, receipt in graphs.items()},
            "hashes": {graph: receipt.hash for graph, receipt in graphs.items()},
            "documents": self._documents(),
        }

    def _counted(self) -> dict[str, Any]:
        """What a server that was not published to says itself."""
        text = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
        graphs = {text_of(row["g"]): int(text_of(row["n"])) for row in self._rows(text)}
        total = next(int(text_of(row["n"])) for row in self._rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
        counts = {"quads": sum(graphs.values()), "triples": total, "graphs": graphs}
        return {**counts, "name": "", "created": "", "versions": {}, "documents": self._documents()}

    def _documents(self) -> list[dict[str, str]]:
        rows = self._rows(_DOCUMENTS)
        return [{"identifier": text_of(row["identifier"]), "source": text_of(row["source"])} for row in rows]

    def _rows(self, text: str) -> ox.QuerySolutions:
        found = self.store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        return found

    def require_checkable(self) -> None:
        """Raise CallError where servers of this kind answer some queries of kg check wrongly."""
        kind = self._connection.server.kind
        if not kind.checks:
            raise CallError(
                f"{kind.title} answers some queries of kg check wrongly.",
                "Check the home that was published: kg check --home DIR.",
            )

    def start(self, text: str, *, seconds: float, rows: int) -> Pending:
        """Ask over a line of its own, which is closed when the query is given up."""
        return Asking(self.store, self._connection, text, seconds=seconds, rows=rows)
