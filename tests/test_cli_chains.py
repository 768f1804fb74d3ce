"""kg chains: table, JSON, errors and exit codes, over the second sample graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import dispatches
import pytest

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dispatches.build_home(tmp_path_factory.mktemp("chains") / "home").path


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_LANGUAGE", raising=False)


def test_steps_and_gaps_are_printed(kg: Kg, home: Path) -> None:
    code, printed, _ = kg("chains", "--home", home)
    assert code == 0
    cells = [[cell for cell in line.split("  ") if cell] for line in printed.splitlines()[2:-1]]
    assert [[cell.strip() for cell in each][:5] for each in cells] == [
        ["1", "2019-05", "2019-06-03", "offer", "reported"],
        ["2019-07", "2019-07-10", "delivery", "reported", "Ankara attend ses missiles"],
        ["2", "2019-06-03", "deployment", "announced", "Ce qui se prépare"],
        ["deployment", "not reported since 2019-06-03"],
    ]
    assert printed.splitlines()[-1] == "2 in all, 1 of which await a step."


def test_only_what_awaits_a_step_or_involves_a_thing(kg: Kg, home: Path) -> None:
    def told(*call: str) -> list[list[str]]:
        _, printed, _ = kg("chains", *call, "--json", "--home", home)
        return [[step["step"] for step in chain["steps"]] for chain in json.loads(printed)]

    assert told("--open") == [["deployment"]]
    assert told("--involving", "S-400") == [["offer", "delivery"]]
    assert told("--involving", "Inde") == []


def test_json_has_what_is_awaited(kg: Kg, home: Path) -> None:
    _, printed, _ = kg("chains", "--open", "--language", "fr", "--json", "--home", home)
    [chain] = json.loads(printed)
    [step] = chain["steps"]
    assert (step["step"], step["how"], step["awaited"], step["since"]) == (
        "déploiement",
        "announced",
        "déploiement",
        "2019-06-03",
    )


def test_a_wrong_name_is_told_with_what_comes_near(kg: Kg, home: Path) -> None:
    code, printed, complained = kg("chains", "--involving", "S-4000", "--home", home)
    assert (code, printed) == (2, "")
    assert complained.startswith("kg: The graph knows nothing called 'S-4000'. Did you mean S-400")
