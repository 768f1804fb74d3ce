"""Which entities of a graph are one, after a change of any of its documents: found by key, and decided where the change reaches.

A change reaches the entities that are told otherwise, those that it brings near another or apart, and all that are in a
component with these (kg.nearby); and the surnames that may mean one of the persons among them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.identity.blocks import WINDOW, Blocks
from kg.identity.deciding import NOBODY, Decider, IriPairs, Merge, distinct, together
from kg.identity.entities import Entity
from kg.identity.knowledge import Knowledge
from kg.identity.names import Names
from kg.identity.outlines import Called, Outlines
from kg.identity.profiles import Profile
from kg.nearby import Link, Network, bound_by, number, numbered

SHARE = 8
"""Where one entity of so many has changed, it is quicker to decide of all."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided."""

    about: frozenset[str]
    """The entities that it was decided of, by their IRIs."""
    merges: tuple[Merge, ...]
    documents: frozenset[str]
    """The documents in which entities go by other IRIs than they did."""


class Reviser:
    """Decides which entities are one, of all or of those that a change reaches."""

    def __init__(
        self,
        database: sqlite3.Connection,
        outlines: Outlines,
        knowledge: Knowledge,
        broader: Mapping[str, frozenset[str]],
        same: IriPairs = NOBODY,
        different: IriPairs = NOBODY,
    ) -> None:
        """`broader` and the judged pairs are as for the Decider."""
        self._outlines = outlines
        self._network = Network(database, "entity", WINDOW)
        self._decider = Decider(knowledge, (), broader, same, different)
        self._blocks = Blocks(Names(knowledge))
        self._loaded: dict[int, Entity | None] = {}
        self._bound = bound_by(same)

    def all(self) -> Settled:
        """Decide of all entities."""
        self._loaded.clear()
        before = self._outlines.names()
        about = {*self._network.iris(), *self._outlines.iris()}
        self._network.clear()
        self._outlines.clear()
        whole = self._whole(self._outlines.all())
        links = self._decider.links(whole.values())
        things = [(number(iri), iri, self._blocks.places(entity)) for iri, entity in whole.items()]
        self._network.fill(things, {numbered(pair): Link(score) for pair, score in links.items()})
        merges = self._merges(whole, links)
        self._outlines.call((), merges)
        merges += self._mean(self._outlines.all_alone())
        return Settled(frozenset(about), tuple(merges), _others(before, self._outlines.names()))

    def around(self, changed: Collection[str]) -> Settled:
        """Decide of what a change of these entities can reach."""
        if len(changed) * SHARE > self._network.size():
            settled = self.all()
            return replace(settled, about=settled.about | frozenset(changed))
        self._loaded.clear()
        numbers = {number(iri): iri for iri in changed}
        sounds = {sound for key in numbers for sound in self._outlines.sounds(key)}
        for key in numbers:
            self._outlines.surnames(key, (), alone=False)
        after = {
            number(iri): (iri, self._blocks.places(entity))
            for iri, entity in self._whole(map(self._outlines.profiles, numbers)).items()
        }
        reached = self._network.revise(numbers, after, self._likely, self._bound)
        sounds.update(sound for key in {*numbers, *reached} for sound in self._outlines.sounds(key))
        alone = {key for sound in sounds for key in self._outlines.of_surname(sound, alone=True)}
        whole = {entity.iri: entity for key in reached if (entity := self._entity(key)) is not None}
        about = {*numbers, *reached, *alone}
        before = self._outlines.names(about)
        merges = self._merges(whole, self._network.links_among(whole))
        self._outlines.call(about, merges)
        merges += self._mean(alone)
        iris = {*changed, *whole, *(told[0].iri for key in alone if (told := self._outlines.profiles(key)))}
        return Settled(frozenset(iris), tuple(merges), _others(before, self._outlines.names(about)))

    def _whole(self, entities: Iterable[Sequence[Profile]]) -> dict[str, Entity]:
        """Those of the entities that these tell of whose whole names are told; how all their surnames sound is kept."""
        whole: dict[str, Entity] = {}
        for told in filter(None, entities):
            key = number(told[0].iri)
            if self._decider.are_alone(told):
                sounds = {self._decider.sound(Entity.of([each])) for each in told}
                self._outlines.surnames(key, sounds, alone=True)
            else:
                whole[told[0].iri] = entity = Entity.of(told)
                self._outlines.surnames(key, self._decider.sounds(entity), alone=False)
        return whole

    def _merges(self, whole: Mapping[str, Entity], links: Mapping[tuple[str, str], float]) -> list[Merge]:
        """The merges of entities with all that they are linked to."""
        clusters = distinct(self._decider.clusters(whole, links))
        return [merge for members in clusters for merge in self._decider.merges(members)]

    def _mean(self, alone: Iterable[int]) -> list[Merge]:
        """The merges of surnames, in the documents in which they can mean only one person."""
        found = [
            merge for key in sorted(alone) for each in self._outlines.profiles(key) if (merge := self._meant(each))
        ]
        merges = together(found)
        self._outlines.call((), merges)
        return merges

    def _meant(self, profile: Profile) -> Merge | None:
        alone = Entity.of([profile])
        persons = map(self._entity, self._outlines.of_surname(self._decider.sound(alone), alone=False))
        fitting = self._decider.surest(alone, [person for person in persons if person is not None])
        return self._decider.meant(alone, fitting, self._canonical)

    def _canonical(self, person: Entity) -> Entity:
        """The entity whose IRI a person bears."""
        into = next(iter(self._outlines.called(number(person.iri)).values()), None)
        return (into is not None and self._entity(number(into))) or person

    def _entity(self, key: int) -> Entity | None:
        if key not in self._loaded:
            told = self._outlines.profiles(key)
            self._loaded[key] = Entity.of(told) if told else None
        return self._loaded[key]

    def _likely(self, one: int, other: int) -> float | None:
        ours, theirs = self._entity(one), self._entity(other)
        return None if ours is None or theirs is None else self._decider.likely(ours, theirs)


def _others(before: Called, after: Called) -> frozenset[str]:
    """The documents in which entities go by other IRIs."""
    told = before.items() ^ after.items()
    return frozenset(document for (_, document), _ in told)
