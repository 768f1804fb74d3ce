"""Reading: files and folders in, `Document`s with cleaned text out; what cannot be read is set aside.

    paths ─▶ walk ─▶ registry (one class per format) ─▶ metadata, cleaning, language ─▶ Document | Rejected

One bad file never stops a batch: it becomes a `Rejected` with its reason. Only a path that does not exist
is the caller's fault.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import CallError, DocumentError
from kg.model import Document
from kg.read.cleaning import clean
from kg.read.language import check_language
from kg.read.metadata import Metadata, read_sidecar
from kg.read.parts import Part, Rejected
from kg.read.registry import format_of
from kg.read.walk import files_below, source_of

__all__ = ["Rejected", "count_files", "read_files", "read_paths"]


def read_paths(paths: Sequence[Path], *, limit: int) -> Iterator[Document | Rejected]:
    """Read files, and folders with all below them, in the order given; folders in the order of their names.

    `limit` is the longest text that is read, in characters. A file that is named twice is read once; of two
    files with one identifier the second is set aside. Raises CallError at once where a path does not exist.
    """
    return (read for _, read in read_files(paths, limit=limit))


def read_files(paths: Sequence[Path], *, limit: int) -> Iterator[tuple[Path, Document | Rejected]]:
    """As `read_paths`, each with the file that it was read from."""
    for path in paths:
        if not os.path.lexists(path):
            raise CallError(f"{path} does not exist.", "Name a file or a folder that does.")
    return _read_all(paths, limit)


def count_files(paths: Sequence[Path]) -> int:
    """How many results reading these paths will give, at least: one for each file."""
    return sum(1 for _ in files_below(paths))


def _read_all(paths: Sequence[Path], limit: int) -> Iterator[tuple[Path, Document | Rejected]]:
    """Read what is below the paths, keeping watch over identifiers that come twice."""
    seen: dict[str, Path] = {}
    for found in files_below(paths):
        if isinstance(found, Rejected):
            yield found.path, found
            continue
        for read in _read_file(found, limit):
            if isinstance(read, Document) and read.identifier in seen:
                yield found, _duplicate(found, read.identifier, seen[read.identifier])
                continue
            if isinstance(read, Document):
                seen[read.identifier] = found
            yield found, read


def _read_file(path: Path, limit: int) -> Iterator[Document | Rejected]:
    """Read the documents of one file, or say why it is set aside."""
    try:
        data = _bytes_of(path, limit)
        sidecar = read_sidecar(path)
        for part in format_of(path).parts(data):
            yield _document(path, part, sidecar, limit)
    except DocumentError as error:
        yield Rejected(path, error.problem, error.remedy)


def _bytes_of(path: Path, limit: int) -> bytes:
    """The file's bytes; raises DocumentError where it is no file, empty, far too long or not readable."""
    try:
        if not path.is_file():
            raise DocumentError("It is no regular file.", "Save its text to a .txt or .md file and name that.")
        size = path.stat().st_size
        if size > 4 * limit:  # no encoding that is read takes more than four bytes a character
            raise _too_long(f"{size:,} bytes", limit)
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError(f"It cannot be read: {reason}.", "Make it readable and add it again.") from error
    if not data:
        raise _empty()
    return data


def _document(path: Path, part: Part, sidecar: Metadata, limit: int) -> Document:
    """The document that a part of a file makes; raises DocumentError where it cannot be one."""
    text = clean(part.text)
    if not text.strip():
        raise _empty()
    if len(text) > limit:
        raise _too_long(f"{len(text):,} characters", limit)
    metadata = part.metadata.merged(sidecar)
    return Document(
        identifier=_identifier(part.name or path.stem),
        text=text,
        source=metadata.url or source_of(path),
        language=check_language(metadata.language, text),
        title=metadata.title,
        url=metadata.url,
        publisher=metadata.publisher,
        issued=metadata.date,
    )


def _identifier(name: str) -> str:
    """The name as an identifier; raises DocumentError where it holds characters that cannot be shown."""
    identifier = unicodedata.normalize("NFC", name)
    if not identifier.isprintable():
        raise DocumentError(
            f"Its name {identifier!a} holds characters that cannot be shown.",
            "Rename it to letters, digits, hyphens and dots.",
        )
    return identifier


def _duplicate(path: Path, identifier: str, first: Path) -> Rejected:
    return Rejected(
        path,
        f"Its identifier {identifier} is already that of {first}.",
        "Rename one of the two: the name before the last dot identifies a document.",
    )


def _empty() -> DocumentError:
    return DocumentError("It holds no text.", "Remove it, or save the article's text to it.")


def _too_long(length: str, limit: int) -> DocumentError:
    return DocumentError(
        f"It holds {length}, more than the {limit:,} characters that are read.",
        "Split it, or raise KG_DOCUMENT_CHARACTERS.",
    )
