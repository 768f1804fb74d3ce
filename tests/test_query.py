"""Guarded queries: what may run, what it gives, what it says when it may not."""

from __future__ import annotations

import csv
import io
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from sample import ACR, build_home

from kg.errors import CallError, OntologyError, QueryError
from kg.query import (
    Answer,
    Names,
    Parameter,
    Question,
    Running,
    Table,
    Triples,
    bind,
    questions,
    run,
    serialise,
)

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_home(tmp_path_factory.mktemp("home")).current().path


@pytest.fixture(scope="module")
def names(snapshot: Path) -> Names:
    return Names(ox.Store.read_only(str(snapshot / "store")))


def ask(snapshot: Path, text: str, *, seconds: float = 10, rows: int = 100) -> Table:
    result = run(snapshot, text, seconds=seconds, rows=rows)
    assert isinstance(result, Table)
    return result


def test_select_gives_terms_and_none_where_unbound(snapshot: Path) -> None:
    table = ask(
        snapshot,
        "SELECT ?label ?latest WHERE { <https://w3id.org/arms-control/id/tenure/putin-2> ac:office ?label "
        "OPTIONAL { <https://w3id.org/arms-control/id/tenure/putin-2> ac:latest ?latest } }",
    )
    assert table.columns == ("label", "latest")
    assert table.rows == ((ox.Literal("président de la Fédération de Russie", language="fr"), None),)
    assert not table.truncated


def test_ask_construct_and_describe(snapshot: Path) -> None:
    inf = "<https://w3id.org/arms-control/id/treaty/inf>"
    assert run(snapshot, f"ASK {{ {inf} a ac:Treaty }}", seconds=10, rows=10) == Answer(True)
    assert run(snapshot, f"ASK {{ {inf} a ac:State }}", seconds=10, rows=10) == Answer(False)
    made = run(snapshot, f"CONSTRUCT {{ ?t a ac:Treaty }} WHERE {{ VALUES ?t {{ {inf} }} }}", seconds=10, rows=10)
    assert isinstance(made, Triples)
    assert [str(triple) for triple in made.triples] == [
        f"{inf} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/arms-control/ontology#Treaty>"
    ]
    described = run(snapshot, f"DESCRIBE {inf}", seconds=10, rows=5)
    assert isinstance(described, Triples)
    assert len(described.triples) == 5
    assert described.truncated


def test_default_graph_counts_a_triple_of_two_documents_once(snapshot: Path) -> None:
    query = "SELECT ?s WHERE { <https://w3id.org/arms-control/id/event/offer-1> ac:supplier ?s }"
    assert ask(snapshot, query).rows == ((ox.NamedNode(ACR + "state/RUS"),),)


def test_row_limit_is_told(snapshot: Path) -> None:
    cut = ask(snapshot, "SELECT ?s WHERE { ?s ?p ?o }", rows=3)
    assert len(cut.rows) == 3
    assert cut.truncated
    whole = ask(snapshot, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 3", rows=3)
    assert len(whole.rows) == 3
    assert not whole.truncated


def test_endless_query_is_stopped_and_the_next_one_answers(snapshot: Path) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match="took longer than 1 s and was stopped"):
        run(snapshot, ENDLESS, seconds=1, rows=10)
    assert time.monotonic() - started < 30
    assert run(snapshot, "ASK { ?s ?p ?o }", seconds=10, rows=10) == Answer(True)


