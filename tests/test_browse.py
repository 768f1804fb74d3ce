"""The page Browse: its counts are those of SPARQL, its rows those of the query that it shows."""

from __future__ import annotations

from itertools import product

import pyoxigraph as ox
import pytest
from explorer_fixtures import Visit, markup, words
from sample import ACR, ROOT

from kg.explorer.facets import Choice, facets, query, things
from kg.explorer.facts import Facts
from kg.explorer.graph import Graph
from kg.namespaces import AC, PREFIXES
from kg.query import SnapshotView
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]

RUS, USA, INF = f"{ACR}state/RUS", f"{ACR}state/USA", f"{ACR}treaty/inf"
CHOICES = {
    "all": Choice(),
    "of one state": Choice(values={"state": (RUS,)}),
    "of either": Choice(values={"state": (RUS, f"{ACR}state/PRK")}),
    "of a kind of weapon, by name of what is below it": Choice(
        values={"category": (f"{ACR}weapon-category/missile",), "polarity": (AC + "Affirmed",)}
    ),
    "by confidence": Choice(values={"band": ("0.8-0.9",), "modality": (AC + "Actual", AC + "Planned")}),
    "in years": Choice(values={}, first=2019, last=2019),
    "since a year": Choice(values={"class": (AC + "WeaponTest",)}, first=2000),
    "of what is not there": Choice(values={"treaty": (f"{ACR}treaty/none", "no IRI")}),
}


@pytest.fixture(scope="module")
def graph(explored: Home) -> Graph:
    return Graph(SnapshotView(explored), ROOT / "ontology")


@pytest.fixture(scope="module")
def facts(graph: Graph) -> Facts:
    return Facts(graph)


