"""Turns of the press that parses get wrong: a verb behind the name that opens its sentence, participles taken for nouns, a neighbour of the subject."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document, Extraction


def told(extraction: Extraction, kind: str) -> dict[str, set[str]]:
    """The fillers of the first event of a class by role, each by the end of its address."""
    event = next(e for e in extraction.events if e.kind == kind)
    roles: dict[str, set[str]] = {}
    for filler in event.fillers:
        roles.setdefault(filler.role, set()).add(filler.entity.rsplit("/", 1)[-1])
    return roles


@pytest.mark.parametrize(
    ("text", "kind", "role", "filler"),
    [
        ("Varsovie masse des chars à la frontière biélorusse.", "Deployment", "agent", {"POL"}),
        ("Riyad niera avoir livré des missiles au Yémen.", "ArmsTransfer", "supplier", {"SAU"}),
        ("Oslo assure n'avoir jamais violé le TNP.", "Violation", "agent", {"NOR"}),
        ("Leonardo et MBDA développent ensemble un missile.", "CoProduction", "participant", {"leonardo", "mbda"}),
        ("Lima a tiré pour la première fois des missiles contre la Bolivie.", "WeaponUse", "item", {"missile"}),
    ],
)
def test_a_turn_gives_its_roles(extractor: Extractor, text: str, kind: str, role: str, filler: set[str]) -> None:
    assert told(extractor.extract(Document("a", text, "a.txt")), kind)[role] == filler


def test_what_is_not_excluded_is_possible(extractor: Extractor) -> None:
    extraction = extractor.extract(Document("a", "Une livraison de Taurus à Kiev n'est pas exclue.", "a.txt"))
    assert [c.modality.value for c in extraction.claims] == ["Possible"]


def test_a_plant_is_struck_and_not_fired(extractor: Extractor) -> None:
    extraction = extractor.extract(Document("a", "L'Inde a bombardé des sites d'enrichissement au Pakistan.", "a.txt"))
    assert "item" not in told(extraction, "WeaponUse")


def test_what_costs_more_is_not_what_explodes(extractor: Extractor) -> None:
    text = "Le coût du programme, qui doit remplacer les Minuteman, a explosé aux États-Unis."
    assert not extractor.extract(Document("a", text, "a.txt")).events
