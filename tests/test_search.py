"""Full-text search: what is found, in which order, and that the file follows the graph."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sample import ACR, build_home

from kg import search
from kg.errors import CallError, StoreError
from kg.namespaces import AC, SKOS
from kg.store import Home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return build_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def index(home: Home) -> search.Index:
    return home.current().index


def found(index: search.Index, text: str, *kinds: str) -> list[str]:
    hits = index.find(text, kinds=kinds or ("name", "title", "sentence"))
    return [hit.iri.removeprefix(ACR) for hit in hits if not hit.iri.startswith(AC)]


def named(graph: str, *names: str) -> list[ox.Quad]:
    node, label = ox.NamedNode(graph), ox.NamedNode(SKOS + "prefLabel")
    return [ox.Quad(ox.NamedNode(f"{ACR}thing/{name}"), label, ox.Literal(name), node) for name in names]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("etats-unis", "state/USA"),
        ("ÉTATS", "state/USA"),
        ("soviet", "state/SUN"),
        ("lavr", "person/sergei-lavrov"),
        ("l’Inde", "state/IND"),
        ("d'Inde", "state/IND"),
        ("S-400", "weapon/s-400"),
        ("hypersonic missiles", "weapon-category/missile-hypersonique"),
        ("missile", "weapon-category/missile"),
        ("croisières", "weapon-category/missile-de-croisiere"),
        ('"ciel ouvert"', "treaty/open-skies"),
        ("offre hypersonique", "document/offre-hypersonique"),
    ],
)
def test_the_best_is_first(index: search.Index, text: str, first: str) -> None:
    assert found(index, text)[0] == first


def test_all_words_must_be_there_and_phrases_stand_together(index: search.Index) -> None:
    assert found(index, "Moscou Biélorussie") == ["document/offre-hypersonique/sentence/272-339"]
    assert found(index, '"ouvert ciel"') == []
    assert found(index, "ouvert ciel") == ["treaty/open-skies"]
    assert found(index, "zzz") == []


def test_names_come_before_sentences_and_each_thing_once(index: search.Index) -> None:
    hits = index.find("poutine")
    assert [hit.kind for hit in hits] == ["name", *["sentence"] * (len(hits) - 1)]
    assert len(hits) == len({hit.iri for hit in hits}) > 2
    assert len(index.find("poutine", limit=2)) == 2
    assert found(index, "poutine", "name") == ["person/vladimir-putin"]


def test_a_hit_says_where_it_stands_and_which_words_were_found(index: search.Index) -> None:
    (hit,) = [hit for hit in index.find("déployer missiles") if hit.kind == "sentence"]
    assert hit.graph == ACR + "document/offre-hypersonique"
    assert [hit.text[begin:end] for begin, end in hit.marks] == ["déployer", "missiles"]
    assert search.marks("États-Unis", "etat") == ((0, 5),)
    assert search.marks("États-Unis", "etat russe") == ()


def test_words_are_needed(index: search.Index) -> None:
    for text in ("", "  ", '"', "?! - …"):
        with pytest.raises(CallError, match="holds no word to search for"):
            index.find(text)


@hypothesis_settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet="\"*():^-+{}' ANDORNOTNEAR", max_size=40))
def test_no_text_is_taken_for_a_command(index: search.Index, text: str) -> None:
    try:
        hits = index.find(text)
    except CallError:
        return
    assert all(0 <= begin < end <= len(hit.text) for hit in hits for begin, end in hit.marks)


def test_what_is_replaced_or_dropped_is_no_longer_found(tmp_path: Path) -> None:
    home, one, two = Home(tmp_path / "home"), ACR + "document/1", ACR + "document/2"
    for graphs in ({one: ("Alpha", "Bravo"), two: ("Bravo", "Charlie")}, {one: ("Alpha", "Delta")}):
        with home.write() as draft:
            for graph, names in graphs.items():
                draft.replace_graph(graph, named(graph, *names))
    assert [found(home.current().index, each) for each in ("alpha", "bravo", "charlie", "delta")] == [
        ["thing/Alpha"],
        ["thing/Bravo"],
        ["thing/Charlie"],
        ["thing/Delta"],
    ]
    with home.write() as draft:
        draft.drop_graph(two)
    assert [found(home.current().index, each) for each in ("alpha", "bravo", "charlie")] == [["thing/Alpha"], [], []]


operations = st.lists(st.tuples(st.sampled_from("ab"), st.sets(st.sampled_from(["un", "deux", "trois"]))), max_size=6)


@hypothesis_settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations)
def test_a_file_that_followed_the_changes_finds_what_a_new_one_finds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, set[str]]]
) -> None:
    home, folder = Home(tmp_path_factory.mktemp("home")), tmp_path_factory.mktemp("new")
    for name, words in [*steps, ("c", {"fin"})]:
        with home.write() as draft:
            draft.replace_graph(ACR + name, named(ACR + name, *words))
    snapshot = home.current()
    search.write(folder / "new.db", snapshot.store, snapshot.manifest["graphs"], (), None)
    for word in ("un", "deux", "trois", "fin"):
        assert snapshot.index.find(word) == search.Index(folder / "new.db").find(word)


def test_a_file_of_another_version_is_written_anew(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with home.write() as draft:
        draft.replace_graph(ACR + "a", named(ACR + "a", "Alpha"))
    with sqlite3.connect(home.current().index.path) as database:
        database.execute("PRAGMA user_version = 99")
        database.execute("DELETE FROM entry")
    with home.write() as draft:
        draft.replace_graph(ACR + "b", named(ACR + "b", "Bravo"))
    assert found(home.current().index, "alpha") == ["thing/Alpha"]


def test_a_missing_or_damaged_file_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with home.write() as draft:
        draft.replace_graph(ACR + "a", named(ACR + "a", "Alpha"))
    path = home.current().index.path
    path.write_bytes(b"x" * 5000)
    with pytest.raises(StoreError, match=rf"{path} is damaged: .* Build the graph again: kg build\."):
        home.current().index.find("alpha")
    path.unlink()
    with pytest.raises(StoreError, match="has no search file"):
        home.current().index.find("alpha")


def test_the_command_prints_names_then_sentences(kg: Kg, home: Home) -> None:
    code, printed, said = kg("search", "missile", "hypersonique", "--home", home.path)
    assert (code, said) == (0, "")
    lines = printed.splitlines()
    assert lines[0].split("  ")[0] == "name"
    assert lines[0].endswith("  missile hypersonique")
    assert lines[-1].startswith("sentence  acr:document/")
    assert "\033" not in printed
    code, printed, _ = kg("search", "missile", "--kind", "name", "--limit", "1", "--json", "--home", home.path)
    (hit,) = json.loads(printed)
    assert (hit["kind"], hit["text"], hit["marks"]) == ("name", "missile", [[0, 7]])


def test_the_command_says_by_its_exit_code_that_nothing_was_found(kg: Kg, home: Home) -> None:
    assert kg("search", "zzz", "--home", home.path) == (1, "", "")
    assert kg("search", "--sparql", "zzz", "--home", home.path)[:2] == (1, "VALUES ?found {  }\n")
    assert kg("search", "?", "--home", home.path)[0] == 2


def test_what_is_found_can_be_joined_in_sparql(kg: Kg, home: Home) -> None:
    code, values, _ = kg("search", "--sparql", "--kind", "sentence", "déployer", "--home", home.path)
    assert code == 0
    text = f"SELECT ?kind WHERE {{ {values} ?claim prov:wasQuotedFrom ?found ; ac:about/a ?kind }}"
    code, printed, _ = kg("query", text, "--format", "csv", "--home", home.path)
    assert code == 0
    assert set(printed.split()) - {AC + "Event"} == {"kind", AC + "Deployment"}
