"""Two readings of one document side by side, claim by claim: what rules and proposals share, and what only one has."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Claim, Event, Extraction


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the event that it is about."""

    claim: Claim
    event: Event

    @property
    def fillers(self) -> frozenset[tuple[str, str]]:
        """(role, IRI) of all who fill a role."""
        return frozenset((filler.role, filler.entity) for filler in self.event.fillers)


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim of the rules and one of the proposals about the same event."""

    rules: Told
    proposal: Told

    @property
    def differs(self) -> tuple[str, ...]:
        """In what: of "roles", "date", "modality", "polarity", "claimant"."""
        left, right = self.rules, self.proposal
        dates = [told.event.when.edtf if told.event.when else None for told in (left, right)]
        equal = {
            "roles": left.fillers == right.fillers,
            "date": dates[0] == dates[1],
            "modality": left.claim.modality == right.claim.modality,
            "polarity": left.claim.polarity == right.claim.polarity,
            "claimant": left.claim.claimant == right.claim.claimant,
        }
        return tuple(name for name, same in equal.items() if not same)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Each claim of both readings once, in the order of the text."""

    both: tuple[Pair, ...]
    only_rules: tuple[Told, ...]
    only_proposals: tuple[Told, ...]


def compare(rules: Extraction, proposals: Extraction) -> Comparison:
    """Pair the claims of two readings: those of one event class that share a filler in a role, the most alike first."""
    left, right = _told(rules), _told(proposals)
    pairs = [
        (_likeness(one, other), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if one.event.kind == other.event.kind and one.fillers & other.fillers
    ]
    chosen: dict[int, int] = {}
    for _, i, j in sorted(pairs, key=lambda pair: (pair[0], -pair[1], -pair[2]), reverse=True):
        if i not in chosen and j not in chosen.values():
            chosen[i] = j
    taken = set(chosen.values())
    return Comparison(
        both=tuple(Pair(told, right[chosen[i]]) for i, told in enumerate(left) if i in chosen),
        only_rules=tuple(told for i, told in enumerate(left) if i not in chosen),
        only_proposals=tuple(told for j, told in enumerate(right) if j not in taken),
    )


def _told(extraction: Extraction) -> list[Told]:
    events = {event.iri: event for event in extraction.events}
    claims = sorted(extraction.claims, key=lambda claim: (claim.trigger, claim.iri))
    return [Told(claim, events[claim.event]) for claim in claims]


def _likeness(one: Told, other: Told) -> tuple[int, int, int]:
    """Fillers in common, then what the claims agree in, then how near their triggers stand."""
    agreed = 5 - len(Pair(one, other).differs)
    return len(one.fillers & other.fillers), agreed, -abs(one.claim.trigger.begin - other.claim.trigger.begin)
