"""What every extractor is: the rules are one (kg.extract.Extractor), the endpoint another (kg.extract.proposing.endpoint.Endpoint)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from kg.model import Document, Extraction

if TYPE_CHECKING:
    from kg.extract import Extractor
    from kg.extract.proposing.endpoint import Endpoint


class AnyExtractor(Protocol):
    """Reads documents. Equal documents give equal extractions while its version stays the same."""

    @property
    def name(self) -> str:
        """Which extractor it is: "rules", "endpoint". Its claims' methods begin with it."""

    @property
    def version(self) -> str:
        """Changes whenever it would read a text differently."""

    def extract(self, document: Document) -> Extraction:
        """All that one document gives."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """The same for many, in their order."""


def both(rules: Extractor, endpoint: Endpoint) -> tuple[AnyExtractor, AnyExtractor]:
    """The two extractors of this package as what they have in common, which the type checker so proves of them."""
    return rules, endpoint
