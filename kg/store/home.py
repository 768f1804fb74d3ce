"""A home: the folder with a graph's snapshots, the pointer to the current one, and the writer's lock."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.settings import settings
from kg.store.disk import as_store_error, point, store_errors, sync_tree
from kg.store.draft import DRAFT, Draft
from kg.store.lock import holder, writer_lock
from kg.store.snapshot import Snapshot

SNAPSHOTS = "snapshots"
CURRENT = "current"
NAME = re.compile(r"(\d{8}T\d{6})-([0-9a-f]{4})")


class Home:
    """A folder with a graph in it, or without one yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def _snapshots(self) -> Path:
        return self.path / SNAPSHOTS

    def current(self) -> Snapshot:
        """The snapshot that counts now; raises StoreError where there is none.

        Whoever holds it goes on reading it, whatever is published meanwhile.
        """
        try:
            path = self._snapshots / (self.path / CURRENT).readlink().name
        except OSError as error:
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                raise as_store_error(error, self.path, "read") from error
            raise StoreError(
                f"The folder {self.path} holds no graph.",
                "Make one with kg build, or name another home with --home.",
            ) from error
        if not path.is_dir():
            raise StoreError(f"The current snapshot {path} is gone.", "Build the graph again: kg build.")
        return Snapshot(path)

    def has_graph(self) -> bool:
        """Whether there is a current snapshot, readable or not."""
        return (self.path / CURRENT).is_symlink()

    def names(self) -> list[str]:
        """The names of all finished snapshots, oldest first."""
        if not self._snapshots.is_dir():
            return []
        return sorted(each.name for each in self._snapshots.iterdir() if NAME.fullmatch(each.name))

    def writer(self) -> dict[str, Any] | None:
        """Who is writing now (pid, host, since), as far as is known."""
        return holder(self.path)

    @contextmanager
    def write(self, *, fresh: bool = False) -> Iterator[Draft]:
        """Write the next snapshot: a draft of the current one; empty where `fresh` is set or there is none.

        Published by one rename when the block ends; dropped, and the current one left as it is, when the
        block raises or the draft is discarded. Raises LockedError where another process writes, StoreError
        where the disk is full or cannot be written.
        """
        with store_errors(self.path, "written"):
            self._snapshots.mkdir(parents=True, exist_ok=True)
        with writer_lock(self.path):
            self._remove_orphans()
            base = None if fresh or not self.has_graph() else self.current()
            draft = Draft(self._snapshots, base)
            try:
                draft.open()
                yield draft
                if not draft.discarded:
                    self._publish(draft, self._next_name())
            finally:
                draft.remove()

    def _publish(self, draft: Draft, name: str) -> None:
        """Make the draft the current snapshot and remove the oldest ones."""
        ready = draft.finish(name)
        with store_errors(self.path, "written"):
            sync_tree(ready)
            ready.rename(self._snapshots / name)
            point(self.path / CURRENT, f"{SNAPSHOTS}/{name}")
        draft.published = Snapshot(self._snapshots / name)
        self._prune(name)

    def _next_name(self) -> str:
        """A name that sorts after all others, also where the clock was set back."""
        stamp, number = f"{datetime.now(UTC):%Y%m%dT%H%M%S}", 0
        for newest in self.names()[-1:]:
            last, count = newest.split("-")
            if last >= stamp:
                stamp, number = last, int(count, 16) + 1
        return f"{stamp}-{number:04x}"

    def _remove_orphans(self) -> None:
        """Remove the drafts that killed writers left; the lock makes sure that none is alive."""
        for orphan in self._snapshots.glob("*" + DRAFT):
            shutil.rmtree(orphan, ignore_errors=True)

    def _prune(self, current: str) -> None:
        """Remove all but the newest snapshots, of which the current one is one."""
        others = [name for name in self.names() if name != current]
        for name in others[: max(0, len(others) + 1 - settings().keep_snapshots)]:
            shutil.rmtree(self._snapshots / name, ignore_errors=True)
