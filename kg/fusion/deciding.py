"""What fusion decides of a corpus: all of it at once, or what a change of few documents can reach.

Which events are one is decided within components: events that are likely one, directly or by others between them. A change reaches
the events that came or went, those that stand near them in a block (who may be compared with others now), and all that are
in a component with one of these. Nothing else can be decided otherwise than before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.fusion.blocks import Blocks
from kg.fusion.clustering import NOBODY, Judged, Pair, Pairs, clusters, links_of
from kg.fusion.comparing import Comparer, Comparison
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
        self._same: dict[str, set[str]] = {}
        for pair in judged.same:
            for iri in pair:
                self._same.setdefault(iri, set()).update(pair - {iri})

    def all(self) -> Decided:
        """Decide of all events."""
        links = links_of(self._blocks.pairs(), self._pairs.likely)
        return Decided(None, self._merges(self._events, links))

    def around(self, before: Collection[Event], after: Collection[Event]) -> Decided:
        """Decide of what a change can reach: these events were there before, and those are there now in their place."""
        reached: dict[str, Event] = {}
        links: dict[Pair, float] = {}
        slack = len(before) + len(after)
        edge = {near.iri: near for event in (*before, *after) for near in self._blocks.near(event, slack)}
        edge |= {event.iri: event for event in after}
        edge |= {iri: self._events[iri] for event in before for iri in self._judged_with(event.iri)}
        while edge:
            reached |= edge
            found: dict[str, Event] = {}
            for iri, event in edge.items():
                nearby = [(event, near) for near in self._blocks.near(event)]
                new = links_of(nearby, self._pairs.likely)
                links |= new
                ends = {end for pair in new for end in pair} | self._judged_with(iri)
                found |= {end: self._events[end] for end in ends if end not in reached}
            edge = found
        gone = {event.iri for event in before if event.iri not in self._events}
        return Decided(frozenset(reached.keys() | gone), self._merges(reached, links))

    def _judged_with(self, iri: str) -> set[str]:
        return self._same.get(iri, set()) & self._events.keys()

    def _merges(self, events: Mapping[str, Event], links: Mapping[Pair, float]) -> tuple[Merge, ...]:
        found = clusters(events, links, self._pairs, self._judged)
        return tuple(merges(found, self._pairs, self._judged))

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
