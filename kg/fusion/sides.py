"""Two events side by side: what of their days, places, parties and things both have."""

from __future__ import annotations

from kg.fusion.features import Event
from kg.fusion.world import SYSTEM, World

ACTUAL = frozenset({"Actual"})
MATTERS = ("item", "treaty", "topic", "gathering")
"""The roles of what is spoken of; who is spoken to counts as well."""
NARROW = 2
"""Categories above a kind of weapon from which on it is narrow: a ballistic missile is, a missile is not."""


def classes(one: Event, other: Event) -> str:
    """How the classes are alike: the same, or two of a family; a use of arms that struck nothing and nobody is a "launch" beside a test."""
    if one.kind == other.kind:
        return "same"
    if one.family != "firing":
        return one.family
    used = one if one.kind == "WeaponUse" else other
    return "firing" if used.parties.get("target") or used.roles.get("place") else "launch"


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


def told_before(told: Event, other: Event) -> bool:
    """Whether an event without a day of its own was told as the case, and only so, before the other was on a day that is sure."""
    if told.is_dated or not other.sure or other.first is None or told.detail.modalities != ACTUAL:
        return False
    return bool(told.told) and min(last for _, last in told.told) < other.first


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


def matter(one: Event, other: Event) -> str | None:
    """Whether two acts of speech name no matter in common: only "one" of them names any, or "none" does, or each another."""
    ours, theirs = (
        {role: named for role in MATTERS if (named := each.roles.get(role))}
        | ({"target": told} if (told := each.parties.get("target")) else {})
        for each in (one, other)
    )
    if (ours.keys() & theirs.keys()) - {"topic"} or not set().union(*ours.values()).isdisjoint(
        set().union(*theirs.values())
    ):
        return None
    return "one" if bool(ours) != bool(theirs) else "none"


def stages(ours: frozenset[str], theirs: frozenset[str]) -> str | None:
    """Whether the words of both tell one stage of a transfer, or only of an order here and of a delivery there.

    What tells no stage ("") may tell any.
    """
    if not ours or not theirs or "" in ours | theirs:
        return None
    return "apart" if ours.isdisjoint(theirs) else "same"


def related(world: World, one: str, other: str) -> bool:
    """Whether two items may be one: one is of the other's kind, nobody knows what kind it is, or both are of one narrow kind and not
    two systems that are known: what one calls a missile of long range, another calls one of middle range."""
    if any(each.startswith(SYSTEM) and each not in world.broader for each in (one, other)):
        return True
    if one in world.above(other) or other in world.above(one):
        return True
    if one in world.systems and other in world.systems:
        return False
    return any(world.depth(each) >= NARROW for each in world.above(one) & world.above(other))


def items(world: World, one: Event, other: Event) -> str | None:
    """How the items are alike: by the narrowest that both name, or that one names and the other names broadly."""
    ours, theirs = one.roles.get("item"), other.roles.get("item")
    if not ours or not theirs:
        named = (ours or frozenset()) | (theirs or frozenset())
        return "one" if any(map(world.depth, named)) else None
    shared = ours & theirs
    if shared:
        if any(each.startswith(SYSTEM) for each in shared):
            return "system"
        depth = max(map(world.depth, shared))
        return "kind" if depth > 2 else "wide" if depth else "any"
    above = world.above
    if not any(a in above(b) or b in above(a) for a in ours for b in theirs):
        return "akin"
    broader = {b for a in ours for b in theirs if b in above(a)} | {a for a in ours for b in theirs if a in above(b)}
    return "broader" if max(map(world.depth, broader)) > 1 else "broadest"
