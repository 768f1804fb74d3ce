"""Who says so, how sure and when: the sentences of tests/data/says.yaml, each of a family of constructions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.extract import Extractor
from kg.model import Document

CASES = yaml.safe_load((Path(__file__).parent / "data" / "says.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_sentence_is_told_as_it_tells(extractor: Extractor, case: dict[str, Any]) -> None:
    read = extractor.extract(Document("says", case["text"], "says.txt", issued=case.get("issued")))
    events = {event.iri: event for event in read.events if event.kind == case["event"]}
    told = [
        [claim.modality.value, claim.polarity.value, claim.claimant.rsplit("/", 1)[-1] if claim.claimant else None]
        for claim in read.claims
        if claim.event in events
    ]
    assert case["told"] in told
    if "time" in case:
        assert case["time"] in {event.when.edtf if event.when else None for event in events.values()}
