"""When the events of a text took place: the text's own day, date expressions, and which event each dates."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract import Extractor
from kg.extract.dating.datelines import Datelines
from kg.extract.lexicon import load
from kg.model import Document
from kg.settings import ROOT

ISSUED = "2024-06-10"
"""A Monday."""


@pytest.fixture(scope="module")
def datelines() -> Datelines:
    return Datelines(load(ROOT / "ontology/lexicon/fr").dates)


def day_of(extractor: Extractor, text: str, kind: str, issued: str | None = ISSUED) -> tuple[str | None, str | None]:
    """First and last day of the only event of a class."""
    extraction = extractor.extract(Document("a", text, "a.txt", issued=issued))
    (event,) = [e for e in extraction.events if e.kind == kind]
    return (event.when.earliest, event.when.latest) if event.when else (None, None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Publié le 3 mai 2024 à 16 h 40 - Temps de lecture : 3 min - 12 commentaires - Réservé aux abonnés", "2024-05-03"),
        ("Par le service étranger avec agences | 3 mai 2024 à 19:12 | Mis à jour à 20:03 | Lecture 4 min", "2024-05-03"),
        ("03/05/24 à 12:30", "2024-05-03"),
        ("2024-05-03T12:30:00+02:00", "2024-05-03"),
        ("PAR NOTRE SERVICE — VENDREDI 3 MAI 2024", "2024-05-03"),
        ("MOSCOU, 3 mai 2024. /TASS/. La flotte a tiré un missile au cours de manœuvres en mer de Barents", "2024-05-03"),
        ("Bulletin hebdomadaire du 3 mai 2024", "2024-05-03"),
        ("Dans un rapport publié le 3 mai 2021, l'agence décrit en détail les stocks de l'armée et leur garde.", None),
        ("Traité du 3 mai 1999 : ce qu'il en reste", None),
        ("Le 26 mai 1972, deux présidents signent à Moscou.", None),
    ],
)  # fmt: skip
def test_a_line_tells_when_the_text_appeared(datelines: Datelines, line: str, expected: str | None) -> None:
    found = datelines.find([line])
    assert (found[0].day.isoformat() if found else None) == expected


def test_a_line_of_publication_outweighs_the_date_of_a_picture(datelines: Datelines) -> None:
    found = datelines.find(["Défilé à Moscou, le 9 mai 2018. © Agence", "Mis en ligne le 3 mai 2024"])
    assert [each.day for each in found] == [date(2024, 5, 3), date(2018, 5, 9)]


def test_a_dateline_does_not_stand_before_the_years_that_the_text_tells_as_past(datelines: Datelines) -> None:
    (alone,) = datelines.find(
        ["Genève, 3 mai 1999. Le sommet s'est ouvert dans un climat tendu, après des mois de doutes."]
    )
    assert not alone.stands([2014])
    assert alone.stands([1998])


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("La Belgique livrera des F-16 à l'Ukraine au premier trimestre 2025.", "ArmsTransfer", "2025-01-01", "2025-03-31"),
        ("La Belgique livrera des F-16 à l'Ukraine au second semestre 2025.", "ArmsTransfer", "2025-07-01", "2025-12-31"),
        ("La Corée du Nord a livré des obus à la Russie ce week-end.", "ArmsTransfer", "2024-06-08", "2024-06-09"),
        ("La Russie a déployé l'été dernier des missiles Iskander en Biélorussie.", "Deployment", "2023-06-01", "2023-08-31"),
        ("Le retrait américain du traité FNI a pris effet le 2 août 2019.", "Withdrawal", "2019-08-02", "2019-08-02"),
        ("Le 18 mai 2021, le retrait russe du traité Ciel ouvert prenait effet.", "Withdrawal", "2021-05-18", "2021-05-18"),
        ("Le retrait américain du traité FNI, décidé à Washington et effectif le 2 août 2019, inquiète.", "Withdrawal", "2019-08-02", "2019-08-02"),
        ("L'attaque chimique irakienne contre Halabja (1988) a fait des milliers de morts.", "WeaponUse", "1988-01-01", "1988-12-31"),
        ("Cinq ans après le retrait américain du traité FNI, l'Europe doute.", "Withdrawal", "2019-01-01", "2019-12-31"),
        ("La cour a ordonné en février l'arrêt des livraisons de pièces de F-35 à Israël.", "TransferSuspension", "2024-02-01", "2024-02-29"),
        ("La Corée du Nord a tiré ce lundi un missile balistique.", "WeaponTest", "2024-06-10", "2024-06-10"),
    ],
)  # fmt: skip
def test_dates_of_the_press_reach_their_event(
    extractor: Extractor, text: str, kind: str, first: str, last: str
) -> None:
    assert day_of(extractor, text, kind) == (first, last)


def test_the_day_of_an_incise_is_that_of_the_speech(extractor: Extractor) -> None:
    text = "La France a livré des Mirage 2000 à l'Ukraine, a confirmé mardi le ministre des Armées."
    assert day_of(extractor, text, "ArmsTransfer") == (None, None)


def test_the_day_of_a_dateline_dates_no_event(extractor: Extractor) -> None:
    text = "KIEV, 10 juin 2024 (de notre envoyé) — La Belgique a livré des F-16 à l'Ukraine."
    assert day_of(extractor, text, "ArmsTransfer") == (None, None)


def test_a_tale_without_a_day_of_its_own_goes_on_in_the_year_that_it_told(extractor: Extractor) -> None:
    text = (
        "Le 26 mai 1972, deux présidents signent l'accord. Le Sénat américain ratifie le traité ABM dès le mois d'août."
    )
    assert day_of(extractor, text, "Ratification", None) == ("1972-08-01", "1972-08-31")


def test_what_takes_effect_is_the_act_itself(extractor: Extractor) -> None:
    text = "La suspension du traité FCE par la Turquie a pris effet le 5 avril."
    extraction = extractor.extract(Document("a", text, "a.txt", issued=ISSUED))
    assert [(e.kind, e.when and e.when.edtf) for e in extraction.events] == [("Suspension", "2024-04-05")]


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("Lettre du désarmement n° 9 – mars 2023\nLa Suède a signé un contrat pour des chars en janvier.", None),
        ("La Suède a signé un contrat pour des chars en janvier.", "2023-03"),
        ("Jeudi 9 mars 2023. Voici les faits du jour.\nLa Suède a signé un contrat pour des chars en janvier.", None),
    ],
)
def test_a_text_known_to_the_month_counts_months(extractor: Extractor, text: str, issued: str | None) -> None:
    assert day_of(extractor, text, "Signature", issued) == ("2023-01-01", "2023-01-31")


def test_a_text_known_to_the_month_counts_no_days(extractor: Extractor) -> None:
    text = "La Suède a livré mardi des obusiers à l'Ukraine."
    assert day_of(extractor, text, "ArmsTransfer", "2023-03") == (None, None)


TIMELINE = """Missiles de Crimée : les dates
12 mars 2014 : le tournant
La Russie déploie des missiles Bastion à Sébastopol. Elle avait signé un accord avec Kiev en 2010.

