"""How many and for how much: numbers as texts word them, what they count, and what they are not."""

from __future__ import annotations

import pytest
import yaml

from kg.extract import Extractor
from kg.extract.amounts import Amounts
from kg.extract.lexicon.amount_words import AmountWords
from kg.model import Bound, Claim, Document, Event, Filler, Modality, Polarity, Span
from kg.settings import ROOT

WORDS = yaml.safe_load((ROOT / "ontology/lexicon/fr/words/amounts.yaml").read_text(encoding="utf-8"))
AMOUNTS = Amounts(AmountWords.model_validate(WORDS))
Found = tuple[str, str, str, str]


def found(marked: str, kind: str = "ArmsTransfer", others: int = 0) -> list[Found]:
    """Value, unit or currency, bound and words of the amounts of a sentence, whose weapon stands in brackets."""
    begin, end = marked.find("["), marked.find("]") - 1
    text = marked.replace("[", "").replace("]", "")
    span = Span(begin, end) if begin >= 0 else None
    event = Event("e", kind, (Filler("item", "w", "obj", span),))
    sentence = Span(0, len(text))
    events = [event, *(Event(f"o{number}", kind, ()) for number in range(others))]
    claims = [
        Claim(f"c{each.iri}", each.iri, sentence, sentence, Modality.ACTUAL, Polarity.AFFIRMED, None) for each in events
    ]
    told = next(iter(AMOUNTS.of(text, events, claims))).amounts
    return [(each.value, each.unit or each.currency, each.bound.value, each.span.of(text)) for each in told]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kiev a reçu quarante [missiles].", ("40", "", "exact", "quarante missiles")),
        ("Kiev a reçu 40 [Caesar].", ("40", "", "exact", "40 Caesar")),
        ("Kiev a reçu ses 36 premiers [Caesar].", ("36", "", "exact", "36 premiers Caesar")),
        ("Riyad achète deux batteries de [Patriot].", ("2", "batterie", "exact", "deux batteries de Patriot")),
        ("Athènes achète 24 avions de combat [Rafale].", ("24", "", "exact", "24 avions de combat Rafale")),
        ("L'armée veut 1 200 [chars].", ("1200", "", "exact", "1 200 chars")),
        ("L'armée veut plus de 1.200 [chars].", ("1200", "", "at least", "plus de 1.200 chars")),
        ("Paris cède une trentaine de [blindés].", ("30", "", "about", "une trentaine de blindés")),
        ("Paris cède quelque deux cent cinquante [blindés].", ("250", "", "about", "quelque deux cent cinquante blindés")),
        ("Un million d'[obus] sont partis.", ("1000000", "", "exact", "Un million d'obus")),
        ("Il faut 2,5 millions d’[obus].", ("2500000", "", "exact", "2,5 millions d’obus")),
        ("Il en part quatre-vingt-dix [drones].", ("90", "", "exact", "quatre-vingt-dix drones")),
        ("Il en part vingt et un [drones].", ("21", "", "exact", "vingt et un drones")),
        ("Il en part jusqu'à trois mille [drones].", ("3000", "", "at most", "jusqu'à trois mille drones")),
        ("Il manque deux centaines de [chars].", ("200", "", "about", "deux centaines de chars")),
        ("Il achète huit exemplaires du [S-400].", ("8", "", "exact", "huit exemplaires du S-400")),
        ("Le contrat porte sur des chars, pour 2,5 milliards de dollars.", ("2500000000", "USD", "exact", "2,5 milliards de dollars")),
        ("Il paie environ 300 millions d'euros.", ("300000000", "EUR", "about", "environ 300 millions d'euros")),
        ("Il paie 40 millions de dollars australiens.", ("40000000", "AUD", "exact", "40 millions de dollars australiens")),
    ],
)  # fmt: skip
def test_what_is_an_amount(text: str, wanted: Found) -> None:
    assert found(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Kiev a reçu un [missile].",
        "Kiev a reçu des [missiles].",
        "Kiev a reçu une batterie [Typhon].",
        "Des centaines de milliers d'[obus] manquent.",
        "Le groupe a vendu pour 300 millions de [radars].",
        "Deux pays ont livré des [missiles].",
        "Il y a deux ans, des [missiles] sont partis.",
        "En 2019, la Russie a livré le [S-400].",
        "Les 27 ont parlé, et les [missiles] sont partis.",
        "Une portée de 500 kilomètres pour ce [missile].",
        "Le S-300, 2 fois moins cher que le [S-400].",
        "Quatre soldats armés de [fusils].",
        "Il paie 300 millions d'euros, ou 350 millions de dollars.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert found(text) == []


def test_a_price_belongs_to_no_event_where_two_are_told() -> None:
    assert found("Il paie 300 millions d'euros.", others=1) == []


def test_arms_are_counted_of_what_is_done_with_arms() -> None:
    assert found("Ils parlent de quarante [missiles].", "Meeting") == []


def test_a_text_is_read_with_its_amounts(extractor: Extractor) -> None:
    text = "La Russie a livré deux batteries de S-400 à la Turquie en juillet 2019."
    read = extractor.extract(Document("amounts", text, "amounts.txt", issued="2019-07-20"))
    (claim,) = read.claims
    (amount,) = claim.amounts
    assert (amount.value, amount.unit, amount.bound) == ("2", "batterie", Bound.EXACT)
    assert (amount.entity or "").endswith("weapon/s-400")
    assert amount.span.of(text) == "deux batteries de S-400"
