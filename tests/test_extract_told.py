"""Dates that count from others told before them, and the years of texts that tell no day of their own."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract import Extractor
from kg.extract.dating.datelines import Datelines
from kg.extract.dating.dates import Dates
from kg.extract.lexicon import load
from kg.model import Document
from kg.settings import ROOT

ISSUED = "2024-06-12"
"""A Wednesday."""


@pytest.fixture(scope="module")
def dates() -> Dates:
    return Dates(load(ROOT / "ontology/lexicon/fr").dates)


def whens(extractor: Extractor, text: str, issued: str | None = ISSUED) -> set[tuple[str, str | None]]:
    """Each event's class with its date."""
    extraction = extractor.extract(Document("a", text, "a.txt", issued=issued))
    return {(e.kind, e.when.edtf if e.when else None) for e in extraction.events}


@pytest.mark.parametrize(
    ("told", "edtf"),
    [
        ("le lundi 5", "2025-05-05"),
        ("vendredi de la semaine dernière", "2025-05-09"),
        ("lundi et mardi", "2025-05-12/2025-05-13"),
        ("de lundi soir à mercredi", "2025-05-12/2025-05-14"),
        ("au second semestre de l'an dernier", "2024-07/2024-12"),
        ("fin du mois dernier", "2025-04"),
        ("en fin d'année dernière", "2024"),
        ("durant l'année fiscale 2023", "2023"),
        ("le 7 fév. 2023", "2023-02-07"),
        ("en sept. 2023", "2023-09"),
    ],
)
def test_an_expression_of_the_press_has_its_value(dates: Dates, told: str, edtf: str) -> None:
    found = dates.find(f"Oslo a livré des chars {told} à Kiev.")
    values = [e.resolve(date(2025, 5, 14), False) for e in found]
    assert [v.edtf if v else None for v in values] == [edtf]


def test_a_number_is_no_month(dates: Dates) -> None:
    assert not dates.find("Oslo a livré des chars en sept envois.")


def test_what_comes_before_the_end_of_the_year_has_no_date(extractor: Extractor) -> None:
    text = "La Norvège livrera des missiles NASAMS à l'Ukraine avant la fin de l'année."
    assert whens(extractor, text) == {("ArmsTransfer", None)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "En mars de l'an dernier, la Suède a signé un contrat de missiles Taurus, puis a acheté en juin des chars Leopard à Berlin.",
            ("ArmsTransfer", "2023-06"),
        ),
        (
            "En mai dernier, les États-Unis ont testé un missile Minuteman III. Ils avaient sanctionné le même jour trois entités russes.",
            ("Sanction", "2024-05"),
        ),
        (
            "L'affaire remonte à février. Quelques jours plus tard, le 20, la Russie a tiré un missile Iskander en mer de Barents.",
            ("WeaponTest", "2024-02-20"),
        ),
        (
            "En mars 2023, le sommet s'ouvre. Le 6 du même mois, la Libye ratifie le traité d'interdiction des essais nucléaires.",
            ("Ratification", "2023-03-06"),
        ),
        (
            "Boris Pistorius a reçu Rob Bauer le 3 mai, et la Suède a signé à cette occasion un contrat de missiles Taurus.",
            ("Signature", "2024-05-03"),
        ),
        (
            "L'exercice s'est ouvert lundi. L'Otan l'a clos deux jours plus tard. La veille, l'Inde avait testé un missile Agni-V.",
            ("WeaponTest", "2024-06-11"),
        ),
        (
            "Le débat s'ouvrira le 3 juillet à Vienne. Le lendemain, l'Inde testera un missile Agni-V.",
            ("WeaponTest", "2024-07-04"),
        ),
        (
            "Le 3 mai, la flotte a appareillé.\nOslo se tait.\nDeux jours plus tard, l'Inde a testé un missile Agni-V.",
            ("WeaponTest", "2024-05-05"),
        ),
    ],
)  # fmt: skip
def test_a_date_counts_from_the_one_told_before(extractor: Extractor, text: str, expected: tuple[str, str]) -> None:
    assert expected in whens(extractor, text)


