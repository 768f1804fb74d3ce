"""The page Treaties: who was bound by what on a day, and what that rests on."""

from __future__ import annotations

import datetime
import re

import pytest
from explorer_fixtures import Visit, markup, words
from sample import ACR, ROOT

from kg.explorer.graph import Graph
from kg.explorer.lifelines import LOOKS, Bar, chart
from kg.explorer.standing import SIGNS, intervals, standing_on, usual
from kg.query import SnapshotView
from kg.store import Home
from kg.treaties import Status, read_intervals, standings

pytest_plugins = ["explorer_fixtures"]

INF, SKIES = f"{ACR}treaty/inf", f"{ACR}treaty/open-skies"
USA, RUS, FRA, SUN = (f"{ACR}state/{code}" for code in ("USA", "RUS", "FRA", "SUN"))


@pytest.fixture(scope="module")
def graph(explored: Home) -> Graph:
    return Graph(SnapshotView(explored), ROOT / "ontology")


DAYS = ("1987-12-07", "1987-12-08", "1988-06-01", "1995-05-05", "2001-12-31", "2002-01-01", "2019-02-02", "2019-08-01")
DAYS += ("2019-08-02", "2019-08-03", "2020-11-21", "2020-11-22", "2030-01-01")


@pytest.mark.parametrize("text", DAYS)
def test_standings_are_those_that_the_law_computes(graph: Graph, text: str) -> None:
    day = datetime.date.fromisoformat(text)
    law = {(each.state, each.treaty): each.statuses for each in standings(read_intervals(graph.store), day)}
    _, found = standing_on(graph, day)
    assert {pair: each.statuses for pair, each in found.items()} == law
    assert law or text == "1987-12-07"


def test_only_what_is_named_is_asked_for(graph: Graph) -> None:
    day = datetime.date(2019, 8, 1)
    _, found = standing_on(graph, day, [INF, SKIES], [USA, FRA])
    assert set(found) == {(USA, INF), (USA, SKIES), (FRA, SKIES)}
    assert found[USA, INF].intervals[0].evidence == (f"{ACR}event/inf-suspend-usa", f"{ACR}event/inf-withdraw-usa")


def test_the_inf_on_the_first_and_the_third_of_august(visit: Visit) -> None:
    first = visit("treaties", treaty=INF, state=USA, day="2019-08-01", lang="en")
    assert "on 2019-08-01 State INF Treaty United States ◧ suspended" in words(first)
    third = visit("treaties", treaty=INF, state=USA, day="2019-08-03", lang="en")
    assert "on 2019-08-03 State INF Treaty United States ✕ ended" in words(third)
    skies = visit("treaties", treaty=SKIES, day="2019-08-01", lang="en")
    assert "State Open Skies Treaty France ● bound Russia ● bound United States ● bound" in words(skies)


def test_in_french(visit: Visit) -> None:
    page = words(visit("treaties", treaty=INF, state=USA, day="2019-08-01", lang="fr"))
    assert "le 2019-08-01 État traité FNI États-Unis ◧ suspendu" in page
    assert "Traité FNI : les États au fil du temps" in page


def test_a_standing_leads_to_its_acts_with_their_basis(visit: Visit) -> None:
    page = markup(visit("treaties", treaty=INF, state=USA, day="2019-08-01", lang="en"))
    (link,) = re.findall(r'<a href="(\./treaties\?[^"]*of=[^"]*)"', page)
    assert "of=https%3A%2F%2Fw3id.org%2Farms-control%2Fid%2Fstate%2FUSA" in link
    assert "day=2019-08-01" in link
    card = words(visit("treaties", treaty=INF, day="2019-08-01", of=USA, to=INF, lang="en"))
    assert "United States · INF Treaty on 2019-08-01 suspended : 2019-02-02 – 2019-08-01" in card
    assert "2019-02-02 suspension · United States · INF Treaty from memory" in card
    assert "No document of the graph tells of such an act." in card


