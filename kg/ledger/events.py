"""What follows from the claims on one event: from how many origins it is known, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.ledger.disputes import disputes
from kg.ledger.happenings import Kinds
from kg.ledger.origins import origins_of
from kg.ledger.tellings import POLARITIES, Telling, Tellings
from kg.ledger.writing import COUNTS, dispute_quads, number, origin_quads


def event_quads(event: str, tellings: Tellings, kinds: Kinds) -> Iterator[ox.Quad]:
    """The origins of an event, and the differences between its claims."""
    claims = tellings.about(event)
    if len(claims) == 1:
        yield from _single(event, claims[0], tellings)
    elif claims:
        told = tellings.of(event)
        yield from _several(event, told, tellings)
        for dispute in disputes(event, told, tellings, kinds):
            yield from dispute_quads(dispute)


def _single(event: str, claim: str, tellings: Tellings) -> Iterator[ox.Quad]:
    """An event that one claim tells has one origin; no node is made for it, since the claim says all."""
    for value, polarity in POLARITIES.items():
        if tellings.has(claim, "polarity", value):
            yield number(event, COUNTS[polarity], 1)
            yield number(claim, "agreeingOrigins", 1)


def _several(event: str, found: Sequence[Telling], tellings: Tellings) -> Iterator[ox.Quad]:
    """The origins of an event that several claims tell, for those who affirm and those who deny it."""
    for polarity, name in COUNTS.items():
        side = [each for each in found if each.polarity is polarity]
        if not side:
            continue
        known = origins_of(side, tellings.speaks_for)
        yield number(event, name, len(known))
        yield from origin_quads(event, polarity, known)
        for modality in {each.modality for each in side}:
            same = [each for each in side if each.modality is modality]
            count = len(known) if len(same) == len(side) else len(origins_of(same, tellings.speaks_for))
            yield from (number(each.claim, "agreeingOrigins", count) for each in same)
