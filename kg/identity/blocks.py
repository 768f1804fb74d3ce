"""Which entities are compared: those of one kind whose names begin alike, so that their number grows with that of entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.identity.entities import Entity
from kg.identity.names import Name, Names, is_acronym
from kg.identity.profiles import PERSON, WEAPON
from kg.nearby import number

WINDOW = 30
"""So many of its block behind it an entity is compared with, in the order of how the names sound."""
LETTERS = 3
"""Letters of a sound by which it is looked for."""
Key = tuple[str, ...]
Place = tuple[str, int, Entity]
"""Where an entity stands in a block: how its name sounds, then the number of its IRI (kg.nearby.number)."""


class Blocks:
    """The blocks of entities."""

    def __init__(self, names: Names, known: Iterable[Entity] = ()) -> None:
        """`known` are the entities of the reference data, which are compared with others and not with one another."""
        self._names = names
        self._known: dict[Key, list[Place]] = defaultdict(list)
        self._place(known, self._known)

    def _place(self, entities: Iterable[Entity], blocks: dict[Key, list[Place]]) -> None:
        for entity in entities:
            own = number(entity.iri)
            for key, sound in self.keys(entity):
                blocks[key].append((" ".join(sound), own, entity))

    def pairs(self, entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
        """The pairs of these entities, and of them and known ones, that are compared, each once; the lesser IRI comes first."""
        blocks: dict[Key, list[Place]] = defaultdict(list)
        self._place(entities, blocks)
        seen: set[tuple[str, str]] = set()
        for key in sorted(blocks):
            block = sorted([*blocks[key], *self._known.get(key, ())], key=lambda each: each[:2])
            for place, (_, _, one) in enumerate(block):
                for _, _, other in block[place + 1 : place + 1 + WINDOW]:
                    first, second = (one, other) if one.iri < other.iri else (other, one)
                    new = first.iri != second.iri and (first.iri, second.iri) not in seen
                    if new and not (one.known and other.known):
                        seen.add((first.iri, second.iri))
                        yield first, second

    def places(self, entity: Entity) -> set[tuple[int, str]]:
        """Where an entity stands, as kg.nearby keeps it."""
        return {(number(*key), " ".join(sound)) for key, sound in self.keys(entity)}

    def keys(self, entity: Entity) -> set[tuple[Key, Key]]:
        """What other names of the entity would begin with, each with how this one sounds."""
        ways = {PERSON: self._person, WEAPON: self._weapon}
        way = ways.get(entity.kind, self._title)
        return {((entity.kind, *key), name.sounds) for text in entity.names for name, key in way(text)}

    def _person(self, text: str) -> Iterator[tuple[Name, Key]]:
        """Two of the words, in any order; a surname alone stands in no block."""
        name = self._names.person(text)
        starts = sorted({sound[:LETTERS] for sound in name.sounds})
        for pair in combinations(starts, 2):
            yield name, pair
        if len(name.sounds) == 2:
            yield name, ("initial", name.sounds[0][:1], name.sounds[1][:LETTERS])
        if len(name.words) > 1:
            yield name, ("one", "".join(name.words))

    def _weapon(self, text: str) -> Iterator[tuple[Name, Key]]:
        name = self._names.weapon(text)
        yield name, (*(sound[:LETTERS] for sound in name.sounds), *name.numbers)

    def _title(self, text: str) -> Iterator[tuple[Name, Key]]:
        name = self._names.title(text)
        if is_acronym(text):
            yield name, ("short", "".join(name.words))
            return
        for letters in self._names.initials(text):
            yield name, ("short", letters)
        for word, sound in zip(name.words, name.sounds, strict=True):
            if not self._names.is_general(word):
                yield name, ("word", sound[: LETTERS + 1])
        yield name, ("all", *sorted(name.words))
