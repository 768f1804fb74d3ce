"""What became of what was offered, announced or signed: steps of one matter, each linked to the next that is reported.

A step is reached where a claim says that it took place, and announced where claims only say that it is intended. From each
event a link leads to the nearest later step of the same matter, and each says which step is awaited where none of its like is
reported later. That is what documents report; of what was never written nothing is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from kg.ledger.happenings import AGENTS, Happening, happening, happenings
from kg.ledger.matters import Matter
from kg.ledger.tellings import DEFAULT, UNKNOWN, Telling, Tellings
from kg.model import Modality
from kg.namespaces import AC, ACR, RDF

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


def courses(tellings: Tellings, matter: Matter, answered: Collection[str]) -> Iterator[Course]:
    """The steps of all matters of a kind. What was `answered` by a rejection awaits nothing more."""
    classes = {kind for step in matter.steps for kind in step.classes}
    told = happenings(tellings, sorted(classes))
    places = _Places(matter)
    stages: list[tuple[Stage, Happening]] = []
    for each in told:
        if (stage := _stage(each, matter, tellings)) is not None and places.keys(each):
            stages.append((stage, each))
            places.add(stage, each)
    for each in _recorded(tellings, {treaty for _, one in stages for treaty in one.of("treaty")}, classes):
        if (number := matter.number(each.kind, "")) is not None and each.dated:
            places.add(Stage(each.first, each.last, True, 2 * number + 1, each.event), each)
    for stage, each in stages:
        awaited = stage.number + stage.is_reached
        is_open = (
            awaited < len(matter.steps)
            and each.event not in answered
            and not places.later(stage, each, 2 * awaited + 1, reached=True)
            and not _is_known(tellings.store, each, matter.steps[awaited].known_by)
        )
        following = tuple(sorted(places.later(stage, each, stage.rank + 1)))
        yield Course(stage, matter.steps[stage.number].step, following, matter.steps[awaited].step if is_open else None)


def _stage(each: Happening, matter: Matter, tellings: Tellings) -> Stage | None:
    """The event as the furthest step that is reached, else announced; None where claims leave both open."""
    for modality in (Modality.ACTUAL, Modality.PLANNED):
        claims = [telling for telling in each.affirmed if telling.modality is modality]
        words = (
            {tellings.word(one.claim) for one in claims} if matter.needs_words(each.kind) else {""} if claims else ()
        )
        numbers = [number for word in words if (number := matter.number(each.kind, word)) is not None]
        if numbers:
            rank = 2 * max(numbers) + (modality is Modality.ACTUAL)
            first, last, dated = _days(each, claims, modality)
            return Stage(first, last, dated, rank, each.event)
    return None


def _days(each: Happening, claims: list[Telling], modality: Modality) -> tuple[str, str, bool]:
    """When a step was: what took place on its own days, what is announced when that was told."""
    told = min(((one.source.day, one.source.last) for one in claims), default=(UNKNOWN, UNKNOWN))
    if (modality is Modality.ACTUAL and each.dated) or told[0] == UNKNOWN:
        return each.first, each.last, each.dated
    return *told, False


def _recorded(tellings: Tellings, treaties: Collection[str], classes: Collection[str]) -> Iterator[Happening]:
    """What the reference records of treaties, where no claim tells it."""
    for treaty in sorted(treaties):
        for quad in tellings.store.quads_for_pattern(None, ox.NamedNode(AC + "treaty"), ox.NamedNode(treaty), DEFAULT):
            if not isinstance(quad.subject, ox.NamedNode) or quad.subject.value in tellings.claims:
                continue
            kinds = tellings.store.quads_for_pattern(quad.subject, ox.NamedNode(RDF + "type"), None, DEFAULT)
            names = {kind.object.value.removeprefix(AC) for kind in kinds if isinstance(kind.object, ox.NamedNode)}
            for kind in sorted(names & set(classes)):
                yield happening(tellings, quad.subject.value, kind)


def _is_known(store: ox.Store, each: Happening, name: str | None) -> bool:
    """Whether the reference has the date of the step for a treaty of the event."""
    return name is not None and any(
        True
        for treaty in each.of("treaty")
        for _ in store.quads_for_pattern(ox.NamedNode(treaty), ox.NamedNode(AC + name), None, DEFAULT)
    )


class _Places:
    """The steps of all matters of a kind, by what they must agree in and their rank, in the order of time."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self._top = 2 * len(matter.steps)
        self._kept: dict[tuple[Key, int, bool], list[tuple[str, str, str]]] = {}
        self._sorted = False

    def keys(self, each: Happening) -> list[Key]:
        """What an event has in the roles of the key; none where one of them is empty."""
        return sorted(product(*(_bodies(each.of(role), role) for role in self._matter.key)))

    def _known(self, each: Happening) -> list[str]:
        """What an event has in the roles that count where known."""
        return sorted({one for role in self._matter.where_known for one in _bodies(each.of(role), role)})

    def add(self, stage: Stage, each: Happening) -> None:
        """Take in a step."""
        known = self._known(each)
        for key in self.keys(each):
            for more in [*(known or [""]), "*"] if self._matter.where_known else [""]:
                kept = self._kept.setdefault(((*key, more), stage.rank, stage.dated), [])
                kept.append((stage.last if stage.dated else stage.first, stage.event, stage.first))
        self._sorted = False

    def later(self, stage: Stage, each: Happening, least: int, *, reached: bool = False) -> set[str]:
        """For each matter of the event the nearest later step of at least this rank, if there is one."""
        if not self._sorted:
            for kept in self._kept.values():
                kept.sort()
            self._sorted = True
        mores = [*known, ""] if (known := self._known(each)) else ["*"] if self._matter.where_known else [""]
        ranks = range(least, self._top, 2 if reached else 1)
        found = set()
        for key in self.keys(each):
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
