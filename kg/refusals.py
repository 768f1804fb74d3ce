"""What is said of a document whose identifier the graph holds already, or does not hold."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path

from kg.errors import CallError
from kg.read import Rejected
from kg.store import DocumentRecord


def taken(path: Path, held: DocumentRecord) -> Rejected:
    """A file whose identifier is that of another source."""
    return Rejected(
        path,
        f"The graph already holds a document {held.identifier}, from {held.source}.",
        f"Rename the file, or run kg forget {held.identifier} first.",
        "duplicate",
    )


def unknown(identifier: str, known: Collection[str]) -> CallError:
    """An identifier that none of the graph's documents has."""
    near = difflib.get_close_matches(identifier, known, n=3)
    remedy = f"Near it: {', '.join(near)}." if near else "kg status --documents lists those that it holds."
    return CallError(f"The graph holds no document {identifier}.", remedy)
