"""The gate: reference data that disagree with the ontology stop a build, a document that violates a shape is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import RUSSIA, FakeExtractor, lean_project

from kg.build import build
from kg.errors import InconsistencyError
from kg.model import Document, Event, Extraction, Filler
from kg.settings import settings
from kg.store import Home


class Confused(FakeExtractor):
    """Takes the state for the treaty where the text says "confus"."""

    def extract(self, document: Document) -> Extraction:
        read = super().extract(document)
        if "confus" not in document.text:
            return read
        [event] = read.events
        wrong = Event(event.iri, event.kind, (Filler("agent", RUSSIA, "subj"), Filler("treaty", RUSSIA, "obj")))
        return Extraction(document, read.sentences, read.mentions, (), (wrong,), read.claims)


class Counting(FakeExtractor):
    """Counts the documents that it is given."""

    read = 0

    def extract(self, document: Document) -> Extraction:
        type(self).read += 1
        return super().extract(document)


def test_a_document_that_violates_a_shape_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("La Russie quitte le traité FNI.")
    (tmp_path / "bad.txt").write_text("La Russie quitte, confus, le traité FNI.")
    with lean_project(tmp_path / "lean"):
        report = build(tmp_path / "home", [tmp_path / "good.txt", tmp_path / "bad.txt"], extractor=Confused)
        store = Home(tmp_path / "home").current().store
    [rejected] = report.set_aside
    assert report.documents == ["good"]
    assert rejected.path == tmp_path / "bad.txt"
    assert "has ac:treaty " in rejected.reason
    assert rejected.reason.endswith("state/RUS: The treaty is a treaty, agreement or commitment.")
    assert rejected.remedy == "Correct the entity’s class, or the types that the frame allows in this role."
    assert not [graph for graph in store.named_graphs() if graph.value.endswith("document/bad")]


def test_reference_data_that_disagree_stop_the_build_and_name_the_row(tmp_path: Path) -> None:
    with lean_project(tmp_path / "lean"):
        build(tmp_path / "home", [], extractor=FakeExtractor)
        before = Home(tmp_path / "home").current().name
        actions = settings().seeds / "reference" / "treaty-actions" / "treaty-actions.csv"
        lines = actions.read_text(encoding="utf-8").splitlines()
        number, row = next((n, line) for n, line in enumerate(lines, start=1) if ",ratification," in line)
        treaty, state, action, _, rest = row.split(",", 4)
        lines[number - 1] = ",".join([treaty, state, action, "1901-01-01", rest])
        actions.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with pytest.raises(InconsistencyError) as raised:
            build(tmp_path / "home", [], extractor=FakeExtractor)
        assert Home(tmp_path / "home").current().name == before
    assert f"seeds/reference/treaty-actions/treaty-actions.csv, line {number}: " in str(raised.value)
    assert "did “ratification” to " in str(raised.value)
    assert "on “1901-01-01”" in str(raised.value)


def test_a_kept_reading_is_held_against_shapes_that_came_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good.txt").write_text("La Russie quitte le traité FNI.")
    monkeypatch.setenv("KG_SHARDS", str(tmp_path / "shards"))
    settings.cache_clear()
    with lean_project(tmp_path / "lean"):
        build(tmp_path / "home", [tmp_path / "good.txt"], extractor=Counting)
        shape = settings().ontology / "shapes" / "Claim.ttl"
        text = shape.read_text(encoding="utf-8")
        shape.write_text(text.replace("sh:maxInclusive 1 ;", "sh:maxInclusive 0 ;"), encoding="utf-8")
        report = build(tmp_path / "home2", [tmp_path / "good.txt"], extractor=Counting)
    [rejected] = report.set_aside
    assert "has ac:confidence" in rejected.reason
    assert Counting.read == 1
