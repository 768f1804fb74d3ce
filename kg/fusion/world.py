"""Standing facts that fusion compares by: for which state a person stands, what a weapon is, where a place lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.fusion.telling import ordinal
from kg.namespaces import AC, ACR, DCTERMS, RDF, REFERENCE_GRAPH, SCHEMA, SKOS

STATE, SYSTEM = ACR + "state/", ACR + "weapon/"
GRAPH = ox.NamedNode(REFERENCE_GRAPH)
EVER = (0, 9_999_999)
KEPT = 20_000
"""For so many agents and times it is remembered for whom they act."""
AGENTS = ("State", "Person", "GovernmentBody", "InternationalOrganization", "Company", "ArmedGroup", "MediaOutlet")
"""The classes of agents; a company stands for the state where it sits."""


@dataclass(slots=True)
class World:
    """What the reference data, and documents on weapons that only they know, tell of entities."""

    broader: dict[str, set[str]] = field(default_factory=dict)
    """Weapon or category to the categories right above it."""
    within: dict[str, str] = field(default_factory=dict)
    """Place or body to what it is a part of."""
    offices: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    """Person to first day, last day and body of each office."""
    continued: dict[str, str] = field(default_factory=dict)
    """A state that is no more to the one that continues it."""
    gatherings: dict[str, tuple[str | None, int | None, int | None]] = field(default_factory=dict)
    """Gathering to its place and its first and last day."""
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    """Organisation to the states that are its members."""
    unions: dict[str, frozenset[str]] = field(default_factory=dict)
    """State to the organisations of which it is a member."""
    companies: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    """The agents of the reference data: of others it is not known who they are."""
    treaties: frozenset[str] = frozenset()
    """Those of the reference data."""
    systems: frozenset[str] = frozenset()
    """The weapon systems of the reference data."""
    wide: frozenset[str] = frozenset()
    """Places of the reference data that lie in no state: seas, continents, regions."""
    few: frozenset[str] = frozenset()
    """Treaties of which the reference data knows at most four who signed."""
    _above: dict[str, frozenset[str]] = field(default_factory=dict)
    _depth: dict[str, int] = field(default_factory=dict)
    _acts_for: dict[tuple[str, int, int], str] = field(default_factory=dict)

    def learn(self, categories: Mapping[str, Iterable[str]]) -> None:
        """Take in the categories of weapons that only texts know."""
        for weapon, above in categories.items():
            self.broader.setdefault(weapon, set()).update(above)
            self._above.pop(weapon, None)
            self._depth.pop(weapon, None)

    def above(self, item: str) -> frozenset[str]:
        """The item and all categories above it."""
        if item not in self._above:
            found, edge = {item}, [item]
            while edge:
                new = self.broader.get(edge.pop(), set()) - found
                found |= new
                edge += new
            self._above[item] = frozenset(found)
        return self._above[item]

    def depth(self, item: str) -> int:
        """How many categories stand above an item on the shortest way: none above "weapon"."""
        known = self._depth.get(item)
        if known is None:
            seen, edge, known = {item}, [item], 0
            while edge and all(self.broader.get(each) for each in edge):
                edge = sorted({above for each in edge for above in self.broader[each]} - seen)
                seen.update(edge)
                known += bool(edge)
            self._depth[item] = known
        return known

    def places(self, place: str) -> frozenset[str]:
        """The place and all that it lies in."""
        found = [place]
        while (further := self.within.get(found[-1])) is not None and further not in found:
            found.append(further)
        return frozenset(found)

    def levelled(self, ours: frozenset[str], theirs: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Parties of two events: what one side calls by a body, or by most members, of an organisation that the other side names is
        that organisation."""
        if ours == theirs or all(parts.keys().isdisjoint(ours | theirs) for parts in (self.within, self.members)):
            return ours, theirs
        return self._raised(ours, theirs), self._raised(theirs, ours)

    def _raised(self, bodies: frozenset[str], others: frozenset[str]) -> frozenset[str]:
        raised = frozenset(each if each in others else min(self.places(each) & others, default=each) for each in bodies)
        named = others & self.members.keys()
        for whole in sorted(named & self.gathered(raised) if named else ()):
            raised = raised - self.members[whole] | {whole}
        return raised

    def gathered(self, parties: frozenset[str]) -> frozenset[str]:
        """The organisations of which more than half of the members are among these."""
        if len(parties) < 2:
            return frozenset()
        held = Counter(whole for party in parties for whole in self.unions.get(party, ()))
        return frozenset(whole for whole, count in held.items() if 2 * count > len(self.members[whole]))

    def towns(self, places: frozenset[str]) -> frozenset[str]:
        """Those of places that are no states, seas or continents."""
        return frozenset(each for each in places - self.wide if not each.startswith(STATE))

    def acts_for(self, agent: str, first: int, last: int) -> str:
        """The state or organisation that an agent stands for in this time, or the agent itself.

        A person stands for the body of the one office held then; where several or none were, for that of all offices ever held,
        if it is one.
        """
        key = (agent, first, last)
        if key not in self._acts_for:
            if len(self._acts_for) >= KEPT:
                self._acts_for.clear()
            self._acts_for[key] = self._stands_for(agent, first, last)
        return self._acts_for[key]

    def _stands_for(self, agent: str, first: int, last: int) -> str:
        held = self.offices.get(agent, ())
        for since, until in ((first, last), EVER):
            bodies = {self.whole(body) for begin, end, body in held if begin <= until and since <= end}
            states = {body for body in bodies if body.startswith(STATE)}
            if len(bodies) == 1 or len(states) == 1:
                return next(iter(bodies if len(bodies) == 1 else states))
        return self.whole(agent)

    def whole(self, agent: str) -> str:
        """The state that a body or a place is a part of, or the body; of a state that is no more, the one that continues it."""
        seen = {agent}
        whole = agent
        while (further := self.within.get(whole)) is not None and further not in seen:
            seen.add(further)
            whole = further
        return self.continued.get(whole, whole) if whole.startswith(STATE) or whole == agent else agent


