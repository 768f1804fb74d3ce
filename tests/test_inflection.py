"""Forms traced to infinitives, by the endings of the lexicon alone."""

from __future__ import annotations

import pytest

from kg.extract.lexicon import load
from kg.extract.lines.inflection import Inflection
from kg.settings import ROOT

LEXICON = load(ROOT / "ontology" / "lexicon" / "fr")
KNOWN = frozenset({"livrer", "produire", "fournir", "lancer", "changer", "vendre", "recevoir", "dire"})
INFLECTION = Inflection(LEXICON.forms, LEXICON.syntax, KNOWN)


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [("livrées", "livrer"), ("produits", "produire"), ("fournie", "fournir"), ("vendus", "vendre"), ("tentés", "")],
)
def test_participles_in_any_number_and_gender(form: str, infinitive: str) -> None:
    assert INFLECTION.of_participle(form) == infinitive


@pytest.mark.parametrize(("form", "infinitive"), [("livré", "livrer"), ("livrées", ""), ("produit", "")])
def test_plain_participles_are_of_most_verbs_and_bare(form: str, infinitive: str) -> None:
    assert INFLECTION.of_plain_participle(form) == infinitive


@pytest.mark.parametrize(
    ("form", "infinitive"), [("lança", "lancer"), ("changea", "changer"), ("livra", "livrer"), ("opéra", "")]
)
def test_simple_pasts_with_letters_that_stand_for_others(form: str, infinitive: str) -> None:
    assert INFLECTION.of_past(form) == infinitive


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [("livre", "livrer"), ("livrent", "livrer"), ("dit", "dire"), ("chars", ""), ("table", "")],
)
def test_presents_regular_and_listed(form: str, infinitive: str) -> None:
    assert INFLECTION.of_present(form) == infinitive


def test_gerunds_have_the_infinitives_that_are_known() -> None:
    assert [INFLECTION.of_gerund(form) for form in ("livrant", "fournissant", "vendant", "avant")] == [
        "livrer",
        "fournir",
        "vendre",
        "",
    ]


def test_endings_of_participles_come_longest_first() -> None:
    assert LEXICON.forms.participial == ("ées", "ée", "és", "é")
