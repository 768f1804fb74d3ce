"""Graphs at a real SPARQL server, Oxigraph's own: sent there, read there as they are read here, and nothing else touched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from sample import ACR, ROOT, build_home
from store_fixtures import FOREIGN, OWN, UseStore, settings_of
from store_servers import Running, oxigraph
from storing import quads

from kg.errors import CallError, LimitError, RefusedError, StoreError
from kg.namespaces import AC, PUBLISHED_GRAPH, RDF, UNION_GRAPH
from kg.opening import open_view
from kg.query import Table, answer, questions
from kg.remote import Connection, RemoteStore, RemoteView, compare, connect, plan, publish
from kg.remote.connection import Dataset
from kg.remote.receipts import count
from kg.report import Silent
from kg.store import Home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures", "store_fixtures"]

LARGE = OWN + "/large"
QUESTIONS = questions(ROOT / "ontology" / "queries" / "competency")
LINE = b'<https://example.org/s> <https://example.org/p> "o" .\n'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


@pytest.fixture
def connection(server: Running, use_store: UseStore) -> Connection:
    return use_store(server)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with two small graphs, which the test may change."""
    home = Home(tmp_path / "home")
    with home.write() as draft:
        draft.replace_graph(OWN, quads(OWN, *range(5)))
        draft.replace_graph(LARGE, quads(LARGE, *range(900)))
    return home


@pytest.fixture(scope="module")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return build_home(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, sample_home: Home) -> Iterator[Running]:
    """A server that holds the sample graph and is only read."""
    with oxigraph(tmp_path_factory.mktemp("published")) as running:
        connection = connect(settings_of(running))
        publish(plan(sample_home, connection), connection, Silent())
        yield running


@pytest.fixture
def view(published: Running, use_store: UseStore) -> RemoteView:
    """The sample graph, read at that server."""
    return RemoteView(use_store(published, empty=False))


def canonical(triples: Iterable[ox.Triple]) -> set[str]:
    """Triples as text that is the same whatever their blank nodes are called."""
    dataset = ox.Dataset(ox.Quad(each.subject, each.predicate, each.object) for each in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def at_server(connection: Connection, graph: str) -> set[str]:
    body = connection.query("CONSTRUCT WHERE { ?s ?p ?o }", Dataset((graph,)), "application/n-triples")
    return canonical(quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))


def here(home: Home, graph: str | None) -> set[str]:
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return canonical(quad.triple for quad in home.current().store.quads_for_pattern(None, None, None, name))


def change(home: Home, numbers: tuple[int, ...]) -> None:
    with home.write() as draft:
        draft.replace_graph(OWN, quads(OWN, *numbers))


# Publishing


def test_all_graphs_and_their_union_arrive(home: Home, connection: Connection) -> None:
    report = publish(plan(home, connection), connection, Silent())
    graphs = home.current().manifest["graphs"]
    assert sorted(report.sent) == sorted(graphs)
    assert all(at_server(connection, graph) == here(home, graph) for graph in graphs)
    assert at_server(connection, UNION_GRAPH) == here(home, None)


def test_what_is_there_is_not_sent_again(home: Home, connection: Connection) -> None:
    publish(plan(home, connection), connection, Silent())
    again = plan(home, connection)
    assert again.done
    report = publish(again, connection, Silent())
    assert (report.sent, report.removed, report.triples, report.union) == ([], [], 0, "unchanged")
    assert report.same == len(home.current().manifest["graphs"])


def test_only_the_graph_that_changed_is_sent_and_the_union_follows(home: Home, connection: Connection) -> None:
    change(home, (2001, 2002))
    publish(plan(home, connection), connection, Silent())
    change(home, (2002, 2003, 2004))
    report = publish(plan(home, connection), connection, Silent())
    assert (report.sent, report.union, report.union_triples) == ([OWN], "changed", 3)
    assert at_server(connection, OWN) == here(home, OWN)
    assert at_server(connection, UNION_GRAPH) == here(home, None)


def test_a_triple_that_another_graph_holds_stays_in_the_union(home: Home, connection: Connection) -> None:
    other = OWN + "-other"
    change(home, (2001, 2002))
    with home.write() as draft:
        draft.replace_graph(other, quads(other, 2002))
    publish(plan(home, connection), connection, Silent())
    change(home, (2001,))
    assert publish(plan(home, connection), connection, Silent()).union_triples == 0
    assert at_server(connection, UNION_GRAPH) == here(home, None)


