"""Which events are one: clusters of events that are likely one and that nothing excludes, whatever the order in which they came.

Pairs are taken from the likeliest on (ties by IRI). The clusters of both become one unless something excludes it for any two of
them, or they are less likely than not to be one on average. Judgements come first: what is judged the same is one whatever the
rest says, and what is judged different is never one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count, islice, product

from kg.fusion.comparing import Comparer
from kg.fusion.comparison import Comparison, in_all
from kg.fusion.features import Event

SAMPLE = 64
"""So many pairs of two clusters tell how likely both are one; all pairs are asked whether something excludes it."""
JUDGED = "judged"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What people judged: pairs of IRIs as documents give them."""

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()


NOBODY = Judged()


class Pairs:
    """Comparisons of pairs: whether something excludes that both are one, and how likely it is, each found once."""

    def __init__(self, comparer: Comparer, judged: Judged) -> None:
        self._comparer = comparer
        self._judged = judged
        self._odds: dict[Pair, float] = {}
        self._traits: dict[str, int] = {}
        self._numbers: dict[Hashable, int] = {}
        self._standing: dict[tuple[int, int], float] = {}
        """What two traits say, by their numbers: many events differ in nothing else than their words."""

    def compare(self, one: Event, other: Event) -> Comparison:
        """The comparison of two events with all likenesses, in either order the same."""
        if self._is_judged_different(one, other):
            return Comparison(JUDGED)
        first, second = (one, other) if one.iri < other.iri else (other, one)
        if self.excluded(first, second):
            return self._comparer.compare(first, second)
        return self._comparer.weigh(first, second)

    def odds(self, one: Event, other: Event) -> float:
        """The log-odds that two events are one; minus infinity where something excludes it."""
        if self.excluded(one, other):
            return -math.inf
        first, second = (one, other) if one.iri < other.iri else (other, one)
        key = (first.iri, second.iri)
        found = self._odds.get(key)
        if found is None:
            telling = self._comparer.telling_odds(first, second)
            found = self._odds[key] = in_all(self._between(first, second), telling)
        return found

    def _is_judged_different(self, one: Event, other: Event) -> bool:
        return bool(self._judged.different) and frozenset((one.iri, other.iri)) in self._judged.different

    def excluded(self, one: Event, other: Event) -> bool:
        """Whether something makes it impossible that both are one."""
        if self._is_judged_different(one, other):
            return True
        return self._between(one, other) == -math.inf

    def _between(self, one: Event, other: Event) -> float:
        """The log-odds that the traits of two events give."""
        ours, theirs = self.trait(one), self.trait(other)
        key = (ours, theirs) if ours < theirs else (theirs, ours)
        found = self._standing.get(key)
        if found is None:
            found = self._standing[key] = self._comparer.standing_odds(one, other)
        return found

    def trait(self, event: Event) -> int:
        """The number of an event's traits."""
        found = self._traits.get(event.iri)
        if found is None:
            found = self._traits[event.iri] = self._numbers.setdefault(event.traits, len(self._numbers))
        return found

    def apart(self, ours: Group, theirs: Group) -> bool:
        """Whether something makes it impossible that one of these and one of those are one."""
        if self._judged.different:
            return any(self.excluded(one, other) for one, other in product(ours.members, theirs.members))
        return any(self.excluded(one, other) for one, other in product(ours.kinds.values(), theirs.kinds.values()))

    def likely(self, one: Event, other: Event) -> float | None:
        """The log-odds that both are one; None where that is less likely than not."""
        standing = self._between(one, other)
        if standing + self._comparer.most_telling(one, other) < 0:  # so most are told without reading what they say
            return None
        odds = self.odds(one, other)
        return odds if odds >= 0 else None


class Group:
    """Events that are one, as far as was decided."""

    _states = count()

    def __init__(self, members: Iterable[Event], pairs: Pairs) -> None:
        self.members = sorted(members, key=_rank)
        self.kinds = {pairs.trait(each): each for each in self.members}
        """One event for each traits that there are: others with the same exclude the same."""
        self.state = next(self._states)
        """A number that no other group has, and that changes with the members: so what was decided of two is known again."""

    def take(self, other: Group) -> None:
        """Take in the members of another."""
        self.members = sorted(self.members + other.members, key=_rank)
        self.kinds |= other.kinds
        self.state = next(self._states)


def clusters(
    events: Mapping[str, Event],
    links: Mapping[Pair, float],
    pairs: Pairs,
    judged: Judged = NOBODY,
    joined: Callable[[Pair], object] = lambda _: None,
) -> list[list[Event]]:
    """The events in clusters, those alone left out; each cluster and the list sorted by rank.

    `links` are the pairs of IRIs that are likely one, with the log-odds. Each that makes two clusters one is given to `joined`.
    """
    cluster = {iri: Group([event], pairs) for iri, event in events.items()}
    for one, other in sorted(tuple(sorted(pair)) for pair in judged.same if len(pair) == 2 and pair <= events.keys()):
        _join(cluster, one, other)
    refused = set[tuple[int, int]]()
    for one, other in sorted(links, key=lambda pair: (-links[pair], pair)):
        ours, theirs = cluster[one], cluster[other]
        state = (ours.state, theirs.state)
        if ours is theirs or state in refused:
            continue
        if may_be_one(ours, theirs, pairs):
            _join(cluster, one, other)
            joined((one, other))
        else:
            refused.add(state)
    return in_order(group.members for group in {id(each): each for each in cluster.values()}.values())


def in_order(groups: Iterable[list[Event]]) -> list[list[Event]]:
    """Those of these clusters that are of more than one event, sorted by rank within and among each other."""
    found = [sorted(members, key=_rank) for members in groups if len(members) > 1]
    return sorted(found, key=lambda members: _rank(members[0]))


def _rank(event: Event) -> tuple[object, ...]:
    return event.rank


def _join(cluster: dict[str, Group], one: str, other: str) -> None:
    ours, theirs = cluster[one], cluster[other]
    if ours is theirs:
        return
    small, large = sorted((ours, theirs), key=lambda each: len(each.members))
    large.take(small)
    for event in small.members:
        cluster[event.iri] = large


def may_be_one(ours: Group, theirs: Group, pairs: Pairs) -> bool:
    """Whether nothing excludes that two clusters are one, and it is as likely as not on average."""
    if pairs.apart(ours, theirs):
        return False
    sample = islice(product(ours.members, theirs.members), SAMPLE)
    return sum(pairs.odds(one, other) for one, other in sample) >= 0


def links_of(
    pairs_of: Iterable[tuple[Event, Event]], likely: Callable[[Event, Event], float | None]
) -> dict[Pair, float]:
    """The pairs that are likely one, with the log-odds."""
    found: dict[Pair, float] = {}
    for one, other in pairs_of:
        odds = likely(one, other)
        if odds is not None:
            found[(one.iri, other.iri) if one.iri < other.iri else (other.iri, one.iri)] = odds
    return found
