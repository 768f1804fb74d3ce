"""Which files stand below the paths that a user names, and how their place is written down."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.read.metadata import SIDECAR
from kg.read.parts import Rejected
from kg.settings import ROOT


def files_below(paths: Sequence[Path]) -> Iterator[Path | Rejected]:
    """The files named and those in the folders named, each once; folders in the order of names.

    Hidden files and sidecars in folders are skipped; links to folders are not followed. A folder that cannot
    be opened and a sidecar named as a document are set aside.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _below(path):
            if isinstance(found, Rejected):
                yield found
            elif (place := found.absolute()) not in seen:
                seen.add(place)
                yield found


def _below(path: Path) -> Iterator[Path | Rejected]:
    """The files of one path."""
    if path.is_dir():
        yield from _walk(path)
    elif path.name.endswith(SIDECAR):
        yield Rejected(path, "It describes a document and is none itself.", "Name the document beside it.", "format")
    else:
        yield path


def _walk(folder: Path) -> Iterator[Path | Rejected]:
    """The files of a folder and of those below it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Rejected(folder, f"The folder cannot be opened: {error.strerror}.", "Make it readable and add it again.")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(SIDECAR):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name)
        else:
            yield folder / entry.name


def source_of(path: Path) -> str:
    """Where the file is, as a text: from the project's folder where it is below it, else from the root.

    So the seeds give the same graph wherever the project stands.
    """
    place = Path(os.path.abspath(path))
    return (place.relative_to(ROOT) if place.is_relative_to(ROOT) else place).as_posix()
