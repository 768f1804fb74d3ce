"""What became of what was offered, announced or signed: steps of one matter, each linked to the next that is reported.

A step is reached where a claim says that it took place, and announced where claims only say that it is intended. From each
event a link leads to the nearest later step of the same matter, and each says which step is awaited where none of its like is
reported later. That is what documents report; of what was never written nothing is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import pyoxigraph as ox

from kg.ledger.happenings import AGENTS, Happening, happening
from kg.ledger.matters import Matter
from kg.ledger.tellings import DEFAULT, UNKNOWN, Telling, Tellings
from kg.model import Modality
from kg.namespaces import AC, ACR

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Stage:
    """An event as a step of a matter."""

    first: str
    """From when on what follows may be: the event's first day, or that of its announcement."""
    last: str
    dated: bool
    """Whether these days are the event's own, and not those on which it was told."""
    rank: int
    """Twice the number of the step, and one more where it is reached."""
    event: str

    @property
    def number(self) -> int:
        """The number of the step among those of its matter."""
        return self.rank // 2

    @property
    def day(self) -> str:
        """The day by which it is found as what follows."""
        return self.last if self.dated else self.first

    @property
    def is_reached(self) -> bool:
        """Whether a claim says that it took place."""
        return self.rank % 2 == 1


@dataclass(frozen=True, slots=True)
class Course:
    """What became of one step."""

    stage: Stage
    step: str
    """The local name of its ac:Step."""
    following: tuple[str, ...]
    """The nearest later steps: several only where the event is part of several matters."""
    awaited: str | None
    """The ac:Step that no later event tells; None where one does, or where none is left."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An event as a step, with what other steps find it by: all that is kept of it while others are placed."""

    stage: Stage
    keys: tuple[Key, ...]
    known: tuple[str, ...]
    """What it has in the roles that count where known."""
    treaties: tuple[str, ...]
    is_told: bool
    """Whether claims tell it as a step, and not the reference alone, or only that what was to end goes on."""
    due: str = UNKNOWN
    """The day by which it is to be, where it has one."""
    goes_on: bool = False
    """Whether its own claims say, on that day or later, that what was to end is the case."""

    def may_follow(self, other: Placed) -> bool:
        """Whether it may be what follows another step, which it shares a matter with."""
        joined = not set(self.keys).isdisjoint(other.keys)
        return joined and self.stage.rank > other.stage.rank and self.stage.day >= other.stage.first


def courses(
    tellings: Tellings,
    matter: Matter,
    events: Iterable[tuple[str, str]],
    answered: Callable[[str], bool],
    wanted: Callable[[str], bool] = lambda _: True,
) -> Iterator[Course]:
    """The steps of matters of a kind, of those events alone that are `wanted`.

    `events` are the events with their classes: all of the kind that can share a matter with one that is wanted. What was
    `answered` by a rejection awaits nothing more.
    """
    places = _Places(matter)
    stages = []
    for event, kind in events:
        step = placed(tellings, event, kind, matter)
        if step is not None:
            places.take(step)
            if step.is_told:
                stages.append(step)
    for step in sorted(stages, key=lambda each: each.stage.event):
        if wanted(step.stage.event):
            yield _course(step, places, matter, tellings.store, answered)


def _course(step: Placed, places: _Places, matter: Matter, store: ox.Store, answered: Callable[[str], bool]) -> Course:
    stage = step.stage
    awaited = stage.number + stage.is_reached
    goes_on = places.still(step)
    is_open = (
        awaited < len(matter.steps)
        and (awaited == stage.number or not matter.steps[awaited].breaks_off)
        and not places.later(step, 2 * awaited + 1, reached=True)
        and not (goes_on or step.goes_on)
        and not _is_known(store, step.treaties, matter.steps[awaited].known_by)
        and not answered(stage.event)
    )
    following = tuple(sorted(places.later(step, stage.rank + 1) or goes_on))
    return Course(stage, matter.steps[stage.number].step, following, matter.steps[awaited].step if is_open else None)


def _stage(each: Happening, matter: Matter, tellings: Tellings) -> Stage | None:
    """The event as the furthest step that is reached, else announced; None where claims leave both open."""
    for modality in (Modality.ACTUAL, Modality.PLANNED):
        claims = [telling for telling in _telling(each, matter, tellings) if telling.modality is modality]
        words = (
            {tellings.word(one.claim) for one in claims} if matter.needs_words(each.kind) else {""} if claims else ()
        )
        numbers = [number for word in words if (number := matter.number(each.kind, word)) is not None]
        if numbers:
            rank = 2 * max(numbers) + (modality is Modality.ACTUAL)
            first, last, dated = _days(each, claims, modality)
            return Stage(first, last, dated, rank, each.event)
    return None


def _telling(each: Happening, matter: Matter, tellings: Tellings) -> tuple[Telling, ...]:
    """The claims that tell a step: of what ends those that negate it, and those that say in so many words that it is prolonged."""
    if not matter.ends:
        return each.affirmed
    prolonged = (one for one in each.affirmed if matter.prolongs(each.kind, tellings.word(one.claim)))
    return *each.negated, *(one for one in prolonged if one.modality is Modality.ACTUAL)


def _still(each: Happening, matter: Matter, tellings: Tellings) -> Stage | None:
    """What was to end, where claims say that it is the case: no step, but what became of the announcement once its day is there."""
    claims = _standing(each, matter, tellings)
    return Stage(*_days(each, claims, Modality.ACTUAL), matter.still, each.event) if claims else None


def _standing(each: Happening, matter: Matter, tellings: Tellings) -> list[Telling]:
    """The claims that say of what can end that it is the case."""
    actual = [one for one in each.affirmed if matter.ends and one.modality is Modality.ACTUAL]
    return [one for one in actual if matter.number(each.kind, tellings.word(one.claim)) is not None]


