"""What the browser loads is what its sources give: the files of static/ stand with the hashes of what they were built from."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.settings import ROOT

SOURCES = ROOT / "components"
STATIC = ROOT / "static"
BUILT = json.loads((STATIC / "built.json").read_text(encoding="utf-8"))
BUNDLES = ("editor.js", "graph.js")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_built_files_are_current() -> None:
    names = ["build.mjs", "package-lock.json", "package.json", "world.mjs"]
    names += [f"src/{path.name}" for path in (SOURCES / "src").iterdir()]
    remedy = "run `npm ci && npm run build` in components/"
    assert BUILT["sources"] == {name: _hash(SOURCES / name) for name in names}, remedy
    assert BUILT["files"] == {path.name: _hash(path) for path in STATIC.iterdir() if path.name != "built.json"}, remedy


def test_versions_are_exact_and_no_address_is_recorded() -> None:
    package = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))
    asked = {**package["dependencies"], **package["devDependencies"]}
    assert [version for version in asked.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    locked = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in locked.items() if name and "integrity" not in entry] == []
    assert [name for name, entry in locked.items() if "resolved" in entry] == []


@pytest.mark.parametrize("name", BUNDLES)
def test_bundles_carry_the_licences_of_their_libraries(name: str) -> None:
    head = (STATIC / name).read_text(encoding="utf-8").partition("*/")[0]
    named = dict(re.findall(r"^(\S+) [\d.]+ \(([\w.-]+)\)$", head, re.MULTILINE))
    assert set(named.values()) == {"MIT"}
    assert head.count("Permission is hereby granted") == len(named)
    listed = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert [library for library in named if library not in listed] == []


@pytest.mark.parametrize("name", BUNDLES)
def test_bundles_load_nothing_else(name: str) -> None:
    code = (STATIC / name).read_text(encoding="utf-8").partition("*/")[2]
    assert re.findall(r"\bimport\s*\(|\bfrom\s*[\"']https?:|\bfetch\(|XMLHttpRequest|importScripts", code) == []


def test_world_shows_our_states() -> None:
    world = json.loads((STATIC / "world.json").read_text(encoding="utf-8"))
    shapes = world["objects"]["countries"]["geometries"]
    shown = [shape["properties"]["state"] for shape in shapes if "state" in shape["properties"]]
    with (ROOT / "seeds" / "reference" / "states" / "states.csv").open(encoding="utf-8") as file:
        ours = {row["id"] for row in csv.DictReader(file)}
    assert len(shown) == len(set(shown))
    assert {"RUS", "USA", "FRA", "IRN", "XKX", "TWN", "PSE"} <= set(shown)
    assert set(shown) - ours == {"FLK", "PRI", "ATF", "NCL", "ATA"}  # no states of their own


@pytest.mark.proof
def test_the_sources_give_these_bytes(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("there is no npm to build with")
    folder = tmp_path / "components"
    shutil.copytree(SOURCES, folder, ignore=shutil.ignore_patterns("node_modules"))
    subprocess.run(["npm", "ci", "--loglevel=error"], cwd=folder, check=True, capture_output=True, timeout=300)
    subprocess.run(["node", "build.mjs"], cwd=folder, check=True, capture_output=True, timeout=300)
    built = {path.name: path.read_bytes() for path in (tmp_path / "static").iterdir()}
    assert built == {path.name: path.read_bytes() for path in STATIC.iterdir()}
