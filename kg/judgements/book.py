"""All judgements that hold, and what follows from them for the quads of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.ids import digest
from kg.judgements import file
from kg.judgements.applying import apply_to, divide
from kg.judgements.lines import line_of
from kg.judgements.model import ON_CLAIM, PAIR, READING, Judgement, Kind
from kg.judgements.sheet import Sheet
from kg.judgements.telling import told

Pairs = frozenset[frozenset[str]]


@dataclass(frozen=True)
class Judgements:
    """The judgements of a file.

    judgements = Judgements.load(judgements_file())
    judgements.same, judgements.different     # pairs of IRIs, as documents gave them
    judgements.apply(document, quads)         # what the document's graph is to hold
    judgements.told(document, quads)          # what acr:graph/decisions is to say of it
    """

    log: tuple[Judgement, ...] = ()
    """All, those that no longer hold included, the oldest first."""

    @classmethod
    def load(cls, path: Path) -> Judgements:
        """The judgements of the file; none where there is no file. Raises as kg.judgements.file.read."""
        return cls(file.read(path))

    @cached_property
    def undone(self) -> frozenset[str]:
        """The ids of judgements that an undo took back; one that was itself undone takes nothing back."""
        gone = set[str]()
        for judgement in reversed(self.log):
            if judgement.kind is Kind.UNDO and judgement.id not in gone:
                gone.add(judgement.subjects[0])
        return frozenset(gone)

    @cached_property
    def standing(self) -> tuple[Judgement, ...]:
        """Those that hold, the oldest first: neither undone, nor followed by another on the same topic."""
        latest: dict[tuple[str, ...], Judgement] = {}
        for judgement in self.log:
            if judgement.kind is not Kind.UNDO and judgement.id not in self.undone:
                latest[judgement.topic] = judgement
        return tuple(sorted(latest.values(), key=lambda each: (each.when, each.id)))

    @cached_property
    def same(self) -> Pairs:
        """The pairs of events or entities that are one."""
        return self._pairs(Kind.SAME)

    @cached_property
    def different(self) -> Pairs:
        """The pairs that are not."""
        divided = {frozenset(each.divided) for each in self.standing if each.divided is not None}
        return self._pairs(Kind.DIFFERENT) | divided

    @cached_property
    def unsure(self) -> Pairs:
        """The pairs of which a reviewer could not tell."""
        return self._pairs(Kind.UNSURE)

    def _pairs(self, kind: Kind) -> Pairs:
        return frozenset(frozenset(each.subjects) for each in self.standing if each.kind is kind and not each.on_claims)

    @cached_property
    def digest(self) -> str:
        """One hash for all that holds: equal where the same follows; empty where nothing holds."""
        return digest(*map(line_of, self.standing)) if self.standing else ""

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Judgement, ...]]:
        """The judgements on claims that hold, by the IRI of the document that makes the claim; of a pair the second."""
        found: dict[str, list[Judgement]] = {}
        for judgement in self.standing:
            if judgement.kind in ON_CLAIM or judgement.divided is not None:
                found.setdefault(judgement.judged[-1].document, []).append(judgement)
        return {document: tuple(each) for document, each in found.items()}

    def holding(self, sheet: Sheet) -> Sequence[Judgement]:
        """The judgements on claims of a document that say what they said when they were judged."""
        return [
            each
            for each in self.by_document.get(sheet.document, ())
            if sheet.reading(each.subjects[-1]) == each.judged[-1]
        ]

    def apply(self, document: str, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """What the graph of the document with this IRI is to hold, from the quads that it gave, in their order.

        Rejected claims are left out, with their event where no other claim of the document is about it and with what hangs on
        them; corrected ones are changed; of two about one event that are judged different the second gets an event of its own.
        A judgement on a claim that now says something else changes nothing.
        """
        if document not in self.by_document:
            return list(quads)
        sheet = Sheet(document, quads)
        holding = self.holding(sheet)
        for judgement in holding:
            if judgement.kind in READING:
                apply_to(sheet, judgement.subjects[0], judgement)
        for judgement in holding:
            divide(sheet, judgement)
        return sheet.quads

    def told(self, document: str, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """What acr:graph/decisions says of the judgements that hold on claims of this document, from the quads that it gave."""
        if document not in self.by_document:
            return []
        holding = (each for each in self.holding(Sheet(document, quads)) if each.kind in ON_CLAIM)
        return [quad for judgement in holding for quad in told(judgement)]

    @cached_property
    def told_of_others(self) -> tuple[ox.Quad, ...]:
        """What acr:graph/decisions says of judgements on pairs and on publishers."""
        others = [each for each in self.standing if each.kind in PAIR or each.kind is Kind.RELIABILITY]
        return tuple(quad for judgement in others for quad in told(judgement))
