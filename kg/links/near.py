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
Meets = Callable[[str, str], bool]
"""Whether an event of this class and IRI has the parties that it needs."""
ByKind = dict[str, list[str]]


class Near:
    """Finds the events around an event, by look-ups from it."""

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes
        self._about = lru_cache(maxsize=KEPT)(self._events_about)
        self._told = lru_cache(maxsize=KEPT)(self._events_in)

    def around(self, scene: Scene, wanted: Wanted, meets: Meets) -> Iterator[Scene]:
        """The events of the classes that are wanted, each once; those that share no document only where they meet the parties.

        Many events may be about one thing: so most are left out before they are read.
        """
        told = [self._told(document) for document in sorted(scene.documents)]
        found = {iri for group in told for kind, iris in group.items() if wanted(kind) for iri in iris}
        about = [self._about(entity) for entity in _matters(scene)]
        found |= {
            iri
            for group in about
            for kind, iris in group.items()
            if wanted(kind)
            for iri in iris
            if iri not in found and meets(kind, iri)
        }
        for iri in sorted(found - {scene.event}):
            other = self._scenes.scene(iri)
            if other is not None:
                yield other

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
