"""What a text takes up without its name: bodies by a noun, systems by a number; who says a quotation of one word; asides."""

from __future__ import annotations

import pytest
from extracting import read, told

from kg.extract import Extractor


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


SALE = "La Norvège a commandé vingt chars Leopard 2 à l'Allemagne."


@pytest.mark.parametrize(
    ("text", "kind", "fillers"),
    [
        ("Le contrat a été signé lundi à Oslo.", "Signature", {"agent:NOR", "agent:DEU", "place:oslo"}),
        ("Les deux ministres parlaient. Le contrat, paraphé en mai, vaut un milliard.", "Signature", {"agent:NOR", "agent:DEU"}),
        ("Le Bundestag a suspendu la livraison en mars.", "TransferSuspension", {"agent:bundestag", "recipient:NOR", "item:leopard-2"}),
        ("Le marché a été annulé.", "TransferSuspension", {"recipient:NOR", "item:leopard-2"}),
    ],
)  # fmt: skip
def test_a_definite_noun_takes_up_the_parties_of_an_event(
    extractor: Extractor, text: str, kind: str, fillers: set[str]
) -> None:
    assert told(extractor, f"{SALE} {text}")[kind] == fillers


def test_what_takes_up_an_event_of_its_class_dates_it_and_is_no_other(extractor: Extractor) -> None:
    events = read(extractor, f"{SALE} La livraison est prévue en 2026.").events
    assert [(e.kind, e.when.edtf if e.when else None) for e in events] == [("ArmsTransfer", "2026")]


@pytest.mark.parametrize(
    "text", ["Un contrat a été signé lundi.", "Le contrat de maintenance a été signé lundi.", "Le contrat que tu sais a été signé."]
)  # fmt: skip
def test_what_says_which_one_is_meant_takes_up_nothing(extractor: Extractor, text: str) -> None:
    assert "Signature" not in told(extractor, f"{SALE} {text}")


def test_several_who_are_sent_are_of_the_body_named_last_and_no_person(extractor: Extractor) -> None:
    text = "L'AIEA et Bachar al-Assad ont parlé d'armes. Les inspecteurs se sont rendus à Fordo."
    assert told(extractor, text)["Inspection"] == {"agent:international-atomic-energy-agency", "place:fordo"}


def test_a_verb_with_what_it_says_behind_it_is_no_incise(extractor: Extractor) -> None:
    text = "Note discordante, la Russie, parrain du régime, a accusé l'OIAC de mentir sur ces armes."
    fillers = told(extractor, text)["Accusation"]
    assert "agent:organisation-for-the-prohibition-of-chemical-weapons" not in fillers


@pytest.mark.parametrize(
    "dateline", ["La Haye (AFP) - 22/03/2025 18h41 - ", "Riga, 3 mars 2024 – ", "LIMA, mardi 4 juin (Reuters) - "]
)
def test_a_dateline_acts_in_nothing(extractor: Extractor, dateline: str) -> None:
    text = (
        f"{dateline}L'Organisation pour l'interdiction des armes chimiques a dépêché en Syrie une équipe d'inspecteurs."
    )
    assert "agent:organisation-for-the-prohibition-of-chemical-weapons" in told(extractor, text)["Inspection"]
    assert len(told(extractor, text)) == 1


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Berlin a livré dix chars Leopard 2 à Kiev, Paris six.", [("DEU", "leopard-2"), ("FRA", "leopard-2")]),
        ("Berlin a livré dix chars Leopard 2 à Kiev et Varsovie quatorze.", [("DEU", "leopard-2"), ("POL", "leopard-2")]),
        ("La France a livré des Caesar à l'Ukraine, la Suède des Archer.", [("FRA", "caesar"), ("SWE", "archer")]),
        ("La France a livré des Caesar à l'Ukraine. La Suède l'a fait en mai.", [("FRA", "caesar"), ("SWE", "caesar")]),
        ("La France a livré des Caesar à l'Ukraine. La Suède a suivi.", [("FRA", "caesar"), ("SWE", "caesar")]),
    ],
)  # fmt: skip
def test_an_event_is_told_again_of_others_without_its_verb(
    extractor: Extractor, text: str, parties: list[tuple[str, str]]
) -> None:
    events = read(extractor, text).events
    told_of = [{f.role: f.entity.rsplit("/", 1)[-1] for f in e.fillers} for e in events]
    assert sorted((r["supplier"], r["item"]) for r in told_of) == sorted(parties)
    assert {r["recipient"] for r in told_of} == {"UKR"}


@pytest.mark.parametrize("text", ["La Suède suit le dossier.", "La Suède entend suivre.", "La Suède le fait craindre."])
def test_verbs_of_doing_the_same_may_mean_something_else(extractor: Extractor, text: str) -> None:
    events = read(extractor, f"La France a livré des Caesar à l'Ukraine. {text}").events
    assert len(events) == 1


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("L'Iran enrichit de l'uranium. Les États-Unis l'accusent de mentir sur sa bombe nucléaire.", "Accusation", "IRN"),
        ("La Russie a déployé des missiles. L'Otan la met en garde.", "Warning", "RUS"),
        ("La Turquie a reçu des S-400. Washington l'a sanctionnée en 2020.", "Sanction", "TUR"),
    ],
)  # fmt: skip
def test_an_object_pronoun_stands_for_who_was_spoken_of(
    extractor: Extractor, text: str, kind: str, target: str
) -> None:
    assert f"target:{target}" in told(extractor, text)[kind]


@pytest.mark.parametrize(
    ("text", "kind", "filler"),
    [
        ("Le Liban accuse Israël d'un tir. Ce dernier a bombardé Beyrouth.", "WeaponUse", "agent:ISR"),
        ("La Syrie a accueilli l'OIAC. Celle-ci a inspecté cinq sites chimiques.", "Inspection", "agent:organisation-for-the-prohibition-of-chemical-weapons"),
        ("Riyad et Washington parlent d'armement. Le royaume recevra des Patriot.", "ArmsTransfer", "recipient:SAU"),
        ("Tokyo et Séoul parlent d'armement. L'archipel recevra des Patriot.", "ArmsTransfer", "recipient:JPN"),
    ],
)  # fmt: skip
def test_the_one_named_last_and_the_state_of_that_form_are_taken_up(
    extractor: Extractor, text: str, kind: str, filler: str
) -> None:
    assert filler in told(extractor, text)[kind]


def test_the_last_of_its_kind_is_not_the_one_named_last(extractor: Extractor) -> None:
    text = "Le Liban accuse Israël d'un tir. Ce dernier bilan du tir est faux, et l'armée a bombardé Beyrouth."
    assert "agent:ISR" not in told(extractor, text).get("WeaponUse", set())
