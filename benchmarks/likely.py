"""Learns which candidate fills a role that the rules leave empty, from annotated articles, and says how it fares on others.

    python -m benchmarks.likely [--write] [FOLDER…]

FOLDER (by default tests/articles/open) holds texts/ and gold/ in the form of the evaluation. Each candidate for a role that a trigger
lacks is an observation: right if the article's gold has an event of that class in that sentence with that filler. The table shows, by
cross-validation over whole articles, how many candidates are taken from a probability on, and the share of them that is right.
--write learns from all articles and puts the weights into ontology/lexicon/fr/words/likely.yaml.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.cases import CASES, Judge, cases, normal
from benchmarks.fitting import BASE, logistic
from kg import reference
from kg.extract import Extractor
from kg.extract.events.candidates import Surroundings
from kg.extract.events.filling import Filling
from kg.extract.events.likely import Likely, group_of
from kg.model import Document, Reference, Span
from kg.read import read_paths
from kg.settings import ROOT

LEXICON = ROOT / "ontology" / "lexicon" / "fr"
WEIGHTS = LEXICON / "words" / "likely.yaml"
ARTICLES = ROOT / "tests" / "articles" / "open"
FOLDS = 5
RIGHT = 0.55
"""Candidates are taken from the probability on at which so many of them are right: an event found gains as much as a false one costs."""
_STEPS = tuple(step / 100 for step in range(30, 96, 5))
_FEW = 20
"""A probability that fewer candidates reach is not trusted: the group is left to the rules."""
_RIDGE = 3.0
_RARE = 8
"""A trait that fewer observations have is not learned."""
_UNTOLD = 0.5
"""How much a candidate counts whose sentence tells no event of the class: golds leave out what is doubtful."""
_UNKNOWN = -1.0
"""The habit of a word that was never met."""
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Observed:
    """A candidate: of which article and group of roles, its traits, whether it is right, and how much it counts."""

    article: str
    group: str
    traits: Mapping[str, float]
    right: bool
    counts: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A role that a trigger lacked, with its candidates: their entities and traits."""

    kind: str
    role: str
    trigger: int
    sentence: Span
    candidates: tuple[tuple[str, Mapping[str, float]], ...]


class Recorder(Likely):
    """Records what is asked, and fills nothing."""

    def __init__(self, likely: Likely) -> None:
        super().__init__(likely.weights, likely.traits, likely.states)
        self.asked: list[Asked] = []
        self.lacking: Counter[tuple[str, str]] = Counter()

    def fills(self, role: str) -> bool:
        """Every role is asked for."""
        return True

    def fill(self, filling: Filling, roles: Iterable[str], scene: Surroundings) -> bool:
        """Nothing is filled."""
        match, reading = filling.match, filling.line.reading
        self.lacking[match.frame.event, match.word] += 1
        sentence = reading.sentence(match.token.sent.start_char, match.token.sent.end_char)
        trigger = reading.span(match.token.idx, match.token.idx + 1).begin
        for role in roles:
            found = tuple((c.referent.entity, traits) for _, c, traits in self.judged(filling, role, scene))
            self.asked.append(Asked(match.frame.event, role, trigger, sentence, found))
        return False


def habits(extractor: Extractor, recorder: Recorder, documents: Iterable[Document]) -> dict[str, dict[str, float]]:
    """For each class, its words with the log-odds of their finding their roles by rule alone; needs no annotation."""
    recorder.lacking.clear()
    found: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for claim in extractor.extract(document).claims:
            kind, _, word = claim.method.removeprefix("rules:").partition("/")
            found[kind, word] += 1
    odds: dict[str, dict[str, float]] = defaultdict(dict)
    for kind, word in sorted({*found, *recorder.lacking}):
        odds[kind][word] = round(math.log((found[kind, word] + 0.5) / (recorder.lacking[kind, word] + 1.5)), 2)
    return dict(odds)


def observe(extractor: Extractor, recorder: Recorder, judge: Judge, folder: Path) -> Iterator[Observed]:
    """Every candidate in the articles of a folder."""
    for document in documents(folder):
        gold = yaml.safe_load((folder / "gold" / f"{document.identifier}.yaml").read_text(encoding="utf-8"))
        events = [(event, places(event, document.text)) for event in gold["events"] or []]
        recorder.asked.clear()
        labels = judge.labels(extractor.extract(document))
        for asked in recorder.asked:
            told = list(_told(asked, events))
            for entity, traits in asked.candidates:
                right = any(_fits(labels.get(entity, set()), event, asked.role) for event in told)
                yield Observed(document.identifier, group_of(asked.role), traits, right, 1.0 if told else _UNTOLD)


def documents(folder: Path) -> Iterator[Document]:
    """The articles of a folder."""
    for read in read_paths([folder / "texts"], limit=_LARGEST):
        if isinstance(read, Document):
            yield read


def places(event: dict[str, Any], text: str) -> list[Span]:
    """Where the words stand by which a gold's event is to be found."""
    found = []
    for fragment in re.split(r"…|\.\.\.", event.get("text") or ""):
        if words := re.findall(r"\w+", fragment):
            match = re.search(r"\W+".join(map(re.escape, words)), text, re.IGNORECASE)
            found += [Span(*match.span())] if match else []
    return found