def test_a_graph_that_is_gone_is_removed(home: Home, connection: Connection) -> None:
    change(home, (1,))
    publish(plan(home, connection), connection, Silent())
    with home.write() as draft:
        draft.drop_graph(OWN)
    assert publish(plan(home, connection), connection, Silent()).removed == [OWN]
    assert at_server(connection, OWN) == set()
    assert at_server(connection, UNION_GRAPH) == here(home, None)
    assert OWN not in RemoteView(connection).graphs()


def test_the_union_is_sent_whole_where_the_snapshot_before_is_not_kept(home: Home, connection: Connection) -> None:
    publish(plan(home, connection), connection, Silent())
    change(home, (1,))
    home.collect(keep=1)
    assert publish(plan(home, connection), connection, Silent()).union == "sent"
    assert at_server(connection, UNION_GRAPH) == here(home, None)


def test_graphs_of_others_are_left_alone(home: Home, connection: Connection) -> None:
    connection.put(FOREIGN, LINE)
    publish(plan(home, connection), connection, Silent())
    change(home, (1,))
    publish(plan(home, connection), connection, Silent())
    assert count(connection, FOREIGN) == 1
    seen = RemoteView(connection).store
    assert ox.NamedNode(FOREIGN) not in set(seen.named_graphs())
    assert list(seen.quads_for_pattern(ox.NamedNode("https://example.org/s"), None, None)) == []


@pytest.mark.parametrize("graph", [OWN, UNION_GRAPH])
def test_a_graph_of_our_name_that_we_did_not_send_is_not_replaced(
    home: Home, connection: Connection, graph: str
) -> None:
    connection.put(graph, LINE)
    change(home, (1,))
    with pytest.raises(CallError, match="did not put there"):
        plan(home, connection)
    assert count(connection, graph) == 1


class Cut(Exception):
    """The line is cut."""


