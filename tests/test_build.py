"""Building, adding, forgetting: the whole way from files to a published graph, with a fake extractor."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from fakes import RUSSIA, FakeExtractor, lean_project

from kg.build import add, build, forget
from kg.errors import CallError, LexiconError, LockedError, StoreError
from kg.ids import document_iri
from kg.model import Document, Extraction, Mention, Reference, Span
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.report import Report
from kg.store import Home, export

QUITS = "La Russie quitte le traité FNI. La Russie le dit."
STAYS = "La Russie reste dans le traité FNI."
FILES = {
    "a.txt": QUITS,
    "b.md": f"---\ntitle: Un essai\npublisher: RT\ndate: 2019-02-02\n---\n# Titre\n\n{QUITS}",
    "c.txt": STAYS,
}


def lay(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def lines(home: Path) -> list[bytes]:
    """The graph as sorted N-Quads, the union apart."""
    target = home.parent / f"{home.name}.nq"
    export(Home(home).current().store, target)
    return target.read_bytes().splitlines()


def graphs(home: Path) -> dict[str, int]:
    counts = Home(home).current().manifest["graphs"]
    assert isinstance(counts, dict)
    return counts


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All tests here build with one rule and a small reference."""
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("inputs"), FILES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, inputs: Path) -> tuple[Path, Report]:
    """A home with the graph of `inputs`: for reading only."""
    home = tmp_path_factory.mktemp("built") / "home"
    return home, build(home, [inputs], extractor=FakeExtractor)


@pytest.fixture
def home(tmp_path: Path, built: tuple[Path, Report]) -> Path:
    """A copy of that home, to be changed."""
    return Path(shutil.copytree(built[0], tmp_path / "home", symlinks=True))


def test_a_build_reports_what_it_did(built: tuple[Path, Report]) -> None:
    home, report = built
    assert report.documents == ["a", "b", "c"]
    assert (report.mentions, report.events, report.claims) == (5, 2, 2)
    assert (report.set_aside, report.forgotten) == ([], [])
    assert report.snapshot == Home(home).current().name
    assert report.quads == sum(graphs(home).values())
    assert list(report.seconds) == ["foundations", "read", "model", "extract", "store", "fuse", "infer", "publish"]
    assert report.as_dict()["documents"] == ["a", "b", "c"]


