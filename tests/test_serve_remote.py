"""`kg serve` and the explorer over a graph at a server: what they answer is what they answer over the home; nothing is written there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from sample import ACR, build_home
from served import LIMITS, TOKEN, service
from store_fixtures import settings_of
from store_servers import Running, oxigraph
from streamlit.testing.v1 import AppTest

from benchmarks.w3c.service import Client, serving
from kg.remote import connect, plan, publish
from kg.report import Silent
from kg.serve.access import Access
from kg.serve.app import application
from kg.serve.remote import Remote
from kg.settings import settings
from kg.store import Home

pytest_plugins = ["store_fixtures"]
ROWS = "application/sparql-results+json"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return build_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, home: Home) -> Iterator[Running]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        connection = connect(settings_of(running))
        publish(plan(home, connection), connection, Silent())
        yield running


@pytest.fixture(scope="module")
def there(store: Running) -> Iterator[Client]:
    backend = Remote(connect(settings_of(store)), LIMITS)
    with serving(application(backend, Access(TOKEN), body_bytes=2**20, background=backend.watch)) as port:
        yield Client(port)


@pytest.fixture(scope="module")
def ours(home: Home) -> Iterator[Client]:
    with service(home.path) as port:
        yield Client(port)


def asked(client: Client, text: str, accept: str = ROWS) -> tuple[int, bytes]:
    answer = client.send("GET", f"/sparql?{urlencode({'query': text})}", headers={"Accept": accept})
    return answer.status, answer.body


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?o { ?s ac:edtf ?o } ORDER BY ?s ?o",
        "ASK { ?s a ac:Claim }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a ac:Claim } } GROUP BY ?g ORDER BY ?g",
        f"SELECT * FROM <{ACR}graph/reference> {{ ?s a ac:State }} ORDER BY ?s",
    ],
)
def test_queries_are_answered_alike(there: Client, ours: Client, text: str) -> None:
    (status, body), (_, expected) = asked(there, text), asked(ours, text)
    assert status == 200
    assert json.loads(body) == json.loads(expected)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("SELECT (bif:http_get('http://127.0.0.1:1/') AS ?x) {}", 403),
        ("SELECT * { ?s ?p", 400),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 422),
    ],
)
def test_what_is_refused(there: Client, text: str, status: int) -> None:
    assert asked(there, text)[0] == status


def test_a_graph_and_a_thing_are_given(there: Client, ours: Client) -> None:
    address = f"/store?graph={quote(ACR + 'graph/reference', safe='')}"
    accept = {"Accept": "application/n-triples"}
    assert set(there.send("GET", address, headers=accept).body.splitlines()) == set(
        ours.send("GET", address, headers=accept).body.splitlines()
    )
    page = there.send("GET", "/page/state/RUS", headers={"Accept": "text/html"})
    assert page.status == 200
    assert "Russia" in page.body.decode()
    assert there.send("GET", "/store?graph=https://example.org/none", headers=accept).status == 404


def test_nothing_is_written(there: Client) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
    answer = there.send("PUT", f"/store?graph={ACR}graph/own/x", b"<a:b> <a:c> <a:d> .", headers)
    assert answer.status == 403
    assert b"kg publish" in answer.body


def test_health_tells_the_snapshot(there: Client, home: Home) -> None:
    answer = there.send("GET", "/health")
    assert answer.status == 200
    assert json.loads(answer.body)["name"] == home.current().name


def _home_page() -> None:
    from kg.explorer.home import show_home

    show_home()


def _entity_page() -> None:
    from kg.explorer.entity import show_entity

    show_entity()


def _sparql_page() -> None:
    from kg.explorer.sparql import show_sparql

    show_sparql()


@pytest.mark.parametrize(
    ("page", "parameters", "words"),
    [
        (_home_page, {"q": "corée"}, ["claim</a></span><b>10</b>", "kg-hits", "state%2FPRK"]),
        (_entity_page, {"iri": ACR + "state/PRK"}, ["North Korea"]),
        (_sparql_page, {"question": "parties-on-a-day"}, []),
        (_sparql_page, {"query": "SELECT * { ?s ?p"}, ["Syntax error"]),
    ],
)
def test_the_explorer_shows_it(
    monkeypatch: pytest.MonkeyPatch,
    store: Running,
    tmp_path: Path,
    page: object,
    parameters: dict[str, str],
    words: list[str],
) -> None:
    for name, value in {**store.environment, "KG_HOME": str(tmp_path / "none")}.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    test = AppTest.from_function(page, default_timeout=30)  # type: ignore[arg-type]
    for name, value in {**parameters, "lang": "en"}.items():
        test.query_params[name] = value
    test.run()
    settings.cache_clear()
    assert not test.exception
    shown = "".join(str(part.proto.body) for part in test.main.get("html"))
    shown += "".join(str(part.proto.json) for part in test.main.get("bidi_component"))
    assert "kg publish" not in shown
    assert all(each in shown for each in words)
