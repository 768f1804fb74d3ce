"""Things in sorted blocks, each near those of its block that are at most so many places away (sorted neighbourhood)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

Sort = int | str
Place = tuple[int, Sort]
"""A block, by its key, and by what a thing is sorted in it; things of equal place are sorted by their numbers."""
Places = Collection[Place]
Spot = tuple[int, Sort, int]
"""A place with the number of the thing that stands there."""
Pair = tuple[int, int]
"""Two things by their numbers, the lesser first."""


class Windows:
    """The blocks, as a table."""

    def __init__(self, database: sqlite3.Connection, name: str, reach: int) -> None:
        """`name` is that of the table, `reach` how many places away two things are near at most."""
        self._database, self._name, self._reach = database, f"{name}_place", reach
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {self._name} (block INTEGER, sort, thing INTEGER,"
            " PRIMARY KEY (block, sort, thing)) WITHOUT ROWID"
        )

    def clear(self) -> None:
        """Let nothing stand anywhere."""
        self._database.execute(f"DELETE FROM {self._name}")

    def put(self, spots: Iterable[Spot]) -> None:
        """Let things stand there as well."""
        self._database.executemany(f"INSERT OR IGNORE INTO {self._name} VALUES (?, ?, ?)", spots)

    def within(self, block: int) -> list[int]:
        """All things of a block."""
        rows = self._database.execute(f"SELECT DISTINCT thing FROM {self._name} WHERE block = ?", (block,))
        return [thing for (thing,) in rows]

    def move(self, before: Iterable[Spot], after: Iterable[Spot]) -> tuple[set[Pair], set[Pair]]:
        """Take the spots of `before` away and put those of `after` in.

        Gives the pairs of things that it may have brought out of each other's reach in some block, and into it.
        """
        old, new = set(before), set(after)
        moved = Counter(block for block, _, _ in old ^ new)
        were = {pair for spot in old ^ new for pair in self._across(spot, moved[spot[0]])}
        self._database.executemany(
            f"DELETE FROM {self._name} WHERE block = ? AND sort = ? AND thing = ?", sorted(old - new, key=str)
        )
        self.put(sorted(new - old, key=str))
        are = {pair for spot in old ^ new for pair in self._across(spot, moved[spot[0]])}
        return were - are, are - were

    def _across(self, spot: Spot, moved: int) -> Iterator[Pair]:
        """The pairs with one thing before the spot and one behind it that so many moved things may bring out of reach or into it."""
        before, behind = self._before(spot), self._behind(spot)
        here = bool(behind) and behind[0] == spot[1:]
        most = self._reach + (not here)
        for left, one in enumerate(before, start=1):
            for _, other in behind[here:][max(0, most - moved - left) : most - left]:
                if one != other:
                    yield (one, other) if one < other else (other, one)

    def _before(self, spot: Spot) -> list[int]:
        """The things before a spot, the nearest first."""
        rows = self._database.execute(
            f"SELECT thing FROM {self._name} WHERE block = ? AND (sort, thing) < (?, ?)"
            f" ORDER BY sort DESC, thing DESC LIMIT {self._reach}",
            spot,
        )
        return [thing for (thing,) in rows]

    def _behind(self, spot: Spot) -> list[tuple[Sort, int]]:
        """The thing on a spot, where it is there, and those behind it, the nearest first; each by what it is sorted there."""
        return self._database.execute(
            f"SELECT sort, thing FROM {self._name} WHERE block = ? AND (sort, thing) >= (?, ?)"
            f" ORDER BY sort, thing LIMIT {self._reach + 1}",
            spot,
        ).fetchall()

    def near(self, thing: int, places: Places) -> set[int]:
        """The things near one that stands in these places."""
        found: set[int] = set()
        for block, sort in places:
            found.update(self._before((block, sort, thing)))
            found.update(each for _, each in self._behind((block, sort, thing)))
        return found - {thing}

    def are_near(self, one: int, ours: Places, other: int, theirs: Places) -> bool:
        """Whether two things that stand in these places are near in any block."""
        there: dict[int, list[Sort]] = {}
        for block, sort in theirs:
            there.setdefault(block, []).append(sort)
        return any(
            self._between(block, (sort, one), (each, other)) < self._reach
            for block, sort in ours
            for each in there.get(block, ())
        )

    def _between(self, block: int, one: tuple[Sort, int], other: tuple[Sort, int]) -> int:
        """How many things stand between two in a block, or the reach where it is as many or more."""
        row = self._database.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {self._name} WHERE block = ?"
            f" AND (sort, thing) > (?, ?) AND (sort, thing) < (?, ?) LIMIT {self._reach})",
            (block, *min(one, other), *max(one, other)),
        ).fetchone()
        return int(row[0])
