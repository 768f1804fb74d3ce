"""The process that changes the graph for the explorer: `python -m kg.explorer.worker [PATH…]` in the settings' home.

Reads the files into the graph, or with none brings it up to date with the judgements, as `kg add` does. Tells how far it is in
lines of JSON: {"stage": …, "total": …}, {"advance": …}, and at the end {"report": …} or {"error": [problem, remedy]}.
It ends, and leaves the graph as it was, when its standard input is closed: by a reader's click, or with the explorer itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from kg.errors import KgError
from kg.settings import settings

NICENESS = 5
"""The pages go first where the machine is busy."""


class Told:
    """A kg.report.Progress that tells on standard output."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins."""
        _tell({"stage": name, "total": total})

    def advance(self, steps: int = 1) -> None:
        """So many steps are done."""
        _tell({"advance": steps})


def main(paths: list[str]) -> None:
    """Do the work and tell of it."""
    os.nice(NICENESS)
    threading.Thread(target=_end_with_input, daemon=True).start()
    from kg.build import add

    try:
        report = add(settings().home, [Path(path) for path in paths], progress=Told())
        _tell({"report": report.as_dict()})
    except KgError as error:
        _tell({"error": [error.problem, error.remedy]})
    except KeyboardInterrupt:
        sys.exit(130)


def _tell(line: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _end_with_input() -> None:
    """Interrupt this process once nobody holds the other end of its standard input."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    main(sys.argv[1:])