4 mai 2015
L'Ukraine suspend sa participation au traité FCE. La veille, Washington avait livré des drones à Kiev.
Le 28 mai, Kiev ratifie le traité sur le commerce des armes.

Et demain ?
La Turquie livre des drones à Kiev."""


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("Deployment", {"2014-03-12"}),
        ("Signature", {"2010-01-01"}),
        ("Suspension", {"2015-05-04"}),
        ("ArmsTransfer", {"2015-05-03", None}),
        ("Ratification", {"2015-05-28"}),
    ],
)
def test_a_date_that_heads_a_part_dates_what_it_tells(extractor: Extractor, kind: str, days: set[str | None]) -> None:
    extraction = extractor.extract(Document("a", TIMELINE, "a.txt", issued=ISSUED))
    assert {e.when.earliest if e.when else None for e in extraction.events if e.kind == kind} == days


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("Décrété le 4 avril par Ottawa, l'embargo sur les armes vers la Turquie a été critiqué.", "TransferSuspension", "2024-04-04", "2024-04-04"),
        ("Signée à Oslo le 3 décembre 2008, la Convention sur les armes à sous-munitions est entrée en vigueur en 2010.", "EntryIntoForce", "2010-01-01", "2010-12-31"),
        ("Tout a basculé le 2 mai, lorsque la Russie a bombardé Odessa.", "WeaponUse", "2024-05-02", "2024-05-02"),
        ("La Russie a bombardé Odessa dans la nuit de vendredi à samedi.", "WeaponUse", "2024-06-07", "2024-06-08"),
        ("La Russie a bombardé Odessa dans la nuit du vendredi 3 au samedi 4 mai.", "WeaponUse", "2024-05-03", "2024-05-04"),
        ("L'Iran a tiré un missile le 4 mai, deux jours avant d'attaquer Israël.", "WeaponUse", "2024-05-06", "2024-05-06"),
        ("Washington annonce son retrait du traité FNI, conclu en 1987.", "Withdrawal", None, None),
        ("La Norvège a livré des missiles à Kiev en vertu du protocole commun de 1998.", "ArmsTransfer", None, None),
        ("La Norvège a livré des missiles à Kiev lors de la crise de 2014.", "ArmsTransfer", "2014-01-01", "2014-12-31"),
        ("Kiev s'en est réjouie ; le 4 mai, Oslo lui livrait des missiles Hellfire.", "ArmsTransfer", "2024-05-04", "2024-05-04"),
        ("Le 12 février, la cour ordonnait au gouvernement belge de cesser les livraisons d'armes à Israël.", "TransferSuspension", "2024-02-12", "2024-02-12"),
        ("En janvier, le président Yoon avait affirmé que la Corée du Sud pourrait se doter de l'arme nucléaire.", "WeaponDevelopment", None, None),
        ("Le 3 mai, Moscou a fait savoir qu'elle suspendait sa participation au traité FCE.", "Suspension", "2024-05-03", "2024-05-03"),
        ("La Turquie livre des drones à l'Ukraine à partir de 2019.", "ArmsTransfer", None, None),
        ("Le 3 mai, Oslo a signé le traité. Deux semaines plus tard, la Norvège livrait des missiles à Kiev.", "ArmsTransfer", "2024-05-17", "2024-05-17"),
    ],
)  # fmt: skip
def test_the_place_of_a_date_tells_what_it_dates(
    extractor: Extractor, text: str, kind: str, first: str | None, last: str | None
) -> None:
    assert day_of(extractor, text, kind) == (first, last)


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Le 2 mai, l'Iran a bombardé Haïfa.\nLe lendemain de l'attaque, Israël a livré des munitions à la Jordanie.", "ArmsTransfer", "2024-05-03"),
        ("Le 2 mai, la Pologne a signé un contrat d'armement.\nLe jour même de la signature, Moscou a accusé Varsovie de préparer la guerre.", "Accusation", "2024-05-02"),
        ("La cour a rendu son arrêt le 2 mai.\nLa veille du jugement, Israël a bombardé Rafah.", "WeaponUse", "2024-05-01"),
    ],
)  # fmt: skip
def test_the_eve_of_what_was_told_counts_from_its_day(extractor: Extractor, text: str, kind: str, day: str) -> None:
    days = {
        e.when.earliest
        for e in extractor.extract(Document("a", text, "a.txt", issued=ISSUED)).events
        if e.kind == kind and e.when
    }
    assert day in days


def test_a_decade_heads_its_part(extractor: Extractor) -> None:
    text = "1975. La Libye ratifie le TNP.\n\nAnnées 1980. L'Allemagne livre des missiles à la Libye.\n\n2003. La Libye se tait."
    assert day_of(extractor, text, "ArmsTransfer") == ("1980-01-01", "1989-12-31")


def test_a_day_that_opens_a_paragraph_dates_it_and_no_more(extractor: Extractor) -> None:
    text = (
        "La chronique des missiles\n\n20 août. – La Russie a testé un missile Sarmat.\n\n"
        "4 septembre. – La France et l'Inde ont signé un accord de défense.\n\nLe Japon a livré des missiles à l'Ukraine."
    )
    assert day_of(extractor, text, "WeaponTest", "2025-10-03") == ("2025-08-20", "2025-08-20")
    assert day_of(extractor, text, "Signature", "2025-10-03") == ("2025-09-04", "2025-09-04")
    assert day_of(extractor, text, "ArmsTransfer", "2025-10-03") == (None, None)
    assert day_of(extractor, text, "Signature", "2025-08-25") == ("2024-09-04", "2024-09-04")


def test_what_must_be_done_in_a_year_is_not_told_as_past(extractor: Extractor) -> None:
    text = (
        "La Norvège a signé le contrat en 2023 et 2024. Le premier navire, a promis le ministre, devra être remis en 2030. "
        "Mardi 13 mai, Oslo a livré des chars Leopard à Kiev."
    )
    assert day_of(extractor, text, "ArmsTransfer", None) == ("2025-05-13", "2025-05-13")
