"""kg bound, kg parties, kg timeline: tables, JSON, errors and exit codes, over the sample graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample import build_home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_home(tmp_path_factory.mktemp("law") / "home").path


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_LANGUAGE", raising=False)


def test_bound_prints_a_table(kg: Kg, home: Path) -> None:
    assert kg("bound", "USA", "--on", "2019-08-01", "--home", home) == (
        0,
        "treaty      name               status     since       until       basis     claims\n"
        "----------  -----------------  ---------  ----------  ----------  --------  ------\n"
        "inf         INF Treaty         suspended  2019-02-02  2019-08-01  recalled\n"
        "open-skies  Open Skies Treaty  bound      2002-01-01  2020-11-21  sourced\n"
        "2 in all: 1 suspended, 1 bound.\n",
        "",
    )


def test_bound_leaves_out_what_has_ended_but_for_all(kg: Kg, home: Path) -> None:
    _, some, _ = kg("bound", "États-Unis", "--on", "2020-11-22", "--json", "--home", home)
    assert json.loads(some) == []
    _, every, _ = kg("bound", "États-Unis", "--on", "2020-11-22", "--all", "--json", "--home", home)
    assert [(row["treaty"], row["status"]) for row in json.loads(every)] == [("inf", "ended"), ("open-skies", "ended")]


def test_parties_prints_a_table_and_the_status_of_the_treaty(kg: Kg, home: Path) -> None:
    code, printed, _ = kg("parties", "open-skies", "--on", "2001-12-31", "--home", home)
    assert code == 0
    assert [line.split()[0] for line in printed.splitlines()[2:4]] == ["RUS", "USA"]
    assert printed.splitlines()[-2:] == ["2 in all: 2 consented, not yet bound.", "The treaty: not in force."]


def test_parties_in_json_is_a_list_of_objects(kg: Kg, home: Path) -> None:
    _, printed, _ = kg("parties", "inf", "--on", "2019-08-01", "--json", "--home", home)
    rows = json.loads(printed)
    assert [row["state"] for row in rows] == ["SUN", "USA"]
    assert rows[1] == {
        "treaty": "inf",
        "treaty_name": "INF Treaty",
        "state": "USA",
        "state_name": "United States",
        "status": "suspended",
        "certain": True,
        "party": True,
        "bound": False,
        "since": "2019-02-02",
        "until": "2019-08-01",
        "basis": ["recalled"],
        "rests_on": rows[1]["rests_on"],
        "claims": 0,
    }
    assert {iri.rpartition("/")[2] for iri in rows[1]["rests_on"]} == {"inf-suspend-usa", "inf-withdraw-usa"}


def test_timeline_has_the_treatys_statuses_and_the_acts(kg: Kg, home: Path) -> None:
    _, printed, _ = kg("timeline", "FNI", "--json", "--home", home)
    told = [(row["date"], row["kind"], row["who"], row["what"]) for row in json.loads(printed)]
    assert ("1987-12-08", "status", [], "not in force") in told
    assert ("1988-06-01", "status", [], "in force") in told
    assert ("2019-02-02", "act", ["United States"], "suspension") in told
    assert ("2019-08-02", "status", [], "terminated") in told
    assert [date for date, *_ in told] == sorted(date for date, *_ in told)


def test_timeline_of_one_state(kg: Kg, home: Path) -> None:
    _, printed, _ = kg("timeline", "open-skies", "--state", "USA", "--home", home)
    words = [line.split()[0] for line in printed.splitlines()[2:]]
    assert words == ["1993-12-03", "2002-01-01", "2020-11-22"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["bound", "USB", "--on", "2020-01-01"], "kg: The graph knows no state 'USB'. Near it: USA"),
        (
            ["parties", "open-sky", "--on", "2020-01-01"],
            "kg: The graph knows no treaty 'open-sky'. Near it: open-skies",
        ),
        (["parties", "Russie", "--on", "2020-01-01"], "kg: 'Russie' is no treaty."),
        (["bound", "FNI"], "kg: 'FNI' is no state."),
        (["timeline", "nothing-of-the-kind"], "kg: The graph knows no treaty 'nothing-of-the-kind'."),
        (["bound", "USA", "--on", "2020-02-30"], "kg: --on 2020-02-30 is no day. Write it as YYYY-MM-DD"),
        (["timeline", "inf", "--state", "USB"], "kg: The graph knows no state 'USB'."),
    ],
)
def test_a_wrong_call_names_the_value_and_what_comes_near(kg: Kg, home: Path, call: list[str], said: str) -> None:
    code, printed, complained = kg(*call, "--home", home)
    assert (code, printed) == (2, "")
    assert complained.startswith(said)
    assert complained.count("\n") == 1


def test_without_a_graph_the_call_fails(kg: Kg, tmp_path: Path) -> None:
    code, _, complained = kg("bound", "USA", "--home", tmp_path / "none")
    assert code == 1
    assert "none" in complained
