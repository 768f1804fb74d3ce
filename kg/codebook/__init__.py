"""The codebook: how an analyst codes by hand what the program codes, from the ontology and the frames.

Path("docs/codebook.md").write_text(codebook(read(settings().ontology), lexicon))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import alignments, vocabulary
from kg.codebook import general
from kg.codebook.classes import section
from kg.errors import OntologyError
from kg.extract.lexicon import Lexicon

__all__ = ["Ontology", "codebook", "read"]


@dataclass(frozen=True, slots=True)
class Ontology:
    """What the codebook needs of the ontology."""

    vocabulary: vocabulary.Vocabulary
    alignments: alignments.Alignments


def read(folder: Path) -> Ontology:
    """The ontology of this folder; raises OntologyError where a file is missing or wrong."""
    return Ontology(vocabulary.load(folder), alignments.load(folder))


def codebook(ontology: Ontology, lexicon: Lexicon) -> str:
    """The codebook as Markdown.

    Raises OntologyError where a class has no codes beside it, or codes have no class.
    """
    events, codes = ontology.vocabulary.events, ontology.alignments.classes
    for name in sorted(events.keys() ^ codes.keys()):
        raise OntologyError(
            f"{alignments.FILE}: {name} stands either there or in the ontology, not in both.",
            "Give each event class of the ontology one entry.",
        )
    return "\n".join(_lines(ontology, lexicon)) + "\n"


def _lines(ontology: Ontology, lexicon: Lexicon) -> Iterator[str]:
    words = ontology.vocabulary
    frames = {frame.event: frame for frame in lexicon.frames}
    yield from general.opening(words)
    yield from general.roles(words, lexicon)
    yield from general.security(lexicon)
    yield from general.modality(words, lexicon)
    yield from general.claimant(words, lexicon)
    yield from general.rest()
    yield from general.reading(words)
    for event in words.events.values():
        yield from section(event, frames.get(event.name), words, ontology.alignments)
