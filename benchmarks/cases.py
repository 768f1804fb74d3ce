"""How well sentences are read: the cases of tests/cases/fr, developed on and set aside, reported apart.

    python -m benchmarks.cases [--held] [--errors] [--json] [CLASS…]

A claim counts as an event with its roles if one found event has its class and exactly its fillers; as whole if modality,
polarity and claimant are right too. What is found beyond the case's claims counts against precision.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg import reference
from kg.extract import Extractor
from kg.model import Claim, Document, Event, Extraction, Filler, Reference
from kg.settings import ROOT

CASES = ROOT / "tests" / "cases" / "fr"
_ARTICLE = re.compile(r"^(l['’]|les? |la |d['’]|des? |du |un |une |the )", re.IGNORECASE)


@dataclass(slots=True)
class Score:
    """Counts over cases."""

    wanted: int = 0
    detected: int = 0
    roles: int = 0
    whole: int = 0
    found: int = 0
    right: int = 0
    times: int = 0
    timed: int = 0
    errors: list[str] = field(default_factory=list)

    def row(self) -> dict[str, float]:
        """The shares: detected, with all roles, whole, precision of detection, times."""
        return {
            "claims": self.wanted,
            "detected": _share(self.detected, self.wanted),
            "roles": _share(self.roles, self.wanted),
            "whole": _share(self.whole, self.wanted),
            "precision": _share(self.right, self.found),
            "times": _share(self.timed, self.times),
        }


class Judge:
    """Compares what was found in a sentence with what its case wants."""

    def __init__(self, data: Reference) -> None:
        self._labels: dict[str, set[str]] = {iri: {normal(e.label)} for iri, e in data.entities.items()}
        for name in data.names:
            self._labels[name.entity].add(normal(name.text))

    def judge(self, case: dict[str, Any], extraction: Extraction, score: Score) -> None:
        """Add one case to a score."""
        labels = self.labels(extraction)
        pairs = self.paired(case, extraction)
        events = {event.iri: event for event in extraction.events}
        score.found += len(events)
        score.right += len(pairs)
        told = [id(wanted) for wanted in pairs.values()]
        for wanted in case.get("claims") or []:
            if not wanted.get("optional"):
                score.wanted += 1
                if id(wanted) not in told:
                    score.errors.append(f"missed {wanted['event']} {wanted.get('roles')} « {case['text']} »")
        for iri, wanted in pairs.items():
            if not wanted.get("optional"):
                self._grade(wanted, events[iri], extraction, labels, case, score)
        for iri, event in events.items():
            if iri not in pairs:
                score.errors.append(f"extra {event.kind} {_told(event)} « {case['text']} »")

    def labels(self, extraction: Extraction) -> dict[str, set[str]]:
        """The names of each entity, those of the text included."""
        return self._labels | {e.iri: {normal(n) for n in (e.label, *e.names)} for e in extraction.entities}

    def paired(self, case: dict[str, Any], extraction: Extraction) -> dict[str, dict[str, Any]]:
        """The found events, by IRI, with what the case wants of each; those that it does not want are left out."""
        labels = self.labels(extraction)
        left = list(extraction.events)
        pairs = {}
        for wanted in sorted(case.get("claims") or [], key=lambda c: bool(c.get("optional"))):
            event = next((e for e in self._candidates(wanted, left, labels)), None)
            if event is not None:
                left.remove(event)
                pairs[event.iri] = wanted
        return pairs

    def _candidates(self, wanted: dict[str, Any], events: list[Event], labels: dict[str, set[str]]) -> list[Event]:
        kinds = wanted["event"] if isinstance(wanted["event"], list) else [wanted["event"]]
        fitting = [e for e in events if e.kind in kinds]
        return sorted(fitting, key=lambda e: (-self._shared(wanted, e, labels), e.iri))

    def _shared(self, wanted: dict[str, Any], event: Event, labels: dict[str, set[str]]) -> int:
        return sum(
            self._is_filled(names, role, event, labels)
            for role, fillers in (wanted.get("roles") or {}).items()
            for names in fillers
        )

    def _is_filled(self, names: str, role: str, event: Event, labels: dict[str, set[str]]) -> bool:
        options = {normal(n) for n in str(names).split("|")}
        return any(f.role == role and labels.get(f.entity, set()) & options for f in event.fillers)

    def is_meant(self, filler: Filler, wanted: dict[str, Any], labels: dict[str, set[str]]) -> bool:
        """Whether a filler is one that the case wants, or allows, in its role."""
        parts = (wanted.get("roles") or {}, wanted.get("optional_roles") or {})
        names = {normal(n) for part in parts for f in part.get(filler.role, ()) for n in str(f).split("|")}
        return bool(labels.get(filler.entity, set()) & names)

    def is_complete(self, wanted: dict[str, Any], event: Event, labels: dict[str, set[str]]) -> bool:
        """Whether an event has all the fillers that the case wants, and none that it does not allow."""
        roles = wanted.get("roles") or {}
        parts = (roles, wanted.get("optional_roles") or {})
        allowed = {normal(n) for part in parts for fs in part.values() for f in fs for n in str(f).split("|")}
        complete = all(self._is_filled(names, role, event, labels) for role, fs in roles.items() for names in fs)
        return complete and not any(
            f.role not in ("topic", "gathering", "place") and not labels.get(f.entity, set()) & allowed
            for f in event.fillers
        )

    def _grade(
        self,
        wanted: dict[str, Any],
        event: Event,
        extraction: Extraction,
        labels: dict[str, set[str]],
        case: dict[str, Any],
        score: Score,
    ) -> None:
        score.detected += 1
        complete = self.is_complete(wanted, event, labels)
        if complete:
            score.roles += 1
        else:
            roles = wanted.get("roles") or {}
            score.errors.append(f"roles {event.kind}: wants {roles}, has {_told(event)} « {case['text']} »")
        said = [c for c in extraction.claims if c.event == event.iri]
        fine = any(self.is_said(wanted, c, labels) for c in said)
        score.whole += complete and fine
        if not fine:
            told = [(c.modality.value, c.polarity.value, (c.claimant or "").rsplit("/", 1)[-1]) for c in said]
            aims = [wanted.get(key) for key in ("modality", "polarity", "claimant")]
            score.errors.append(f"claim {event.kind}: wants {aims}, has {told} « {case['text']} »")
        if wanted.get("time"):
            score.times += 1
            if event.when and event.when.edtf == str(wanted["time"]):
                score.timed += 1
            else:
                score.errors.append(
                    f"time {event.kind}: wants {wanted['time']}, has {event.when and event.when.edtf} « {case['text']} »"
                )

    def is_said(self, wanted: dict[str, Any], claim: Claim, labels: dict[str, set[str]]) -> bool:
        """Whether a claim has the modality, polarity and claimant that the case wants."""
        names = [n for value in _list(wanted.get("claimant")) for n in (str(value).split("|") if value else [None])]
        claimant = (
            None in names
            if claim.claimant is None
            else bool(labels.get(claim.claimant, set()) & {normal(n) for n in names if n})
        )
        return (
            claim.modality.value in _list(wanted.get("modality", "Actual"))
            and claim.polarity.value in _list(wanted.get("polarity", "Affirmed"))
            and claimant
        )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def normal(name: str) -> str:
    """A name without case, accents, leading article or punctuation."""
    name = _ARTICLE.sub("", name.replace("’", "'").strip())
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", plain.casefold()).strip()


def _told(event: Event) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for filler in event.fillers:
        roles.setdefault(filler.role, []).append(filler.entity.rsplit("/", 1)[-1])
    return roles


def cases(folder: Path, classes: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cases of a folder with the name of their file."""
    for path in sorted(folder.glob("*.yaml")):
        if not classes or path.stem in classes:
            for case in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
                yield path.stem, case


