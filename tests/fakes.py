"""An extractor for tests of everything but extraction: no model, the same records for the same text."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import lean
import pytest

from kg.ids import hashed_iri
from kg.model import Claim, Document, Event, Extraction, Filler, Mention, Modality, Polarity, Reference, Span
from kg.settings import ROOT, settings

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
        mentions = [Mention(Span(*m.span()), RUSSIA, "gazetteer") for m in re.finditer("Russie", document.text)]
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


class FatalExtractor(FakeExtractor):
    """Dies at "MORT", never ends at "SANS FIN", and at "MÉMOIRE" takes 3 GB."""

    def extract(self, document: Document) -> Extraction:
        if "MORT" in document.text:
            os.abort()
        if "SANS FIN" in document.text:
            time.sleep(600)
        if "MÉMOIRE" in document.text:
            assert bytearray(3 * 2**30)
        return super().extract(document)


class SlowExtractor(FakeExtractor):
    """Takes a tenth of a second for each document."""

    def extract(self, document: Document) -> Extraction:
        time.sleep(0.1)
        return super().extract(document)


class WordyExtractor(FakeExtractor):
    """Tells the words of a text as its forms and lemmas."""

    def extract(self, document: Document) -> Extraction:
        return replace(super().extract(document), words=frozenset(re.findall(r"\w+", document.text.lower())))


def _claim(document: Document, event: Event, sentence: Span, trigger: Span) -> Claim:
    iri = hashed_iri("claim", document.identifier, event.iri, str(trigger.begin))
    return Claim(iri, event.iri, sentence, trigger, Modality.ACTUAL, Polarity.AFFIRMED, None)


@contextmanager
def lean_project(folder: Path) -> Iterator[None]:
    """Settings that point to a small copy of ontology and reference, for tests that publish many graphs.

    Of the rules the quickest is kept, of the tables what tests speak of.
    """
    shutil.copytree(ROOT / "ontology", folder / "ontology")
    for path, text in lean.tables().items():
        table = folder / "seeds" / "reference" / path
        table.parent.mkdir(parents=True, exist_ok=True)
        table.write_text(text, encoding="utf-8")
    for rule in (folder / "ontology" / "rules").glob("*.rq"):
        if rule.stem != "superproperty":
            rule.unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_ONTOLOGY", str(folder / "ontology"))
        patch.setenv("KG_SEEDS", str(folder / "seeds"))
        settings.cache_clear()
        yield
    settings.cache_clear()
