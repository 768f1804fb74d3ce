"""What the command prints: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from kg.errors import CallError

STDOUT = Path("-")
STAGES = {
    "foundations": "ontology and reference data",
    "read": "reading",
    "model": "loading the French model",
    "documents": "reading documents",
    "infer": "inferring",
    "publish": "publishing",
    "owl": "reasoning",
    "load": "loading",
    "verify": "comparing",
    "send": "sending graphs",
    "union": "bringing the union up to date",
    "compare": "asking the saved questions",
}
"""What a reader is told of each stage."""

PATIENCE = 2.0
"""Seconds after which a progress bar appears."""


def say(text: str) -> None:
    """Print a result."""
    give(text.encode("utf-8", "backslashreplace") + b"\n")


def give(data: bytes) -> None:
    """Write bytes of a result as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of texts as kg ask prints its tables."""
    import pyoxigraph as ox

    from kg.query import Table, serialise

    cells = tuple(tuple(ox.Literal(text) for text in row) for row in rows)
    give(serialise(Table(tuple(columns), cells), "table"))


def say_json(value: Any) -> None:
    """Print a result as JSON, for programs."""
    say(json.dumps(value, indent=2))


def give_file(file: Path, text: str, said: str) -> None:
    """Write a text to a file and print what was written, or the text itself where the file is `STDOUT`.

    Raises CallError where the file cannot be written.
    """
    if file == STDOUT:
        give(text.encode())
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CallError(f"{file} cannot be written: {error.strerror}.", "Name another file.") from error
    say(f"{file}: {said}.")


def complain(text: str) -> None:
    """Print an error or a warning, on one line, with nothing in it that a terminal would obey."""
    line = "".join(each if each.isprintable() else " " for each in text)
    sys.stderr.write(f"kg: {' '.join(line.split())}\n".encode(errors="backslashreplace").decode())
    sys.stderr.flush()


class _Warnings(logging.Handler):
    """Prints what the stages warn of as errors are printed, each warning once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._printed: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Print a warning."""
        message = record.getMessage().rstrip(".")
        if message not in self._printed:
            self._printed.add(message)
            complain(f"Warning: {message}.")


def pass_on_warnings() -> None:
    """Let warnings of this package be seen."""
    log = logging.getLogger("kg")
    log.handlers = [_Warnings()]
    log.propagate = False


class Bars:
    """A progress bar on stderr, which appears where something takes longer than `PATIENCE`.

    Nothing is shown where stderr is no terminal. It is a kg.report.Progress.
    """

    def __init__(self) -> None:
        self._live: Any = None
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Bars:
        if sys.stderr.isatty():
            self._live = _bars()
            self._timer = threading.Timer(PATIENCE, self._live.start)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._live.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        """Show a stage in place of the one before."""
        if self._live is not None:
            for task in self._live.task_ids:
                self._live.remove_task(task)
            self._live.add_task(STAGES.get(name, name), total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the bar."""
        if self._live is not None and self._live.task_ids:
            self._live.advance(self._live.task_ids[-1], steps)


def _bars() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
