"""A graph at a server, with the reading part of `pyoxigraph.Store` (kg.store.quads.Quads)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg.errors import LimitError, RefusedError, StoreError
from kg.namespaces import UNION_GRAPH
from kg.query.results import Answer, Result, Table, Triples
from kg.remote import whole
from kg.remote.connection import Connection, Dataset, listed
from kg.remote.wording import Wording, worded

REMEMBERED = 20_000
"""Things of which the store remembers what it was told: a page of the explorer asks many times of the same."""
DEFAULT = ox.DefaultGraph()
_Subject = ox.NamedNode | ox.BlankNode | ox.Triple
_Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


class RemoteStore:
    """One state of a graph at a server: what it was told it remembers."""

    def __init__(self, connection: Connection, graphs: Callable[[], frozenset[str]], *, published: bool = True) -> None:
        """`graphs` gives the names of our graphs there; where they are not `published` by us, the server's default graph is ours."""
        self._connection = connection
        self._graphs = graphs
        self._published = published
        self._about = lru_cache(REMEMBERED)(self._ask_about)
        self._placed = lru_cache(REMEMBERED)(self._ask_placed)

    def query(
        self, query: str, /, *, prefixes: dict[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """What a query gives, whole; our prefixes need no declaration, whatever `prefixes` are.

        Raises QueryError where it is refused, malformed or takes too long, StoreError where the server cannot be reached.
        """
        return self.asked(query)

    def asked(
        self,
        text: str,
        *,
        base: str | None = None,
        protocol: Dataset | None = None,
        rows: int | None = None,
        seconds: float | None = None,
        connection: Connection | None = None,
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """What a query gives.

        base: what its relative IRIs stand against. protocol: the graphs that whoever asks it names beside it. rows: give at most so
        many, where the query can be made to. seconds, connection: another time limit and line than the store's own.
        """
        query, line = worded(text, base), connection or self._connection
        dataset, limited = self.dataset(query, protocol), query.at_most(rows)
        if query.form == "SELECT":
            return _results(whole.rows(line, limited, dataset, seconds=seconds).written())
        if query.form == "ASK":
            told = whole.answer(line, limited, dataset, seconds=seconds)
            return _results(json.dumps({"head": {}, "boolean": told}).encode())
        return _as_triples(whole.triples(line, limited, dataset, seconds=seconds))

    def result(self, text: str, *, rows: int, seconds: float, connection: Connection) -> Result:
        """What a query gives over a line of its own, as a record, at most `rows` rows or triples."""
        found = self.asked(text, rows=rows + 1, seconds=seconds, connection=connection)
        if isinstance(found, ox.QueryBoolean):
            return Answer(bool(found))
        if isinstance(found, ox.QueryTriples):
            triples = tuple(found)
            return Triples(triples[:rows], len(triples) > rows)
        columns = tuple(variable.value for variable in found.variables)
        table = tuple(tuple(solution[name] for name in columns) for solution in found)
        return Table(columns, table[:rows], len(table) > rows)

    def dataset(self, query: Wording, protocol: Dataset | None = None) -> Dataset:
        """The graphs that a query is about: those that the protocol or the query names, else the union and all that GRAPH may mean.

        Raises RefusedError where one is not ours, LimitError where they are too many for the server.
        """
        given = protocol if protocol and (protocol.default or protocol.named) else Dataset(query.default, query.named)
        if given.default or given.named:
            self._require_ours((*given.default, *given.named))
            return given
        if not self._published:
            return Dataset()
        if not query.any_graph:
            ours = tuple(name for name in query.graphs if name in self._graphs())
            # A list without the graph that GRAPH names: with no list at all, Virtuoso would look into graphs of others.
            return Dataset((UNION_GRAPH,), ours or ((UNION_GRAPH,) if query.graphs else ()))
        most, all_graphs = self._connection.server.kind.names, sorted(self._graphs())
        if len(all_graphs) > most:
            raise LimitError(
                f"GRAPH with a variable means {len(all_graphs):,} graphs, and this server takes {most:,} in one query.",
                "Name the graph by its IRI, or name some by FROM NAMED.",
            )
        return Dataset((UNION_GRAPH,), tuple(all_graphs))

    def _require_ours(self, names: tuple[str, ...]) -> None:
        foreign = [name for name in names if name not in self._graphs()] if self._published else []
        if foreign:
            raise RefusedError(
                f"The query names graphs that are none of this graph's: {listed(foreign)}.",
                "Leave them out; only this graph can be asked.",
            )

    def named_graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The names of our graphs."""
        return (ox.NamedNode(name) for name in sorted(self._graphs()))

    def __contains__(self, quad: ox.Quad, /) -> bool:
        """Whether the graph holds the quad."""
        found = self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name)
        return next(found, None) is not None

    def quads_for_pattern(
        self,
        subject: _Subject | None,
        predicate: ox.NamedNode | None,
        object: _Object | None,
        graph_name: _Graph | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """The quads with these parts; None is any. A blank node of a server cannot be asked for, and gives nothing."""
        if any(isinstance(each, ox.BlankNode | ox.Triple) for each in (subject, object, graph_name)):
            return iter(())
        if isinstance(subject, ox.NamedNode):
            found = list(self._of_subject(subject, graph_name))
        else:
            found = self._matching(predicate, object, graph_name)
        return (
            quad
            for quad in found
            if (predicate is None or quad.predicate == predicate) and (object is None or quad.object == object)
        )

    def _of_subject(self, subject: ox.NamedNode, graph: _Graph | None) -> Iterator[ox.Quad]:
        """All that is said of a thing, in one graph or in all and the default graph."""
        if graph is None or graph == DEFAULT:
            yield from self._about(subject)
        if graph != DEFAULT:
            yield from (quad for quad in self._placed(subject) if graph is None or quad.graph_name == graph)

    def _ask_about(self, subject: ox.NamedNode) -> list[ox.Quad]:
        rows = self._rows(f"SELECT ?p ?o WHERE {{ {subject} ?p ?o }}", self._union())
        return [quad for row in rows if (quad := _quad(subject, row["p"], row["o"], DEFAULT))]

    def _ask_placed(self, subject: ox.NamedNode) -> list[ox.Quad]:
        """What named graphs of ours say of a thing. Graphs are told apart here, so that they need no list in the query."""
        rows = self._rows(f"SELECT ?p ?o ?g WHERE {{ GRAPH ?g {{ {subject} ?p ?o }} }}", Dataset())
        return [quad for row in rows if self._is_ours(row["g"]) and (quad := _quad(subject, *_cells(row, "pog")))]

    def _matching(self, predicate: ox.NamedNode | None, object: _Object | None, graph: _Graph | None) -> list[ox.Quad]:
        """The quads of a pattern without a subject."""
        pattern = f"?s {predicate or '?p'} {object or '?o'}"
        columns = "?s" + (" ?p" if predicate is None else "") + (" ?o" if object is None else "")
        fixed: dict[str, Any] = {"p": predicate, "o": object, "g": graph if graph is not None else DEFAULT}
        found: list[ox.Quad] = []
        if isinstance(graph, ox.NamedNode):
            dataset = Dataset((graph.value,)) if graph.value in self._graphs() or not self._published else None
            text = f"SELECT {columns} WHERE {{ {pattern} }}"
            found += self._quads(text, dataset, fixed) if dataset else []
        else:
            found += self._quads(f"SELECT {columns} WHERE {{ {pattern} }}", self._union(), fixed)
        if graph is None:
            text = f"SELECT {columns} ?g WHERE {{ GRAPH ?g {{ {pattern} }} }}"
            fixed.pop("g")
            found += [quad for quad in self._quads(text, Dataset(), fixed) if self._is_ours(quad.graph_name)]
        return found

    def _quads(self, text: str, dataset: Dataset, fixed: dict[str, Any]) -> list[ox.Quad]:
        quads = []
        for row in self._rows(text, dataset):
            parts = [fixed.get(name) or row[name] for name in "spog"]
            if quad := _quad(*parts):
                quads.append(quad)
        return quads

    def _rows(self, text: str, dataset: Dataset) -> ox.QuerySolutions:
        found = _results(whole.rows(self._connection, worded(text), dataset).written())
        assert isinstance(found, ox.QuerySolutions)
        return found

    def _union(self) -> Dataset:
        return Dataset((UNION_GRAPH,)) if self._published else Dataset()

    def _is_ours(self, graph: object) -> bool:
        return isinstance(graph, ox.NamedNode) and (not self._published or graph.value in self._graphs())


def _cells(row: ox.QuerySolution, names: str) -> list[object]:
    return [row[name] for name in names]


def _quad(subject: object, predicate: object, object: object, graph: object) -> ox.Quad | None:
    """The quad of these terms; None where they are none, as what a server holds of others may be."""
    try:
        return ox.Quad(subject, predicate, object, graph)  # type: ignore[arg-type]
    except TypeError:
        return None


def _results(body: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    try:
        return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"The store's answer cannot be read: {error}.", "Ask again; check KG_STORE_QUERY.") from error


def _as_triples(found: list[ox.Triple]) -> ox.QueryTriples:
    """Triples as the engine gives them."""
    memory = ox.Store()
    memory.extend(ox.Quad(each.subject, each.predicate, each.object) for each in found)
    triples = memory.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    return triples
