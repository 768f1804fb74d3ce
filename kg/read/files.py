"""One file: its documents, and those of the files in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.errors import DocumentError
from kg.ids import slug
from kg.model import Document
from kg.read.archive import ZipFormat
from kg.read.documents import ForeignError, document, empty, too_long
from kg.read.guard import guard
from kg.read.metadata import Sidecar, read_sidecar, sidecar_of
from kg.read.parts import Fault, How, Member, Part, Rejected
from kg.read.registry import Format, format_of
from kg.read.walk import source_of

Read = tuple[str, Document | Rejected]
"""The place in the file, and what was read there."""


def read_file(path: Path, how: How) -> Iterator[Read]:
    """Read the documents of one file, or say why it is set aside."""
    try:
        with _open(path) as file:
            form, sidecar = format_of(path), read_sidecar(path)
            size = file.seek(0, 2)
            file.seek(0)
            _check(size, form, how)
            yield from _Reading(path, how).parts(form, path.suffix, file, path.stem, source_of(path), sidecar)
    except DocumentError as error:
        yield "", Rejected(path, error.problem, error.remedy, error.why)
    except OSError as error:
        reason = error.strerror or str(error)
        yield "", Rejected(path, f"It cannot be read: {reason}.", "Make it readable and add it again.")


def _open(path: Path) -> BinaryIO:
    """The file, opened; raises DocumentError where it is none, OSError where it cannot be."""
    if not path.is_file():
        raise DocumentError("It is no regular file.", "Save its text to a .txt or .md file and name that.", "format")
    return path.open("rb")


def _check(size: int, form: Format, how: How) -> None:
    """Raise DocumentError where a file is empty or larger than its format reads at once."""
    if not size:
        raise empty()
    largest = form.largest(how)
    if largest is None or size <= largest:
        return
    if largest == how.file_bytes:
        problem = f"It holds {size:,} bytes, more than the {largest:,} that are read at once."
        raise DocumentError(problem, "Split it, or raise KG_FILE_MEGABYTES.", "limit")
    raise too_long(f"{size:,} bytes", how.limit)


class _Reading:
    """What the files in one file share."""

    def __init__(self, path: Path, how: How) -> None:
        self._path = path
        self._how = how

    def parts(
        self, form: Format, suffix: str, file: BinaryIO, stem: str, source: str, sidecar: Sidecar, place: str = ""
    ) -> Iterator[Read]:
        """The documents of a file, or of one in it; `place` says which, `stem` names them."""
        how, found = sidecar.applied(self._how), False
        try:
            for each in _guarded(suffix.lower(), file.read(), how) if form.guarded else form.parts(file, how):
                found = True
                match each:
                    case Part():
                        yield self._part(each, stem, source, sidecar, place)
                    case Fault():
                        at = _join(place, each.place)
                        yield at, Rejected(self._path, each.problem, each.remedy, each.why, at)
                    case Member():
                        yield from self._member(each, stem, source, place)
            if not found:
                raise empty()
        except DocumentError as error:
            yield place, Rejected(self._path, error.problem, error.remedy, error.why, place)

    def _part(self, part: Part, stem: str, source: str, sidecar: Sidecar, place: str) -> Read:
        """The document of a part, or why it is none."""
        at = _join(place, part.place)
        try:
            return at, document(part, stem, source, sidecar.metadata, self._how)
        except ForeignError as error:
            return at, Rejected(self._path, error.problem, error.remedy, error.why, at, error.kept)
        except DocumentError as error:
            return at, Rejected(self._path, error.problem, error.remedy, error.why, at)

    def _member(self, member: Member, stem: str, source: str, place: str) -> Iterator[Read]:
        """The documents of a file in this file."""
        path = PurePosixPath(member.name)
        at = _join(place, f"member {member.name}")
        try:
            form = format_of(path)
            if form.suffixes == ZipFormat.suffixes:
                raise DocumentError("It is an archive in a file.", "Save it, unpack it, and add the folder.", "format")
            _check(len(member.data), form, self._how)
            sidecar = sidecar_of(path.name, member.sidecar)
        except DocumentError as error:
            yield at, Rejected(self._path, error.problem, error.remedy, error.why, at)
            return
        inner = slug(str(path.with_suffix(""))) or "file"
        yield from self.parts(
            form, path.suffix, io.BytesIO(member.data), f"{stem}-{inner}", f"{source}#{member.name}", sidecar, at
        )


def _guarded(suffix: str, data: bytes, how: How) -> Iterator[Part | Member | Fault]:
    """What the guarded process finds, gathered first: a file in this file needs that process itself."""
    found: list[Part | Member | Fault] = []
    try:
        found += guard().parts(suffix, data, how)
    except DocumentError:
        yield from found
        raise
    yield from found


def _join(outer: str, inner: str) -> str:
    return ", ".join(each for each in (outer, inner) if each)
