"""The next graph while it is being written: seen by its writer alone until it is published."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pyoxigraph as ox

from kg.namespaces import DECISIONS_GRAPH, OWN_GRAPHS, PREFIXES
from kg.store import beside, lines, loading
from kg.store.canonical import file_hash, quads_hash, whole_hash
from kg.store.changes import Change, Changes
from kg.store.disk import remove_folder, store_errors
from kg.store.live import PENDING, Live
from kg.store.record import DocumentRecord
from kg.store.snapshot import MANIFEST, STORE, Snapshot
from kg.store.tally import Tally

DRAFT = ".draft"
"""How the folders of drafts end."""
FILLED = 40_000
"""So many quads of a long row are written at a time."""
TIRING = 200_000
"""A graph of fewer quads never takes so much memory that to open its store anew (0.1 s) would be worth it."""
LARGE = 1_200_000
"""A graph of so many quads is worked on in files, which takes half as long again as in memory (benchmarks/archive_cost.py)."""


class Draft:
    """A graph that is being written; `Home.write()` makes and publishes it."""

    def __init__(self, snapshots: Path, base: Snapshot | None, previous: str | None = None) -> None:
        """Plan a draft below the folder `snapshots` that begins as `base`, or empty.

        `previous` names the snapshot that counts while this one is written, which may be none of its making.
        """
        self._snapshots = snapshots
        self._base = base
        self._previous = previous
        self.discarded = False
        self.minor = False
        """Whether only a team's own graphs change: such snapshots do not push out those of builds."""
        self.published: Snapshot | None = None
        """The snapshot that it became; None until it is published."""
        manifest = base.manifest if base else {}
        records = [DocumentRecord(**each) for each in manifest.get("documents", [])]
        self.documents = {record.identifier: record for record in records}
        """The documents of the graph; whoever replaces or drops a document's graph keeps this true."""
        self.versions: dict[str, str] = dict(manifest.get("versions", {}))
        """What the graph was made with, by name: ontology, reference, lexicon, model, extractor, program."""
        self._tally = Tally(manifest)
        self._changes = Changes()
        self._live: Live | None = None
        """None until it is opened, and once it is removed."""

    def open(self) -> None:
        """Make the draft's folder and open its store: a checkpoint of the base (hard links: milliseconds).

        The folder's name is used once: RocksDB refuses a place that this process had open before and that
        something, such as a traceback, still holds. Raises StoreError where the folder cannot be written.
        """
        with store_errors(self._snapshots, "written"):
            self.path = Path(mkdtemp(suffix=DRAFT, dir=self._snapshots))
            triples = self._base.manifest.get("triples") if self._base else None
            self._live = Live(self.path, self.before, triples)

    @property
    def began_empty(self) -> bool:
        """Whether there was no graph before this one."""
        return self._base is None

    @property
    def before(self) -> ox.Store | None:
        """The quads of the snapshot that it began as; None where it began empty."""
        return self._base.store if self._base else None

    @property
    def changes(self) -> Set[Change]:
        """Subjects and predicates of the triples that came or went with graphs that were replaced or dropped, if it did not begin empty."""
        return self._changes.all

    @property
    def stated(self) -> Set[Change]:
        """Of these the ones whose triples no other graph states, so that more than who states them is other than before."""
        return self._changes.stated

    @property
    def own(self) -> dict[str, str]:
        """The canonical hashes of the graphs that a team keeps by itself, as it began."""
        return {graph: value for graph, value in self._tally.hashes.items() if graph.startswith(OWN_GRAPHS)}

    @property
    def store(self) -> ox.Store:
        """The quads as they are now, for reading: write by the methods below."""
        return self._open.store

    @property
    def _open(self) -> Live:
        if self._live is None:
            raise ValueError("a draft that is not open has no store")
        return self._live

    def rest(self, written: int = 0) -> None:
        """Open the store of a graph that is not small anew, where so many quads were written since it was: so the
        memory is given back that its engine took for writing and reading.

        `store` is another one then, and nobody may hold the one that it was. Raises StoreError where the disk is full.
        """
        if self._tally.quads >= TIRING:
            with store_errors(self._snapshots, "written"):
                self._open.rest(written)

    def remove(self) -> None:
        """Close the store and remove the folder; what is published is elsewhere by then."""
        self._live = None
        if hasattr(self, "path"):
            remove_folder(self.path)

    def discard(self) -> None:
        """Publish nothing: leave the graph as it was."""
        self.discarded = True

    def place_graph(self, graph: str, triples: bytes, measure: tuple[int, str]) -> None:
        """As `replace_graph`, for triples that are canonical already, of this count and hash (kg.store.canonical.canonical_triples).

        A draft that begins empty takes them as they are, ten times as fast as quads. Raises StoreError where the disk is full.
        """
        if self.began_empty and graph not in self._tally.touched:
            self._open.place(graph, triples, measure[0])
            self._tally.know(graph, measure)
            return
        name = ox.NamedNode(graph)
        parsed = ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)
        self._replace(name, dict.fromkeys(ox.Quad(each.subject, each.predicate, each.object, name) for each in parsed))
        self._tally.know(graph, measure)

    def replace_graph(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Make the named graph hold these quads and no others, and the default graph follow.

        All quads must name this graph (ValueError else). Only the difference is written. Raises StoreError
        where the disk is full.
        """
        name = ox.NamedNode(graph)
        new = dict.fromkeys(quads)
        if any(quad.graph_name != name for quad in new):
            raise ValueError(f"quads of another graph were given for {graph}")
        if self.began_empty and graph not in self._tally.touched:
            self._open.wait(new)
        else:
            self._replace(name, new)
        if len(new) > PENDING or graph == DECISIONS_GRAPH:  # whose lines are kept, since it changes with every document
            self._tally.ask([graph])
        else:
            self._tally.know(graph, quads_hash(new))

    def fill_graph(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Make a named graph of a draft that begins empty hold these quads, of which few are held at a time.

        Raises StoreError where the disk is full.
        """
        rest = iter(quads)
        while part := list(islice(rest, FILLED)):
            self.change_graph(graph, (), part)

    def _replace(self, name: ox.NamedNode, new: Mapping[ox.Quad, None]) -> None:
        """Make a graph that may be there already hold these quads."""
        with store_errors(self._snapshots, "written"):
            self._tally.spoil(name.value)
            old = set(self.store.quads_for_pattern(None, None, None, name))
            added = [quad for quad in new if quad not in old]
            self._changes.note(self.store, name, old - new.keys(), added)
            self._open.remove(old - new.keys())
            self._open.add(added)

    def change_graph(self, graph: str, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        """Remove these quads of the named graph and add those, and make the default graph follow.

        Raises StoreError where the disk is full.
        """
        with store_errors(self._snapshots, "written"):
            self._open.remove(removed)
            self._open.add([*added])
        if not self.began_empty:
            self._tally.note(graph, removed, added)
        self._tally.ask([graph])

    @contextmanager
    def scratch(self) -> Iterator[Path | None]:
        """A folder for a copy of much of the graph, where that is too large for memory; None where it is not."""
        if self._tally.quads < LARGE:
            yield None
            return
        with TemporaryDirectory(dir=self.path) as folder:
            yield Path(folder)

    def amend_graph(self, graph: str, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        """As `change_graph`, and remember whose triples came or went."""
        self._changes.note(self.store, ox.NamedNode(graph), removed, added)
        self.change_graph(graph, removed, added)

    def load(self, path: Path) -> None:
        """Fill a draft that begins empty with an N-Quads file; raises as kg.store.loading.load.

        The documents in it are known by their graphs; what they were read with is not.
        """
        if self._base or self._tally.touched:
            raise ValueError("a file is loaded into an empty draft only")
        loading.load(self.store, path, self.path)
        self._tally.ask(graph.value for graph in self.store.named_graphs() if isinstance(graph, ox.NamedNode))
        for identifier, source, content in loading.documents(self.store):
            self.documents[identifier] = DocumentRecord(identifier, source, content, "")

    def drop_graph(self, graph: str) -> None:
        """Remove the named graph, and from the default graph what no other named graph holds."""
        name = ox.NamedNode(graph)
        with store_errors(self._snapshots, "written"):
            dropped = list(self.store.quads_for_pattern(None, None, None, name))
            self._tally.spoil(graph)
            self._changes.note(self.store, name, dropped)
            self._open.remove(dropped)
            self.store.remove_graph(name)
        self._tally.drop(graph)

    def update(self, text: str, graphs: Iterable[str], *, base: str | None = None) -> None:
        """Run a SPARQL update that writes to these named graphs and no others, and make the default graph follow.

        Raises SyntaxError where it is malformed, StoreError where the disk is full.
        """
        names = [ox.NamedNode(graph) for graph in graphs]
        before = {name: set(self.store.quads_for_pattern(None, None, None, name)) for name in names}
        with store_errors(self._snapshots, "written"):
            self.store.update(text, base_iri=base, prefixes=PREFIXES)
            for name, old in before.items():
                new = set(self.store.quads_for_pattern(None, None, None, name))
                self._open.remove(old - new)
                self._open.add(list(new - old))
        written = {name.value for name in names}
        for graph in written:
            self._tally.spoil(graph)
        self._tally.ask(written)

    def finish(self, name: str) -> Path:
        """Write the snapshot of this name, and give its folder, ready to be published by a rename."""
        ready = self.path / name
        with store_errors(self._snapshots, "written"):
            ready.mkdir()
            self.store.flush()
            manifest = self._manifest(name, ready / lines.FILE)
            manifest |= beside.finish(ready, self.store, manifest["graphs"], self._tally.touched, self._base)
            written = json.dumps(manifest, ensure_ascii=False, indent=1)
            (ready / MANIFEST).write_text(written + "\n", encoding="utf-8")
            # A checkpoint, not the live folder: nobody has it open for writing, whoever holds self.store.
            self.store.backup(str(ready / STORE))
        return ready

    def nearby(self) -> Path:
        """Where this draft's file of kg.nearby stands, or is to be made.

        Whoever replaces or drops graphs of documents changes it as well, or leaves it out. Raises StoreError where the disk is full.
        """
        with store_errors(self._snapshots, "written"):
            return beside.nearby_of(self.path, self._base)

    def _manifest(self, name: str, kept: Path) -> dict[str, Any]:
        """What the snapshot will say of itself."""
        if self._base:
            lines.take_over(self._base.path / lines.FILE, kept, self._base.manifest.get("lines"))
        graphs, hashes = self._tally.finish(self.store, kept)
        triples = self._open.triples
        total = len(self.store) if triples is None else triples + sum(graphs.values())
        return {
            "name": name,
            "previous": self._previous,
            "minor": self.minor,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "quads": sum(graphs.values()),
            "triples": total - sum(graphs.values()),
            "hash": whole_hash(hashes),
            "graphs": graphs,
            "hashes": hashes,
            **({"lines": file_hash(kept)} if kept.exists() else {}),
            "documents": [asdict(self.documents[each]) for each in sorted(self.documents)],
            "versions": dict(sorted(self.versions.items())),
        }
