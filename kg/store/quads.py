"""What readers need of a store, be it on this disk or a server elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pyoxigraph as ox


class Quads(Protocol):
    """The reading part of `pyoxigraph.Store`: that class is one, and so is kg.remote.RemoteStore.

    The default graph is the union of the named graphs, each triple once.
    """

    def query(
        self, query: str, /, *, prefixes: dict[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """What a query gives; raises SyntaxError or QueryError where it is malformed."""
        ...

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """The quads with these parts; None is any."""
        ...

    def named_graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The names of all named graphs."""
        ...

    def __contains__(self, quad: ox.Quad, /) -> bool:
        """Whether the store holds the quad."""
        ...
