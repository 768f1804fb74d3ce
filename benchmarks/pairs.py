"""How well events of different reports are told to be one or two: the pairs of tests/pairs, developed on and set aside apart.

    python -m benchmarks.pairs [--held] [--errors] [--json] [KIND…]

Each pair is read by the real extractor and fused as a corpus of its own; then all reports stand in one graph, so that merges across
topics show as well. A pair of which an event was not found counts as not merged in the figures over all, and is left out of those
"where both were found". What was missed in the half set aside is never printed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, combinations
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox
import yaml

from kg import mapping, reference
from kg.extract import Extractor
from kg.fusion import Fuser
from kg.ids import document_iri
from kg.model import Document, Extraction, Span
from kg.namespaces import AC, RDF
from kg.settings import ROOT

PAIRS = ROOT / "tests" / "pairs"
_MARK = re.compile(r"\[(.+?)\]")

Fuse = Callable[[Mapping[str, Sequence[ox.Quad]]], Mapping[str, str]]
"""From the given quads of documents, by identifier, to the cluster of each event: any key that its members share."""


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


@dataclass(slots=True)
class Score:
    """Counts over pairs."""

    pairs: int = 0
    found: int = 0
    hits: int = 0
    misses: int = 0
    missed_found: int = 0
    """Those among the misses whose events were both found."""
    wrong: int = 0
    excluded: int = 0
    excluded_wrong: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, pair: Pair, found: bool, merged: bool) -> None:
        """Count a pair: whether both its events were found, and whether they were merged."""
        self.pairs += 1
        self.found += found
        self.excluded += pair.excluded is not None
        if pair.same:
            self.hits += merged
            self.misses += not merged
            self.missed_found += found and not merged
        elif merged:
            self.wrong += 1
            self.excluded_wrong += pair.excluded is not None
        if pair.same != merged:
            what = "merged wrongly" if merged else "not merged" if found else "not found"
            self.errors.append(f"{pair.kind}: {pair.left} {pair.right.rsplit('-', 1)[-1]} {what}")

    def row(self) -> dict[str, float]:
        """The figures: precision, recall and F1 over all pairs, recall and F1 where both events were found."""
        return {
            "pairs": self.pairs,
            "found": self.found,
            "precision": _share(self.hits, self.hits + self.wrong),
            "recall": _share(self.hits, self.hits + self.misses),
            "f1": _f1(self.hits, self.wrong, self.misses),
            "recall_found": _share(self.hits, self.hits + self.missed_found),
            "f1_found": _f1(self.hits, self.wrong, self.missed_found),
            "wrong": self.wrong,
            "excluded": self.excluded,
            "excluded_wrong": self.excluded_wrong,
        }


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


def event_at(extraction: Extraction, words: Sequence[Span]) -> str | None:
    """The event that these words say: that of the claim whose trigger covers most of them; None where none does."""
    shared = {claim: sum(_common(claim.trigger, stretch) for stretch in words) for claim in extraction.claims}
    told = [claim for claim, length in shared.items() if length > 0]
    best = min(told, key=lambda claim: (-shared[claim], claim.trigger, claim.event), default=None)
    return None if best is None else best.event


def _common(one: Span, other: Span) -> int:
    """How many characters two stretches share."""
    return max(0, min(one.end, other.end) - max(one.begin, other.begin))


def apart(shards: Mapping[str, Sequence[ox.Quad]]) -> dict[str, str]:
    """A fusion that merges nothing."""
    return {event: event for quads in shards.values() for event in _events(quads)}


def alike(shards: Mapping[str, Sequence[ox.Quad]]) -> dict[str, str]:
    """The plain fusion to compare with: one class, a shared entity in any role, times that may meet."""
    events = {event: facts for quads in shards.values() for event, facts in _events(quads).items()}
    cluster = {event: event for event in sorted(events)}
    for left, right in combinations(sorted(events), 2):
        if _are_alike(events[left], events[right]) and cluster[left] != cluster[right]:
            former, now = cluster[right], cluster[left]
            cluster |= {event: now for event, held in cluster.items() if held == former}
    return cluster


BASELINES: dict[str, Fuse] = {"apart": apart, "alike": alike}


def ours(store: ox.Store, ontology: Path) -> Fuse:
    """The project's own fusion, by the reference graph of a store."""
    fuser = Fuser(store, ontology)
    return lambda shards: fuser.names({document_iri(name): quads for name, quads in shards.items()})


def _events(quads: Iterable[ox.Quad]) -> dict[str, dict[str, set[str]]]:
    """The values of each event that a claim is about, by property."""
    facts: dict[str, dict[str, set[str]]] = {}
    for quad in quads:
        facts.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, set()).add(quad.object.value)
    about = {event for each in facts.values() for event in each.get(AC + "about", ())}
    return {event: facts[event] for event in about}


def _are_alike(left: Mapping[str, set[str]], right: Mapping[str, set[str]]) -> bool:
    if left[RDF + "type"] != right[RDF + "type"]:
        return False
    values = [{v for name, of in event.items() if name != RDF + "type" for v in of} for event in (left, right)]
    if not any(value.startswith("http") for value in values[0] & values[1]):
        return False
    (begin, end), (other_begin, other_end) = _bounds(left), _bounds(right)
    return begin <= other_end and other_begin <= end


