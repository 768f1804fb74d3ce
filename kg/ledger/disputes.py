"""Where claims on one event differ: each difference as a record of its two sides, and nothing voted away.

The kinds and their rules stand in docs/corroboration.md. There are at most as many records of a kind on an event as there
are values of which each excludes an earlier one; sides hold claims, so that pairs of claims are never made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.ledger.amounts import differing
from kg.ledger.happenings import Kinds, acting, described_in
from kg.ledger.tellings import Source, Telling, Tellings
from kg.model import Modality, Polarity
from kg.namespaces import ACR

ACTUAL, PLANNED, POSSIBLE = Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE
DENIES = {ACTUAL: (ACTUAL, POSSIBLE), PLANNED: (PLANNED, POSSIBLE), POSSIBLE: (ACTUAL, PLANNED, POSSIBLE)}
"""What a negated claim of a modality contradicts: "has not" does not contradict "will"."""
ROLES = ("agent", "participant", "supplier", "recipient", "target", "item", "treaty", "place")
"""The roles in which documents may differ; an event may be about several topics."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A difference between claims."""

    kind: str
    """The local name of an ac:DisagreementKind."""
    events: tuple[str, ...]
    """The event; where one answers another, that one first."""
    first: tuple[str, ...]
    """The claims of one side: those who affirm, plan, accuse or offer, or who were first to give a value."""
    other: tuple[str, ...]
    role: str = ""
    first_says: tuple[str, ...] = ()
    other_says: tuple[str, ...] = ()


def disputes(event: str, told: Sequence[Telling], tellings: Tellings, kinds: Kinds) -> Iterator[Dispute]:
    """All differences between the claims on one event, which must come in the order of their documents' days."""
    affirmed = [each for each in told if each.polarity is Polarity.AFFIRMED]
    negated = [each for each in told if each.polarity is Polarity.NEGATED]
    yield from _denied(event, affirmed, negated)
    done = [each for each in affirmed if each.modality is ACTUAL]
    yield from _then_done(event, "PlannedThenDone", [each for each in affirmed if each.modality is PLANNED], done)
    yield from _then_done(event, "RuledOutThenDone", [each for each in negated if each.modality is PLANNED], done)
    yield from _left_open(event, affirmed, done)
    if len({each.source.iri for each in affirmed}) > 1:
        yield from _differing(event, affirmed, tellings, kinds)
        yield from _amounts(event, affirmed, tellings)


def _denied(event: str, affirmed: Sequence[Telling], negated: Sequence[Telling]) -> Iterator[Dispute]:
    said = {each.modality for each in affirmed}
    deniers = [each for each in negated if said.intersection(DENIES[each.modality])]
    denied = {modality for each in deniers for modality in DENIES[each.modality]}
    if deniers:
        yield _dispute("Denied", event, [each for each in affirmed if each.modality in denied], deniers)


def _then_done(event: str, kind: str, before: Sequence[Telling], done: Sequence[Telling]) -> Iterator[Dispute]:
    """What is said to be intended, or ruled out, and by another document of no earlier day to have happened."""
    first = [each for each in before if _any_other(each.source, done, lambda one, other: one.day <= other.day)]
    other = [each for each in done if _any_other(each.source, before, lambda one, other: other.day <= one.day)]
    if first and other:
        yield _dispute(kind, event, first, other)


def _left_open(event: str, affirmed: Sequence[Telling], done: Sequence[Telling]) -> Iterator[Dispute]:
    """What one document says to have happened, and another to be unsure, or of a later day only to be intended."""
    unsure = [each for each in affirmed if each.modality is POSSIBLE and _any_other(each.source, done, _whenever)]
    unsure += [
        each
        for each in affirmed
        if each.modality is PLANNED and _any_other(each.source, done, lambda one, other: other.day < one.day)
    ]
    sure = [each for each in done if _any_other(each.source, unsure, _whenever)]
    if unsure and sure:
        yield _dispute("LeftOpen", event, sure, unsure)


def _whenever(_: Source, __: Source) -> bool:
    return True


def _any_other(one: Source, tellings: Sequence[Telling], holds: Callable[[Source, Source], bool]) -> bool:
    """Whether the relation holds to the document of one of the claims that is another.

    Claims come by day, so that the first and the last of other documents decide.
    """
    ends = (next((each for each in order if each.source.iri != one.iri), None) for order in (tellings, tellings[::-1]))
    return any(each is not None and holds(one, each.source) for each in ends)


@dataclass(frozen=True, slots=True)
class _Position:
    """What one or more documents give for the days, or for a role, of an event."""

    values: tuple[str, ...]
    reach: frozenset[str]
    """For agents the values with those for whom they act."""


def _differing(event: str, told: Sequence[Telling], tellings: Tellings, kinds: Kinds) -> Iterator[Dispute]:
    """Days and fillers of roles of which one document's exclude another's."""
    documents: dict[str, list[Telling]] = {}
    for each in told:
        documents.setdefault(each.source.iri, []).append(each)
    given: dict[str, dict[_Position, list[Telling]]] = {}
    for document, claims in documents.items():
        roles, first, last = described_in(tellings, event, document)
        if first and last:
            given.setdefault("", {}).setdefault(_Position((first, last), frozenset()), []).extend(claims)
        for role in ROLES:
            if named := roles.get(role):
                position = _Position(tuple(sorted(named)), acting(tellings, named, role, claims))
                given.setdefault(role, {}).setdefault(position, []).extend(claims)
    for role, positions in sorted(given.items()):
        excludes = _excludes(role, kinds)
        seen: list[_Position] = []
        for position in positions:
            against = next((each for each in seen if excludes(each, position)), None)
            if against is not None:
                kind = "DisputedParticipant" if role else "DisputedDate"
                said = (_said(against, role), _said(position, role))
                yield _dispute(kind, event, positions[against], positions[position], role, *said)
            seen.append(position)


def _amounts(event: str, told: Sequence[Telling], tellings: Tellings) -> Iterator[Dispute]:
    """Numbers of one weapon, or sums of money, of which one document's exclude another's."""
    for each in differing(told, tellings.store):
        yield _dispute("DisputedAmount", event, each.first, each.other, each.role, each.first_says, each.other_says)


def _excludes(role: str, kinds: Kinds) -> Callable[[_Position, _Position], bool]:
    """When two positions cannot both be what happened."""

    def days(one: _Position, other: _Position) -> bool:
        return one.values[1] < other.values[0] or other.values[1] < one.values[0]

    def items(one: _Position, other: _Position) -> bool:
        return not any(a in kinds.above(b) or b in kinds.above(a) for a in one.reach for b in other.reach)

    def places(one: _Position, other: _Position) -> bool:
        local = all(each.startswith(ACR + "place/") for each in one.reach | other.reach)
        return local and one.reach.isdisjoint(other.reach)

    def others(one: _Position, other: _Position) -> bool:
        return one.reach.isdisjoint(other.reach)

    return {"": days, "item": items, "place": places}.get(role, others)


def _said(position: _Position, role: str) -> tuple[str, ...]:
    """The value as it is written: days as EDTF."""
    return position.values if role else ("/".join(dict.fromkeys(position.values)),)


def _dispute(
    kind: str,
    event: str,
    first: Sequence[Telling],
    other: Sequence[Telling],
    role: str = "",
    first_says: tuple[str, ...] = (),
    other_says: tuple[str, ...] = (),
) -> Dispute:
    one, two = (tuple(sorted(each.claim for each in side)) for side in (first, other))
    return Dispute(kind, (event,), one, two, role, first_says, other_says)
