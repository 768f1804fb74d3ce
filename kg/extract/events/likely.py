"""Roles that an event cannot do without and that neither the parse nor order fills: the likeliest of the sentence's candidates.

A logistic model turns the traits of a candidate and of the trigger into the probability that the trigger says its event and the
candidate fills the role. The weights stand in the lexicon's words/likely.yaml; `python -m benchmarks.likely` learns them from the
annotated articles of tests/articles/open and says how they fare on those set aside.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from kg.extract.events.candidates import Candidate, Surroundings
from kg.extract.events.filling import CORE, KINDS, Filling
from kg.extract.events.traits import MOST, Traits
from kg.extract.lexicon.likely import Weights
from kg.model import NameForm

LIKELY = "likely"
"""The rule of a filler that was found so."""
_GROUPS = {"agent": "actor", "supplier": "actor", "participant": "participant", "recipient": "other", "target": "other"}
"""Roles that are judged alike; the others are judged by themselves."""

_TOGETHER = 2
"""So many take part at least in what is done together; more are not looked for."""


def group_of(role: str) -> str:
    """The group of roles whose weights judge a role."""
    return _GROUPS.get(role, role)


class Likely:
    """Fills empty roles with the likeliest candidates."""

    def __init__(self, weights: Weights, traits: Traits, states: Mapping[str, frozenset[str]]) -> None:
        """`states` gives the states that a person held offices of."""
        self.weights = weights
        self.traits = traits
        self.states = states

    def judged(
        self, filling: Filling, role: str, scene: Surroundings
    ) -> list[tuple[float, Candidate, dict[str, float]]]:
        """The candidates for a role with their probabilities and traits, the likeliest first."""
        used = filling.used()
        rivals = [
            c
            for c in scene.candidates
            if c.referent.kind in KINDS[role]
            and not any(i in filling.match.words for i in range(c.start, c.end))
            and (role != "participant" or c.form != f"name {NameForm.PREFIX.value}")
        ]
        weights = self.weights.groups.get(group_of(role), {})
        trigger = self._trigger(filling, scene)
        found = []
        for candidate in rivals:
            if candidate.referent.entity in used or self.traits.is_taken(candidate, filling.match, filling.line):
                continue
            traits = self.traits.of(candidate, role, filling.match, rivals, filling.line) | trigger
            odds = sum(weights.get(name, 0.0) * value for name, value in traits.items())
            found.append((1 / (1 + math.exp(-odds)), candidate, traits))
        return sorted(found, key=lambda f: (-f[0], f[1].start, f[1].referent.entity))

    def _is_same(self, candidate: Candidate, filling: Filling, role: str) -> bool:
        """Whether a candidate is the state of a participant, or one who acts for it: they take part together once."""
        if role != "participant":
            return False
        states = self.states.get(candidate.referent.entity, frozenset({candidate.referent.entity}))
        return any(states & self.states.get(e, frozenset({e})) for e in filling.entities(role))

    def _trigger(self, filling: Filling, scene: Surroundings) -> dict[str, float]:
        """What speaks for the trigger's saying its event at all."""
        match = filling.match
        habits = self.weights.habits.get(match.frame.event, {})
        core = [r for r in CORE if r in filling.roles]
        found = {
            f"event {match.frame.event}": 1.0,
            "habit": habits.get(match.word, self.weights.habit),
            "senses": min(scene.senses.get(match.token.i, 1), MOST + 1),
            "objects": float(bool(match.trigger.objects)),
            "phrase": float(len(match.words) > 1),
            "trigger " + match.token.dep_.partition(":")[0]: 1.0,
            "filled": len(core),
            "parsed": len(filling.parsed & set(CORE)),
        }
        return {name: value for name, value in found.items() if value}

    def fill(self, filling: Filling, roles: Iterable[str], scene: Surroundings) -> bool:
        """Fill these roles where a candidate is likely enough, the surest first; gives whether any was filled."""
        least = self.weights.least
        judged = [
            (p, role, c)
            for role in roles
            for p, c, _ in self.judged(filling, role, scene)
            if p >= least.get(group_of(role), 1.0)
        ]
        filled = False
        for probability, role, candidate in sorted(judged, key=lambda j: (-j[0], j[1], j[2].start)):
            enough = _TOGETHER if role == "participant" else 1
            if len(filling.entities(role)) >= enough or candidate.referent.entity in filling.used():
                continue
            if self._is_same(candidate, filling, role):
                continue
            filling.add(role, candidate.referent, LIKELY, probability)
            filling.parsed.add(role)
            filled = True
        return filled
