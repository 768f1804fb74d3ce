"""What fusion looks up lies beside the quads, goes with them from snapshot to snapshot, and is made anew where it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import lean_project
from test_incremental import CorpusExtractor
from walking import lay, state

from kg import decisions
from kg.build import add, build, forget
from kg.fusion.revising import Reviser
from kg.namespaces import OWN_GRAPHS
from kg.nearby import FILE
from kg.store import Home, verify

pytestmark = pytest.mark.proof
TEXTS = {f"d{number}": str(number) for number in range(14)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with a graph of some documents; whoever changes it brings it back."""
    folder = tmp_path_factory.mktemp("kept")
    with lean_project(folder):
        build(folder / "home", [lay(folder / "texts", TEXTS)], extractor=CorpusExtractor)
        yield folder / "home"


def test_one_document_more_reads_no_other(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(built)
    with Home(built).write() as draft:
        own = OWN_GRAPHS + "ours"
        draft.update(f"INSERT DATA {{ GRAPH <{own}> {{ <{own}/a> <{own}/b> <{own}/c> }} }}", [own])
    assert (Home(built).current().path / FILE).is_file()
    read: list[str] = []
    given = decisions.given
    with monkeypatch.context() as patch:
        patch.setattr(decisions, "given", lambda store, document: (read.append(document), given(store, document))[1])
        patch.setattr(Reviser, "all", lambda _: pytest.fail("all events are decided anew"))
        add(built, [lay(tmp_path, {"new": "40"}) / "new.txt"], extractor=CorpusExtractor)
    assert read == []
    forget(built, ["new"])
    with Home(built).write() as draft:
        draft.drop_graph(own)
    assert state(built) == before


def test_what_is_lost_or_changed_is_noticed_and_made_anew(built: Path, tmp_path: Path) -> None:
    path = Home(built).current().path / FILE
    held, before = path.read_bytes(), state(built)
    path.write_bytes(held[:-1] + bytes([held[-1] ^ 1]))
    assert [str(path) in each for each in verify(Home(built).current())] == [True]
    path.unlink()
    assert [str(path) in each for each in verify(Home(built).current())] == [True]
    add(built, [lay(tmp_path, {"new": "40"}) / "new.txt"], extractor=CorpusExtractor)
    forget(built, ["new"])
    assert state(built) == before
    assert verify(Home(built).current()) == []
    assert (Home(built).current().path / FILE).is_file()
