"""From a part of a file to a document: cleaning, metadata, identifier and language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from kg.errors import DocumentError
from kg.ids import digest, slug
from kg.model import Document
from kg.read.cleaning import clean
from kg.read.fields import Metadata
from kg.read.language import check_language
from kg.read.parts import How, Part

LONGEST_NAME = 60
"""Characters of an address that its document's identifier shows."""


class ForeignError(DocumentError):
    """A document is in a language without a pipeline: it is kept for the day when there is one."""

    def __init__(self, error: DocumentError, kept: Document) -> None:
        super().__init__(error.problem, error.remedy, "language")
        self.kept = kept


def document(part: Part, stem: str, source: str, sidecar: Metadata, how: How) -> Document:
    """The document that a part of a file makes; raises DocumentError where it cannot be one.

    `stem` names it where the part has no name of its own; `source` says where it is. What is declared, in front matter,
    columns or the sidecar, outweighs what a page seems to say.
    """
    text = clean(part.text)
    if not text.strip():
        raise empty()
    if len(text) > how.limit:
        raise too_long(f"{len(text):,} characters", how.limit)
    declared = part.metadata.merged(sidecar)
    metadata = declared.filled(part.found)
    known = Document(
        identifier=_identifier(_name(part, metadata, stem, text)),
        text=text,
        source=metadata.url or source,
        language=metadata.language or "",
        title=metadata.title,
        url=metadata.url,
        publisher=metadata.publisher,
        issued=metadata.date,
        dated_by=None if metadata.date is None else "metadata" if declared.date else part.found_in,
        author=metadata.author,
    )
    return in_language(known)


def in_language(known: Document) -> Document:
    """The document with its language told, by the pipelines that there are now; raises ForeignError where none reads it."""
    try:
        return replace(known, language=check_language(known.language or None, known.text))
    except DocumentError as error:
        raise ForeignError(error, known) from error


def _name(part: Part, metadata: Metadata, stem: str, text: str) -> str:
    """What identifies a document: its name, or among many in a file its address, or else what it holds."""
    if part.name is not None or not part.place:
        return part.name or stem
    if metadata.url is not None:
        return name_of(metadata.url)
    return f"{stem}-{digest(text, metadata.title or '', metadata.publisher or '', metadata.date or '')[:12]}"


def name_of(url: str) -> str:
    """An identifier for what stands at an address: its last words, and a hash that tells like ones apart.

    >>> name_of("https://example.org/monde/un-traite-signe.html?x=1")
    'un-traite-signe-8b6a6f1c'
    """
    path = re.sub(r"^https?://|[?#].*$", "", url).rstrip("/")
    last = re.sub(r"\.[a-z]{2,5}$", "", path.rpartition("/")[2])
    return f"{slug(last)[:LONGEST_NAME].strip('-') or 'page'}-{digest(url)[:8]}"


def _identifier(name: str) -> str:
    """The name as an identifier; raises DocumentError where it holds characters that cannot be shown."""
    identifier = unicodedata.normalize("NFC", name)
    if not identifier.isprintable() or not identifier.strip():
        raise DocumentError(
            f"Its name {identifier!a} holds characters that cannot be shown.",
            "Rename it to letters, digits, hyphens and dots.",
            "format",
        )
    return identifier


def empty() -> DocumentError:
    """Of a file without text."""
    return DocumentError("It holds no text.", "Remove it, or save the article's text to it.", "empty")


def too_long(length: str, limit: int) -> DocumentError:
    """Of a file that holds so much ("5,000,000 bytes")."""
    return DocumentError(
        f"It holds {length}, more than the {limit:,} characters that are read.",
        "Split it, or raise KG_DOCUMENT_CHARACTERS.",
        "limit",
    )
