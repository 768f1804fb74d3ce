"""Making and changing the graph: read, extract, map, store, infer, publish, in this order.

The only module that knows all stages. Whatever fails, the graph that was there before stays as it was.

    build(home, paths)          the graph afresh from ontology, reference data and documents
    add(home, paths)            documents into the graph
    forget(home, identifiers)   documents out of the graph
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from kg import copies, reason, reference, treaties, versions
from kg.aside import Aside
from kg.errors import CallError
from kg.gate import gate
from kg.ids import document_iri
from kg.inputs import Inputs, Read
from kg.model import Document, Reference
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.read import Rejected
from kg.report import Progress, Report, Silent
from kg.settings import settings
from kg.shards import Extracts, MakeExtractor, Shard, load_extractor, outlets_of, shards
from kg.store import DocumentRecord, Draft, Home, Snapshot

BATCH = 32
"""Documents that are read at a time: enough for the model's own batches, few enough for memory."""


def build(
    home: Path,
    paths: Sequence[Path],
    *,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    extractor: MakeExtractor = load_extractor,
) -> Report:
    """Make the graph afresh from the ontology, the reference data and these files and folders.

    `columns` says which column of CSV and JSON holds which field. Without paths the graph holds no document.
    Documents that cannot be read are set aside; where none of those given can be, nothing is published. Raises
    CallError for a path that does not exist or holds no file, ReferenceDataError, LexiconError and OntologyError
    where our own data is wrong, LockedError and StoreError.
    """
    return _Run(home, progress or Silent(), extractor).read(Inputs(paths, columns or {}), fresh=True)


def add(
    home: Path,
    paths: Sequence[Path],
    *,
    columns: Mapping[str, str] | None = None,
    retry: bool = False,
    refused: Sequence[Rejected] = (),
    progress: Progress | None = None,
    extractor: MakeExtractor = load_extractor,
) -> Report:
    """Read these files and folders into the graph, which is begun where there is none.

    With `retry` what was set aside before is read again. `refused` is what could not even be fetched. A document
    that comes again from the same source replaces what it gave before; one whose identifier is already that of
    another source is set aside. Raises as `build`.
    """
    inputs = Inputs(paths, columns or {}, retry, refused)
    return _Run(home, progress or Silent(), extractor).read(inputs, fresh=False)


def forget(home: Path, identifiers: Sequence[str], *, progress: Progress | None = None) -> Report:
    """Remove documents and all that they alone gave.

    Raises CallError where the graph holds no such document, StoreError where there is no graph.
    """
    return _Run(home, progress or Silent(), load_extractor).forget(identifiers)


