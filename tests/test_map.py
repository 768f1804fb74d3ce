"""The page Map: its values are those of SPARQL, its labels stand in their states, and each state leads to its sentences."""

from __future__ import annotations

import json

import pytest
from explorer_fixtures import Visit, markup, words
from sample import ACR, ROOT

from kg.errors import QueryError
from kg.explorer.graph import Graph
from kg.explorer.measures import Measure, by_state, classes, measures, of_state
from kg.explorer.outlines import FILE, label_points
from kg.namespaces import PREFIXES
from kg.query import SnapshotView
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]

RUS, USA, IND, INF = f"{ACR}state/RUS", f"{ACR}state/USA", f"{ACR}state/IND", f"{ACR}treaty/inf"


@pytest.fixture(scope="module")
def graph(explored: Home) -> Graph:
    return Graph(SnapshotView(explored), ROOT / "ontology")


def counted(graph: Graph, measure: Measure) -> dict[str, int]:
    rows = graph.run(by_state(measure)).rows
    return {str(row["state"].value)[-3:]: int(row["events"].value) for row in rows}


def test_each_measure_counts_affirmed_events(graph: Graph) -> None:
    assert counted(graph, Measure("agent")) == {"RUS": 4, "USA": 3, "PRK": 1}
    assert counted(graph, Measure("target")) == {"USA": 1}
    assert counted(graph, Measure("supplied")) == {"RUS": 1}, "the transfer to Iran is denied"
    assert counted(graph, Measure("received")) == {"IND": 1}
    assert counted(graph, Measure("tested")) == {"USA": 1, "PRK": 1}


def test_who_acts_for_a_state_counts_for_it(graph: Graph) -> None:
    text = (
        f"""ASK {{ <{ACR}event/accuse-1> ac:onBehalfOf <{RUS}> MINUS {{ <{ACR}event/accuse-1> ac:agent <{RUS}> }} }}"""
    )
    assert bool(graph.store.query(text, prefixes=PREFIXES))
    events = {str(row["event"].value) for row in graph.run(of_state(Measure("agent"), RUS)).rows}
    assert f"{ACR}event/accuse-1" in events


def test_years_leave_undated_events_out(graph: Graph) -> None:
    assert counted(graph, Measure("agent", 2019, 2019)) == {"USA": 1}
    assert counted(graph, Measure("agent", 2020, None)) == {}
    assert counted(graph, Measure("agent", None, 2019)) == {"USA": 1}


@pytest.mark.parametrize("name", measures())
def test_a_card_has_the_events_that_the_map_counts(graph: Graph, name: str) -> None:
    for row in graph.run(by_state(Measure(name))).rows:
        rows = graph.run(of_state(Measure(name), str(row["state"].value))).rows
        assert len({each["event"] for each in rows}) == int(row["events"].value)
        assert len({each["claim"] for each in rows}) == int(row["claims"].value)


def test_a_state_that_is_no_iri_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError, match="is no IRI"):
        of_state(Measure("agent"), "<x> } UNION { ?a ?b ?c")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([0], []),
        ([1, 1], [(1, 1)]),
        ([1, 7, 3], [(1, 1), (2, 4), (5, 7)]),
        ([60], [(1, 4), (5, 19), (20, 60)]),
        ([4000], [(1, 19), (20, 499), (500, 4000)]),
    ],
)
def test_classes_cover_the_numbers_without_gap(numbers: list[int], expected: list[tuple[int, int]]) -> None:
    assert classes(numbers) == expected


def test_labels_stand_within_their_states() -> None:
    points = label_points()
    shapes = json.loads(FILE.read_text(encoding="utf-8"))["objects"]["countries"]["geometries"]
    assert set(points) == {shape["properties"]["state"] for shape in shapes if "state" in shape["properties"]}
    near = {"RUS": (97, 62), "USA": (-99, 39), "FRA": (2, 47), "BRA": (-53, -11), "FJI": (178, -18), "IND": (80, 23)}
    for code, (longitude, latitude) in near.items():
        assert points[code] == pytest.approx((longitude, latitude), abs=4)


def test_the_page_in_english(visit: Visit) -> None:
    page = visit("map", lang="en")
    assert "State Value Russia 4 United States 3 North Korea 1" in words(page)
    assert "1 2 – 4 none" in words(page)
    assert "All events, dated or not." in words(page)


def test_the_page_in_french_for_a_treaty_on_a_day(visit: Visit) -> None:
    page = words(visit("map", measure="party", treaty=INF, day="2019-08-01", lang="fr"))
    assert "◧ suspendu" in page
    assert "États-Unis suspendu" in page
    later = words(visit("map", measure="party", treaty=INF, day="2019-08-03", lang="fr"))
    assert "États-Unis terminé" in later


def test_a_number_leads_to_its_sentences(visit: Visit) -> None:
    page = visit("map", measure="received", lang="en")
    assert "measure=received&amp;state=https%3A%2F%2Fw3id.org%2Farms-control%2Fid%2Fstate%2FIND" in markup(page)
    card = words(visit("map", measure="received", state=IND, lang="en"))
    assert "India · arms transfers as recipient (1)" in card
    assert "L'Inde a commandé des S-400 à la Russie." in card
    acts = words(visit("map", measure="party", treaty=INF, day="2019-08-01", state=USA, lang="en"))
    assert "2019-02-02 suspension · United States · INF Treaty from memory" in acts


def test_choosing_changes_the_address(visit: Visit) -> None:
    page = visit("map", lang="en")
    page.slider[0].set_value((2019, 2020)).run()
    assert page.query_params["first"] == "2019"
    assert "State Value United States 1" in words(page)
    page.selectbox[0].set_value("tested").run()
    assert page.query_params["measure"] == "tested"


def test_odd_addresses_are_harmless(visit: Visit) -> None:
    assert "Russia 4" in words(visit("map", measure="x", state="<img src=x>", lang="en"))
    assert "No rows" in words(visit("map", measure="party", treaty="acr:treaty/none", day="x", lang="en"))
