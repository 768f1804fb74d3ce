"""What a manifest remembers of a document."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ids import document_iri


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the manifest remembers of a document."""

    identifier: str
    source: str
    hash: str
    """SHA-256 of the cleaned text."""
    read_with: str
    """What it was read with, as one hash: extractor, lexicon, model and reference data."""
    entry: str = ""
    """What it gave, as the cache names it (kg.cache.Entry.identity); empty where that is not kept."""

    @property
    def iri(self) -> str:
        """The document's IRI, which names its graph as well."""
        return document_iri(self.identifier)
