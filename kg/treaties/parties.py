"""How each state stands towards a treaty over time: its dated acts, read by the rule of the treaty.

A state's acts become marks, each the first day of a status; marks in the order of time become intervals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.treaties.life import shifted
from kg.treaties.model import BINDING, DAY, PARTY, Act, Bounds, Interval, Life, Segment, Status, Treaty, on
from kg.treaties.records import JOINING

Lines = Mapping[str, tuple[Segment, ...]]

ORDER = (
    Status.SIGNED_ONLY,
    Status.CONSENTED,
    Status.BOUND,
    Status.WITHDRAWAL_NOTIFIED,
    Status.SUSPENDED,
    Status.ENDED,
)
"""Which of two statuses that begin on one day comes later."""

COMES_AFTER: Mapping[Status, frozenset[Status | None]] = {
    Status.SIGNED_ONLY: frozenset({None}),
    Status.CONSENTED: frozenset({None, Status.SIGNED_ONLY, Status.ENDED}),
    Status.BOUND: frozenset({None, Status.SIGNED_ONLY, Status.CONSENTED, Status.ENDED}),
    Status.WITHDRAWAL_NOTIFIED: frozenset({Status.BOUND}),
    Status.SUSPENDED: BINDING,
    Status.ENDED: PARTY | {Status.SIGNED_ONLY},
}
"""What a status may follow; a mark that would come after anything else changes nothing."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """From this day on a status holds."""

    when: Bounds
    status: Status
    evidence: tuple[str, ...]
    revokes: bool = False
    """Whether it takes a ratification back, so that the signature alone remains."""
    last: bool = False
    """Whether nothing comes after it: the treaty is no more."""


def party_intervals(treaty: Treaty, span: Life, lines: Lines) -> list[Interval]:
    """The intervals of all states that did something to the treaty, by state and time.

    span: the life of the treaty; lines: as `kg.treaties.records.read` gives them.
    """
    acts: dict[tuple[Segment, ...], list[Act]] = defaultdict(list)
    for act in treaty.acts:
        for state in act.states:
            acts[lines.get(state, (Segment(state),))].append(act)
    found = [
        interval
        for line, done in acts.items()
        for each in _intervals(treaty, _marks(treaty, span, done))
        for interval in _divided(each, line)
    ]
    return sorted(
        found, key=lambda each: (each.state or "", each.start.first, each.start.last, ORDER.index(each.status))
    )


def _marks(treaty: Treaty, span: Life, acts: Iterable[Act]) -> list[_Mark]:
    marks = [mark for act in _telling(acts) for mark in _of_act(treaty, span, act)]
    if span.end:
        marks.append(_Mark(span.end, Status.ENDED, span.end_evidence, last=True))
    return sorted(marks, key=lambda mark: (mark.when.first, mark.last, ORDER.index(mark.status), mark.when.last))


def _telling(acts: Iterable[Act]) -> list[Act]:
    """The acts but for memberships of unknown date where the line's day of joining is known, as that of Yugoslavia for Serbia.

    Who left may have come again on a day unknown, so with a withdrawal all count.
    """
    known = list(acts)
    joined = any(act.action in JOINING and act.when for act in known)
    left = any(act.action in ("withdrawal", "revocation") for act in known)
    return [act for act in known if act.when or not joined or left]


def _of_act(treaty: Treaty, span: Life, act: Act) -> Iterator[_Mark]:
    """The marks that one act makes."""
    why = (act.iri,)
    if act.action in JOINING or (act.action == "signature" and treaty.rule.entry == "signature"):
        yield from _joining(treaty, span, act)
    elif act.when is None:
        return
    elif act.action == "signature":
        yield _Mark(act.when, Status.SIGNED_ONLY, why)
    elif act.action == "suspension":
        yield _Mark(act.when, Status.SUSPENDED, why)
    elif act.action == "revocation":
        yield _Mark(act.when, Status.SIGNED_ONLY, why, revokes=True)
    elif act.action == "withdrawal":
        if act.notified:
            yield _Mark(act.notified, Status.WITHDRAWAL_NOTIFIED, why)
        yield _Mark(act.when, Status.ENDED, why)


def _joining(treaty: Treaty, span: Life, act: Act) -> Iterator[_Mark]:
    """A state consents, and is bound on that day or later."""
    consent = act.when or _unknown(treaty, span, act)
    if consent is None:
        return
    bound = _bound_from(treaty, span, act, consent)
    if bound is None or bound.first > consent.first or bound.last > consent.last:
        yield _Mark(consent, Status.CONSENTED, (act.iri,))
    if bound is not None:
        yield _Mark(bound, Status.BOUND, tuple(dict.fromkeys((act.iri, treaty.rule.iri, *span.entry_evidence))))


def _unknown(treaty: Treaty, span: Life, act: Act) -> Bounds | None:
    """When a state may have joined whose date is not known.

    The few parties of an agreement are bound from its entry into force. Else it lies between the signing of
    the treaty and the day on which a list named the state; where no list is known, the day has no upper
    bound, and the membership is never sure.
    """
    if treaty.rule.entry != "deposits":
        return span.entry
    begin = on(act.unlisted + DAY) if act.unlisted else treaty.signed or span.entry
    return Bounds(begin.first, act.listed or date.max) if begin else None


def _bound_from(treaty: Treaty, span: Life, act: Act, consent: Bounds) -> Bounds | None:
    """The first day on which the treaty binds a state that consented then; None where it never entered into force."""
    if span.entry is None:
        return None
    rule = treaty.rule
    threshold = span.trigger if rule.party_after == "trigger" and span.trigger else span.entry
    if act.action == "succession" or consent.last <= threshold.first or consent.last == date.max:
        return consent.later(span.entry)
    return shifted(consent, rule.party_delay).later(span.entry)


def _intervals(treaty: Treaty, marks: Sequence[_Mark]) -> list[Interval]:
    """The statuses one after the other, without those that would last no day."""
    chosen: list[_Mark] = []
    for mark in marks:
        current = chosen[-1].status if chosen else None
        if mark.status == current:
            continue
        if current in COMES_AFTER[mark.status] or (mark.revokes and current in PARTY):
            chosen.append(mark)
        if mark.last:
            break
    found = []
    for place, mark in enumerate(chosen):
        following = chosen[place + 1] if place + 1 < len(chosen) else None
        end = following.when.eve() if following else None
        if end is None or end.last >= mark.when.first:
            evidence = dict.fromkeys((*mark.evidence, *(following.evidence if following else ())))
            found.append(Interval(treaty.iri, None, mark.status, mark.when, end, tuple(evidence)))
    return found


def _divided(interval: Interval, line: Sequence[Segment]) -> Iterator[Interval]:
    """The interval as parts of the states that continued each other, each within its state's days."""
    for segment in line:
        start = interval.start.later(on(segment.first))
        end = interval.end
        if segment.last != date.max:
            end = end.sooner(on(segment.last)) if end else on(segment.last)
        if start.first > segment.last or (end and end.last < start.first):
            continue
        if interval.status == Status.ENDED and segment.before and interval.start.last < segment.first:
            continue
        inherited = (segment.before,) if segment.before and interval.start.first < segment.first else ()
        evidence = (*interval.evidence, *inherited)
        yield replace(interval, state=segment.state, start=start, end=end, evidence=evidence)
