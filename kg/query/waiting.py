"""What every query under way has in common: a clock, an end of its time, and that leaving its `with` block stops it."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from kg.errors import LimitError


class Waiting(ABC):
    """Something that may take `seconds` from now on."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def slice(self, wait: float) -> float:
        """How long to wait now, at most `wait` seconds, before its time is up."""
        return max(0.0, min(wait, self._seconds - self.elapsed))

    def check_time(self) -> None:
        """Stop it and raise LimitError where its time is up."""
        if self.elapsed < self._seconds:
            return
        self.stop()
        raise LimitError(
            f"The query took longer than {self._seconds:g} s and was stopped.",
            "Narrow it, add LIMIT, or raise KG_QUERY_SECONDS.",
        )

    @abstractmethod
    def stop(self) -> None:
        """End it, if it still runs."""
