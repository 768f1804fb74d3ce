"""A team's own graphs: written with the token, part of the default graph, kept by builds; the others are refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from sample import ACR, build_home
from served import LIMITS, TOKEN, service

from benchmarks.w3c.service import FORM, Answer, Client
from kg.errors import RefusedError, StoreError
from kg.namespaces import OWN_GRAPHS, REFERENCE_GRAPH
from kg.serve.snapshots import Limits
from kg.store import Home
from kg.store.own import require_own
from kg.store.snapshot import STORE

BEARER = {"authorization": f"Bearer {TOKEN}"}
TURTLE = {**BEARER, "content-type": "text/turtle"}
OWN = OWN_GRAPHS + "notes"
NOTE = f"<{ACR}treaty/inf> <http://example.org/note> "


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return build_home(tmp_path / "home")


@pytest.fixture
def client(home: Home) -> Iterator[Client]:
    with service(home.path) as port:
        client = Client(port)
        yield client
        client.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that tests share which write nothing."""
    return build_home(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def refusing(kept: Home) -> Iterator[Client]:
    """A client of the service over that home."""
    with service(kept.path) as port:
        client = Client(port)
        yield client
        client.close()


def store(graph: str) -> str:
    return f"/store?graph={quote(graph, safe='')}"


def update(client: Client, text: str, **headers: str) -> Answer:
    body = urlencode({"update": text}).encode()
    return client.send("POST", "/sparql", body, {"content-type": FORM, **(headers or BEARER)})


def notes(client: Client, where: str = "{ ?s <http://example.org/note> ?note }") -> list[str]:
    text = f"SELECT ?note {where} ORDER BY ?note"
    answer = client.send("GET", f"/sparql?{urlencode({'query': text})}", headers={"accept": "text/csv"})
    return answer.body.decode().split()[1:]


def test_a_graph_of_ones_own_is_written_read_and_removed(client: Client, home: Home) -> None:
    assert client.send("PUT", store(OWN), f'{NOTE} "one", "two" .'.encode(), TURTLE).status == 201
    assert notes(client) == ["one", "two"]
    assert notes(client, f"{{ GRAPH <{OWN}> {{ ?s ?p ?note }} }}") == ["one", "two"]
    assert client.send("PUT", store(OWN), f'{NOTE} "three" .'.encode(), TURTLE).status == 204
    assert client.send("POST", store(OWN), f'{NOTE} "four" .'.encode(), TURTLE).status == 204
    assert notes(client) == ["four", "three"]
    assert home.current().manifest["graphs"][OWN] == 2
    assert client.send("DELETE", store(OWN), headers=BEARER).status == 204
    assert client.send("DELETE", store(OWN), headers=BEARER).status == 404
    assert notes(client) == []


def test_a_new_graph_gets_a_name_of_its_own(client: Client) -> None:
    answer = client.send("POST", "/store", f'{NOTE} "one" .'.encode(), TURTLE)
    assert answer.status == 201
    assert answer.headers["location"].startswith(OWN_GRAPHS)
    assert b"one" in client.send("GET", store(answer.headers["location"])).body


def test_updates_read_all_and_write_own_graphs(client: Client) -> None:
    text = f"""INSERT DATA {{ GRAPH <{OWN}> {{ {NOTE} "one" }} }} ;
        INSERT {{ GRAPH <{OWN}/copy> {{ ?s <http://example.org/note> ?name }} }} WHERE {{ ?s <http://example.org/note> "one" ; skos:prefLabel ?name }} ;
        DELETE {{ GRAPH <{OWN}> {{ ?s ?p "one" }} }} INSERT {{ GRAPH <{OWN}> {{ ?s ?p "deux" }} }} WHERE {{ GRAPH <{OWN}> {{ ?s ?p "one" }} }}"""
    assert update(client, text).status == 204
    assert notes(client, f"{{ GRAPH <{OWN}> {{ ?s ?p ?note }} }}") == ["deux"]
    assert notes(client, "{ ?s <http://example.org/note> ?note FILTER(!CONTAINS(?note, ' ')) }") == ["deux"]
    assert len(notes(client, f"{{ GRAPH <{OWN}/copy> {{ ?s ?p ?name BIND(1 AS ?note) }} }}")) == 2


def test_a_triple_leaves_the_default_graph_only_when_no_graph_holds_it(client: Client) -> None:
    for graph in (OWN, OWN + "-2"):
        client.send("PUT", store(graph), f'{NOTE} "both" .'.encode(), TURTLE)
    assert notes(client) == ["both"]
    update(client, f"DROP GRAPH <{OWN}>")
    assert notes(client) == ["both"]
    update(client, f"CLEAR GRAPH <{OWN}-2>")
    assert notes(client) == []


@pytest.mark.parametrize(
    "text",
    [
        f"DROP GRAPH <{REFERENCE_GRAPH}>",
        f"INSERT DATA {{ GRAPH <{REFERENCE_GRAPH}> {{ <a:a> <a:b> 1 }} }}",
        "INSERT DATA { <a:a> <a:b> 1 }",
        "CLEAR ALL",
        "CLEAR DEFAULT",
        "DROP NAMED",
        "INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        f"MOVE <{REFERENCE_GRAPH}> TO <{OWN}>",
        f"WITH <{REFERENCE_GRAPH}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"INSERT DATA {{ GRAPH <{OWN_GRAPHS}../reference> {{ <a:a> <a:b> 1 }} }}",
        f"BASE <{OWN_GRAPHS}> CLEAR GRAPH <../reference>",
        f"LOAD <http://127.0.0.1:1/> INTO GRAPH <{OWN}>",
        f"INSERT {{ GRAPH <{OWN}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}",
        f"INSERT DATA {{ GRAPH <{OWN}> {{ <a:a> <a:b> 1 }} }} ; DELETE WHERE {{ ?s ?p ?o }}",
    ],
)
def test_graphs_of_builds_and_the_network_are_refused(refusing: Client, kept: Home, text: str) -> None:
    before = kept.current().name
    answer = update(refusing, text)
    assert answer.status == 403, answer.body
    assert kept.current().name == before


def test_graphs_of_builds_are_refused_by_the_graph_store_protocol(refusing: Client) -> None:
    for method in ("PUT", "POST", "DELETE"):
        for path in (store(REFERENCE_GRAPH), store(OWN_GRAPHS), "/store?default", "/store/elsewhere"):
            assert refusing.send(method, path, b"<a:a> <a:b> 1 .", TURTLE).status == 403, (method, path)


def test_who_has_no_token_reads_only(refusing: Client, kept: Home) -> None:
    text = f"DROP SILENT GRAPH <{OWN}>"
    assert update(refusing, text, authorization="Bearer other").status == 401
    assert update(refusing, text, authorization="Basic x").headers["www-authenticate"].startswith("Bearer")
    assert refusing.send("PUT", store(OWN), b"", {"content-type": "text/turtle"}).status == 401
    with service(kept.path, token="") as port:
        other = Client(port)
        assert update(other, text, authorization="Bearer ").status == 403
        assert other.send("DELETE", store(OWN), headers=BEARER).status == 403
        assert b"SPARQL11Update" not in other.send("GET", "/sparql").body


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA {", 400),
        (f'INSERT DATA {{ GRAPH <{OWN}> {{ <a:a> <a:b> "\\u0022" }} }}', 400),
        (f"DROP GRAPH <{OWN}>", 422),
    ],
)
def test_updates_that_fail_are_told(refusing: Client, text: str, status: int) -> None:
    answer = update(refusing, text)
    assert answer.status == status
    assert json.loads(answer.body)["detail"]


