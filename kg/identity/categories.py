"""Which weapon categories stand above which."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.namespaces import SKOS


def broader_of(quads: Iterable[ox.Quad]) -> dict[str, frozenset[str]]:
    """All categories above each weapon category, from the quads of the reference data."""
    direct: dict[str, set[str]] = {}
    for quad in quads:
        lower, upper = quad.subject, quad.object
        if (
            quad.predicate.value == SKOS + "broader"
            and isinstance(lower, ox.NamedNode)
            and isinstance(upper, ox.NamedNode)
        ):
            direct.setdefault(lower.value, set()).add(upper.value)
    return {category: _above(category, direct) for category in sorted(direct)}


def _above(category: str, direct: dict[str, set[str]]) -> frozenset[str]:
    found, edge = set[str](), [category]
    while edge:
        new = direct.get(edge.pop(), set()) - found
        found |= new
        edge += new
    return frozenset(found)
