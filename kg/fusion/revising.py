"""Which events of a graph are one, after a change of any of its documents: found by key, and decided where the change reaches.

Which events are one is decided within components: events that are likely one, directly or by others between them. The links between
likely ones are kept, with the blocks in which events stand (kg.nearby). A change reaches the events that came, went or are told
otherwise, those that it brings near another or apart, and all that are in a cluster with one of these, or were, or are in a component
with one where judgements say which are one.
Nothing else can be decided otherwise than before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable

from kg.fusion.blocks import WINDOW, Blocks, Key
from kg.fusion.clustering import NOBODY, Group, Judged, Pairs, clusters, in_order, links_of, may_be_one
from kg.fusion.comparing import Comparer
from kg.fusion.deciding import Decided
from kg.fusion.features import Event
from kg.fusion.knowledge import Knowledge
from kg.fusion.merging import Merge, merges
from kg.fusion.outlines import Outlines
from kg.fusion.reclustering import Reclustering
from kg.fusion.world import World
from kg.nearby import Link, Network, bound_by, number, numbered

Clusters = list[list[Event]]
Find = Callable[[int], Event | None]
"""The event of a number, if there is one."""
SHARE = 8
"""Where one event of so many has changed, it is quicker to decide of all."""


class Reviser:
    """Decides which events are one, of all or of those that a change reaches."""

    def __init__(
        self,
        database: sqlite3.Connection,
        outlines: Outlines,
        knowledge: Knowledge,
        world: World,
        judged: Judged = NOBODY,
    ) -> None:
        self._outlines, self._knowledge, self._world, self._judged = outlines, knowledge, world, judged
        self._network = Network(database, "event", WINDOW)
        self._comparer = Comparer(knowledge, world)
        self._blocks = Blocks((), world)
        self._bound = bound_by(judged.same)

    def all(self) -> Decided:
        """Decide of all events, family by family."""
        self._network.clear()
        found: list[Merge] = []
        for families in self._families():
            found += self._decide_of(families)
        return Decided(None, tuple(found))

    def _families(self) -> list[set[str]]:
        """The families, those together of which events were judged one."""
        parts = [{family} for family in sorted(set(self._knowledge.families.values()))]
        for pair in self._judged.same:
            events = [self._outlines.event(number(iri)) for iri in pair]
            named = {event.family for event in events if event is not None}
            joined = [part for part in parts if part & named]
            parts = [part for part in parts if not part & named] + ([set().union(*joined)] if joined else [])
        return parts

    def _decide_of(self, families: Collection[str]) -> list[Merge]:
        kinds = {kind for kind, family in self._knowledge.families.items() if family in families}
        odd = (event for event in self._outlines.of_several_kinds() if event.family in families)
        events = {event.iri: event for each in (self._outlines.of_kinds(kinds), odd) for event in each}
        blocks = Blocks(events.values(), self._world)
        pairs = Pairs(self._comparer, self._judged)
        links = links_of(blocks.pairs(), pairs.likely)
        things = ((number(iri), iri, self._places(event)) for iri, event in events.items())
        joined = set[tuple[str, str]]()
        found = clusters(events, links, pairs, self._judged, joined.add)
        self._network.fill(things, {numbered(pair): Link(odds, pair in joined) for pair, odds in links.items()})
        return list(merges(found, pairs, self._judged))

    def around(self, changed: Collection[str]) -> Decided:
        """Decide of what a change of these events can reach."""
        if len(changed) * SHARE > self._network.size():
            before = self._network.iris()
            return Decided(frozenset({*before, *changed}), self.all().merges)
        loaded: dict[int, Event | None] = {}

        def event(key: int) -> Event | None:
            if key not in loaded:
                loaded[key] = self._outlines.event(key)
            return loaded[key]

        def likely(one: int, other: int) -> float | None:
            ours, theirs = event(one), event(other)
            return None if ours is None or theirs is None else pairs.likely(ours, theirs)

        pairs = Pairs(self._comparer, self._judged)
        numbers = {number(iri): iri for iri in changed}
        after = {key: (iri, self._places(now)) for key, iri in numbers.items() if (now := event(key)) is not None}
        touched = self._network.change(numbers, after, likely, self._bound)
        if self._judged.same:  # which are one before any link is asked
            reached = self._network.around(touched, self._bound)
            events = {now.iri: now for key in reached if (now := event(key)) is not None}
            found = clusters(events, self._network.links_among(events), pairs, self._judged)
            return Decided(frozenset({*changed, *events}), tuple(merges(found, pairs, self._judged)))
        about, found = self._changed_clusters(touched, event, pairs)
        return Decided(frozenset({*changed, *about}), tuple(merges(found, pairs, self._judged)))

    def _changed_clusters(self, touched: set[int], event: Find, pairs: Pairs) -> tuple[set[str], Clusters]:
        """The IRIs of the events in clusters that a change of these may have changed, and these clusters."""

        def events(group: Iterable[int]) -> list[Event]:
            return [now for key in group if (now := event(key)) is not None]

        network = self._network
        anew = Reclustering(
            network.links_with_joins,
            network.iri,
            lambda ours, theirs: may_be_one(Group(events(ours), pairs), Group(events(theirs), pairs), pairs),
        )
        anew.run(touched)
        network.mark(anew.joined)
        groups = {id(group): events(group) for group in anew.groups.values()}
        return {each.iri for group in groups.values() for each in group}, in_order(groups.values())

    def with_item(self, weapon: str) -> set[str]:
        """The events of a weapon that only texts know."""
        blocks = [_number((family, "item", weapon)) for family in set(self._knowledge.families.values())]
        found = {thing for block in blocks for thing in self._network.windows.within(block)}
        return {iri for thing in found if (iri := self._network.iri(thing)) is not None}

    def _places(self, event: Event) -> list[tuple[int, int]]:
        return [(_number(key), event.day) for key in self._blocks.keys(event)]


def _number(key: Key) -> int:
    return number(*key)
