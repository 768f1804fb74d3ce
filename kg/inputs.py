"""What a run reads: files and folders, what was set aside before, and what came by other ways than a file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kg import aside
from kg.aside import INBOX
from kg.errors import CallError
from kg.model import Document
from kg.read import How, Rejected, count_files, name_of, read_files, read_kept, sniff
from kg.read.fields import Metadata
from kg.read.metadata import FIELDS, SIDECAR
from kg.settings import settings
from kg.store.disk import store_errors

Read = tuple[Path, Document | Rejected]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is to be read."""

    paths: Sequence[Path] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which column holds which field, for CSV and JSON."""
    retry: bool = False
    """Whether what was set aside before is read again; what could not be fetched must be named again."""
    refused: Sequence[Rejected] = ()
    """What could not even be fetched."""

    def read(self, home: Path) -> tuple[Iterator[Read], int]:
        """What is read, one after the other, and how many there are at least.

        Raises CallError where a path does not exist or there is nothing to read.
        """
        before = [each for each in aside.entries(home) if "://" not in each.rejected.place] if self.retry else []
        gone = {each.rejected.path for each in before if not os.path.lexists(each.rejected.path)}
        paths = [*self.paths, *sorted({each.rejected.path for each in before} - gone)]
        files = read_files(paths, how(self.columns))
        total = count_files(paths) + len(gone) + len(self.refused)
        if self.paths and not total:
            raise CallError(f"There is no file in {', '.join(map(str, self.paths))}.", "Name one with documents.")
        kept = [each.rejected for each in before if each.rejected.path in gone]
        return self._all(files, kept), total

    def _all(self, files: Iterator[Read], kept: Sequence[Rejected]) -> Iterator[Read]:
        yield from files
        for each in kept:
            yield each.path, read_kept(each)
        for each in self.refused:
            yield each.path, each

    def __bool__(self) -> bool:
        """Whether there is anything to read, as far as can be told beforehand."""
        return bool(self.paths or self.retry or self.refused)


def how(columns: Mapping[str, str] | None = None) -> How:
    """How files are read, by the settings."""
    ours = settings()
    return How(
        ours.document_characters, ours.file_megabytes * 1_000_000, ours.read_seconds, ours.read_memory, columns or {}
    )


def columns_of(text: str | None) -> dict[str, str]:
    """The mapping that `text=body,date=published` says; raises CallError where it is none.

    >>> columns_of("text=body, date=published")
    {'text': 'body', 'date': 'published'}
    """
    columns: dict[str, str] = {}
    for pair in filter(None, (each.strip() for each in (text or "").split(","))):
        name, _, column = (each.strip() for each in pair.partition("="))
        if name not in FIELDS or not column or name in columns:
            known = ", ".join(FIELDS)
            raise CallError(
                f"--columns says {pair!r}.", f"Write FIELD=COLUMN, with commas between; fields are {known}, each once."
            )
        columns[name] = column
    return columns


def received(home: Path, stream: BinaryIO) -> Path:
    """What stands on standard input, as a file in the home's inbox; equal bytes give the same file.

    Raises CallError where it is empty or too long, StoreError where it cannot be written.
    """
    most = how().file_bytes
    data = stream.read(most + 1)
    if not data.strip():
        raise CallError("There is nothing on standard input.", "Pipe a document to kg add -.")
    if len(data) > most:
        raise CallError(
            f"Standard input holds more than {most:,} bytes.", "Save it to files, or raise KG_FILE_MEGABYTES."
        )
    return keep(home, f"stdin-{hashlib.sha256(data).hexdigest()[:12]}{sniff(data)}", data)


def fetched(home: Path, url: str, suffix: str, data: bytes) -> Path:
    """What was fetched from an address, as a file in the home's inbox, with a sidecar that names the address."""
    stem = name_of(url)
    sidecar = Metadata(url=url).model_dump(exclude_none=True)
    keep(home, stem + SIDECAR, json.dumps(sidecar).encode())
    return keep(home, stem + suffix, data)


def keep(home: Path, name: str, data: bytes) -> Path:
    """Write a file to the inbox, whole or not at all."""
    path = home / INBOX / name
    with store_errors(home, "written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(path)
    return path
