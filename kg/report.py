"""How far a run is, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from kg.read import Rejected


class Progress(Protocol):
    """Who wants to know how far a run is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins; `total` steps are ahead, where that is known."""
        ...

    def advance(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""
        ...


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Do nothing."""

    def advance(self, steps: int = 1) -> None:
        """Do nothing."""


@dataclass(slots=True)
class Report:
    """What a run did."""

    snapshot: str | None = None
    """The snapshot that it published; None where it published nothing."""
    documents: list[str] = field(default_factory=list)
    """Identifiers of the documents that were read."""
    forgotten: list[str] = field(default_factory=list)
    set_aside: list[Rejected] = field(default_factory=list)
    mentions: int = 0
    """Of the documents that were read; events and claims likewise."""
    events: int = 0
    claims: int = 0
    quads: int = 0
    """In all named graphs of the published snapshot."""
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage."""

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "snapshot": self.snapshot,
            "documents": self.documents,
            "forgotten": self.forgotten,
            "set_aside": [
                {key: str(getattr(each, key)) for key in ("path", "place", "why", "reason", "remedy")}
                for each in self.set_aside
            ],
            "mentions": self.mentions,
            "events": self.events,
            "claims": self.claims,
            "quads": self.quads,
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
        }
