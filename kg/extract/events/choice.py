"""Which triggers of a sentence say an event, once their roles are completed, and which of two readings of a trigger stands."""

from __future__ import annotations

from kg.extract.events.acceptance import Acceptance, Refused
from kg.extract.events.candidates import Surroundings, senses_of
from kg.extract.events.conditions import Conditions
from kg.extract.events.fallback import Fallback
from kg.extract.events.filling import CORE, Filling
from kg.extract.events.inference import Inference
from kg.extract.events.likely import Likely
from kg.extract.events.nesting import Found, Nesting
from kg.extract.events.resumption import Resumption
from kg.extract.events.standing import Standing
from kg.extract.naming.coreference import Referents


class Choice:
    """Completes the roles of a sentence's triggers, and chooses."""

    def __init__(
        self,
        fallback: Fallback,
        inference: Inference,
        nesting: Nesting,
        conditions: Conditions,
        likely: Likely,
        acceptance: Acceptance,
        resumption: Resumption,
        standing: Standing,
    ) -> None:
        self._fallback = fallback
        self._inference = inference
        self._nesting = nesting
        self._conditions = conditions
        self.likely = likely
        self.acceptance = acceptance
        self._resumption = resumption
        self.standing = standing

    def of(self, fillings: list[Filling], referents: Referents, waiving: bool) -> list[Found]:
        """One event a trigger: the one whose roles are best filled; inner events go to the outer ones that take them.

        `waiving` tells whether the sentence may say an event of which a condition is not met.
        """
        tokens = {f.match.token.i for f in fillings if f.parsed & set(CORE)}
        found: dict[int, Found] = {}
        consumed: set[int] = set()
        scenes: list[Surroundings] = []
        refused: list[Refused] = []
        for own in fillings:
            inner = self._nesting.inner(own, fillings)
            nested = own.match.trigger.inner is not None
            if nested and not inner:
                continue
            filling = self._nesting.share(own, inner[0]) if nested else own
            self._fallback.fall_back(
                filling, referents, tokens - {filling.match.token.i} - {f.match.token.i for f in inner}
            )
            self._fallback.recall(filling, referents)
            if not self._holds(filling, fillings, referents, scenes):
                refused.append(Refused(filling, inner))
                continue
            candidate = Found(filling, inner)
            known = found.get(filling.match.token.i)
            if known is None or self._score(candidate) > self._score(known):
                found[filling.match.token.i] = candidate
        for candidate in self._resumption.of([r.filling for r in refused], found, referents):
            known = found.get(candidate.token.i)
            if known is None or self._score(candidate) > self._score(known):
                found[candidate.token.i] = candidate
        senses = senses_of(f.match for f in fillings)
        if refused and waiving:
            found |= self.acceptance.of(refused, found, senses)
        for candidate in found.values():
            spec = candidate.filling.match.trigger.inner
            if spec is not None and spec.consume:
                consumed |= {f.match.token.i for f in candidate.inner}
        consumed |= {i for i, c in found.items() if self._nesting.only_hosts(c, found)}
        consumed |= self._nesting.talked({i: c for i, c in found.items() if i not in consumed})
        consumed |= self._nesting.effects(found)
        consumed |= self._nesting.renewed(found) | self._nesting.carried(found) | self._nesting.undone(found)
        taken = {i for k, c in found.items() if k not in consumed for i in c.filling.match.words[1:]}
        chosen = [c for i, c in sorted(found.items()) if i not in consumed and i not in taken]
        self.standing.judge(chosen, senses)
        return chosen

    def _holds(
        self, filling: Filling, fillings: list[Filling], referents: Referents, scenes: list[Surroundings]
    ) -> bool:
        """Whether a trigger says its event, once the roles that it cannot do without have been looked for in the whole sentence."""
        self._inference.infer(filling)
        if self._conditions.hold(filling):
            return True
        missing = [role for role in self._conditions.missing(filling) if self.likely.fills(role)]
        if not missing:
            return False
        if not scenes:
            scenes.append(Surroundings.of([f.match for f in fillings], filling.line, referents))
        if not self.likely.fill(filling, missing, scenes[0]):
            return False
        self._inference.infer(filling)
        return self._conditions.hold(filling)

    def _score(self, found: Found) -> tuple[int, int, int, int]:
        """How well a candidate is filled; of equals the one whose words are about what fills it."""
        filling = found.filling
        own = int("treaty" in filling.roles and any("treaty" in group for group in filling.match.trigger.strict))
        own += int(filling.match.trigger.ended) + int(bool(filling.match.trigger.several))
        core = [r for r in filling.roles if r in CORE]
        fillers = sum(len(filling.roles[role]) for role in core)
        nested = int(filling.match.trigger.inner is not None)
        return len(filling.parsed & {*core, "place"}) + len(filling.match.words) - 1 + nested, len(core), fillers, own
