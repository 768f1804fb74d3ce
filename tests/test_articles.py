"""The articles with gold of tests/articles: their form, so that a score over them means something."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.cases import normal
from kg.extract.lexicon.frames import ROLES
from kg.model import Modality, Polarity

ARTICLES = Path(__file__).parent / "articles"
GOLDS = sorted(ARTICLES.glob("*/gold/*.yaml"))
CLASSES = {path.stem for path in (Path(__file__).parents[1] / "ontology" / "lexicon" / "fr").glob("*.yaml")}


@pytest.fixture(scope="module", params=GOLDS, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {**yaml.safe_load(request.param.read_text(encoding="utf-8")), "path": request.param}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_every_article_has_a_gold_and_no_gold_is_alone() -> None:
    for part in ("open", "held", "aside"):
        texts = {path.stem for path in (ARTICLES / part / "texts").glob("*.txt")}
        assert texts == {path.stem for path in (ARTICLES / part / "gold").glob("*.yaml")}
        assert len(texts) >= 30


def test_no_article_is_both_open_and_set_aside() -> None:
    texts = {part: {p.read_bytes() for p in (ARTICLES / part / "texts").glob("*.txt")} for part in ("open", "held")}
    assert texts["open"] & texts["held"] == set()


def test_a_gold_speaks_the_vocabulary(gold: dict[str, Any]) -> None:
    assert gold["document"] == gold["path"].stem
    for event in gold["events"] or []:
        assert set(listed(event["type"])) <= CLASSES
        assert {*(event.get("roles") or {}), *(event.get("optional_roles") or {})} <= ROLES
        for claim in event.get("claims") or []:
            assert set(listed(claim["modality"])) <= {m.value for m in Modality}
            assert set(listed(claim["polarity"])) <= {p.value for p in Polarity}


def test_the_words_of_each_event_stand_in_the_text(gold: dict[str, Any]) -> None:
    path: Path = gold["path"]
    text = normal((path.parents[1] / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8"))
    for event in gold["events"] or []:
        parts = [normal(part) for part in re.split(r"…|\.\.\.|\[.*?\]", event.get("text") or "")]
        assert not [part for part in parts if part and part not in text]
