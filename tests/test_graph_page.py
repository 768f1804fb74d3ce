"""The page of the graph: which part of the graph its steps show, and what a link stands on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from explorer_fixtures import Visit, markup, words
from sample import ACR, ROOT
from streamlit.testing.v1 import AppTest

from kg.explorer import expansion
from kg.explorer.expansion import Ground, Link, bundled, events_of, links_of, neighbours, part, short, whole
from kg.explorer.graph import Graph
from kg.explorer.network import look_of
from kg.namespaces import AC
from kg.query import SnapshotView
from kg.query.names import text_of
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]

RUSSIA = ACR + "state/RUS"
ACCUSATION = "person/vladimir-putin ac:Accusation treaty/inf"


@pytest.fixture(scope="module")
def graph(explored: Home) -> Graph:
    return Graph(SnapshotView(explored), ROOT / "ontology")


def drawn(page: AppTest) -> dict[str, list[dict[str, object]]]:
    """The data of the picture."""
    (found,) = [each for each in page.main.get("bidi_component") if each.proto.component_name == "kg-graph"]
    return dict(json.loads(found.proto.json))


def names(page: AppTest) -> set[str]:
    """The things in the picture, by their short names."""
    return {short(str(node["id"])) for node in drawn(page)["nodes"]}


def test_neighbours_are_those_with_whom_a_thing_stands_in_events_and_facts(graph: Graph) -> None:
    links, ran = links_of(graph, RUSSIA)
    asked = (
        f"SELECT DISTINCT ?other {{ ?event ac:involves|ac:onBehalfOf <{RUSSIA}> ; ac:involves|ac:onBehalfOf ?other . "
        f"FILTER(?other != <{RUSSIA}>) }}"
    )
    by_events = {text_of(row["other"]) for row in graph.run(asked).rows}
    assert by_events
    assert {text_of(row["other"]) for row in ran.rows} == by_events
    near = set(neighbours(RUSSIA, links))
    assert by_events < near
    assert ACR + "weapon/s-400" in near


def test_links_lead_from_who_acts_and_know_whether_a_document_tells(graph: Graph) -> None:
    links, _ = links_of(graph, ACR + "treaty/inf")
    by_id = {link.id: ground for link, ground in links.items()}
    assert by_id[ACCUSATION].told
    withdrawal = by_id["state/USA ac:Withdrawal treaty/inf"]
    assert not withdrawal.told
    assert withdrawal.events == 1


def test_both_ends_see_the_same_link_with_its_events(graph: Graph) -> None:
    links, _ = links_of(graph, RUSSIA)
    for link, ground in links.items():
        other = link.target if link.source == RUSSIA else link.source
        assert links_of(graph, other)[0][link] == ground
        assert len(events_of(graph, link)) == ground.events


def test_queries_name_all_roles_of_the_ontology(graph: Graph) -> None:
    for name in ("links-of-entity", "events-of-link"):
        text = (ROOT / "ontology" / "queries" / "explorer" / f"{name}.rq").read_text(encoding="utf-8")
        lists = [set(re.findall(r"ac:(\w+)", each)) for each in re.findall(r"FILTER\(\?\w+ IN \(([^)]+)\)", text)]
        assert lists == [{*graph.roles, "onBehalfOf"}] * 2


def test_what_documents_tell_of_comes_first_then_what_shares_more_events() -> None:
    kind = AC + "Meeting"
    links = {
        Link("x", "many", kind): Ground(events=9),
        Link("told", "x", kind): Ground(events=1, told=1),
        Link("x", "one", kind): Ground(events=1),
        Link("x", "fact", AC + "memberOf"): Ground(),
        Link("x", "twice", kind): Ground(events=1, told=1),
        Link("x", "twice", AC + "Visit"): Ground(events=1, told=1),
    }
    assert neighbours("x", links) == ["twice", "told", "many", "fact", "one"]


def test_many_links_between_two_things_are_drawn_as_one() -> None:
    few = {Link("a", "b", f"{AC}K{n}"): Ground(events=n, told=n) for n in range(1, 5)}
    assert bundled(few) == (few, [])
    out = {**few, Link("a", "b", AC + "K5"): Ground(events=2, told=2), Link("a", "c", AC + "K1"): Ground(events=1)}
    alone, (bundle,) = bundled(out)
    assert list(alone) == [Link("a", "c", AC + "K1")]
    assert (bundle.id, bundle.even) == ("a * b", False)
    assert [ground.told for ground in bundle.links.values()] == [4, 3, 2, 2, 1]
    both = bundled({**out, Link("b", "a", AC + "K1"): Ground(events=1)})[1]
    assert [(each.id, each.even, len(each.links)) for each in both] == [("a * b", True, 6)]


def test_a_bundle_shows_its_links_and_sentences(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "BUNDLED", 1)
    page = visit("graph", root="state/RUS", at="state/RUS * state/USA", lang="en")
    (bundle,) = [edge for edge in drawn(page)["edges"] if edge["id"] == "state/RUS * state/USA"]
    assert re.fullmatch(r"\d+ links · \d+ events", str(bundle["label"]))
    assert "La Russie a proposé aux États-Unis" in words(page)
    assert "at=state%2FRUS+ac%3ATransferOffer+state%2FUSA" in markup(page)


def test_steps_show_and_hide(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_part, _ = part(graph, [RUSSIA], [])
    monkeypatch.setattr(expansion, "STEP", 2)
    first, _ = part(graph, [RUSSIA], [])
    assert first.nodes == whole_part.nodes[:3]
    more, _ = part(graph, [RUSSIA], ["open state/RUS"])
    assert more.nodes == whole_part.nodes[:5]
    gone, _ = part(graph, [RUSSIA], [f"hide {short(first.nodes[1])}", "open state/RUS"])
    assert first.nodes[1] not in gone.nodes
    assert len(gone.nodes) == 4
    states, _ = part(graph, [RUSSIA], ["open-state state/RUS"])
    assert {look_of(graph, iri) for iri in states.nodes[3:]} == {"state"}


@pytest.mark.parametrize(
    "step",
    ["", "open", "open state/XXX", "close state/RUS", "open-nothing state/RUS", "hide state/FRA", "hide http://["],
)
def test_a_step_that_means_nothing_is_passed_over(graph: Graph, step: str) -> None:
    assert part(graph, [RUSSIA], [step])[0] == part(graph, [RUSSIA], [])[0]


def test_there_is_an_end_of_the_room(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "MOST_NODES", 4)
    assert len(part(graph, [RUSSIA], ["open state/USA", "open state/RUS"])[0].nodes) == 4


def test_short_names_lead_back() -> None:
    for iri in (RUSSIA, "https://example.org/x"):
        assert whole(short(iri)) == iri


def test_the_address_gives_the_things(visit: Visit) -> None:
    page = visit("graph", root="acr:treaty/inf", lang="en")
    assert {"treaty/inf", "state/USA", "person/vladimir-putin"} <= names(page)
    assert names(page) == names(visit("graph", root="treaty/inf", lang="fr"))
    wider = visit("graph", root="treaty/inf", do=["open state/USA"], lang="en")
    assert names(page) < names(wider)
    assert "Begin anew" in [button.label for button in wider.button]


def test_undo_takes_the_last_step_back(visit: Visit) -> None:
    page = visit("graph", root="treaty/inf", do=["open state/USA", "hide person/vladimir-putin"], lang="en")
    assert "person/vladimir-putin" not in names(page)
    next(button for button in page.button if button.label == "Undo").click().run()
    assert "person/vladimir-putin" in names(page)
    assert page.query_params["do"] == "open state/USA"


def test_neighbours_are_counted_by_kind_before_they_are_shown(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "STEP", 1)
    page = visit("graph", root="state/RUS", at="state/RUS", lang="en")
    assert len(drawn(page)["nodes"]) == 2
    button = next(button for button in page.button if button.label.startswith("◆ weapon: "))
    assert button.label.endswith(" shown)")
    button.click().run()
    assert page.query_params["do"] == "open-weapon state/RUS"
    assert [node["kind"] for node in drawn(page)["nodes"]].count("weapon") >= 1
    assert drawn(page)["nodes"][0]["more"] is True


def test_a_link_shows_its_sentences(visit: Visit) -> None:
    page = visit("graph", root="treaty/inf", at=ACCUSATION, lang="en")
    assert "Vladimir Poutine accuse les États-Unis d'avoir violé le traité FNI." in words(page)
    assert "./document?iri=" in markup(page)
    assert drawn(page)["selected"] == ACCUSATION


def test_a_link_of_the_reference_data_shows_its_source(visit: Visit) -> None:
    act = words(visit("graph", root="treaty/inf", at="state/USA ac:Withdrawal treaty/inf", lang="en"))
    assert "withdrawal United States → INF Treaty events: 1" in act
    assert "from memory" in act
    weapon = visit("graph", root="state/RUS", at="weapon/s-400 ac:originState state/RUS", lang="en")
    assert "A fact of the reference data" in words(weapon)


def test_kinds_of_things_and_links_can_be_left_out(visit: Visit) -> None:
    page = visit("graph", root="state/RUS", only=["treaty"], lang="en")
    assert {node["kind"] for node in drawn(page)["nodes"]} == {"state", "treaty"}
    told = visit("graph", root="treaty/inf", links="told", lang="en")
    assert {edge["sourced"] for edge in drawn(told)["edges"]} == {True}


def test_without_a_root_it_offers_some(visit: Visit) -> None:
    page = visit("graph", lang="fr", root="state/XXX")
    assert "Commencez par l’une d’elles" in words(page)
    assert 'href="./graph?root=treaty%2Finf&amp;lang=fr"' in markup(page)


def test_a_root_that_the_graph_does_not_know_is_told(visit: Visit) -> None:
    page = words(visit("graph", root=["treaty/inf", "<b>x"], lang="en"))
    assert "The graph knows nothing under this address. <b>x" in page
    assert "INF Treaty" in page
    assert "knows nothing" not in words(visit("graph", root=["treaty/inf"], lang="en"))


def test_a_thing_is_added_by_its_name(visit: Visit) -> None:
    page = visit("graph", lang="en", root="treaty/inf")
    page.text_input(key="graph-add").set_value("corée").run()
    page.button(key=f"add-{ACR}state/PRK").click().run()
    assert page.query_params["root"] == ["treaty/inf", "state/PRK"]
    assert "state/PRK" in names(page)
    page.text_input(key="graph-add").set_value("?!").run()
    assert "Nothing holds “?!”." in words(page)


def test_hostile_names_stay_text_on_buttons(visit: Visit) -> None:
    page = visit("graph", lang="en")
    page.text_input(key="graph-add").set_value("hostile").run()
    (label,) = [button.label for button in page.button if "ostile" in button.label]
    assert "\\[Hostile\\-1\\]\\(javascript\\:alert\\(1\\)\\)" in label
    assert "\\<img" in label


def test_lists_say_the_same_as_the_picture(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "BUNDLED", 99)
    page = visit("graph", root="treaty/inf", lang="en")
    lists = markup(page).partition("<table")[2]
    for edge in drawn(page)["edges"]:
        assert f"<td>{edge['label']}</td>" in lists
    assert lists.count("&amp;at=") == len(drawn(page)["nodes"]) + len(drawn(page)["edges"])


def test_the_picture_has_its_own_file_and_words(visit: Visit) -> None:
    data = drawn(visit("graph", root="treaty/inf", lang="fr"))
    assert data["words"] == {"arrange": "Redisposer", "fit": "Tout montrer", "png": "Enregistrer en PNG"}
    assert AC not in json.dumps(data)
    assert Path(str(data["file"])).suffix == ".png"
