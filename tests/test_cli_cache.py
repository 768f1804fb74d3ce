"""kg cache, and what kg add says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]


@pytest.mark.usefixtures("fresh")
def test_the_cache_is_shown_pruned_and_cleared(kg: Kg, files: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert kg("cache", "--home", home)[1].startswith(f"0 documents, 0.0 MB, at {home}/shards.\n")
    assert kg("add", files, "--home", home)[0] == 0
    code, said, _ = kg("cache", "--home", home)
    assert (code, said.splitlines()[1]) == (0, "0 were taken from it so far, 2 were read.")
    assert kg("build", files, "--home", home)[0] == 0
    shown = json.loads(kg("cache", "--home", home, "--json")[1])
    assert (shown["entries"], shown["found"], shown["read"]) == (2, 2, 2)
    code, said, _ = kg("cache", "prune", "--home", home)
    assert said == "0 documents removed; 0.0 MB freed.\n"
    code, said, _ = kg("cache", "clear", "--home", home, "--json")
    assert (code, json.loads(said)["removed"]) == (0, 2)
    assert kg("add", files, "--home", home)[1] == "2 documents unchanged; the graph is as it was.\n"


@pytest.mark.usefixtures("fresh")
def test_what_no_snapshot_holds_is_pruned(kg: Kg, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    assert kg("add", files, "--home", home)[0] == 0
    monkeypatch.setenv("KG_KEEP_SNAPSHOTS", "1")
    assert kg("forget", "a", "--home", home)[0] == 0
    assert kg("cache", "prune", "--home", home)[1].startswith("1 documents removed")


@pytest.mark.usefixtures("fresh")
def test_the_shards_lie_where_the_user_says(
    kg: Kg, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_SHARDS", f"file://{tmp_path}/far")
    assert kg("add", files, "--home", tmp_path / "one")[0] == 0
    code, said, _ = kg("build", files, "--home", tmp_path / "two", "--json")
    assert (code, json.loads(said)["cached"]) == (0, 2)
    assert not (tmp_path / "one" / "shards").exists()


@pytest.mark.usefixtures("fresh")
def test_the_report_of_a_run_lies_beside_the_snapshot(kg: Kg, files: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    code, said, _ = kg("add", files, "--home", home, "--json")
    (path,) = home.glob("snapshots/*/report.json")
    told = json.loads(path.read_text())
    assert told == json.loads(said)
    assert (told["read"], told["cached"], told["unchanged"], told["words"]) == (2, 0, 0, 12)
    assert json.loads(kg("status", "--run", "--json", "--home", home)[1]) == told
    (home / "texts").mkdir()
    (home / "texts" / "empty.txt").write_text("")
    code, said, _ = kg("build", files, home / "texts", "--home", home)
    assert (code, "2 of them from the cache.\n" in said) == (1, True)
    rows = dict(line.strip().rsplit(None, 1) for line in kg("status", "--run", "--home", home)[1].splitlines())
    rows = {name.strip(): value for name, value in rows.items()}
    assert rows.keys() >= {"from the cache", "set aside", "empty", "mentions", "claims", "seconds", "infer"}
    assert (rows["from the cache"], rows["set aside"], rows["claims"]) == ("2", "1", "1")


@pytest.mark.usefixtures("fresh")
def test_what_is_read_again_is_told(kg: Kg, tmp_path: Path) -> None:
    home, text = tmp_path / "home", tmp_path / "x.txt"
    text.write_text("La Russie reste.")
    assert kg("add", text, "--home", home)[0] == 0
    text.write_text("La Russie quitte le traité.")
    assert "1 read again for another text.\n" in kg("add", text, "--home", home)[1]
