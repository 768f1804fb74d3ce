"""A home: the folder with a graph's snapshots, the pointer to the current one, and the writer's lock."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.errors import CallError, StoreError
from kg.settings import settings
from kg.store.disk import as_store_error, point, remove_folder, store_errors, sync_tree
from kg.store.draft import DRAFT, Draft
from kg.store.lock import holder, writer_lock
from kg.store.own import take_over
from kg.store.snapshot import DAMAGED, Snapshot

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
            names = self.names()
            remedy = f"Point back to {names[-1]} with kg rollback, or build again: kg build." if names else DAMAGED
            raise StoreError(f"The current snapshot {path} is gone.", remedy)
        return Snapshot(path)

    def pointed(self) -> str | None:
        """The name that the pointer gives, whether or not the snapshot is there; None without a pointer."""
        return (self.path / CURRENT).readlink().name if self.has_graph() else None

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
    def write(self, *, fresh: bool = False, own: bool = True) -> Iterator[Draft]:
        """Write the next snapshot: a draft of the current one; empty where `fresh` is set or there is none.

        Graphs that a team keeps by itself are taken over also where it is `fresh`, unless `own` is False.
        Published by one rename when the block ends; dropped, and the current one left as it is, when the block
        raises or the draft is discarded. Raises LockedError where another process writes, StoreError where the disk is full or cannot be
        written.
        """
        with store_errors(self.path, "written"):
            self._snapshots.mkdir(parents=True, exist_ok=True)
        with writer_lock(self.path):
            self._remove_orphans()
            base = None if fresh or not self.has_graph() else self.current()
            draft = Draft(self._snapshots, base, self.pointed())
            try:
                draft.open()
                if fresh and own:
                    take_over(draft, self._latest())
                yield draft
                if not draft.discarded:
                    self._publish(draft, self._next_name())
            except sqlite3.Error as error:  # of the files beside the quads
                raise as_store_error(error, self._snapshots, "written") from error
            finally:
                draft.remove()

    def _latest(self) -> list[Snapshot]:
        """The snapshots there are, the current one first, then from the newest to the oldest."""
        names = dict.fromkeys([self.pointed(), *self.names()[::-1]])
        return [Snapshot(self._snapshots / name) for name in names if name and (self._snapshots / name).is_dir()]

    def _publish(self, draft: Draft, name: str) -> None:
        """Make the draft the current snapshot and remove the oldest ones."""
        ready = draft.finish(name)
        with store_errors(self.path, "written"):
            sync_tree(ready)
            ready.rename(self._snapshots / name)
            point(self.path / CURRENT, f"{SNAPSHOTS}/{name}")
        draft.published = Snapshot(self._snapshots / name)
        self._prune(name, settings().keep_snapshots)

    def snapshot(self, name: str) -> Snapshot:
        """The finished snapshot of this name; raises CallError where it is not kept."""
        if name in self.names():
            return Snapshot(self._snapshots / name)
        remedy = f"Kept are {', '.join(self.names())}." if self.names() else "Make one with kg build."
        raise CallError(f"The home {self.path} keeps no snapshot {name}.", remedy)

    def rollback(self, name: str | None = None) -> Snapshot:
        """Point back to the snapshot that counted before the current one, or to the one named; gives it.

        Nothing is removed, so that a rollback can be undone by another. Raises CallError where there is none
        such, StoreError where it cannot be opened, LockedError where another process writes.
        """
        with self._locked():
            target = self.snapshot(name or self._previous())
            target.store  # noqa: B018  a damaged one is refused here
            target.manifest  # noqa: B018
            with store_errors(self.path, "written"):
                point(self.path / CURRENT, f"{SNAPSHOTS}/{target.name}")
        return target

    def _previous(self) -> str:
        """The name of the snapshot that counted before the current one."""
        current = self.current()
        previous: str | None = current.manifest.get("previous")
        if previous in self.names():
            return previous
        others = ", ".join(name for name in self.names() if name != current.name)
        raise CallError(
            f"The snapshot before {current.name} is not kept.",
            f"Name one of {others}." if others else "There is no other; build the graph again: kg build.",
        )

    def collect(self, keep: int | None = None) -> tuple[list[str], int]:
        """Remove what killed writers left, and all but the newest snapshots and the current one.

        Keeps `keep` snapshots, KG_KEEP_SNAPSHOTS where not given. Gives the names of the snapshots removed
        and the bytes that became free. Raises LockedError where another process writes.
        """
        with self._locked():
            current = self.current().name
            before = _used(self.path)
            self._remove_orphans()
            removed = self._prune(current, settings().keep_snapshots if keep is None else keep)
            return removed, before - _used(self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """The writer's lock on a home that holds a graph, be it one that lost its current snapshot."""
        if not self.names():
            self.current()  # says what is wrong
        with writer_lock(self.path):
            yield

    def _next_name(self) -> str:
        """A name that sorts after all others, also where the clock was set back."""
        stamp, number = f"{datetime.now(UTC):%Y%m%dT%H%M%S}", 0
        for newest in self.names()[-1:]:
            last, count = newest.split("-")
            if last >= stamp:
                stamp, number = last, int(count, 16) + 1
        return f"{stamp}-{number:04x}"

    def _remove_orphans(self) -> None:
        """Remove what killed writers left; the lock makes sure that none is alive."""
        for orphan in (*self._snapshots.glob("*" + DRAFT), *self.path.glob(f".{CURRENT}.*")):
            _remove(orphan)

    def _prune(self, current: str, keep: int) -> list[str]:
        """Remove all but the current and the newest others, `keep` in all, and as many that are not minor; gives
        the names of those removed.

        Each is renamed first: a kill in between must not leave half of one that looks finished.
        """
        others = [name for name in self.names() if name != current]
        oldest = others[: max(0, len(others) + 1 - keep)]
        if oldest:
            builds = [name for name in others if not self._is_minor(name)]
            spared = builds[max(0, len(builds) - keep + (not self._is_minor(current))) :]
            oldest = [name for name in oldest if name not in spared]
        for name in oldest:
            with suppress(OSError):
                _remove((self._snapshots / name).rename(self._snapshots / f"{name}{DRAFT}"))
        return oldest

    def _is_minor(self, name: str) -> bool:
        """Whether only own graphs changed in a snapshot, as far as it can be read."""
        with suppress(StoreError):
            return bool(Snapshot(self._snapshots / name).manifest.get("minor"))
        return False


def _remove(path: Path) -> None:
    """Remove a folder or a link, as far as the system lets us: the next writer tries again."""
    if path.is_symlink():
        path.unlink(missing_ok=True)
    else:
        remove_folder(path)


def _used(folder: Path) -> int:
    """The bytes of all files below a folder, those with several names counted once."""
    found = {
        (status.st_dev, status.st_ino): status.st_blocks * 512
        for parent, _, names in os.walk(folder)
        for name in names
        if (status := os.lstat(os.path.join(parent, name)))
    }
    return sum(found.values())
