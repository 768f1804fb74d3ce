"""Quads of the inferred graph for what is computed of claims and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from kg.ids import hashed_iri
from kg.ledger.chains import Course
from kg.ledger.disputes import Dispute
from kg.ledger.origins import Origin
from kg.ledger.tellings import TYPE, UNKNOWN
from kg.model import Polarity
from kg.namespaces import AC, INFERRED_GRAPH, XSD

GRAPH = ox.NamedNode(INFERRED_GRAPH)
DATE = ox.NamedNode(XSD + "date")
INTEGER = ox.NamedNode(XSD + "integer")
COUNTS = {Polarity.AFFIRMED: "affirmingOrigins", Polarity.NEGATED: "denyingOrigins"}
"""How many origins an event has on each side."""
KINDS = tuple(ox.NamedNode(AC + name) for name in ("Origin", "Disagreement"))
"""The classes of the nodes that are made here."""
COURSES = tuple(AC + name for name in ("reachedStep", "announcedStep", "followedBy", "awaits", "awaitedSince"))
"""What is said of an event as a step."""
PREDICATES = frozenset(
    (
        *COURSES,
        *(AC + name for name in COUNTS.values()),
        *(
            AC + name
            for name in ("agreeingOrigins", "originOf", "originPolarity", "tracedTo", "cameThrough", "fromClaim")
        ),
        *(AC + name for name in ("disagreementKind", "disagreementOn", "firstSide", "otherSide")),
        *(AC + name for name in ("disputedRole", "firstSays", "otherSays")),
    )
)
"""With these properties, and with the class of those nodes, all is said that is said here."""


def origin_quads(event: str, polarity: Polarity, found: Iterable[Origin]) -> Iterator[ox.Quad]:
    """A node for each origin of an event."""
    for each in found:
        node = ox.NamedNode(hashed_iri("origin", event, polarity.value, *each.sources))
        yield ox.Quad(node, TYPE, ox.NamedNode(AC + "Origin"), GRAPH)
        yield link(node, "originOf", event)
        yield link(node, "originPolarity", AC + polarity.value)
        for name, values in (("tracedTo", each.sources), ("cameThrough", each.through), ("fromClaim", each.claims)):
            yield from (link(node, name, value) for value in values)


def dispute_quads(each: Dispute) -> Iterator[ox.Quad]:
    """A node for a difference between claims."""
    node = ox.NamedNode(disagreement(each))
    yield ox.Quad(node, TYPE, ox.NamedNode(AC + "Disagreement"), GRAPH)
    yield link(node, "disagreementKind", AC + each.kind)
    for name, values in (("disagreementOn", each.events), ("firstSide", each.first), ("otherSide", each.other)):
        yield from (link(node, name, value) for value in values)
    if each.role:
        yield ox.Quad(node, ox.NamedNode(AC + "disputedRole"), ox.NamedNode(AC + each.role), GRAPH)
    for name, values in (("firstSays", each.first_says), ("otherSays", each.other_says)):
        for value in values:
            said = ox.NamedNode(value) if "://" in value else ox.Literal(value)
            yield ox.Quad(node, ox.NamedNode(AC + name), said, GRAPH)


def disagreement(each: Dispute) -> str:
    """The IRI of the node for a difference."""
    sides = (*each.first_says, "|", *each.other_says)
    return hashed_iri("disagreement", each.kind, *each.events, each.role, *sides)


def course_quads(each: Course) -> Iterator[ox.Quad]:
    """What an event is as a step, which step followed, and which is awaited."""
    stage, event = each.stage, ox.NamedNode(each.stage.event)
    yield link(event, "reachedStep" if stage.is_reached else "announcedStep", AC + each.step)
    yield from (link(event, "followedBy", following) for following in each.following)
    if each.awaited is not None:
        yield link(event, "awaits", AC + each.awaited)
        day = stage.last if stage.is_reached else stage.first
        if day != UNKNOWN:
            yield ox.Quad(event, ox.NamedNode(AC + "awaitedSince"), ox.Literal(day, datatype=DATE), GRAPH)


def link(subject: ox.NamedNode, name: str, value: str) -> ox.Quad:
    """A triple of the inferred graph between two things, with a property of the ontology."""
    return ox.Quad(subject, _property(name), ox.NamedNode(value), GRAPH)


def number(subject: str, name: str, value: int) -> ox.Quad:
    """A count of a thing."""
    return ox.Quad(ox.NamedNode(subject), _property(name), _integer(value), GRAPH)


@cache
def _property(name: str) -> ox.NamedNode:
    return ox.NamedNode(AC + name)


@cache
def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=INTEGER)
