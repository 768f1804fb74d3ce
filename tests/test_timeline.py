"""The page Timeline: its dots are the events that the queries give, and each leads to its sentences."""

from __future__ import annotations

import datetime

import pytest
from explorer_fixtures import Visit, words
from sample import ACR, ROOT

from kg.explorer import dots
from kg.explorer.dots import Dot, dot_chart, dots_of, most_told
from kg.explorer.graph import Graph
from kg.explorer.lifelines import short_name
from kg.namespaces import AC
from kg.query import SnapshotView
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]

SPAN = (datetime.date(1980, 1, 1), datetime.date(2025, 12, 31))


@pytest.fixture(scope="module")
def graph(explored: Home) -> Graph:
    return Graph(SnapshotView(explored), ROOT / "ontology")


def test_dots_are_dated_events_each_once(graph: Graph) -> None:
    told, known = dots_of([graph.ask("events-over-time")]), dots_of([graph.ask("acts-over-time")])
    assert [(dot.event.removeprefix(ACR), dot.kind, dot.claims) for dot in told] == [("event/test-1", "WeaponTest", 1)]
    assert told[0].earliest == told[0].latest == datetime.date(2019, 8, 18)
    assert len(known) == 9
    assert known[0].treaties == (f"{ACR}treaty/inf",)
    assert {dot.claims for dot in known} == {0}
    assert len(dots_of([graph.ask("events-over-time"), graph.ask("acts-over-time")])) == 10


def test_queries_keep_to_days_classes_and_things(graph: Graph) -> None:
    def found(**values: str | list[str]) -> list[str]:
        return [dot.event.removeprefix(f"{ACR}event/") for dot in dots_of([graph.ask("acts-over-time", **values)])]

    assert found(first="2019-08-02", last="2019-08-02") == ["inf-withdraw-usa"]
    assert found(**{"class": [AC + "Suspension", AC + "Withdrawal"]}) == [
        "inf-suspend-usa",
        "inf-withdraw-usa",
        "os-withdraw-usa",
    ]
    assert found(**{"with": f"{ACR}state/RUS"}) == ["os-ratify-rus"]
    assert graph.ask("undated").rows[0]["events"].value == "8"
    assert graph.ask("undated", **{"with": f"{ACR}state/IND"}).rows[0]["events"].value == "1"


def dot(name: str, day: str, claims: int = 1) -> Dot:
    date = datetime.date.fromisoformat(day)
    return Dot(name, "WeaponTest", date, date, claims, "", ())


def test_dots_of_one_day_stand_beside_one_another() -> None:
    same = [dot(name, "2019-08-18") for name in "abc"]
    spec = dot_chart([*same, dot("d", "1990-01-01")], "xxxx", "tttt", SPAN, "b").to_dict()
    (drawn,) = spec["datasets"].values()
    assert [each["lane"] for each in drawn] == [2, 1, 3, 2]
    assert [each["size"] for each in drawn] == [75, 260, 75, 75]
    assert drawn[0]["about"].startswith("x, 2019-08-18, ")


def test_of_too_many_those_with_most_claims_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dots, "CAP", 2)
    assert [
        each.event for each in most_told([dot("a", "2019-01-01"), dot("b", "2019-01-02", 3), dot("c", "2019-01-03", 2)])
    ] == ["b", "c"]


def test_a_long_name_gives_way_to_a_short_one(graph: Graph, visit: Visit) -> None:
    page = visit("treaties", treaty=f"{ACR}treaty/open-skies", lang="fr")
    assert "État traité Ciel ouvert" in words(page)
    assert short_name(graph, f"{ACR}event/test-1")


def test_the_page_in_english(visit: Visit) -> None:
    page = visit("timeline", lang="en")
    assert "Events in these years: 1. 8 more have no date." in words(page)
    assert page.slider[0].value == (2019, 2019)
    assert "2019-08-18 weapon test · United States · cruise missile claims: 1" in words(page)


def test_the_page_in_french_with_an_entity_and_its_acts(visit: Visit) -> None:
    page = visit("timeline", **{"with": "acr:treaty/inf"}, first="1987", last="2019", lang="fr")
    assert "Événements de ces années : 6." in words(page)
    assert "2019-08-02 retrait · États-Unis · traité FNI référence" in words(page)
    assert page.selectbox[0].value == f"{ACR}treaty/inf"


def test_the_card_of_an_event_has_its_sentence_or_its_basis(visit: Visit) -> None:
    told = words(visit("timeline", event="acr:event/test-1", lang="en"))
    assert "Le 18 août 2019, les États-Unis ont testé un missile de croisière." in told
    known = words(visit("timeline", event="acr:event/os-withdraw-usa", lang="en"))
    assert "withdrawal · United States · Open Skies Treaty 2020-11-22 sourced example.org close" in known
    assert "The graph knows nothing under this address." in words(visit("timeline", event="nonsense", lang="en"))


def test_years_and_kinds_change_the_address(visit: Visit) -> None:
    page = visit("timeline", told=["reference"], lang="en")
    page.slider[0].set_value((1985, 1990)).run()
    assert (page.query_params["first"], page.query_params["last"]) == ("1985", "1990")
    assert "Events in these years: 4." in words(page)
    page.multiselect(key="at-class-en").set_value([AC + "Signature"]).run()
    assert "Events in these years: 2." in words(page)


def test_odd_addresses_are_harmless(visit: Visit) -> None:
    page = visit(
        "timeline", first="x", last="99999", told=["y"], **{"with": "acr:nothing", "class": ["<b>"]}, lang="en"
    )
    assert "Events in these years: 0." in words(page)
    assert "No rows" in words(page)
