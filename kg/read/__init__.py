"""Reading: files and folders in, `Document`s with cleaned text out; what cannot be read is set aside.

    paths ─▶ walk ─▶ registry (one class per format) ─▶ metadata, cleaning, language ─▶ Document | Rejected

One bad file never stops a batch: it becomes a `Rejected` with its reason. Only a path that does not exist
is the caller's fault.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import CallError
from kg.model import Document
from kg.read.documents import ForeignError, in_language, name_of
from kg.read.files import read_file
from kg.read.parts import How, Rejected
from kg.read.registry import sniff
from kg.read.walk import files_below

__all__ = ["How", "Rejected", "count_files", "name_of", "read_files", "read_kept", "read_paths", "sniff"]


def read_paths(paths: Sequence[Path], *, limit: int) -> Iterator[Document | Rejected]:
    """Read files, and folders with all below them, in the order given; folders in the order of their names.

    `limit` is the longest text that is read, in characters. A file that is named twice is read once; of two
    documents with one identifier the second is set aside. Raises CallError at once where a path does not exist.
    """
    return (read for _, read in read_files(paths, How(limit)))


def read_files(paths: Sequence[Path], how: How) -> Iterator[tuple[Path, Document | Rejected]]:
    """As `read_paths`, each with the file that it was read from; one file may hold many documents."""
    for path in paths:
        if not os.path.lexists(path):
            raise CallError(f"{path} does not exist.", "Name a file or a folder that does.")
    return _read_all(paths, how)


def read_kept(rejected: Rejected) -> Document | Rejected:
    """What was set aside and whose file is gone, with the text that was kept, if any, and today's pipelines."""
    if rejected.kept is None:
        reason = "The file that was set aside is gone."
        return Rejected(
            rejected.path, reason, "Put it back, or forget it: kg rejected --clear.", "gone", rejected.place
        )
    try:
        return in_language(rejected.kept)
    except ForeignError as error:
        return Rejected(rejected.path, error.problem, error.remedy, error.why, rejected.place, error.kept)


def count_files(paths: Sequence[Path]) -> int:
    """How many results reading these paths will give, at least: one for each file."""
    return sum(1 for _ in files_below(paths))


def _read_all(paths: Sequence[Path], how: How) -> Iterator[tuple[Path, Document | Rejected]]:
    """Read what is below the paths, keeping watch over identifiers that come twice."""
    seen: dict[str, Path] = {}
    for found in files_below(paths):
        if isinstance(found, Rejected):
            yield found.path, found
            continue
        for place, read in read_file(found, how):
            if isinstance(read, Document) and read.identifier in seen:
                yield found, _duplicate(found, place, read.identifier, seen[read.identifier])
                continue
            if isinstance(read, Document):
                seen[read.identifier] = found
            yield found, read


def _duplicate(path: Path, place: str, identifier: str, first: Path) -> Rejected:
    remedy = (
        "Give each a column id of its own."
        if place
        else "Rename one of the two: the name before the last dot identifies a document."
    )
    return Rejected(path, f"Its identifier {identifier} is already that of {first}.", remedy, "duplicate", place)