def test_the_eve_in_news_of_the_day_is_that_of_the_document(extractor: Extractor) -> None:
    text = (
        "Le 3 mai, la flotte avait appareillé.\n"
        "La Chine a rejeté les accusations de livraison de missiles portées la veille par Washington."
    )
    assert ("Accusation", "2024-06-11") in whens(extractor, text)


def test_parts_headed_by_a_year_hold_their_days(extractor: Extractor) -> None:
    text = (
        "2003. En mars, des émissaires se rencontrent. Le 19 décembre, l'Inde teste un missile Agni-V. "
        "Huit jours après, la Suède ratifie la Convention d'Ottawa.\n"
        "2004. Le 10 mars, la Suède ratifie le traité d'interdiction des essais nucléaires."
    )
    assert {("WeaponTest", "2003-12-19"), ("Ratification", "2003-12-27"), ("Ratification", "2004-03-10")} <= whens(
        extractor, text, None
    )


def test_the_first_day_of_a_chronology_is_not_that_of_the_text(extractor: Extractor) -> None:
    text = (
        "31 mars 1992. Le Conseil de sécurité impose un embargo sur les armes à la Libye.\n"
        "12 septembre 2003. Il est levé.\n19 décembre 2003. Tripoli renonce à ses armes chimiques.\n"
    )
    extraction = extractor.extract(Document("a", text, "a.txt"))
    assert extraction.dateline != "1992-03-31"


@pytest.mark.parametrize(
    "line",
    [
        "Séoul, 31 jan 2024 (Agence) - La Corée du Nord a procédé mercredi matin à un nouveau tir.",
        "January 31, 2024",
        "31 Jan. 2024 10:30",
        "2024/01/31 11:30",
        "Article du 31 janvier 2024",
    ],
)
def test_more_lines_tell_when_a_text_appeared(line: str) -> None:
    found = Datelines(load(ROOT / "ontology/lexicon/fr").dates).find([line])
    assert [each.day.isoformat() for each in found] == ["2024-01-31"]


def test_an_update_tells_the_month_of_a_text() -> None:
    assert Datelines(load(ROOT / "ontology/lexicon/fr").dates).month(["Mise à jour : janvier 2025"]) == (2025, 1)


def test_a_year_yet_to_come_does_not_move_the_text_ahead(extractor: Extractor) -> None:
    text = (
        "Les Échos de la mer, vendredi 4 octobre\n"
        "Singapour a pris livraison de sous-marins Type 218SG le 24 septembre. "
        "La Suède livrera en 2027 deux navires d'écoute que Varsovie lui avait commandés en novembre 2022. "
        "Israël attend pour 2027 un sous-marin Dolphin dont Berlin a approuvé l'exportation."
    )
    assert ("ArmsTransfer", "2024-09-24") in whens(extractor, text, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selon un rapport publié mardi, la Chine a livré des drones CH-4 à l'Irak.", {("ArmsTransfer", None)}),
        ("Selon un rapport publié mardi, la Chine a livré en mars des drones CH-4 à l'Irak.", {("ArmsTransfer", "2024-03")}),
        ("Les rebelles du M23 avaient commencé, lundi, à livrer des missiles Iskander au Rwanda.", {("ArmsTransfer", "2024-06-10")}),
        ("Le traité New START, qui expire en octobre, ne sera pas prolongé.", {("Expiration", "2024-10"), ("Extension", None)}),
        ("Washington a annoncé que des missiles Typhon seraient déployés en octobre en Allemagne.", {("Deployment", "2024-10")}),
    ],
)  # fmt: skip
def test_a_date_is_read_in_its_direction_and_of_its_event(
    extractor: Extractor, text: str, expected: set[tuple[str, str | None]]
) -> None:
    assert whens(extractor, text) == expected


def test_talks_share_the_day_of_the_visit_in_which_they_are_held(extractor: Extractor) -> None:
    text = "Boris Pistorius a négocié avec Roustem Oumerov la livraison de missiles Taurus lors de sa visite à Kiev, fin mai."
    assert ("Negotiation", "2024-05") in whens(extractor, text)
