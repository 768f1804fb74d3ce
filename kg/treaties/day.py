"""A day in the law: how states stood towards a treaty, or a state towards all treaties, as the graph computed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.treaties.model import BINDING, PARTY, Interval, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """How one state stood towards one treaty on one day."""

    treaty: str
    state: str
    statuses: tuple[Status | None, ...]
    """What it was; several where the known dates allow of several, None among them for nothing at all."""
    intervals: tuple[Interval, ...]
    """The intervals that may cover the day."""

    @property
    def certain(self) -> bool:
        """Whether the dates leave but one status."""
        return len(self.statuses) == 1

    @property
    def party(self) -> bool | None:
        """Whether it had consented to be bound and not left; None where the dates do not say."""
        return _among(self.statuses, PARTY)

    @property
    def bound(self) -> bool | None:
        """Whether the treaty bound it, its participation not suspended; None where the dates do not say."""
        return _among(self.statuses, BINDING)


def _among(statuses: Iterable[Status | None], wanted: frozenset[Status]) -> bool | None:
    found = {status in wanted for status in statuses}
    return found.pop() if len(found) == 1 else None


def standings(intervals: Iterable[Interval], day: date) -> list[Standing]:
    """The standing on that day of every state towards every treaty of which the intervals tell one.

    In the order of states, then treaties. A state whose first interval has not begun on that day has none.
    """
    groups: dict[tuple[str, str], list[Interval]] = defaultdict(list)
    for each in intervals:
        if each.state:
            groups[each.state, each.treaty].append(each)
    found = []
    for (state, treaty), all_of in sorted(groups.items()):
        possible = [each for each in all_of if each.maybe(day)]
        statuses: list[Status | None] = list(dict.fromkeys(each.status for each in possible))
        if possible and day < min(each.start.last for each in all_of):
            statuses.insert(0, None)
        if possible:
            found.append(Standing(treaty, state, tuple(statuses), tuple(possible)))
    return found