def _bounds(event: Mapping[str, set[str]]) -> tuple[str, str]:
    return min(event.get(AC + "earliest", {"0000"})), max(event.get(AC + "latest", {"9999"}))


class Extracts(Protocol):
    """What the measure needs of an extractor."""

    def extract(self, document: Document) -> Extraction:
        """All that one document gives."""
        ...


class Reading:
    """What the extractor finds in the reports of one half, read once."""

    def __init__(self, material: Material, extractor: Extracts) -> None:
        self.material = material
        self.shards: dict[str, list[ox.Quad]] = {}
        self.events: dict[str, str | None] = {}
        for identifier, report in material.reports.items():
            extraction = extractor.extract(report.document)
            self.shards[identifier] = list(mapping.quads(extraction))
            self.events[identifier] = event_at(extraction, report.words)

    def one_by_one(self, fuse: Fuse, kinds: Sequence[str] = ()) -> dict[str, Score]:
        """The scores by kind, and over all under "all", each pair fused as a corpus of its own."""
        scores: dict[str, Score] = {}
        for pair in self._pairs(kinds):
            clusters = fuse({identifier: self.shards[identifier] for identifier in (pair.left, pair.right)})
            self._count(pair, clusters, scores)
        return scores

    def together(self, fuse: Fuse, kinds: Sequence[str] = ()) -> tuple[dict[str, Score], list[str]]:
        """The same with all reports in one graph; and the merges across topics, which are all wrong."""
        scores: dict[str, Score] = {}
        clusters = fuse(self.shards)
        for pair in self._pairs(kinds):
            self._count(pair, clusters, scores)
        return scores, self._across(clusters)

    def _pairs(self, kinds: Sequence[str]) -> list[Pair]:
        return [pair for pair in self.material.pairs if not kinds or pair.kind in kinds]

    def _count(self, pair: Pair, clusters: Mapping[str, str], scores: dict[str, Score]) -> None:
        left, right = self.events[pair.left], self.events[pair.right]
        found = left is not None and right is not None
        merged = left is not None and right is not None and clusters[left] == clusters[right]
        for kind in (pair.kind, "all"):
            scores.setdefault(kind, Score()).add(pair, found, merged)

    def _across(self, clusters: Mapping[str, str]) -> list[str]:
        """The pairs of reports of different topics whose events share a cluster."""
        topics, near = self.material.topics, self.material.near
        wrong = []
        for left, right in combinations(sorted(self.events), 2):
            one, other = self.events[left], self.events[right]
            if one is None or other is None or clusters[one] != clusters[other]:
                continue
            if topics[left] != topics[right] and frozenset((topics[left], topics[right])) not in near:
                wrong.append(f"{left} {right}")
        return wrong


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0


def _f1(hits: int, wrong: int, missed: int) -> float:
    """F1 from counts; 1 where there was nothing to merge and nothing was."""
    return _share(2 * hits, 2 * hits + wrong + missed)


COLUMNS = (
    "pairs",
    "found",
    "precision",
    "recall",
    "f1",
    "recall_found",
    "f1_found",
    "wrong",
    "excluded",
    "excluded_wrong",
)


def _print(title: str, scores: Mapping[str, Score]) -> None:
    print(f"{title:24}" + "".join(f"{column:>15}" for column in COLUMNS))
    for kind, score in sorted(scores.items(), key=lambda item: (item[0] == "all", item[0])):
        row = score.row()
        print(f"{kind:24}" + "".join(f"{row[column]:>15}" for column in COLUMNS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures by kind, and the misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", help="kinds of pairs, such as relay; all without")
    parser.add_argument("--held", action="store_true", help="the pairs set aside instead of those developed on")
    parser.add_argument("--baseline", choices=BASELINES, help="a plain fusion to measure instead of ours")
    parser.add_argument("--errors", action="store_true", help="print each miss and each wrong merge")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args(arguments)
    if args.held and args.errors:
        parser.error("what was missed in the half set aside is not printed")
    known = reference.load(ROOT / "seeds" / "reference")
    extractor = Extractor(known, ROOT / "ontology" / "lexicon" / "fr")
    reading = Reading(read(PAIRS / ("held" if args.held else "open")), extractor)
    store = ox.Store()
    store.bulk_extend(reference.quads(ROOT / "seeds" / "reference"))
    fuse = BASELINES[args.baseline] if args.baseline else ours(store, ROOT / "ontology")
    alone = reading.one_by_one(fuse, args.kinds)
    together, across = reading.together(fuse, args.kinds)
    if args.json:
        figures = {
            "one_by_one": {kind: score.row() for kind, score in alone.items()},
            "together": {kind: score.row() for kind, score in together.items()},
            "across_topics": len(across),
        }
        json.dump(figures, sys.stdout, indent=1)
        return 0
    if args.errors:
        print(*alone["all"].errors, sep="\n")
        print(*(f"across: {pair}" for pair in across), sep="\n")
    _print("each pair alone", alone)
    _print("all in one graph", together)
    print(f"wrong merges across topics: {len(across)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
