"""How sure a role and a claim are, from how they were found, by shares measured on sentences set aside.

The figures stand in the lexicon's words/confidence.yaml; `python -m benchmarks.calibration` measures them, and docs/confidence.md
tells how they fare.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from kg.model import Modality, Polarity

_UNSURE = ("likely", "inferred", "window", "coreference", "inner", "ellipsis", "group", "proposer")
"""Steps that decide how sure a whole way is, the least sure first."""
_MOST = 2
"""Counting more fillers of a kind than this says nothing more."""


class Figures(BaseModel):
    """What was measured."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ways: Mapping[str, float]
    """For each kind of way, the share of fillers found by it that are right."""
    claims: Mapping[str, float]
    """The weight of each trait of a claim in the log-odds that all of it is right; "base" is that of every claim."""


class Confidence:
    """Gives roles and claims their confidence: the share right, between 0 and 1, of those found in the same way."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def of_filler(self, rule: str, name: float) -> float:
        """For the rule that found it and the confidence of its name."""
        return self._figures.ways[kind_of(rule)] * name

    def of_claim(
        self, rules: Iterable[str], modality: Modality, polarity: Polarity, spoken: bool, line: float
    ) -> float:
        """For the rules of the core roles' fillers, what is said, whether someone is named as saying it, and how far its
        line is to be trusted (0 to 1)."""
        found = traits(rules, modality, polarity, spoken)
        odds = sum(self._figures.claims.get(name, 0.0) * count for name, count in found.items())
        return line / (1 + math.exp(-odds))


@lru_cache(maxsize=4_096)
def kind_of(rule: str) -> str:
    """The kind of way that a rule is: "direct" beside the trigger, "path" over other words, or the least sure of its steps."""
    steps = [step.partition(":")[0] for step in rule.split("/")]
    for unsure in _UNSURE:
        if unsure in steps:
            return unsure
    return "direct" if len(steps) == 1 else "path"


def traits(rules: Iterable[str], modality: Modality, polarity: Polarity, spoken: bool) -> Mapping[str, int]:
    """What bears on whether all of a claim is right, counted."""
    found = Counter(kind_of(rule) for rule in rules)
    counts = {name: min(count, _MOST) for name, count in sorted(found.items())}
    counts["base"] = 1
    for name, holds in (
        ("alone", sum(found.values()) == 1),
        ("planned", modality is Modality.PLANNED),
        ("possible", modality is Modality.POSSIBLE),
        ("negated", polarity is Polarity.NEGATED),
        ("spoken", spoken),
    ):
        if holds:
            counts[name] = 1
    return counts