def _told(asked: Asked, events: Iterable[tuple[dict[str, Any], list[Span]]]) -> list[dict[str, Any]]:
    """The gold's events of the trigger's class in its sentence; those whose words hold the trigger, if there are any."""
    sentence, trigger = asked.sentence, asked.trigger
    beside, within = [], []
    for event, places in events:
        kinds = event["type"] if isinstance(event["type"], list) else [event["type"]]
        if asked.kind in kinds and any(p.begin < sentence.end and sentence.begin < p.end for p in places):
            beside.append(event)
            if any(p.begin <= trigger < p.end for p in places):
                within.append(event)
    return within or beside


def _fits(labels: set[str], event: dict[str, Any], role: str) -> bool:
    """Whether an entity with these names is one of the event's fillers, required or allowed, of a role."""
    parts = (event.get("roles") or {}, event.get("optional_roles") or {})
    names = [n for part in parts for f in part.get(role) or () for n in (f if isinstance(f, list) else [f])]
    return bool(labels & {normal(str(name)) for name in names})


def learn(observed: Sequence[Observed]) -> dict[str, dict[str, float]]:
    """The weights of each group of roles."""
    groups = {}
    for group in sorted({o.group for o in observed}):
        own = [o for o in observed if o.group == group]
        often = Counter(name for o in own for name in o.traits)
        traits = [{n: v for n, v in o.traits.items() if n == BASE or often[n] >= _RARE} for o in own]
        weights = logistic(traits, [o.right for o in own], ridge=_RIDGE, importance=[o.counts for o in own])
        groups[group] = {name: round(weight, 2) for name, weight in weights.items() if abs(weight) >= 0.01}
    return groups


def probability(weights: Mapping[str, float], traits: Mapping[str, float]) -> float:
    """How likely a candidate with these traits is to be right."""
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in traits.items())))


def judged(observed: Sequence[Observed]) -> dict[str, list[tuple[float, bool]]]:
    """For each group the probability and truth of its candidates, each article judged by weights learned from others."""
    articles = sorted({o.article for o in observed})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    pairs: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for number in range(FOLDS):
        groups = learn([o for o in observed if fold[o.article] != number])
        for o in observed:
            if fold[o.article] == number:
                pairs[o.group].append((probability(groups.get(o.group, {}), o.traits), o.right))
    return dict(sorted(pairs.items()))


def least(pairs: Sequence[tuple[float, bool]]) -> float:
    """The lowest probability from which on enough of the candidates are right; 1 where only few would be taken."""
    for step in _STEPS:
        taken = [right for share, right in pairs if share >= step]
        if len(taken) < _FEW:
            break
        if sum(taken) >= RIGHT * len(taken):
            return step
    return 1.0


def table(pairs: Mapping[str, Sequence[tuple[float, bool]]]) -> list[str]:
    """For each group from where on candidates are taken, how many, and how many of them are right."""
    lines = ["| roles | candidates | right | least | taken | of them right |", "| --- | --- | --- | --- | --- | --- |"]
    for group, own in pairs.items():
        taken = [right for share, right in own if share >= least(own)]
        right = sum(r for _, r in own)
        lines.append(f"| {group} | {len(own)} | {right} | {least(own):.2f} | {len(taken)} | {sum(taken)} |")
    return lines


def called(about: str, folders: Sequence[Path] = (ARTICLES,)) -> tuple[argparse.Namespace, Reference, Extractor]:
    """What a program that learns is called with (`folder`, `write`), the reference data, and an extractor on them."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="*", default=list(folders), help="folder of annotated articles")
    parser.add_argument("--write", action="store_true", help="put the weights into the lexicon")
    args = parser.parse_args()
    data = reference.load(ROOT / "seeds" / "reference")
    return args, data, Extractor(data, LEXICON)


def save(path: Path, program: str, content: Mapping[str, Any], folders: Sequence[Path] = (ARTICLES,)) -> None:
    """Put learned weights into the lexicon, under a line that says which program learned them from what."""
    sources = " and ".join(folder.relative_to(ROOT).as_posix() for folder in folders)
    head = f"# Learned by `python -m {program} --write` from {sources}.\n"
    path.write_text(head + yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=True), encoding="utf-8")


def main() -> None:
    """Print the table, and write the weights if asked."""
    args, data, extractor = called(__doc__ or "")
    choice = extractor.events.choice
    recorder = Recorder(choice.likely)
    choice.likely = recorder
    choice.acceptance.weights = choice.acceptance.weights.model_copy(update={"least": 1.0})
    articles = [document for folder in args.folder for document in documents(folder)]
    usual = habits(extractor, recorder, [*articles, *_sentences()])
    recorder.weights = recorder.weights.model_copy(update={"habits": usual, "habit": _UNKNOWN})
    judge = Judge(data)
    observed = [o for folder in args.folder for o in observe(extractor, recorder, judge, folder)]
    pairs = judged(observed)
    print("\n".join(table(pairs)))
    if args.write:
        from_on = {group: least(own) for group, own in pairs.items() if least(own) < 1}
        taken = [right for group, start in from_on.items() for share, right in pairs[group] if share >= start]
        right = round(sum(taken) / len(taken), 2) if taken else 0.0
        content = {
            "least": from_on,
            "right": right,
            "habit": _UNKNOWN,
            "habits": usual,
            "groups": learn([o for o in observed if o.group in from_on]),
        }
        save(WEIGHTS, "benchmarks.likely", content)


def _sentences() -> Iterator[Document]:
    """The sentences of the cases that were developed on."""
    for number, (name, case) in enumerate(cases(CASES, [])):
        yield Document(f"case-{number}", case["text"], name, issued=str(case["issued"]) if case.get("issued") else None)


if __name__ == "__main__":
    main()
