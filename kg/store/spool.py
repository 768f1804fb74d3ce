"""Triples that wait outside memory, so that what gives them is done before the first of them is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pyoxigraph as ox

SMALL = 2**20
"""Bytes that stay in memory."""


@contextmanager
def spooled(triples: Iterable[ox.Triple], folder: Path | None) -> Iterator[Iterator[ox.Triple]]:
    """All of these triples, which are read at once, in their order; they may hold no blank nodes.

    They wait in a file without a name in `folder`, or where the system keeps temporary files. Raises OSError where the disk is full.
    """
    with SpooledTemporaryFile(SMALL, dir=str(folder) if folder else None) as file:
        ox.serialize(triples, file, format=ox.RdfFormat.N_TRIPLES)
        file.seek(0)
        # lenient: what a store gave need not be held against the grammar of IRIs
        read = ox.parse(file, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        yield (ox.Triple(each.subject, each.predicate, each.object) for each in read)