def _days(each: Happening, claims: list[Telling], modality: Modality) -> tuple[str, str, bool]:
    """When a step was: what took place on its own days, what is announced when that was told."""
    told = min(((one.source.day, one.source.last) for one in claims), default=(UNKNOWN, UNKNOWN))
    if (modality is Modality.ACTUAL and each.dated) or told[0] == UNKNOWN:
        return each.first, each.last, each.dated
    return *told, False


def _recorded(each: Happening, matter: Matter) -> Stage | None:
    """What the reference records of a treaty, as a step that needs no claim."""
    number = matter.number(each.kind, "")
    if number is None or not each.dated or not each.of("treaty"):
        return None
    return Stage(each.first, each.last, True, 2 * number + 1, each.event)


def _is_known(store: ox.Store, treaties: Iterable[str], name: str | None) -> bool:
    """Whether the reference has the date of the step for one of these treaties."""
    return name is not None and any(
        True
        for treaty in treaties
        for _ in store.quads_for_pattern(ox.NamedNode(treaty), ox.NamedNode(AC + name), None, DEFAULT)
    )


def keys_of(each: Happening, matter: Matter) -> list[Key]:
    """What an event has in the roles of the matter's key; none where one of them is empty."""
    return sorted(product(*(_bodies(_filling(each, role, matter), role) for role in matter.key)))


def _filling(each: Happening, role: str, matter: Matter) -> frozenset[str]:
    """What counts as filling a role of the matter's key."""
    other = matter.stand_in(each.kind, role)
    return each.of(role) or (each.of(other) if other else frozenset())


def placed(tellings: Tellings, event: str, kind: str, matter: Matter) -> Placed | None:
    """An event as a step of a matter; None where it is none.

    What claims tell of an event goes before what the reference records of it.
    """
    each = happening(tellings, event, kind)
    keys = tuple(keys_of(each, matter))
    stage = _stage(each, matter, tellings)
    found = stage or (_still(each, matter, tellings) if tellings.is_told(event) else _recorded(each, matter))
    if found is None or not keys:
        return None
    due = each.last if each.dated else UNKNOWN
    goes_on = any(due <= one.source.day < UNKNOWN for one in _standing(each, matter, tellings))
    told = stage is not None
    return Placed(found, keys, known_of(each, matter), tuple(sorted(each.of("treaty"))), told, due, goes_on)


def known_of(each: Happening, matter: Matter) -> tuple[str, ...]:
    """What an event has in the roles that count where known."""
    return tuple(sorted({one for role in matter.where_known for one in _bodies(each.of(role), role)}))


class _Places:
    """The steps of all matters of a kind, by what they must agree in and their rank, in the order of time."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self._top = 2 * len(matter.steps)
        self._kept: dict[tuple[Key, int, bool], list[tuple[str, str, str]]] = {}
        self._sorted = False

    def take(self, placed: Placed) -> None:
        """Take in a step."""
        stage = placed.stage
        for key in placed.keys:
            for more in [*(placed.known or [""]), "*"] if self._matter.where_known else [""]:
                kept = self._kept.setdefault(((*key, more), stage.rank, stage.dated), [])
                kept.append((stage.day, stage.event, stage.first))
        self._sorted = False

    def still(self, placed: Placed) -> set[str]:
        """For each matter of an announcement the first that says, on its day or later, that what was to end goes on."""
        stage = placed.stage
        if not self._matter.ends or stage.is_reached or placed.due == UNKNOWN:
            return set()
        due = replace(placed, stage=replace(stage, first=max(placed.due, stage.first), dated=True))
        return self._among(due, range(self._matter.still, self._matter.still + 1))

    def later(self, placed: Placed, least: int, *, reached: bool = False) -> set[str]:
        """For each matter of the event the nearest later step of at least this rank, if there is one."""
        return self._among(placed, range(least, self._top, 2 if reached else 1))

    def _among(self, placed: Placed, ranks: range) -> set[str]:
        """For each matter of the event the nearest later step of these ranks."""
        if not self._sorted:
            for kept in self._kept.values():
                kept.sort()
            self._sorted = True
        stage, known = placed.stage, placed.known
        mores = [*known, ""] if known else ["*"] if self._matter.where_known else [""]
        found = set()
        for key in placed.keys:
            near = [
                one
                for more, rank, dated in product(mores, ranks, (True, False))
                if (one := self._nearest(((*key, more), rank, dated), stage)) is not None
            ]
            best: tuple[int, str, str, str] | None = None
            for one in sorted(near):
                # A higher step goes before a lower one only where it was surely earlier.
                if best is None or one[1] < best[3]:
                    best = one
            if best is not None:
                found.add(best[2])
        return found

    def _nearest(self, place: tuple[Key, int, bool], stage: Stage) -> tuple[int, str, str, str] | None:
        """Rank, day, event and first day of the nearest step of a place that is not before this one.

        Of two that were told on one day, and have none of their own, no order is known.
        """
        kept = self._kept.get(place, [])
        after_the_day = not place[2] and not stage.dated
        at = bisect_left(kept, (stage.first, "\uffff" if after_the_day else ""))
        while at < len(kept) and kept[at][1] == stage.event:
            at += 1
        return (place[1], *kept[at]) if at < len(kept) and kept[at][0] != UNKNOWN else None


def _bodies(found: frozenset[str], role: str) -> set[str]:
    """What fills a role; of persons those for whom they act, where that is known. A kind of weapon joins nothing."""
    if role == "item":
        return {each for each in found if each.startswith(ACR + "weapon/")}
    bodies = {each for each in found if not each.startswith(ACR + "person/")}
    return bodies or set(found) if role in AGENTS else set(found)