def read(store: ox.Store, *, texts: bool = False) -> World:
    """The world as the store's reference graph tells it; with `texts` also the categories that its documents add."""
    world = World()
    for name in (AC + "category", SKOS + "broader"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(name), None, None if texts else GRAPH):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                world.broader.setdefault(quad.subject.value, set()).add(quad.object.value)
    for name in (DCTERMS + "isPartOf", SCHEMA + "containedInPlace"):
        world.within.update(sorted(_pairs(store, name), reverse=True))
    world.continued.update(_pairs(store, AC + "continuedBy"))
    kinds = {kind: set(_of_kind(store, kind)) for kind in AGENTS}
    world.companies = frozenset(kinds["Company"])
    world.known = frozenset().union(*kinds.values()) - _read_seats(world, store)
    memberships = sorted(_pairs(store, AC + "memberOf"))
    world.unions = _grouped(memberships)
    world.members = _grouped((organisation, state) for state, organisation in memberships)
    world.treaties = frozenset(_of_kind(store, "Treaty"))
    world.systems = frozenset(_of_kind(store, "WeaponSystem"))
    world.wide = frozenset(_of_kind(store, "Place")) - world.within.keys()
    _read_offices(world, store)
    _read_gatherings(world, store)
    _read_treaties(world, store)
    return world


def _pairs(store: ox.Store, predicate: str, graph: ox.NamedNode | ox.DefaultGraph = GRAPH) -> Iterator[tuple[str, str]]:
    """Subjects and objects of a predicate in a graph."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject.value, quad.object.value


def _read_seats(world: World, store: ox.Store) -> set[str]:
    """Let companies lie where they sit; given back are those of two states, of which nobody can say which one they stand for."""
    seats: dict[str, list[str]] = {}
    for company, place in sorted(_pairs(store, SCHEMA + "location")):
        if company in world.companies - world.within.keys():
            seats.setdefault(company, []).append(place)
    of_two = {each for each, places in seats.items() if len({world.whole(place) for place in places}) > 1}
    world.within |= {each: places[0] for each, places in seats.items() if each not in of_two}
    return of_two


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """All that stands second beside each that stands first."""
    grouped: dict[str, set[str]] = {}
    for first, second in pairs:
        grouped.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in grouped.items()}


def _read_offices(world: World, store: ox.Store) -> None:
    body, first, last = (dict(_pairs(store, AC + name)) for name in ("officeOf", "earliest", "latest"))
    for person, tenure in sorted(_pairs(store, AC + "holdsOffice")):
        begin, end = ordinal(first.get(tenure)), ordinal(last.get(tenure))
        held = (begin or EVER[0], end or EVER[1], body.get(tenure, person))
        world.offices.setdefault(person, []).append(held)


def _read_gatherings(world: World, store: ox.Store) -> None:
    place, first, last = (dict(_pairs(store, AC + name)) for name in ("place", "earliest", "latest"))
    for iri in _of_kind(store, "Gathering"):
        world.gatherings[iri] = (place.get(iri), ordinal(first.get(iri)), ordinal(last.get(iri)))


def _of_kind(store: ox.Store, kind: str) -> Iterator[str]:
    """The things of a class, by its local name, in the reference graph."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + kind), GRAPH):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def _read_treaties(world: World, store: ox.Store) -> None:
    treaty, agent = dict(_pairs(store, AC + "treaty")), dict(_pairs(store, AC + "agent"))
    signers: dict[str, set[str]] = {}
    for event, of in treaty.items():
        if event in agent:
            signers.setdefault(of, set()).add(agent[event])
    world.few = frozenset(of for of, states in signers.items() if len(states) <= 4)
