"""What date expressions of the press amount to, and from which day a text without its year counts."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract import Extractor
from kg.extract.dating.datelines import Datelines
from kg.extract.dating.dates import Dates
from kg.extract.lexicon import load
from kg.extract.lexicon.date_words import DateWords
from kg.model import Document
from kg.settings import ROOT

ANCHOR = date(2025, 5, 14)
"""A Wednesday."""


@pytest.fixture(scope="module")
def words() -> DateWords:
    return load(ROOT / "ontology/lexicon/fr").dates


@pytest.fixture(scope="module")
def dates(words: DateWords) -> Dates:
    return Dates(words)


@pytest.mark.parametrize(
    ("told", "edtf"),
    [
        ("du 28 décembre 2023 au 2 mai 2024", "2023-12-28/2024-05-02"),
        ("depuis le 16 janvier et jusqu'au 1er février", "2025-01-16/2025-02-01"),
        ("les 9, 10 et 11 mai", "2025-05-09/2025-05-11"),
        ("d'octobre 2013 à mars 2015", "2013-10/2015-03"),
        ("en mars et avril", "2025-03/2025-04"),
        ("en 2020-2021", "2020/2021"),
        ("durant l'hiver 2020-2021", "2020-12/2021-02"),
        ("pour la seule année 2023", "2023"),
        ("au cours de l'été", "2024-06/2024-08"),
        ("ce printemps", "2025-03/2025-05"),
        ("en février de l'an dernier", "2024-02"),
        ("le 3 février de cette année", "2025-02-03"),
        ("le 3 de ce mois", "2025-05-03"),
        ("le 30 du mois dernier", "2025-04-30"),
        ("il y a quarante-huit heures", "2025-05-12"),
        ("lundi dernier", "2025-05-12"),
        ("mardi dernier", "2025-05-06"),
    ],
)
def test_an_expression_has_a_value_against_the_day_of_the_text(dates: Dates, told: str, edtf: str) -> None:
    (found,) = dates.find(f"Oslo a livré des chars {told} à Kiev.")
    value = found.resolve(ANCHOR, False)
    assert value is not None
    assert value.edtf == edtf


@pytest.mark.parametrize("told", ["le même mois", "la semaine d'avant", "le soir même", "vingt-quatre heures plus tôt"])
def test_what_counts_from_a_date_told_before_is_known(dates: Dates, told: str) -> None:
    (found,) = dates.find(f"Oslo a livré des chars {told} à Kiev.")
    assert found.shift is not None


def test_what_bounds_the_sentence_before_bounds_no_date(dates: Dates) -> None:
    (found,) = dates.find("Il en vend depuis. Le 29 août 2024, Belgrade a passé commande.")
    assert not found.is_duration


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("VIENNE (correspondance), mardi 14 mars", (3, 14)),
        ("Mardi 14 mars, 18 h 40", (3, 14)),
        ("SÉOUL, 14 mars, 18h20 - La Corée du Sud a tiré un missile", (3, 14)),
        ("LIMA, 14 mars (Agence Polaris) - Le Pérou achète des chars", (3, 14)),
        ("Le 14 mars, Oslo a signé un accord.", None),
        ("La Russie a livré le 14 mars des drones.", None),
    ],
)
def test_a_dateline_may_leave_out_its_year(words: DateWords, line: str, day: tuple[int, int] | None) -> None:
    assert Datelines(words).yearless(["Un titre", line, "Suite du texte."]) == day


def days_of(extractor: Extractor, text: str, kind: str, issued: str | None = "2025-05-14") -> set[str | None]:
    """The EDTF dates of the events of a class."""
    extraction = extractor.extract(Document("a", text, "a.txt", issued=issued))
    return {e.when.edtf if e.when else None for e in extraction.events if e.kind == kind}


def test_years_that_lie_ahead_do_not_unseat_a_dateline(extractor: Extractor) -> None:
    text = (
        "OSLO, 2 mai 2024 - La Norvège a accusé hier la Russie de brouiller ses radars militaires.\n"
        "Elle a adopté un plan qui porte ses dépenses militaires à 3 % d'ici 2030. Signé jeudi, le contrat court jusqu'en 2041.\n"
        "La marine, qui avait commandé des frégates, les aura en 2032, et d'autres d'ici à 2035."
    )
    assert days_of(extractor, text, "Accusation", issued=None) == {"2024-05-01"}


def test_the_weekday_of_the_lead_tells_the_year_of_a_dateline(extractor: Extractor) -> None:
    text = (
        "GENÈVE, 27 novembre – Le Cambodge a accusé jeudi la Thaïlande d'avoir posé des mines.\n"
        "Des mines américaines avaient été livrées à l'Ukraine en novembre 2024."
    )
    assert days_of(extractor, text, "Accusation", issued=None) == {"2025-11-27"}


@pytest.mark.parametrize(
    ("text", "kind", "edtf"),
    [
        ("Oslo a livré en mars 2021 des chars à Kiev. Paris lui a livré des Caesar en juin de la même année.", "ArmsTransfer", {"2021-03", "2021-06"}),
        ("Le 4 octobre 2021, Oslo a livré des chars à Kiev. Séoul a livré des obus à Varsovie le 11 janvier suivant.", "ArmsTransfer", {"2021-10-04", "2022-01-11"}),
        ("Le traité a été suspendu le 4 mars par la Russie. Le même mois, Oslo a livré des chars à Kiev.", "ArmsTransfer", {"2025-03"}),
        ("Les manœuvres navales de la Russie et de la Chine ont débuté lundi.", "SecurityCooperation", {"2025-05-12"}),
        ("Aujourd'hui prend effet le retrait de la Lituanie du traité d'Ottawa.", "Withdrawal", {"2025-05-14"}),
        ("Berlin a annoncé mardi ce contrat de missiles, au lendemain d'une visite de Boris Pistorius à Oslo.", "Meeting", {"2025-05-12"}),
        ("La Pologne, qui a reçu le mois dernier ses premiers chars K2, prévoit pour juillet un défilé.", "ArmsTransfer", {"2025-04"}),
        ("Washington accuse Pretoria d'avoir chargé des missiles sur un cargo russe entre le 6 et le 8 décembre.", "Accusation", {None}),
        ("L'Estonie a quitté cette année le traité d'Ottawa sur les mines. La Finlande en sortira le 20 février.", "Withdrawal", {"2025", "2026-02-20"}),
    ],
)  # fmt: skip
def test_a_date_reaches_its_event_and_no_other(
    extractor: Extractor, text: str, kind: str, edtf: set[str | None]
) -> None:
    assert days_of(extractor, text, kind) == edtf


def test_what_happens_to_arms_on_a_day_is_told_without_its_doer(extractor: Extractor) -> None:
    assert days_of(extractor, "Les derniers obus au gaz moutarde ont été détruits le 22 avril.", "Dismantlement") == {
        "2025-04-22"
    }
    assert days_of(extractor, "Les obus au gaz moutarde sont détruits dans un four.", "Dismantlement") == set()


@pytest.mark.parametrize("told", ["de 2000 armes légères", "de 2040 mines", "à 2000 combattants"])
def test_a_count_is_no_year(dates: Dates, told: str) -> None:
    assert dates.find(f"Oslo annonce l'envoi {told}.") == []
