"""How well pairs of names are told to mean one thing or two: the pairs of tests/names/pairs.yaml.

python -m benchmarks.names [--errors] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg import reference
from kg.identity import broader_of
from kg.identity.comparing import Comparer, Comparison
from kg.identity.entities import Entity
from kg.identity.knowledge import Knowledge, load
from kg.identity.profiles import Profile
from kg.ids import entity_iri
from kg.namespaces import ACR
from kg.settings import ROOT

PAIRS = ROOT / "tests" / "names" / "pairs.yaml"
CLASSES = {"person": "Person", "weapon": "WeaponSystem", "treaty": "Treaty", "organization": "Organization"}


@dataclass(frozen=True, slots=True)
class Case:
    """Two names with the right answer."""

    one: Entity
    other: Entity
    same: bool


def cases(path: Path = PAIRS) -> Iterator[Case]:
    """The cases of the file, whose form its head gives."""
    for kind, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for one, other, *said, answer in rows:
            first, second = (said * 2)[:2] if said else ({}, {})
            yield Case(_entity(kind, one, first, 0), _entity(kind, other, second, 1), answer == "same")


def _entity(kind: str, name: str, said: dict[str, Any], number: int) -> Entity:
    """An entity of this name, as one document of its own tells of it."""
    profile = Profile(
        f"{ACR}{kind}/{number}",
        kind,
        frozenset({CLASSES[kind]}),
        (name,),
        f"{ACR}document/{number}",
        "2024-01-01",
        frozenset(f"{ACR}state/{code}" for code in said.get("states", ())),
        frozenset(said.get("offices", ())),
        categories=frozenset({entity_iri("WeaponCategory", said["category"])} if "category" in said else ()),
    )
    return Entity.of([profile])


def figures(told: Sequence[tuple[Case, Comparison]], knowledge: Knowledge) -> dict[str, float]:
    """Precision, recall and F1 of what is merged; the share of the rest of the same that is suggested; different ones excluded."""
    counts = Counter[str]()
    for case, comparison in told:
        merged = comparison.score >= knowledge.merge
        counts["same" if case.same else "different"] += 1
        counts["hit" if merged and case.same else "wrong" if merged else "apart"] += 1
        counts["suggested"] += case.same and knowledge.suggest <= comparison.score < knowledge.merge
    hits, wrong, same = counts["hit"], counts["wrong"], counts["same"]
    return {
        "pairs": len(told),
        "same": same,
        "precision": round(hits / (hits + wrong), 3) if hits + wrong else 1.0,
        "recall": round(hits / same, 3) if same else 1.0,
        "f1": round(2 * hits / (2 * hits + wrong + same - hits), 3) if same else 1.0,
        "wrong": wrong,
        "suggested": counts["suggested"],
    }


def compared() -> tuple[list[tuple[Case, Comparison]], Knowledge]:
    """Each case with the comparison of its names."""
    knowledge = load(ROOT / "ontology")
    comparer = Comparer(knowledge, broader_of(reference.quads(ROOT / "seeds" / "reference")))
    return [(case, comparer.compare(case.one, case.other)) for case in cases()], knowledge


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures by kind, and the errors if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print each miss and each wrong merge")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args(arguments)
    told, knowledge = compared()
    rows = {kind: figures([pair for pair in told if pair[0].one.kind == kind], knowledge) for kind in CLASSES}
    rows["all"] = figures(told, knowledge)
    if args.json:
        json.dump(rows, sys.stdout, indent=1)
        return 0
    if args.errors:
        for case, comparison in told:
            if (comparison.score >= knowledge.merge) != case.same:
                ways = ", ".join(each.name for each in comparison.likenesses) or comparison.excluded
                print(
                    f"{'wrong' if not case.same else 'missed'}: {case.one.names[0]} | {case.other.names[0]} {comparison.score} {ways}"
                )
    columns = list(rows["all"])
    print(f"{'':14}" + "".join(f"{column:>11}" for column in columns))
    for kind, row in rows.items():
        print(f"{kind:14}" + "".join(f"{row[column]:>11}" for column in columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
