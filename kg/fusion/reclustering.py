"""Clusters after a change: found anew where it reaches, and nowhere else.

Clusters come about link by link, the likeliest first (kg.fusion.clustering). What is decided of a link rests on the two clusters
that its ends are in when its turn comes. So where both clusters are what they were when it was decided last, it is decided likewise; and
which they were is known by the links that joined them then. Only links of things whose cluster has become another are gone through: at
first of those that changed, then of all that these join, or no longer join.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from heapq import heappop, heappush

from kg.nearby import Link, Pair

Links = Callable[[int], Mapping[int, Link]]
"""The links of a thing, by the numbers of the others, as they are now, with what was decided of them last."""
Group = set[int]
Place = tuple[float, str, str]
"""Where a link stands in the order in which links are gone through."""
BEGIN: Place = (float("-inf"), "", "")


class Reclustering:
    """Clusters that may be others than before."""

    def __init__(
        self, links: Links, iri: Callable[[int], str | None], may_be_one: Callable[[Group, Group], bool]
    ) -> None:
        """`may_be_one` says whether two clusters become one, when it is their turn: that of the end whose IRI is the less comes first."""
        self._links = cache(links)
        self._iri = cache(iri)
        self._may_be_one = may_be_one
        self._waiting: list[tuple[Place, int, int]] = []
        self.groups: dict[int, Group] = {}
        """The things that are in such a cluster, each with its cluster, which may be of it alone."""
        self.joined: dict[Pair, bool] = {}
        """Whether a link joined two clusters, of those that were gone through; its ends in the order of their IRIs."""

    def run(self, touched: Iterable[int]) -> None:
        """Decide anew after a change of these things, or of links of theirs."""
        for thing in sorted(touched):
            self._take({thing}, BEGIN)
        while self._waiting:
            place, one, other = heappop(self._waiting)
            if (one, other) not in self.joined:
                self.joined[one, other] = self._pass(place, one, other)

    def _take(self, group: Group, place: Place) -> None:
        """From this place on the cluster is, or may become, another than it was."""
        self.groups |= dict.fromkeys(group, group)
        for thing in group:
            for other, link in self._links(thing).items():
                where = self._place(thing, other, link)
                if where > place:
                    ends = (thing, other) if self._iri(thing) == where[1] else (other, thing)
                    heappush(self._waiting, (where, *ends))

    def _pass(self, place: Place, one: int, other: int) -> bool:
        """Go through a link; gives whether it joins two clusters."""
        ours, theirs = self._group(one, place), self._group(other, place)
        joins = ours is not theirs and self._may_be_one(ours, theirs)
        if joins or self._links(one)[other].joined:
            for end, group in ((one, ours), (other, theirs)):
                if end not in self.groups:
                    self._take(group, place)
        if joins:
            small, large = sorted((ours, theirs), key=len)
            large |= small
            self.groups |= dict.fromkeys(small, large)
        return joins

    def _group(self, thing: int, place: Place) -> Group:
        """The cluster of a thing before a place: as it was, where it has not become another."""
        if thing in self.groups:
            return self.groups[thing]
        found, edge = {thing}, [thing]
        while edge:
            each = edge.pop()
            for other, link in self._links(each).items():
                if link.joined and other not in found and self._place(each, other, link) < place:
                    found.add(other)
                    edge.append(other)
        return found

    def _place(self, one: int, other: int, link: Link) -> Place:
        first, second = sorted((self._iri(one) or "", self._iri(other) or ""))
        return (-link.odds, first, second)
