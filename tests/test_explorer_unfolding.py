"""What is to be judged is looked for as far as a reader has come, and no further."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.explorer.unfolding import MOST, Unfolding
from kg.review import Item


def item(number: int) -> Item:
    return Item("doubt", (str(number),), ())


class Source:
    """Gives so many items, and notes how many were taken; fails once at one of them."""

    def __init__(self, count: int, fails: int = -1) -> None:
        self.count, self.fails, self.taken = count, fails, 0

    def items(self) -> Iterator[Item]:
        for number in range(self.count):
            if number == self.fails:
                self.fails = -1
                raise ValueError(number)
            self.taken += 1
            yield item(number)


def test_no_more_is_looked_for_than_is_asked_for() -> None:
    source = Source(100)
    queue = Unfolding(source.items, ready=3)
    assert queue.upto(1) == ([item(each) for each in range(3)], False)
    assert source.taken == 3
    assert len(queue.upto(10)[0]) == 10
    assert len(queue.upto(2)[0]) == 10
    assert source.taken == 10


def test_the_end_is_known_when_it_is_reached() -> None:
    queue = Unfolding(Source(4).items, ready=4)
    assert queue.upto(4) == ([item(each) for each in range(4)], False)
    assert queue.upto(5) == ([item(each) for each in range(4)], True)
    assert Unfolding(Source(0).items, ready=0).upto(1) == ([], True)
    found, ended = Unfolding(Source(MOST + 50).items, ready=0).upto(MOST + 9)
    assert (len(found), ended) == (MOST, True)


def test_a_failure_is_no_end() -> None:
    queue = Unfolding(Source(4, fails=2).items, ready=0)
    with pytest.raises(ValueError, match="2"):
        queue.upto(4)
    assert queue.upto(4)[0] == [item(each) for each in range(4)]
