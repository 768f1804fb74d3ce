"""Days and months told without their year in tales of the past, in chronologies, and beside what they are counted from."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract import Extractor
from kg.extract.dating.headings import Headings
from kg.extract.lexicon import load
from kg.extract.lines.moods import Moods
from kg.model import Document
from kg.settings import ROOT


def told(extractor: Extractor, text: str, issued: str | None) -> set[tuple[str, str | None]]:
    """Each event's class with its date."""
    extraction = extractor.extract(Document("a", text, "a.txt", issued=issued))
    return {(e.kind, e.when.edtf if e.when else None) for e in extraction.events}


@pytest.mark.parametrize(
    ("text", "issued", "event"),
    [
        (
            "L'Iran a lancé deux satellites en mars 2019. Il a testé un missile Shahab-3 en juillet.",
            "2024-05-17",
            ("WeaponTest", "2019-07"),
        ),
        (
            "L'Iran, qui a lancé deux satellites en 2019, se tait. Il a testé un missile Shahab-3 en mars.",
            "2024-05-17",
            ("WeaponTest", "2024-03"),
        ),
        (
            "Le 17 juillet 1998, Moscou livra à Nicosie une batterie de S-300. La Turquie menaça le 3 août Chypre de la bombarder.",
            "2014-06-10",
            ("Warning", "1998-08-03"),
        ),
        (
            "En octobre 1973, les États-Unis livrèrent des chars M60 à Israël.\n\nL'Égypte et Israël signèrent un accord le 18 janvier.",
            "2021-05-02",
            ("Signature", "1974-01-18"),
        ),
        (
            "En 2020, Washington a livré des F-16 à Taïwan, et Pékin a testé un missile DF-26 en août.",
            "2024-03-01",
            ("WeaponTest", "2020-08"),
        ),
        (
            "Le 27 mars 2019, l'Inde a testé un missile antisatellite. Moscou avait accusé Washington le 12 février.",
            "2022-12-09",
            ("Accusation", "2019-02-12"),
        ),
        (
            "La Russie a déployé des Iskander à Kaliningrad en 2018. La Pologne accuse Moscou depuis mars.",
            "2022-12-09",
            ("Deployment", "2018"),
        ),
        (
            "L'Iran, qui a livré des drones à Moscou en 2022, a testé en mai un missile Shahab-3.",
            "2024-12-09",
            ("WeaponTest", "2024-05"),
        ),
        (
            "La Finlande a livré des obus à l'Ukraine en mars, deux mois après l'avoir annoncé.",
            "2023-05-09",
            ("ArmsTransfer", "2023-03"),
        ),
        (
            "Le Soudan a reçu des hélicoptères Mi-24 en 2014, deux ans après les avoir commandés à l'Ukraine.",
            "2019-11-20",
            ("ArmsTransfer", "2012"),
        ),
        (
            "Le 21 février 2023, Moscou a suspendu New Start, que les deux pays avaient prolongé en 2021. Deux ans plus tard, "
            "la Russie a testé un missile Sarmat.",
            "2026-02-01",
            ("WeaponTest", "2025"),
        ),
        (
            "Le mois dernier, l'armée russe a mené des manœuvres ; le 29, la Russie a testé un missile Iars.",
            "2024-11-20",
            ("WeaponTest", "2024-10-29"),
        ),
        (
            "Le sommet de l'Otan s'est achevé mercredi à Vilnius. Le Japon y a signé un accord de coopération militaire.",
            "2023-07-13",
            ("Signature", "2023-07-12"),
        ),
        (
            "En janvier 2020, Washington bombarda Bagdad ; cinq jours plus tard, l'Iran tira des missiles Fateh sur Erbil.",
            "2024-08-06",
            ("WeaponUse", "2020-01"),
        ),
        (
            "Le Kremlin s'en plaint depuis 2014, année où Washington a accusé Moscou de violer le traité FNI.",
            "2019-02-07",
            ("Accusation", "2014"),
        ),
        (
            "Jusqu'au 3 mai, jour où Moscou a testé un missile Sarmat, nul n'y croyait.",
            "2023-06-02",
            ("WeaponTest", "2023-05-03"),
        ),
        (
            "Le traité, signé par les cinq le 6 février 1922, ratifié par le Sénat américain dès le 29 mars, interdisait les cuirassés.",
            "1985-02-07",
            ("Ratification", "1922-03-29"),
        ),
        (
            "Le 15 mars 1988, l'Irak reprend la ville. Le lendemain, il la bombarde au gaz sarin. "
            "En août, un cessez-le-feu entre en vigueur.",
            "2024-06-10",
            ("EntryIntoForce", "1988-08"),
        ),
        (
            "La Norvège a livré à l'Ukraine huit chars Leopard en mars.",
            "2023-05-09",
            ("ArmsTransfer", "2023-03"),
        ),
    ],
)
def test_a_tale_gives_its_year(extractor: Extractor, text: str, issued: str, event: tuple[str, str]) -> None:
    assert event in told(extractor, text, issued)


