"""What follows from several claims: from how many origins an event is known, where claims differ, what became of plans.

    found = ledger.quads(store, alike, linked)                      # all of it
    ledger.revise(draft, before, changes, were_alike, alike)        # after a change: only what that reaches

A function of the documents and the reference in the store, and of what kg.links finds that events answer, whatever the order in
which they came. Rules read nothing of it, and it reads nothing of what they conclude.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.ledger.answers import REJECTION, among, answers
from kg.ledger.chains import Course, courses
from kg.ledger.disputes import Dispute, disputes
from kg.ledger.events import event_quads
from kg.ledger.happenings import Kinds, of_kinds
from kg.ledger.matters import matters
from kg.ledger.origins import Origin, origins_of
from kg.ledger.revising import revise
from kg.ledger.tellings import TYPE, Source, Telling, Tellings, roots
from kg.ledger.writing import GRAPH, KINDS, PREDICATES, course_quads, dispute_quads
from kg.settings import settings

__all__ = [
    "KINDS",
    "PREDICATES",
    "Course",
    "Dispute",
    "Origin",
    "Source",
    "Telling",
    "Tellings",
    "disputes",
    "held",
    "origins_of",
    "quads",
    "revise",
]


def quads(store: ox.Store, copies: Iterable[ox.Quad], links: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """All that follows from claims, in the inferred graph, event by event, so that little of it is held at a time.

    `copies` says which documents are copies of which, as kg.copies.copy_quads does; `links` which events answer which, as
    kg.links.quads does.
    """
    tellings, kinds = Tellings(store, roots(copies)), Kinds(store)
    for event in tellings.events():
        yield from event_quads(event, tellings, kinds)
    answered = set[str]()
    for answer in answers(tellings, of_kinds(store, [REJECTION]), among(links)):
        answered.add(answer.events[0])
        yield from dispute_quads(answer)
    for matter in matters(settings().ontology):
        for course in courses(tellings, matter, of_kinds(store, matter.classes), answered.__contains__):
            yield from course_quads(course)


def held(store: ox.Store) -> Iterator[ox.Quad]:
    """What the inferred graph holds of it now."""
    for name in sorted(PREDICATES):
        yield from store.quads_for_pattern(None, ox.NamedNode(name), None, GRAPH)
    for kind in KINDS:
        yield from store.quads_for_pattern(None, TYPE, kind, GRAPH)
