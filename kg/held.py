"""What documents gave, held back on the disk, compressed, until it is decided under which IRIs it goes into the graph."""

from __future__ import annotations

import tempfile
import zlib
from pathlib import Path

import pyoxigraph as ox

LEVEL = 1
"""Of zlib: a twentieth of the size for a millisecond a document."""


class Held:
    """The triples of documents by their IRIs."""

    def __init__(self, folder: Path) -> None:
        """Make the file in this folder; it has no name, and goes with the process."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close()
        self._places: dict[str, tuple[int, int]] = {}

    def __contains__(self, document: object) -> bool:
        return document in self._places

    def put(self, document: str, triples: bytes) -> None:
        """Keep the triples of a document, N-Triples, in place of what was kept for it."""
        begin = self._file.seek(0, 2)
        self._places[document] = (begin, self._file.write(zlib.compress(triples, LEVEL)))

    def triples(self, document: str) -> bytes:
        """What was kept for a document; KeyError where nothing was."""
        begin, length = self._places[document]
        self._file.seek(begin)
        return zlib.decompress(self._file.read(length))

    def quads(self, document: str) -> list[ox.Quad]:
        """The same as quads of the document's graph."""
        name = ox.NamedNode(document)
        parsed = ox.parse(self.triples(document), format=ox.RdfFormat.N_TRIPLES)
        return [ox.Quad(each.subject, each.predicate, each.object, name) for each in parsed]

    def close(self) -> None:
        """Let go of all."""
        self._file.close()
