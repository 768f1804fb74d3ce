"""The pairs of tests/pairs: short reports, the words in them that say an event, and whether two of these are one.

tests/pairs/README.md gives the form of the files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from kg.model import Document, Extraction, Span
from kg.settings import ROOT

PAIRS = ROOT / "tests" / "pairs"
_MARK = re.compile(r"\[(.+?)\]")


@dataclass(frozen=True, slots=True)
class Report:
    """A short report with the words that say its event, each stretch of them."""

    document: Document
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports of a topic, by identifier, with the right answer on their events."""

    topic: str
    left: str
    right: str
    same: bool
    kind: str
    excluded: str | None
    """What excludes that they are one: "dates" or "parties"; None where nothing certain does."""


@dataclass(frozen=True, slots=True)
class Material:
    """The reports and pairs of one half."""

    reports: Mapping[str, Report]
    pairs: tuple[Pair, ...]
    topics: Mapping[str, str]
    """The topic of each report."""
    near: frozenset[frozenset[str]]
    """Topics of which one speaks of an event of the other, so that merges between them are not judged."""


def read(folder: Path) -> Material:
    """The material of a folder of YAML files, whose form tests/pairs/README.md gives."""
    reports: dict[str, Report] = {}
    pairs: list[Pair] = []
    topics: dict[str, str] = {}
    near: set[frozenset[str]] = set()
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            topic = entry["topic"]
            near |= {frozenset((topic, other)) for other in entry.get("near", ())}
            for key, told in entry["reports"].items():
                reports[f"{topic}-{key}"] = _report(f"{topic}-{key}", told)
                topics[f"{topic}-{key}"] = topic
            for left, right, answer, kind, *excluded in entry["pairs"]:
                reason = excluded[0] if excluded else None
                pairs.append(Pair(topic, f"{topic}-{left}", f"{topic}-{right}", answer == "same", kind, reason))
    return Material(reports, tuple(pairs), topics, frozenset(near))


def _report(identifier: str, told: Mapping[str, Any]) -> Report:
    """A report as a document; the brackets around the words that say its event are taken out."""
    parts = _MARK.split(told["text"])
    if len(parts) == 1:
        raise ValueError(f"{identifier}: no words stand in brackets")
    begins = list(accumulate(map(len, parts), initial=0))
    words = tuple(Span(begins[number], begins[number + 1]) for number in range(1, len(parts), 2))
    issued = str(told["date"]) if "date" in told else None
    document = Document(
        identifier,
        "".join(parts),
        f"{identifier}.txt",
        publisher=told["publisher"],
        issued=issued,
        dated_by="metadata" if issued else None,
        author=told.get("agency"),
    )
    return Report(document, words)


def events_at(extraction: Extraction, words: Sequence[Span]) -> tuple[str, ...]:
    """The events that these words say, by those of the claims whose triggers lie in them: the one that covers most comes first.

    One deed may be read as two events, such as the signature of a contract and the sale.
    """
    shared = {claim: sum(_common(claim.trigger, stretch) for stretch in words) for claim in extraction.claims}
    told = [claim for claim, length in shared.items() if length > 0]
    told.sort(key=lambda claim: (-shared[claim], claim.trigger, claim.event))
    return tuple(dict.fromkeys(claim.event for claim in told))


def _common(one: Span, other: Span) -> int:
    """How many characters two stretches share."""
    return max(0, min(one.end, other.end) - max(one.begin, other.begin))
