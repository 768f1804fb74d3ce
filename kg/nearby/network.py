"""Things that stand in blocks, and which of those that are near one another are likely one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from kg.nearby.file import number
from kg.nearby.windows import Pair, Place, Places, Sort, Spot, Windows

Likely = Callable[[int, int], float | None]
"""How likely two things are one, by their numbers; None where that is less likely than not."""


class Link(NamedTuple):
    """That two things are likely one."""

    odds: float
    """How likely."""
    joined: bool = False
    """Whether it made two clusters one when it was decided last which things are one."""


Bound = Callable[[int], Iterable[int]]
"""With which things it was judged that one is one."""


class Network:
    """The things with their places, and links between those that are likely one, as tables."""

    def __init__(self, database: sqlite3.Connection, name: str, reach: int) -> None:
        """`name` begins those of the tables, `reach` is as for Windows."""
        self._database, self._things, self._links = database, f"{name}_thing", f"{name}_link"
        self.windows = Windows(database, name, reach)
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {self._things} (thing INTEGER PRIMARY KEY, iri TEXT, places TEXT)"
        )
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {self._links} (one INTEGER, other INTEGER, odds REAL, joined INTEGER,"
            " PRIMARY KEY (one, other)) WITHOUT ROWID"
        )

    def clear(self) -> None:
        """Let there be nothing."""
        for table in (self._things, self._links):
            self._database.execute(f"DELETE FROM {table}")
        self.windows.clear()

    def fill(self, things: Iterable[tuple[int, str, Places]], links: Mapping[Pair, Link]) -> None:
        """Take in things that were not there, and all links among them."""
        rows, spots = [], list[Spot]()
        for thing, iri, places in things:
            rows.append(_row(thing, iri, places))
            spots += [(block, sort, thing) for block, sort in places]
        self._put(rows)
        self.windows.put(sorted(spots, key=lambda spot: spot[0]))
        both = ((ends, link) for (one, other), link in links.items() for ends in ((one, other), (other, one)))
        self._link((*ends, *link) for ends, link in sorted(both))

    def places(self, thing: int) -> list[Place] | None:
        """Where a thing stands; None where there is none of this number."""
        row = self._database.execute(f"SELECT places FROM {self._things} WHERE thing = ?", (thing,)).fetchone()
        return None if row is None else [(block, sort) for sort, blocks in json.loads(row[0]) for block in blocks]

    def size(self) -> int:
        """How many things there are."""
        return int(self._database.execute(f"SELECT count(*) FROM {self._things}").fetchone()[0])

    def iris(self) -> list[str]:
        """The IRIs of all things."""
        return [iri for (iri,) in self._database.execute(f"SELECT iri FROM {self._things}")]

    def iri(self, thing: int) -> str | None:
        """The IRI of a thing; None where there is none of this number."""
        row = self._database.execute(f"SELECT iri FROM {self._things} WHERE thing = ?", (thing,)).fetchone()
        return None if row is None else str(row[0])

    def links(self, thing: int) -> dict[int, float]:
        """The things that one is likely one with, and how likely."""
        return dict(self._database.execute(f"SELECT other, odds FROM {self._links} WHERE one = ?", (thing,)))

    def links_with_joins(self, thing: int) -> dict[int, Link]:
        """The same, and which of these links joined clusters."""
        query = f"SELECT other, odds, joined FROM {self._links} WHERE one = ?"
        return {other: Link(odds, bool(joined)) for other, odds, joined in self._database.execute(query, (thing,))}

    def mark(self, joined: Mapping[Pair, bool]) -> None:
        """Keep of links whether they joined two clusters."""
        rows = [(value, *ends) for (one, other), value in joined.items() for ends in ((one, other), (other, one))]
        self._database.executemany(f"UPDATE {self._links} SET joined = ? WHERE one = ? AND other = ?", rows)

    def revise(
        self, before: Iterable[int], after: Mapping[int, tuple[str, Places]], likely: Likely, bound: Bound
    ) -> set[int]:
        """As `change`; gives also all that these things are linked to or bound to by judgements, directly or through others."""
        return self.around(self.change(before, after, likely, bound), bound)

    def change(
        self, before: Iterable[int], after: Mapping[int, tuple[str, Places]], likely: Likely, bound: Bound
    ) -> set[int]:
        """Take the things of `before` out and those of `after` in, with their IRIs and places; a thing may be in both.

        Gives the things of `after`, those that lost or won a link, and those that are bound to one that went or came; of them and of all
        that their clusters hold it must be decided anew which are one.
        """
        gone = {thing: there for thing in before if (there := self.places(thing)) is not None}
        changed = gone.keys() | after.keys()
        touched = {*after, *(each for thing in changed for each in (*self._forget(thing), *bound(thing)))}
        self._put(_row(thing, iri, places) for thing, (iri, places) in after.items())
        lost, won = self.windows.move(
            [(*place, thing) for thing, places in gone.items() for place in places],
            [(*place, thing) for thing, (_, places) in after.items() for place in places],
        )
        near = {
            (min(thing, each), max(thing, each))
            for thing, (_, places) in after.items()
            for each in self.windows.near(thing, places)
        }
        touched |= self._cut({pair for pair in lost if changed.isdisjoint(pair)})
        touched |= self._join(near | {pair for pair in won if changed.isdisjoint(pair)}, likely)
        return {each for each in touched if self.iri(each) is not None}

    def around(self, things: Iterable[int], bound: Bound) -> set[int]:
        """Those of these things that are there, and all that they are linked or bound to, directly or through others."""
        found = {each for each in things if self.iri(each) is not None}
        edge = list(found)
        while edge:
            thing = edge.pop()
            there = {*self.links(thing), *(each for each in bound(thing) if self.iri(each) is not None)}
            new = there - found
            found |= new
            edge += new
        return found

    def links_among(self, iris: Iterable[str]) -> dict[tuple[str, str], float]:
        """The links of these things, which are all there with all that they are linked to; each pair in the order of its IRIs."""
        named = {number(iri): iri for iri in iris}
        found: dict[tuple[str, str], float] = {}
        for thing, iri in named.items():
            for other, odds in self.links(thing).items():
                one, two = sorted((iri, named[other]))
                found[one, two] = odds
        return found

    def _put(self, rows: Iterable[tuple[int, str, str]]) -> None:
        self._database.executemany(f"INSERT INTO {self._things} VALUES (?, ?, ?)", rows)

    def _link(self, rows: Iterable[tuple[int, int, float, bool]]) -> None:
        self._database.executemany(f"INSERT INTO {self._links} VALUES (?, ?, ?, ?)", rows)

    def _unlink(self, one: int, other: int) -> None:
        pairs = ((one, other), (other, one))
        self._database.executemany(f"DELETE FROM {self._links} WHERE one = ? AND other = ?", pairs)

    def _forget(self, thing: int) -> list[int]:
        """Remove a thing with its links, but for its places; gives the others of these."""
        others = list(self.links(thing))
        for other in others:
            self._unlink(thing, other)
        self._database.execute(f"DELETE FROM {self._things} WHERE thing = ?", (thing,))
        return others

    def _cut(self, pairs: Iterable[Pair]) -> set[int]:
        """Remove the links of pairs that are near in no block any more; gives their ends."""
        found: set[int] = set()
        for one, other in pairs:
            if other in self.links(one) and not self._are_near(one, other):
                self._unlink(one, other)
                found |= {one, other}
        return found

    def _are_near(self, one: int, other: int) -> bool:
        return self.windows.are_near(one, self.places(one) or (), other, self.places(other) or ())

    def _join(self, pairs: Iterable[Pair], likely: Likely) -> set[int]:
        """Link the pairs that are likely one and were not linked; gives their ends."""
        found: set[int] = set()
        for one, other in sorted(pairs):
            odds = likely(one, other)
            if odds is not None and other not in self.links(one):
                self._link([(one, other, odds, False), (other, one, odds, False)])
                found |= {one, other}
        return found


def numbered(pair: Iterable[str]) -> Pair:
    """A pair of things by their numbers."""
    one, other = sorted(map(number, pair))
    return one, other


def bound_by(pairs: Iterable[Iterable[str]]) -> Bound:
    """What binds the things of these pairs, by their IRIs."""
    found: dict[int, set[int]] = {}
    for pair in pairs:
        ends = {*map(number, pair)}
        for each in ends:
            found.setdefault(each, set()).update(ends - {each})
    return lambda thing: found.get(thing, ())


def _row(thing: int, iri: str, places: Places) -> tuple[int, str, str]:
    """A thing with its places, those of equal sort together."""
    sorts: dict[Sort, list[int]] = {}
    for block, sort in sorted(places, key=str):
        sorts.setdefault(sort, []).append(block)
    return thing, iri, json.dumps([*sorts.items()], separators=(",", ":"))
