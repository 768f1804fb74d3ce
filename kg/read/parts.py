"""What a format gives and what a batch sets aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kg.read.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Part:
    """One document in a file, before cleaning."""

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    name: str | None = None
    """Its identifier, for formats that hold several documents; None where the file's stem is."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was set aside."""

    path: Path
    reason: str
    """A sentence that says what is wrong, with the line and the value where there are any."""
    remedy: str
    """A sentence that says what the user can do."""