def test_leaving_the_block_stops_the_process(snapshot: Path) -> None:
    with Running(snapshot, ENDLESS, seconds=60, rows=10) as running:
        assert not running.poll(0.3)
        process = running._process
    assert process.returncode is not None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s {\n ?s ?p \n}", "Syntax error in the query, 3:2 at the end."),
        (
            "SELECT ?s { ?s foo:bar ?o }",
            "Syntax error in the query, 1:23 at '?o': its prefix is not declared.",
        ),
        ("SELECT * { ?s ?p ?o", "Syntax error in the query, 1:20 at the end."),
        ("  ", "The query is empty."),
        (
            "# note\nPREFIX a: <b:> INSERT DATA { a:x a:y a:z }",
            "INSERT would change the graph; queries only read it.",
        ),
        ("LOAD <http://example.org/x>", "LOAD would change the graph; queries only read it."),
        ("DROP ALL", "DROP would change the graph; queries only read it."),
    ],
)
def test_bad_queries_are_told_on_one_line(snapshot: Path, text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(snapshot, text, seconds=10, rows=10)
    assert caught.value.problem == message
    assert "\n" not in str(caught.value)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine that counts who calls."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def accept() -> None:
            try:
                calls.append(server.accept()[1])
            except OSError:
                return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1], calls


@pytest.mark.parametrize(
    "pattern",
    [
        "{ SERVICE <URL> { ?s ?p ?o } }",
        "{ ?s ?p ?o { SELECT * { service silent <URL> { ?a ?b ?c } } } }",
        "{ \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "{ # it's a comment \rSERVICE <URL> { ?s ?p ?o } }",
        "{ BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } }",
        "{ FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
        '{ BIND("\\u0022\\u0022" AS ?x) SERVICE <URL> {} BIND(CONCAT("", "\\u0022\\u0022 AS ?y) } #") AS ?z) }',
        "{ ?s ?p ?o FILTER(?s<?p)SERVICE#>\n?o{ ?a ?b ?c } }",
    ],
)
def test_service_is_refused_and_calls_nobody(snapshot: Path, listener: tuple[int, list[object]], pattern: str) -> None:
    port, calls = listener
    with pytest.raises(QueryError, match="SERVICE"):
        run(snapshot, f"SELECT * {pattern.replace('URL', f'http://127.0.0.1:{port}/')}", seconds=10, rows=10)
    assert calls == []


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?service { VALUES ?service { "SERVICE <http://x> { }" } }',
        "SELECT ?service { # service\n VALUES ?service { <http://example.org/service> } }",
    ],
)
def test_the_word_service_in_names_strings_and_comments_may_run(snapshot: Path, text: str) -> None:
    assert len(ask(snapshot, text).rows) == 1


def test_overlong_query_is_refused(snapshot: Path) -> None:
    with pytest.raises(QueryError, match="200,012 characters; the limit is 200,000"):
        run(snapshot, "ASK { } #" + "x" * 200_003, seconds=10, rows=10)


