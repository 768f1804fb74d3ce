"""Roles that an event cannot do without and that neither the parse nor order fills: the likeliest of the sentence's candidates.

A logistic model turns the traits of a candidate and of the trigger into the probability that the trigger says its event and the
candidate fills the role. The weights stand in the lexicon's words/likely.yaml; `python -m benchmarks.likely` learns them from the
annotated articles of tests/articles/open and says how they fare on those set aside.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.events.candidates import Candidate, Surroundings
from kg.extract.events.filling import CORE, KINDS, Filling
from kg.extract.events.traits import MOST, Traits
from kg.extract.lexicon.likely import Weights
from kg.model import NameForm

LIKELY = "likely"
"""The rule of a filler that was found so."""
_GROUPS = {"agent": "actor", "supplier": "actor", "participant": "participant", "recipient": "other", "target": "other"}
"""Roles that are judged alike; the others are judged by themselves."""

_QUALIFYING = frozenset(f"name {form.value}" for form in (NameForm.ADJECTIVE, NameForm.PREFIX))
"""A state's adjective tells whose something is: it takes part in nothing itself."""
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
        used, words = filling.used(), frozenset(filling.match.words)
        rivals = [
            c
            for c in scene.candidates
            if c.referent.kind in KINDS[role] and words.isdisjoint(range(c.start, c.end)) and c.form not in _QUALIFYING
        ]
        if not rivals:
            return []
        weights = self.weights.groups.get(group_of(role), {})
        trigger = self._trigger(filling, scene)
        found = []
        for candidate in rivals:
            if candidate.referent.entity in used or self.traits.is_inner(candidate, filling.match, filling.line):
                continue
            traits = self.traits.of(candidate, role, filling.match, rivals, filling.line) | trigger
            odds = sum([weights[name] * value for name, value in traits.items() if name in weights])
            found.append((1 / (1 + math.exp(-odds)), candidate, traits))
        return sorted(found, key=lambda f: (-f[0], f[1].start, f[1].referent.entity))

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

    def fills(self, role: str) -> bool:
        """Whether a role is filled at all: enough of the likeliest candidates for its group were right."""
        return group_of(role) in self.weights.least

    def fill(self, filling: Filling, roles: Iterable[str], scene: Surroundings) -> bool:
        """Fill these roles, which are all among those that it fills, where a candidate is likely enough, the surest first.

        Gives whether any was filled.
        """
        judged = [
            (p, role, candidate)
            for role in roles
            for p, candidate, _ in self.judged(filling, role, scene)
            if p >= self.weights.least[group_of(role)]
        ]
        chosen: dict[str, list[tuple[float, Candidate]]] = {}
        for probability, role, candidate in sorted(judged, key=lambda j: (-j[0], j[1], j[2].start)):
            if self._has_room(filling, role, chosen) and not self._is_chosen(candidate, role, filling, chosen):
                chosen.setdefault(role, []).append((probability, candidate))
        if len(filling.entities("participant")) + len(chosen.get("participant", ())) < _TOGETHER:
            chosen.pop("participant", None)
        for role, candidates in chosen.items():
            filling.parsed.add(role)
            for probability, candidate in candidates:
                filling.add(role, candidate.referent, LIKELY, probability)
        return bool(chosen)

    def _has_room(self, filling: Filling, role: str, chosen: Mapping[str, Sequence[object]]) -> bool:
        """Whether a role takes one more."""
        return len(filling.entities(role)) + len(chosen.get(role, ())) < (_TOGETHER if role == "participant" else 1)

    def _is_chosen(
        self, candidate: Candidate, role: str, filling: Filling, chosen: Mapping[str, Sequence[tuple[float, Candidate]]]
    ) -> bool:
        """Whether a candidate has a role already, or is the state of a participant or one who acts for it."""
        entity = candidate.referent.entity
        others = {c.referent.entity for candidates in chosen.values() for _, c in candidates}
        if entity in others | filling.used():
            return True
        together = filling.entities(role) | {c.referent.entity for _, c in chosen.get(role, ())}
        return role == "participant" and any(self._states_of(entity) & self._states_of(e) for e in together)

    def _states_of(self, entity: str) -> frozenset[str]:
        return self.states.get(entity, frozenset({entity}))
