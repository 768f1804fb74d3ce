"""What was learned of how likely a name is to fill a role, and a trigger to say its event: the lexicon's words/likely.yaml and
words/acceptance.yaml and words/standing.yaml, as benchmarks/likely.py, benchmarks/acceptance.py and benchmarks/standing.py write them."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class Weights(BaseModel):
    """Weights of a logistic model."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: Mapping[str, float]
    """For each group of roles that is filled so, from which probability on a candidate is taken."""
    right: float
    """The share right of those taken, each article judged by weights learned from others."""
    habit: float
    """How often a word finds its roles, in log-odds, where nothing is known of it."""
    habits: Mapping[str, Mapping[str, float]]
    """For each class of events, how often its words found their roles without being helped, in log-odds."""
    groups: Mapping[str, Mapping[str, float]]
    """For each of these groups, how much each trait speaks for a candidate."""


class TriggerWeights(BaseModel):
    """The logistic model of triggers: of those of which a condition fails, or of those that hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: float
    """From which probability on a trigger is taken."""
    right: float
    """The share right of those taken, each article judged by weights learned from others."""
    weights: Mapping[str, float]
    """How much each sign speaks for a trigger."""