def test_missing_snapshot_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="The query failed"):
        run(tmp_path / "nowhere", "ASK { ?s ?p ?o }", seconds=10, rows=10)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("kill -ABRT $$", "The query needed more memory than a query may have."),
        ("echo 'no such library' >&2; exit 3", "The query's process failed: no such library."),
    ],
)
def test_a_process_that_dies_is_told(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    stand_in = tmp_path / "python"
    stand_in.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n", encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(stand_in))
    with pytest.raises(QueryError) as caught:
        run(snapshot, "ASK {}", seconds=10, rows=10)
    assert caught.value.problem == message


SAMPLE = Table(
    ("x", "n"),
    (
        (ox.NamedNode(ACR + "state/USA"), ox.Literal(3)),
        (ox.Literal("=1+1", language="fr"), None),
        (ox.Literal("deux\nlignes\x1b[31m"), ox.Literal(-2)),
    ),
)


def test_csv_is_exact_and_neutral_for_spreadsheets_on_request() -> None:
    exact = list(csv.reader(io.StringIO(serialise(SAMPLE, "csv").decode(), newline="")))
    assert exact == [["x", "n"], [ACR + "state/USA", "3"], ["=1+1", ""], ["deux\nlignes\x1b[31m", "-2"]]
    safe = serialise(SAMPLE, "csv", labels={ACR + "state/USA": "États-Unis"}, spreadsheet=True).decode()
    assert [row[0] for row in csv.reader(io.StringIO(safe, newline=""))][:3] == ["x", "États-Unis", "'=1+1"]
    assert [row[1] for row in csv.reader(io.StringIO(safe, newline=""))][3] == "-2"


def test_json_and_tsv_read_back_to_the_same_terms() -> None:
    for name, format in (("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)):
        back = ox.parse_query_results(serialise(SAMPLE, name), format=format)
        assert isinstance(back, ox.QuerySolutions)
        assert tuple((solution["x"], solution["n"]) for solution in back) == SAMPLE.rows
    assert json.loads(serialise(Answer(True), "json")) == {"head": {}, "boolean": True}


def test_text_table_keeps_rows_on_one_line_and_control_characters_out() -> None:
    assert serialise(SAMPLE, "table", labels={ACR + "state/USA": "États-Unis"}).decode() == (
        "x                 n\n----------------  --\nÉtats-Unis        3\n=1+1\ndeux lignes [31m  -2\n"
    )


def test_turtle_is_for_triples_only() -> None:
    triple = ox.Triple(ox.NamedNode(ACR + "a"), ox.NamedNode(ACR + "b"), ox.Literal("c"))
    assert b'acr:a acr:b "c" .' in serialise(Triples((triple,)), "turtle")
    with pytest.raises(CallError, match="Turtle holds triples"):
        serialise(SAMPLE, "turtle")
    with pytest.raises(CallError, match="no format 'xml'"):
        serialise(SAMPLE, "xml")


QUESTION = Question(
    "q",
    {"en": "?", "fr": "?"},
    (
        Parameter("state", "entity", "-", {"en": "state", "fr": "État"}),
        Parameter("day", "date", "2019-08-01", {"en": "day", "fr": "jour"}),
        Parameter("word", "text", "-", {"en": "word", "fr": "mot"}),
        Parameter("year", "number", "2019", {"en": "year", "fr": "année"}),
        Parameter("type", "class", "ac:Treaty", {"en": "class", "fr": "classe"}),
    ),
    "SELECT * {\n  VALUES ?state { UNDEF }\n  VALUES  ?day { 1 }\n  VALUES ?word {}\n  VALUES ?year { 1 }\n"
    "  VALUES ?type { 1 }\n  VALUES ?other { 5 }\n}",
)


def test_bind_puts_terms_in_place_of_defaults() -> None:
    values = {"state": "acr:state/USA", "word": 'a"} INSERT \\ VALUES ?day { "x" }'}
    assert bind(QUESTION, values) == (
        "SELECT * {\n"
        "  VALUES ?state { <https://w3id.org/arms-control/id/state/USA> }\n"
        '  VALUES ?day { "2019-08-01"^^<http://www.w3.org/2001/XMLSchema#date> }\n'
        '  VALUES ?word { "a\\"} INSERT \\\\ VALUES ?day { \\"x\\" }" }\n'
        "  VALUES ?year { 2019 }\n"
        "  VALUES ?type { <https://w3id.org/arms-control/ontology#Treaty> }\n"
        "  VALUES ?other { 5 }\n}"
    )


def test_bind_takes_several_values_of_which_any_fits() -> None:
    text = bind(QUESTION, {"state": ["acr:state/USA", " acr:state/RUS", "acr:state/USA"], "type": []})
    assert f"VALUES ?state {{ <{ACR}state/USA> <{ACR}state/RUS> }}" in text
    assert "VALUES ?type { UNDEF }" in text
    with pytest.raises(QueryError, match="does not fit the parameter 'state'"):
        bind(QUESTION, {"state": ["acr:state/USA", "<https://x/a> } UNION { ?s>"]})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"day": "1 August 2019"}, "'1 August 2019' does not fit the parameter 'day'"),
        ({"year": "2019 } DROP"}, "'2019 } DROP' does not fit the parameter 'year'"),
        ({"state": "<https://x/a> } UNION { ?s"}, "is no IRI and no prefixed name"),
        ({"state": "<https://x/a b>"}, "does not fit the parameter 'state'"),
        ({"state": "États-Unis"}, "'États-Unis' is no IRI and no prefixed name"),
    ],
)
def test_bind_refuses_what_does_not_fit(values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        bind(QUESTION, values)
    assert message in caught.value.problem


def test_bind_refuses_unknown_parameters() -> None:
    with pytest.raises(CallError, match=r"has no parameter 'stat'\. It has: state, day, word"):
        bind(QUESTION, {"stat": "x"})


def test_names_resolve_to_iris(names: Names) -> None:
    assert names.resolve("États-Unis") == ACR + "state/USA"
    assert names.resolve("etats-unis d’amerique") == ACR + "state/USA"
    assert names.resolve("INF Treaty") == ACR + "treaty/inf"
    assert names.resolve("acr:state/RUS") == ACR + "state/RUS"
    assert names.resolve("<https://w3id.org/arms-control/id/state/RUS>") == ACR + "state/RUS"
    assert names.resolve("dementi") == ACR + "document/dementi"
    assert names.resolve("WeaponTest", "class") == "https://w3id.org/arms-control/ontology#WeaponTest"
    assert names.resolve("weapon test", "class") == "https://w3id.org/arms-control/ontology#WeaponTest"


def test_names_tell_candidates_where_unclear(names: Names) -> None:
    with pytest.raises(QueryError) as caught:
        names.resolve("russ")
    assert caught.value.problem == "The graph knows nothing called 'russ'."
    assert "Russia (acr:state/RUS)" in caught.value.remedy
    with pytest.raises(QueryError, match="holds nothing with the IRI"):
        names.resolve("acr:state/XXX")


def test_names_of_two_things_are_told_with_both(names: Names) -> None:
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    for number in ("1", "2"):
        store.add(ox.Quad(ox.NamedNode(ACR + number), label, ox.Literal("accords de Minsk", language="fr")))
    with pytest.raises(QueryError, match=r"'Accords de Minsk' names 2 things: acr:1, acr:2\."):
        Names(store).resolve("Accords de Minsk")


def test_labels_in_the_chosen_language_or_another(names: Names) -> None:
    assert names.label(ACR + "treaty/inf", "en") == "INF Treaty"
    assert names.label(ACR + "treaty/inf", "fr") == "traité FNI"
    assert names.label(ACR + "organization/agence-du-nord", "en") == "Agence du Nord"
    assert names.label(ACR + "document/note-sans-date", "en") == "note-sans-date"
    assert names.label(ACR + "event/offer-1", "en") is None


def test_find_puts_the_nearest_name_first(names: Names) -> None:
    assert [hit.iri for hit in names.find("missile hyper")] == [ACR + "weapon-category/missile-hypersonique"]
    assert names.find("MISSILE")[0].iri == ACR + "weapon-category/missile"
    assert names.find("  ") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# id: a\n# en: b\nSELECT * {}", "no `# fr:`"),
        ("# id: a\n# en: b\n# fr: c\n# parametr: x\nSELECT * {}", "knows no 'parametr'"),
        ("# id: a\n# en: b\n# fr: c\n# parameter: x thing - | x | x\nSELECT * {}", "is malformed"),
        ("# id: a\n# en: b\n# fr: c\n# parameter: x text - | x | x\nSELECT * {}", "no `VALUES \\?x"),
    ],
)
def test_wrong_headers_are_told_with_their_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.rq").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message) as caught:
        questions(tmp_path)
    assert "a.rq" in caught.value.problem


def test_two_questions_with_one_id_are_told(tmp_path: Path) -> None:
    for name in ("a.rq", "b.rq"):
        (tmp_path / name).write_text("# id: a\n# en: b\n# fr: c\nASK {}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"b\.rq: the id 'a' is taken"):
        questions(tmp_path)
