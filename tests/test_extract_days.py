"""Days of events that the calendar, the hour or another event of the sentence tells."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document

ISSUED = "2024-06-12"
"""A Wednesday."""


def whens(extractor: Extractor, text: str) -> set[tuple[str, str | None]]:
    """Each event's class with its date."""
    extraction = extractor.extract(Document("a", text, "a.txt", issued=ISSUED))
    return {(e.kind, e.when.edtf if e.when else None) for e in extraction.events}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Recep Tayyip Erdogan rencontrera mercredi Joe Biden à Ankara pour parler de missiles Patriot.", ("Meeting", "2024-06-12")),
        ("Recep Tayyip Erdogan rencontrera mercredi prochain Joe Biden à Ankara pour parler de missiles Patriot.", ("Meeting", "2024-06-19")),
        ("Joe Biden devait rencontrer mercredi Keir Starmer à Londres pour parler de missiles Patriot.", ("Meeting", "2024-06-12")),
        ("L'Otan se réunit jeudi et vendredi à Washington.", ("Meeting", "2024-06-13/2024-06-14")),
        ("L'Otan s'est réunie jeudi et vendredi à Washington.", ("Meeting", "2024-06-06/2024-06-07")),
        ("Vendredi, l'Otan se réunit à Washington et tout le monde s'en va.", ("Meeting", "2024-06-07")),
        (
            "L'Estonie a quitté la convention d'Ottawa cette année, imitée par la Finlande en mai ; la Pologne en sortira le 20 janvier.",
            ("Withdrawal", "2025-01-20"),
        ),
    ],
)  # fmt: skip
def test_what_is_on_the_calendar_lies_ahead(extractor: Extractor, text: str, expected: tuple[str, str]) -> None:
    assert expected in whens(extractor, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Donald Trump et Kim Jong-un se sont serré la main lundi. En fin de journée, l'Inde a testé un missile Agni-V.",
            ("WeaponTest", "2024-06-10"),
        ),
        ("L'Inde a testé dans la soirée un missile Agni-V.", ("WeaponTest", "2024-06-12")),
        ("L'Inde avait testé dans la soirée un missile Agni-V.", ("WeaponTest", None)),
        (
            "La Turquie a levé mardi son veto. Oslo et Ankara ont signé le traité sur le commerce des armes, quelques heures avant le sommet.",
            ("Signature", "2024-06-11"),
        ),
    ],
)  # fmt: skip
def test_the_hour_is_of_the_day_told(extractor: Extractor, text: str, expected: tuple[str, str | None]) -> None:
    assert expected in whens(extractor, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "L'accord nucléaire avec l'Iran avait été signé à Genève en novembre 2013, deux mois après un entretien téléphonique entre Barack Obama "
            "et Hassan Rohani.",
            ("Meeting", "2013-09"),
        ),
        (
            "Berlin et Oslo ont prolongé mardi de cinq ans le traité New Start, à deux jours de son expiration.",
            ("Expiration", "2024-06-13"),
        ),
        (
            "Le Pentagone l'a annoncé samedi, deux jours après que Joe Biden eut ordonné le tir de cinquante missiles Tomahawk "
            "sur la base syrienne de Chayrat.",
            ("WeaponUse", "2024-06-06"),
        ),
        (
            "La Russie a bombardé Kiev mardi, quarante-huit heures après un entretien entre Emmanuel Macron et Vladimir Poutine.",
            ("Meeting", "2024-06-09"),
        ),
    ],
)  # fmt: skip
def test_what_is_named_counts_from_the_date_beside(extractor: Extractor, text: str, expected: tuple[str, str]) -> None:
    assert expected in whens(extractor, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Vladimir Poutine a signé samedi un décret suspendant l'application du traité sur les forces conventionnelles en Europe.",
            ("Suspension", "2024-06-08"),
        ),
        (
            "Berlin avait enclenché le 28 mai le mécanisme prévu par l'accord de Vienne de 2015, reprochant à l'Iran de livrer des drones.",
            ("Accusation", "2024-05-28"),
        ),
        (
            "Jens Stoltenberg l'a redit mardi à Bruxelles, en marge d'une réunion des ministres de la Défense de l'Otan.",
            ("Meeting", "2024-06-11"),
        ),
    ],
)  # fmt: skip
def test_what_is_done_by_another_act_shares_its_day(extractor: Extractor, text: str, expected: tuple[str, str]) -> None:
    assert expected in whens(extractor, text)


