"""Whose deed a verb tells where the model hangs its subject, its auxiliary or its participle elsewhere."""

from __future__ import annotations

import pytest
from extracting import acts, read

from kg.extract import Extractor


def told(extractor: Extractor, text: str) -> set[str]:
    """The fillers of all events of a text, as "class.role:slug"."""
    return {f"{kind}.{filler}" for kind, fillers in acts(read(extractor, text)) for filler in fillers}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Berlin a par la suite déployé des blindés en Pologne.", "Deployment.agent:DEU"),
        ("La Turquie a d'ores et déjà livré des drones au Maroc.", "ArmsTransfer.supplier:TUR"),
        ("La Turquie a une nouvelle fois vendu des drones au Maroc.", "ArmsTransfer.supplier:TUR"),
        ("L'armée israélienne n'a plus attaqué le Liban depuis 2019.", "WeaponUse.agent:ISR"),
    ],
)
def test_what_parts_an_auxiliary_from_its_participle_hides_no_subject(
    extractor: Extractor, text: str, wanted: str
) -> None:
    assert wanted in told(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "La Turquie a des missiles livrés par la Russie en 2019.",
        "La Turquie a en stock des missiles livrés par la Russie en 2019.",
    ],
)
def test_who_has_what_another_delivered_does_not_deliver_it(extractor: Extractor, text: str) -> None:
    assert "ArmsTransfer.supplier:TUR" not in told(extractor, text)
    assert "ArmsTransfer.supplier:RUS" in told(extractor, text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("L'armée israélienne, elle, paraphera le traité sur le commerce des armes l'an prochain.", "Signature.agent:ISR"),
        ("Washington proteste. Les Pays-Bas, eux, ont transféré des chasseurs F-16 à Kiev.", "ArmsTransfer.supplier:NLD"),
        ("La Turquie, elle aussi, a livré des missiles antichars à Taïwan.", "ArmsTransfer.recipient:TWN"),
    ],
)  # fmt: skip
def test_a_pronoun_between_commas_only_repeats_the_subject(extractor: Extractor, text: str, wanted: str) -> None:
    found = told(extractor, text)
    assert wanted in found
    assert not found & {"ArmsTransfer.supplier:USA", "ArmsTransfer.recipient:TUR", "ArmsTransfer.recipient:NLD"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Le rapport cite le gouvernement polonais, accusé d'avoir construit des missiles balistiques.", "WeaponDevelopment.agent:POL"),
        ("Le port abrite les blindés, positionnés au Niger en 2021 par Pékin.", "Deployment.agent:CHN"),
    ],
)  # fmt: skip
def test_a_participle_behind_a_comma_describes_the_noun_before_it(extractor: Extractor, text: str, wanted: str) -> None:
    assert wanted in told(extractor, text)


def test_the_noun_before_a_clause_in_ayant_is_its_subject(extractor: Extractor) -> None:
    text = "L'Onu n'a décrété aucun embargo, Moscou et Pékin s'y étant opposés."
    assert {"Rejection.agent:RUS", "Rejection.agent:CHN"} <= told(extractor, text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("La Turquie, qui dirigeait alors la coalition, bombarda la Syrie.", "WeaponUse.agent:TUR"),
        ("L'armée israélienne pilonna l'Ukraine dès 1996.", "WeaponUse.target:UKR"),
        ("Le gouvernement polonais, qui dirigeait la coalition, exporta un radar à la Roumanie.", "ArmsTransfer.supplier:POL"),
    ],
)  # fmt: skip
def test_the_simple_past_is_a_verb_with_its_subject_and_object(extractor: Extractor, text: str, wanted: str) -> None:
    assert wanted in told(extractor, text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("L'armée israélienne a d'abord bombardé le Liban.", "WeaponUse.agent:ISR"),
        ("Ainsi l'armée israélienne a-t-elle bombardé le Liban.", "WeaponUse.agent:ISR"),
        ("L'opposition reproche à Pékin d'avoir envoyé des mines antipersonnel au Maroc.", "ArmsTransfer.supplier:CHN"),
        ("L'opposant Alexeï Navalny avait été empoisonné avec un agent neurotoxique.", "WeaponUse.target:alexei-navalny"),
        ("L'ONG crédite la Turquie d'avoir bombardé le Liban.", "WeaponUse.agent:TUR"),
    ],
)  # fmt: skip
def test_adverbs_pronouns_and_verbs_of_praise_or_blame_hide_no_doer(
    extractor: Extractor, text: str, wanted: str
) -> None:
    assert wanted in told(extractor, text)


@pytest.mark.parametrize(
    "lead", ["L'armée israélienne, comme Lisbonne avant elle,", "La Turquie, tout comme Lisbonne,"]
)
def test_whom_a_doer_is_only_compared_with_does_nothing(extractor: Extractor, lead: str) -> None:
    assert not {f for f in told(extractor, f"{lead} a déployé des chars au Niger.") if f.endswith(":PRT")}
