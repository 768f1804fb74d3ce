"""What is to be judged is looked for as far as a reader has come, no further, and not again for each answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.explorer.unfolding import MOST, Unfolding
from kg.judgements import Judgement, Judgements, Kind
from kg.review import Item

NONE = Judgements()


def item(number: int) -> Item:
    return Item("near", (f"{number}", f"{number}'"), ())


def items(*numbers: int) -> list[Item]:
    return [item(each) for each in numbers]


def answers(*given: tuple[Kind, int]) -> Judgements:
    """A book with these answers, one after the other."""
    return Judgements(
        tuple(
            Judgement(f"{place}", f"2026-01-01T00:00:{place:02}", "Ann", "", kind, item(number).subjects)
            for place, (kind, number) in enumerate(given)
        )
    )


class Source:
    """Gives so many items, of which the first come at once, and notes how many were taken; fails once at one of them."""

    def __init__(self, count: int, ready: int = 0, fails: int = -1) -> None:
        self.count, self.ready, self.fails = count, ready, fails
        self.taken = self.begun = 0

    def begin(self, book: Judgements) -> tuple[Iterator[Item], int]:
        self.begun += 1
        return self.items(), self.ready

    def items(self) -> Iterator[Item]:
        for number in range(self.count):
            if number == self.fails:
                self.fails = -1
                raise ValueError(number)
            self.taken += 1
            yield item(number)


def test_no_more_is_looked_for_than_is_asked_for() -> None:
    source = Source(100, ready=3)
    queue = Unfolding(source.begin)
    assert queue.upto(1, NONE) == (items(0, 1, 2), False)
    assert source.taken == 3
    assert len(queue.upto(10, NONE)[0]) == 10
    assert len(queue.upto(2, NONE)[0]) == 10
    assert source.taken == 10


def test_the_end_is_known_when_it_is_reached() -> None:
    queue = Unfolding(Source(4, ready=4).begin)
    assert queue.upto(4, NONE) == (items(0, 1, 2, 3), False)
    assert queue.upto(5, NONE) == (items(0, 1, 2, 3), True)
    assert Unfolding(Source(0).begin).upto(1, NONE) == ([], True)
    found, ended = Unfolding(Source(MOST + 50).begin).upto(MOST + 9, NONE)
    assert (len(found), ended) == (MOST, True)


def test_a_failure_is_no_end() -> None:
    queue = Unfolding(Source(4, fails=2).begin)
    with pytest.raises(ValueError, match="2"):
        queue.upto(4, NONE)
    assert queue.upto(4, NONE)[0] == items(0, 1, 2, 3)


def test_an_answer_takes_out_what_it_answers_and_nothing_is_looked_for_again() -> None:
    source = Source(9, ready=2)
    queue = Unfolding(source.begin)
    assert queue.upto(1, NONE) == (items(0, 1), False)
    assert queue.upto(1, answers((Kind.SAME, 0))) == (items(1), False)
    assert source.taken == 2, "what comes at once is not made up for by what takes long"
    assert queue.upto(3, answers((Kind.SAME, 0))) == (items(1, 2, 3), False)
    assert queue.upto(3, answers((Kind.SAME, 0), (Kind.DIFFERENT, 2))) == (items(1, 3, 4), False)
    assert queue.upto(9, answers((Kind.SAME, 0), (Kind.DIFFERENT, 2))) == (items(1, 3, 4, 5, 6, 7, 8), True)
    assert (source.begun, source.taken) == (1, 9)


def test_what_is_taken_back_is_asked_again() -> None:
    source = Source(3)
    queue = Unfolding(source.begin)
    before, after = answers((Kind.SAME, 0)), answers((Kind.SAME, 0), (Kind.SAME, 1))
    assert queue.upto(3, before) == (items(1, 2), True)
    assert queue.upto(3, after) == (items(2), True)
    assert queue.upto(3, before) == (items(1, 2), True)
    assert source.begun == 1
    assert queue.upto(3, NONE) == (items(0, 1, 2), False)
    assert source.begun == 2, "of what was answered before the search began nothing was kept"


def test_what_nobody_could_tell_comes_last() -> None:
    queue = Unfolding(Source(4).begin)
    assert queue.upto(2, NONE) == (items(0, 1), False)
    assert queue.upto(2, answers((Kind.UNSURE, 0))) == (items(1, 2), False)
    assert queue.upto(9, answers((Kind.UNSURE, 0))) == (items(1, 2, 3, 0), True)
