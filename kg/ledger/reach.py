"""What a change of few documents can reach of what follows from claims, in one state of the graph.

A change says of which things triples with which properties came or went. What follows from the claims on one event rests on these claims,
their documents, the copies of these, and what the event's roles and days are. What follows from several events rests on those that
share a role's filler or a document. All is found by what things have in common, and never by going through the graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from kg.ledger.happenings import AGENTS, BROADER, Kinded
from kg.ledger.tellings import CREDITS, DEFAULT, OF_CLAIMS, PART_OF, READ, TYPE, Tellings
from kg.namespaces import AC, DCTERMS

Change = tuple[ox.NamedNode, ox.NamedNode]
"""Subject and predicate of a triple."""
OF_EVENTS = READ.keys() - {AC + name for name in OF_CLAIMS}
CLAIMED = frozenset(AC + name for name in OF_CLAIMS)
OF_DOCUMENTS = frozenset((DCTERMS + "issued", DCTERMS + "publisher", CREDITS))


def touched(tellings: Tellings, changes: Collection[Change], documents: Collection[str]) -> set[str]:
    """The events of whose claims, documents, roles or days something changed.

    `documents` are those that became copies, or copies of others, besides those that changed.
    """
    found = {subject.value for subject, predicate in changes if predicate.value in OF_EVENTS}
    claims = {subject.value for subject, predicate in changes if predicate.value in CLAIMED}
    sources = {subject.value for subject, predicate in changes if predicate.value in OF_DOCUMENTS} | set(documents)
    for source in {fellow for each in sources for fellow in tellings.fellows(each)}:
        claims |= set(tellings.those("inDocument", source))
    found |= {event for claim in claims for event in tellings.facts(claim).get("about", ())}
    kinds = {subject.value for subject, predicate in changes if predicate.value in BROADER}
    found |= {event for item in _below(tellings.store, kinds) for event in tellings.those("item", item)}
    return {event for event in found if tellings.is_told(event)}


def _below(store: ox.Store, kinds: Iterable[str]) -> set[str]:
    """These kinds of weapon, and all weapons and kinds below them."""
    found, waiting = set(kinds), list(kinds)
    while waiting:
        node = ox.NamedNode(waiting.pop())
        for name in BROADER:
            quads = store.quads_for_pattern(None, ox.NamedNode(name), node, DEFAULT)
            near = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)} - found
            found |= near
            waiting += near
    return found


class Fillers:
    """Events by what fills their roles, in one state of the graph."""

    def __init__(self, tellings: Tellings) -> None:
        self._tellings = tellings
        self._classes: dict[str, frozenset[str]] = {}
        self._found: dict[tuple[str, str], frozenset[str]] = {}

    def with_role(self, role: str, value: str) -> frozenset[str]:
        """What has this in a role; for states and organisations also what has their parts in it, and those who ever held their offices."""
        if (role, value) not in self._found:
            bodies = self._parts(value) if role in AGENTS else set[str]()
            fillers = {value, *bodies, *(each for body in bodies for each in self._officials(body))}
            self._found[role, value] = frozenset(each for one in fillers for each in self._tellings.those(role, one))
        return self._found[role, value]

    def _parts(self, body: str) -> set[str]:
        """A state or an organisation, and all that is a part of it."""
        found, waiting = {body}, [body]
        while waiting:
            node = ox.NamedNode(waiting.pop())
            quads = self._tellings.store.quads_for_pattern(None, ox.NamedNode(PART_OF), node, DEFAULT)
            near = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)} - found
            found |= near
            waiting += near
        return found

    def _officials(self, body: str) -> Iterator[str]:
        for tenure in self._tellings.those("officeOf", body):
            yield from self._tellings.those("holdsOffice", tenure)

    def sharing(self, roles: Iterable[tuple[str, ...]], values: Iterable[str]) -> set[str]:
        """What has each of these values in one of the roles named for it; things first: more has to do with a state than with a weapon."""
        wanted = sorted(zip(roles, values, strict=True), key=lambda pair: pair[0][0] in AGENTS)
        found: frozenset[str] | None = None
        for any_of, value in wanted:
            having = frozenset[str]().union(*(self.with_role(role, value) for role in any_of))
            found = having if found is None else found & having
        return set(found or ())

    def _kinds(self, event: str) -> frozenset[str]:
        """The classes of an event: read alone, since more is near than is read of."""
        if event not in self._classes:
            quads = self._tellings.store.quads_for_pattern(ox.NamedNode(event), TYPE, None, DEFAULT)
            self._classes[event] = frozenset(
                quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)
            )
        return self._classes[event]

    def of_kinds(self, events: Iterable[str], kinds: Collection[str]) -> list[Kinded]:
        """Those of the events that are of these classes, once for each."""
        wanted = {AC + kind for kind in kinds}
        told = ((event, kind) for event in sorted(events) for kind in sorted(wanted.intersection(self._kinds(event))))
        return [(event, kind.removeprefix(AC)) for event, kind in told]
