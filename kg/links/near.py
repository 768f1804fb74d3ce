"""Which events an event may be linked with: those that a document of its tells as well, and those about the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from kg.links.knowledge import AGENTS, MATTERS
from kg.links.scenes import Scene, Scenes

KEPT = 5_000
"""Things, and documents, of which the events are kept once read."""
ROLES = (*MATTERS, "place")
Wanted = Callable[[str], bool]
"""Whether an event of this class is sought."""
Pair = tuple[str, str] | None
"""A role of an event, and the role in which another must have the same party; None where any will do."""
Pairs = Callable[[str], list[Pair]]
"""Of events of this class, in which of these ways they may meet."""
Days = tuple[int, int]
"""The first and the last, by their numbers."""
InTime = Callable[[str, Days | None], bool]
"""Whether an event of this class and these days may be meant; of None the days are to be read."""
ByKind = dict[str, list[str]]


class Near:
    """Finds the events around an event, by look-ups from it."""

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes
        self._about = lru_cache(maxsize=KEPT)(self._events_about)
        self._told = lru_cache(maxsize=KEPT)(self._events_in)
        self._with = lru_cache(maxsize=KEPT)(self._events_with)

    def around(self, scene: Scene, wanted: Wanted, pairs: Pairs, in_time: InTime) -> Iterator[Scene]:
        """The events of the classes that are wanted, each once; those that share no document only where they meet a party in time.

        Many events may be about one thing: so most are left out before they are read.
        """
        found: set[str] = set()
        for document in scene.documents:
            for kind, iris in self._told(document).items():
                found.update(iris if wanted(kind) else ())
        for entity in _matters(scene):
            for kind in self._about(entity):
                for pair in pairs(kind) if wanted(kind) else ():
                    meeting = self._meeting(scene.event, entity, kind, pair)
                    found.update(iri for iri in meeting if in_time(kind, self._scenes.own_days(iri)))
        for iri in sorted(found - {scene.event}):
            other = self._scenes.scene(iri)
            if other is not None:
                yield other

    def _meeting(self, event: str, entity: str, kind: str, pair: Pair) -> Iterator[str]:
        """The events of a class about a thing that have a party in common with an event, in these roles."""
        if pair is None:
            yield from self._about(entity)[kind]
            return
        having = self._with(entity, kind, pair[1])
        for party in self._scenes.parties(event, pair[0]):
            yield from having.get(party, ())

    def _events_with(self, entity: str, kind: str, role: str) -> dict[str, list[str]]:
        """The events of a class about a thing, by whoever fills a role."""
        found: dict[str, list[str]] = {}
        for iri in self._about(entity)[kind]:
            for party in self._scenes.parties(iri, role):
                found.setdefault(party, []).append(iri)
        return found

    def _events_about(self, entity: str) -> ByKind:
        return self._grouped(self._scenes.with_matter(entity, ROLES))

    def _events_in(self, document: str) -> ByKind:
        return self._grouped(self._scenes.told_in(document))

    def _grouped(self, events: Iterable[str]) -> ByKind:
        """Events by class; those of classes that are never linked are left out."""
        found: ByKind = {}
        for iri in events:
            kind = self._scenes.kind(iri)
            if kind is not None:
                found.setdefault(kind, []).append(iri)
        return found


def _matters(scene: Scene) -> list[str]:
    """What an event is about, and where it was; whoever acts leads to too many."""
    acting = frozenset().union(*(scene.of(role) for role in AGENTS))
    return sorted({entity for role in ROLES for entity in scene.of(role)} - acting)
