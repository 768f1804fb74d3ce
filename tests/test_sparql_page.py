"""The page of SPARQL, and what a result can be shown as."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from explorer_fixtures import Visit, words
from sample import ACR
from streamlit.testing.v1 import AppTest

from kg.explorer.pictures import dates_in, numbers_in, offered, things_in
from kg.namespaces import XSD
from kg.query import Table, Triples
from kg.settings import settings

pytest_plugins = ["explorer_fixtures"]

RUSSIA, FRANCE, TREATY = (ox.NamedNode(ACR + name) for name in ("state/RUS", "state/FRA", "treaty/inf"))
DAY = ox.Literal("2019-08-02", datatype=ox.NamedNode(XSD + "date"))


def mounted(page: AppTest, name: str) -> dict[str, object]:
    """The data that a component was given."""
    (part,) = [each for each in page.main.get("bidi_component") if each.proto.component_name == f"kg-{name}"]
    return dict(json.loads(part.proto.json))


def test_an_own_query_is_run_and_its_text_is_in_the_editor(visit: Visit) -> None:
    query = "SELECT ?t { ?t a ac:Treaty } ORDER BY ?t"
    page = visit("sparql", query=query, lang="en")
    assert "rows: 2 ·" in words(page)
    assert "INF Treaty Open Skies Treaty" in words(page)
    assert mounted(page, "editor")["text"] == query
    assert [button.label for button in page.get("download_button")] == ["CSV", "CSV with names", "JSON"]


def test_a_question_of_the_address_is_opened_as_its_query(visit: Visit) -> None:
    page = visit("sparql", question="parties-on-a-day", day="2019-08-02", lang="en")
    assert "rows: 0 ·" in words(page)
    assert '"2019-08-02"' in str(mounted(page, "editor")["text"])


def test_nothing_is_run_unasked(visit: Visit) -> None:
    page = visit("sparql", lang="fr")
    assert "lignes" not in words(page)
    assert "ac:Treaty" in str(mounted(page, "editor")["text"])


def test_the_editor_knows_our_terms_by_their_labels(visit: Visit) -> None:
    terms = mounted(visit("sparql", lang="fr"), "editor")["terms"]
    assert isinstance(terms, list)
    assert {"name": "ac:Treaty", "label": "traité", "kind": "class"} in terms
    assert {"name": "ac:signedOn", "label": "signé le", "kind": "property"} in terms
    assert {"name": "ac:Affirmed", "label": "affirmé", "kind": "constant"} in terms
    assert {"name": f"<{ACR}state/PRK>", "label": "Corée du Nord", "kind": "thing"} in terms
    assert {"name": "dcterms:title", "label": "titre", "kind": "property"} in terms


def test_a_syntax_error_stands_at_its_line(visit: Visit) -> None:
    page = visit("sparql", query="SELECT ?s {\n ?s a }", lang="en")
    error = mounted(page, "editor")["error"]
    assert isinstance(error, dict)
    assert error["line"] == 2
    assert error["message"].startswith("Line 2: Syntax error in the query, 2:8 at the end.")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "asks another server with SERVICE"),
        ("CLEAR ALL", "CLEAR would change the graph; queries only read it."),
    ],
)
def test_refused_queries_are_told_on_one_line(visit: Visit, query: str, message: str) -> None:
    page = visit("sparql", query=query, lang="en")
    assert message in words(page)
    assert mounted(page, "editor")["error"] is None


def test_each_view_is_drawn(visit: Visit) -> None:
    query = "SELECT ?state ?treaty ?day (7 AS ?n) { ?act ac:agent ?state ; ac:treaty ?treaty ; ac:earliest ?day . ?state a ac:State }"
    for view, kind in (
        ("graph", "bidi_component"),
        ("timeline", "vega_lite_chart"),
        ("map", "vega_lite_chart"),
        ("raw", "code"),
    ):
        page = visit("sparql", query=query, view=view, lang="en")
        assert page.main.get(kind), view
    assert "Russia: " in words(visit("sparql", query=query, view="map", lang="en"))
    assert "<th" in str([part.proto.body for part in visit("sparql", query=query, view="nonsense").main.get("html")])


def test_views_are_offered_where_the_columns_feed_them() -> None:
    def views(*columns: ox.NamedNode | ox.Literal | None) -> list[str]:
        return offered(Table(tuple(f"c{at}" for at in range(len(columns))), (columns, (None,) * len(columns))))

    assert views(TREATY) == ["table", "raw"]
    assert views(RUSSIA) == ["table", "map", "raw"]
    assert views(RUSSIA, TREATY) == ["table", "graph", "map", "raw"]
    assert views(TREATY, DAY) == ["table", "timeline", "raw"]
    assert views(TREATY, ox.Literal(3)) == ["table", "chart", "raw"]
    assert views(ox.Literal(3)) == ["table", "raw"]
    assert views(TREATY, ox.Literal("2019 was long")) == ["table", "raw"]
    assert views(TREATY, ox.Literal("2019-08/2019-09")) == ["table", "timeline", "raw"]
    assert offered(Triples((ox.Triple(RUSSIA, TREATY, FRANCE),))) == ["table", "graph", "map", "raw"]


def test_kinds_of_columns() -> None:
    table = Table(("a", "b", "c"), ((RUSSIA, ox.Literal(1), DAY), (FRANCE, ox.Literal("x"), None)))
    assert (things_in(table), numbers_in(table), dates_in(table)) == ([0], [], [2])


def test_the_limit_of_the_address_cuts(visit: Visit) -> None:
    page = visit("sparql", query="SELECT ?s { ?s ?p ?o }", rows="100", lang="en")
    assert "Cut at 100 rows" in words(page)


def test_the_command_for_the_terminal_quotes_the_query(visit: Visit) -> None:
    page = visit("sparql", query='ASK { ?s rdfs:label "it\'s" }', lang="en")
    (line,) = [code.value for code in page.code]
    assert line.startswith(
        "curl --silent --header 'Accept: application/sparql-results+json' --data-urlencode 'query=ASK { ?s rdfs:label \"it'\"'\"'s\" }'"
    )
    assert line.endswith(" http://127.0.0.1:7878/sparql")


def test_a_query_too_long_for_an_address_says_so(visit: Visit) -> None:
    assert "too long for an address" in words(visit("sparql", query="ASK {} #" + "é" * 8000, lang="en"))


def test_slow_query_is_stopped_at_the_limit(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_QUERY_SECONDS", "1")
    settings.cache_clear()
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert "took longer than 1 s and was stopped" in words(visit("sparql", query=slow, lang="en"))


def test_answers_triples_and_cut_results(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert words(visit("sparql", query="ASK { ?s a ac:Treaty }", lang="fr")).endswith("Oui Lien vers cette vue")
    built = visit("sparql", query="CONSTRUCT { ?s a ac:Treaty } { ?s a ac:Treaty }", lang="en")
    assert "subject predicate object" in words(built)
    assert built.get("download_button")[-1].label == "Download as Turtle"
    monkeypatch.setenv("KG_QUERY_ROWS", "5")
    settings.cache_clear()
    assert "Cut at 5 rows" in words(visit("sparql", query="SELECT ?s { ?s ?p ?o }", lang="en"))
