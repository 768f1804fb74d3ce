"""Events as links see them: who and what is in them, when they were, where documents tell them, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pyoxigraph as ox

from kg.links.knowledge import AGENTS, ROLES
from kg.namespaces import AC, ACR, DCTERMS, NIF, PROV, RDF, REFERENCE_GRAPH
from kg.periods import first_day, last_day

DEFAULT = ox.DefaultGraph()
REFERENCE = ox.NamedNode(REFERENCE_GRAPH)
"""Standing facts are read from here alone: what texts say of them comes and goes with other documents."""
OF_DOCUMENTS = frozenset((DCTERMS + "issued",))
"""What is read of a document."""
KEPT = 20_000
"""Scenes that are kept once read."""
PERSON = ACR + "person/"
EVER = (0, 9_999_999)
Node = ox.NamedNode


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document at which an event is told."""

    document: str
    sentence: str
    """The IRI of the sentence; empty where the claim names none."""
    begin: int
    end: int
    """The first character of the words that say it, and the one after the last, in the document."""


@dataclass(frozen=True, slots=True)
class Scene:
    """An event with all that links it to others."""

    event: str
    kind: str
    """The local name of its class."""
    roles: dict[str, frozenset[str]]
    """What fills each role; who acts for a state or an organisation counts as that."""
    first: int | None
    last: int | None
    """Its first and last day; where it has none, those of the document that told it first. None where no day is known."""
    dated: bool
    """Whether both days are its own."""
    spots: tuple[Spot, ...]
    """Where it is affirmed."""
    tellers: frozenset[str]
    """On whose word it is affirmed; "" stands for a document's own."""
    words: frozenset[str]
    """The words that tell it, as claims name them."""
    is_done: bool
    """Whether a claim says that it happened."""
    is_told: bool
    """Whether a document claims anything of it."""

    @property
    def is_real(self) -> bool:
        """Whether the reference records it, or a claim says that it happened or will."""
        return bool(self.spots) or not self.is_told

    @property
    def documents(self) -> frozenset[str]:
        """The documents that affirm it."""
        return frozenset(spot.document for spot in self.spots)

    @property
    def sentences(self) -> frozenset[str]:
        """The sentences that affirm it."""
        return frozenset(spot.sentence for spot in self.spots if spot.sentence)

    def of(self, role: str) -> frozenset[str]:
        """What fills a role."""
        return self.roles.get(role, frozenset())


