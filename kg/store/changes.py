"""Whose triples came or went while a draft was written: what has to be concluded anew."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import pyoxigraph as ox

from kg.namespaces import INFERRED_GRAPH
from kg.store.live import DEFAULT

INFERRED = ox.NamedNode(INFERRED_GRAPH)
Change = tuple[ox.NamedNode, ox.NamedNode]
"""A subject and a predicate."""


class Changes:
    """Subjects and predicates of the triples that came into graphs or went out of them."""

    def __init__(self) -> None:
        self.all: set[Change] = set()
        self.stated: set[Change] = set()
        """Those of them whose triples no other graph states, so that more than who states them is other than before."""

    def note(self, store: ox.Store, graph: ox.NamedNode, *changed: Iterable[ox.Quad]) -> None:
        """Remember whose triples are about to come into a graph of the store, or to go."""
        for quad in chain.from_iterable(changed):
            if isinstance(quad.subject, ox.NamedNode):
                change = (quad.subject, quad.predicate)
                self.all.add(change)
                if change not in self.stated and not _is_stated_beside(store, graph, quad):
                    self.stated.add(change)


def _is_stated_beside(store: ox.Store, graph: ox.NamedNode, quad: ox.Quad) -> bool:
    """Whether a named graph other than this one and the inferred one holds a triple."""
    holding = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(each.graph_name not in (graph, DEFAULT, INFERRED) for each in holding)
