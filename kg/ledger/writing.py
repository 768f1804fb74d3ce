"""Quads of the inferred graph for what is computed of claims and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.ids import hashed_iri
from kg.ledger.origins import Origin
from kg.model import Polarity
from kg.namespaces import AC, INFERRED_GRAPH, RDF, XSD

GRAPH = ox.NamedNode(INFERRED_GRAPH)
TYPE = ox.NamedNode(RDF + "type")
INTEGER = ox.NamedNode(XSD + "integer")
COUNTS = {Polarity.AFFIRMED: "affirmingOrigins", Polarity.NEGATED: "denyingOrigins"}
"""How many origins an event has on each side."""


def origin_quads(event: str, polarity: Polarity, found: Iterable[Origin]) -> Iterator[ox.Quad]:
    """A node for each origin of an event."""
    for each in found:
        node = ox.NamedNode(hashed_iri("origin", event, polarity.value, *each.sources))
        yield ox.Quad(node, TYPE, ox.NamedNode(AC + "Origin"), GRAPH)
        yield link(node, "originOf", event)
        yield link(node, "originPolarity", AC + polarity.value)
        for name, values in (("tracedTo", each.sources), ("cameThrough", each.through), ("fromClaim", each.claims)):
            yield from (link(node, name, value) for value in values)


def link(subject: ox.NamedNode, name: str, value: str) -> ox.Quad:
    """A triple of the inferred graph between two things, with a property of the ontology."""
    return ox.Quad(subject, ox.NamedNode(AC + name), ox.NamedNode(value), GRAPH)


def number(subject: str, name: str, value: int) -> ox.Quad:
    """A count of a thing."""
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(AC + name), ox.Literal(str(value), datatype=INTEGER), GRAPH)
