"""What documents give: extraction and mapping, with the fault of one document kept from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg import mapping
from kg.errors import CallError, DataError, LexiconError, OntologyError, ReferenceDataError, StoreError
from kg.ids import fold
from kg.model import Document, Extraction, Reference
from kg.read import Rejected

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
class Shard:
    """All that one document gave, as records and as quads in the document's graph."""

    path: Path
    """The file that was read."""
    extraction: Extraction
    quads: list[ox.Quad]


def shards(
    extractor: Extracts, batch: Sequence[tuple[Path, Document]], outlets: Mapping[str, str]
) -> Iterator[Shard | Rejected]:
    """What the documents of a batch give, in their order; one that fails, however it fails, is set aside.

    `outlets` are the known media outlets, as kg.mapping wants them.
    """
    try:
        documents = [document for _, document in batch]
        read = zip(batch, extractor.pipe(documents), strict=True)
        together = [_shard(path, extraction, outlets) for (path, _), extraction in read]
    except NOT_THE_DOCUMENT:
        raise
    except Exception:  # one of them is at fault: find out which
        for path, document in batch:
            yield _alone(extractor, path, document, outlets)
    else:
        yield from together


def _alone(extractor: Extracts, path: Path, document: Document, outlets: Mapping[str, str]) -> Shard | Rejected:
    """What one document gives by itself, or why it fails."""
    try:
        return _shard(path, extractor.extract(document), outlets)
    except NOT_THE_DOCUMENT:
        raise
    except DataError as error:
        return Rejected(path, error.problem, error.remedy)
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return Rejected(
            path,
            f"Reading it failed ({reason}).",
            "Leave it out, and report this: the fault is the program's.",
            "failed",
        )


def _shard(path: Path, extraction: Extraction, outlets: Mapping[str, str]) -> Shard:
    return Shard(path, extraction, list(mapping.quads(extraction, outlets)))


def outlets_of(known: Reference) -> dict[str, str]:
    """The IRI of each media outlet of the reference by its folded names."""
    outlets = {iri for iri, entity in known.entities.items() if entity.kind == "MediaOutlet"}
    named = {fold(name.text): name.entity for name in known.names if name.entity in outlets}
    return named | {fold(known.entities[iri].label): iri for iri in sorted(outlets)}
