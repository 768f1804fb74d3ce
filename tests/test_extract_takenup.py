"""What a text takes up without its name: bodies by a noun, systems by a number; who says a quotation of one word; asides."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document


def told(extractor: Extractor, text: str) -> dict[str, set[str]]:
    """The fillers of each class of event in a text, as "role:slug"."""
    found: dict[str, set[str]] = {}
    for event in extractor.extract(Document("t", text, "t")).events:
        fillers = {f"{f.role}:{f.entity.rsplit('/', 1)[-1]}" for f in event.fillers}
        found.setdefault(event.kind, set()).update(fillers)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "filler"),
    [
        ("Rheinmetall grandit. Nammo aussi. Le fabricant allemand a livré des chars à Oman.", "ArmsTransfer", "supplier:rheinmetall"),
        ("L'AIEA et l'ONU ont parlé. L'agence a inspecté le réacteur nucléaire de Fordo.", "Inspection", "agent:international-atomic-energy-agency"),
        ("Amnesty International écrit. L'ONG accuse la Russie d'un tir de missile.", "Accusation", "agent:amnesty-international"),
    ],
)  # fmt: skip
def test_a_noun_takes_up_the_latest_body_of_its_kind(extractor: Extractor, text: str, kind: str, filler: str) -> None:
    assert filler in told(extractor, text)[kind]


def test_two_bodies_are_taken_up_together(extractor: Extractor) -> None:
    text = "Amnesty International et Oxfam publient. Les deux ONG accusent la Russie d'un tir de missile."
    assert {"agent:amnesty-international", "agent:oxfam"} <= told(extractor, text)["Accusation"]


def test_a_noun_with_its_own_name_takes_up_nobody(extractor: Extractor) -> None:
    text = "Amnesty International écrit. L'ONG Handicap International accuse la Russie d'un tir de missile."
    assert "agent:amnesty-international" not in told(extractor, text)["Accusation"]


def test_a_number_alone_counts_the_system_spoken_of(extractor: Extractor) -> None:
    text = "L'Australie attend ses missiles Himars. Vingt ont été commandés aux États-Unis en janvier."
    assert "item:himars" in told(extractor, text)["ArmsTransfer"]


def test_a_quotation_of_one_word_is_its_speakers_act(extractor: Extractor) -> None:
    assert told(extractor, "« Mensonge », a répliqué la Syrie à propos de ces missiles.")["Rejection"] == {"agent:SYR"}
    assert "Rejection" not in told(extractor, "Le mensonge, a répliqué la Syrie, arme ces missiles.")


@pytest.mark.parametrize("aside", ["pour sa part", "en effet", "à l'inverse"])
def test_asides_do_not_part_a_clause(extractor: Extractor, aside: str) -> None:
    text = f"Le Cambodge a {aside} accusé la Thaïlande d'un tir de missile."
    assert told(extractor, text)["Accusation"] >= {"agent:KHM", "target:THA"}


def test_a_clause_hung_elsewhere_finds_its_antecedent(extractor: Extractor) -> None:
    text = "L'arrêt donne raison à Oxfam, qui reprochait à la Hongrie ses missiles."
    assert told(extractor, text)["Accusation"] >= {"agent:oxfam", "target:HUN"}


def test_a_year_does_not_part_a_verb_from_its_object(extractor: Extractor) -> None:
    text = "Le Kremlin a installé dès 2023 ses propres missiles chez le voisin biélorusse."
    assert told(extractor, text)["Deployment"] >= {"agent:RUS", "item:missile"}


def test_who_denies_after_a_quotation_is_named_behind_the_verb(extractor: Extractor) -> None:
    text = "« Allégations infondées », a balayé ce lundi la Serbie, qui vend des missiles."
    assert "agent:SRB" in told(extractor, text)["Rejection"]


def test_a_pronoun_takes_up_the_subject_of_the_main_clause(extractor: Extractor) -> None:
    text = "La Russie, avec laquelle Helsinki partage une frontière, observe. Elle a déployé des missiles Iskander."
    assert "agent:RUS" in told(extractor, text)["Deployment"]


def test_what_is_set_before_a_sentence_is_its_subject(extractor: Extractor) -> None:
    text = "La Belgique a livré des chars. Quant à la Grèce, sollicitée dès le mois d'avril, elle a refusé de céder ses batteries Patriot."
    assert "agent:GRC" in told(extractor, text)["Rejection"]


def test_the_country_of_a_known_person_is_that_which_he_served(extractor: Extractor) -> None:
    text = "Massoud Pezeshkian a exclu que son pays quitte le Traité de non-prolifération."
    assert "agent:IRN" in told(extractor, text)["Withdrawal"]


def test_a_class_of_ships_is_a_system_beside_a_ship(extractor: Extractor) -> None:
    text = "La Suède a modernisé les sous-marins de la classe Södermanland."
    assert "item:sodermanland" in {f.lower() for f in told(extractor, text)["WeaponDevelopment"]}
    assert "WeaponDevelopment" not in told(extractor, "La Suède a modernisé les écoles de la classe Södermanland.")
