"""Two events side by side: what of their days, places, parties and things both have."""

from __future__ import annotations

from kg.fusion.features import Event


def where(event: Event) -> frozenset[str]:
    """Where an event was: its places, and whom it struck."""
    struck = event.parties.get("target", frozenset()) if event.kind == "WeaponUse" else frozenset()
    return event.places | struck


def apart(one: Event, other: Event) -> bool:
    """Whether both are dated and no day can be that of both."""
    return (one.last is not None and other.first is not None and one.last < other.first) or (
        other.last is not None and one.first is not None and other.last < one.first
    )


def on_one_day(one: Event, other: Event) -> bool:
    """Whether both are of one day, and the same."""
    return one.first is not None and one.first == one.last == other.first == other.last


def length_of(event: Event) -> int | None:
    return event.last - event.first + 1 if event.first is not None and event.last is not None else None


def days_of(event: Event) -> tuple[tuple[int, int], ...]:
    """The days of an event or, where it has none, those on which it was told."""
    known = [day for day in (event.first, event.last) if day is not None]
    return ((known[0], known[-1]),) if known else event.told


def common(one: Event, other: Event, role: str) -> frozenset[str]:
    return one.roles.get(role, frozenset()) & other.roles.get(role, frozenset())


def relation(ours: frozenset[str], theirs: frozenset[str], *, several: bool = False) -> str:
    if ours == theirs:
        return "several" if several and len(ours) > 1 else "same"
    return "within" if ours <= theirs or theirs <= ours else "some"


def things(one: Event, other: Event, role: str) -> str | None:
    ours, theirs = one.roles.get(role), other.roles.get(role)
    if not ours or not theirs:
        return "one" if ours or theirs else None
    return "apart" if ours.isdisjoint(theirs) else relation(ours, theirs)


def persons(one: Event, other: Event) -> str | None:
    """Whether those who stand for a state on both sides are the same by name."""
    both = one.persons.keys() & other.persons.keys()
    if any(one.persons[state].isdisjoint(other.persons[state]) for state in both):
        return "other"
    return "same" if both else None


def gatherings(one: Event, other: Event) -> str | None:
    ours, theirs = one.roles.get("gathering"), other.roles.get("gathering")
    if ours and theirs:
        return "same"
    if not ours and not theirs:
        return None
    held, told = (ours, other) if ours else (theirs, one)
    return "setting" if held and not held.isdisjoint(told.detail.setting) else "one"


def stages(ours: frozenset[str], theirs: frozenset[str]) -> str | None:
    """Whether the words of both tell one stage of a transfer, or only of an order here and of a delivery there.

    What tells no stage ("") may tell any.
    """
    if not ours or not theirs or "" in ours | theirs:
        return None
    return "apart" if ours.isdisjoint(theirs) else "same"
