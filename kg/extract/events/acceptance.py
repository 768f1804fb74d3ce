"""Triggers whose frame lacks a condition, and that say their event all the same: "a signé avec X un contrat" has no treaty.

A logistic model turns the signs of a trigger (`signs.py`) into the probability that the text tells its event with the roles that
are filled. The weights stand in the lexicon's words/acceptance.yaml; `python -m benchmarks.acceptance` learns them from annotated
articles and says how they fare, each article judged by what the others taught.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.extract.clauses.presentation import SPEECH
from kg.extract.events.conditions import Conditions
from kg.extract.events.filling import CORE, Filling
from kg.extract.events.nesting import Found
from kg.extract.events.signs import Signs
from kg.extract.lexicon.likely import TriggerWeights

_BARRING = frozenset({"says", "qualifies", "unfit", "without", "disowned"})
"""Conditions that fail where the word means something else; then nothing speaks for it."""
_UNTOLD = "told"
"""The one that fails where nobody is named: without a day or a year, what is told is general."""
_OTHER = "unfit"
"""The one of them that bars a word for all triggers of its event: a decree that is signed is no treaty, whichever of them asks."""


class Refused(NamedTuple):
    """A trigger of which conditions fail, with the events inside it."""

    filling: Filling
    inner: list[Filling]
    failing: tuple[str, ...] = ()


class Acceptance:
    """Takes refused triggers that are likely enough to say their event."""

    def __init__(self, weights: TriggerWeights, signs: Signs, conditions: Conditions) -> None:
        self.weights = weights
        self.signs = signs
        self.conditions = conditions

    def of(self, refused: Sequence[Refused], found: Mapping[int, Found], senses: Mapping[int, int]) -> dict[int, Found]:
        """By their tokens the events to be added: of each word the likeliest, where no event holds on any of its words."""
        taken = {i for each in found.values() for i in each.filling.match.words}
        taken |= {f.match.token.i for each in found.values() for f in each.inner}
        beside = {i: each.filling.match.frame.event for i, each in found.items()}
        likeliest: dict[int, tuple[float, Refused]] = {}
        for each in self._open(refused, taken):
            chance = self.chance(each, senses, beside)
            token = each.filling.match.token.i
            if _is_told(each.filling, found):
                continue
            if chance >= self.weights.least and chance > likeliest.get(token, (0.0, each))[0]:
                likeliest[token] = chance, each
        return {
            i: Found(each.filling, each.inner, chance, each.failing) for i, (chance, each) in _apart(likeliest).items()
        }

    def _open(self, refused: Iterable[Refused], taken: set[int]) -> Iterator[Refused]:
        """Those on free words with a role filled without which nothing is told, and whose words may mean the event."""
        free = (each for each in refused if not taken & set(each.filling.match.words))
        failed = [(each, tuple(self.conditions.failing(each.filling))) for each in free]
        other = {_sense(each) for each, failing in failed if _OTHER in failing}
        for each, failing in failed:
            if any(role in CORE for role in each.filling.roles):
                if each.filling.match.trigger.sure or _sense(each) in other:
                    continue
                if not _BARRING & set(failing) and not _is_bare_speech(each.filling, failing):
                    yield each._replace(failing=failing)

    def chance(self, refused: Refused, senses: Mapping[int, int], beside: Mapping[int, str]) -> float:
        """The probability that a trigger says its event with the roles that are filled."""
        filling = refused.filling
        signs = self.signs.of(filling, refused.failing, senses.get(filling.match.token.i, 1), beside)
        if _UNTOLD in refused.failing and "dated" not in signs:
            return 0.0
        return probability(self.weights.weights, signs)


def probability(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """How likely it is with these signs."""
    return 1 / (1 + math.exp(-sum([weights[name] * value for name, value in signs.items() if name in weights])))


def _sense(refused: Refused) -> tuple[int, str]:
    """The word of a refused trigger, and what it would say there."""
    return refused.filling.match.token.i, refused.filling.match.frame.event


def _is_told(filling: Filling, found: Mapping[int, Found]) -> bool:
    """Whether an event of its class that holds by itself tells all of it: "des inspecteurs de X se rendent à Y"."""
    mine = filling.used()
    same = (f.filling for f in found.values() if f.filling.match.frame.event == filling.match.frame.event)
    return any(mine <= other.used() for other in same)


def _is_bare_speech(filling: Filling, failing: Iterable[str]) -> bool:
    """Whether its word is an act of speech only by what is spoken of, which is not there: to speak of a ceiling accuses nobody."""
    match = filling.match
    if "objects" not in failing or match.frame.event not in SPEECH:
        return False
    alone = (t for t in match.frame.triggers if not t.objects)
    return not any(match.word in (*t.verbs, *t.nouns, *t.adjectives) for t in alone)


def _apart(likeliest: Mapping[int, tuple[float, Refused]]) -> dict[int, tuple[float, Refused]]:
    """Those of which no word belongs to a likelier one's."""
    kept: dict[int, tuple[float, Refused]] = {}
    used: set[int] = set()
    for token, (chance, each) in sorted(likeliest.items(), key=lambda item: (-item[1][0], item[0])):
        words: Iterable[int] = each.filling.match.words
        if not used & set(words):
            kept[token] = chance, each
            used |= set(words)
    return kept