class Scenes:
    """The scenes of a graph, each read when it is first asked for."""

    def __init__(self, store: ox.Store, classes: Iterable[str]) -> None:
        """`classes` are the local names of the classes of events that may be linked."""
        self._store = store
        self._kinds = {AC + kind: kind for kind in classes}
        self.kind = lru_cache(maxsize=4 * KEPT)(self._kind)
        """The class of an event, if it is one of these; None of anything else."""
        self.scene = lru_cache(maxsize=KEPT)(self._scene)
        """The scene of an event, by its IRI; None where it is of none of these classes."""
        self.parties = lru_cache(maxsize=4 * KEPT)(self._parties)
        """What fills a role of an event, by its IRI: persons with all for whom they ever acted, so at least all that `Scene.of` gives."""
        self.own_days = lru_cache(maxsize=4 * KEPT)(self._own_days)
        """The first and the last day that an event has of its own, by its IRI, as its scene has them; None where it has none."""
        self._bodies = lru_cache(maxsize=KEPT)(self._stands_for)

    def told_in(self, document: str) -> set[str]:
        """The events that a document makes claims on."""
        about = self._store.quads_for_pattern(None, Node(AC + "about"), None, Node(document))
        return {quad.object.value for quad in about if isinstance(quad.object, Node)}

    def with_matter(self, entity: str, roles: Iterable[str]) -> Iterator[str]:
        """The events that an entity fills one of these roles of."""
        for role in roles:
            for quad in self._store.quads_for_pattern(None, Node(AC + role), Node(entity), DEFAULT):
                if isinstance(quad.subject, Node):
                    yield quad.subject.value

    def words_of(self, sentence: str) -> tuple[int, str]:
        """Where a sentence begins in its document, and its words."""
        begin, words = self.one(sentence, NIF + "beginIndex"), self.one(sentence, NIF + "anchorOf")
        return int(begin or 0), words

    def is_bilateral(self, treaty: str) -> bool:
        """Whether a treaty is one of two parties."""
        return AC + "BilateralTreaty" in self.values(treaty, RDF + "type", REFERENCE)

    def _parties(self, event: str, role: str) -> frozenset[str]:
        named = self.values(event, AC + role)
        return (
            frozenset(named).union(*(self._bodies(agent, *EVER) for agent in named))
            if role in AGENTS
            else frozenset(named)
        )

    def _kind(self, event: str) -> str | None:
        kinds = (value for value in self.values(event, RDF + "type") if value in self._kinds)
        return self._kinds.get(min(kinds, default=""))

    def _own_days(self, event: str) -> tuple[int, int] | None:
        first, last = _bounds(self.values(event, AC + "earliest"), self.values(event, AC + "latest"))
        if first is None or last is None:
            known = first if first is not None else last
            return None if known is None else (known, known)
        return first, last

    def _scene(self, event: str) -> Scene | None:
        kind = self.kind(event)
        if kind is None:
            return None
        facts = self._facts(event)
        claims = [self._facts(claim) for claim in self.claims(event)]
        told = [each for each in claims if _affirms(each)]
        days = sorted(day for each in told for day in self._days_of(each))
        first, last = bounds = _bounds(facts.get(AC + "earliest", ()), facts.get(AC + "latest", ()))
        if first is None and last is None and days:
            first, last = days[0]
        return Scene(
            event,
            kind,
            self._roles(facts, days),
            first if first is not None else last,
            last if last is not None else first,
            None not in bounds,
            tuple(sorted(filter(None, map(self._spot, told)), key=lambda spot: (spot.document, spot.begin))),
            frozenset(teller for each in told for teller in self._tellers(each, days)),
            frozenset(method.rpartition("/")[2] for each in told for method in each.get(AC + "method", ())),
            any(AC + "Actual" in each.get(AC + "modality", ()) for each in told),
            bool(claims),
        )

    def _roles(self, facts: dict[str, list[str]], days: list[tuple[int, int]]) -> dict[str, frozenset[str]]:
        found = {}
        for role in ROLES:
            named = facts.get(AC + role)
            if named:
                found[role] = self._acting(named, days) if role in AGENTS else frozenset(named)
        return found

    def _tellers(self, claim: dict[str, list[str]], days: list[tuple[int, int]]) -> frozenset[str]:
        return self._acting(claim.get(AC + "claimant", ()), days) or frozenset({""})

    def _acting(self, agents: Iterable[str], days: list[tuple[int, int]]) -> frozenset[str]:
        """The agents, each as the states or organisations that it stands for in these days."""
        since, until = (days[0][0], days[-1][1]) if days else EVER
        return frozenset(body for agent in agents for body in self._bodies(agent, since, until))

    def _stands_for(self, agent: str, since: int, until: int) -> tuple[str, ...]:
        if not agent.startswith(PERSON):
            whole = min(self.values(agent, DCTERMS + "isPartOf", REFERENCE), default="")
            return (whole if whole.startswith(ACR + "state/") else agent,)
        bodies: set[str] = set()
        for tenure in self.values(agent, AC + "holdsOffice", REFERENCE):
            begin, end = _ordinal(self.one(tenure, AC + "earliest")), _ordinal(self.one(tenure, AC + "latest"))
            if (begin or EVER[0]) <= until and since <= (end or EVER[1]):
                bodies.update(self.values(tenure, AC + "officeOf"))
        return tuple(sorted({each for body in bodies for each in self._stands_for(body, since, until)})) or (agent,)

    def _spot(self, claim: dict[str, list[str]]) -> Spot | None:
        document, sentence, trigger = (
            min(claim.get(name, ()), default="") for name in (AC + "inDocument", PROV + "wasQuotedFrom", AC + "trigger")
        )
        begin, end = (
            (int(self.one(trigger, NIF + name) or 0) for name in ("beginIndex", "endIndex")) if trigger else (0, 0)
        )
        return Spot(document, sentence, begin, end) if document else None

    def _days_of(self, claim: dict[str, list[str]]) -> Iterator[tuple[int, int]]:
        for document in claim.get(AC + "inDocument", ()):
            yield from self.issued(document)

    def issued(self, document: str) -> list[tuple[int, int]]:
        """The first and the last day on which a document may have appeared; none where that is unknown."""
        spans = ((first_day(each), last_day(each)) for each in self.values(document, DCTERMS + "issued"))
        found = [(_ordinal(first or ""), _ordinal(last or "")) for first, last in spans]
        return [(first, last) for first, last in found if first is not None and last is not None]

    def claims(self, event: str) -> list[str]:
        """The claims about an event, sorted."""
        about = self._store.quads_for_pattern(None, Node(AC + "about"), Node(event), DEFAULT)
        return sorted(quad.subject.value for quad in about if isinstance(quad.subject, Node))

    def _facts(self, thing: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for quad in self._store.quads_for_pattern(Node(thing), None, None, DEFAULT):
            if isinstance(quad.object, Node | ox.Literal):
                found.setdefault(quad.predicate.value, []).append(quad.object.value)
        return found

    def values(self, thing: str, predicate: str, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT) -> list[str]:
        """The values of a property of a thing, as texts."""
        quads = self._store.quads_for_pattern(Node(thing), Node(predicate), None, graph)
        return [quad.object.value for quad in quads if isinstance(quad.object, Node | ox.Literal)]

    def one(self, thing: str, predicate: str) -> str:
        """The least value of a property of a thing; empty where it has none."""
        return min(self.values(thing, predicate), default="")


def _affirms(claim: dict[str, list[str]]) -> bool:
    """Whether a claim says that its event happened or will."""
    modality, polarity = (min(claim.get(AC + name, ()), default="") for name in ("modality", "polarity"))
    return polarity == AC + "Affirmed" and modality in (AC + "Actual", AC + "Planned")


def _bounds(earliest: Iterable[str], latest: Iterable[str]) -> tuple[int | None, int | None]:
    """The first and the last day of what the graph says of a time."""
    return _ordinal(min(earliest, default="")), _ordinal(max(latest, default=""))


def _ordinal(day: str) -> int | None:
    """The number of a day, for reckoning; None of none and of what is no day of the calendar."""
    try:
        return date.fromisoformat(day).toordinal() if day else None
    except ValueError:
        return None
