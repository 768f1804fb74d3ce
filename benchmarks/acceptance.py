"""Learns which triggers say their event although a condition of their frame fails, from annotated articles, and says how it fares.

    python -m benchmarks.acceptance [--write] [FOLDER…]

Each FOLDER (by default tests/articles/open and tests/articles/aside) holds texts/ and gold/ in the form of the evaluation. Each trigger
that is refused, has a core role filled, and stands on words that tell no other event is an observation: right if the article's gold has
an event of that class that it would be found for. The table shows, by cross-validation over whole articles, how many triggers are
taken from a probability on, how many of them are right, and how many events they find that no other trigger found. --write learns from
all articles and puts the weights into ontology/lexicon/fr/words/acceptance.yaml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml

from benchmarks.cases import Judge, normal
from benchmarks.fitting import BASE, logistic
from benchmarks.likely import ARTICLES, LEXICON, called, documents, places, save
from kg.extract import Extractor
from kg.extract.events.acceptance import Acceptance, Refused, probability
from kg.extract.events.filling import CORE
from kg.model import Span

WEIGHTS = LEXICON / "words" / "acceptance.yaml"
FOLDERS = (ARTICLES, ARTICLES.with_name("aside"))
FOLDS = 8
LEAST = 0.65
"""Triggers are taken from this probability on; from 0.60 on, precision on the articles set aside was 0.795 in place of 0.815."""
_STEPS = tuple(step / 100 for step in range(30, 86, 5))
_RIDGE = 3.0
_RARE = 8
"""A sign that fewer observations have is not learned."""
_ELSEWHERE = 0.4
"""How much a trigger counts that would be found for an event which the gold has in another sentence."""
_OPTIONAL = 0.7
"""How much one counts that tells an event which the gold leaves open."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A refused trigger while its article is read: its class, fillers, sentence and signs."""

    kind: str
    token: tuple[int, int]
    roles: Mapping[str, frozenset[str]]
    sentence: Span
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Observed:
    """A refused trigger: of which article and token, its signs, the gold events that it tells, and how much it counts."""

    article: str
    token: tuple[int, int]
    signs: Mapping[str, float]
    told: frozenset[int]
    """Their places in the gold."""
    new: frozenset[int]
    """Those that nothing else found, and that are not optional."""
    counts: float

    @property
    def right(self) -> bool:
        """Whether it tells an event of the gold."""
        return bool(self.told)


class Recorder(Acceptance):
    """Records what is refused, and takes nothing."""

    def __init__(self, acceptance: Acceptance) -> None:
        super().__init__(acceptance.weights, acceptance.signs, acceptance.conditions)
        self.seen: list[Seen] = []

    def chance(self, refused: Refused, senses: Mapping[int, int], beside: Mapping[int, str]) -> float:
        """Nothing is likely."""
        filling = refused.filling
        match, reading = filling.match, filling.line.reading
        sentence = match.token.sent
        self.seen.append(
            Seen(
                match.frame.event,
                (filling.line.number, match.token.i),
                {role: frozenset(filling.entities(role)) for role in filling.roles if role in CORE},
                reading.sentence(sentence.start_char, sentence.end_char),
                self.signs.of(filling, refused.failing, senses.get(match.token.i, 1), beside),
            )
        )
        return 0.0


def observe(extractor: Extractor, recorder: Recorder, judge: Judge, folder: Path) -> Iterator[Observed]:
    """Every refused trigger in the articles of a folder."""
    for document in documents(folder):
        gold = yaml.safe_load((folder / "gold" / f"{document.identifier}.yaml").read_text(encoding="utf-8"))
        events = gold["events"] or []
        spans = [places(event, document.text) for event in events]
        recorder.seen.clear()
        extraction = extractor.extract(document)
        labels = judge.labels(extraction)
        found = [
            (e.kind, {r: frozenset(f.entity for f in e.fillers if f.role == r) for r in CORE})
            for e in extraction.events
        ]
        known = {n for n, event in enumerate(events) if any(tells(k, roles, event, labels) for k, roles in found)}
        for seen in recorder.seen:
            told = {n for n, event in enumerate(events) if tells(seen.kind, seen.roles, event, labels)}
            here = {
                n for n in told if any(p.begin < seen.sentence.end and seen.sentence.begin < p.end for p in spans[n])
            }
            new = {n for n in here - known if not events[n].get("optional")}
            counts = 1.0 if new or not told else _ELSEWHERE if not here else _OPTIONAL
            yield Observed(document.identifier, seen.token, seen.signs, frozenset(here or told), frozenset(new), counts)


