"""What a format gives, how it is told to read, and what a batch sets aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import Document
from kg.read.fields import Metadata


@dataclass(frozen=True, slots=True)
class How:
    """How files are read: their limits, and which column means what."""

    limit: int
    """The longest text, in characters."""
    file_bytes: int = 50_000_000
    """The largest file, or member of an archive, that is read at once, in bytes."""
    seconds: float = 20.0
    """The time that a page, a PDF, a feed or a message may take."""
    memory: int = 1_000
    """The memory, in MB, that the process which takes these apart may have beyond what it needs to start."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """For CSV and JSON: the column that holds a field, by the field (text, title, date, …, id)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document in a file, before cleaning."""

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    """What is declared: in front matter or columns."""
    found: Metadata = field(default_factory=Metadata)
    """What the page, feed or message itself seems to say; a sidecar may know better."""
    found_in: str = "page"
    """What `found` is taken from: "page", "feed" or "message"."""
    name: str | None = None
    """Its identifier, for formats that hold several documents; None where the file's stem is."""
    place: str = ""
    """Where it stands in its file: "line 3"; empty where it is all of it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a file: of an archive, or attached to a message. It is read by its own ending."""

    name: str
    """Its path in the archive, with slashes."""
    data: bytes
    sidecar: bytes | None = None
    """The bytes of the .meta.json beside it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A document in a file that cannot be read, while others can."""

    place: str
    """Where it stands: "line 3", "member a/b.html"."""
    problem: str
    remedy: str
    why: str = "damaged"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file, or a document in one, that was set aside."""

    path: Path
    reason: str
    """A sentence that says what is wrong, with the line and the value where there are any."""
    remedy: str
    """A sentence that says what the user can do."""
    why: str = "damaged"
    """The kind of fault, one word to group by, as kg.errors.DocumentError names them; failed: reading it failed."""
    place: str = ""
    """Which document in the file: "line 3", "member a/b.html"; empty where it is the file itself; an address that could
    not be fetched."""
    kept: Document | None = None
    """The document as it was read, where only the pipeline for its language is missing."""

    @property
    def where(self) -> str:
        """The file, and the place in it; the address alone of what could not be fetched."""
        if "://" in self.place:
            return self.place
        return f"{self.path}, {self.place}" if self.place else str(self.path)
