"""Where entries lie: a folder of this machine, or a folder of any file system that fsspec knows."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from kg.errors import CallError
from kg.store.disk import as_store_error, store_errors

FOLDER = "shards"
"""The folder of entries in a home, where no other place is named."""
ABANDONED = 3600
"""Seconds after which a file that is still being written has no writer any more."""


class Place(Protocol):
    """Files by name, each whole or not there."""

    address: str

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file, so that whoever reads sees all of it or nothing."""

    def remove(self, name: str) -> None:
        """Remove a file, where there is one."""

    def files(self) -> Iterator[tuple[str, int]]:
        """Name and size of each file."""

    def tidy(self) -> None:
        """Remove what writers that were killed left more than an hour ago."""


def place_at(home: Path, address: str) -> Place:
    """The place of this address: empty for the folder in the home, a path, or an address such as s3://bucket/shards.

    Raises CallError where the address needs fsspec, or a part of it, that is not installed.
    """
    if "://" in address:
        return Remote(address)
    return Folder(Path(address) if address else home / FOLDER)


def _shelved(name: str) -> str:
    """A file below one of 256 folders, so that none holds too many."""
    return f"{name[:2]}/{name}"


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = str(path)

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        try:
            return (self.path / _shelved(name)).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise as_store_error(error, self.path, "read") from error

    def write(self, name: str, data: bytes) -> None:
        """Write a file by one rename. It is not forced to the disk: after a power cut it may be damaged, which is seen."""
        target = self.path / _shelved(name)
        part = target.with_name(f".{name}.{os.getpid()}.part")
        with store_errors(self.path, "written"):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(data)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove a file, where there is one."""
        with store_errors(self.path, "written"):
            (self.path / _shelved(name)).unlink(missing_ok=True)

    def files(self) -> Iterator[tuple[str, int]]:
        """Name and size of each file."""
        for parent, _, names in os.walk(self.path):
            for name in names:
                with suppress(FileNotFoundError):
                    yield name, os.stat(os.path.join(parent, name)).st_size

    def tidy(self) -> None:
        """Remove what writers that were killed left more than an hour ago."""
        for part in self.path.glob("*/.*.part"):
            with suppress(OSError):
                if part.stat().st_mtime < time.time() - ABANDONED:
                    part.unlink()


class Remote:
    """A folder of a file system that fsspec knows by the beginning of its address: s3://, gs://, hdfs://, file://, memory:// …

    A file is written under another name and moved; object stores show an object only once it is whole in any case.
    """

    def __init__(self, address: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise CallError(
                f"The address {address} needs fsspec, which is not installed.",
                "Run make install-cluster, or name a folder.",
            ) from error
        try:
            self._files: Any
            self._files, self._root = url_to_fs(address)
        except (ImportError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise CallError(
                f"{address} cannot be opened: {reason}.", "Name a folder, or install what it needs."
            ) from error
        self.address = address

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        try:
            data: bytes = self._files.cat_file(self._path(name))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise as_store_error(error, Path(self.address), "read") from error
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file under another name, and move it."""
        target = self._path(name)
        part = f"{target}.{uuid4().hex}.part"
        with store_errors(Path(self.address), "written"):
            self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(part, data)
            self._files.mv(part, target)

    def remove(self, name: str) -> None:
        """Remove a file, where there is one."""
        with suppress(FileNotFoundError):
            self._files.rm_file(self._path(name))

    def files(self) -> Iterator[tuple[str, int]]:
        """Name and size of each file."""
        found = self._files.find(self._root, detail=True) if self._files.exists(self._root) else {}
        for path, about in found.items():
            yield path.rpartition("/")[2], about["size"]

    def tidy(self) -> None:
        """Remove what writers that were killed left more than an hour ago."""
        for path in [path for path in self._files.find(self._root) if path.endswith(".part")]:
            with suppress(OSError, NotImplementedError):
                if self._files.modified(path).timestamp() < time.time() - ABANDONED:
                    self._files.rm_file(path)

    def _path(self, name: str) -> str:
        return f"{self._root}/{_shelved(name)}"
