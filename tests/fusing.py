"""Reports for tests of fusion: a sentence each, with the event that it says, as an extractor would give it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import mapping
from kg.ids import event_iri, hashed_iri, undated
from kg.model import Claim, Document, Event, Extraction, Filler, Modality, Polarity, Reference, Span, When
from kg.namespaces import ACR
from kg.periods import first_day, last_day

Told = tuple[str, Mapping[str, str], str, str, str, str]
"""Class, fillers by role (local IRIs, with blanks between), date as EDTF or empty, sentence, modality, polarity."""


def told(
    kind: str, roles: str, when: str = "", words: str = "", modality: str = "Actual", polarity: str = "Affirmed"
) -> Told:
    """An event: told("Meeting", "participant=state/RUS participant=state/USA", "2019-06")."""
    fillers: dict[str, str] = {}
    for each in roles.split():
        role, _, entity = each.partition("=")
        fillers[role] = f"{fillers.get(role, '')} {entity}".strip()
    return kind, fillers, when, words or f"Phrase sur {kind}.", modality, polarity


def extraction(identifier: str, issued: str | None, events: Iterable[Told]) -> Extraction:
    """What an extractor would give for a report of one sentence for each event."""
    text, sentences, given, claims = "", [], {}, []
    for kind, roles, when, words, modality, polarity in events:
        sentence = Span(len(text), len(text) + len(words))
        text += words + "\n"
        sentences.append(sentence)
        fillers = tuple(
            Filler(role, ACR + entity, "subj")
            for role, entities in sorted(roles.items())
            for entity in entities.split()
        )
        date = When(when, first_day(when), last_day(when)) if when else None
        pairs = [(each.role, each.entity) for each in fillers]
        iri = event_iri(kind, when or undated(identifier), pairs)
        given[iri] = Event(iri, kind, fillers, date)
        claim = hashed_iri("claim", identifier, iri, modality, polarity)
        trigger = Span(sentence.begin, sentence.begin + 3)
        claims.append(Claim(claim, iri, sentence, trigger, Modality(modality), Polarity(polarity), None))
    document = Document(identifier, text, f"{identifier}.txt", issued=issued)
    return Extraction(document, tuple(sentences), (), (), tuple(given.values()), tuple(claims))


def shards(reports: Mapping[str, tuple[str | None, Iterable[Told]]]) -> dict[str, list[ox.Quad]]:
    """What reports give, by the IRIs of their documents, from issue and events by identifier."""
    found = (extraction(name, issued, events) for name, (issued, events) in reports.items())
    return {each.document.iri: list(mapping.quads(each)) for each in found}


RUSSIA_SELLS = "supplier=state/RUS recipient=state/TUR item=weapon/s-400"
POOL: tuple[tuple[str | None, Told], ...] = (
    ("2019-04-02", told("ArmsTransfer", RUSSIA_SELLS, "", "La Turquie achète des missiles à la Russie.")),
    (
        "2019-04-03",
        told("ArmsTransfer", RUSSIA_SELLS, "2019-07", "La Russie livrera en juillet ses missiles.", "Planned"),
    ),
    ("2019-04-04", told("ArmsTransfer", RUSSIA_SELLS, "2019-09", "Un autre lot partira en septembre.", "Planned")),
    (None, told("ArmsTransfer", "supplier=state/RUS recipient=person/recep-tayyip-erdogan item=weapon/s-400")),
    ("2019-04-09", told("ArmsTransfer", RUSSIA_SELLS, "", "Ankara dément acheter des missiles.", "Actual", "Negated")),
    ("2019-04-09", told("ArmsTransfer", "supplier=state/USA recipient=state/TUR item=weapon/f-35")),
    ("2010-04-09", told("Signature", "agent=state/RUS agent=state/USA treaty=treaty/new-start", "2010-04-08")),
    ("2019-02-01", told("Signature", "treaty=treaty/new-start", "2010", "Le traité a été signé en 2010.")),
    (
        "2019-06-29",
        told("Meeting", "participant=person/vladimir-putin participant=person/donald-trump place=place/osaka"),
    ),
    ("2019-07-01", told("Negotiation", "participant=state/RUS participant=state/USA gathering=gathering/g20-osaka")),
    ("2019-07-01", told("Meeting", "participant=state/RUS participant=state/CHN gathering=gathering/g20-osaka")),
    (None, told("Meeting", "participant=state/RUS participant=state/USA", "2019-06", "Ils se sont vus en juin.")),
)
"""Reports, many of which tell of one event."""


class PoolExtractor:
    """Gives for the text "n …" the reports of these numbers in POOL."""

    version = "pool-1"
    pool = POOL

    def __init__(self, reference: Reference, lexicon: Path) -> None:
        pass

    def extract(self, document: Document) -> Extraction:
        chosen = [self.pool[int(number)] for number in document.text.split()]
        made = extraction(document.identifier, chosen[0][0], [event for _, event in chosen])
        kept = made.document
        graph = Document(document.identifier, kept.text, document.source, issued=kept.issued)
        return Extraction(graph, made.sentences, (), (), made.events, made.claims)

    def pipe(self, documents: object) -> Iterator[Extraction]:
        assert hasattr(documents, "__iter__")
        return map(self.extract, documents)
