"""What a process needs to read documents, and the reader that is this process itself."""

from __future__ import annotations

import importlib
import struct
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg import reference, versions
from kg.cache import Entry, Reading, Shelf, place_at
from kg.errors import CallError
from kg.gate import Judge
from kg.model import Reference
from kg.read import Rejected
from kg.shards import Extracts, MakeExtractor, Shards, Task, outlets_of, version_of

NUMBER = struct.Struct(">Q")
"""How numbers go over a socket."""
Done = Entry | Rejected | None
"""What became of a task: an entry that is kept nowhere, why it was set aside, or None where its entry lies on the shelf."""


class Reader(Protocol):
    """Whoever reads documents."""

    @property
    def capacity(self) -> int:
        """So many batches keep it busy."""

    @property
    def megabytes(self) -> int:
        """The most memory that a worker process of this machine held; 0 where there is none."""

    def prepare(self) -> None:
        """Wait until it can read; raises where our own data is wrong."""

    def submit(self, tasks: Sequence[Task]) -> Future[list[Done]]:
        """Have a batch read; one result for each task, in their order."""

    def close(self) -> None:
        """Stop, whatever is under way."""


@dataclass(frozen=True)
class Setup:
    """What another process must be told to read as this one would."""

    extractor: str
    """Module and name of what makes the extractor."""
    seeds: Path
    ontology: Path
    home: Path
    shards: str
    """Where the entries go, as kg.cache.place_at takes it."""
    reading: str
    """What documents must be read with, as one hash."""

    @classmethod
    def of(
        cls, extractor: MakeExtractor, seeds: Path, ontology: Path, home: Path, shards: str, reading: Reading
    ) -> Setup:
        """The setup for an extractor of this make, which must be importable by its name."""
        name = f"{extractor.__module__}:{getattr(extractor, '__qualname__', '')}"
        return cls(name, seeds.absolute(), ontology.absolute(), home.absolute(), shards, reading.whole)


class Desk:
    """An extractor with all that stands around it."""

    def __init__(
        self, extractor: Extracts, known: Reference, reading: Reading, shelf: Shelf | None, ontology: Path
    ) -> None:
        """`ontology` has the shapes that documents are held against. Where there is no shelf the entries are given back instead of kept."""
        self._extractor = extractor
        self._shards = Shards(outlets_of(known), reading, Judge(ontology, known))
        self._shelf = shelf

    @classmethod
    def from_setup(cls, setup: Setup) -> Desk:
        """The desk of another process (5–6 s, for the model).

        Raises CallError where reference data, lexicon, model or program are others here than where the run was started.
        """
        module, _, name = setup.extractor.partition(":")
        make: MakeExtractor = getattr(importlib.import_module(module), name)
        known = reference.load(setup.seeds / "reference")
        lexicon = setup.ontology / versions.LEXICON
        here = versions.of_reading(known, version_of(make) or "", lexicon)
        if here.whole != setup.reading:
            raise CallError(
                f"A worker reads with another program or other data ({setup.seeds}, {setup.ontology}) than this process.",
                "Install the same version on all machines, with the same KG_SEEDS and KG_ONTOLOGY.",
            )
        return cls(make(known, lexicon), known, here, Shelf(place_at(setup.home, setup.shards)), setup.ontology)

    def read(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """What becomes of the tasks, one by one."""
        for done in self._shards.read(self._extractor, tasks):
            if self._shelf is not None and isinstance(done, Entry):
                self._shelf.keep(done)
                yield None
            else:
                yield done


class Here:
    """The reader that is this process: for few documents, and for extractors that cannot be made elsewhere."""

    @property
    def capacity(self) -> int:
        """One: it reads as it is asked."""
        return 1

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def megabytes(self) -> int:
        """There are no workers."""
        return 0

    def prepare(self) -> None:
        """Nothing is left to do."""

    def submit(self, tasks: Sequence[Task]) -> Future[list[Done]]:
        """Read a batch, now."""
        done: Future[list[Done]] = Future()
        done.set_result(list(self._desk.read(tasks)))
        return done

    def close(self) -> None:
        """Nothing is under way."""
