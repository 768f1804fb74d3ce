"""Small graphs for tests of the store."""

from __future__ import annotations

import pyoxigraph as ox

from kg.store import Home

A, B = "https://example.org/graph/a", "https://example.org/graph/b"
DEFAULT = ox.DefaultGraph()


def quad(number: int, graph: str, value: str = "x") -> ox.Quad:
    subject = ox.NamedNode(f"https://example.org/s{number}")
    return ox.Quad(subject, ox.NamedNode("https://example.org/p"), ox.Literal(value), ox.NamedNode(graph))


def quads(graph: str, *numbers: int) -> list[ox.Quad]:
    return [quad(number, graph) for number in numbers]


def publish(home: Home, graph: str, *numbers: int) -> None:
    with home.write() as draft:
        draft.replace_graph(graph, quads(graph, *numbers))


def triples(store: ox.Store) -> set[ox.Triple]:
    return {each.triple for each in store.quads_for_pattern(None, None, None, DEFAULT)}
