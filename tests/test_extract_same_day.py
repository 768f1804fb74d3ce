"""Dates that go on with what was told right before, days told in pairs, and stretches told whole."""

from __future__ import annotations

import pytest
from test_extract_days import whens

from kg.extract import Extractor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "La Russie a quitté mardi le traité sur les forces conventionnelles en Europe. Oslo en avait suspendu l'application en 2007. "
            "L'Otan a livré le même jour quarante chars à la Pologne.",
            ("ArmsTransfer", "2024-06-11"),
        ),
        (
            "L'Éthiopie a menacé l'Érythrée ce mercredi. La veille, Asmara avait mis en garde contre une nouvelle guerre. "
            "Le même jour, l'Éthiopie a tiré des roquettes sur une caserne d'Assab.",
            ("WeaponUse", "2024-06-12"),
        ),
        (
            "Le ministre norvégien de la Défense a reçu lundi son homologue polonais à Oslo. Les deux hommes ont signé un accord de coproduction "
            "de missiles antinavires.",
            ("Signature", "2024-06-10"),
        ),
        (
            "La Norvège a livré lundi des obus à la Pologne. Les deux pays ont signé un accord de coproduction de missiles antinavires.",
            ("Signature", None),
        ),
        (
            "Soixante États ont adopté mardi à l'ONU un traité d'interdiction des drones armés. Il sera ouvert à la signature le 20 septembre. "
            "Les Pays-Bas ont voté contre.",
            ("Rejection", "2024-06-11"),
        ),
        ("Le 9 mai, malgré les avertissements, Pyongyang annonce avoir procédé à un essai nucléaire.", ("WeaponTest", "2024-05-09")),
        ("Pyongyang a confirmé mardi avoir essayé la veille un missile balistique.", ("WeaponTest", "2024-06-10")),
        ("La Norvège a dénoncé le traité FCE le jour même, le 7 mai 2024.", ("Withdrawal", "2024-05-07")),
        ("Mardi, Moscou a reconnu avoir livré des S-400 à l'Algérie.", ("ArmsTransfer", None)),
        ("Mardi, Moscou a annoncé avoir livré en mai des S-400 à l'Algérie.", ("ArmsTransfer", "2024-05")),
    ],
)  # fmt: skip
def test_what_goes_on_with_a_day_told_has_it(extractor: Extractor, text: str, expected: tuple[str, str | None]) -> None:
    assert expected in whens(extractor, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le Pakistan a procédé samedi à un essai de missile Abdali, puis lundi à un tir de missile Fatah.", {"2024-06-08", "2024-06-10"}),
        (
            "L'Iran a livré des drones au Soudan en mars 2019, après l'adoption en juin 2018 de sanctions contre Téhéran par l'ONU.",
            {"2019-03", "2018-06"},
        ),
        ("Depuis le début de l'année, la Corée du Nord a tiré dix missiles balistiques.", {"2024"}),
        ("Emmanuel Macron a rencontré Vladimir Poutine ce week-end à Osaka (8-9 juin) pour parler du traité FNI.", {"2024-06-08/2024-06-09"}),
        ("Mohamed ElBaradei rencontrera Ali Larijani à Téhéran dimanche ou lundi.", {"2024-06-16/2024-06-17"}),
        ("L'Allemagne a livré entre janvier et fin mars quarante patrouilleurs à l'Arabie saoudite.", {"2024-01/2024-03"}),
    ],
)  # fmt: skip
def test_each_event_has_the_stretch_or_day_beside_it(extractor: Extractor, text: str, expected: set[str]) -> None:
    assert {when for _, when in whens(extractor, text)} == expected


def test_a_year_that_only_names_a_treaty_sets_no_tale(extractor: Extractor) -> None:
    text = "Oslo et Rome ont signé mardi le nouveau traité New START. Il remplace celui de 1991, arrivé à échéance en décembre."
    assert ("Expiration", "2023-12") in whens(extractor, text)
