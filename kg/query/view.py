"""What reads a finished graph, wherever it is: on this disk, or at a SPARQL server.

`View` is all that the command, the explorer and the service may ask of a graph. kg.opening chooses which is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from kg.query.process import Running
from kg.query.results import Result

if TYPE_CHECKING:
    from kg.search import Hit
    from kg.store import Home, Snapshot
    from kg.store.quads import Quads


class Pending(Protocol):
    """A query under way, as kg.query.Running describes it. Leaving the `with` block stops it."""

    def __enter__(self) -> Pending: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        ...

    def poll(self, wait: float) -> bool:
        """Whether it is done, after waiting at most `wait` seconds; raises LimitError when its time is up."""
        ...

    def result(self) -> Result:
        """What it gave, once it is done."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


class Finder(Protocol):
    """Search in names, titles and sentences, as kg.search.Index does it."""

    def find(self, text: str, *, limit: int = 20, kinds: Sequence[str] = ...) -> list[Hit]:
        """What has all words of `text` in it, best first, each thing once; CallError where there is no word in it."""
        ...


class View(Protocol):
    """One finished graph, for readers."""

    @property
    def name(self) -> str:
        """Its state: another one where the graph is another."""
        ...

    @property
    def store(self) -> Quads:
        """Its quads."""
        ...

    @property
    def index(self) -> Finder:
        """The search in its texts."""
        ...

    @property
    def manifest(self) -> dict[str, Any]:
        """What it holds and was made with, as kg.store.Snapshot.manifest says."""
        ...

    @property
    def place(self) -> dict[str, Any]:
        """Where it is, by what a reader calls that; then what else is known of the place."""
        ...

    def require_checkable(self) -> None:
        """Raise CallError where what holds the graph is known to answer some queries of kg check wrongly."""
        ...

    def start(self, text: str, *, seconds: float, rows: int) -> Pending:
        """Begin a query: at most so many seconds, at most so many rows or triples."""
        ...


class SnapshotView:
    """The current snapshot of a home."""

    def __init__(self, home: Home) -> None:
        """Open it; raises StoreError where there is none."""
        self._home = home
        self._snapshot = home.current()

    @property
    def name(self) -> str:
        """The path of the snapshot, which belongs to no other graph."""
        return str(self._snapshot.path)

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot itself."""
        return self._snapshot

    @property
    def store(self) -> Quads:
        """Its quads."""
        return self._snapshot.store

    @property
    def index(self) -> Finder:
        """Its search file."""
        return self._snapshot.index

    @property
    def manifest(self) -> dict[str, Any]:
        """Its manifest."""
        return self._snapshot.manifest

    @property
    def place(self) -> dict[str, Any]:
        """The home, the snapshot's folder, the snapshots that are kept, and who is writing."""
        home = self._home
        return {"home": str(home.path), "path": self.name, "kept": home.names(), "writer": home.writer()}

    def require_checkable(self) -> None:
        """Nothing: it is our own engine that answers."""

    def start(self, text: str, *, seconds: float, rows: int) -> Pending:
        """A process of its own."""
        return Running(self._snapshot.path, text, seconds=seconds, rows=rows)


def answer(view: View, text: str, *, seconds: float, rows: int) -> Result:
    """What a query gives, at most `rows` rows or triples.

    Raises QueryError where it is malformed, refused, takes longer than `seconds` or more memory than it may have.
    """
    with view.start(text, seconds=seconds, rows=rows) as pending:
        while not pending.poll(seconds):
            pass
        return pending.result()
