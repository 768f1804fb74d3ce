"""The one change of the graph that the explorer makes at a time, in a process of its own, seen by all windows.

Two pages begin one: Add reads documents, Review applies judgements. It goes on whatever page is looked at.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from kg.settings import ROOT, settings

GRACE = 10.0
"""Seconds that a process has to end by itself once it is cancelled."""


class Job:
    """A change of the graph under way, or over."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Begin: read these files, or with none apply the judgements."""
        self.paths = tuple(paths)
        self.stage = ""
        self.done = 0
        self.total: int | None = None
        self.report: dict[str, Any] | None = None
        """What was done (kg.report.Report.as_dict), once that is known."""
        self.error: tuple[str, str] | None = None
        """Problem and remedy, where it failed."""
        self.cancelled = False
        self._began = time.monotonic()
        self._ended: float | None = None
        command = [sys.executable, "-m", "kg.explorer.worker", *map(str, self.paths)]
        environment = {**os.environ, "KG_HOME": str(settings().home.absolute()), "PYTHONPATH": _search_path()}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._ended is None

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return (self._ended or time.monotonic()) - self._began

    def cancel(self) -> None:
        """End it; the graph stays as it was. What is published already is not taken back."""
        if not self.running:
            return
        self.cancelled = True
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        threading.Timer(GRACE, self._kill).start()

    def wait(self, seconds: float) -> bool:
        """Whether it is over, after waiting at most so long."""
        self._listener.join(seconds)
        return not self.running

    def _kill(self) -> None:
        if self.running:
            self._process.kill()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._hear(json.loads(line))
        code = self._process.wait()
        if self.report is None and self.error is None and not self.cancelled:
            self.error = (
                f"The process that reads documents ended with {code}.",
                "Try kg add in a terminal: it says more.",
            )
        self._ended = time.monotonic()

    def _hear(self, told: dict[str, Any]) -> None:
        if "stage" in told:
            self.stage, self.done, self.total = told["stage"], 0, told["total"]
        elif "advance" in told:
            self.done += told["advance"]
        elif "report" in told:
            self.report = told["report"]
        elif "error" in told:
            problem, remedy = told["error"]
            self.error = problem, remedy


class Jobs:
    """The last job of a home."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.last: Job | None = None

    def begin(self, paths: Sequence[Path]) -> bool:
        """Begin a job; gives False, and begins none, where one is under way."""
        with self._lock:
            if self.last is not None and self.last.running:
                return False
            self.last = Job(paths)
            return True


@st.cache_resource(show_spinner=False)
def jobs(home: str) -> Jobs:
    """The jobs of a home, for all sessions."""
    return Jobs()


def _search_path() -> str:
    """Where the process finds this program."""
    return os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
