"""What a comparison of two events found: what excludes that they are one, or likeness by likeness how likely it is."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Likeness:
    """One thing in which two events are alike or not, and its weight."""

    name: str
    value: str
    weight: float

    def __str__(self) -> str:
        return f"{self.name} {self.value} {self.weight:+.1f}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two events compared."""

    excluded: str | None
    """What makes it impossible that they are one: a likeness, or None."""
    likenesses: tuple[Likeness, ...] = ()

    @property
    def odds(self) -> float:
        """The log-odds that they are one."""
        return -math.inf if self.excluded else in_all(*(each.weight for each in self.likenesses))

    @property
    def score(self) -> float:
        """The chance that they are one, from 0 to 1."""
        return 0.0 if self.excluded else 1 / (1 + math.exp(-self.odds))


def in_all(*weights: float) -> float:
    """The log-odds of these together, in six digits: in whatever order they are added."""
    return round(sum(weights), 6)