def cut_after(connection: Connection, writes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the connection write so many times, and fail from then on."""
    send, left = connection._send, [writes]

    def limited(method: str, address: str, seconds: float, **request: object) -> object:
        if address != connection.server.query:
            left[0] -= 1
            if left[0] < 0:
                raise Cut
        return send(method, address, seconds, **request)

    monkeypatch.setattr(connection, "_send", limited)


@pytest.mark.parametrize("target", ["same", "other"])
def test_an_interrupted_run_is_gone_on_with(
    home: Home, connection: Connection, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """Cut after each possible number of writes; what is there in the end is what was to be there."""
    monkeypatch.setattr("kg.remote.publishing.PART", 40)
    with home.write() as draft:
        draft.replace_graph(LARGE, quads(LARGE, *range(90)))
    publish(plan(home, connection), connection, Silent())
    cuts = 0
    for writes in range(18):
        with home.write() as draft:
            draft.replace_graph(OWN, quads(OWN, *range(writes + 1000, writes + 1005)))
            draft.replace_graph(LARGE, quads(LARGE, *range(writes + 1, writes + 90)))
        broken = connection.another()
        cut_after(broken, writes, monkeypatch)
        try:
            publish(plan(home, broken), broken, Silent())
        except Cut:
            cuts += 1
            assert not plan(home, connection).done
        if target == "other":
            change(home, (1007, 8, writes))
        publish(plan(home, connection), connection, Silent())
        assert plan(home, connection).done
        assert at_server(connection, LARGE) == here(home, LARGE)
        assert at_server(connection, UNION_GRAPH) == here(home, None)
    assert 8 <= cuts < 18


def test_parts_that_arrived_are_not_sent_again(
    home: Home, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.remote.publishing.PART", 100)
    broken = connection.another()
    cut_after(broken, 12, monkeypatch)
    with pytest.raises(Cut):
        publish(plan(home, broken), broken, Silent())
    arrived = count(connection, LARGE)
    assert 200 <= arrived < 900
    report = publish(plan(home, connection), connection, Silent())
    assert report.triples <= 905 - arrived + 100
    assert at_server(connection, LARGE) == here(home, LARGE)


def test_while_it_is_on_its_way_readers_are_warned(
    home: Home, connection: Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    publish(plan(home, connection), connection, Silent())
    change(home, (1, 2, 3))
    broken = connection.another()
    cut_after(broken, 5, monkeypatch)
    with pytest.raises(Cut):
        publish(plan(home, broken), broken, Silent())
    RemoteView(connection)
    assert "being published to, or that was interrupted" in caplog.text


def test_a_server_that_loses_triples_is_found_out(
    home: Home, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = connection.put
    monkeypatch.setattr(connection, "put", lambda graph, lines, **how: put(graph, lines.split(b"\n", 1)[1], **how))
    with pytest.raises(StoreError, match="was sent"):
        publish(plan(home, connection), connection, Silent())


# Reading


def test_it_answers_all_saved_questions_as_the_snapshot_does(sample_home: Home, view: RemoteView) -> None:
    outcomes = list(compare(sample_home.current().store, view.store, QUESTIONS))
    assert len(outcomes) == len(QUESTIONS)
    assert [each for each in outcomes if not each.same] == []
    assert sum(each.rows for each in outcomes) > 100


def test_a_difference_is_found(sample_home: Home, connection: Connection) -> None:
    publish(plan(sample_home, connection), connection, Silent())
    connection.update(f"DELETE WHERE {{ GRAPH <{UNION_GRAPH}> {{ ?claim <{AC}claimant> ?who }} }}")
    different = [
        each for each in compare(sample_home.current().store, RemoteView(connection).store, QUESTIONS) if not each.same
    ]
    assert different
    assert all(each.only_here + each.only_there and each.example for each in different)


@pytest.mark.parametrize("graph", [None, ox.DefaultGraph(), ox.NamedNode(f"{ACR}graph/reference")])
def test_patterns_give_the_same_quads(
    sample_home: Home, view: RemoteView, graph: ox.NamedNode | ox.DefaultGraph | None
) -> None:
    russia, kind = ox.NamedNode(f"{ACR}state/RUS"), ox.NamedNode(f"{RDF}type")
    for subject, predicate, value in (
        (russia, None, None),
        (russia, kind, None),
        (None, kind, ox.NamedNode(f"{AC}State")),
        (None, None, russia),
        (None, ox.NamedNode(f"{AC}edtf"), ox.Literal("2019-08-18")),
        (ox.NamedNode(f"{ACR}state/NONE"), None, None),
    ):
        there = list(view.store.quads_for_pattern(subject, predicate, value, graph))
        ours = list(sample_home.current().store.quads_for_pattern(subject, predicate, value, graph))
        assert sorted(map(str, there)) == sorted(map(str, ours))


def test_a_quad_is_held_or_not(sample_home: Home, view: RemoteView) -> None:
    some = next(
        iter(sample_home.current().store.quads_for_pattern(None, None, None, ox.NamedNode(f"{ACR}graph/reference")))
    )
    assert some in view.store
    assert ox.Quad(some.subject, some.predicate, ox.Literal("else"), some.graph_name) not in view.store


def test_a_graph_with_a_variable_is_one_of_ours(sample_home: Home, view: RemoteView) -> None:
    found = view.store.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert {row["g"].value for row in found} == set(sample_home.current().manifest["graphs"])
    named = view.store.query(f"ASK {{ GRAPH <{PUBLISHED_GRAPH}> {{ ?s ?p ?o }} }}")
    assert not bool(named)


def test_from_takes_graphs_of_ours_alone(view: RemoteView) -> None:
    reference = f"{ACR}graph/reference"
    found = view.store.query(f"SELECT (COUNT(*) AS ?n) FROM <{reference}> WHERE {{ ?s ?p ?o }}")
    assert next(iter(found))["n"].value == str(view.manifest["graphs"][reference])
    with pytest.raises(RefusedError, match="none of this graph's"):
        view.store.query(f"SELECT * FROM <{FOREIGN}> WHERE {{ ?s ?p ?o }}")


def test_more_graphs_than_the_server_takes_are_refused(connection: Connection) -> None:
    store = RemoteStore(connection, lambda: frozenset(f"https://example.org/{n}" for n in range(100_001)))
    with pytest.raises(LimitError, match="100,001 graphs"):
        store.query("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }")


def test_rows_beyond_the_limit_are_cut_and_that_is_told(view: RemoteView) -> None:
    found = answer(view, "SELECT * { ?s ?p ?o }", seconds=30, rows=5)
    assert isinstance(found, Table)
    assert (len(found.rows), found.truncated) == (5, True)


def test_a_query_that_takes_too_long_is_given_up(home: Home, tmp_path: Path, use_store: UseStore) -> None:
    """At a server of its own, which would go on with the query until it ends."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    (tmp_path / "server").mkdir()
    with oxigraph(tmp_path / "server") as running:
        connection = use_store(running)
        publish(plan(home, connection), connection, Silent())
        with pytest.raises(LimitError, match="took longer than"):
            answer(RemoteView(connection), endless, seconds=0.7, rows=10)


def test_another_graph_is_another_view(home: Home, connection: Connection) -> None:
    publish(plan(home, connection), connection, Silent())
    before = open_view(home.path).name
    change(home, (1,))
    publish(plan(home, connection), connection, Silent())
    assert open_view(home.path).name != before
    assert open_view(home.path, here=True).name == str(home.current().path)


# The command


SAME = [
    ("ask", "parties-on-a-day"),
    ("ask", "arms-offered-and-sold", "--format", "json"),
    ("bound", "RUS", "--on", "2019-08-01"),
    ("parties", "inf", "--on", "2019-08-01", "--json"),
    ("timeline", "inf"),
    ("explain",),
    ("why", "acr:state/RUS", "a", "ac:Agent", "--json"),
    ("query", "SELECT ?s WHERE { ?s a ac:Claim } ORDER BY ?s"),
    ("query", "ASK { ?s a ac:Claim }"),
    ("query", "CONSTRUCT WHERE { ?s ac:claimant ?o }", "--format", "csv"),
    ("check", "--json"),
    ("search", "missile", "hypersonique", "--kind", "sentence"),
]


@pytest.mark.parametrize("arguments", SAME, ids=[" ".join(each) for each in SAME])
def test_commands_print_what_they_print_over_the_home(
    kg: Kg, sample_home: Home, view: RemoteView, arguments: tuple[str, ...]
) -> None:
    there, ours = kg(*arguments), kg("--home", sample_home.path, *arguments)
    if "CONSTRUCT" in " ".join(arguments):
        there, ours = ((code, sorted(out.splitlines()), said) for code, out, said in (there, ours))
    assert there == ours
    assert there[1]


def test_publish_by_the_command(kg: Kg, home: Home, connection: Connection) -> None:
    code, out, _ = kg("publish", "--home", home.path, "--dry-run", "--json")
    told = json.loads(out)
    assert (code, told["same"], told["union"]) == (0, 0, "sent")
    assert told["send"] == home.current().manifest["graphs"]
    code, out, _ = kg("publish", "--home", home.path)
    assert code == 0
    assert f"holds the snapshot {home.current().name}." in out
    code, out, _ = kg("publish", "--home", home.path, "--json")
    assert json.loads(out)["union"] == "unchanged"
    code, out, _ = kg("publish", "--home", home.path, "--compare")
    assert code == 0
    assert f"{len(QUESTIONS)} of {len(QUESTIONS)} questions have the same rows" in out


def test_compare_exits_with_one_where_an_answer_differs(kg: Kg, sample_home: Home, connection: Connection) -> None:
    publish(plan(sample_home, connection), connection, Silent())
    connection.update(f"DELETE WHERE {{ GRAPH <{UNION_GRAPH}> {{ ?claim <{AC}claimant> ?who }} }}")
    code, out, _ = kg("publish", "--home", sample_home.path, "--compare")
    assert code == 1
    assert "rows only here" in out


def test_status_tells_the_store(kg: Kg, sample_home: Home, view: RemoteView) -> None:
    code, out, _ = kg("status", "--documents")
    assert code == 0
    assert out.startswith("store      http://127.0.0.1:")
    assert sample_home.current().name in out
    assert "dementi\t" in out


def test_export_of_a_store_is_that_of_the_home(kg: Kg, home: Home, connection: Connection, tmp_path: Path) -> None:
    publish(plan(home, connection), connection, Silent())
    assert kg("export", tmp_path / "there.nq")[0] == 0
    assert kg("export", "--home", home.path, tmp_path / "here.nq")[0] == 0
    assert (tmp_path / "there.nq").read_bytes() == (tmp_path / "here.nq").read_bytes()


@pytest.mark.parametrize("arguments", [("verify",), ("status", "--snapshots")])
def test_what_a_store_has_not_is_told_with_the_way_out(
    kg: Kg, connection: Connection, arguments: tuple[str, ...]
) -> None:
    code, _, said = kg(*arguments)
    assert code == 2
    assert "A store has no snapshots" in said
    assert "--home" in said


def test_an_empty_store_is_told_with_the_way_out(kg: Kg, connection: Connection) -> None:
    code, _, said = kg("ask", "parties-on-a-day")
    assert code == 1
    assert "holds no graph that kg publish sent. Send one: kg publish." in said


def test_publish_without_a_store_says_what_to_set(kg: Kg, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_STORE", raising=False)
    code, _, said = kg("publish", "--home", home.path)
    assert code == 2
    assert "Set KG_STORE" in said


def test_a_mistake_is_told_as_our_own_engine_tells_it(kg: Kg, sample_home: Home, view: RemoteView) -> None:
    told = kg("query", "SELECT * {\n?s ?p }")
    assert told == kg("--home", sample_home.path, "query", "SELECT * {\n?s ?p }")
    assert "Syntax error in the query, 2:" in told[2]
