"""Two extractors over one document: the rules' reading, and beside it what an endpoint proposes and the rules do not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.protocol import AnyExtractor
from kg.ids import digest
from kg.model import Document, Extraction, Mention


class Together:
    """Reads documents with both. What both say stands once, as the first says it; each claim's method names who read it."""

    def __init__(self, first: AnyExtractor, second: AnyExtractor) -> None:
        self._first = first
        self._second = second
        self.name = f"{first.name}+{second.name}"
        self.version = digest(first.version, second.version)

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """The extractions of documents, one by one, in order."""
        for document in documents:
            yield self.extract(document)

    def extract(self, document: Document) -> Extraction:
        """All that one document gives by either; raises what either raises."""
        first, second = self._first.extract(document), self._second.extract(document)
        return Extraction(
            document=document,
            sentences=tuple(sorted({*first.sentences, *second.sentences})),
            mentions=_mentions(first, second),
            entities=tuple({e.iri: e for e in (*second.entities, *first.entities)}.values()),
            events=tuple({e.iri: e for e in (*second.events, *first.events)}.values()),
            claims=tuple({c.iri: c for c in (*second.claims, *first.claims)}.values()),
        )


def _mentions(first: Extraction, second: Extraction) -> tuple[Mention, ...]:
    """The mentions of both in the order of the text; of the same words, the first's."""
    named = {mention.span for mention in first.mentions}
    others = [mention for mention in second.mentions if mention.span not in named]
    return tuple(sorted((*first.mentions, *others), key=lambda mention: (mention.span, mention.entity)))
