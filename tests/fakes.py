"""An extractor for tests of everything but extraction: no model, the same records for the same text."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.ids import hashed_iri
from kg.model import Claim, Document, Event, Extraction, Filler, Mention, Modality, Polarity, Reference, Span
from kg.settings import ROOT

RUSSIA = "https://w3id.org/arms-control/id/state/RUS"
INF = "https://w3id.org/arms-control/id/treaty/inf"


class FakeExtractor:
    """Reads "Russie" as a state and each "quitte" as a withdrawal from the INF treaty; fails at "PANNE"."""

    version = "fake-1"

    def __init__(self, reference: Reference, lexicon: Path) -> None:
        assert RUSSIA in reference.entities
        assert INF in reference.entities

    def extract(self, document: Document) -> Extraction:
        if "PANNE" in document.text:
            raise RuntimeError("the parser\nfell over")
        sentences = [Span(*match.span()) for match in re.finditer(r"[^\n.]+\.", document.text)]
        triggers = [Span(*match.span()) for match in re.finditer("quitte", document.text)]
        mentions = [
            Mention(Span(*m.span()), RUSSIA, "gazetteer") for m in re.finditer("Russie", document.text)
        ]
        event = Event(
            hashed_iri("event", "Withdrawal", RUSSIA, INF),
            "Withdrawal",
            (Filler("agent", RUSSIA, "subj"), Filler("treaty", INF, "obj")),
        )
        claims = [_claim(document, event, next(s for s in sentences if s.end >= t.end), t) for t in triggers]
        events = (event,) if claims else ()
        return Extraction(document, tuple(sentences), tuple(mentions), (), events, tuple(claims))

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        return map(self.extract, documents)


def _claim(document: Document, event: Event, sentence: Span, trigger: Span) -> Claim:
    iri = hashed_iri("claim", document.identifier, event.iri, str(trigger.begin))
    return Claim(iri, event.iri, sentence, trigger, Modality.ACTUAL, Polarity.AFFIRMED, None)


def lean_ontology(folder: Path) -> Path:
    """A copy of the ontology with its quickest rule alone, for tests that publish many graphs."""
    shutil.copytree(ROOT / "ontology", folder)
    for rule in (folder / "rules").glob("*.rq"):
        if rule.stem != "involves":
            rule.unlink()
    return folder
