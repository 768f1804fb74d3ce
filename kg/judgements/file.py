"""The file of judgements: one a line, only ever added to, so that a team can keep it in git and merge it line by line.

    {"id":"…","when":"2026-01-31T09:30:00.000000Z","who":"A. Reviewer","why":"…","kind":"reject","subjects":["…"],"judged":[…]}

A line that cannot be read is an error that names it: nothing is skipped, and nothing is written to such a file.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from kg.errors import JudgementError, LockedError
from kg.ids import digest
from kg.judgements.lines import in_order, line_of, now, parse
from kg.judgements.model import Judgement, Kind, Reading, Value
from kg.settings import settings
from kg.store.disk import store_errors, whole_file

FILE = "judgements.jsonl"
PATIENCE = 10.0
"""Seconds to wait for another writer."""


def judgements_file() -> Path:
    """Where judgements stand: at KG_JUDGEMENTS, or else in the seeds."""
    return settings().judgements or settings().seeds / FILE


def read(path: Path) -> tuple[Judgement, ...]:
    """All judgements of the file, the oldest first; none where there is no file.

    Raises JudgementError for the first line that is wrong, StoreError where the file cannot be read.
    """
    return _parsed(path, _content(path))


def append(
    path: Path,
    kind: Kind,
    subjects: Sequence[str],
    *,
    who: str,
    why: str = "",
    value: Value = None,
    judged: Sequence[Reading] = (),
) -> Judgement:
    """Add a judgement to the file, which is made where there is none; gives it with its id and time.

    The whole file is written beside the old one and renamed, under a lock, after every line of it was read: it holds all of
    before and the new line, or all of before. Raises JudgementError where a line is wrong or the judgement itself is
    none, LockedError where others write for long, StoreError where it cannot be written.
    """
    with _lock(path) as folder:
        before = _content(path)
        known = _parsed(path, before)
        when = max(now(), known[-1].when if known else "")  # a clock that was set back does not undo what came before
        ordered, read = in_order(subjects, judged)
        place = digest(when, who, kind.value, *ordered, str(len(known)))
        judgement = Judgement(place, when, who, why, kind, ordered, value, read)
        try:
            line = line_of(judgement)
            _require_known(path, (*known, judgement))
        except ValidationError as error:
            raise JudgementError(
                f"This is no judgement: {_told(error)}.", "kg review judge --help tells how."
            ) from error
        if before and not before.endswith(b"\n"):
            before += b"\n"
        with store_errors(path, "written"), whole_file(path) as part:
            part.write_bytes(before + line.encode() + b"\n")
            if path.exists():
                part.chmod(path.stat().st_mode)
        os.fsync(folder)
    return judgement


def _content(path: Path) -> bytes:
    with store_errors(path, "read"):
        return path.read_bytes() if path.exists() else b""


def _parsed(path: Path, content: bytes) -> tuple[Judgement, ...]:
    found: dict[str, Judgement] = {}
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            judgement = parse(line)
        except ValidationError as error:
            raise _wrong(path, number, _told(error)) from error
        if found.setdefault(judgement.id, judgement) != judgement:
            raise _wrong(path, number, f"the id {judgement.id} is that of another judgement as well")
    ordered = tuple(sorted(found.values(), key=lambda each: (each.when, each.id)))
    _require_known(path, ordered)
    return ordered


def _require_known(path: Path, judgements: Sequence[Judgement]) -> None:
    """That every undo names an earlier judgement."""
    seen = set[str]()
    for judgement in judgements:
        if judgement.kind is Kind.UNDO and judgement.subjects[0] not in seen:
            raise JudgementError(
                f"{path}: {judgement.id} undoes {judgement.subjects[0]}, and no earlier line has this id.",
                "Put that line back; kg review log lists those that there are.",
            )
        seen.add(judgement.id)


def _wrong(path: Path, number: int, what: str) -> JudgementError:
    return JudgementError(
        f"{path}, line {number}: {what}.",
        "Correct the line, or put back the one that stood there; nothing was changed.",
    )


def _told(error: ValidationError) -> str:
    """What is wrong with a line, and in which field."""
    detail = error.errors()[0]
    where = ".".join(str(each) for each in detail["loc"])
    message = detail["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


@contextmanager
def _lock(path: Path) -> Iterator[int]:
    """Hold the file's folder locked, which leaves nothing behind; the system frees it when its holder dies."""
    with store_errors(path, "written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
    try:
        until = time.monotonic() + PATIENCE
        while not _locks(folder):
            if time.monotonic() > until:
                raise LockedError(f"{path} is being written to by another process.", "Try again in a moment.")
            time.sleep(0.02)
        yield folder
    finally:
        os.close(folder)


def _locks(folder: int) -> bool:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
