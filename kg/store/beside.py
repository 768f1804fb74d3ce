"""The files beside the quads of a snapshot, which follow from these: full-text search, and what fusion looks up."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from kg import nearby, search
from kg.namespaces import ACR, REFERENCE_GRAPH
from kg.store.canonical import file_hash
from kg.store.snapshot import Snapshot

GIVEN = (f"{ACR}document/", REFERENCE_GRAPH)
"""How the names of graphs begin that the file of kg.nearby rests on."""


def nearby_of(folder: Path, base: Snapshot | None) -> Path:
    """Where the file of kg.nearby of a draft in this folder stands: a copy of that of its base, if it has one that can be used."""
    path = folder / nearby.FILE
    if not path.exists() and base and nearby.usable(base.path / nearby.FILE):
        shutil.copyfile(base.path / nearby.FILE, path)
    return path


def finish(
    ready: Path, store: ox.Store, graphs: Collection[str], changed: Collection[str], base: Snapshot | None
) -> dict[str, str]:
    """Put the files into a snapshot that is made ready in the folder of its draft; gives their hashes for the manifest.

    `graphs` are the named graphs of its store, `changed` those that it does not share with its base. Raises OSError where
    the disk is full.
    """
    search.write(ready / search.FILE, store, graphs, changed, base.path / search.FILE if base else None)
    hashes = {"search": file_hash(ready / search.FILE)}
    if _take_along(ready, changed, base):
        hashes["nearby"] = file_hash(ready / nearby.FILE)
    return hashes


def _take_along(ready: Path, changed: Collection[str], base: Snapshot | None) -> bool:
    """Whether there is a file of kg.nearby: the draft's own, or that of the base where nothing changed that it rests on."""
    own, target = ready.parent / nearby.FILE, ready / nearby.FILE
    if own.is_file():
        own.rename(target)
    elif base and (base.path / nearby.FILE).is_file() and not any(graph.startswith(GIVEN) for graph in changed):
        os.link(base.path / nearby.FILE, target)
    return target.is_file()
