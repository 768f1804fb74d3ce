"""How well events of different reports are told to be one or two: the pairs of tests/pairs, developed on and set aside apart.

    python -m benchmarks.pairs [--held] [--errors] [--json] [KIND…]

Each pair is read by the real extractor and fused as a corpus of its own; then all reports stand in one graph, so that merges across
topics show as well. Where the extractor reads the deed of a report as two events, such as a signature and a sale, a pair is merged
if any of them is one with any of the other report's: enough for two that are the same, too much for two that are not. A pair of which
an event was not found counts as not merged in the figures over all, and is left out of those "where both were found". What was missed
in the half set aside is never printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from benchmarks.material import PAIRS, Material, Pair, events_at, read
from kg import mapping, reference
from kg.extract import Extractor
from kg.fusion import Fuser
from kg.identity import Decider, Profiles, Renaming, broader_of, load
from kg.ids import document_iri
from kg.model import Document, Extraction
from kg.namespaces import AC, RDF, SKOS
from kg.settings import ROOT
from kg.triples import facts_of

Fuse = Callable[[Mapping[str, Sequence[ox.Quad]]], Mapping[str, str]]
"""From the given quads of documents, by identifier, to the cluster of each event: any key that its members share."""


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


class Ours:
    """The project's own fusion: entities that are one get one IRI, then events."""

    def __init__(self, store: ox.Store, ontology: Path) -> None:
        """`store` holds the reference graph."""
        knowledge = load(ontology)
        broader = broader_of(store.quads_for_pattern(None, ox.NamedNode(SKOS + "broader"), None))
        self._profiles = Profiles(knowledge)
        self._decider = Decider(knowledge, self._profiles.of_reference(store), broader)
        self._fuser = Fuser(store, ontology)

    def __call__(self, shards: Mapping[str, Sequence[ox.Quad]]) -> Mapping[str, str]:
        """The IRI by which each event is known."""
        given = {document_iri(identifier): quads for identifier, quads in shards.items()}
        told = [
            each for document, quads in given.items() for each in self._profiles.of_document(document, facts_of(quads))
        ]
        merges = self._decider.decide(told)
        named = {document: Renaming.of(merges, document).apply(quads) for document, quads in given.items()}
        return self._fuser.names(named)


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
        self.events: dict[str, tuple[str, ...]] = {}
        for identifier, report in material.reports.items():
            extraction = extractor.extract(report.document)
            self.shards[identifier] = list(mapping.quads(extraction))
            self.events[identifier] = events_at(extraction, report.words)

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
        found = bool(left and right)
        merged = _share_one(left, right, clusters)
        for kind in (pair.kind, "all"):
            scores.setdefault(kind, Score()).add(pair, found, merged)

    def _across(self, clusters: Mapping[str, str]) -> list[str]:
        """The pairs of reports of different topics whose events share a cluster."""
        topics, near = self.material.topics, self.material.near
        wrong = []
        for left, right in combinations(sorted(self.events), 2):
            if not _share_one(self.events[left], self.events[right], clusters):
                continue
            if topics[left] != topics[right] and frozenset((topics[left], topics[right])) not in near:
                wrong.append(f"{left} {right}")
        return wrong


def _share_one(left: Sequence[str], right: Sequence[str], clusters: Mapping[str, str]) -> bool:
    """Whether an event of the one is one with an event of the other."""
    return not {clusters[event] for event in left}.isdisjoint(clusters[event] for event in right)


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
    fuse = BASELINES[args.baseline] if args.baseline else Ours(store, ROOT / "ontology")
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