def test_an_undated_membership_is_told_as_what_it_is(visit: Visit) -> None:
    card = words(visit("treaties", treaty=SKIES, day="2021-01-01", of=FRA, to=SKIES, lang="en"))
    assert "membership recorded without its date from memory" in card


def test_without_an_address_the_usual_is_shown_as_far_as_it_is_known(visit: Visit) -> None:
    page = visit("treaties", lang="en")
    assert page.multiselect(key="at-treaty-en").value == [INF]
    assert page.multiselect(key="at-state-en").value == [iri for iri in usual().states if iri[-3:] in SAMPLE_STATES]
    assert "Other weapons" not in words(page)


SAMPLE_STATES = ("RUS", "USA", "IND", "IRN", "BLR", "PRK", "FRA", "SUN")


def test_inputs_change_the_address(visit: Visit) -> None:
    page = visit("treaties", treaty=INF, day="2019-08-01", lang="en")
    page.date_input[0].set_value(datetime.date(2019, 8, 3)).run()
    assert page.query_params["day"] == "2019-08-03"
    assert "United States ✕ ended" in words(page)
    page.multiselect(key="at-treaty-en").set_value([INF, SKIES]).run()
    assert page.query_params["treaty"] == [INF, SKIES]
    assert "State INF Treaty Open Skies Treaty France – ● bound" in words(page)


def test_the_slider_and_the_input_of_the_day_go_together(visit: Visit) -> None:
    page = visit("treaties", treaty=INF, day="2019-08-01", lang="en")
    slider = page.slider(key="slide-day")
    assert slider.value == datetime.date(2019, 8, 1)
    slider.set_value(datetime.date(2019, 8, 3)).run()
    assert page.query_params["day"] == "2019-08-03"
    assert page.date_input[0].value == datetime.date(2019, 8, 3)
    page.date_input[0].set_value(datetime.date(1931, 1, 1)).run()
    assert page.slider(key="slide-day").value == datetime.date(1931, 1, 1)
    assert not page.exception


@pytest.mark.parametrize("day", ["", "nonsense", "2019-13-01", "0001-01-01", "<script>"])
def test_odd_addresses_are_harmless(visit: Visit, day: str) -> None:
    page = words(visit("treaties", treaty="<img src=x>", state="acr:state/XXX", day=day, of="x", to="y", lang="en"))
    assert "on 20" in page
    assert "What this standing rests on" not in page


def test_the_chart_draws_each_interval_until_it_ended(graph: Graph, visit: Visit) -> None:
    page = visit("treaties", treaty=INF, day="2019-08-01", lang="en")
    assert len(page.main.get("vega_lite_chart")) == 2
    assert "INF Treaty ● in force 1988-06-01 2019-08-01" in words(page)
    bar = Bar("INF", Status.IN_FORCE, "in force", datetime.date(1988, 6, 1), datetime.date(2019, 8, 1), "")
    over = Bar("INF", Status.TERMINATED, "terminated", datetime.date(2019, 8, 2), datetime.date(2026, 1, 1), "")
    spec = chart([bar, over], datetime.date(2019, 8, 1)).to_dict()
    drawn = spec["datasets"][spec["layer"][0]["data"]["name"]]
    assert [(each["start"], each["end"], each["sign"]) for each in drawn] == [
        ("1988-06-01", "2019-08-01", "●"),
        ("2019-08-02", "2019-08-02", "✕"),
    ]


def test_a_chart_tells_statuses_by_sign_and_line_as_well(graph: Graph) -> None:
    assert set(LOOKS) == set(SIGNS) == set(Status)
    looks = [(SIGNS[status], *look[1:]) for status, look in LOOKS.items()]
    assert len({str(look) for look in looks if look[1]}) == 5
    assert [each.status.value for each in intervals(graph.ask("lifelines", treaty=[INF]))] == [
        "NotYetInForce",
        "InForce",
        "Terminated",
    ]
