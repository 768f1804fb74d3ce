"""The pairs of tests/pairs have their form, and the figures over them are computed right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from benchmarks import material, pairs
from benchmarks.material import Pair
from benchmarks.pairs import Reading, Score
from kg.ids import hashed_iri
from kg.model import Claim, Document, Event, Extraction, Filler, Modality, Polarity, Span, When
from kg.namespaces import ACR

HALVES = ("open", "held")
KINDS = {
    "retold": "same",
    "persons-for-states": "same",
    "transliteration": "same",
    "copy": "same",
    "relay": "same",
    "denial": "same",
    "planned-done": "same",
    "undated": "same",
    "other-date": "different",
    "serial-tests": "different",
    "yearly": "different",
    "other-item": "different",
    "other-party": "different",
    "other-treaty": "different",
    "other-state": "different",
    "other-class": "different",
    "offer-deal": "different",
    "deal-delivery": "different",
    "signature-ratification": "different",
    "visit-talks": "different",
}


def topics(half: str) -> dict[str, list[dict[str, Any]]]:
    """The topics of a half by the stem of their file."""
    return {
        p.stem: yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted((material.PAIRS / half).glob("*.yaml"))
    }


@pytest.mark.parametrize("half", HALVES)
def test_a_half_has_its_form(half: str) -> None:
    for entry in (entry for entries in topics(half).values() for entry in entries):
        assert set(entry) <= {"topic", "near", "reports", "pairs"}
        used = {key for pair in entry["pairs"] for key in pair[:2]}
        assert used == set(entry["reports"]), entry["topic"]
        for told in entry["reports"].values():
            assert {"publisher", "text"} <= set(told) <= {"date", "publisher", "agency", "text"}
        for left, right, answer, kind, *excluded in entry["pairs"]:
            assert left < right
            assert KINDS[kind] == answer, entry["topic"]
            assert not excluded or (answer == "different" and excluded in (["dates"], ["parties"]))
        listed = [tuple(pair[:2]) for pair in entry["pairs"]]
        assert len(listed) == len(set(listed))


@pytest.mark.parametrize("half", HALVES)
def test_a_half_has_pairs_of_all_kinds(half: str) -> None:
    given = material.read(material.PAIRS / half)
    assert len(given.pairs) >= 150
    assert {pair.kind for pair in given.pairs} == set(KINDS)
    answers = Counter(pair.same for pair in given.pairs)
    assert min(answers.values()) >= 60
    assert Counter(pair.excluded for pair in given.pairs)["dates"] >= 50
    for report in given.reports.values():
        assert report.words
        assert "[" not in report.document.text
        assert all(stretch.of(report.document.text).strip() for stretch in report.words)


def test_both_halves_have_all_fields_and_each_topic_stands_once() -> None:
    halves = {half: topics(half) for half in HALVES}
    assert set(halves["open"]) == set(halves["held"])
    names = [entry["topic"] for half in HALVES for entries in halves[half].values() for entry in entries]
    assert len(names) == len(set(names))


def test_no_report_stands_in_both_halves() -> None:
    texts = {half: {r.document.text for r in material.read(material.PAIRS / half).reports.values()} for half in HALVES}
    assert texts["open"] & texts["held"] == set()


def test_brackets_are_taken_out_of_the_text(tmp_path: Path) -> None:
    report = _material(tmp_path, "Il a [vendu] des avions. Cette [vente] a plu.").reports["sale-a"]
    assert report.document.text == "Il a vendu des avions. Cette vente a plu."
    assert [stretch.of(report.document.text) for stretch in report.words] == ["vendu", "vente"]
    assert report.document.issued == "2020-01-02"
    with pytest.raises(ValueError, match="no words stand in brackets"):
        _material(tmp_path, "Il a vendu des avions.")


def test_the_events_are_those_of_the_triggers_in_the_words_the_one_that_covers_most_first() -> None:
    extraction = _extraction("doc", {"x": (0, 4), "y": (3, 12)})
    assert material.events_at(extraction, [Span(2, 9)]) == (_event("doc", "y"), _event("doc", "x"))
    assert material.events_at(extraction, [Span(0, 3), Span(3, 4)]) == (_event("doc", "x"), _event("doc", "y"))
    assert material.events_at(extraction, [Span(0, 3)]) == (_event("doc", "x"),)
    assert material.events_at(extraction, [Span(12, 15)]) == ()


def test_a_pair_is_merged_where_any_of_its_events_is_one_whether_right_or_wrong(tmp_path: Path) -> None:
    reading = Reading(_three_sales(tmp_path), Fake())
    first, *_ = reading.material.pairs
    reading.events = dict.fromkeys(reading.events, ()) | {first.left: ("a", "b"), first.right: ("c", "d")}
    reading.shards = {key: [] for key in reading.shards}
    apart = {"a": "a", "b": "b", "c": "c", "d": "d"}
    assert reading.one_by_one(lambda shards: apart)["all"].hits == 0
    assert reading.one_by_one(lambda shards: apart | {"d": "b"})["all"].hits == 1
    assert reading.together(lambda shards: apart | {"d": "b"})[1] == []


def test_figures_are_counted_by_hand() -> None:
    score = Score()
    outcomes = [(True, True, True)] * 6 + [(True, True, False)] * 2 + [(True, False, False)] * 4
    outcomes += [(False, True, True)] * 2 + [(False, True, False)] * 3
    for same, found, merged in outcomes:
        score.add(Pair("t", "t-a", "t-b", same, "retold", None if same else "dates"), found, merged)
    assert score.row() == {
        "pairs": 17,
        "found": 13,
        "precision": 0.75,
        "recall": 0.5,
        "f1": 0.6,
        "recall_found": 0.75,
        "f1_found": 0.75,
        "wrong": 2,
        "excluded": 5,
        "excluded_wrong": 2,
    }
    assert len(score.errors) == 8


def test_pairs_are_fused_alone_and_then_together(tmp_path: Path) -> None:
    reading = Reading(_three_sales(tmp_path), Fake())
    seen: list[int] = []

    def all_one(shards: Mapping[str, Sequence[ox.Quad]]) -> dict[str, str]:
        seen.append(len(shards))
        return dict.fromkeys(pairs.apart(shards), "one")

    alone = reading.one_by_one(all_one)
    assert seen == [2, 2]
    assert alone["all"].row()["precision"] == 0.5
    together, across = reading.together(all_one)
    assert seen[-1] == 4
    assert together["other-date"].excluded_wrong == 1
    assert across == ["loan-a sale-a", "loan-a sale-b", "loan-a sale-c"]
    assert reading.together(pairs.apart)[1] == []


def test_the_plain_fusion_merges_what_is_alike(tmp_path: Path) -> None:
    reading = Reading(_three_sales(tmp_path), Fake())
    scores = reading.one_by_one(pairs.alike)
    assert (scores["retold"].hits, scores["other-date"].wrong) == (1, 0)
    assert reading.one_by_one(pairs.apart)["retold"].row()["recall"] == 0.0


def test_what_was_missed_in_the_half_set_aside_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        pairs.main(["--held", "--errors"])
    assert stopped.value.code == 2
    assert "is not printed" in capsys.readouterr().err


class Fake:
    """An extractor that finds a sale of the day of publication where a text says so."""

    def extract(self, document: Document) -> Extraction:
        """One event at the first word of the text."""
        return _extraction(document.identifier, {"sale": (0, 5)}, document)


def _event(document: str, key: str) -> str:
    return hashed_iri("event", document, key)


def _extraction(name: str, triggers: dict[str, tuple[int, int]], document: Document | None = None) -> Extraction:
    document = document or Document(name, "vendu hier, oui.", "a.txt", issued="2020-01-02")
    day = document.issued or ""
    fillers = (Filler("supplier", f"{ACR}state/FRA", "subj"),)
    events = tuple(Event(_event(name, key), "ArmsTransfer", fillers, When(day, day, day)) for key in triggers)
    claims = tuple(
        Claim(
            hashed_iri("claim", name, key),
            _event(name, key),
            Span(0, len(document.text)),
            Span(*place),
            Modality.ACTUAL,
            Polarity.AFFIRMED,
            None,
        )
        for key, place in triggers.items()
    )
    return Extraction(document, (Span(0, len(document.text)),), events=events, claims=claims)


def _material(folder: Path, text: str) -> material.Material:
    report = {"date": "2020-01-02", "publisher": "La Gazette", "text": text}
    return _written(folder, [{"topic": "sale", "reports": {"a": report}, "pairs": []}])


def _three_sales(folder: Path) -> material.Material:
    """Two reports of one sale, one of another day, and one of another topic."""
    days = {"a": "2020-01-02", "b": "2020-01-02", "c": "2020-05-06"}
    reports = {key: {"date": day, "publisher": "La Gazette", "text": "[vendu] hier."} for key, day in days.items()}
    answers = [["a", "b", "same", "retold"], ["a", "c", "different", "other-date", "dates"]]
    other = {"topic": "loan", "reports": {"a": {**reports["c"], "date": "2021-01-01"}}, "pairs": []}
    return _written(folder, [{"topic": "sale", "reports": reports, "pairs": answers}, other])


def _written(folder: Path, entries: list[dict[str, Any]]) -> material.Material:
    (folder / "some.yaml").write_text(json.dumps(entries), encoding="utf-8")
    return material.read(folder)
