"""What documents give, in their order: as the graph holds it already, from the cache, or read by whoever reads.

No more documents wait at a time than keep the readers busy, so that memory does not grow with the corpus.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from kg.cache import Entry, Reading, Shelf, key_of
from kg.errors import StoreError
from kg.model import Document
from kg.read import Rejected
from kg.shards import Task
from kg.store import DocumentRecord
from kg.workers import Done, Reader

BATCH = 8
"""Documents that a worker is given at a time."""
LEAST = 2
"""Towards the end batches grow smaller, down to this, so that no worker is left alone with a long one."""
CHARACTERS = 60_000
"""A batch that is as long as this is not made longer."""
WAITING = 32
"""So many documents for each batch under way may wait for their turn, be they read or not."""


@dataclass(frozen=True, slots=True)
class Shard:
    """What a document gave."""

    path: Path
    document: Document
    entry: Entry
    cached: bool
    """Whether it was there before this run."""


@dataclass(frozen=True, slots=True)
class Same:
    """A document that the graph holds as it would be read now."""

    document: Document
    entry: str


Outcome = Shard | Same | Rejected


@dataclass(slots=True, eq=False)
class _Slot:
    """A document in the row, or why a file is none."""

    path: Path
    known: Document | Rejected
    outcome: Outcome | None = None
    task: Task | None = None
    cached: bool = False
    entry: Entry | None = None
    """Found, and not put away because its turn comes at once."""
    future: Future[list[Done]] | None = None
    place: int = 0
    """In its batch."""


class Supply:
    """Documents in, outcomes out."""

    def __init__(
        self,
        reading: Reading,
        shelf: Shelf | None,
        reader: Callable[[], Reader],
        held: Mapping[str, DocumentRecord],
        read_with: str,
        total: int,
    ) -> None:
        """`reader` makes the reader, when the first document must be read; `held` are the documents of the graph by their
        identifiers, and `read_with` is what they would be read with now (kg.versions.reader). There are `total` files, of
        which some may hold more documents than one."""
        self._reading = reading
        self._shelf = shelf
        self._make_reader = reader
        self._reader: Reader | None = None
        self._held = held
        self._read_with = read_with
        self._left = total
        self._row: deque[_Slot] = deque()
        self._batch: list[_Slot] = []
        self._under_way: deque[Future[list[Done]]] = deque()

    def outcomes(self, files: Iterator[tuple[Path, Document | Rejected]]) -> Iterator[Outcome]:
        """What becomes of the files, in their order."""
        for path, known in files:
            slot = _Slot(path, known)
            self._left -= 1
            self._row.append(slot)
            self._look_up(slot)
            if slot.task is not None and slot.outcome is None and not slot.cached:
                self._batch.append(slot)
                if len(self._batch) >= self._most() or sum(len(_text(each)) for each in self._batch) >= CHARACTERS:
                    self._submit()
            if len(self._row) >= WAITING and self._row[0] in self._batch:
                self._submit()
            yield from self._given(wait=False)
        self._submit()
        yield from self._given(wait=True)

    def _most(self) -> int:
        """How many documents the next batch may have: a part of those left that leaves each worker some more."""
        capacity = self._reader.capacity if self._reader is not None else 1
        return BATCH if capacity < 2 or self._left <= 0 else max(LEAST, min(BATCH, self._left // (2 * capacity)))

    def _look_up(self, slot: _Slot) -> None:
        """Settle what needs no reading."""
        if isinstance(slot.known, Rejected):
            slot.outcome = slot.known
            return
        key = key_of(slot.known, self._reading)
        slot.task = Task(slot.path, slot.known, key)
        if self._shelf is None:
            return
        record = self._held.get(slot.known.identifier)
        same = record is not None and record.entry.partition(":")[0] == key
        if record is not None and same and record.read_with == self._read_with:
            slot.outcome = Same(slot.known, record.entry)
            return
        entry = self._shelf.find(key, self._reading)
        if entry is not None and record is not None and record.entry == entry.identity:
            slot.outcome = Same(slot.known, record.entry)
        slot.cached = entry is not None
        slot.entry = entry if len(self._row) <= BATCH else None

    def _submit(self) -> None:
        batch, self._batch = self._batch, []
        if not batch:
            return
        if self._reader is None:
            self._reader = self._make_reader()
        future = self._reader.submit([slot.task for slot in batch if slot.task is not None])
        self._under_way.append(future)
        for place, slot in enumerate(batch):
            slot.future, slot.place = future, place

    def _given(self, *, wait: bool) -> Iterator[Outcome]:
        """The outcomes at the head of the row that are known, or that must be awaited because enough is under way."""
        while self._row and (wait or self._is_due(self._row[0])):
            slot = self._row.popleft()
            yield slot.outcome or self._outcome(slot)

    def _is_due(self, slot: _Slot) -> bool:
        """Whether an outcome is to be given now."""
        if slot.outcome is not None or slot.cached or (slot.future is not None and slot.future.done()):
            return True
        while self._under_way and self._under_way[0].done():
            self._under_way.popleft()
        capacity = self._reader.capacity if self._reader is not None else 1
        return slot.future is not None and (len(self._under_way) >= capacity or len(self._row) >= WAITING * capacity)

    def _outcome(self, slot: _Slot) -> Outcome:
        """What becomes of a document that was read or lies on the shelf."""
        assert slot.task is not None
        assert isinstance(slot.known, Document)
        done = slot.future.result()[slot.place] if slot.future is not None else None
        if isinstance(done, Rejected):
            return replace(done, path=slot.path)
        if done is None:
            done = slot.entry or (self._shelf.get(slot.task.key) if self._shelf is not None else None)
        if done is None:
            where = self._shelf.place.address if self._shelf is not None else "nowhere"
            raise StoreError(
                f"What {slot.path} gave was kept, and is not at {where}.",
                "Name with KG_SHARDS a place that all machines reach, and leave it alone while documents are read.",
            )
        return Shard(slot.path, slot.known, done, slot.cached)

    def close(self) -> None:
        """Stop whoever reads."""
        if self._reader is not None:
            self._reader.close()


def _text(slot: _Slot) -> str:
    return slot.known.text if isinstance(slot.known, Document) else ""
