"""How well confidence says what is right, measured on the sentences set aside (tests/cases/fr/held).

    python -m benchmarks.calibration [--write] [--json]

Fits the figures of ontology/lexicon/fr/words/confidence.yaml and judges them on sentences that they were not fitted to: in turn on
each fifth of the sentences with figures of the other four. --write puts the figures of all sentences into that file and the table
into docs/confidence.md.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from benchmarks.cases import CASES, Judge, cases
from benchmarks.fitting import logistic
from kg import reference
from kg.extract import Extractor
from kg.extract.events.filling import CORE
from kg.extract.events.likely import LIKELY
from kg.extract.lexicon import load
from kg.extract.lexicon.confidence import Confidence, Figures, kind_of, traits
from kg.model import Claim, Document, Event
from kg.settings import ROOT

LEXICON = ROOT / "ontology" / "lexicon" / "fr"
FIGURES = LEXICON / "words" / "confidence.yaml"
PAGE = ROOT / "docs" / "confidence.md"
FOLDS = 5
BINS = 5
_PRIOR = 4.0
"""So many fillers of average quality are added to each kind of way: few observations say little."""
_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Observed:
    """A filler or a claim that was found: the case it is of, how it was found, and whether it is right."""

    case: int
    event: Event
    claim: Claim | None
    rule: str
    right: bool


def observe(extractor: Extractor, judge: Judge, held: bool = True) -> tuple[list[Observed], list[Observed]]:
    """The fillers and the claims found in the sentences set aside, or in those developed on."""
    fillers: list[Observed] = []
    claims: list[Observed] = []
    for number, (name, case) in enumerate(cases(CASES / "held" if held else CASES, [])):
        issued = str(case["issued"]) if case.get("issued") else None
        extraction = extractor.extract(Document(f"case-{number}", case["text"], name, issued=issued))
        labels = judge.labels(extraction)
        wanted = judge.paired(case, extraction)
        for event in extraction.events:
            meant = wanted.get(event.iri)
            for filler in event.fillers:
                right = meant is not None and judge.is_meant(filler, meant, labels)
                fillers.append(Observed(number, event, None, filler.rule, right))
            whole = meant is not None and judge.is_complete(meant, event, labels)
            for claim in (c for c in extraction.claims if c.event == event.iri):
                right = whole and meant is not None and judge.is_said(meant, claim, labels)
                claims.append(Observed(number, event, claim, "", right))
    return fillers, claims


def fit(fillers: Iterable[Observed], claims: Sequence[Observed]) -> Figures:
    """The figures that these observations give."""
    return Figures(ways=_ways(list(fillers)), claims=_weights(claims))


def _ways(fillers: Sequence[Observed]) -> dict[str, float]:
    """The share right of each kind of way, drawn to the mean where there are few; of the likeliest as it was learned."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for observed in fillers:
        by_kind[kind_of(observed.rule)].append(observed.right)
    mean = sum(o.right for o in fillers) / len(fillers)
    kinds = sorted({*by_kind, *kinds_of_ways()})
    shares = {k: round((sum(by_kind[k]) + _PRIOR * mean) / (len(by_kind[k]) + _PRIOR), 2) for k in kinds}
    return shares | {LIKELY: load(LEXICON).likely.right}


def kinds_of_ways() -> tuple[str, ...]:
    """The kinds that the figures in use know."""
    return tuple(yaml.safe_load(FIGURES.read_text(encoding="utf-8"))["ways"])


def _weights(claims: Sequence[Observed]) -> dict[str, float]:
    """What each trait weighs in that all of it is right."""
    found = [_traits(observed) for observed in claims]
    weights = logistic(found, [observed.right for observed in claims], ridge=_RIDGE)
    return {name: round(weight, 2) for name, weight in weights.items()}


def _traits(observed: Observed) -> dict[str, int]:
    claim = observed.claim
    assert claim is not None
    rules = [f.rule for f in observed.event.fillers if f.role in CORE]
    return dict(traits(rules, claim.modality, claim.polarity, claim.claimant is not None))


def judged(fillers: Sequence[Observed], claims: Sequence[Observed]) -> dict[str, list[tuple[float, bool]]]:
    """Confidence and truth of each filler and claim, by figures of the other folds."""
    pairs: dict[str, list[tuple[float, bool]]] = {"roles": [], "claims": []}
    for fold in range(FOLDS):
        figures = fit(_but(fillers, fold), _but(claims, fold))
        confidence = Confidence(figures)
        for observed in _of(fillers, fold):
            pairs["roles"].append((confidence.of_filler(observed.rule, 1.0), observed.right))
        for observed in _of(claims, fold):
            odds = sum(figures.claims.get(name, 0.0) * count for name, count in _traits(observed).items())
            pairs["claims"].append((1 / (1 + math.exp(-odds)), observed.right))
    return pairs


def _but(observed: Iterable[Observed], fold: int) -> list[Observed]:
    return [o for o in observed if o.case % FOLDS != fold]


def _of(observed: Iterable[Observed], fold: int) -> list[Observed]:
    return [o for o in observed if o.case % FOLDS == fold]


def table(pairs: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """The reliability table: for each fifth of the scale how many, their mean confidence and the share right."""
    rows = []
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [(c, r) for c, r in pairs if low <= c < high or (c == high == 1.0)]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            share = sum(r for _, r in inside) / len(inside)
            rows.append({"from": low, "to": high, "found": len(inside), "confidence": mean, "right": share})
    return rows


def gap(rows: Sequence[dict[str, float]]) -> float:
    """The expected calibration error: how far confidence is from the share right, over all that was found."""
    found = sum(row["found"] for row in rows)
    return sum(row["found"] * abs(row["confidence"] - row["right"]) for row in rows) / found


def main() -> None:
    """Print the tables, and write them if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the figures and the table into their files")
    parser.add_argument("--json", action="store_true", help="print the tables as JSON")
    args = parser.parse_args()
    data = reference.load(ROOT / "seeds" / "reference")
    fillers, claims = observe(Extractor(data, LEXICON), Judge(data))
    tables = {name: table(pairs) for name, pairs in judged(fillers, claims).items()}
    if args.write:
        _write(fit(fillers, claims), tables)
    if args.json:
        json.dump(tables, sys.stdout, indent=1)
    else:
        print("\n\n".join("\n".join(_rows(name, rows)) for name, rows in tables.items()))


def _rows(name: str, rows: Sequence[dict[str, float]]) -> list[str]:
    """A table in Markdown under its title, with its expected calibration error."""
    found = sum(int(row["found"]) for row in rows)
    lines = [f"{name.capitalize()}: {found} found, {gap(rows):.3f} from the share right on average.", ""]
    lines += ["| confidence | found | mean confidence | share right |", "| --- | --- | --- | --- |"]
    for row in rows:
        lines.append(
            f"| {row['from']:.1f}–{row['to']:.1f} | {row['found']:.0f} | {row['confidence']:.2f} | {row['right']:.2f} |"
        )
    return lines


def _write(figures: Figures, tables: dict[str, Any]) -> None:
    head = "# Measured by `python -m benchmarks.calibration --write` on tests/cases/fr/held; docs/confidence.md tells how they fare.\n"
    content = {"ways": dict(figures.ways), "claims": dict(figures.claims)}
    FIGURES.write_text(head + yaml.safe_dump(content, allow_unicode=True, sort_keys=True), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    start, end = "<!-- tables -->", "<!-- end of tables -->"
    before, _, rest = page.partition(start)
    body = "\n\n".join("\n".join(_rows(name, rows)) for name, rows in tables.items())
    PAGE.write_text(f"{before}{start}\n\n{body}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