def test_bodies_that_are_no_triples_are_told(refusing: Client) -> None:
    assert refusing.send("PUT", store(OWN), b"<a", TURTLE).status == 400
    assert refusing.send("PUT", store(OWN), b"x", {**BEARER, "content-type": "image/png"}).status == 415
    named = {**BEARER, "content-type": "application/trig"}
    assert refusing.send("PUT", store(OWN), b"<a:g> { <a:a> <a:b> 1 }", named).status == 400
    remote = b'{"@context": "http://127.0.0.1:1/", "a": "b"}'
    assert refusing.send("PUT", store(OWN), remote, {**BEARER, "content-type": "application/ld+json"}).status == 400


def test_own_graphs_survive_a_build_that_begins_empty(home: Home) -> None:
    quads = [ox.Quad(ox.BlankNode(), ox.NamedNode("http://example.org/note"), ox.Literal("x"), ox.NamedNode(OWN))]
    with home.write() as draft:
        draft.replace_graph(OWN, quads)
    with home.write(fresh=True) as draft:
        draft.replace_graph(REFERENCE_GRAPH, [])
    assert home.current().manifest["graphs"] == {OWN: 1}
    held = list(home.current().store.quads_for_pattern(None, ox.NamedNode("http://example.org/note"), None, None))
    assert {quad.graph_name for quad in held} == {ox.NamedNode(OWN), ox.DefaultGraph()}


def test_own_graphs_come_from_an_older_snapshot_where_the_current_one_is_damaged(home: Home) -> None:
    quad = ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal("x"), ox.NamedNode(OWN))
    for _ in range(2):
        with home.write() as draft:
            draft.replace_graph(OWN, [quad])
    _damage(home)
    with home.write(fresh=True):
        pass
    assert home.current().manifest["graphs"] == {OWN: 1}


def test_a_build_does_not_lose_own_graphs_silently(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.write() as draft:
        draft.replace_graph(
            OWN, [ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal("x"), ox.NamedNode(OWN))]
        )
    _damage(home)
    with pytest.raises(StoreError, match="It may hold graphs of your team"), home.write(fresh=True):
        pass


def test_writes_do_not_push_out_the_snapshots_of_builds(home: Home) -> None:
    with home.write():
        pass
    builds = home.names()
    with service(home.path) as port:
        client = Client(port)
        for number in range(6):
            assert client.send("PUT", store(OWN), f"<a:a> <a:b> {number} .".encode(), TURTLE).status in (201, 204)
    assert home.names()[:-3] == builds
    assert home.current().name == home.names()[-1]


def _damage(home: Home) -> None:
    """Cut the files of the current snapshot's store short."""
    for file in (home.current().path / STORE).glob("*"):
        file.unlink()
        file.write_bytes(b"damaged")


def test_names_of_own_graphs() -> None:
    assert require_own(OWN_GRAPHS + "a/b-2") == OWN_GRAPHS + "a/b-2"
    for name in (OWN_GRAPHS, OWN_GRAPHS + "..", OWN_GRAPHS + "a/../../reference", OWN_GRAPHS + "a//b", REFERENCE_GRAPH):
        with pytest.raises(RefusedError, match="is not a team's own"):
            require_own(name)


def test_an_endless_update_is_stopped_and_the_graph_is_as_it_was(home: Home) -> None:
    before = home.current().name
    text = f"INSERT {{ GRAPH <{OWN}> {{ ?a ?b ?c }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l && ?d = ?i) }}"
    with service(home.path, Limits(8, 10, LIMITS.memory_mb, 2, 4)) as port:
        client = Client(port)
        assert update(client, text).status == 503
        assert home.current().name == before
        assert update(client, f"INSERT DATA {{ GRAPH <{OWN}> {{ <a:a> <a:b> 1 }} }}").status == 204
    assert home.current().manifest["graphs"][OWN] == 1
