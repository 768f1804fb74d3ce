"""Events as parts of a whole: who and what is in them, when, and whether any claim says that they took place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.ledger.tellings import DAYS, DEFAULT, ROLES, TYPE, UNKNOWN, Telling, Tellings
from kg.model import Modality, Polarity
from kg.namespaces import AC, ACR, SKOS

AGENTS = frozenset(ROLES[:5])
Described = tuple[dict[str, frozenset[str]], str, str]
"""The fillers of each role, the first and the last day; days are empty where none is given."""
BROADER = (AC + "category", SKOS + "broader")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with what joins it to others."""

    event: str
    kind: str
    """The local name of its class."""
    roles: dict[str, frozenset[str]] = field(compare=False)
    """What fills each role; persons with those whose offices they held."""
    first: str
    """The first day on which it may have been: its own, else the first on which it was told; `UNKNOWN` where no day is known."""
    last: str
    dated: bool
    """Whether these days are the event's own."""
    tellings: tuple[Telling, ...] = field(compare=False)

    def of(self, role: str) -> frozenset[str]:
        """What fills a role."""
        return self.roles.get(role, frozenset())

    @property
    def affirmed(self) -> tuple[Telling, ...]:
        """The claims that affirm it."""
        return tuple(each for each in self.tellings if each.polarity is Polarity.AFFIRMED)

    @property
    def negated(self) -> tuple[Telling, ...]:
        """The claims that negate it."""
        return tuple(each for each in self.tellings if each.polarity is Polarity.NEGATED)

    @property
    def is_done(self) -> bool:
        """Whether a claim says that it took place."""
        return any(each.modality is Modality.ACTUAL for each in self.affirmed)


Kinded = tuple[str, str]
"""An event, and one of its classes by its local name."""


def of_kinds(store: ox.Store, kinds: Iterable[str]) -> Iterator[Kinded]:
    """The things of these classes, class by class."""
    for kind in kinds:
        for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(AC + kind), DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value, kind


def told_of(tellings: Tellings, events: Iterable[Kinded]) -> list[Happening]:
    """Those of the events that a claim tells, sorted by their first day and IRI."""
    found = [happening(tellings, event, kind) for event, kind in events if tellings.is_told(event)]
    return sorted(found, key=lambda each: (each.first, each.event))


def happening(tellings: Tellings, event: str, kind: str) -> Happening:
    """An event as all documents together tell it."""
    return tellings.once((event, kind), lambda: _happening(tellings, event, kind))


def _happening(tellings: Tellings, event: str, kind: str) -> Happening:
    told = tellings.of(event)
    named, first, last = described(tellings, event)
    roles = {role: acting(tellings, values, role, told) for role, values in named.items()}
    dated = bool(first or last)
    days = [(each.source.day, each.source.last) for each in told if each.source.day != UNKNOWN]
    if not dated:
        first, last = min(days, default=(UNKNOWN, UNKNOWN))
    return Happening(event, kind, roles, first or last, last or first, dated, tuple(told))


def described(tellings: Tellings, event: str) -> Described:
    """What fills the roles of an event, and its first and last day, as all graphs together give them."""
    return _described((name, value) for name, values in tellings.facts(event).items() for value in values)


def described_in(tellings: Tellings, event: str, graph: str) -> Described:
    """The same as one named graph gives it."""
    quads = tellings.store.quads_for_pattern(ox.NamedNode(event), None, None, ox.NamedNode(graph))
    return _described(
        (quad.predicate.value.removeprefix(AC), quad.object.value)
        for quad in quads
        if isinstance(quad.object, ox.NamedNode | ox.Literal)
    )


def _described(values: Iterable[tuple[str, str]]) -> Described:
    roles: dict[str, set[str]] = {}
    days: dict[str, list[str]] = {name: [] for name in DAYS}
    for name, value in values:
        if name in ROLES:
            roles.setdefault(name, set()).add(value)
        elif name in days:
            days[name].append(value)
    found = {name: frozenset(each) for name, each in roles.items()}
    first, last = min(days["earliest"], default=""), max(days["latest"], default="")
    return found, first or min(days["latest"], default=""), last or max(days["earliest"], default="")


def acting(tellings: Tellings, named: frozenset[str], role: str, told: Sequence[Telling]) -> frozenset[str]:
    """What fills a role, and in a role of agents whom persons held an office of when it was told, and what bodies are part of."""
    if role not in AGENTS:
        return named
    persons = [each for each in named if each.startswith(ACR + "person/")]
    spoken = named.union(body for each in persons for one in told for body in tellings.speaks_for(each, one.source))
    return spoken.union(whole for each in spoken for whole in tellings.wholes(each))


class Kinds:
    """Which kinds of weapon a weapon is of."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._above: dict[str, frozenset[str]] = {}

    def above(self, item: str) -> frozenset[str]:
        """The item itself and all kinds above it."""
        if item not in self._above:
            found, waiting = {item}, [item]
            while waiting:
                node = ox.NamedNode(waiting.pop())
                for name in BROADER:
                    quads = self._store.quads_for_pattern(node, ox.NamedNode(name), None, DEFAULT)
                    near = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)} - found
                    found |= near
                    waiting += near
            self._above[item] = frozenset(found)
        return self._above[item]
