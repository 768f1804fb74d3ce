"""The things to judge of a graph, looked for no further than a reader has come: what takes long to find is found when he gets there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock

from kg.explorer.graph import Graph
from kg.judgements import Judgements, judgements_file
from kg.review import AT_ONCE, REASONS, Item, Queue
from kg.settings import settings

MOST = 200
"""Things that the queue of the page holds."""


class Unfolding:
    """The items that an iterator gives, kept as far as somebody asked for them; for all sessions, which ask one after the other."""

    def __init__(self, begin: Callable[[], Iterator[Item]], ready: int) -> None:
        """`begin` gives the iterator, of whose items the first `ready` come at once."""
        self._begin, self._ready = begin, ready
        self._rest = begin()
        self._kept: list[Item] = []
        self._ended = False
        self._lock = Lock()

    def upto(self, number: int) -> tuple[list[Item], bool]:
        """The items up to this one, those that come at once in any case, and whether these are all that there are."""
        with self._lock:
            wanted = min(MOST, max(number, self._ready))
            while len(self._kept) < wanted and not self._ended:
                self._next()
            return self._kept[:], self._ended or len(self._kept) >= MOST

    def _next(self) -> None:
        try:
            self._kept.append(next(self._rest))
        except StopIteration:
            self._ended = True
        except BaseException:  # an iterator that failed gives no more: the next who asks begins anew
            self._rest = self._begin()
            self._kept.clear()
            raise


def to_judge(graph: Graph, book: Judgements, only: str, speech: str, number: int) -> tuple[list[Item], bool]:
    """What is to be judged for this reason, or where it is empty for any, as `Unfolding.upto` gives it; reasons in this language."""
    queue: Unfolding = graph.found(_unfolding, book.digest, only, speech)
    return queue.upto(number)


def _unfolding(graph: Graph, digest: str, only: str, speech: str) -> Unfolding:
    book = Judgements.load(judgements_file())
    queue = Queue(graph.store, settings().ontology, book, speech)
    reasons = [only] if only else list(REASONS)
    if set(reasons) <= set(AT_ONCE):
        return Unfolding(lambda: queue.each(reasons), MOST)
    ready = queue.items(MOST, [each for each in reasons if each in AT_ONCE])
    return Unfolding(lambda: queue.each(reasons), sum(frozenset(each.subjects) not in book.unsure for each in ready))