def test_each_source_has_its_graph_and_the_default_graph_their_union(built: tuple[Path, Report]) -> None:
    home, _ = built
    documents = {document_iri(name) for name in "abc"}
    assert set(graphs(home)) == {*documents, ONTOLOGY_GRAPH, REFERENCE_GRAPH, INFERRED_GRAPH}
    store = Home(home).current().store
    named = {quad.triple for quad in store if quad.graph_name != ox.DefaultGraph()}
    union = {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert union == named
    assert Home(home).current().manifest["triples"] == len(union)


def test_the_graph_answers_and_counts_a_shared_event_once(built: tuple[Path, Report]) -> None:
    store = Home(built[0]).current().store
    rows = store.query(
        """PREFIX ac: <https://w3id.org/arms-control/ontology#>
        SELECT (COUNT(*) AS ?events) (SUM(?said) AS ?claims) {
          { SELECT ?event (COUNT(?claim) AS ?said) { ?claim ac:about ?event } GROUP BY ?event }
          ?event ac:agent ?who ; ac:treaty <https://w3id.org/arms-control/id/treaty/inf> ; a ac:Withdrawal .
        }"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    assert [(row["events"].value, row["claims"].value) for row in rows] == [("1", "2")]


def test_the_manifest_remembers_documents_and_versions(built: tuple[Path, Report], inputs: Path) -> None:
    manifest = Home(built[0]).current().manifest
    found = manifest["documents"]
    assert [each["identifier"] for each in found] == ["a", "b", "c"]
    assert found[0]["source"] == (inputs / "a.txt").as_posix()
    assert found[0]["hash"] == Document("a", QUITS, "").content_hash
    assert len({each["read_with"] for each in found}) == 1
    assert sorted(manifest["versions"]) == [
        "extractor",
        "fusion",
        "judgements",
        "ledger",
        "lexicon",
        "model",
        "ontology",
        "own",
        "program",
        "reference",
    ]
    assert manifest["versions"]["extractor"] == "fake-1"


def test_building_twice_gives_the_same_graph(built: tuple[Path, Report], inputs: Path, tmp_path: Path) -> None:
    build(tmp_path / "again", [inputs / "c.txt", inputs], extractor=FakeExtractor)
    assert lines(tmp_path / "again") == lines(built[0])
    assert not [line for line in lines(tmp_path / "again") if b" _:" in line or line.startswith(b"_:")]


def test_adding_later_gives_what_building_at_once_gives(
    built: tuple[Path, Report], inputs: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    first = add(home, [inputs / "b.md"], extractor=FakeExtractor)
    second = add(home, [inputs / "a.txt", inputs / "c.txt"], extractor=FakeExtractor)
    assert (first.documents, second.documents) == (["b"], ["a", "c"])
    assert lines(home) == lines(built[0])


def test_forgetting_takes_all_that_a_document_alone_gave(home: Path, inputs: Path, tmp_path: Path) -> None:
    report = forget(home, ["a", "b", "a"])
    assert report.forgotten == ["a", "b"]
    build(tmp_path / "without", [inputs / "c.txt"], extractor=FakeExtractor)
    assert lines(home) == lines(tmp_path / "without")
    assert [each["identifier"] for each in Home(home).current().manifest["documents"]] == ["c"]
    add(home, [inputs / "a.txt", inputs / "b.md"], extractor=FakeExtractor)
    assert len(lines(home)) > len(lines(tmp_path / "without"))


def test_the_same_source_replaces_and_another_is_set_aside(home: Path, inputs: Path, tmp_path: Path) -> None:
    other = lay(tmp_path / "other", {"a.txt": STAYS, "d.txt": STAYS})
    report = add(home, [other], extractor=FakeExtractor)
    assert report.documents == ["d"]
    assert [(each.path, each.reason) for each in report.set_aside] == [
        (other / "a.txt", f"The graph already holds a document a, from {inputs / 'a.txt'}.")
    ]
    assert report.set_aside[0].remedy == "Rename the file, or run kg forget a first."
    (other / "d.txt").write_text(QUITS)
    before = graphs(home)
    report = add(home, [other / "d.txt"], extractor=FakeExtractor)
    assert (report.documents, report.claims) == (["d"], 1)
    assert graphs(home)[document_iri("d")] > before[document_iri("d")]
    assert graphs(home)[document_iri("a")] == before[document_iri("a")]


def test_forgetting_what_is_not_there(home: Path, tmp_path: Path) -> None:
    before = Home(home).current().name
    with pytest.raises(CallError, match=r"^The graph holds no document cc\. Near it: c\.$"):
        forget(home, ["a", "cc"])
    with pytest.raises(CallError, match=r"holds no document xyz\. kg status --documents lists"):
        forget(home, ["xyz"])
    assert Home(home).current().name == before
    with pytest.raises(StoreError, match="holds no graph"):
        forget(tmp_path / "nowhere", ["a"])
    assert not (tmp_path / "nowhere").exists()


class Misplacing(FakeExtractor):
    """Gives, for one document, a mention outside its text."""

    def extract(self, document: Document) -> Extraction:
        found = super().extract(document)
        outside = Mention(Span(900, 906), RUSSIA, "gazetteer")
        return replace(found, mentions=(outside,)) if document.identifier == "x" else found


def test_a_document_whose_quotations_are_wrong_is_set_aside(home: Path, tmp_path: Path) -> None:
    report = add(home, [lay(tmp_path / "two", {"x.txt": QUITS, "y.txt": QUITS})], extractor=Misplacing)
    assert report.documents == ["y"]
    assert "mention 900-906 lies outside the text of 49 characters" in report.set_aside[0].reason


def test_a_document_that_fails_is_set_aside_and_the_rest_goes_on(home: Path, tmp_path: Path) -> None:
    texts = {f"{number:02}.txt": QUITS for number in range(40)} | {"07.txt": "La Russie est en PANNE ici."}
    report = add(home, [lay(tmp_path / "many", texts)], extractor=FakeExtractor)
    assert len(report.documents) == 39
    assert [(each.path.name, each.reason) for each in report.set_aside] == [
        ("07.txt", "Reading it failed (RuntimeError: the parser fell over).")
    ]
    assert document_iri("07") not in graphs(home)
    assert document_iri("39") in graphs(home)


class Broken(FakeExtractor):
    """Finds its lexicon wrong once it reads."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        raise LexiconError("frames.yaml, line 3: no such role.", "Correct it.")


def test_faults_of_our_own_data_are_not_blamed_on_documents(home: Path, tmp_path: Path) -> None:
    before = Home(home).current().name
    with pytest.raises(LexiconError, match="no such role"):
        add(home, [lay(tmp_path / "new", {"n.txt": QUITS})], extractor=Broken)
    assert Home(home).current().name == before


@pytest.mark.parametrize("change", [build, add])
def test_where_nothing_can_be_read_nothing_is_published(
    home: Path, tmp_path: Path, change: Callable[..., Report]
) -> None:
    before = Home(home).current().name
    report = change(home, [lay(tmp_path / "bad", {"x.txt": "", "y.pdf": "x"})], extractor=_never)
    assert report.snapshot is None
    assert len(report.set_aside) == 2
    assert Home(home).current().name == before


def _never(known: Reference, lexicon: Path) -> FakeExtractor:
    raise AssertionError("the model is loaded where there is nothing to read")


def test_paths_that_give_nothing_are_the_callers_fault(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CallError, match=r"^There is no file in .*empty\. "):
        build(home, [tmp_path / "empty"], extractor=_never)
    with pytest.raises(CallError, match="nowhere does not exist"):
        build(home, [tmp_path / "nowhere"], extractor=_never)


def test_a_locked_home_is_refused_before_any_work(home: Path, inputs: Path) -> None:
    with Home(home).write() as draft:
        draft.discard()
        with pytest.raises(LockedError, match="is being written to by process"):
            add(home, [inputs], extractor=_never)


class Watcher:
    def __init__(self) -> None:
        self.seen: list[object] = []

    def stage(self, name: str, total: int | None = None) -> None:
        self.seen.append((name, total))

    def advance(self, steps: int = 1) -> None:
        self.seen.append(steps)


def test_progress_is_told(home: Path, tmp_path: Path) -> None:
    folder = lay(tmp_path / "more", {f"{number}.txt": STAYS for number in range(33)} | {"z.pdf": "x"})
    watcher = Watcher()
    add(home, [folder], progress=watcher, extractor=FakeExtractor)
    assert watcher.seen == [
        ("foundations", None),
        ("read", None),
        ("model", None),
        ("documents", 34),
        *[1] * 34,
        ("fuse", None),
        ("infer", None),
        ("publish", None),
    ]
