"""The generated corpus: the same everywhere, of the real graph's shape, and free of faults."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks import corpus, store_speed
from kg import mapping
from kg.namespaces import AC, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.read import How, read_files
from kg.settings import ROOT
from kg.store import Home, verify
from kg.validate import run_checks


def test_a_document_is_a_function_of_its_number() -> None:
    assert corpus.extraction(7) == corpus.extraction(7)
    assert corpus.extraction(7) != corpus.extraction(8)
    assert corpus.markdown(3) == corpus.markdown(3)


def test_a_larger_corpus_begins_as_a_smaller_one() -> None:
    size = len(corpus.foundations())
    small, large = list(corpus.quads(size + 2_000)), list(corpus.quads(size + 4_000))
    assert large[: len(small)] == small
    assert size + 4_000 <= len(large) < size + 5_500


def test_documents_have_the_shape_of_real_ones() -> None:
    documents = [corpus.extraction(number) for number in range(40)]
    quads = list(chain.from_iterable(mapping.quads(each) for each in documents))
    assert 700 < len(quads) / 40 < 900  # the digests of the seeds give 817 each
    assert 8 < sum(len(each.claims) for each in documents) / 40 < 16
    classes = {event.kind for each in documents for event in each.events}
    assert len(classes) > 15
    names = Counter(mention.entity for each in documents for mention in each.mentions)
    assert names.most_common(1)[0][1] > 10 * names.most_common()[-1][1]
    shared = Counter(event.iri for number in range(400) for event in corpus.extraction(number).events)
    assert shared.most_common(5)[-1][1] > 1


def test_every_span_says_what_it_stands_for() -> None:
    tables = (corpus.templates()[name] for name in ("states", "treaties", "weapons"))
    forms = {form.lower() for table in tables for _, *row in table for form in row}
    for number in range(20):
        found = corpus.extraction(number)
        for claim in found.claims:
            sentence = claim.sentence.of(found.document.text)
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            assert claim.sentence.begin <= claim.trigger.begin < claim.trigger.end <= claim.sentence.end
        for mention in found.mentions:
            assert mention.span.of(found.document.text).lower() in forms | {
                each.label.lower() for each in found.entities
            }


def test_articles_are_read_as_any_other(tmp_path: Path) -> None:
    assert corpus.main(["--documents", "3", str(tmp_path)]) == 0
    read = [document for _, document in read_files([tmp_path], How(100_000))]
    assert [document.identifier for document in read] == [f"corpus-{number:07d}" for number in range(3)]
    assert read[1].text == corpus.extraction(1).document.text


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A generated graph of ten documents, restored from its file."""
    folder = tmp_path_factory.mktemp("corpus")
    size = len(corpus.foundations()) + 8_000
    assert corpus.main(["--quads", str(size), str(folder / "graph.nq")]) == 0
    home = Home(folder / "home")
    with home.write(fresh=True) as draft:
        draft.load(folder / "graph.nq")
    return home


def test_the_graph_passes_every_check(home: Home) -> None:
    findings = run_checks(home.current().store, ROOT / "ontology" / "queries" / "checks")
    assert [each for each in findings if each.severity == "error"] == []
    assert verify(home.current()) == []


def test_the_graph_holds_foundations_and_documents(home: Home) -> None:
    manifest = home.current().manifest
    assert {ONTOLOGY_GRAPH, REFERENCE_GRAPH} <= manifest["graphs"].keys()
    assert 9 <= len(manifest["documents"]) <= 12
    assert manifest["documents"][0]["source"] == "corpus/corpus-0000000.md"
    claims = home.current().store.quads_for_pattern(None, None, ox.NamedNode(AC + "Claim"), ox.DefaultGraph())
    assert sum(1 for _ in claims) > 80


def test_the_ten_questions_of_the_benchmark_can_be_asked(home: Home) -> None:
    asked = store_speed.ask(
        lambda text: sum(1 for _ in home.current().store.query(text, prefixes=store_speed.PREFIXES)), 1
    )
    assert len(asked["rows"]) == 10
    assert asked["rows"]["sources"] > 0
