"""Two documents made by hand, of which judgements are passed in tests, and what builds graphs of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg import mapping
from kg.ids import event_iri, hashed_iri, undated
from kg.judgements import Reading, Sheet
from kg.model import (
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Filler,
    Mention,
    Modality,
    Polarity,
    Reference,
    Span,
    When,
)
from kg.namespaces import ACR

RUSSIA, FRANCE, TURKEY = (f"{ACR}state/{code}" for code in ("RUS", "FRA", "TUR"))
SYSTEM = ACR + "weapon/s-400"
INF = ACR + "treaty/inf"
OUTLET_NAME = "*Le* <img src=x> [Quotidien](javascript:x)"
"""A name that Markdown and HTML would read."""
RECORDED = f"{ACR}event/recorded"
"""An event of the reference data, which the fixture `recorded` merges a document's with."""
TEXT = (
    "Paris livre le Griffon à Ankara en juin. Moscou nie que Paris livre quoi que ce soit. La France quitte le traité."
)
SALE, DENIAL, LEAVING = Span(0, 40), Span(41, 85), Span(86, 113)
DAY = When("2019-06", "2019-06-01", "2019-06-30", Span(32, 39))


def extraction(document: Document) -> Extraction:
    """A transfer that is affirmed and, by Russia, denied, and a withdrawal: three claims, two events."""
    griffon = ACR + "weapon/griffon"
    sale = _event(
        document,
        "ArmsTransfer",
        (
            Filler("item", griffon, "obj", Span(15, 22)),
            Filler("recipient", TURKEY, "à", Span(25, 31), 0.9),
            Filler("supplier", FRANCE, "subj", Span(0, 5)),
        ),
        DAY,
    )
    leaving = _event(document, "Withdrawal", (Filler("agent", FRANCE, "subj"), Filler("treaty", INF, "obj")), None)
    return Extraction(
        document,
        (SALE, DENIAL, LEAVING),
        (Mention(Span(0, 5), FRANCE, "metonym"), Mention(Span(25, 31), TURKEY, "metonym")),
        (Entity(griffon, "WeaponSystem", "Griffon", False),),
        (sale, leaving),
        (
            _claim(document, sale, SALE, Span(6, 11), evidence=("present",)),
            _claim(document, sale, DENIAL, Span(62, 67), polarity=Polarity.NEGATED, claimant=RUSSIA),
            _claim(document, leaving, LEAVING, Span(96, 102)),
        ),
    )


def _event(document: Document, kind: str, fillers: tuple[Filler, ...], when: When | None) -> Event:
    time = when.edtf if when else undated(document.identifier)
    return Event(event_iri(kind, time, ((each.role, each.entity) for each in fillers)), kind, fillers, when)


def _claim(
    document: Document,
    event: Event,
    sentence: Span,
    trigger: Span,
    *,
    polarity: Polarity = Polarity.AFFIRMED,
    claimant: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Claim:
    iri = hashed_iri("claim", document.identifier, event.iri, Modality.ACTUAL, polarity, claimant or "")
    return Claim(
        iri, event.iri, sentence, trigger, Modality.ACTUAL, polarity, claimant, confidence=0.8, evidence=evidence
    )


class JudgedExtractor:
    """Gives `extraction` for every text that has as many characters as `TEXT`."""

    version = "judged-1"

    def __init__(self, reference: Reference, lexicon: Path) -> None:
        pass

    def extract(self, document: Document) -> Extraction:
        return extraction(document)

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        return map(self.extract, documents)


def note(identifier: str = "note", text: str = TEXT) -> Document:
    """The document."""
    return Document(identifier, text, f"{identifier}.txt", publisher="Le Quotidien")


def given(document: Document | None = None) -> list[ox.Quad]:
    """What it gives."""
    return list(mapping.quads(extraction(document or note())))


def claims(document: Document | None = None) -> tuple[str, str, str]:
    """The IRIs of its claims: of the transfer, of its denial, of the withdrawal."""
    sale, denial, leaving = (claim.iri for claim in extraction(document or note()).claims)
    return sale, denial, leaving


def reading(claim: str, document: Document | None = None) -> Reading:
    """What a claim of it says."""
    document = document or note()
    found = Sheet(document.iri, given(document)).reading(claim)
    assert found is not None
    return found


def changed(document: Document) -> Document:
    """The document with another word in its first sentence."""
    return replace(document, text=document.text.replace("le Griffon à", "un Griffon à"))


def rewritten(quad: ox.Quad, old: str, new: str) -> ox.Quad:
    """The quad with one thing known by another IRI."""
    subject, value = (ox.NamedNode(new) if each == ox.NamedNode(old) else each for each in (quad.subject, quad.object))
    return ox.Quad(subject, quad.predicate, value, quad.graph_name)
