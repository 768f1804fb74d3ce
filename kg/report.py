"""How far a run is, and what it did."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Protocol

from kg.errors import StoreError
from kg.read import Rejected
from kg.store.disk import store_errors, whole_file

REPORT = "report.json"
"""The file of a snapshot that tells of the run which made it."""


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
    """Identifiers of the documents that changed the graph: read, or taken from the cache."""
    cached: int = 0
    """So many of them were taken from the cache."""
    unchanged: int = 0
    """Documents that the graph held already as they would be read now."""
    seen: int = 0
    """Files that were looked at."""
    words: int = 0
    """Of the documents that were read in this run."""
    worker_megabytes: int = 0
    """The most memory that a worker process of this machine held."""
    read_again: dict[str, int] = field(default_factory=dict)
    """How many of them the graph held, by what is another now: text, metadata, or what reads."""
    forgotten: list[str] = field(default_factory=list)
    set_aside: list[Rejected] = field(default_factory=list)
    mentions: int = 0
    """Of the documents that changed the graph; events and claims likewise."""
    events: int = 0
    claims: int = 0
    merged: int = 0
    """Events of the graph that are told under another's IRI, because both are one."""
    quads: int = 0
    """In all named graphs of the published snapshot."""
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage."""

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "snapshot": self.snapshot,
            "documents": self.documents,
            "read": len(self.documents) - self.cached,
            "read_again": self.read_again,
            "cached": self.cached,
            "unchanged": self.unchanged,
            "forgotten": self.forgotten,
            "set_aside": [
                {key: str(getattr(each, key)) for key in ("path", "place", "why", "reason", "remedy")}
                for each in self.set_aside
            ],
            "mentions": self.mentions,
            "events": self.events,
            "claims": self.claims,
            "merged": self.merged,
            "quads": self.quads,
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
            "words": self.words,
            "worker_megabytes": self.worker_megabytes,
            "words_per_second": round(self.words_per_second),
        }

    @property
    def words_per_second(self) -> float:
        """Words that were extracted from, by the seconds in which the run waited for that or did it."""
        seconds = round(self.seconds.get("extract", 0.0), 3)
        return self.words / seconds if seconds else 0.0

    def rows(self) -> list[tuple[str, str]]:
        """The report as a table: what, and how much."""
        kinds = Counter(each.why for each in self.set_aside)
        rows = [
            ("documents read", len(self.documents) - self.cached),
            *((f"  again, another {why}", count) for why, count in sorted(self.read_again.items())),
            ("from the cache", self.cached),
            ("unchanged", self.unchanged),
            ("forgotten", len(self.forgotten)),
            ("set aside", len(self.set_aside)),
            *((f"  {why}", count) for why, count in sorted(kinds.items())),
            ("mentions", self.mentions),
            ("events", self.events),
            ("claims", self.claims),
            ("events merged, in all", self.merged),
            ("words read", self.words),
            ("  a second", round(self.words_per_second)),
        ]
        times = [(f"  {stage}", f"{seconds:,.1f}") for stage, seconds in self.seconds.items()]
        told = [(name, f"{count:,}") for name, count in rows if count]
        return [*told, ("seconds", f"{sum(self.seconds.values()):,.1f}"), *times]


def write_report(folder: Path, report: Report) -> None:
    """Put a report into a snapshot's folder, as JSON; raises StoreError where the disk is full."""
    with store_errors(folder, "written"), whole_file(folder / REPORT) as part:
        part.write_text(json.dumps(report.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")


def read_report(folder: Path) -> Report | None:
    """The report in a snapshot's folder; None where no run made that snapshot."""
    try:
        told = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"The report in {folder} cannot be read: {error}.", "The graph does not need it.") from error
    known = {each.name for each in fields(Report)}
    aside = [
        Rejected(Path(each["path"]), each["reason"], each["remedy"], each["why"], each["place"])
        for each in told["set_aside"]
    ]
    return Report(**{name: value for name, value in told.items() if name in known} | {"set_aside": aside})


class Clock:
    """Tells whoever watches of the stages of a run, and notes in its report how long each took."""

    def __init__(self, report: Report, progress: Progress) -> None:
        self._report = report
        self._progress = progress
        self._timed: tuple[str, float] | None = None

    def begin(self, stage: str, total: int | None = None) -> None:
        """A stage begins."""
        self._progress.stage(stage, total)
        self.count(stage)

    def count(self, stage: str | None) -> str | None:
        """From here on the time counts for this stage, or for none; gives the one before."""
        now = time.perf_counter()
        last = None
        if self._timed is not None:
            last, since = self._timed
            self._report.seconds[last] = self._report.seconds.get(last, 0.0) + now - since
        self._timed = (stage, now) if stage is not None else None
        return last
