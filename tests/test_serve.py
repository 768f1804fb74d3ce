"""kg serve over a graph: protocols, formats, things by their addresses, refusals, what operators see."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from sample import ACR, build_home
from served import LIMITS, service

from benchmarks.w3c.service import FORM, Client
from kg.namespaces import ONTOLOGY_GRAPH
from kg.serve.negotiation import best

pytest_plugins = ["service_fixtures"]

TREATY = f"<{ACR}treaty/inf>"
SELECT = f"SELECT ?name {{ {TREATY} skos:prefLabel ?name }} ORDER BY ?name"
QUERY = {"content-type": "application/sparql-query"}


def ask(client: Client, text: str, accept: str = "text/csv") -> bytes:
    answer = client.send("POST", "/sparql", text.encode(), {**QUERY, "accept": accept})
    assert answer.status == 200, answer.body
    return answer.body


def problem(client: Client, text: str, accept: str = "*/*") -> tuple[int, str]:
    answer = client.send("POST", "/sparql", text.encode(), {**QUERY, "accept": accept})
    assert answer.media_type == "application/problem+json"
    return answer.status, json.loads(answer.body)["detail"]


def test_three_ways_to_ask_give_the_same(client: Client) -> None:
    accept = {"accept": "text/csv"}
    form = client.send("POST", "/sparql", urlencode({"query": SELECT}).encode(), {**accept, "content-type": FORM})
    address = client.send("GET", f"/sparql?{urlencode({'query': SELECT})}", headers=accept)
    assert ask(client, SELECT) == form.body == address.body == "name\r\nINF Treaty\r\ntraité FNI\r\n".encode()
    assert form.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/html, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_format_liked_best(client: Client, accept: str, given: str) -> None:
    answer = client.send("GET", f"/sparql?{urlencode({'query': SELECT})}", headers={"accept": accept} if accept else {})
    assert answer.media_type == given


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "text/n3",
    ],
)
def test_triples_come_in_every_format(client: Client, media_type: str) -> None:
    body = ask(client, f"CONSTRUCT {{ {TREATY} a ?c }} WHERE {{ {TREATY} a ?c }}", media_type)
    found = {quad.object for quad in ox.parse(body, format=ox.RdfFormat.from_media_type(media_type))}
    assert ox.NamedNode("https://w3id.org/arms-control/ontology#Treaty") in found


def test_what_no_format_fits_is_not_acceptable(client: Client) -> None:
    assert problem(client, SELECT, "image/png")[0] == 406
    assert problem(client, "ASK {}", "text/csv")[0] == 406
    assert best("text/*;q=0.5, text/csv;q=0", ("text/csv", "text/turtle")) == "text/turtle"
    assert best("a/b;q=x", ("a/b",)) == ""


@pytest.mark.parametrize(
    ("text", "status", "detail"),
    [
        ("SELECT * { ?s ?p", 400, "Syntax error in the query, 1:17 at the end."),
        ("", 400, "The query is empty."),
        ("DROP ALL", 400, "DROP would change the graph; queries only read it."),
        (
            "SELECT * { SERVICE <http://127.0.0.1/> {} }",
            403,
            "The query asks another server with SERVICE, which is refused.",
        ),
        ("SELECT * { ?s ?p ?o . ?a ?b ?c }", 422, "The result is larger than 64 MB."),
        ("SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 6000", 422, "The result has more than 5,000 rows."),
        ("CONSTRUCT { ?s ?p ?a } WHERE { ?s ?p ?o . ?a ?b ?c }", 422, "The result has more than 5,000 rows."),
    ],
)
def test_what_cannot_be_answered_is_told(client: Client, text: str, status: int, detail: str) -> None:
    assert problem(client, text) == (status, detail)


def test_as_many_rows_as_the_limit_are_whole(client: Client) -> None:
    for accept in (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ):
        text = 'SELECT ?a ?x { { SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 4999 } BIND("},{\\n<result>" AS ?x) }'
        body = ask(client, text, accept)
        assert body.count(b"result>" if b"xml" not in body[:20] else b"&lt;result") == 4999
        assert problem(client, text.replace("4999", "5001"), accept)[0] == 422


def test_parameters_that_are_wrong_are_told(client: Client) -> None:
    for path in ("/sparql?query=ASK%20%7B%7D&query=x", "/sparql?update=CLEAR%20ALL", "/sparql?query=%FF"):
        assert client.send("GET", path).status == 400
    assert client.send("POST", "/sparql", b"ASK {}", {"content-type": "text/plain"}).status == 415
    assert client.send("POST", "/sparql", b"ASK {}\xff", QUERY).status == 400
    assert client.send("POST", "/sparql", b"a=b", {"content-type": FORM}).status == 400
    assert client.send("POST", "/sparql", b"x" * (2**20 + 1), QUERY).status == 413
    assert client.send("PUT", "/sparql").status == 405
    assert client.send("GET", "/etc/passwd").status == 404


def test_the_dataset_can_be_chosen(client: Client) -> None:
    graph = f"{ACR}graph/reference"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    chosen = client.send(
        "GET", f"/sparql?{urlencode({'query': count, 'default-graph-uri': graph})}", headers={"accept": "text/csv"}
    )
    inside = ask(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert chosen.body == inside
    assert chosen.body != ask(client, count)


def test_graphs_are_read_by_the_graph_store_protocol(client: Client) -> None:
    path = f"/store?graph={quote(ONTOLOGY_GRAPH, safe='')}"
    answer = client.send("GET", path, headers={"accept": "application/n-triples"})
    assert (answer.status, answer.media_type) == (200, "application/n-triples")
    assert len(answer.body.splitlines()) > 500
    assert client.send("HEAD", path).body == b""
    assert client.send("GET", "/store?graph=http://a/b").status == 404
    for path in ("/store", "/store?default&graph=http://a/b", "/store?graph=a%20b"):
        assert client.send("GET", path).status == 400


def test_a_thing_has_a_page_and_triples(client: Client) -> None:
    page = client.send("GET", "/id/treaty/inf", headers={"accept": "text/html,*/*;q=0.8"})
    data = client.send("GET", "/id/treaty/inf", headers={"accept": "text/turtle"})
    assert (page.status, page.headers["location"]) == (303, "/page/treaty/inf")
    assert (data.status, data.headers["location"]) == (303, "/data/treaty/inf")
    turtle = client.send("GET", "/data/treaty/inf")
    assert turtle.media_type == "text/turtle"
    assert "traité FNI" in turtle.body.decode()
    html = client.send("GET", "/page/treaty/inf", headers={"accept-language": "fr"}).body.decode()
    assert "<h1>traité FNI</h1>" in html
    assert "Ce qui y mène" in html
    assert "<h1>INF Treaty</h1>" in client.send("GET", "/page/treaty/inf").body.decode()
    for path in ("/page/treaty/none", "/data/treaty/none", "/page/%22%3E", "/page/"):
        assert client.send("GET", path).status == 404
    assert client.send("GET", "/ontology").headers["location"].startswith("/store?graph=https%3A%2F%2Fw3id.org")


def test_what_a_page_shows_is_escaped(tmp_path: Path) -> None:
    home = build_home(tmp_path / "home")
    with home.write() as draft:
        name, label = ox.NamedNode(ACR + "x"), ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
        draft.replace_graph(
            ACR + "g", [ox.Quad(name, label, ox.Literal("<script>{0}</script>"), ox.NamedNode(ACR + "g"))]
        )
    with service(home.path) as port:
        answer = Client(port).send("GET", "/page/x")
    assert b"<script" not in answer.body
    assert b"&lt;script&gt;{0}" in answer.body
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_service_describes_itself(client: Client) -> None:
    body = client.send("GET", "/sparql", headers={"accept": "application/n-triples"}).body.decode()
    assert "sparql-service-description#SPARQL11Query>" in body
    assert "sparql-service-description#SPARQL11Update>" in body
    assert re.search(r'void#triples> "\d{3,}"', body)


def test_health_and_figures(client: Client, home: Path) -> None:
    health = json.loads(client.send("GET", "/health").body)
    assert (health["status"], health["name"]) == ("ok", (home / "current").readlink().name)
    figures = client.send("GET", "/metrics").body.decode()
    assert re.search(r'kg_requests_total\{method="GET",route="health",status="200"\} [1-9]', figures)
    assert "kg_queries_running 0.0" in figures


def test_pages_of_other_origins_may_ask_where_it_is_set(client: Client, home: Path) -> None:
    headers = {"origin": "https://example.org"}
    assert "access-control-allow-origin" not in client.send("GET", "/health", headers=headers).headers
    with service(home, origins=("https://example.org",)) as port:
        other = Client(port)
        assert (
            other.send("GET", "/health", headers=headers).headers["access-control-allow-origin"]
            == "https://example.org"
        )
        assert (
            "access-control-allow-origin"
            not in other.send("GET", "/health", headers={"origin": "https://x.org"}).headers
        )


def test_without_a_graph_the_service_says_so(tmp_path: Path) -> None:
    with service(tmp_path / "none", LIMITS) as port:
        client = Client(port)
        assert client.send("GET", "/health").status == 503
        assert client.send("GET", "/sparql?query=ASK%7B%7D").status == 503
