"""What fusion decides of events that are all in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.fusion.blocks import Blocks
from kg.fusion.clustering import NOBODY, Judged, Pair, Pairs, clusters, links_of
from kg.fusion.comparing import Comparer
from kg.fusion.comparison import Comparison
from kg.fusion.features import Event
from kg.fusion.knowledge import Knowledge
from kg.fusion.merging import Merge, merges
from kg.fusion.world import World


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided."""

    about: frozenset[str] | None
    """The events that it was decided of, by their IRIs; None for all."""
    merges: tuple[Merge, ...]


class Decider:
    """Decides which events are one."""

    def __init__(self, events: Iterable[Event], knowledge: Knowledge, world: World, judged: Judged = NOBODY) -> None:
        self._events = {event.iri: event for event in events}
        self._blocks = Blocks(self._events.values(), world)
        self._pairs = Pairs(Comparer(knowledge, world), judged)
        self._judged = judged

    def all(self) -> Decided:
        """Decide of all events."""
        links = links_of(self._blocks.pairs(), self._pairs.likely)
        found = clusters(self._events, links, self._pairs, self._judged)
        return Decided(None, tuple(merges(found, self._pairs, self._judged)))

    def compare(self, one: str, other: str) -> Comparison | None:
        """Two events compared, by their IRIs; None where one of them is not there."""
        if one not in self._events or other not in self._events:
            return None
        return self._pairs.compare(self._events[one], self._events[other])

    def missed(self, least: float) -> list[tuple[Event, Event, Comparison]]:
        """The pairs that nothing excludes and that are less likely one than not, but at least so likely: the likeliest first."""
        found: dict[Pair, tuple[Event, Event, Comparison]] = {}
        for one, other in self._blocks.pairs():
            first, second = (one, other) if one.iri < other.iri else (other, one)
            compared = self._pairs.compare(first, second)
            if compared.excluded is None and compared.odds < 0 and compared.score >= least:
                found[first.iri, second.iri] = (first, second, compared)
        return sorted(found.values(), key=lambda each: (-each[2].odds, each[0].iri, each[1].iri))
