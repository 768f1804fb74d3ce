"""After a change of few documents: what follows from claims, concluded anew for what the change can reach, and for nothing else.

Three kinds of statements, each found by the event that it is about: the origins of an event and the differences between
its claims; what a rejection answers; what an event is as a step. For each it is found out which events can be concerned, by what
they have in common with those that the change touches, as they were before it and as they are now. What the graph says of
these is replaced. The outcome is that of `kg.ledger.quads` on everything; tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import product
from typing import Protocol

import pyoxigraph as ox

from kg.ledger.answers import ANSWERED, REJECTION, answers, held_in
from kg.ledger.chains import Key, Placed, courses, placed
from kg.ledger.disputes import Dispute
from kg.ledger.events import event_quads
from kg.ledger.happenings import Kinded, Kinds
from kg.ledger.matters import Matter, matters
from kg.ledger.reach import Change, Fillers, touched
from kg.ledger.tellings import TYPE, Tellings, roots
from kg.ledger.writing import COUNTS, COURSES, GRAPH, KINDS, PREDICATES, course_quads, disagreement, dispute_quads
from kg.namespaces import AC, INFERRED_GRAPH
from kg.settings import settings

Quads = set[ox.Quad]


class Changing(Protocol):
    """A graph that is being changed; kg.store.Draft is one."""

    @property
    def store(self) -> ox.Store:
        """Its quads as they are now."""

    def change_graph(self, graph: str, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        """Remove quads from a named graph, and add others."""


def revise(
    graph: Changing,
    before: ox.Store,
    changes: Collection[Change],
    copies_before: Iterable[ox.Quad],
    copies: Iterable[ox.Quad],
) -> None:
    """Bring what INFERRED_GRAPH says of claims up to date after triples came or went, of these subjects with these predicates.

    `before` is the graph before the change, whose inferred graph is true of it; `copies_before` and `copies` say which
    documents were copies of which, and are now, as kg.copies.copy_quads does. Offices must be the same as before. What the
    inferred graph says that events answer must be up to date, and be told among the changes where it is other than before.
    """
    were, are = roots(copies_before), roots(copies)
    moved = {document for document in were.keys() | are.keys() if were.get(document) != are.get(document)}
    _Revision(graph, Tellings(before, were, keeps=True), Tellings(graph.store, are, keeps=True)).run(changes, moved)


class _Revision:
    def __init__(self, graph: Changing, before: Tellings, now: Tellings) -> None:
        self._graph = graph
        self._before = before
        self._now = now
        self._near = Fillers(now)
        self._states = ((before, Fillers(before)), (now, self._near))

    def run(self, changes: Collection[Change], documents: Collection[str]) -> None:
        """`documents` are those that became copies, or copies of others."""
        events = {event for tellings, _ in self._states for event in touched(tellings, changes, documents)}
        old, new = self._told_of(events)
        answered_before, answered = self._answers(self._rejections(events))
        old |= {quad for each in answered_before for quad in self._node(disagreement(each))}
        new |= {quad for each in answered for quad in dispute_quads(each)}
        self._replace(old, new)
        flipped = {each.events[0] for each in (*answered_before, *answered)}
        self._replace(*self._courses(events | flipped))

    def _replace(self, old: Quads, new: Quads) -> None:
        if old != new:
            self._graph.change_graph(INFERRED_GRAPH, old - new, new - old)

    def _told_of(self, events: Collection[str]) -> tuple[Quads, Quads]:
        """What is said of the origins of events and of the differences between their claims, and what is to be said."""
        kinds, of_answers = Kinds(self._now.store), {AC + kind for kind in ANSWERED.values()}
        old, new = set[ox.Quad](), set[ox.Quad]()
        for event in events:
            new.update(event_quads(event, self._now, kinds))
            for name in COUNTS.values():
                old.update(self._held(event, name))
            for claim in {*self._before.about(event), *self._now.about(event)}:
                old.update(self._held(claim, "agreeingOrigins"))
            for node in self._nodes("originOf", event):
                old.update(self._node(node))
            for node in self._nodes("disagreementOn", event):
                said = self._node(node)
                if not any(isinstance(quad.object, ox.NamedNode) and quad.object.value in of_answers for quad in said):
                    old |= said
        return old, new

    def _held(self, thing: str, name: str) -> Iterator[ox.Quad]:
        yield from self._graph.store.quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(AC + name), None, GRAPH)

    def _nodes(self, name: str, event: str) -> list[str]:
        """The nodes that were made for an event."""
        quads = self._graph.store.quads_for_pattern(None, ox.NamedNode(AC + name), ox.NamedNode(event), GRAPH)
        return [quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)]

    def _on(self, node: str) -> set[str]:
        """The events that a difference is about."""
        told = (quad.object for quad in self._held(node, "disagreementOn"))
        return {event.value for event in told if isinstance(event, ox.NamedNode)}

    def _node(self, node: str) -> Quads:
        """What is said of a node that was made."""
        quads = self._graph.store.quads_for_pattern(ox.NamedNode(node), None, None, GRAPH)
        return {
            quad
            for quad in quads
            if quad.predicate.value in PREDICATES or (quad.predicate == TYPE and quad.object in KINDS)
        }

    def _rejections(self, events: Collection[str]) -> set[str]:
        """The rejections that are among the events, or answer one of them, or did."""
        found = set(events)
        for tellings, _ in self._states:
            found.update(*(tellings.those("respondsTo", event) for event in events))
        return {event for _, near in self._states for event, _ in near.of_kinds(found, [REJECTION])}

    def _answers(self, rejections: Collection[str]) -> tuple[list[Dispute], list[Dispute]]:
        """What these rejections answered, and what they answer now."""
        now = answers(self._now, self._near.of_kinds(rejections, [REJECTION]), held_in(self._now.store))
        return [each for event in rejections for each in self._answered(event)], list(now)

    def _answered(self, rejection: str) -> Iterator[Dispute]:
        """What the graph holds of what a rejection answers; its IRI tells which of both events is the one that answers."""
        for node in self._nodes("disagreementOn", rejection):
            for kind in ANSWERED.values():
                for event in self._on(node) - {rejection}:
                    found = Dispute(kind, (event, rejection), (), ())
                    if disagreement(found) == node:
                        yield found

    def _courses(self, events: Collection[str]) -> tuple[Quads, Quads]:
        """What is said of events as steps, and of all that share a matter with one of them, and what is to be said."""
        kinds = matters(settings().ontology)
        reached = set(events)
        for matter in kinds:
            were, are = (
                self._placed(matter, near.of_kinds(events, matter.classes), tellings) for tellings, near in self._states
            )
            reached.update(self._leading_to(matter, {*were.values()} ^ {*are.values()}))
        old = {quad for event in reached for quad in self._steps(event)}
        new = set[ox.Quad]()
        for matter in kinds:
            steps = self._placed(matter, self._near.of_kinds(reached, matter.classes), self._now)
            around = {*steps, *self._meeting(matter, steps.values(), lambda ranks, rank: ranks[-1] > rank)}
            for course in courses(self._now, matter, sorted(around), self._is_answered, reached.__contains__):
                new.update(course_quads(course))
        return old, new

    def _placed(self, matter: Matter, events: Iterable[Kinded], tellings: Tellings) -> dict[Kinded, Placed]:
        """Those of the events that are steps of a matter, as they are told in a state of the graph."""
        told = ((each, placed(tellings, *each, matter)) for each in events)
        return {each: step for each, step in told if step is not None}

    def _leading_to(self, matter: Matter, moved: Collection[Placed]) -> Iterator[str]:
        """The events now that are steps which one of these, that came or went, may follow: lower ones, and not later."""
        near = self._meeting(matter, moved, lambda ranks, rank: ranks[0] < rank)
        for (event, _), step in self._placed(matter, near, self._now).items():
            if step.is_told and any(each.may_follow(step) for each in moved):
                yield event

    def _meeting(
        self, matter: Matter, steps: Iterable[Placed], wanted: Callable[[range, int], bool]
    ) -> frozenset[Kinded]:
        """The events now that may share a matter with one of these steps, where their ranks are `wanted` beside its rank.

        Much else may be about a treaty, and of its many parties each signs by itself.
        """
        kinds: dict[tuple[Key, tuple[str, ...]], set[str]] = {}
        for step in steps:
            above = {kind for kind in matter.classes if wanted(matter.ranks(kind), step.stage.rank)}
            for key in step.keys:
                kinds.setdefault((key, step.known), set()).update(above)
        found = set[Kinded]()
        for (key, known), of in kinds.items():
            if of:
                found.update(self._near.of_kinds(self._sharing(matter, key, known), of))
        return frozenset(found)

    def _sharing(self, matter: Matter, key: Key, known: tuple[str, ...]) -> set[str]:
        """What has this in the roles of the key now, and one of these, or nothing, in the roles that count where known."""
        sharing = self._near.sharing(((role, *matter.also(role)) for role in matter.key), key)
        if not known:
            return sharing
        having = frozenset[str]().union(*(self._near.with_role(*each) for each in product(matter.where_known, known)))
        return {each for each in sharing if each in having or self._is_open(each, matter)}

    def _is_open(self, event: str, matter: Matter) -> bool:
        """Whether an event now has nothing in the roles that count where known."""
        roles = matter.where_known
        return self._now.once((event, roles), lambda: not any(map(partial(self._now.has_any, event), roles)))

    def _steps(self, event: str) -> Iterator[ox.Quad]:
        for quad in self._graph.store.quads_for_pattern(ox.NamedNode(event), None, None, GRAPH):
            if quad.predicate.value in COURSES:
                yield quad

    def _is_answered(self, event: str) -> bool:
        """Whether the graph, whose answers are up to date, says that a rejection answers the event."""
        for node in self._nodes("disagreementOn", event):
            others = self._on(node) - {event}
            for kind in ANSWERED.values():
                if any(disagreement(Dispute(kind, (event, other), (), ())) == node for other in others):
                    return True
        return False
