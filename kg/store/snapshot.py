"""One finished graph on disk, for readers."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.search import FILE, Index

MANIFEST = "manifest.json"
STORE = "store"
DAMAGED = "Build the graph again: kg build."


class Snapshot:
    """A finished graph: never changed, so any number of processes may read it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """The snapshot's folder, which holds store/, search.db, lines.db and manifest.json."""

    def __repr__(self) -> str:
        return f"Snapshot({self.name!r})"

    @property
    def name(self) -> str:
        """Its identifier, which sorts by time: 20261120T101500-0000."""
        return self.path.name

    @cached_property
    def store(self) -> ox.Store:
        """The quads, read-only; raises StoreError where they cannot be opened."""
        try:
            return ox.Store.read_only(str(self.path / STORE))
        except (OSError, RuntimeError) as error:  # the latter for damaged files
            words = " ".join(str(error).split())
            raise StoreError(f"The snapshot {self.path} cannot be opened: {words}.", DAMAGED) from error

    @property
    def index(self) -> Index:
        """The search file, which belongs to these quads."""
        return Index(self.path / FILE)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the snapshot holds: created, previous, quads, triples, hash, graphs (counts by IRI), hashes (by
        IRI), documents, versions.

        `previous` names the snapshot that counted before it, or is None; hashes are canonical, as
        kg.store.canonical makes them, and `hash` is one for all; `search` and `lines` are the SHA-256 of the
        search file and of the file of lines.
        `documents` is a sorted list of {identifier, source, hash, read_with}. Raises StoreError where it
        cannot be read.
        """
        path = self.path / MANIFEST
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"The manifest {path} cannot be read.", DAMAGED) from error
        if not isinstance(manifest, dict):
            raise StoreError(f"The manifest {path} is no JSON object.", DAMAGED)
        return manifest
