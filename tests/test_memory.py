"""What keeps the memory of a run from growing with the corpus gives the same graph."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

import pyoxigraph as ox
import pytest
from storing import A, B, quads, triples

from kg.cache import Reading
from kg.ids import document_iri
from kg.model import Document
from kg.namespaces import INFERRED_GRAPH
from kg.reason import infer, running
from kg.settings import ROOT
from kg.shards import Task
from kg.store import Home
from kg.store.canonical import canonical_triples
from kg.supply import BATCH, LEAST, Supply
from kg.triples import facts_in, facts_of, wanted
from kg.workers import Done

PLAIN = ["une phrase", 'des "guillemets"', "deux\nlignes", "une \\ barre", "élargi \u2028 \U0001f4a5", ""]


def test_what_lines_tell_is_what_quads_tell() -> None:
    told = [
        ox.Quad(ox.NamedNode(f"urn:s{number % 3}"), ox.NamedNode(f"urn:p{number % 2}"), value, ox.NamedNode(A))
        for number, value in enumerate(
            [*map(ox.Literal, PLAIN), ox.Literal("fin", language="fr"), ox.NamedNode("urn:o")]
        )
    ]
    found = facts_in(canonical_triples(told), wanted(["urn:p0", "urn:p1"]))
    assert {name: sorted(rows) for name, rows in found.items()} == {
        name: sorted(rows) for name, rows in facts_of(told).items()
    }
    assert facts_in(canonical_triples(told), wanted(["urn:p1"])).keys() == {"urn:p1"}


def test_a_store_that_is_opened_anew_holds_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.draft.TIRING", 0)
    home = Home(tmp_path)
    with home.write() as draft:
        draft.replace_graph(A, quads(A, 1, 2))
        first = draft.store
        assert len(first) == 4
        draft.rest(written=3)
        assert draft.store is first
        del first
        draft.rest(written=2)
        draft.fill_graph(B, iter(quads(B, 2, 3)))
        draft.rest()
        assert len(draft.store) == 7
    published = home.current()
    assert triples(published.store) == {each.triple for each in quads(A, 1, 2, 3)}
    assert published.manifest["graphs"] == {A: 2, B: 2}


@pytest.mark.parametrize("few", [0, 100])
def test_premises_are_what_is_stated_whichever_way_they_are_read(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "FEW", few)
    store = ox.Store()
    type_, below = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode("urn:C")
    for name, graph in (("urn:a", A), ("urn:b", INFERRED_GRAPH), ("urn:c", A), ("urn:c", INFERRED_GRAPH)):
        for named in (ox.NamedNode(graph), ox.DefaultGraph()):
            store.add(ox.Quad(ox.NamedNode(name), type_, below, named))
    found = {quad.subject.value for quad in running._premises(store, [type_.value])}
    assert found == {"urn:a", "urn:c"}
    assert infer(store, ROOT / "ontology" / "rules") == []


class Recorder:
    """A reader of two workers that only notes how many documents each batch has."""

    capacity, megabytes = 3, 0

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def prepare(self) -> None:
        """Nothing is to be loaded."""

    def submit(self, tasks: Sequence[Task]) -> Future[list[Done]]:
        self.sizes.append(len(tasks))
        done: Future[list[Done]] = Future()
        done.set_exception(RuntimeError("nothing is read here"))
        return done

    def close(self) -> None:
        """Nothing is under way."""


def test_batches_grow_smaller_towards_the_end() -> None:
    reader = Recorder()
    supply = Supply(Reading("", {}), None, lambda: reader, {}, "", 90)
    documents = [Document(f"d{number}", "Un mot.", f"d{number}.txt") for number in range(90)]
    supply._given = lambda *, wait: iter(())  # type: ignore[method-assign, assignment]
    assert list(supply.outcomes((Path(each.source), each) for each in documents)) == []
    assert sum(reader.sizes) == 90
    assert (reader.sizes[0], reader.sizes[-1]) == (BATCH, LEAST)
    assert reader.sizes == sorted(reader.sizes, reverse=True)
    assert documents[0].iri == document_iri("d0")
