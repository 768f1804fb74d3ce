"""The second sample graph: documents of our own sentences as the mapping writes them, with all that rules and treaties give.

tests/data/dispatches.yaml holds the documents, tests/data/dispatches-reference.trig what the reference knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg import copies, ledger, links, mapping, reason, treaties
from kg.ids import document_iri
from kg.model import Amount, Claim, Document, Entity, Event, Extraction, Filler, Mention, Modality, Polarity, Span, When
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.periods import first_day, last_day
from kg.settings import ROOT
from kg.store import Home

DATA = Path(__file__).parent / "data"
ACR = "https://w3id.org/arms-control/id/"
OUTLETS = {
    "agence france-presse": ACR + "organization/agence-france-presse",
    "courrier de la defense": ACR + "organization/courrier-de-la-defense",
}
NAMES = {
    "AIEA": "organization/international-atomic-energy-agency",
    "Corée du Nord": "state/PRK",
    "F-35": "weapon/f-35",
    "Iskander": "weapon/iskander",
    "Russie": "state/RUS",
    "S-400": "weapon/s-400",
    "Turquie": "state/TUR",
    "Vladimir Poutine": "person/vladimir-putin",
    "drone": "weapon-category/drone",
    "drones": "weapon-category/drone",
    "traité FNI": "treaty/inf",
    "États-Unis": "state/USA",
}
"""The names that the documents' mentions are made of, with what they mean."""


def build_home(path: Path) -> Home:
    """A home with the second sample graph, composed as kg.build composes."""
    home = Home(path)
    with home.write() as draft:
        draft.replace_graph(ONTOLOGY_GRAPH, reason.ontology_quads(ROOT / "ontology"))
        draft.replace_graph(REFERENCE_GRAPH, ox.parse(path=DATA / "dispatches-reference.trig"))
        for extraction in extractions():
            draft.replace_graph(document_iri(extraction.document.identifier), mapping.quads(extraction, OUTLETS))
        alike = list(copies.copy_quads(draft.store))
        linked = list(links.quads(draft.store))
        told = ledger.quads(draft.store, alike, linked)
        computed = [*treaties.status_quads(draft.store), *alike, *linked]
        draft.replace_graph(INFERRED_GRAPH, [*reason.infer(draft.store, ROOT / "ontology" / "rules", computed), *told])
    return home


def extractions() -> Iterator[Extraction]:
    """What the documents gave, as the extractor would say it."""
    for record in yaml.safe_load((DATA / "dispatches.yaml").read_text(encoding="utf-8")):
        yield _extraction(record)


def _extraction(record: dict[str, Any]) -> Extraction:
    text = " ".join(each["text"] for each in record["sentences"])
    sentences = tuple(_sentences([each["text"] for each in record["sentences"]]))
    told = [
        (span, claim) for span, each in zip(sentences, record["sentences"], strict=True) for claim in each["claims"]
    ]
    known = {key: record.get(key) for key in ("title", "issued", "publisher", "author")}
    return Extraction(
        Document(record["id"], text, f"notes/{record['id']}.txt", **known),
        sentences,
        tuple(_mentions(text, NAMES | record.get("mentions", {}))),
        tuple(
            Entity(ACR + each["iri"], each["kind"], each["label"], reconciled=False)
            for each in record.get("entities", ())
        ),
        tuple({claim["event"]: _event(claim) for _, claim in reversed(told)}.values()),
        tuple(_claim(record["id"], number, text, span, claim) for number, (span, claim) in enumerate(told)),
    )


def _sentences(texts: list[str]) -> Iterator[Span]:
    begin = 0
    for text in texts:
        yield Span(begin, begin + len(text))
        begin += len(text) + 1


def _mentions(text: str, names: dict[str, str]) -> Iterator[Mention]:
    for name, entity in names.items():
        for found in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield Mention(Span(*found.span()), ACR + entity, "gazetteer")


def _event(claim: dict[str, Any]) -> Event:
    fillers = tuple(Filler(role, ACR + iri, "subj") for role, iris in claim["roles"].items() for iri in iris)
    date = str(claim["date"]) if "date" in claim else None
    when = When(date, first_day(date), last_day(date)) if date else None
    return Event(f"{ACR}event/{claim['event']}", claim["kind"], fillers, when)


def _claim(document: str, number: int, text: str, sentence: Span, claim: dict[str, Any]) -> Claim:
    begin = text.index(claim["trigger"], sentence.begin)
    return Claim(
        f"{ACR}claim/{document}-{number}",
        f"{ACR}event/{claim['event']}",
        sentence,
        Span(begin, begin + len(claim["trigger"])),
        Modality(claim.get("modality", "Actual")),
        Polarity(claim.get("polarity", "Affirmed")),
        ACR + claim["claimant"] if "claimant" in claim else None,
        tuple(ACR + each for each in claim.get("relayed_by", ())),
        claim.get("confidence", 0.9),
        f"rules:fr/{claim['kind']}/{claim.get('word', claim['trigger'])}",
        amounts=tuple(_amount(text, sentence, each) for each in claim.get("amounts", ())),
    )


def _amount(text: str, sentence: Span, said: dict[str, Any]) -> Amount:
    begin = text.index(said["words"], sentence.begin)
    return Amount(str(said["value"]), Span(begin, begin + len(said["words"])), ACR + said["of"])
