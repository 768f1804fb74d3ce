"""The inputs of saved questions: each parameter by its kind, its value in the address and back."""

from __future__ import annotations

import datetime

import pytest
from explorer_fixtures import Visit, words
from sample import ACR, ROOT

from kg.explorer.fields import _options, offered
from kg.explorer.graph import Graph
from kg.namespaces import AC
from kg.query import ANY, SnapshotView, questions
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]

QUESTIONS = questions(ROOT / "ontology" / "queries" / "competency")
PARAMETERS = [each for question in QUESTIONS.values() for each in question.parameters]
SKIES, USA = f"{ACR}treaty/open-skies", f"{ACR}state/USA"


@pytest.fixture(scope="module")
def graph(explored: Home) -> Graph:
    return Graph(SnapshotView(explored), ROOT / "ontology")


@pytest.mark.parametrize("name", sorted({each.label["en"] for each in PARAMETERS if each.kind in ("entity", "class")}))
def test_the_default_of_a_parameter_is_among_what_it_offers(graph: Graph, name: str) -> None:
    for parameter in PARAMETERS:
        if parameter.label["en"] == name and parameter.kind in ("entity", "class") and parameter.default != ANY:
            iri = parameter.default.replace("acr:", ACR).replace("ac:", AC)
            if graph.holds(iri):
                assert iri in _options(graph, parameter.kind, name, "en")


def test_what_is_offered_fits_the_parameter(graph: Graph) -> None:
    assert list(_options(graph, "entity", "treaty", "en")) == [f"{ACR}treaty/inf", SKIES]
    assert _options(graph, "entity", "treaty", "fr")[SKIES] == "traité Ciel ouvert"
    assert AC + "WeaponTest" in _options(graph, "class", "kind of event", "en")
    assert set(_options(graph, "class", "WeaponSystem or WeaponCategory", "en")) == {
        AC + "WeaponSystem",
        AC + "WeaponCategory",
    }
    assert f"{ACR}person/vladimir-putin" in _options(graph, "entity", "who", "en")


def test_names_that_offer_something_are_those_of_parameters() -> None:
    known = {each.label["en"] for each in PARAMETERS}
    assert set(offered()["things"]) | set(offered()["classes"]) <= known


def test_every_question_is_asked_with_its_defaults(graph: Graph) -> None:
    from kg.explorer.questions import bound_text

    for question in QUESTIONS.values():
        text = bound_text(graph, question, {})
        assert isinstance(text, str) or "nothing" in text.problem


def test_things_are_chosen_by_name_and_stand_in_the_address(visit: Visit) -> None:
    page = visit("questions", question="treaties-binding-a-state", lang="en")
    assert page.selectbox(key="value-treaties-binding-a-state-state-en").value == USA
    page.selectbox(key="value-treaties-binding-a-state-state-en").set_value(f"{ACR}state/FRA")
    page.date_input[0].set_value(datetime.date(2018, 8, 1))
    page.button[0].click().run()
    assert page.query_params["state"] == "acr:state/FRA"
    assert page.query_params["day"] == "2018-08-01"
    assert "Open Skies Treaty bound 2002-01-01 yes" in words(page)


def test_any_leaves_the_parameter_out(visit: Visit) -> None:
    page = visit("questions", question="weapon-tests", by="Corée du Nord", lang="en")
    assert page.selectbox(key="value-weapon-tests-by-en").value == f"{ACR}state/PRK"
    assert "rows: 2 ·" in words(page)
    page.selectbox(key="value-weapon-tests-by-en").set_value("")
    page.button[0].click().run()
    assert "by" not in page.query_params
    assert "rows: 3 ·" in words(page)


def test_numbers_keep_their_point(visit: Visit) -> None:
    page = visit("questions", question="low-confidence", below="0.75", lang="en")
    assert page.number_input[0].value == 0.75
    page.number_input[0].set_value(0.8)
    page.button[0].click().run()
    assert page.query_params["below"] == "0.8"


@pytest.mark.parametrize(
    ("name", "value"), [("day", "2019-99-99"), ("treaty", "acr:treaty/none"), ("treaty", "<b>x</b>")]
)
def test_a_value_that_does_not_fit_is_told_and_stays(visit: Visit, name: str, value: str) -> None:
    page = visit("questions", **{"question": "parties-on-a-day", name: value, "lang": "en"})
    assert "rows:" not in words(page)
    assert value in words(page) or value.replace("acr:", ACR) in words(page)