class _Run:
    """One change of the graph, and the report on it so far."""

    def __init__(self, home: Path, progress: Progress, make_extractor: MakeExtractor) -> None:
        self._home = Home(home)
        self._progress = progress
        self._make_extractor = make_extractor
        self._report = Report()
        self._timed: tuple[str, float] | None = None

    def read(self, inputs: Inputs, *, fresh: bool) -> Report:
        """Read documents into an empty graph, where `fresh`, or into the current one."""
        files, total = inputs.read(self._home.path)
        with self._home.write(fresh=fresh) as draft, Aside(self._home.path, fresh=fresh) as self._aside:
            known = self._lay_foundations(draft)
            self._read_documents(draft, known, files, total)
            if inputs and not self._report.documents:
                draft.discard()
            else:
                self._infer(draft)
        return self._finished(draft.published)

    def forget(self, identifiers: Sequence[str]) -> Report:
        """Remove documents from the current graph."""
        self._home.current()  # raises where there is none, before a lock is made
        with self._home.write() as draft:
            for identifier in dict.fromkeys(identifiers):
                if identifier not in draft.documents:
                    raise _unknown(identifier, draft)
                draft.drop_graph(document_iri(identifier))
                del draft.documents[identifier]
                self._report.forgotten.append(identifier)
            self._infer(draft)
        return self._finished(draft.published)

    def _lay_foundations(self, draft: Draft) -> Reference:
        """Bring the graph's ontology and reference data up to date."""
        self._begin("foundations")
        known = reference.load(settings().seeds / "reference")
        found = versions.of_foundations(known)
        self._gate = gate(settings().ontology, found["ontology"])
        changed = {name for name in ("ontology", "reference") if draft.versions.get(name) != found[name]}
        if changed:
            self._replace_foundations(draft, changed)
        draft.versions.update(found)
        return known

    def _replace_foundations(self, draft: Draft, changed: set[str]) -> None:
        """Put ontology and reference data into the draft, if they agree."""
        seeds = settings().seeds / "reference"
        terms, facts = list(reason.ontology_quads(settings().ontology)), list(reference.quads(seeds))
        self._gate.check_foundations(terms, facts, seeds)
        if "ontology" in changed:
            draft.replace_graph(ONTOLOGY_GRAPH, terms)
        if "reference" in changed:
            draft.replace_graph(REFERENCE_GRAPH, facts)

    def _read_documents(self, draft: Draft, known: Reference, files: Iterator[Read], total: int) -> None:
        """Read, extract and store the documents, batch by batch."""
        extractor: Extracts | None = None
        outlets = outlets_of(known)
        self._begin("read")
        while batch := list(islice(files, BATCH)):
            documents = self._accepted(batch, draft)
            if documents and extractor is None:
                extractor = self._load_extractor(draft, known)
                self._progress.stage("documents", total)
            if extractor is not None:
                self._time("extract")
                self._store(list(shards(extractor, documents, outlets)), draft)
            self._progress.advance(len(batch))
            self._time("read")

    def _accepted(self, batch: Sequence[Read], draft: Draft) -> list[tuple[Path, Document]]:
        """The documents of a batch that may enter the graph; what may not is set aside."""
        accepted = []
        for path, read in batch:
            self._aside.reads(path)
            if isinstance(read, Rejected):
                self._set_aside(read)
            elif (held := draft.documents.get(read.identifier)) and held.source != read.source:
                self._set_aside(_taken(path, held))
            else:
                accepted.append((path, read))
        return accepted

    def _load_extractor(self, draft: Draft, known: Reference) -> Extracts:
        """Load the extractor, and note in the draft what its documents are read with."""
        self._begin("model")
        lexicon = settings().ontology / versions.LEXICON
        extractor = self._make_extractor(known, lexicon)
        draft.versions.update(versions.of_extraction(extractor.version, lexicon))
        return extractor

    def _store(self, batch: Sequence[Shard | Rejected], draft: Draft) -> None:
        """Put what the documents gave into their graphs."""
        self._time("store")
        read_with = versions.reader(draft.versions)
        for shard in batch:
            if isinstance(shard, Rejected):
                self._set_aside(shard)
                continue
            if refusal := self._gate.refusal(shard.quads, draft.store):
                self._set_aside(Rejected(shard.path, refusal.problem, refusal.remedy, "refused"))
                continue
            document = shard.extraction.document
            draft.replace_graph(document.iri, shard.quads)
            draft.documents[document.identifier] = DocumentRecord(
                document.identifier, document.source, document.content_hash, read_with
            )
            self._count(shard)

    def _set_aside(self, rejected: Rejected) -> None:
        self._report.set_aside.append(rejected)
        self._aside.add(rejected)

    def _count(self, shard: Shard) -> None:
        self._report.documents.append(shard.extraction.document.identifier)
        self._report.mentions += len(shard.extraction.mentions)
        self._report.events += len(shard.extraction.events)
        self._report.claims += len(shard.extraction.claims)

    def _infer(self, draft: Draft) -> None:
        """Make the inferred graph the status of treaties, the copies among documents and what rules conclude; publishing follows."""
        self._begin("infer")
        computed = [*treaties.status_quads(draft.store), *copies.copy_quads(draft.store)]
        draft.replace_graph(INFERRED_GRAPH, reason.infer(draft.store, settings().ontology / "rules", computed))
        self._begin("publish")

    def _begin(self, stage: str, total: int | None = None) -> None:
        """Tell whoever watches that a stage begins, and time it."""
        self._progress.stage(stage, total)
        self._time(stage)

    def _time(self, stage: str | None) -> None:
        """From here on the time counts for this stage."""
        now = time.perf_counter()
        if self._timed is not None:
            last, since = self._timed
            self._report.seconds[last] = self._report.seconds.get(last, 0.0) + now - since
        self._timed = (stage, now) if stage is not None else None

    def _finished(self, published: Snapshot | None) -> Report:
        """The report, complete."""
        self._time(None)
        if published is not None:
            self._report.snapshot = published.name
            self._report.quads = published.manifest["quads"]
        return self._report


def _taken(path: Path, held: DocumentRecord) -> Rejected:
    return Rejected(
        path,
        f"The graph already holds a document {held.identifier}, from {held.source}.",
        f"Rename the file, or run kg forget {held.identifier} first.",
        "duplicate",
    )


def _unknown(identifier: str, draft: Draft) -> CallError:
    near = difflib.get_close_matches(identifier, draft.documents, n=3)
    remedy = f"Near it: {', '.join(near)}." if near else "kg status --documents lists those that it holds."
    return CallError(f"The graph holds no document {identifier}.", remedy)
