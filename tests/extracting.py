"""What the extractor makes of a text, in the short words that tests compare."""

from __future__ import annotations

from kg.extract import Extractor
from kg.model import Document, Extraction

DAY = "2024-05-02"
"""On which the texts appear that are given no day of their own."""


def read(extractor: Extractor, text: str) -> Extraction:
    """What is extracted from a text of that day."""
    return extractor.extract(Document("t", text, "t", issued=DAY, dated_by="metadata"))


def acts(extraction: Extraction) -> list[tuple[str, set[str]]]:
    """The class of each event with its fillers, as "role:slug"."""
    return [(e.kind, {f"{f.role}:{f.entity.rsplit('/', 1)[-1]}" for f in e.fillers}) for e in extraction.events]


def told(extractor: Extractor, text: str) -> dict[str, set[str]]:
    """The fillers of each class of event in a text, as "role:slug"."""
    found: dict[str, set[str]] = {}
    for kind, fillers in acts(read(extractor, text)):
        found.setdefault(kind, set()).update(fillers)
    return found
