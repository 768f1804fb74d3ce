"""Learns which events whose frame holds are told at all, from annotated articles, and says how it fares.

    python -m benchmarks.standing [--write] [FOLDER…]

Each FOLDER (by default tests/articles/open and tests/articles/aside) holds texts/ and gold/ in the form of the evaluation. Each event
found is an observation: right if it is paired with an event of the article's gold that it would count as found for. The table
shows, by cross-validation over whole articles, how many events are kept from a probability on, how many of them are right, and
the share of all right ones that they are. --write learns from all articles and puts the weights into
ontology/lexicon/fr/words/standing.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import yaml

from benchmarks.acceptance import FOLDS, learn, tells
from benchmarks.cases import Judge
from benchmarks.likely import ARTICLES, LEXICON, called, documents, save
from kg.extract import Extractor
from kg.extract.events.acceptance import probability
from kg.extract.events.filling import CORE
from kg.extract.events.nesting import Found
from kg.extract.events.standing import Standing, together
from kg.model import Event, Extraction

WEIGHTS = LEXICON / "words" / "standing.yaml"
FOLDERS = (ARTICLES, ARTICLES.with_name("aside"))
LEAST = 0.55
"""Events are kept from this probability on. Most of the articles that are learned from are those the rules were developed on, where
more is right than elsewhere: on articles set aside, as many right as wrong events have this probability."""
_RIDGE = 10.0
_STEPS = tuple(step / 100 for step in range(0, 76, 5))


@dataclass(frozen=True, slots=True)
class Observed:
    """An event found: of which article, the signs of each of its tellings, whether it is right, and how much it counts."""

    article: str
    tellings: tuple[Mapping[str, float], ...]
    right: bool
    counts: float = 1.0

    @property
    def signs(self) -> Mapping[str, float]:
        """Those of its first telling, which are learned from."""
        return self.tellings[0]


class Recorder(Standing):
    """Records the signs of what is judged, and lets all of it stand.

    Those of one class alone are left out: with them, the events of other articles were told no better (AUC 0.75, 0.75)."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(standing.weights, standing.signs)
        self.seen: dict[tuple[str, int], Mapping[str, float]] = {}

    def chance(self, found: Found, signs: Mapping[str, float]) -> float:
        """All is told."""
        token, reading = found.token, found.filling.line.reading
        kind = found.filling.match.frame.event
        general = {name: value for name, value in signs.items() if not name.startswith(f"{kind} ")}
        self.seen[kind, reading.span(token.idx, token.idx + len(token)).begin] = general
        return 1.0


def observe(extractor: Extractor, recorder: Recorder, judge: Judge, folder: Path) -> Iterator[Observed]:
    """Every event found in the articles of a folder that a trigger tells."""
    for document in documents(folder):
        gold = yaml.safe_load((folder / "gold" / f"{document.identifier}.yaml").read_text(encoding="utf-8"))
        recorder.seen.clear()
        extraction = extractor.extract(document)
        right = paired(extraction, gold["events"] or [], judge.labels(extraction))
        for event in extraction.events:
            places = sorted({claim.trigger.begin for claim in extraction.claims if claim.event == event.iri})
            tellings = tuple(recorder.seen[key] for p in places if (key := (event.kind, p)) in recorder.seen)
            if tellings:
                yield Observed(document.identifier, tellings, event.iri in right)


def paired(extraction: Extraction, events: Sequence[Mapping[str, Any]], labels: Mapping[str, set[str]]) -> set[str]:
    """The found events, by IRI, that tell an event of the gold, each another: those with the most right fillers first."""
    found = {event.iri: _roles(event) for event in extraction.events}
    kinds = {event.iri: event.kind for event in extraction.events}
    pairs = [
        (sum(map(len, roles.values())), iri, number)
        for iri, roles in found.items()
        for number, event in enumerate(events)
        if tells(kinds[iri], roles, event, labels)
    ]
    right: set[str] = set()
    told: set[int] = set()
    for _, iri, number in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if iri not in right and number not in told:
            right.add(iri)
            told.add(number)
    return right


def _roles(event: Event) -> dict[str, frozenset[str]]:
    return {role: frozenset(f.entity for f in event.fillers if f.role == role) for role in CORE}


def judged(observed: Sequence[Observed]) -> list[tuple[float, bool]]:
    """The probability and truth of each event, each article judged by weights learned from others."""
    fold = {article: number % FOLDS for number, article in enumerate(sorted({o.article for o in observed}))}
    pairs = []
    for number in range(FOLDS):
        weights = learn([o for o in observed if fold[o.article] != number], _RIDGE)
        for o in observed:
            if fold[o.article] == number:
                chances = [probability(weights, signs) for signs in o.tellings]
                pairs.append((reduce(together, chances), o.right))
    return pairs


def table(pairs: Sequence[tuple[float, bool]]) -> list[str]:
    """From each probability on, how many events are kept, how many are right, their share, and the share of all right ones."""
    every = sum(right for _, right in pairs)
    lines = ["| from | kept | right | share | of all right |", "| --- | --- | --- | --- | --- |"]
    for step in _STEPS:
        kept = [right for chance, right in pairs if chance >= step]
        right = sum(kept)
        lines.append(
            f"| {step:.2f} | {len(kept)} | {right} | {right / max(1, len(kept)):.3f} | {right / max(1, every):.3f} |"
        )
    return lines


def main() -> None:
    """Print the table, and write the weights if asked."""
    args, data, extractor = called(__doc__ or "", FOLDERS)
    choice = extractor.events.choice
    choice.standing = recorder = Recorder(choice.standing)
    judge = Judge(data)
    observed = [o for folder in args.folder for o in observe(extractor, recorder, judge, folder)]
    pairs = judged(observed)
    print("\n".join(table(pairs)))
    if args.write:
        kept = [right for chance, right in pairs if chance >= LEAST]
        content = {"least": LEAST, "right": round(sum(kept) / max(1, len(kept)), 2), "weights": learn(observed, _RIDGE)}
        save(WEIGHTS, "benchmarks.standing", content, FOLDERS)


if __name__ == "__main__":
    main()
