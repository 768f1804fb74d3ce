"""How many read, and where: what a user says of it, and the reader that follows."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from kg.cache import Shelf
from kg.settings import settings
from kg.workers.cluster import Cluster
from kg.workers.crew import Crew
from kg.workers.desk import Desk, Here, Reader, Setup


@dataclass(frozen=True, slots=True)
class Hands:
    """Who is to read documents."""

    workers: int = 0
    """So many processes of this machine; 0 for the one that asks."""
    scheduler: str = ""
    """The address of a Dask scheduler, whose workers are to read instead."""

    @classmethod
    def chosen(cls, workers: int | None = None, scheduler: str = "") -> Hands:
        """What the user says, else the settings, else one process for each core that this one may use."""
        given = workers if workers is not None else settings().workers
        return cls(_cores() if given is None else given, scheduler)

    @property
    def are_elsewhere(self) -> bool:
        """Whether other processes read."""
        return bool(self.workers or self.scheduler)

    def reader(
        self, setup: Setup | None, desk: Callable[[Shelf | None], Desk], shelf: Shelf | None, total: int
    ) -> Reader:
        """The reader for about `total` documents; `desk` makes that of this process, which is taken where there is no setup for others.

        Raises CallError where a cluster does not answer.
        """
        seconds, memory = settings().document_seconds, settings().worker_memory
        if setup is None or not self.are_elsewhere:
            return Here(desk(shelf))
        if self.scheduler:
            return Cluster(setup, self.scheduler, seconds=seconds, memory=memory)
        return Crew(setup, size=max(1, min(self.workers, total // 2)), seconds=seconds, memory=memory)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
