"""What is known of names: ontology/identity/names.yaml, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import OntologyError
from kg.ids import fold

FILE = Path("identity", "names.yaml")
"""Below the folder of the ontology."""
WEIGHTS = frozenset(
    [
        *("same_words", "same_sound", "near_sound", "left_out", "reordered"),
        *("same_state", "same_office", "other_office", "surname_here", "surname", "far"),
        *(
            "designation",
            "near_designation",
            "within",
            "acronym",
            "short_acronym",
            "same_document",
            "same_kind",
            "other_kind",
        ),
    ]
)


class _File(BaseModel):
    """The file as it is written."""

    model_config = ConfigDict(extra="forbid")

    sounds: list[tuple[str, str]]
    later: list[tuple[str, str]]
    feminine: list[str]
    particles: list[str]
    offices: dict[str, list[str]]
    types: dict[str, str]
    kinds: list[str]
    synonyms: dict[str, str]
    numerals: dict[str, str]
    empty: list[str]
    treaties: dict[str, list[str]]
    general: list[str]
    thresholds: dict[str, float]
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of names; words are folded."""

    sounds: tuple[tuple[re.Pattern[str], str], ...]
    later: tuple[tuple[re.Pattern[str], str], ...]
    feminine: tuple[str, ...]
    particles: frozenset[str]
    offices: Mapping[str, frozenset[str]]
    """A word to the kinds of office that it may say."""
    types: Mapping[str, str]
    """A type of office of the reference data to its kind."""
    kinds: frozenset[str]
    synonyms: Mapping[str, str]
    numerals: Mapping[str, str]
    empty: frozenset[str]
    treaties: Mapping[str, str]
    """The first word of a treaty's name to its group."""
    general: frozenset[str]
    merge: float
    suggest: float
    weights: Mapping[str, float]


@cache
def load(ontology: Path) -> Knowledge:
    """The knowledge in an ontology's folder; raises OntologyError where the file is wrong."""
    path = ontology / FILE
    try:
        read = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        sounds, later = _compiled(read.sounds), _compiled(read.later)
    except (OSError, yaml.YAMLError, ValidationError, re.error) as error:
        raise OntologyError(f"{path}: {error}", "Write it as docs/identity.md says.") from error
    if read.weights.keys() != WEIGHTS or read.thresholds.keys() != {"merge", "suggest"}:
        odd = sorted(read.weights.keys() ^ WEIGHTS) or sorted(read.thresholds)
        raise OntologyError(f"{path}: {', '.join(odd)} is lacking or unknown.", "Name each weight and threshold once.")
    return Knowledge(
        sounds=sounds,
        later=later,
        feminine=tuple(read.feminine),
        particles=_folded(read.particles),
        offices=_offices(read.offices),
        types=read.types,
        kinds=_folded(read.kinds),
        synonyms=read.synonyms,
        numerals=read.numerals,
        empty=_folded(read.empty),
        treaties={fold(word): group for group, words in read.treaties.items() for word in words},
        general=_folded(read.general),
        merge=read.thresholds["merge"],
        suggest=read.thresholds["suggest"],
        weights=read.weights,
    )


def _compiled(rules: list[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _offices(groups: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    words = {fold(word) for listed in groups.values() for word in listed}
    return {word: frozenset(kind for kind, listed in groups.items() if word in map(fold, listed)) for word in words}
