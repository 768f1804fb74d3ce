"""A thousand damaged files, and a few good ones among them: none stops the run, each is set aside with its reason, and none
takes more time or memory than its limits."""

from __future__ import annotations

import os
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from damaged import FRENCH, KINDS, damaged
from fakes import FakeExtractor, lean_project

from kg import aside
from kg.build import add
from kg.model import Document
from kg.read import How, Rejected, read_files
from kg.read.guard import guard

SECONDS = 10.0
MEGABYTES = 600
PARENT_MEGABYTES = 700
"""What the run itself may take beyond what it took before: a few times the longest line that is given to it."""
HOW = How(1_000_000, file_bytes=50_000_000, seconds=SECONDS, memory=MEGABYTES)
GOOD = 10


def fill(folder: Path, count: int, huge: int) -> dict[str, str]:
    """Write damaged files, and good ones among them; the kind of each by its name."""
    kinds = {}
    for number, (name, data) in enumerate(damaged(count, huge)):
        (folder / name).write_bytes(data)
        kinds[name] = list(KINDS)[number % len(KINDS)]
    for number in range(GOOD):
        (folder / f"{number * count // GOOD:04}-bon-{number}.txt").write_text(FRENCH)
    return kinds


@pytest.fixture
def strict() -> Iterator[None]:
    """A process for hostile files that keeps these limits, for this test alone."""
    guard().stop()
    yield
    guard().stop()


def resident() -> int:
    """The most memory that this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def check(folder: Path, kinds: dict[str, str]) -> Counter[str]:
    """Read the folder; each damaged file must be set aside within its limits, and each good one be read."""
    begun, slowest = time.monotonic(), {}
    rejected: dict[str, list[Rejected]] = {}
    good: list[str] = []
    for path, read in read_files([folder], HOW):
        now = time.monotonic()
        slowest[path.name], begun = max(slowest.get(path.name, 0.0), now - begun), now
        if isinstance(read, Document):
            good.append(path.name)
        else:
            rejected.setdefault(path.name, []).append(read)
    assert sorted(name for name in good if "-bon-" in name) == sorted(p.name for p in folder.glob("*-bon-*"))
    unread = {name: kind for name, kind in kinds.items() if name not in rejected}
    assert unread == {}, f"not set aside: {unread}"
    assert all(each.reason.endswith(".") and each.remedy.endswith(".") for found in rejected.values() for each in found)
    assert max(slowest.values()) < SECONDS + 5, max(slowest, key=lambda name: slowest[name])
    return Counter(found[-1].why for found in rejected.values())


def test_damaged_files_of_all_kinds_are_set_aside(tmp_path: Path, strict: None) -> None:
    """One of each kind and level, small: the quick part of the proof."""
    found = check(tmp_path, fill(tmp_path, 8 * len(KINDS), 5_000_000))
    assert set(found) >= {"damaged", "limit", "format", "language", "empty", "metadata"}


@pytest.mark.proof
def test_a_thousand_damaged_files(tmp_path: Path, strict: None) -> None:
    kinds = fill(tmp_path, 1_000, 50_000_001)
    before = resident()
    found = check(tmp_path, kinds)
    assert sum(found.values()) == 1_000
    assert resident() - before < PARENT_MEGABYTES * 1_000_000
    print(f"\n{dict(found)}; the run grew by {(resident() - before) / 1e6:.0f} MB")


@pytest.mark.proof
def test_a_run_over_them_ends_with_what_is_good(tmp_path: Path, strict: None) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    kinds = fill(folder, 1_000, 5_000_000)
    (tmp_path / "lean").mkdir()
    with lean_project(tmp_path / "lean"):
        report = add(home, [folder], extractor=FakeExtractor)
    assert len(report.documents) == GOOD
    listed = {each.rejected.path.name for each in aside.entries(home)}
    assert listed == kinds.keys()
    assert not any(os.path.lexists(path) for path in ("/etc/cron.d/x.txt", "/etc/passwd.txt"))
