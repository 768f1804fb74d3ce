"""A graph with judgements: what is judged takes effect in the next build, alone, and leaves no trace once it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from fakes import lean_project
from judging import TEXT, TURKEY, JudgedExtractor, changed, claims, given, note, reading

from kg.build import add, build, forget
from kg.judgements import Correction, Judgement, Judgements, Kind, Sheet, append
from kg.namespaces import AC, ACR, DECISIONS_GRAPH, INFERRED_GRAPH
from kg.settings import settings
from kg.store import DocumentRecord, Home, verify

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

NOTE, OTHER, THIRD = (note(name) for name in ("note", "other", "third"))
SALE, DENIAL, LEAVING = claims(NOTE)
OUTLET = f"{ACR}organization/le-quotidien"


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for document in (NOTE, OTHER):
        (folder / f"{document.identifier}.txt").write_text(document.text)
        (folder / f"{document.identifier}.meta.json").write_text('{"publisher": "Le Quotidien"}')
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, texts: Path) -> Path:
    """A graph without judgements, which tests only read."""
    home = tmp_path_factory.mktemp("plain") / "home"
    build(home, [texts], extractor=JudgedExtractor)
    return home


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KG_JUDGEMENTS", str(tmp_path / "judgements.jsonl"))
    settings.cache_clear()
    return tmp_path / "judgements.jsonl"


@pytest.fixture
def home(plain: Path, tmp_path: Path) -> Path:
    """The same graph, to be changed."""
    with Home(tmp_path / "home").write() as draft:
        store = Home(plain).current().store
        for name in store.named_graphs():
            assert isinstance(name, ox.NamedNode)
            draft.replace_graph(name.value, list(store.quads_for_pattern(None, None, None, name)))
        manifest = Home(plain).current().manifest
        draft.versions.update(manifest["versions"])
        draft.documents.update({each["identifier"]: DocumentRecord(**each) for each in manifest["documents"]})
    return tmp_path / "home"


def say(path: Path, kind: Kind, *subjects: str, value: object = None, judged: bool = True) -> Judgement:
    read = [reading(each, NOTE) for each in subjects] if judged else []
    return append(path, kind, subjects, who="Ann", why="so", value=value, judged=read)  # type: ignore[arg-type]


def judge_all(path: Path) -> list[Judgement]:
    """One judgement of each kind that changes the graph."""
    return [
        say(path, Kind.CORRECT, SALE, value=Correction("TransferOffer", {"recipient": (f"{ACR}state/SYR",)})),
        say(path, Kind.CREDIBILITY, DENIAL, value=5),
        say(path, Kind.RELIABILITY, OUTLET, value="B", judged=False),
        say(path, Kind.REJECT, LEAVING),
    ]


def hashes(home: Path) -> dict[str, str]:
    found: dict[str, str] = Home(home).current().manifest["hashes"]
    return found


def apply(home: Path) -> None:
    add(home, [], extractor=JudgedExtractor)
    assert verify(Home(home).current()) == []


def test_what_is_judged_changes_what_it_concerns_and_equals_a_build_from_scratch(
    home: Path, texts: Path, path: Path, tmp_path: Path
) -> None:
    before = hashes(home)
    said = judge_all(path)
    rejected = append(path, Kind.UNDO, [said[-1].id], who="Ann")
    apply(home)
    after = hashes(home)
    assert {graph for graph in before.keys() | after.keys() if before.get(graph) != after.get(graph)} == {
        NOTE.iri,
        DECISIONS_GRAPH,
        INFERRED_GRAPH,
    }
    append(path, Kind.UNDO, [rejected.id], who="Ann")
    apply(home)
    after = hashes(home)
    build(tmp_path / "scratch", [texts], extractor=JudgedExtractor)
    assert hashes(tmp_path / "scratch") == after
    store = Home(home).current().store
    told = "ASK { ?j a ac:Judgement ; ac:judges <%s> ; ac:verdict '%s' ; ac:reason 'so' ; schema:creditText 'Ann' }"
    prefixes = {"ac": AC, "schema": "https://schema.org/"}
    for claim, verdict in ((LEAVING, "reject"), (SALE, "correct"), (DENIAL, "credibility"), (OUTLET, "reliability")):
        assert store.query(told % (claim, verdict), prefixes=prefixes), verdict
    assert store.query(f"ASK {{ <{OUTLET}> ac:reliability 'B' . <{DENIAL}> ac:credibility 5 }}", prefixes=prefixes)
    assert not store.query(f"ASK {{ <{LEAVING}> ?p ?o }}")
    assert store.query(f"ASK {{ <{SALE}> ac:about/ac:recipient <{ACR}state/SYR> }}", prefixes=prefixes)


@pytest.mark.proof
def test_what_is_undone_leaves_no_trace(home: Path, plain: Path, path: Path) -> None:
    said = judge_all(path)
    apply(home)
    assert hashes(home) != hashes(plain)
    for each in said:
        append(path, Kind.UNDO, [each.id], who="Bea")
    apply(home)
    assert hashes(home) == hashes(plain)
    snapshot = Home(home).current().name
    apply(home)
    assert Home(home).current().name == snapshot


@pytest.mark.proof
def test_no_new_extraction_overwrites_a_judgement(home: Path, texts: Path, path: Path, tmp_path: Path) -> None:
    judge_all(path)
    apply(home)
    after = hashes(home)

    class Later(JudgedExtractor):
        version = "judged-2"

    add(home, [texts], extractor=Later)
    assert hashes(home) == after
    # A changed sentence frees its claim from the judgement; the other judgements hold.
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "note.txt").write_text(changed(NOTE).text)
    forget(home, ["note"])
    add(home, [tmp_path / "new"], extractor=JudgedExtractor)
    store = Home(home).current().store
    assert store.query(f"ASK {{ <{SALE}> ac:about/ac:recipient <{TURKEY}> }}", prefixes={"ac": AC})
    assert not store.query(f"ASK {{ <{LEAVING}> ?p ?o }}")
    assert not store.query(f"ASK {{ ?j ac:judges <{SALE}> }}", prefixes={"ac": AC})


@pytest.mark.proof
def test_documents_come_and_go_beside_judgements(home: Path, texts: Path, path: Path, tmp_path: Path) -> None:
    judge_all(path)
    (tmp_path / "third.txt").write_text(TEXT)
    add(home, [tmp_path / "third.txt"], extractor=JudgedExtractor)
    forget(home, ["other"])
    build(tmp_path / "scratch", [texts / "note.txt", tmp_path / "third.txt"], extractor=JudgedExtractor)
    assert hashes(home) == hashes(tmp_path / "scratch")
    forget(home, ["note"])
    build(tmp_path / "scratch", [tmp_path / "third.txt"], extractor=JudgedExtractor)
    assert hashes(home) == hashes(tmp_path / "scratch")


@pytest.mark.proof
def test_events_judged_different_are_two(home: Path, plain: Path, path: Path) -> None:
    """The withdrawals of both documents are merged into one event; told apart they are two, and one again after an undo."""
    events = [_event(home, claims(document)[2]) for document in (NOTE, OTHER)]
    assert events[0] == events[1]
    apart = [_given(document.iri, claims(document)[2]) for document in (NOTE, OTHER)]
    said = append(path, Kind.DIFFERENT, apart, who="Ann")
    apply(home)
    assert _event(home, claims(NOTE)[2]) != _event(home, claims(OTHER)[2])
    append(path, Kind.UNDO, [said.id], who="Ann")
    apply(home)
    assert hashes(home) == hashes(plain)


def _event(home: Path, claim: str) -> str:
    quads = Home(home).current().store.quads_for_pattern(ox.NamedNode(claim), ox.NamedNode(AC + "about"), None, None)
    return next(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))


def _given(document: str, claim: str) -> str:
    name = document.rpartition("/")[2]
    return Sheet(document, given(note(name))).value(claim, AC + "about")


def test_the_command_applies_and_says_when_there_is_nothing(
    kg: Kg, home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_HOME", str(home))
    assert kg("review", "apply") == (0, "There is nothing to change; the graph is as it was.\n", "")
    say(path, Kind.REJECT, LEAVING)
    code, out, _ = kg("add")
    assert (code, "The graph holds" in out) == (0, True)
    assert Home(home).current().manifest["versions"]["judgements"] == Judgements.load(path).digest
    assert kg("add")[0] == 2
    path.write_text("{}\n")
    code, _, err = kg("review", "apply")
    assert (code, f"{path}, line 1" in err) == (1, True)