def measure(extractor: Extractor, data: Reference, folder: Path, classes: list[str]) -> dict[str, Score]:
    """The scores by file, and over all under "all"."""
    judge = Judge(data)
    scores: dict[str, Score] = {}
    for number, (name, case) in enumerate(cases(folder, classes)):
        issued = str(case["issued"]) if case.get("issued") else None
        extraction = extractor.extract(Document(f"case-{number}", case["text"], name, issued=issued))
        for key in (name, "all"):
            judge.judge(case, extraction, scores.setdefault(key, Score()))
    return scores


def main() -> None:
    """Print the shares by class, and the errors if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("classes", nargs="*", help="files to read, such as ArmsTransfer; all without")
    parser.add_argument("--held", action="store_true", help="the cases set aside instead of those developed on")
    parser.add_argument("--errors", action="store_true", help="print each miss and each wrong find")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    folder = CASES / "held" if args.held else CASES
    data = reference.load(ROOT / "seeds" / "reference")
    scores = measure(Extractor(data, ROOT / "ontology" / "lexicon" / "fr"), data, folder, args.classes)
    if args.errors:
        for name, score in scores.items():
            if name != "all":
                print(*(f"{name}: {e}" for e in score.errors), sep="\n")
    rows = {name: score.row() for name, score in sorted(scores.items())}
    if args.json:
        json.dump(rows, sys.stdout, indent=1)
        return
    columns = ["claims", "detected", "roles", "whole", "precision", "times"]
    print(f"{'':20}" + "".join(f"{c:>10}" for c in columns))
    for name, row in rows.items():
        print(f"{name:20}" + "".join(f"{row[c]:>10}" for c in columns))
    kinds = Counter(e.split(" ", 1)[0] for e in scores["all"].errors) if "all" in scores else Counter()
    print("errors:", dict(kinds))


if __name__ == "__main__":
    main()
