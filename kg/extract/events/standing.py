"""Events whose frame holds and that are likelier misread than told: "pour que X livre …" read as a delivery.

A logistic model turns the signs of a trigger (`signs.py`) into the probability that its text tells its event with the roles that
are filled. Each telling of one event adds to it; an event for which they do not reach the lexicon's least is left out. The weights stand
in the lexicon's words/standing.yaml; `python -m benchmarks.standing` learns them from annotated articles and says how they fare, each
article judged by what the others taught.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.events.acceptance import probability
from kg.extract.events.nesting import Found
from kg.extract.events.signs import Signs
from kg.extract.lexicon.likely import TriggerWeights

_WHOLE = 100
"""What has fewer words is no whole article, as those that were learned from: a few lines hold little but their news."""


class Standing:
    """Judges the triggers that hold."""

    def __init__(self, weights: TriggerWeights, signs: Signs) -> None:
        self.weights = weights
        self.signs = signs

    def judge(self, found: Sequence[Found], senses: Mapping[int, int]) -> None:
        """Say of each event of a sentence how likely it is told; `senses` gives how many classes each word may say."""
        kinds = {each.token.i: each.filling.match.frame.event for each in found}
        for each in found:
            beside = {i: kind for i, kind in kinds.items() if i != each.token.i}
            signs = self.signs.of(each.filling, each.failing, senses.get(each.token.i, 1), beside)
            each.stands = self.chance(each, signs)

    def chance(self, found: Found, signs: Mapping[str, float]) -> float:
        """The probability that a trigger with these signs tells its event."""
        return probability(self.weights.weights, signs)

    def holds(self, chance: float, words: int) -> bool:
        """Whether an event that a document of so many words tells with this probability is kept."""
        return words < _WHOLE or chance >= self.weights.least


def together(one: float, other: float) -> float:
    """The probability that one of two tellings is right, each of which is so by itself."""
    return 1 - (1 - one) * (1 - other)
