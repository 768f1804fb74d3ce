"""Making and changing the graph: read, extract, map, store, infer, publish, in this order.

The only module that knows all stages. Whatever fails, the graph that was there before stays as it was.

    build(home, paths)          the graph afresh from ontology, reference data and documents
    add(home, paths)            documents into the graph
    forget(home, identifiers)   documents out of the graph
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg import foundations, reference, versions
from kg.aside import Aside
from kg.cache import Shelf, place_at
from kg.concluding import conclude
from kg.folding import Fold
from kg.ids import document_iri
from kg.inputs import Inputs, Read
from kg.judgements import Judgements, judgements_file
from kg.model import Document, Reference
from kg.read import Rejected
from kg.refusals import taken, unknown
from kg.report import Clock, Progress, Report, Silent, write_report
from kg.settings import settings
from kg.shards import MakeExtractor, load_extractor, refused, version_of
from kg.store import DocumentRecord, Draft, Home, Snapshot
from kg.store.memory import be_lean
from kg.supply import Outcome, Same, Shard, Supply
from kg.workers import Desk, Hands, Reader, Setup

IN_PROCESS = Hands()
"""Documents are read by the process that asks."""
MUCH = 100_000
"""From so many quads on it is worth while to give back the memory that writing them took."""


def build(
    home: Path,
    paths: Sequence[Path],
    *,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    extractor: MakeExtractor = load_extractor,
    hands: Hands = IN_PROCESS,
) -> Report:
    """Make the graph afresh from the ontology, the reference data and these files and folders.

    `columns` says which column of CSV and JSON holds which field. Without paths the graph holds no document.
    Documents that cannot be read are set aside; where none of those given can be, nothing is published. Raises
    CallError for a path that does not exist or holds no file, ReferenceDataError, LexiconError and OntologyError
    where our own data is wrong, LockedError and StoreError.
    """
    return _Run(home, progress or Silent(), extractor, hands).read(Inputs(paths, columns or {}), fresh=True)


def add(
    home: Path,
    paths: Sequence[Path],
    *,
    columns: Mapping[str, str] | None = None,
    retry: bool = False,
    refused: Sequence[Rejected] = (),
    progress: Progress | None = None,
    extractor: MakeExtractor = load_extractor,
    hands: Hands = IN_PROCESS,
) -> Report:
    """Read these files and folders into the graph, which is begun where there is none.

    With `retry` what was set aside before is read again. `refused` is what could not even be fetched. A document
    that comes again from the same source replaces what it gave before; one whose identifier is already that of
    another source is set aside. Raises as `build`.
    """
    inputs = Inputs(paths, columns or {}, retry, refused)
    return _Run(home, progress or Silent(), extractor, hands).read(inputs, fresh=False)


def forget(home: Path, identifiers: Sequence[str], *, progress: Progress | None = None) -> Report:
    """Remove documents and all that they alone gave.

    Raises CallError where the graph holds no such document, StoreError where there is no graph.
    """
    return _Run(home, progress or Silent(), load_extractor, IN_PROCESS).forget(identifiers)


class _Run:
    """One change of the graph, and the report on it so far."""

    def __init__(self, home: Path, progress: Progress, make_extractor: MakeExtractor, hands: Hands) -> None:
        self._home = Home(home)
        self._progress = progress
        self._make_extractor = make_extractor
        self._hands = hands
        self._reader: Reader | None = None
        self._anew = False
        """Whether ontology or reference data are others than those that the inferred graph rests on."""
        be_lean()
        self._report = Report()
        self._clock = Clock(self._report, self._progress)

    def read(self, inputs: Inputs, *, fresh: bool) -> Report:
        """Read documents into an empty graph, where `fresh`, or into the current one."""
        files, total = inputs.read(self._home.path)
        try:
            with self._home.write(fresh=fresh) as draft, Aside(self._home.path, fresh=fresh) as self._aside:
                self._before = dict(draft.versions)
                self._clock.begin("foundations")
                known = reference.load(settings().seeds / "reference")
                self._plan(known, total)
                laid = foundations.lay(draft, known)
                self._entrance, self._anew = laid.entrance, laid.anew
                self._fold = self._folding(draft)
                self._read_documents(draft, known, files, total)
                if self._is_vain(draft, bool(inputs), fresh):
                    draft.discard()
                else:
                    self._fuse(draft)
                    self._infer(draft)
        finally:
            if self._reader is not None:
                self._report.worker_megabytes = self._reader.megabytes
                self._reader.close()
        return self._finished(draft.published)

    def _is_vain(self, draft: Draft, asked: bool, fresh: bool) -> bool:
        """Whether nothing could be read, or all is as the graph holds it."""
        report = self._report
        if asked and not (report.documents or report.unchanged):
            return True
        return not fresh and not report.documents and draft.versions == self._before

    def forget(self, identifiers: Sequence[str]) -> Report:
        """Remove documents from the current graph."""
        self._home.current()  # raises where there is none, before a lock is made
        with self._home.write() as draft:
            self._fold = self._folding(draft)
            for identifier in dict.fromkeys(identifiers):
                if identifier not in draft.documents:
                    raise unknown(identifier, draft.documents)
                self._fold.take(document_iri(identifier))
                del draft.documents[identifier]
                self._report.forgotten.append(identifier)
            self._fuse(draft)
            self._infer(draft)
        return self._finished(draft.published)

    def _plan(self, known: Reference, total: int) -> None:
        """Find out what documents are read with; where none was read before, have the model loaded meanwhile."""
        self._lexicon = settings().ontology / versions.LEXICON
        self._version = version_of(self._make_extractor)
        self._reading = versions.of_reading(known, self._version or "", self._lexicon)
        self._setup: Setup | None = None
        self._shelf: Shelf | None = None
        if self._version is not None:
            seeds, ontology, home, shards = settings().seeds, settings().ontology, self._home.path, settings().shards
            self._shelf = Shelf(place_at(home, shards))
            self._setup = Setup.of(self._make_extractor, seeds, ontology, home, shards, self._reading)
            if total and self._hands.are_elsewhere and self._shelf.is_empty():
                self._reader = self._hands.reader(self._setup, self._desk(known), self._shelf, total)

    def _desk(self, known: Reference, draft: Draft | None = None) -> Callable[[Shelf | None], Desk]:
        """What makes the desk of this process, and notes in the draft what cannot be known before."""

        def make(shelf: Shelf | None) -> Desk:
            extractor = self._make_extractor(known, self._lexicon)
            if draft is not None:
                draft.versions.update(versions.of_extraction(extractor.version, self._lexicon))
            return Desk(extractor, known, self._reading, shelf, settings().ontology)

        return make

    def _folding(self, draft: Draft) -> Fold:
        """What lays the documents' quads into the draft; all anew where it rests on something else than before."""
        judgements = Judgements.load(judgements_file())
        rests_on = {"fusion": versions.of_fusion(settings().ontology), "judgements": judgements.digest}
        anew = self._anew or any(draft.versions.get(name, "") != value for name, value in rests_on.items())
        draft.versions.update(rests_on)
        return Fold(draft, settings().ontology, judgements, anew=anew)

    def _read_documents(self, draft: Draft, known: Reference, files: Iterator[Read], total: int) -> None:
        """Read, extract and store the documents, or find that they were before."""
        if total and self._version is not None:
            draft.versions.update(versions.of_extraction(self._version, self._lexicon))
        self._after = draft.versions
        self._clock.begin("read")
        supply = Supply(
            self._reading,
            self._shelf,
            lambda: self._take_up(draft, known, total),
            draft.documents,
            versions.reader(draft.versions),
            total,
        )
        for outcome in supply.outcomes(self._accepted(files, draft)):
            self._clock.count("store")
            self._settle(outcome, draft)
            self._report.seen += 1
            self._progress.advance()
            self._clock.count("read" if self._reader is None else "extract")
        if self._shelf is not None:
            self._shelf.count(self._report.cached, len(self._report.documents) - self._report.cached)

    def _accepted(self, files: Iterator[Read], draft: Draft) -> Iterator[Read]:
        """The files, those set aside that may not enter the graph."""
        while True:
            last = self._clock.count("read")
            try:
                path, read = next(files)
            except StopIteration:
                return
            finally:
                self._clock.count(last)
            self._aside.reads(path)
            held = draft.documents.get(read.identifier) if isinstance(read, Document) else None
            is_taken = isinstance(read, Document) and held is not None and held.source != read.source
            yield path, taken(path, held) if held is not None and is_taken else read

    def _take_up(self, draft: Draft, known: Reference, total: int) -> Reader:
        """The reader, ready to read."""
        last = self._clock.count("model")
        self._progress.stage("model")
        if self._reader is None:
            self._reader = self._hands.reader(self._setup, self._desk(known, draft), self._shelf, total)
        self._reader.prepare()
        self._progress.stage("documents", total)
        if self._report.seen:
            self._progress.advance(self._report.seen)
        self._clock.count(last if last != "read" else "extract")
        return self._reader

    def _settle(self, outcome: Outcome, draft: Draft) -> None:
        """Put what a document gave into its graph."""
        if isinstance(outcome, Rejected):
            self._set_aside(outcome)
            return
        document = outcome.document
        read_with = versions.reader(draft.versions)
        record = DocumentRecord(document.identifier, document.source, document.content_hash, read_with)
        if isinstance(outcome, Same):
            self._report.unchanged += 1
            draft.documents[document.identifier] = replace(record, entry=outcome.entry)
            return
        if refusal := self._entrance.refusal(outcome.entry, document.iri):
            self._set_aside(refused(outcome.path, refusal))
            return
        self._fold.give(document.iri, outcome.entry.triples)
        self._count(outcome, draft.documents.get(document.identifier), record)
        kept = outcome.entry.identity if self._shelf is not None else ""
        draft.documents[document.identifier] = replace(record, entry=kept)

    def _set_aside(self, rejected: Rejected) -> None:
        self._report.set_aside.append(rejected)
        self._aside.add(rejected)

    def _count(self, shard: Shard, held: DocumentRecord | None, now: DocumentRecord) -> None:
        """Add a document to the report."""
        counts, report = shard.entry.counts, self._report
        report.documents.append(shard.document.identifier)
        report.mentions += counts.mentions
        report.events += counts.events
        report.claims += counts.claims
        if shard.cached:
            report.cached += 1
            return
        report.words += counts.words
        if held is not None:
            older = [name for name in versions.READERS if self._before.get(name) != self._after.get(name)]
            why = "text" if held.hash != now.hash else " and ".join(older) or "metadata"
            report.read_again[why] = report.read_again.get(why, 0) + 1

    def _fuse(self, draft: Draft) -> None:
        """Lay what documents gave into their graphs, judged, and events that are one under one IRI."""
        self._clock.begin("fuse")
        self._report.merged = self._fold.settle().merged
        del self._fold  # it holds the store
        draft.rest(MUCH)

    def _infer(self, draft: Draft) -> None:
        """Conclude what follows from the graphs. Publishing follows."""
        self._clock.begin("infer")
        conclude(draft, settings().ontology / "rules", anew=self._anew)
        self._clock.begin("publish")

    def _finished(self, published: Snapshot | None) -> Report:
        """The report, complete; as JSON it lies beside the snapshot's quads."""
        self._clock.count(None)
        if published is not None:
            self._report.snapshot = published.name
            self._report.quads = published.manifest["quads"]
            write_report(published.path, self._report)
        return self._report