def test_news_after_a_year_told_beside_it_are_of_the_document(extractor: Extractor) -> None:
    text = "Le traité a été signé en 2010 par Moscou. Washington a averti la Russie en mars."
    assert ("Warning", "2024-03") in told(extractor, text, "2024-06-12")


def test_what_its_verb_tells_ahead_lies_ahead(extractor: Extractor) -> None:
    text = "Le retrait américain du traité FNI prendra effet le 2 août."
    assert told(extractor, text, "2019-02-04") == {("Withdrawal", "2019-08-02")}


def test_a_day_after_what_counts_from_a_year_is_of_that_year(extractor: Extractor) -> None:
    text = "La Russie a livré des Su-30 à l'Inde en mai 2004. Deux ans plus tôt, le 3 novembre, la Chine avait testé un missile DF-31."
    assert ("WeaponTest", "2002-11-03") in told(extractor, text, None)


def test_a_text_of_which_only_the_month_is_inferred_tells_no_weekday(extractor: Extractor) -> None:
    text = (
        "Bogota a signé jeudi un contrat avec Saab pour des avions Gripen.\n\nEn mars 2024, la Colombie a reçu des missiles. En avril "
        "dernier, elle a testé un missile Spike."
    )
    assert ("Signature", None) in told(extractor, text, None)


def test_a_day_under_a_year_is_of_that_year() -> None:
    headings = Headings(load(ROOT / "ontology/lexicon/fr").dates)
    text = (
        "2017\n\n4 juillet. Un tir.\n\nAoût : une menace.\n\nEn fin d'année, une trêve.\n\n2018\n\n12 juin – Un sommet."
    )
    found = [(s.value.edtf if s and s.value else None) for _, s in headings.find(text)]
    assert found == ["2017", "2017-07-04", "2017", "2017-08", "2017", "2018", "2018-06-12", "2018"]


def test_a_day_under_no_year_is_the_last_one_before_the_text() -> None:
    headings = Headings(load(ROOT / "ontology/lexicon/fr").dates)
    found = headings.find("4 juillet. Un tir.\n\n12 juin – Un sommet.", date(2018, 7, 1))
    assert [s.value.edtf for _, s in found if s and s.value] == ["2017-07-04", "2018-06-12"]


def test_a_stretch_of_days_heads_a_chronicle_of_them() -> None:
    headings = Headings(load(ROOT / "ontology/lexicon/fr").dates)
    text = (
        "28 mai-3 juin 2011\nPérou. Des essais contestés\n\nLe 29, un tir.\n\nDes protestations.\n\nLe 2, une menace.\n\n"
        "Le 12, rien."
    )
    found = [(text[at : at + 5].strip(), s.value.edtf if s and s.value else None) for at, s in headings.find(text)]
    assert found == [
        ("28 ma", "2011-05-28/2011-06-03"),
        ("Le 29", "2011-05-29"),
        ("Des", "2011-05-28/2011-06-03"),
        ("Le 2,", "2011-06-02"),
        ("Le", "2011-05-28/2011-06-03"),
    ]


def test_a_chronicle_dates_what_it_tells_in_the_present(extractor: Extractor) -> None:
    text = (
        "3-19 mai 2011 – Pérou. Essais de missiles\n\nLe 3, le Pérou procède à un essai de missile. Le Brésil adresse une mise en "
        "garde à Lima. Le Chili a signé un accord de désarmement.\n\nLa Bolivie menace l'Argentine."
    )
    assert told(extractor, text, None) >= {
        ("WeaponTest", "2011-05-03"),
        ("Warning", "2011-05-03"),
        ("Signature", None),
        ("Warning", None),
    }


@pytest.mark.parametrize(
    "form", [("va", "aller"), ("vendra", "vendra"), ("livrera", "livrer"), ("a", "avoir"), ("opèrent", "opérer")]
)
def test_a_present_or_a_future_is_no_form_of_tales(form: tuple[str, str]) -> None:
    words = load(ROOT / "ontology" / "lexicon" / "fr")
    assert not Moods(words.moods, words.forms).is_tale(*form)
