"""Turns of reports on treaties, resolutions and sanctions: decrees that are signed, texts that do what their authors do, whom one
is judged for."""

from __future__ import annotations

import pytest
from extracting import read, told

from kg.extract import Extractor


@pytest.mark.parametrize(
    ("text", "kind", "fillers"),
    [
        (
            "La Tanzanie a présenté une motion qui sanctionne le Burundi pour ses obus.",
            "Sanction",
            {"agent:TZA", "target:BDI"},
        ),
        (
            "Une directive votée par le Botswana interdit la vente de mortiers à l'Angola.",
            "TransferSuspension",
            {"agent:BWA", "item:mortier", "recipient:AGO"},
        ),
        (
            "L'Égypte a puni le Soudan pour la livraison de roquettes au Tchad.",
            "ArmsTransfer",
            {"supplier:SDN", "item:roquette", "recipient:TCD"},
        ),
        (
            "Le Laos vient de mettre en garde la Thaïlande pour avoir procédé dimanche à un tir de missile.",
            "WeaponTest",
            {"agent:THA", "item:missile"},
        ),
        (
            "Lima a révélé que Quito quittait le traité de Tlatelolco, accusant Bogota d'une attaque de drones.",
            "Accusation",
            {"agent:PER", "target:COL"},
        ),
        (
            "Ankara va autoriser des inspections de l'OIAC dans ses laboratoires.",
            "Inspection",
            {"agent:organisation-for-the-prohibition-of-chemical-weapons", "target:TUR"},
        ),
        (
            "Le Mexique a violé l'accord international sur le nucléaire de 2015.",
            "Violation",
            {"agent:MEX", "treaty:jcpoa"},
        ),
    ],
)
def test_a_turn_of_law_gives_its_roles(extractor: Extractor, text: str, kind: str, fillers: set[str]) -> None:
    assert told(extractor, text)[kind] == fillers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gabriel Boric a signé lundi un décret suspendant l'application du traité de Tlatelolco.", "Signature"),
        ("Gabriel Boric a signé mardi 4 mai avec Javier Milei une loi de sortie du TNP.", "Signature"),
        ("Le Kenya suspend sa participation au traité New START de réduction des ogives.", "Dismantlement"),
        ("La proposition de désarmement du Chili a reçu le soutien du Pérou.", "Meeting"),
        ("Lula a reçu Gustavo Petro à Brasilia pour parler de torpilles.", "ArmsTransfer"),
        ("De nouvelles utilisations de mines antipersonnel ont été signalées au Soudan.", "Deployment"),
        (
            "Oman et le Yémen ont convenu de tenir vendredi des pourparlers militaires entre généraux à Mascate.",
            "Signature",
        ),
        ("La motion adoptée condamne les violations de l'accord de cessez-le-feu conclu en mai.", "Ratification"),
        ("L'enquête sur les obus volés vise le Pérou et la Bolivie.", "WeaponUse"),
    ],
)
def test_what_only_looks_like_an_event(extractor: Extractor, text: str, kind: str) -> None:
    assert kind not in told(extractor, text)


def test_a_treaty_behind_what_is_done_to_it_is_the_one_that_was_signed(extractor: Extractor) -> None:
    text = "Minsk étudie le retrait officiel du traité FCE, signé à Paris en 1990."
    assert told(extractor, text)["Signature"] == {"treaty:cfe", "place:paris"}


def test_an_abbreviation_in_brackets_tells_which_treaty_is_meant(extractor: Extractor) -> None:
    text = "L'accord sur le nucléaire (JCPOA) a été dénoncé par Téhéran."
    assert "treaty:jcpoa" in told(extractor, text)["Withdrawal"]


def test_what_spells_out_a_name_in_brackets_is_no_other_name(extractor: Extractor) -> None:
    text = "Il remplace le traité SORT (Strategic Offensive Reduction Treaty) signé en 2002."
    assert "strategic-offensive-reduction-treaty" not in {
        m.entity.rsplit("/", 1)[-1] for m in read(extractor, text).mentions
    }


def test_what_one_justifies_took_place(extractor: Extractor) -> None:
    extraction = read(extractor, "Pour justifier son départ du TNP, Rabat a accusé Alger de cacher des ogives.")
    kinds = {e.iri: e.kind for e in extraction.events}
    assert {c.modality.value for c in extraction.claims if kinds[c.event] == "Withdrawal"} == {"Actual"}
