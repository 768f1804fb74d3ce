"""What nouns of saying tell: "les informations selon lesquelles …", who denies it, and whom a source cites."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Claim, Document

TOLD = "selon lesquelles l'Égypte aurait livré des roquettes au Soudan"


def transfer(extractor: Extractor, text: str) -> Claim:
    """The first claim of the only arms transfer of a text."""
    extraction = extractor.extract(Document("a", text, "a.txt"))
    (event,) = (e for e in extraction.events if e.kind == "ArmsTransfer")
    return next(c for c in extraction.claims if c.event == event.iri)


@pytest.mark.parametrize(
    ("text", "modality", "polarity", "claimant"),
    [
        (f"Le Caire a rejeté les informations {TOLD}.", "Actual", "Negated", "EGY"),
        (f"La Chine a démenti lundi les accusations américaines {TOLD}.", "Actual", "Negated", "CHN"),
        (f"La Chine juge mensongères les accusations américaines {TOLD}.", "Actual", "Negated", "CHN"),
        (f"Les rumeurs {TOLD} sont infondées, a déclaré la Chine.", "Actual", "Negated", "CHN"),
        (f"La Chine a confirmé les informations {TOLD}.", "Possible", "Affirmed", "CHN"),
        (f"La Chine n'a pas démenti les informations {TOLD}.", "Possible", "Affirmed", None),
        (f"Les affirmations américaines {TOLD} inquiètent Paris.", "Possible", "Affirmed", "USA"),
        (
            "Reuters affirme, en citant des responsables chinois, que l'Égypte a livré des roquettes au Soudan.",
            "Actual",
            "Affirmed",
            "CHN",
        ),
        (
            "L'Égypte a livré des roquettes au Soudan, affirme Reuters, qui cite des responsables chinois.",
            "Actual",
            "Affirmed",
            "CHN",
        ),
        (
            "Reuters a interrogé Xi Jinping. L'Égypte a livré des roquettes au Soudan, ajoute l'agence.",
            "Actual",
            "Affirmed",
            "reuters",
        ),
        (
            "Xi Jinping a reçu la BBC. L'Égypte a livré des roquettes au Soudan, selon la chaîne.",
            "Actual",
            "Affirmed",
            "bbc",
        ),
        ("L'Égypte a « livré » des roquettes au Soudan, selon la Chine.", "Actual", "Affirmed", "CHN"),
        ("« L'Égypte a livré des roquettes au Soudan », a réagi la Chine.", "Actual", "Affirmed", "CHN"),
    ],
)
def test_who_says_what_a_noun_tells(
    extractor: Extractor, text: str, modality: str, polarity: str, claimant: str | None
) -> None:
    claim = transfer(extractor, text)
    assert (claim.modality.value, claim.polarity.value) == (modality, polarity)
    assert (claim.claimant or "").rsplit("/", 1)[-1] == (claimant or "")


def test_a_phrase_is_shown_as_its_noun(extractor: Extractor) -> None:
    extraction = extractor.extract(
        Document("a", "L'Iran pourrait faire face à de nouvelles sanctions de la France.", "a.txt")
    )
    assert [c.modality.value for c in extraction.claims] == ["Possible"]


def test_what_comes_behind_who_said_it_is_told_by_the_text(extractor: Extractor) -> None:
    said = "La Norvège a testé un missile, a annoncé mardi Jonas Gahr Store, deux jours après la livraison de chars à l'Ukraine par la Suède."
    assert transfer(extractor, said).claimant is None
