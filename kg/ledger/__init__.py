"""What follows from several claims: from how many origins an event is known, where claims differ, what became of plans.

    alike = list(copies.copy_quads(store))
    found = list(ledger.quads(store, alike))

A function of the documents and the reference in the store, whatever the order in which they came. Rules read nothing of
it, and it reads nothing of what they conclude.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from kg.ledger.answers import answers
from kg.ledger.chains import Course, courses
from kg.ledger.disputes import Dispute, disputes
from kg.ledger.happenings import Kinds
from kg.ledger.matters import matters
from kg.ledger.origins import Origin, origins_of
from kg.ledger.tellings import Source, Telling, Tellings
from kg.ledger.writing import COUNTS, GRAPH, TYPE, course_quads, dispute_quads, number, origin_quads
from kg.namespaces import AC
from kg.settings import settings

KINDS = tuple(ox.NamedNode(AC + name) for name in ("Origin", "Disagreement"))
"""The classes of the nodes that are made here."""
PREDICATES = frozenset(
    AC + name
    for name in (
        *COUNTS.values(),
        *("agreeingOrigins", "originOf", "originPolarity", "tracedTo", "cameThrough", "fromClaim"),
        *("disagreementKind", "disagreementOn", "firstSide", "otherSide", "disputedRole", "firstSays", "otherSays"),
        *("reachedStep", "announcedStep", "followedBy", "awaits", "awaitedSince"),
    )
)
"""With these properties, and with the class of those nodes, all is said that is said here."""

__all__ = [
    "KINDS",
    "PREDICATES",
    "Course",
    "Dispute",
    "Origin",
    "Source",
    "Telling",
    "Tellings",
    "held",
    "origins_of",
    "quads",
]


def quads(store: ox.Store, copies: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """All that follows from claims, in the inferred graph.

    `copies` says which documents are copies of which, as kg.copies.copy_quads does.
    """
    found = {
        quad.subject.value: quad.object.value
        for quad in copies
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    }
    tellings = Tellings(store, found)
    kinds = Kinds(store)
    yield from _single(tellings)
    for event, claims in tellings.claims.items():
        if len(claims) > 1:
            told = tellings.of(event)
            yield from _several(event, told, tellings)
            for dispute in disputes(event, told, tellings, kinds):
                yield from dispute_quads(dispute)
    answered = set[str]()
    for answer in answers(tellings):
        answered.add(answer.events[0])
        yield from dispute_quads(answer)
    for matter in matters(settings().ontology):
        for course in courses(tellings, matter, answered):
            yield from course_quads(course)


def held(store: ox.Store) -> Iterator[ox.Quad]:
    """What the inferred graph holds of it now."""
    for name in sorted(PREDICATES):
        yield from store.quads_for_pattern(None, ox.NamedNode(name), None, GRAPH)
    for kind in KINDS:
        yield from store.quads_for_pattern(None, TYPE, kind, GRAPH)


def _single(tellings: Tellings) -> Iterator[ox.Quad]:
    """An event that one claim tells has one origin; no node is made for it, since the claim says all."""
    alone = {claims[0]: event for event, claims in tellings.claims.items() if len(claims) == 1}
    for polarity, name in COUNTS.items():
        value = ox.NamedNode(AC + polarity.value)
        for quad in tellings.store.quads_for_pattern(None, ox.NamedNode(AC + "polarity"), value, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode) and (event := alone.get(quad.subject.value)) is not None:
                yield number(event, name, 1)
                yield number(quad.subject.value, "agreeingOrigins", 1)


def _several(event: str, found: Sequence[Telling], tellings: Tellings) -> Iterator[ox.Quad]:
    """The origins of an event that several claims tell, for those who affirm and those who deny it."""
    for polarity, name in COUNTS.items():
        side = [each for each in found if each.polarity is polarity]
        if not side:
            continue
        known = origins_of(side, tellings.speaks_for)
        yield number(event, name, len(known))
        yield from origin_quads(event, polarity, known)
        for modality in {each.modality for each in side}:
            same = [each for each in side if each.modality is modality]
            count = len(known) if len(same) == len(side) else len(origins_of(same, tellings.speaks_for))
            yield from (number(each.claim, "agreeingOrigins", count) for each in same)