def tells(
    kind: str, roles: Mapping[str, frozenset[str]], event: Mapping[str, Any], labels: Mapping[str, set[str]]
) -> bool:
    """Whether what has this class and these core fillers counts as found for an event of the gold: a required filler is there,
    and no more than half of its own are wrong."""
    if kind not in (event["type"] if isinstance(event["type"], list) else [event["type"]]):
        return False
    required, allowed = _names(event, "roles"), _names(event, "roles", "optional_roles")
    own = [(role, entity) for role in CORE for entity in roles.get(role, ())]
    right = sum(bool(labels.get(entity, set()) & allowed.get(role, set())) for role, entity in own)
    core = any(labels.get(entity, set()) & required.get(role, set()) for role, entity in own)
    return core and 2 * right >= len(own)


def _names(event: Mapping[str, Any], *parts: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part in parts:
        for role, fillers in (event.get(part) or {}).items():
            names = (n for f in fillers for n in (f if isinstance(f, list) else [f]))
            found.setdefault(role, set()).update(normal(str(name)) for name in names)
    return found


class Judged(Protocol):
    """What is learned from: the signs of a trigger, whether it is right, and how much it counts."""

    @property
    def signs(self) -> Mapping[str, float]: ...
    @property
    def right(self) -> bool: ...
    @property
    def counts(self) -> float: ...


def learn(observed: Sequence[Judged], ridge: float = _RIDGE) -> dict[str, float]:
    """The weight of each sign, drawn to nothing by `ridge`."""
    often = Counter(name for o in observed for name in o.signs)
    signs = [{n: v for n, v in o.signs.items() if n == BASE or often[n] >= _RARE} for o in observed]
    weights = logistic(signs, [o.right for o in observed], ridge=ridge, importance=[o.counts for o in observed])
    return {name: round(weight, 2) for name, weight in weights.items() if abs(weight) >= 0.01}


def judged(observed: Sequence[Observed]) -> list[tuple[float, Observed]]:
    """The likeliest reading of each trigger with its probability, each article judged by weights learned from others."""
    articles = sorted({o.article for o in observed})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    best: dict[tuple[str, tuple[int, int]], tuple[float, Observed]] = {}
    for number in range(FOLDS):
        weights = learn([o for o in observed if fold[o.article] != number])
        for o in observed:
            if fold[o.article] == number:
                chance = probability(weights, o.signs)
                if chance > best.get((o.article, o.token), (0.0, o))[0]:
                    best[o.article, o.token] = chance, o
    return list(best.values())


def table(pairs: Sequence[tuple[float, Observed]]) -> list[str]:
    """From each probability on, how many triggers are taken, how many are right, and how many events they add."""
    lines = ["| from | taken | right | share | new events |", "| --- | --- | --- | --- | --- |"]
    for step in _STEPS:
        taken = [o for chance, o in pairs if chance >= step]
        right = sum(o.right for o in taken)
        new = {(o.article, n) for o in taken for n in o.new}
        lines.append(f"| {step:.2f} | {len(taken)} | {right} | {right / max(1, len(taken)):.2f} | {len(new)} |")
    return lines


def main() -> None:
    """Print the table, and write the weights if asked."""
    args, data, extractor = called(__doc__ or "", FOLDERS)
    recorder = Recorder(extractor.events.choice.acceptance)
    extractor.events.choice.acceptance = recorder
    judge = Judge(data)
    observed = [o for folder in args.folder for o in observe(extractor, recorder, judge, folder)]
    pairs = judged(observed)
    print("\n".join(table(pairs)))
    if args.write:
        write(observed, pairs)


def write(observed: Sequence[Observed], pairs: Iterable[tuple[float, Observed]]) -> None:
    """Put the weights learned from all articles into the lexicon."""
    taken = [o.right for chance, o in pairs if chance >= LEAST]
    content = {
        "least": LEAST,
        "right": round(sum(taken) / len(taken), 2) if taken else 0.0,
        "weights": learn(observed),
    }
    save(WEIGHTS, "benchmarks.acceptance", content, FOLDERS)


if __name__ == "__main__":
    main()
