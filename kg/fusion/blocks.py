"""Which events are compared: those of one family that share what two tellings of one event would share, near in time.

Each block holds the events of one family with one thing in common, in the order of their days. An event is compared with
the nearest of its block, before and after it (sorted neighbourhood; Hernández and Stolfo, The merge/purge problem for large databases,
1995). So the number of comparisons grows with the number of events, and which pairs are compared does not depend on the order in
which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from kg.fusion.features import Event
from kg.fusion.world import STATE, SYSTEM, World
from kg.nearby import number

WINDOW = 15
"""So many of its block before an event are compared with it, and so many after it."""
SPAN = 62
"""A date as long as this stands in the blocks of its months; a longer one is taken for none."""
MOST_PARTIES = 8
"""Of more parties than this no pairs are made: it is a conference, found by its name, treaty or month."""
UNKNOWN = "unknown"

Key = tuple[str, ...]
Place = tuple[int, int]
"""Where an event stands in its blocks: by its day, then by the number of its IRI (kg.nearby.number)."""


class Blocks:
    """The blocks of events."""

    def __init__(self, events: Iterable[Event], world: World) -> None:
        self._world = world
        self._events = sorted(((event.day, number(event.iri)), event) for event in events)
        self._keys = [[number(*key) for key in self.keys(event)] for _, event in self._events]
        self._blocks: dict[int, list[int]] = {}
        for at, keys in enumerate(self._keys):
            for key in keys:
                self._blocks.setdefault(key, []).append(at)

    def keys(self, event: Event) -> list[Key]:
        """What an event may share with another telling of it."""
        family, parties = event.family, sorted(event.everyone | self._world.gathered(event.everyone))
        treaties = sorted(event.roles.get("treaty", ()))
        found: list[Key] = [(family, "act", treaty, party) for treaty in treaties for party in parties]
        if event.is_reference and treaties:
            return found if len(parties) == 1 else [*found, *((family, "treaty", treaty) for treaty in treaties)]
        found += [(family, "treaty", treaty) for treaty in treaties]
        found += [(family, "gathering", each) for each in sorted(event.roles.get("gathering", ()))]
        if len(parties) <= MOST_PARTIES:
            found += [(family, "parties", *pair) for pair in combinations(parties, 2)]
        tops = sorted({self._top(item) for item in event.roles.get("item", ())})
        found += [(family, "item", party, top) for party in parties for top in tops]
        systems = [item for item in sorted(event.roles.get("item", ())) if item.startswith(SYSTEM) or not parties]
        found += [(family, "item", item) for item in systems]
        months = _months(event)
        towns = sorted(place for place in event.places - self._world.wide if not place.startswith(STATE))
        found += [(family, "place", town, month) for town in towns for month in months]
        return found + [(family, "month", party, month) for party in parties for month in months]

    def _top(self, item: str) -> str:
        """The widest category of an item below "weapon"."""
        above = self._world.above(item)
        return min(above, key=lambda each: (self._world.depth(each) != 1, self._world.depth(each), each))

    def pairs(self) -> Iterator[tuple[Event, Event]]:
        """All pairs that are compared, each once."""
        done: dict[int, int] = {}
        for at, keys in enumerate(self._keys):
            behind: set[int] = set()
            for key in keys:
                done[key] = passed = done.get(key, 0) + 1
                behind.update(self._blocks[key][passed : passed + WINDOW])
            one = self._events[at][1]
            for other in behind:
                yield one, self._events[other][1]


def _months(event: Event) -> list[str]:
    """The months of an event's date or, where it has none, those in which it was told and the ones after them."""
    if event.is_dated:
        days = [day for day in (event.first, event.last) if day is not None]
        return sorted({_month(day) for day in range(days[0], days[-1] + 1)}) if days[-1] - days[0] <= SPAN else []
    told = sorted({day for days in event.told for day in days})
    return sorted({_month(day + later) for day in told for later in (0, 31)}) or [UNKNOWN]


def _month(day: int) -> str:
    return date.fromordinal(day).isoformat()[:7]