def test_a_tale_in_the_present_keeps_its_year_through_the_paragraph(extractor: Extractor) -> None:
    text = (
        "Le 10 mars 2020, la frégate Courbet veut contrôler un cargo. Ankara dément. "
        "Le 1er avril, la France suspend sa participation au traité New START."
    )
    assert ("Suspension", "2020-04-01") in whens(extractor, text)


def test_what_is_to_be_done_by_a_year_does_not_move_the_text_ahead(extractor: Extractor) -> None:
    text = (
        "OSLO, 9 septembre (Agence nordique) - L'Inde a testé lundi un missile Agni-V. "
        "La Suède avait ratifié le traité en 2023. Oslo a offert de prêter, dès 2027, un sous-marin."
    )
    extraction = extractor.extract(Document("a", text, "a.txt"))
    assert ("WeaponTest", "2024-09-09") in {(e.kind, e.when.edtf if e.when else None) for e in extraction.events}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Inde a tiré un missile Agni-V depuis Odisha à 02H30 heure locale (21H00 GMT lundi).", ("WeaponTest", None)),
        ("La Slovénie a livré des M-55 à Kiev, une première depuis l'annexion de la Crimée en 2014.", ("ArmsTransfer", None)),
        ("La Norvège accuse Pékin d'une attaque, la plus grave depuis celle d'Oslo en 2011.", ("Accusation", None)),
        (
            "Le tir d'un missile turc était pour la Grèce un test avant la tenue d'une réunion à Rome avec l'Otan (Italie, Croatie, Serbie et Japon) le 3 juin.",
            ("Meeting", "2024-06-03"),
        ),
        ("Signé en mars à Oslo, le traité de défense entre la Suède et l'Italie a été loué lundi 3 juin.", ("Signature", "2024-03")),
        ("L'armée turque a dit avoir frappé, lundi soir, des dizaines de cibles du PKK en Irak.", ("WeaponUse", "2024-06-10")),
        ("Le commandant en chef des Gardiens de la Révolution a démenti lundi qu'un quelconque drone américain ait été récemment abattu par l'Iran.", ("WeaponUse", None)),
        ("Joe Biden a annoncé lundi la livraison d'obus à l'Ukraine lors d'une rencontre avec Rishi Sunak.", ("Meeting", "2024-06-10")),
        ("La Libye viole l'embargo, selon un rapport de l'ONU auquel a eu accès lundi Reuters.", ("Violation", None)),
        ("La visite était intervenue au lendemain d'un tir de missile par l'Iran.", ("WeaponTest", None)),
        ("La livraison de chars K2 à la Pologne est attendue le 3 janvier.", ("ArmsTransfer", "2025-01-03")),
        ("Les pourparlers entre la Chine et le Japon doivent reprendre avant le sommet de Lima, dont l'ouverture est programmée le 3 juillet.", ("Negotiation", None)),
        ("Le Chili a annulé le contrat de quatre frégates conclu en 2016 avec l'Espagne.", ("TransferSuspension", None)),
        ("Le Chili a annulé la commande de frégates passée en 2014 à l'Espagne.", ("TransferSuspension", None)),
    ],
)  # fmt: skip
def test_a_day_is_that_of_its_own_words(extractor: Extractor, text: str, expected: tuple[str, str | None]) -> None:
    assert expected in whens(extractor, text)
