"""The life of a treaty as a whole: its entry into force by its own condition, and its end by term or otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.periods import after
from kg.treaties.model import BINDING, Act, Bounds, Interval, Life, Status, Treaty, on
from kg.treaties.records import JOINING


def life(treaty: Treaty) -> Life:
    """When the treaty was in force, as its recorded dates and its rule together say."""
    trigger = last_instrument(treaty)
    entry, entry_evidence = _entry(treaty, trigger)
    end, expired, end_evidence = _end(treaty, entry)
    return Life(entry, end, expired, trigger, entry_evidence, end_evidence)


def last_instrument(treaty: Treaty) -> Bounds | None:
    """The day on which the last instrument that the treaty needed was deposited.

    None where its rule counts none, or where fewer are known with a date.
    """
    rule = treaty.rule
    if rule.entry != "deposits":
        return None
    first_of: dict[str, Bounds] = {}
    for act in treaty.acts:
        if act.action in JOINING and act.when:
            for state in act.states:
                known = first_of.get(state)
                first_of[state] = act.when if known is None else known.sooner(act.when)
    needed = [first_of[state] for state in rule.requires if state in first_of]
    others = sorted((b for s, b in first_of.items() if s not in rule.requires), key=lambda b: (b.last, b.first))
    missing = max((rule.deposits or 0) - len(rule.requires), 0)
    if len(needed) < len(rule.requires) or len(others) < missing or not (needed or missing):
        return None
    chosen = [*needed, *others[:missing]]
    return Bounds(max(bounds.first for bounds in chosen), max(bounds.last for bounds in chosen))


def counted_entry(treaty: Treaty) -> Bounds | None:
    """The entry into force as the count of instruments gives it, without what is recorded."""
    trigger = last_instrument(treaty)
    return shifted(trigger, treaty.rule.entry_delay) if trigger else None


def shifted(bounds: Bounds, period: str) -> Bounds:
    """The day that comes so long after."""
    return Bounds(after(bounds.first, period), after(bounds.last, period))


def _entry(treaty: Treaty, trigger: Bounds | None) -> tuple[Bounds | None, tuple[str, ...]]:
    """The entry into force; what is recorded counts before what is counted, as lists of instruments have gaps."""
    rule = treaty.rule
    if treaty.in_force:
        return treaty.in_force, (treaty.iri, rule.iri)
    if trigger:
        return shifted(trigger, rule.entry_delay), (rule.iri,)
    if rule.entry in ("signature", "each state") and treaty.signed:
        return treaty.signed, (treaty.iri, rule.iri)
    return None, ()


def _end(treaty: Treaty, entry: Bounds | None) -> tuple[Bounds | None, bool, tuple[str, ...]]:
    """The first day on which the treaty is no more, whether its term ended it, and what says so."""
    term, evidence = _term(treaty, entry)
    left = _left(treaty) if treaty.ended is None else None
    if treaty.ended:
        by_term = term is not None and entry is not None and term.meets(treaty.ended)
        return treaty.ended, by_term, (treaty.iri, *(evidence if by_term else ()))
    if left and left.when and (term is None or left.when.first < term.first):
        return left.when, False, (left.iri, treaty.rule.iri)
    return term, entry is not None, evidence


def _term(treaty: Treaty, entry: Bounds | None) -> tuple[Bounds | None, tuple[str, ...]]:
    """The end by the treaty's own duration, as extended."""
    duration = treaty.rule.duration
    if not duration or (entry is None and not duration.startswith("until")):
        return None, ()
    term, evidence = shifted(entry or on(date.min), duration), [treaty.rule.iri]
    extensions = [(act.when, act) for act in treaty.acts if act.action == "extension" and act.when]
    for when, act in sorted(extensions, key=lambda pair: pair[0].last):
        if when.first > term.last:
            continue
        evidence.append(act.iri)
        if act.until is None:
            return None, ()
        term = on(act.until)
    return term, tuple(evidence)


def _left(treaty: Treaty) -> Act | None:
    """The withdrawal that ends a treaty of two parties."""
    joined = {state for act in treaty.acts if act.action in JOINING for state in act.states}
    if treaty.rule.entry != "exchange" or len(joined) != 2:
        return None
    leaving = [act for act in treaty.acts if act.action == "withdrawal" and act.when and set(act.states) & joined]
    return min(leaving, key=lambda act: (act.when and act.when.last, act.iri)) if leaving else None


def treaty_intervals(treaty: Treaty, span: Life, parties: Sequence[Interval]) -> list[Interval]:
    """The treaty's own intervals, from its signing on."""
    found = []
    begin = treaty.signed or span.entry
    if begin and (span.entry is None or begin.first < span.entry.first):
        until = span.entry or span.end
        found.append(_interval(treaty, Status.NOT_YET_IN_FORCE, begin, until, (treaty.iri, *span.entry_evidence)))
    if span.entry:
        evidence = (*span.entry_evidence, *span.end_evidence)
        for status, start, end in _in_force(span, parties):
            found.append(_interval(treaty, status, start, end, evidence))
    if span.end:
        status = Status.EXPIRED if span.expired else Status.TERMINATED
        found.append(_interval(treaty, status, span.end, None, span.end_evidence))
    return [each for each in found if each.end is None or each.end.last >= each.start.first]


def _interval(treaty: Treaty, status: Status, start: Bounds, end: Bounds | None, why: tuple[str, ...]) -> Interval:
    """An interval that lasts until the day before `end`."""
    return Interval(treaty.iri, None, status, start, end.eve() if end else None, tuple(dict.fromkeys(why)))


def _in_force(span: Life, parties: Sequence[Interval]) -> list[tuple[Status, Bounds, Bounds | None]]:
    """The days in force, of which those on which every party has suspended it are apart."""
    assert span.entry
    pieces: list[tuple[Status, Bounds, Bounds | None]] = [(Status.IN_FORCE, span.entry, span.end)]
    if not any(each.status == Status.SUSPENDED for each in parties):
        return pieces
    for change in sorted({each.start for each in parties}, key=lambda bounds: (bounds.last, bounds.first)):
        if change.last <= span.entry.last or (span.end and change.first >= span.end.first):
            continue
        status = _applied(parties, change)
        last_status, start, end = pieces[-1]
        if status != last_status:
            pieces[-1:] = [(last_status, start, change), (status, change, end)]
    return pieces


def _applied(parties: Sequence[Interval], change: Bounds) -> Status:
    """Whether a party still applies the treaty from this day on, or all have suspended it."""
    now = {each.status for each in parties if each.surely(change.last)}
    return Status.SUSPENDED if Status.SUSPENDED in now and not now & BINDING else Status.IN_FORCE
