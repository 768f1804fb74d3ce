"""A graph that documents come into, change in and go out of, step by step, against one that is built of what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck
from hypothesis import strategies as st

from kg.build import add, build, forget
from kg.shards import MakeExtractor
from kg.store import Home, verify

Step = tuple[str, str | None]
"""A document, and its text from now on; None where it is forgotten."""
ROUNDS: dict[str, Any] = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}
"""How hypothesis walks: the same way each time, and as slowly as graphs are built."""


def steps(names: Sequence[str], texts: st.SearchStrategy[str], most: int) -> st.SearchStrategy[list[Step]]:
    """So many steps at most."""
    return st.lists(st.tuples(st.sampled_from(names), st.one_of(st.none(), texts)), min_size=1, max_size=most)


def lay(folder: Path, texts: Mapping[str, str]) -> Path:
    """Write the texts as files of these names, and give their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def state(home: Path) -> tuple[str, int, dict[str, int]]:
    """Hash of all graphs, size of the default graph, and size of each."""
    manifest = Home(home).current().manifest
    return manifest["hash"], manifest["triples"], manifest["graphs"]


def walk(folder: Path, begin: Mapping[str, str], taken: Sequence[Step], extractor: MakeExtractor) -> None:
    """Take the steps from a graph of some documents, and compare what comes of them with a build of what is left."""
    texts, home = dict(begin), folder / "home"
    build(home, [lay(folder / "texts", texts)], extractor=extractor)
    for name, text in taken:
        if text is not None:
            texts[name] = text
            add(home, [lay(folder / "texts", {name: text}) / f"{name}.txt"], extractor=extractor)
        elif texts.pop(name, None) is not None:
            forget(home, [name])
            (folder / "texts" / f"{name}.txt").unlink()
    build(folder / "scratch", [folder / "texts"] if texts else [], extractor=extractor)
    assert state(home) == state(folder / "scratch")
    assert verify(Home(home).current()) == []
