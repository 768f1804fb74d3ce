"""Fixtures for tests of what reviewers judge; a test module names this one as a pytest plugin."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from fakes import lean_project
from judging import OUTLET_NAME, RECORDED, TEXT, TURKEY, JudgedExtractor, claims, given, note, rewritten

from kg.build import build
from kg.decisions import difference, record
from kg.judgements import Sheet
from kg.namespaces import AC, DECISIONS_GRAPH, PREFIXES, REFERENCE_GRAPH
from kg.store import Home


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a graph of one document, which tests only read."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "note.txt").write_text(TEXT)
    (folder / "note.meta.json").write_text(f'{{"publisher": "{OUTLET_NAME}"}}')
    with lean_project(tmp_path_factory.mktemp("lean")):
        build(folder / "home", [folder / "note.txt"], extractor=JudgedExtractor)
    return folder / "home"


@pytest.fixture
def recorded(tmp_path: Path) -> Home:
    """A graph in which the withdrawal that a document tells was merged with one of the reference data, with little certainty."""
    leaving = Sheet(note().iri, given()).value(claims()[2], AC + "about")
    store = ox.Store()
    store.update(
        f"""INSERT DATA {{
            GRAPH <{REFERENCE_GRAPH}> {{ <{RECORDED}> a ac:Withdrawal ; ac:agent <{TURKEY}> ; ac:edtf "2019-08-02" ;
                ac:basis "treaty-text" ; dcterms:source "The depositary's notice" }}
            GRAPH <{DECISIONS_GRAPH}> {{ acr:merge-1 a ac:Merge ; ac:mergedFrom <{leaving}> ; ac:mergedInto <{RECORDED}> ;
                ac:comparedWith <{RECORDED}> ; ac:score 0.7 }} }}""",
        prefixes=PREFIXES,
    )
    decided = [rewritten(quad, leaving, RECORDED) for quad in given()]
    parts: dict[str, list[ox.Quad]] = {DECISIONS_GRAPH: [*record(note().iri, difference(given(), decided))]}
    for quad in store:
        parts.setdefault(str(quad.graph_name.value), []).append(quad)  # type: ignore[union-attr]
    home = Home(tmp_path / "recorded")
    with home.write() as draft:
        draft.replace_graph(note().iri, decided)
        for graph, quads in parts.items():
            draft.replace_graph(graph, quads)
    return home
