"""Servers that cut, fail, redirect, ask for credentials or name themselves badly: played by a transport of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs

import httpx
import pyoxigraph as ox
import pytest
from pydantic import SecretStr

from kg.errors import CallError, FailedError, KgError, LimitError, QueryError, StoreError
from kg.remote import Connection, RemoteStore, kinds, server_of
from kg.remote.connection import Credentials, Dataset, connect
from kg.remote.servers import Server
from kg.settings import Settings

Handler = Callable[[httpx.Request], httpx.Response]
EVERYWHERE = Server(kinds()["virtuoso"], "http://x.example/q", "http://x.example/u", "http://x.example/g")
NUMBERS = 2500


def connection(handler: Handler, credentials: httpx.Auth | None = None) -> Connection:
    transport = httpx.MockTransport(handler)
    return Connection(EVERYWHERE, seconds=5, write_seconds=5, credentials=credentials, transport=transport)


def cutting(most: int) -> Handler:
    """A server that gives at most so many rows or triples, and says nothing of it."""
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"a:{n}"), ox.NamedNode("a:p"), ox.Literal(n), ox.NamedNode("a:g")) for n in range(NUMBERS)
    )

    def answer(request: httpx.Request) -> httpx.Response:
        form = parse_qs(request.content.decode())
        found = store.query(form["query"][0], use_default_graph_as_union=True)
        if isinstance(found, ox.QueryTriples):
            return httpx.Response(200, content="".join(f"{each} .\n" for each in list(found)[:most]).encode())
        read = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        if "results" in read:
            read["results"]["bindings"] = read["results"]["bindings"][:most]
        return httpx.Response(200, json=read)

    return answer


def store_of(handler: Handler) -> RemoteStore:
    return RemoteStore(connection(handler), frozenset, published=False)


@pytest.mark.parametrize("most", [1000, 1234, 2499, 2500, 10_000])
@pytest.mark.parametrize(
    "text", ["SELECT * { ?s ?p ?o }", "SELECT ?o { ?s ?p ?o } ORDER BY DESC(?o)", "SELECT ?p { ?s ?p ?o }"]
)
def test_all_rows_come_from_a_server_that_cuts(most: int, text: str) -> None:
    found = store_of(cutting(most)).query(text)
    assert isinstance(found, ox.QuerySolutions)
    rows = [tuple(row[each] for each in found.variables) for row in found]
    assert len(rows) == NUMBERS
    if not text.startswith("SELECT ?p"):
        assert len({row[-1] for row in rows}) == NUMBERS
    if "DESC" in text:
        assert [int(row[0].value) for row in rows if isinstance(row[0], ox.Literal)] == list(range(NUMBERS - 1, -1, -1))


@pytest.mark.parametrize("most", [1000, 1500, 10_000])
def test_all_triples_come_from_a_server_that_cuts(most: int) -> None:
    found = store_of(cutting(most)).query("CONSTRUCT { ?s <a:q> ?o } WHERE { ?s <a:p> ?o }")
    assert isinstance(found, ox.QueryTriples)
    assert len({str(each) for each in found}) == NUMBERS


def test_a_limit_of_the_query_stands() -> None:
    found = store_of(cutting(1000)).query("SELECT * { ?s ?p ?o } LIMIT 1700")
    assert len(list(found)) == 1700  # type: ignore[arg-type]


def test_a_server_that_counts_otherwise_than_it_gives_is_told() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        counts = "COUNT" in parse_qs(request.content.decode())["query"][0]
        rows = (
            [{"rows": {"type": "literal", "value": "5000"}}]
            if counts
            else [{"s": {"type": "uri", "value": "a:b"}}] * 1000
        )
        empty = "OFFSET 1000" in parse_qs(request.content.decode())["query"][0]
        return httpx.Response(200, json={"head": {"vars": ["s"]}, "results": {"bindings": [] if empty else rows}})

    with pytest.raises(StoreError, match="counts 5,000 rows and gives 1,000"):
        store_of(answer).query("SELECT ?s { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("status", "headers", "body", "error", "said"),
    [
        (400, {}, "line 1: odd SPARQL query: all of it", QueryError, "refuses the query: line 1: odd"),
        (401, {}, "", CallError, "KG_STORE_PASSWORD"),
        (403, {}, "", CallError, "what they may do"),
        (302, {"Location": "https://else.example/"}, "", CallError, "points to https://else.example/"),
        (404, {}, "nothing here", StoreError, "answered 404 (nothing here)"),
        (429, {}, "", LimitError, "too many queries"),
        (500, {}, "boom", FailedError, "failed at the query: boom"),
        (503, {}, "", LimitError, "took longer than 5 s"),
        (200, {"X-SQL-State": "S1TAT"}, "{}", LimitError, "only a part"),
        (
            200,
            {},
            '{"head": {"vars": ["s"]}, "results": {"bindings": [cancelled',
            StoreError,
            "something else than rows",
        ),
        (200, {}, "<html>", StoreError, "something else than rows"),
    ],
)
def test_what_goes_wrong_is_told(
    status: int, headers: dict[str, str], body: str, error: type[KgError], said: str
) -> None:
    with pytest.raises(error, match=said.replace("(", r"\(").replace(")", r"\)")) as caught:
        store_of(lambda _: httpx.Response(status, headers=headers, text=body)).query("SELECT ?s { ?s ?p ?o }")
    assert type(caught.value) is error


def test_a_server_that_is_not_there_is_told_with_the_remedy() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("Connection refused", request=request)

    with pytest.raises(StoreError, match=r"cannot be reached: Connection refused\. Check KG_STORE"):
        store_of(refuse).query("ASK {}")


def test_a_write_is_tried_again_where_the_server_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.remote.connection.FIRST_PAUSE", 0.001)
    answers = iter([503, 429, 201])
    connection(lambda _: httpx.Response(next(answers))).put("a:g", b"")
    assert next(answers, None) is None


def test_a_write_is_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.remote.connection.FIRST_PAUSE", 0.001)
    asked = []
    with pytest.raises(StoreError, match="answered 503"):
        connection(lambda request: asked.append(request) or httpx.Response(503)).update("x")  # type: ignore[func-returns-value]
    assert len(asked) == 4


def test_what_is_not_there_is_removed_without_a_word() -> None:
    connection(lambda _: httpx.Response(404)).delete("a:g")


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_credentials_go_only_where_they_are_asked_for(scheme: str) -> None:
    seen: list[str] = []
    challenge = 'Basic realm="x"' if scheme == "Basic" else 'Digest realm="x", nonce="n", qop="auth", algorithm=MD5'

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("authorization", ""))
        if not seen[-1]:
            return httpx.Response(401, headers={"WWW-Authenticate": challenge})
        return httpx.Response(200)

    connection(answer, Credentials("me", "secret", "")).update("x")
    assert [each.split(" ")[0] for each in seen] == ["", scheme]
    assert scheme == "Basic" or "secret" not in seen[1]


def test_a_token_goes_at_once() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return httpx.Response(200)

    connection(answer, Credentials("", "", "t0")).update("x")
    assert seen == ["Bearer t0"]


@pytest.mark.parametrize(
    ("store", "kind", "query", "update", "graphs"),
    [
        ("http://h:7878", "", "http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        (
            "http://h:8890/sparql",
            "",
            "http://h:8890/sparql",
            "http://h:8890/sparql-auth",
            "http://h:8890/sparql-graph-crud-auth",
        ),
        (
            "https://h/repositories/kg",
            "",
            "https://h/repositories/kg",
            "https://h/repositories/kg/statements",
            "https://h/repositories/kg/rdf-graphs/service",
        ),
        ("https://h/ds/", "fuseki", "https://h/ds/query", "https://h/ds/update", "https://h/ds/data"),
        (
            "https://c.neptune.amazonaws.com:8182",
            "",
            *(f"https://c.neptune.amazonaws.com:8182/sparql{end}" for end in ("", "", "/gsp/")),
        ),
    ],
)
def test_addresses_are_derived(store: str, kind: str, query: str, update: str, graphs: str) -> None:
    server = server_of(Settings(store=store, store_kind=kind))
    assert (server.query, server.update, server.graphs) == (query, update, graphs)


def test_addresses_may_be_given_one_by_one() -> None:
    given = {"store_query": "http://a/1", "store_update": "http://b/2", "store_graphs": "http://c/3"}
    server = server_of(Settings(**given))
    assert (server.query, server.update, server.graphs) == ("http://a/1", "http://b/2", "http://c/3")
    assert server.kind.cuts


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"store": "http://h:1234"}, "does not tell which server"),
        ({"store": "http://h:1", "store_kind": "odd"}, "KG_STORE_KIND is 'odd'"),
        ({"store": "ftp://h", "store_kind": "oxigraph"}, "is no http address"),
        ({"store": "http://h:99999", "store_kind": "oxigraph"}, "is no address"),
        ({"store": "http://me:secret@h", "store_kind": "oxigraph"}, "holds a user or a password"),
    ],
)
def test_wrong_settings_are_told(values: dict[str, str], said: str) -> None:
    with pytest.raises(CallError, match=said) as caught:
        server_of(Settings(**values))
    assert "secret" not in str(caught.value)


def test_a_password_in_the_open_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    for store in ("http://127.0.0.1:7878", "https://h:7878"):
        connect(Settings(store=store, store_user="me", store_password=SecretStr("p")))
    assert caplog.text == ""
    connect(Settings(store="http://h.example:7878", store_user="me", store_password=SecretStr("p")))
    assert "unencrypted" in caplog.text


def test_a_query_is_sent_as_a_form_with_its_graphs() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200)

    connection(answer).query("ASK {}", Dataset(("a:b",), ("a:c", "a:d")), "x/y")
    assert parse_qs(asked[0].content.decode()) == {
        "query": ["ASK {}"],
        "default-graph-uri": ["a:b"],
        "named-graph-uri": ["a:c", "a:d"],
    }
    assert asked[0].headers["content-type"] == "application/x-www-form-urlencoded"