def rows(graph: Graph, text: str) -> list[list[str]]:
    solutions = graph.store.query(text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return [[getattr(term, "value", "") for term in row] for row in solutions]


@pytest.mark.parametrize(("name", "kind"), [*product(CHOICES, things())])
def test_what_is_listed_is_what_the_query_gives(graph: Graph, facts: Facts, name: str, kind: str) -> None:
    shaped = CHOICES[name]
    choice = Choice(kind, shaped.values, shaped.first, shaped.last)
    given = rows(graph, query(choice))
    counted = {row[0]: 1 if kind == "Claim" else int(row[-1]) for row in given}
    assert dict(facts.listed(choice)) == counted
    assert facts.kinds(choice)[kind] == len(counted)
    if kind == "Claim":
        assert [claim for claim, _ in facts.listed(choice)] == [row[0] for row in given]


INDEPENDENT = {
    "class": "SELECT ?v (COUNT(DISTINCT ?c) AS ?n) { ?c ac:about/a ?v . ?v rdfs:subClassOf ac:Event } GROUP BY ?v",
    "state": """SELECT ?v (COUNT(DISTINCT ?c) AS ?n) { ?v a ac:State . { ?c ac:about/ac:involves ?v } UNION
        { ?c ac:about/ac:onBehalfOf ?v } } GROUP BY ?v""",
    "treaty": "SELECT ?v (COUNT(DISTINCT ?c) AS ?n) { ?v a ac:Treaty . ?c ac:about/ac:involves ?v } GROUP BY ?v",
    "category": """SELECT ?v (COUNT(DISTINCT ?c) AS ?n) { ?v a ac:WeaponCategory . ?c ac:about/ac:item ?i .
        ?i (ac:category|skos:broader)* ?v } GROUP BY ?v""",
    "modality": "SELECT ?v (COUNT(?c) AS ?n) { ?c ac:modality ?v } GROUP BY ?v",
    "polarity": "SELECT ?v (COUNT(?c) AS ?n) { ?c ac:polarity ?v } GROUP BY ?v",
    "source": "SELECT ?v (COUNT(?c) AS ?n) { ?d dcterms:publisher ?v . ?c ac:inDocument ?d } GROUP BY ?v",
}


@pytest.mark.parametrize("name", INDEPENDENT)
def test_counts_are_those_of_a_query_written_by_hand(graph: Graph, facts: Facts, name: str) -> None:
    counted = {value: int(number) for value, number in rows(graph, INDEPENDENT[name])}
    assert counted
    assert facts.counts(name, Choice()) == counted


def test_a_facet_counts_what_the_others_leave(facts: Facts) -> None:
    choice = Choice(values={"state": (USA,), "polarity": (AC + "Negated",)})
    assert facts.counts("polarity", choice) == {AC + "Negated": 1, AC + "Affirmed": 5}
    assert facts.counts("treaty", choice) == {}
    assert facts.counts("band", Choice(values={"treaty": (INF,)})) == {"0.9-1": 1, "0.8-0.9": 1}
    assert sum(facts.counts("band", Choice()).values()) == len(facts) == 10


def test_years_count_dated_events_alone(facts: Facts) -> None:
    assert facts.years(Choice()) == {2019: 1}
    assert [claim for claim, _ in facts.listed(Choice(first=2019))] == [f"{ACR}claim/test-1-a"]
    assert facts.listed(Choice(last=2018)) == []


def test_the_page_lists_claims_with_their_sentences(visit: Visit) -> None:
    page = visit("browse", lang="en")
    assert page.multiselect(key="at-state-en").options[0] == "Russia (6)"
    assert len(page.multiselect) == len(facets())
    assert "Claim (10)" in words(page)
    assert "La Corée du Nord a testé un missile." in words(page)


def test_the_page_in_french_narrowed_by_its_address(visit: Visit) -> None:
    page = visit("browse", state="acr:state/IND", lang="fr")
    assert "Affirmation (1)" in words(page)
    assert "L'Inde a commandé des S-400 à la Russie." in words(page)
    assert page.multiselect(key="at-state-fr").value == [f"{ACR}state/IND"]
    assert page.pills[0].options[0] == "affirmation · 1"


def test_what_stays_chosen_under_another_number_is_another_input(visit: Visit) -> None:
    page = visit("browse", state=[f"{ACR}state/RUS"], lang="en")
    (chosen,) = page.multiselect(key="at-state-en").value
    page.multiselect(key="at-modality-en").set_value([AC + "Possible"]).run()
    assert page.multiselect(key="at-state-en-1").value == [chosen]
    page.multiselect(key="at-state-en-1").set_value([chosen, f"{ACR}state/IND"]).run()
    assert page.query_params["state"] == [chosen, f"{ACR}state/IND"]
    assert page.multiselect(key="at-state-en-1").value == [chosen, f"{ACR}state/IND"]


def test_choosing_changes_the_address_and_the_rows(visit: Visit) -> None:
    page = visit("browse", lang="en", part="9")
    page.multiselect(key="at-modality-en").set_value([AC + "Possible"]).run()
    assert page.query_params["modality"] == f"{AC}Possible"
    assert "part" not in page.query_params
    assert "Claim (1)" in words(page)
    page.pills[0].set_value("State").run()
    assert "State (2)" in words(page)
    assert "Belarus 1 Russia 1" in words(page)


def test_a_number_leads_to_the_claims_that_it_counts(visit: Visit) -> None:
    page = markup(visit("browse", kind="WeaponSystem", polarity=f"{AC}Affirmed", lang="en"))
    assert "who=https%3A%2F%2Fw3id.org%2Farms-control%2Fid%2Fweapon%2Fs-400&amp;lang=en" in page
    assert "polarity=https" in page
    told = words(visit("browse", who="acr:weapon/s-400", polarity=f"{AC}Affirmed", lang="en"))
    assert "Claim (1)" in told
    assert "Sergueï Lavrov assure" not in told


def test_hostile_and_odd_addresses_are_harmless(visit: Visit) -> None:
    assert "Claim (0)" in words(visit("browse", state="<img src=x onerror=alert(1)>", lang="en"))
    odd = visit("browse", kind="Nonsense", first="x", last="99999", part="-3", lang="en")
    assert "Claim (10)" in words(odd)
    names = visit("browse", kind="WeaponSystem", lang="en")
    assert "<img src=x" in words(names)


def test_the_query_of_the_view_can_be_opened_and_its_rows_downloaded(visit: Visit) -> None:
    page = visit("browse", state="acr:state/IND", lang="en")
    assert f"VALUES ?state {{ <{ACR}state/IND> }}" in words(page)
    assert "./sparql?query=SELECT+DISTINCT+%3Fclaim" in markup(page)
    assert [button.proto.label for button in page.main.get("download_button")] == ["CSV", "CSV with names", "JSON"]
