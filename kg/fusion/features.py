"""An event with all that is compared of it: what the tellings of one IRI say together, its parties taken as their states."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.fusion.knowledge import PARTIES, Knowledge
from kg.fusion.telling import Detail, Source, Telling, ordinal
from kg.fusion.world import EVER, STATE, World

PERSON = "/person/"
NOWHERE: frozenset[str] = frozenset()


@dataclass(eq=False)
class Event:
    """An event, as all documents that give this IRI tell it."""

    iri: str
    kind: str
    family: str
    nature: str
    sources: tuple[Source, ...]
    """The documents that give it, the earliest first; none for an event of the reference data."""
    roles: Mapping[str, frozenset[str]]
    parties: Mapping[str, frozenset[str]]
    """In each role of those who act, the states or organisations that they stand for."""
    persons: Mapping[str, frozenset[str]]
    """The persons, and companies, who stand for each of them."""
    first: int | None
    last: int | None
    sure: bool
    """Whether its date is said, not inferred."""
    places: frozenset[str]
    """Where it was, with all that these places lie in; that of a gathering included."""
    details: Callable[[], Detail]

    @cached_property
    def detail(self) -> Detail:
        """Words, settings and modalities, read when they are first asked for."""
        return self.details()

    @property
    def is_dated(self) -> bool:
        """Whether one of its days is known, or may be."""
        return self.first is not None or self.last is not None

    @property
    def is_reference(self) -> bool:
        """Whether the reference data gives it."""
        return not self.sources

    @cached_property
    def told(self) -> tuple[tuple[int, int], ...]:
        """The days on which it may have been told, document by document; those of unknown date left out."""
        days = ((ordinal(source.day), ordinal(source.last)) for source in self.sources)
        return tuple((first, last) for first, last in days if first is not None and last is not None)

    @cached_property
    def traits(self) -> Hashable:
        """All of it that can exclude another event: two events with the same exclude the same."""
        said = (frozenset(self.roles.items()), frozenset(self.parties.items()), self.places)
        return self.family, self.kind, self.is_reference, self.sure, self.first, self.last, *said

    @cached_property
    def everyone(self) -> frozenset[str]:
        """All parties, whatever their role."""
        return frozenset().union(*self.parties.values())

    @cached_property
    def day(self) -> int:
        """The day by which it stands in its blocks: its own, or that on which it was told first, or after all others."""
        known = self.first if self.first is not None else self.last
        if known is not None:
            return known
        return min((first for first, _ in self.told), default=EVER[1])

    @cached_property
    def rank(self) -> tuple[int | str, ...]:
        """Which of several gives its IRI to all: the least. The reference's before all, then the earliest document's."""
        if self.is_reference:
            return 0, self.iri
        first = self.sources[0]
        return 1, first.day, first.identifier, first.iri, first.last, self.iri


class Features:
    """Makes events of tellings."""

    def __init__(self, knowledge: Knowledge, world: World, entities: Mapping[str, str]) -> None:
        """`entities` gives the IRI by which an entity that only texts know is called now."""
        self._knowledge = knowledge
        self._world = world
        self._entities = entities

    def event(self, tellings: Sequence[Telling], details: Callable[[], Detail], *, reference: bool = False) -> Event:
        """The event of tellings, of one or more, that share an IRI."""
        iri, kind = tellings[0].iri, min(each.kind for each in tellings)
        roles: dict[str, set[str]] = {}
        for telling in tellings:
            for role, entities in telling.roles.items():
                roles.setdefault(role, set()).update(self._entities.get(each, each) for each in entities)
        sources = () if reference else tuple(sorted({each.source for each in tellings}))
        first, last, sure = _time(tellings)
        since, until = self._when(first, last, sources)
        parties, persons = self._parties(roles, since, until)
        gathering = sorted(roles.get("gathering", ()))
        place, begin, end = self._world.gatherings.get(gathering[0], (None, None, None)) if gathering else (None,) * 3
        places = {*roles.get("place", ()), *([place] if place else [])}
        if first is None and last is None and begin is not None:
            first, last, sure = begin, end, False
        return Event(
            iri,
            kind,
            self._knowledge.families[kind],
            self._knowledge.natures[kind],
            sources,
            {role: frozenset(entities) for role, entities in roles.items()},
            parties,
            persons,
            first,
            last,
            sure,
            frozenset(inside for each in places for inside in self._world.places(each)),
            details,
        )

    def _when(self, first: int | None, last: int | None, sources: Iterable[Source]) -> tuple[int, int]:
        """The time in which persons are taken to have acted: that of the event, else that of the documents."""
        if first is not None or last is not None:
            known = [day for day in (first, last) if day is not None]
            return known[0], known[-1]
        days = [(ordinal(each.day), ordinal(each.last)) for each in sources]
        told = [(begin, end) for begin, end in days if begin is not None and end is not None]
        return (min(begin for begin, _ in told), max(end for _, end in told)) if told else EVER

    def _parties(
        self, roles: Mapping[str, set[str]], since: int, until: int
    ) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
        parties: dict[str, frozenset[str]] = {}
        persons: dict[str, set[str]] = {}
        for role in PARTIES:
            stand = {each: self._world.acts_for(each, since, until) for each in roles.get(role, ())}
            if stand:
                parties[role] = frozenset(stand.values())
            for agent, state in stand.items():
                if (PERSON in agent or agent in self._world.companies) and state.startswith(STATE):
                    persons.setdefault(state, set()).add(agent)
        return parties, {state: frozenset(names) for state, names in persons.items()}


def _time(tellings: Iterable[Telling]) -> tuple[int | None, int | None, bool]:
    """The time that the tellings give; they share it, for it is part of their IRI, if it is not that of one document."""
    dated = sorted(
        (each.earliest or "", each.latest or "", each.inferred) for each in tellings if each.earliest or each.latest
    )
    if not dated:
        return None, None, True
    return ordinal(dated[0][0]), ordinal(dated[0][1]), not all(inferred for _, _, inferred in dated)


def joined(details: Sequence[Detail]) -> Detail:
    """What several documents say of one event."""
    if len(details) == 1:
        return details[0]
    return Detail(
        frozenset().union(*(each.words for each in details)),
        frozenset().union(*(each.setting for each in details)),
        frozenset().union(*(each.modalities for each in details)),
        frozenset().union(*(each.stages for each in details)),
        frozenset().union(*(each.story for each in details)),
    )
