"""Turns of the press that parses get wrong: a verb behind the name that opens its sentence, participles taken for nouns, a neighbour of the subject."""

from __future__ import annotations

import pytest
from extracting import read, told

from kg.extract import Extractor


@pytest.mark.parametrize(
    ("text", "kind", "role", "filler"),
    [
        ("Varsovie masse des chars à la frontière biélorusse.", "Deployment", "agent", {"agent:POL"}),
        ("Riyad niera avoir livré des missiles au Yémen.", "ArmsTransfer", "supplier", {"supplier:SAU"}),
        ("Oslo assure n'avoir jamais violé le TNP.", "Violation", "agent", {"agent:NOR"}),
        (
            "Leonardo et MBDA développent ensemble un missile.",
            "CoProduction",
            "participant",
            {"participant:leonardo", "participant:mbda"},
        ),
        ("Lima a tiré pour la première fois des missiles contre la Bolivie.", "WeaponUse", "item", {"item:missile"}),
    ],
)
def test_a_turn_gives_its_roles(extractor: Extractor, text: str, kind: str, role: str, filler: set[str]) -> None:
    assert {each for each in told(extractor, text)[kind] if each.startswith(f"{role}:")} == filler


def test_what_is_not_excluded_is_possible(extractor: Extractor) -> None:
    extraction = read(extractor, "Une livraison de Taurus à Kiev n'est pas exclue.")
    assert [c.modality.value for c in extraction.claims] == ["Possible"]


def test_a_plant_is_struck_and_not_fired(extractor: Extractor) -> None:
    fillers = told(extractor, "L'Inde a bombardé des sites d'enrichissement au Pakistan.")["WeaponUse"]
    assert not [each for each in fillers if each.startswith("item:")]


def test_what_costs_more_is_not_what_explodes(extractor: Extractor) -> None:
    text = "Le coût du programme, qui doit remplacer les Minuteman, a explosé aux États-Unis."
    assert not read(extractor, text).events
