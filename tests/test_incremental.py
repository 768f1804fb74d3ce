"""A graph that documents come into and go out of is, hash for hash, the one that is built from scratch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from dispatches import build_home
from fakes import lean_project
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from walking import ROUNDS, Step, lay, state, steps, walk

from benchmarks import corpus
from kg import reason
from kg.build import add, build, forget
from kg.model import Document, Extraction, Reference
from kg.namespaces import AC, ACR, INFERRED_GRAPH, PROV, RDF, REFERENCE_GRAPH
from kg.reason.restricting import restricted
from kg.settings import ROOT, settings

NAMES = [f"t{number}" for number in range(6)]


class CorpusExtractor:
    """Gives for the text "n" the claims of the generated article number n, whose names many articles share."""

    version = "corpus-1"

    def __init__(self, reference: Reference, lexicon: Path) -> None:
        pass

    def extract(self, document: Document) -> Extraction:
        found = corpus.extraction(int(document.text))
        graph = replace(found.document, identifier=document.identifier, source=document.source)
        return replace(found, document=graph)

    def pipe(self, documents: object) -> Iterator[Extraction]:
        assert hasattr(documents, "__iter__")
        return map(self.extract, documents)


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A small reference, but all rules."""
    folder = tmp_path_factory.mktemp("lean")
    with lean_project(folder):
        for rule in (ROOT / "ontology" / "rules").glob("*.rq"):
            (folder / "ontology" / "rules" / rule.name).write_text(rule.read_text())
        yield


BEGIN = {"t0": "7", "t1": "8"}
STEPS = steps(NAMES, st.integers(0, 40).map(str), most=6)


def test_a_step_of_each_kind_leads_to_what_is_built_from_scratch(tmp_path: Path) -> None:
    """A step adds a document, changes its text, or (None) forgets it."""
    walk(tmp_path, BEGIN, [("t2", "9"), ("t0", "12"), ("t1", None)], CorpusExtractor)


@pytest.mark.proof
@rounds(max_examples=12, **ROUNDS)
@given(taken=STEPS)
def test_many_steps_lead_to_what_is_built_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, taken: list[Step]
) -> None:
    walk(tmp_path_factory.mktemp("steps"), BEGIN, taken, CorpusExtractor)


def test_one_document_more_does_not_run_all_rules_on_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, texts = tmp_path / "home", {f"d{number}": str(number) for number in range(30)}
    build(home, [lay(tmp_path / "texts", texts)], extractor=CorpusExtractor)

    def never(*_: object) -> None:
        raise AssertionError("all rules are run on everything")

    with monkeypatch.context() as patch:
        patch.setattr(reason, "renew", never)
        add(home, [lay(tmp_path / "texts", {"new": "31"}) / "new.txt"], extractor=CorpusExtractor)
        add(home, [lay(tmp_path / "texts", {"d3": "32"}) / "d3.txt"], extractor=CorpusExtractor)
        forget(home, ["d4", "d5"])
    for name in ("d4", "d5"):
        (tmp_path / "texts" / f"{name}.txt").unlink()
    build(tmp_path / "scratch", [tmp_path / "texts"], extractor=CorpusExtractor)
    assert state(home) == state(tmp_path / "scratch")
    assert state(home)[2][INFERRED_GRAPH] > 1000


def test_changed_foundations_run_all_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    build(home, [lay(tmp_path / "texts", {"a": "1"})], extractor=CorpusExtractor)
    called: list[object] = []
    run: Callable[..., None] = reason.renew
    monkeypatch.setattr(reason, "renew", lambda *given: (called.append(given), run(*given))[1])
    rule = settings().ontology / "rules" / "touches.rq"
    rule.write_text(rule.read_text() + "# read anew\n")
    add(home, [tmp_path / "texts"], extractor=CorpusExtractor)
    assert len(called) == 1


def typed(store: ox.Store) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None, ox.NamedNode(REFERENCE_GRAPH))


@pytest.mark.parametrize("on_disk", [pytest.param(False, marks=pytest.mark.proof), True])
def test_renewing_part_by_part_gives_what_inferring_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_disk: bool
) -> None:
    monkeypatch.setattr("kg.reason.running.PART", 50)
    monkeypatch.setattr("kg.reason.running.WRITTEN", 0)  # stores are opened anew after each part: nobody may hold one
    monkeypatch.setattr("kg.store.draft.TIRING", 0)
    home = build_home(tmp_path / "home")
    rules = settings().ontology / "rules"
    before = set(home.current().store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED_GRAPH)))
    computed = [quad for quad in before if quad.predicate.value == PROV + "wasDerivedFrom"]
    name = ox.NamedNode(INFERRED_GRAPH)
    wrong = ox.Quad(ox.NamedNode(ACR + "state/RUS"), ox.NamedNode(AC + "agent"), ox.NamedNode(ACR + "nobody"), name)
    with home.write() as draft:
        wanted = set(reason.infer(draft.store, rules, computed))
        draft.change_graph(INFERRED_GRAPH, (), [wrong])
        (tmp_path / "work").mkdir()
        told = (ox.Quad(each.subject, ox.NamedNode("urn:told"), each.object, name) for each in typed(draft.store))
        reason.renew(draft, rules, computed, iter([told]), tmp_path / "work" if on_disk else None)
        del told
        found = set(draft.store.quads_for_pattern(None, None, None, name))
        assert {quad for quad in found if quad.predicate.value != "urn:told"} == wanted
        assert len(found) > len(wanted) + 50
        assert len(wanted) > 300
        assert wrong not in draft.store


@pytest.mark.parametrize(
    ("where", "variables"),
    [
        ("?x a ?y .", ["x", "y"]),
        ("?x a ac:Event . OPTIONAL { ?x ac:treaty ?y }", ["x"]),
        ("?x a ac:Event . MINUS { ?x ac:treaty ?y { SELECT ?y WHERE { ?y a ?z } } }", ["x"]),
        ("?x a ac:Event . BIND(STR(?x) AS ?y)", ["x"]),
        ("{ SELECT ?x WHERE { ?x a ac:Event } } ?x ac:item ?y FILTER(?y != ?x)", ["x", "y"]),
    ],
)
def test_a_rule_is_bound_only_by_what_each_row_binds(where: str, variables: list[str]) -> None:
    rule = reason.Rule(Path("r.rq"), f"CONSTRUCT {{ ?x ac:near ?y }} WHERE {{ {where} }}", "", "", "")
    texts = restricted(rule, "<a:1>")
    assert [text.split("VALUES ?")[1].split(" ")[0] for text in texts] == variables
    inner = "SELECT ?x WHERE {" in where
    assert [text.count("VALUES") for text in texts] == ([2, 1] if inner else [1] * len(variables))
