"""What documents give: extraction and mapping, with the fault of one document kept from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg import mapping, versions
from kg.cache import Counts, Entry, Reading
from kg.errors import CallError, DataError, LexiconError, OntologyError, ReferenceDataError, StoreError
from kg.gate import Judge
from kg.ids import fold
from kg.model import Document, Extraction, Reference
from kg.read import Rejected
from kg.store.canonical import canonical_triples
from kg.validate import Finding

NOT_THE_DOCUMENT = (CallError, LexiconError, OntologyError, ReferenceDataError, StoreError)
"""Errors that setting a document aside would only hide."""


class Extracts(Protocol):
    """What a build needs of an extractor; kg.extract.Extractor is one."""

    version: str

    def extract(self, document: Document) -> Extraction:
        """All that one document gives."""
        ...

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """The same for many, in their order."""
        ...


MakeExtractor = Callable[[Reference, Path], Extracts]
"""Makes an extractor from the reference and the folder of the lexicons."""


def load_extractor(known: Reference, lexicon: Path) -> Extracts:
    """The rules, whose model takes seconds to load: call it where there are documents only."""
    from kg.extract import Extractor

    return Extractor(known, lexicon)


def load_endpoint(known: Reference, lexicon: Path) -> Extracts:
    """The endpoint of the settings; raises CallError where they name none."""
    from kg.extract.proposing.endpoint import configured

    return configured(known)


def load_both(known: Reference, lexicon: Path) -> Extracts:
    """The rules and the endpoint of the settings over the same documents; raises CallError where they name none."""
    from kg.extract import Extractor
    from kg.extract.proposing.endpoint import configured
    from kg.extract.proposing.together import Together
    from kg.extract.protocol import both

    endpoint = configured(known)
    return Together(*both(Extractor(known, lexicon), endpoint))


EXTRACTORS: dict[str, MakeExtractor] = {"rules": load_extractor, "endpoint": load_endpoint, "both": load_both}
"""The extractors that a build can read with, by the names that users give them."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be read."""

    path: Path
    """The file that it came from."""
    document: Document
    key: str
    """What its entry in the cache is filed under."""


class Shards:
    """Makes a shard of what an extractor gives of a document."""

    def __init__(self, outlets: Mapping[str, str], reading: Reading, judge: Judge) -> None:
        """`outlets` are the known media outlets, as kg.mapping wants them."""
        self._outlets = outlets
        self._reading = reading
        self._judge = judge

    def read(self, extractor: Extracts, tasks: Sequence[Task]) -> Iterator[Entry | Rejected]:
        """What the documents give, in their order; one that fails, however it fails, or violates a shape is set aside."""
        done = 0
        try:
            for task, extraction in zip(tasks, extractor.pipe([task.document for task in tasks]), strict=True):
                entry = self._entry(task, extraction)
                done += 1
                yield entry
        except NOT_THE_DOCUMENT:
            raise
        except Exception:  # one of those left is at fault: find out which
            for task in tasks[done:]:
                yield self._alone(extractor, task)

    def _alone(self, extractor: Extracts, task: Task) -> Entry | Rejected:
        """What one document gives by itself, or why it fails."""
        try:
            return self._entry(task, extractor.extract(task.document))
        except NOT_THE_DOCUMENT:
            raise
        except DataError as error:
            return Rejected(task.path, error.problem, error.remedy)
        except MemoryError:
            return out_of_memory(task.path)
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            return Rejected(
                task.path,
                f"Reading it failed ({reason}).",
                "Leave it out, and report this: the fault is the program's.",
                "failed",
            )

    def _entry(self, task: Task, extraction: Extraction) -> Entry | Rejected:
        quads = list(mapping.quads(extraction, self._outlets))
        if refusal := self._judge.refusal(quads):
            return refused(task.path, refusal)
        words = None if extraction.words is None else tuple(sorted(extraction.words))
        counts = Counts(
            len(task.document.text.split()), len(extraction.mentions), len(extraction.events), len(extraction.claims)
        )
        return Entry(
            task.key,
            self._reading.relevant(words),
            self._reading.lexicon,
            words,
            counts,
            canonical_triples(quads),
            self._judge.told(quads),
            self._judge.version,
        )


def refused(path: Path, finding: Finding) -> Rejected:
    """A document that may not enter the graph."""
    return Rejected(path, finding.problem, finding.remedy, "refused")


def out_of_memory(path: Path) -> Rejected:
    """A document that took too much memory."""
    return Rejected(
        path, "Reading it took more memory than a worker may have.", "Split it, or raise KG_WORKER_MEMORY.", "limit"
    )


def version_of(extractor: MakeExtractor) -> str | None:
    """The version of what an extractor of this make gives, known before it is loaded; None where what it gives is not kept."""
    if extractor is load_extractor:
        return versions.of_program()
    version = getattr(extractor, "version", None)
    return version if isinstance(version, str) else None


def outlets_of(known: Reference) -> dict[str, str]:
    """The IRI of each media outlet of the reference by its folded names."""
    outlets = {iri for iri, entity in known.entities.items() if entity.kind == "MediaOutlet"}
    named = {fold(name.text): name.entity for name in known.names if name.entity in outlets}
    return named | {fold(known.entities[iri].label): iri for iri in sorted(outlets)}
