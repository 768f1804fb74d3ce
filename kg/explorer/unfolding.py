"""The things to judge of a graph, looked for no further than a reader has come: what takes long to find is found when he gets there.

What was found stays found while he answers: of a large graph, the search takes seconds, and an answer takes out of it what it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock

from kg.explorer.graph import Graph
from kg.judgements import Judgements, judgements_file
from kg.review import AT_ONCE, REASONS, Item, Queue, answered_by
from kg.settings import settings

MOST = 200
"""Things that the queue of the page holds."""


class Unfolding:
    """The items that an iterator gives, kept as far as somebody asked for them; for all sessions, which ask one after the other."""

    def __init__(self, begin: Callable[[Judgements], tuple[Iterator[Item], int]]) -> None:
        """`begin` gives for a book of judgements the iterator, and how many of its items come at once."""
        self._begin = begin
        self._begun: tuple[Iterator[Item], int, frozenset[str]] | None = None
        self._kept: list[Item] = []
        self._ended = False
        self._lock = Lock()

    def upto(self, number: int, book: Judgements) -> tuple[list[Item], bool]:
        """The items that the book leaves open up to this one, those that come at once in any case; and whether these are all.

        Pairs of which a reviewer could not tell come after all others. The search begins again where a judgement that it was told
        of holds no longer.
        """
        with self._lock:
            standing = frozenset(each.id for each in book.standing)
            if self._begun is None or not self._begun[2] <= standing:
                self._begun, self._kept, self._ended = None, [], False
                self._begun = (*self._begin(book), standing)
            rest, ready, _ = self._begun
            self._upto(rest, lambda: len(self._kept) >= min(MOST, ready))
            self._upto(rest, lambda: len(self._open(book)) >= min(MOST, number))
            found = self._open(book)
            return found[:MOST], self._ended or len(found) >= MOST

    def _upto(self, rest: Iterator[Item], enough: Callable[[], bool]) -> None:
        while not enough() and not self._ended:
            try:
                self._kept.append(next(rest))
            except StopIteration:
                self._ended = True
            except BaseException:  # an iterator that failed gives no more: the next who asks begins anew
                self._begun = None
                raise

    def _open(self, book: Judgements) -> list[Item]:
        """What was found and is still to be judged."""
        answered = answered_by(book)
        left = [each for each in self._kept if not answered(each)]
        unsure = [each for each in left if frozenset(each.subjects) in book.unsure]
        sure = [each for each in left if each not in unsure] if unsure else left
        return [*sure, *unsure] if self._ended else sure


def to_judge(graph: Graph, book: Judgements, only: str, speech: str, number: int) -> tuple[list[Item], bool]:
    """What is to be judged for this reason, or where it is empty for any, as `Unfolding.upto` gives it; reasons in this language."""
    queue: Unfolding = graph.found(_unfolding, only, speech, str(judgements_file()))
    return queue.upto(number, book)


def _unfolding(graph: Graph, only: str, speech: str, _file: str) -> Unfolding:
    reasons = [only] if only else list(REASONS)

    def begin(book: Judgements) -> tuple[Iterator[Item], int]:
        queue = Queue(graph.store, settings().ontology, book, speech)
        if set(reasons) <= set(AT_ONCE):
            return queue.each(reasons), MOST
        ready = queue.items(MOST, [each for each in reasons if each in AT_ONCE])
        return queue.each(reasons), sum(frozenset(each.subjects) not in book.unsure for each in ready)

    return Unfolding(begin)
