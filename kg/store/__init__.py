"""The graph on disk: finished snapshots that readers open, one writer at a time that makes the next.

    HOME/snapshots/<id>/store/          the quads (Oxigraph), never changed once published
    HOME/snapshots/<id>/search.db       the full-text search (kg.search)
    HOME/snapshots/<id>/lines.db        the sorted lines of graphs that change a little at a time (kg.store.lines)
    HOME/snapshots/<id>/manifest.json   counts, hashes, documents and versions
    HOME/current                        a link to the snapshot that counts, moved by one rename
    HOME/writer.lock, writer.json       who is writing

Named graphs hold what each source gave; the default graph holds the deduplicated union of them all.
"""

from kg.store.draft import Draft
from kg.store.exporting import FORMATS, export
from kg.store.home import Home
from kg.store.record import DocumentRecord
from kg.store.snapshot import Snapshot
from kg.store.verifying import verify

__all__ = ["FORMATS", "DocumentRecord", "Draft", "Home", "Snapshot", "export", "verify"]
