"""From where a property path leads to the triples that it goes along."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import pyoxigraph as ox

from kg.reason.patterns import Node, Path
from kg.store.quads import Quads

FARTHEST = 2000
"""Nodes after which a walk gives up; the paths of rules go up trees of classes and kinds, which are far smaller."""

Way = tuple[ox.Triple, ...]


def way(store: Quads, start: Node, path: Path | ox.NamedNode, end: Node) -> Way | None:
    """The triples of the default graph by which the path leads from start to end, a shortest way; None where none does."""
    return next((steps for node, steps in _walks(store, start, path) if node == end), None)


def _walks(store: Quads, start: Node, path: Path | ox.NamedNode, back: bool = False) -> Iterator[tuple[Node, Way]]:
    """Where the path leads from a node, with the triples gone along; against their direction where `back`."""
    if isinstance(path, ox.NamedNode):
        yield from _steps(store, start, path, back)
    elif path.operator == "^":
        yield from _walks(store, start, path.parts[0], not back)
    elif path.operator == "|":
        for part in path.parts:
            yield from _walks(store, start, part, back)
    elif path.operator == "/":
        yield from _sequence(store, start, path.parts[::-1] if back else path.parts, back)
    else:
        yield from _repeated(store, start, path, back)


def _steps(store: Quads, node: Node, predicate: ox.NamedNode, back: bool) -> Iterator[tuple[Node, Way]]:
    default = ox.DefaultGraph()
    if back:
        for quad in store.quads_for_pattern(None, predicate, node, default):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject, (quad.triple,)
    elif isinstance(node, ox.NamedNode):
        for quad in store.quads_for_pattern(node, predicate, None, default):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield quad.object, (quad.triple,)


def _sequence(
    store: Quads, start: Node, parts: tuple[Path | ox.NamedNode, ...], back: bool
) -> Iterator[tuple[Node, Way]]:
    for middle, first in _walks(store, start, parts[0], back):
        if len(parts) == 1:
            yield middle, first
        else:
            yield from ((end, first + rest) for end, rest in _sequence(store, middle, parts[1:], back))


def _repeated(store: Quads, start: Node, path: Path, back: bool) -> Iterator[tuple[Node, Way]]:
    """Breadth first, so that the shortest way comes first."""
    if path.operator in "*?":
        yield start, ()
    seen: set[Node] = set()
    waiting: deque[tuple[Node, Way]] = deque([(start, ())])
    while waiting and len(seen) < FARTHEST:
        node, gone = waiting.popleft()
        for end, steps in _walks(store, node, path.parts[0], back):
            if end not in seen:
                seen.add(end)
                yield end, gone + steps
                if path.operator != "?":
                    waiting.append((end, gone + steps))
