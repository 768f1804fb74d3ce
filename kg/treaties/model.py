"""What the status of treaties is computed from, and what comes out: records of plain values, no library object."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(1)


class Status(StrEnum):
    """Local names of the individuals of ac:LegalStatus that an interval may have."""

    SIGNED_ONLY = "SignedOnly"
    CONSENTED = "Consented"
    BOUND = "Bound"
    SUSPENDED = "Suspended"
    WITHDRAWAL_NOTIFIED = "WithdrawalNotified"
    ENDED = "Ended"
    NOT_YET_IN_FORCE = "NotYetInForce"
    IN_FORCE = "InForce"
    EXPIRED = "Expired"
    TERMINATED = "Terminated"


PARTY = frozenset({Status.CONSENTED, Status.BOUND, Status.SUSPENDED, Status.WITHDRAWAL_NOTIFIED})
"""A depositary counts as parties those that have consented, be they bound yet or not."""

BINDING = frozenset({Status.BOUND, Status.WITHDRAWAL_NOTIFIED})


@dataclass(frozen=True, slots=True)
class Bounds:
    """A day that is known within bounds: the first and the last that it can be, both included."""

    first: date
    last: date

    def later(self, other: Bounds) -> Bounds:
        """Whichever of two days comes later."""
        return Bounds(max(self.first, other.first), max(self.last, other.last))

    def sooner(self, other: Bounds) -> Bounds:
        """Whichever of two days comes first."""
        return Bounds(min(self.first, other.first), min(self.last, other.last))

    def eve(self) -> Bounds:
        """The day before."""
        return Bounds(max(self.first, date.min + DAY) - DAY, max(self.last, date.min + DAY) - DAY)

    def meets(self, other: Bounds) -> bool:
        """Whether both may be the same day."""
        return self.first <= other.last and other.first <= self.last


def on(day: date) -> Bounds:
    """A day that is known."""
    return Bounds(day, day)


@dataclass(frozen=True, slots=True)
class Act:
    """What a state, or several, did to a treaty."""

    iri: str
    """The event, or the record of a membership whose date is unknown."""
    action: str
    """signature, ratification, accession, succession, party, suspension, withdrawal, revocation or extension."""
    treaty: str
    states: tuple[str, ...]
    when: Bounds | None
    """None for a membership whose date is unknown."""
    notified: Bounds | None = None
    """When notice of it was given, where it took effect later."""
    until: date | None = None
    """Of an extension, the day on which the treaty would end; None where it is without limit."""
    listed: date | None = None
    """Of a membership whose date is unknown, a day on which a list named the state."""
    unlisted: date | None = None
    """Likewise, a day on which a list did not name it yet."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a treaty says of its own life; docs/treaties.md says what each field may hold."""

    iri: str
    entry: str = "date"
    deposits: int | None = None
    requires: frozenset[str] = frozenset()
    entry_delay: str = "0 days"
    party_delay: str = "0 days"
    party_after: str = "entry"
    duration: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty with its dates as recorded, its rule and all acts upon it."""

    iri: str
    rule: Rule
    signed: Bounds | None = None
    in_force: Bounds | None = None
    ended: Bounds | None = None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """When a treaty was in force."""

    entry: Bounds | None
    """The first day; None where it never entered into force."""
    end: Bounds | None
    """The first day on which it was no more; None where it lasts."""
    expired: bool
    """Whether it ended by its own term."""
    trigger: Bounds | None = None
    """The day of the last instrument that it needed, where its rule counts them and they are known."""
    entry_evidence: tuple[str, ...] = ()
    end_evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """One state's part of a line of states that continue each other."""

    state: str
    first: date = date.min
    last: date = date.max
    before: str | None = None
    """The state that it continues."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Days on which one status held; the end is None where it still does."""

    treaty: str
    state: str | None
    """None for the treaty itself."""
    status: Status
    start: Bounds
    end: Bounds | None
    evidence: tuple[str, ...] = field(default=())

    def surely(self, day: date) -> bool:
        """Whether the status held on that day for certain."""
        return self.start.last <= day and (self.end is None or day <= self.end.first)

    def maybe(self, day: date) -> bool:
        """Whether the status may have held on that day."""
        return self.start.first <= day and (self.end is None or day <= self.end.last)
