"""Two events compared: what excludes that they are one, or how likely it is, likeness by likeness."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kg.fusion.comparison import Comparison, Likeness
from kg.fusion.features import NOWHERE, Event
from kg.fusion.knowledge import PARTIES, SPEECH, Knowledge, most_telling
from kg.fusion.sides import (
    apart,
    classes,
    common,
    days_of,
    gatherings,
    items,
    length_of,
    matter,
    on_one_day,
    persons,
    related,
    relation,
    stages,
    things,
    told_before,
    where,
)
from kg.fusion.world import STATE, World

LEAST_WORDS = 4
"""Stems below which a sentence is too short to be compared."""

AIMED = frozenset({"WeaponUse", "Inspection"})
"""Classes whose place is what was struck or inspected: a day sees many strikes, and several inspections by one agency."""

LEAST_NAMES = 4
"""Names below which a document's story is not known by them."""


EVEN = 0.001
"""More than odds can differ by the order in which weights are added."""


class Comparer:
    """Compares events of one family."""

    def __init__(self, knowledge: Knowledge, world: World) -> None:
        self._knowledge = knowledge
        self._world = world
        self._weights = {
            (name, value): Likeness(name.partition(":")[0], value, weight)
            for (name, value), weight in knowledge.weights.items()
        }
        self._most = most_telling(knowledge)

    def compare(self, one: Event, other: Event) -> Comparison:
        """What speaks for and against that both are one."""
        excluded = self.excluded(one, other)
        if excluded is not None:
            return Comparison(excluded)
        return self.weigh(one, other)

    def weigh(self, one: Event, other: Event) -> Comparison:
        """The same where nothing excludes it."""
        return Comparison(None, (*self._standing(one, other), *self._telling(one, other)))

    def standing_odds(self, one: Event, other: Event) -> float:
        """What `Event.traits` say of the log-odds that both are one: minus infinity where they exclude it. Reads nothing else."""
        if self.excluded(one, other) is not None:
            return -math.inf
        return sum(each.weight for each in self._standing(one, other))

    def most_telling(self, one: Event, other: Event) -> float:
        """More than `telling_odds` can be, found without reading what it reads."""
        found = EVEN + self._most["words"]
        if one.persons and other.persons:
            found += self._most["person"]
        if one.places or other.places:
            found += self._most["place"]
        if one.roles.get("gathering") or other.roles.get("gathering"):
            found += self._most["gathering"]
        return found if one.is_dated and other.is_dated else found + self._most[f"gap:{one.nature}"]

    def telling_odds(self, one: Event, other: Event) -> float:
        """What all else says of them: who stands for whom, where and when both were told, and in which words."""
        return sum(each.weight for each in self._telling(one, other))

    def excluded(self, one: Event, other: Event) -> str | None:
        """What makes it impossible that both are one: the name of the likeness, or None. Reads nothing but `Event.traits`."""
        if one.family != other.family:
            return "class"
        if one.sure and other.sure and apart(one, other):
            return "date"
        if one.is_reference and other.is_reference:
            return "reference"
        for role in PARTIES:
            ours, theirs = self._parties(one, other, role)
            if ours and theirs and self._parties_exclude(role, ours, theirs, one, other):
                return role
        return self._things_exclude(one, other) or self._reference_excludes(one, other)

    def _parties(self, one: Event, other: Event, role: str) -> tuple[frozenset[str], frozenset[str]]:
        """The parties of both in a role; a body and the organisation that it is part of are one."""
        return self._world.levelled(one.parties.get(role, NOWHERE), other.parties.get(role, NOWHERE))

    def _parties_exclude(
        self, role: str, ours: frozenset[str], theirs: frozenset[str], one: Event, other: Event
    ) -> bool:
        """Whether nobody is on both sides, or two sets of participants have each a party that the other lacks.

        Of parties that the reference data does not know nobody can say that they are others.
        """
        here, there = (ours - theirs) & self._world.known, (theirs - ours) & self._world.known
        if not here or not there:
            return False
        return ours.isdisjoint(theirs) or (role == "participant" and not common(one, other, "gathering"))

    def _things_exclude(self, one: Event, other: Event) -> str | None:
        for role in ("treaty", "gathering"):
            ours, theirs = one.roles.get(role), other.roles.get(role)
            if ours and theirs and ours.isdisjoint(theirs) and (role != "treaty" or self._are_known(ours, theirs)):
                return role
        ours, theirs = one.roles.get("item"), other.roles.get("item")
        if ours and theirs and not any(related(self._world, a, b) for a in ours for b in theirs):
            return "item"
        return "place" if self._are_elsewhere(one, other) else None

    def _are_known(self, *treaties: frozenset[str]) -> bool:
        """Whether the reference data knows a treaty of each: what a text calls "the pact" may be any."""
        return all(not each.isdisjoint(self._world.treaties) for each in treaties)

    def _are_elsewhere(self, one: Event, other: Event) -> bool:
        """Whether the states or towns where both were are others. A sea, or a place that only texts know, lies nobody knows where; but
        two places that are both struck, or both inspected, are taken for two."""
        world, sides = self._world, (one, other)
        said = [
            any(each.startswith(STATE) or each in world.within for each in side.roles.get("place", ()))
            for side in sides
        ]
        if all(said) and one.places.isdisjoint(other.places):
            return True
        towns = [world.towns(side.places) for side in sides]
        if not all(towns) or not towns[0].isdisjoint(towns[1]):
            return False
        aimed = one.kind == other.kind and one.kind in AIMED
        return aimed or all(not side.isdisjoint(world.within) for side in towns)

    def _reference_excludes(self, one: Event, other: Event) -> str | None:
        """An event of the reference data is what one state did, or few together: no telling of more states is about it."""
        if not (one.is_reference or other.is_reference):
            return None
        known, told = (one, other) if one.is_reference else (other, one)
        acted, named = known.parties.get("agent", frozenset()), told.parties.get("agent", frozenset())
        if acted and (not named <= acted or (not named and len(acted) == 1 and not on_one_day(one, other))):
            return "agent"
        return None

    def _standing(self, one: Event, other: Event) -> Iterator[Likeness]:
        """What `Event.traits` say, and nothing else."""
        yield self._weighed("nature", one.nature)
        yield self._weighed("class", classes(one, other))
        for role in PARTIES:
            ours, theirs = self._parties(one, other, role)
            if ours and theirs:
                yield self._weighed(role, self._relation(ours, theirs))
            elif ours or theirs:
                yield self._weighed(role, "one")
        for name, value in (
            ("item", items(self._world, one, other)),
            ("treaty", self._treaties(one, other)),
            ("topic", self._topics(one, other)),
            ("place", self._places(one, other)),
        ):
            if value is not None:
                yield self._weighed(name, value)
        if one.is_dated and other.is_dated:
            yield self._weighed("date", self._date(one, other))

    def _weighed(self, name: str, value: str) -> Likeness:
        return self._weights[name, value]

    def _relation(self, ours: frozenset[str], theirs: frozenset[str]) -> str:
        """How the parties in one role are alike; one whom only texts know may be one of the other side's."""
        known = self._world.known
        if not (ours - theirs) & known or not (theirs - ours) & known:
            if ours.isdisjoint(theirs):
                return "one"
            return "within" if ours != theirs else relation(ours, theirs, several=True)
        return relation(ours, theirs, several=True)

    def _treaties(self, one: Event, other: Event) -> str | None:
        """How the treaties are alike; that only one side names one says something only if it is a treaty that is known."""
        value = things(one, other, "treaty")
        if value == "apart":
            return "one"
        named = one.roles.get("treaty", frozenset()) | other.roles.get("treaty", frozenset())
        return None if value == "one" and not self._are_known(named) else value

    def _topics(self, one: Event, other: Event) -> str | None:
        """How the topics are alike; what is said of arms in general may be said of those that the other names."""
        value = things(one, other, "topic")
        if value != "apart":
            return value
        above = self._world.above
        ours, theirs = one.roles["topic"], other.roles["topic"]
        return "some" if any(a in above(b) or b in above(a) for a in ours for b in theirs) else value

    def _places(self, one: Event, other: Event) -> str | None:
        """What kind of place both have."""
        shared = where(one) & where(other)
        if not shared:
            return "apart" if self._world.towns(one.places) and self._world.towns(other.places) else None
        if any(not each.startswith(STATE) for each in shared):
            return "town"
        return "state" if common(one, other, "place") else "within"

    def _setting(self, one: Event, other: Event) -> str | None:
        """Where no place is of both: whether one was where the other's text says that it is."""
        if not (one.places or other.places) or not where(one).isdisjoint(where(other)):
            return None
        for known, told in ((one, other), (other, one)):
            if known.places and not told.places and not known.places.isdisjoint(self._set_in(told)):
                return "setting"
        return "one"

    def _set_in(self, event: Event) -> set[str]:
        """The towns that an event's sentences name, those of gatherings included."""
        named = event.detail.setting
        through = {place for each in named if (place := self._world.gatherings.get(each, (None,))[0])}
        return {each for each in {*named, *through} if not each.startswith(STATE)}

    def _date(self, one: Event, other: Event) -> str:
        """How two dates agree."""
        if apart(one, other):
            return "unlike"
        lengths = [length for each in (one, other) if (length := length_of(each)) is not None]
        if len(lengths) < 2 or max(lengths) > self._knowledge.narrow:
            return "wide"
        return "narrow" if max(lengths) > 1 else "day"

    def _gap(self, one: Event, other: Event) -> str:
        """How far apart both were, or were told, by the nearest days that are known."""
        spans = [days_of(each) for each in (one, other)]
        if not all(spans):
            return "unknown"
        days = min(max(0, a[0] - b[1], b[0] - a[1]) for a in spans[0] for b in spans[1])
        return next((name for name, length in self._knowledge.gaps if days <= length), "years")

    def _telling(self, one: Event, other: Event) -> Iterator[Likeness]:
        """What all else says: persons, settings, the days on which both were told, words and documents."""
        for name, value in (
            ("person", persons(one, other)),
            ("place", self._setting(one, other)),
            ("gathering", gatherings(one, other)),
        ):
            if value is not None:
                yield self._weighed(name, value)
        if not (one.is_dated and other.is_dated):
            gap = self._gap(one, other)
            yield self._weighed(f"gap:{one.nature}", gap)
            if one.nature == SPEECH and (value := matter(one, other)) is not None:
                yield self._weighed("matter:days" if gap == "days" else "matter", value)
        yield from self._words(one, other)

    def _words(self, one: Event, other: Event) -> Iterator[Likeness]:
        """What the words and the documents say."""
        ours, theirs = one.detail, other.detail
        fewest = min(len(ours.words), len(theirs.words))
        if fewest >= LEAST_WORDS:
            share = len(ours.words & theirs.words) / fewest
            value = next((name for name, least in self._knowledge.words if share >= least), "few")
            yield self._weighed("words", value)
        named = min(len(ours.story), len(theirs.story))
        if named >= LEAST_NAMES and 5 * len(ours.story & theirs.story) >= 3 * named:
            yield self._weighed("story", "same")
        if (stage := stages(ours.stages, theirs.stages)) is not None:
            yield self._weighed("stage", stage)
        real = [
            each.is_reference or "Actual" in each.detail.modalities
            for each in (one, other)
            if each.is_reference or each.detail.modalities
        ]
        if len(set(real)) == 2:
            yield self._weighed("modality", "mixed")
        elif real == [False, False]:
            yield self._weighed("modality", "open")
        if any(told_before(*sides) for sides in ((one, other), (other, one))):
            yield self._weighed("modality", "before")
        if {each.iri for each in one.sources} & {each.iri for each in other.sources}:
            yield self._weighed("document", "same")
