"""The backend over one store of Oxigraph, in memory or on disk, that may be written to as one likes.

It is what the W3C's suites of the protocols run against, and serves small stores that hold no graph of ours. Queries run in threads, so
that they cannot be stopped: not for a service that strangers can reach.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pyoxigraph as ox

from kg.errors import FailedError
from kg.query.formats import dumped, written
from kg.query.guard import check
from kg.query.updates import plain, refuse_network, with_dataset
from kg.query.worker import syntax_error
from kg.serve.backend import Change, Content, Question, Reply, State
from kg.serve.writer import triples
from kg.store.own import copied

T = TypeVar("T")


class Writable:
    """A `Backend` over a store; `rows` is the most that a query may give."""

    def __init__(self, store: ox.Store, *, rows: int) -> None:
        self._store = store
        self._rows = rows
        self._writing = asyncio.Lock()

    async def query(self, question: Question) -> Reply:
        """Answer a query in a thread."""
        return await _in_thread(lambda: self._answer(question))

    def _answer(self, question: Question) -> Reply:
        text = check(question.text)
        default, named = _graphs(question.default), _graphs(question.named)
        try:
            result = self._store.query(text, base_iri=question.base, default_graph=default, named_graphs=named)
            header, body = written(result, question.types, self._rows)
        except SyntaxError as error:
            raise syntax_error(str(error), text) from error
        return Reply(header["kind"], header["type"], body)

    async def update(self, change: Change) -> None:
        """Run an update in one transaction."""
        text = plain(change.text)
        refuse_network(text)
        text = with_dataset(text, change.default, change.named)
        async with self._writing:
            await _in_thread(lambda: self._update(text, change.base))

    def _update(self, text: str, base: str) -> None:
        try:
            self._store.update(text, base_iri=base)
        except SyntaxError as error:
            raise syntax_error(str(error), text) from error

    async def graph(self, name: str | None, media_type: str, client: str) -> bytes | None:
        """A graph of the store."""
        graph = _graph(name)
        if isinstance(graph, ox.NamedNode) and not self._store.contains_named_graph(graph):
            return None
        return await _in_thread(lambda: dumped(self._store, graph, media_type))

    async def put(self, name: str | None, contents: tuple[Content, ...], *, merge: bool) -> bool:
        """Write a graph."""
        async with self._writing:
            return await _in_thread(lambda: self._put(_graph(name), contents, merge))

    def _put(self, graph: ox.NamedNode | ox.DefaultGraph, contents: tuple[Content, ...], merge: bool) -> bool:
        quads = [quad for each in contents for quad in triples(each.body, each.media_type, each.base)]
        existed = self._existed(graph)
        if not merge:
            self._store.clear_graph(graph)
        if isinstance(graph, ox.NamedNode):
            self._store.add_graph(graph)
            quads = copied(quads, graph.value)
        self._store.extend(quads)
        return existed

    def _existed(self, graph: ox.NamedNode | ox.DefaultGraph) -> bool:
        return isinstance(graph, ox.DefaultGraph) or self._store.contains_named_graph(graph)

    async def delete(self, name: str | None) -> bool:
        """Remove a graph; of the default graph, its triples."""
        graph = _graph(name)
        async with self._writing:
            existed = self._existed(graph)
            await _in_thread(lambda: self._store.remove_graph(graph))
        return existed

    def new_graph(self, service: str) -> str:
        """A name below the service's address."""
        return f"{service.rstrip('/')}/{uuid.uuid4().hex}"

    def state(self) -> State:
        """What the store holds."""
        return State("store", len(self._store), sum(1 for _ in self._store.named_graphs()))

    def gauges(self) -> Mapping[str, float]:
        """Nothing is counted."""
        return {}

    async def close(self) -> None:
        """Write to disk what is in memory."""
        self._store.flush()


async def _in_thread(work: Callable[[], T]) -> T:
    """What the work gives, done in a thread; the engine's errors as ours."""
    try:
        return await asyncio.to_thread(work)
    except (OSError, RuntimeError, ValueError) as error:
        raise FailedError(f"It failed: {' '.join(str(error).split())[:300]}.", "Change it.") from error


def _graph(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if name is None else ox.NamedNode(name)


def _graphs(names: tuple[str, ...] | None) -> list[Any] | None:
    return None if names is None else [ox.NamedNode(name) for name in names]
