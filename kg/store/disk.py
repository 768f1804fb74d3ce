"""What every writer to disk needs: errors with place and remedy, and writes that are whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import StoreError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL_WORDS = (*(os.strerror(code) for code in FULL), "database or disk is full")
"""RocksDB and SQLite report a full disk by their words alone."""
DAMAGE = "Corruption"
"""How RocksDB begins to speak of damaged files; Oxigraph makes a RuntimeError of it."""
DAMAGE_WORDS = (DAMAGE, "malformed", "not a database")
"""How RocksDB and SQLite speak of damaged files."""
PATIENCE = 1.0
"""Seconds for which a folder that is being removed may still be written to: RocksDB ends a file in the background while it closes."""


@contextmanager
def store_errors(place: Path, doing: str) -> Iterator[None]:
    """Turn errors of the system and of Oxigraph into StoreError: `doing` ("written") is what failed."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and DAMAGE not in str(error):
            raise
        raise as_store_error(error, place, doing) from error


def as_store_error(error: OSError | RuntimeError | sqlite3.Error, place: Path, doing: str) -> StoreError:
    """The StoreError for an error of the operating system, of Oxigraph or of SQLite at this place."""
    words = " ".join(str(getattr(error, "strerror", None) or error).split())
    if any(damage in words for damage in DAMAGE_WORDS):
        return StoreError(f"{place} is damaged: {words}.", "Build the graph again: kg build.")
    if getattr(error, "errno", None) in FULL or any(word in words for word in FULL_WORDS):
        return StoreError(
            f"There is no room left to write {place}.",
            "Free some space, or choose another place; what was there before is as it was.",
        )
    return StoreError(f"{place} cannot be {doing}: {words}.", "Check the path and its permissions.")


def sync_tree(folder: Path) -> None:
    """Make sure that all files below the folder, and the folder itself, have reached the disk."""
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync(Path(parent) / name)
        _sync(Path(parent))


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is below it, as far as the system lets us; what is written to it meanwhile as well."""
    until = time.monotonic() + PATIENCE
    shutil.rmtree(folder, ignore_errors=True)
    while folder.exists() and time.monotonic() < until:
        time.sleep(PATIENCE / 50)
        shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write to, in the target's folder, that becomes the target once all is written, or nothing."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        _sync(part)
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def point(link: Path, target: str) -> None:
    """Make the link lead to the target, by one rename: a reader sees the old or the new one, never none."""
    fresh = link.with_name(f".{link.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
    _sync(link.parent)
