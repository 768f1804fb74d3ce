"""How well one deed is read in every turn of phrase: python -m benchmarks.turns [--each N] [--misses] [--json]

Each verb of benchmarks/turns.yaml is put into each of its turns, N times (2) with other names, chosen by a fixed seed: some
3,400 sentences of which the answer is known. An event counts as read where its class is right and each role has exactly what the
sentence says. Printed are the shares of each turn and of each verb, the worst first; `--misses` adds the sentences that were
missed, with what was read in them. This shows which turns and which verbs the parse or the rules lose, whatever the words; how
often the press has them, it does not show.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kg import reference
from kg.extract import Extractor
from kg.model import Document, Extraction
from kg.settings import ROOT

DATA = Path(__file__).with_name("turns.yaml")
_SEED = 1
_VOWELS = "aeiouyàâéèêëîïôûh"
_OF = (("le ", "du "), ("les ", "des "))
_TO = (("le ", "au "), ("les ", "aux "))
_DEFINITE = (("des ", "les "), ("une ", "la "), ("un ", "le "), ("douze ", "les douze "))


class Turn(NamedTuple):
    """A sentence with what is to be read in it: for each role the end of an identifier, None for any."""

    turn: str
    verb: str
    event: str
    text: str
    roles: dict[str, str | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; always 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.turns", description=__doc__)
    parser.add_argument("--each", type=int, default=2, help="how often each verb is put into each turn")
    parser.add_argument("--misses", action="store_true", help="print the sentences that were missed")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    options = parser.parse_args(arguments)
    extractor = Extractor(reference.load(ROOT / "seeds" / "reference"), ROOT / "ontology" / "lexicon" / "fr")
    turns = list(sentences(options.each))
    documents = [Document(str(i), turn.text, "turns", issued="2024-05-10") for i, turn in enumerate(turns)]
    found = [(turn, read, is_read(turn, read)) for turn, read in zip(turns, extractor.pipe(documents), strict=True)]
    shares = {
        name: _shares((getattr(turn, name) if name == "turn" else f"{turn.event} {turn.verb}", right) for turn, _, right in found)
        for name in ("turn", "verb")
    }  # fmt: skip
    whole = sum(right for *_, right in found) / len(found)
    if options.json:
        print(json.dumps({"sentences": len(found), "share": round(whole, 3), **shares}, ensure_ascii=False))
        return 0
    for group in shares.values():
        for name, share in sorted(group.items(), key=lambda item: item[1]):
            print(f"{share:.2f}  {name}")
        print()
    for turn, extraction, right in found:
        if options.misses and not right:
            print(f"{turn.turn}: {turn.text}\n    {_told(extraction)}")
    print(f"{whole:.3f} of {len(found):,} sentences")
    return 0


def _shares(outcomes: Iterator[tuple[str, bool]]) -> dict[str, float]:
    counted: dict[str, list[bool]] = defaultdict(list)
    for name, right in outcomes:
        counted[name].append(right)
    return {name: round(sum(rights) / len(rights), 3) for name, rights in counted.items()}


def sentences(each: int) -> Iterator[Turn]:
    """Each deed's verbs in each turn, with names chosen by a fixed seed; who does something is never its object as well."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    chosen = random.Random(_SEED)
    for deed in data["deeds"]:
        for verb in deed["verbs"]:
            for _ in range(each):
                thing, other = chosen.choice(deed["objects"]), chosen.choice(deed.get("others") or [None])
                taken = {thing[1], other and other[1]}
                subject = chosen.choice([s for s in data["subjects"] if s[1] not in taken])
                fields = _fields(subject, thing, other, _forms(verb, data["irregular"]), verb)
                ends = [subject[1], thing[1], *([other[1]] if other else [])]
                roles = dict(zip(deed["roles"], ends, strict=True))
                named = {**data["turns"], **(data["plural"] if thing[3] == "p" else {})}
                for name, form in named.items():
                    yield Turn(name, verb, deed["event"], form.format(**fields), roles)


def _forms(verb: str, irregular: dict[str, list[str]]) -> list[str]:
    """Present, participle, future, imperfect and present participle, in the third person singular."""
    stem = verb[:-2]
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("cer"):
        soft = stem[:-1] + "ç"
        return [stem + "e", stem + "é", verb + "a", soft + "ait", soft + "ant"]
    return [stem + "e", stem + "é", verb + "a", stem + "ait", stem + "ant"]


def _fields(subject: Any, thing: Any, other: Any, forms: list[str], verb: str) -> dict[str, str]:
    """What stands for the braces of a turn."""
    present, participle, future, imperfect, gerund = forms
    name, many = subject[0], thing[3] == "p"
    agreed = participle + ("e" if thing[2] == "f" else "") + ("s" if many and not participle.endswith("s") else "")
    definite = _article(thing[0], _DEFINITE)
    return {
        "S": name, "CS": _capital(name), "O": thing[0], "D": definite, "CD": _capital(definite),
        "X": f" {other[0]}" if other else "",
        "pp": participle, "pres": present, "fut": future, "imp": imperfect, "inf": verb, "ppres": gerund,
        "agr": agreed, "Cagr": _capital(agreed),
        "qS": _elided("que", name), "qpres": _elided("que", present), "qimp": _elided("que", imperfect),
        "deS": _prefixed("de", name, _OF), "toS": _prefixed("à", name, _TO), "deinf": _elided("de", verb),
        "he": "elle" if subject[2] == "f" else "il",
        "is": "sont" if many else "est", "has": "ont été" if many else "a été", "worry": "inquiètent" if many else "menace",
    }  # fmt: skip


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _elided(word: str, text: str) -> str:
    return f"{word[:-1]}'{text}" if text[0].lower() in _VOWELS else f"{word} {text}"


def _article(text: str, changes: Sequence[tuple[str, str]]) -> str:
    """A phrase with another article, elided before a vowel."""
    for old, new in changes:
        if text.startswith(old):
            rest = text.removeprefix(old)
            return f"l'{rest}" if new in ("le ", "la ") and rest[0] in _VOWELS else new + rest
    return text


def _prefixed(word: str, text: str, contracted: Sequence[tuple[str, str]]) -> str:
    """A phrase behind "de" or "à", contracted with its article."""
    joined = _article(text, contracted)
    if joined != text:
        return joined
    return _elided(word, text) if word == "de" else f"{word} {text}"


def is_read(turn: Turn, extraction: Extraction) -> bool:
    """Whether an event of the turn's class has each of its roles, and no other filler of them."""
    for event in extraction.events:
        told = defaultdict(set)
        for filler in event.fillers:
            told[filler.role].add(filler.entity.rsplit("/", 1)[-1])
        if event.kind == turn.event and all(_is_filled(told[role], end) for role, end in turn.roles.items()):
            return True
    return False


def _is_filled(told: set[str], wanted: str | None) -> bool:
    return bool(told) if wanted is None else told == {wanted}


def _told(extraction: Extraction) -> list[tuple[str, list[str]]]:
    """The events of an extraction, for a reader."""
    return [(e.kind, sorted(f"{f.role}: {f.entity.rsplit('/', 1)[-1]}" for f in e.fillers)) for e in extraction.events]


if __name__ == "__main__":
    sys.exit(main())
