"""kg positions and kg contradictions: tables, JSON, errors and exit codes, over the two sample graphs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import dispatches
import pytest
import sample

if TYPE_CHECKING:
    from command_fixtures import Kg

ACR = sample.ACR

pytest_plugins = ["command_fixtures"]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {
        each.__name__: each.build_home(tmp_path_factory.mktemp("said") / "home").path for each in (sample, dispatches)
    }


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_LANGUAGE", raising=False)


def test_positions_of_a_state_are_also_those_of_who_speaks_for_it(kg: Kg, homes: dict[str, Path]) -> None:
    code, printed, _ = kg("positions", "Russie", "--language", "fr", "--home", homes["sample"])
    assert code == 0
    assert [line.split("  ")[0:2] for line in printed.splitlines()[2:-1]] == [
        ["2019-09-06", "Vladimir Poutine"],
        ["2019-09-06", "Vladimir Poutine"],
        ["2019-09-06", "Vladimir Poutine"],
        ["2019-09-10", "Sergueï Lavrov"],
    ]
    assert printed.splitlines()[-1] == "4 claims in 2 documents."


def test_positions_on_a_matter_as_json(kg: Kg, homes: dict[str, Path]) -> None:
    _, printed, _ = kg("positions", "Vladimir Putin", "--on", "FNI", "--json", "--home", homes["sample"])
    assert [(row["by"], row["what"], row["modality"], row["polarity"]) for row in json.loads(printed)] == [
        ("Vladimir Putin", what, "actual", "affirmed") for what in ("accusation", "violation")
    ]
    _, printed, _ = kg("positions", "Vladimir Putin", "--on", "Inde", "--json", "--home", homes["sample"])
    assert json.loads(printed) == []


def test_a_claim_has_the_date_that_its_own_document_gives(kg: Kg, tmp_path: Path) -> None:
    home = sample.build_home(tmp_path / "home")
    with home.write() as draft:
        other = f"{ACR}document/elsewhere"
        dated = f'<{ACR}event/violate-1> <https://w3id.org/arms-control/ontology#edtf> "2018-12"'
        draft.update(f"INSERT DATA {{ GRAPH <{other}> {{ {dated} }} }}", [other])
    _, printed, _ = kg("positions", "Vladimir Putin", "--on", "FNI", "--json", "--home", home.path)
    assert [row["what"] for row in json.loads(printed)] == ["accusation", "violation"]
    assert "2018-12" not in printed


def test_an_event_of_two_classes_is_told_once(kg: Kg, tmp_path: Path) -> None:
    home = sample.build_home(tmp_path / "home")
    with home.write() as draft:
        both = (
            "<https://w3id.org/arms-control/id/event/violate-1> a <https://w3id.org/arms-control/ontology#Withdrawal> ."
        )
        draft.update(f"INSERT DATA {{ GRAPH <{ACR}graph/own/notes> {{ {both} }} }}", [f"{ACR}graph/own/notes"])
    _, printed, _ = kg("positions", "Vladimir Putin", "--on", "acr:event/violate-1", "--json", "--home", home.path)
    assert [row["what"] for row in json.loads(printed)] == ["violation, withdrawal"]


def test_contradictions_print_both_sides(kg: Kg, homes: dict[str, Path]) -> None:
    assert kg("contradictions", "--kind", "Denied", "--home", homes["dispatches"]) == (
        0,
        "difference  side  published   by             what       how               document            sentence\n"
        "----------  ----  ----------  -------------  ---------  ----------------  ------------------  "
        "--------------------------------------------------------------------------\n"
        "denied      1     2019-08-05  United States  violation  actual, affirmed  La fin d'un traité  "
        "La Russie a violé le traité FNI avec le 9M729, soutiennent les États-Unis.\n"
        "            2     2019-08-05  Russia         violation  actual, negated   La fin d'un traité  "
        "La Russie assure n'avoir pas violé le traité FNI.\n"
        "1 in all: 1 denied.\n",
        "",
    )


def test_contradictions_as_json_hold_both_sides(kg: Kg, homes: dict[str, Path]) -> None:
    _, printed, _ = kg("contradictions", "--involving", "Turquie", "--json", "--home", homes["dispatches"])
    found = json.loads(printed)
    assert [(each["kind"], len(each["first"]), len(each["other"])) for each in found] == [
        ("planned, then done", 1, 1)
    ] * 2
    assert {each["other"][0]["what"] for each in found} == {"sanction", "arms transfer"}
    _, printed, _ = kg("contradictions", "--involving", "Japon", "--json", "--home", homes["dispatches"])
    assert json.loads(printed) == []


def test_why_names_the_claims_that_a_count_and_a_difference_rest_on(kg: Kg, homes: dict[str, Path]) -> None:
    for triple in (("ac:denyingOrigins", "1"), ("ac:affirmingOrigins", "1")):
        _, printed, _ = kg("why", "acr:event/violation-1", *triple, "--home", homes["dispatches"])
        assert "because: computed from the claims" in printed
    _, printed, _ = kg("contradictions", "--kind", "Denied", "--json", "--home", homes["dispatches"])
    [found] = json.loads(printed)
    _, printed, _ = kg("why", found["iri"], "ac:disagreementKind", "ac:Denied", "--home", homes["dispatches"])
    assert "because: computed from the claims" in printed
    assert "La Russie assure n'avoir pas violé le traité FNI." in printed


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["positions", "Russi"], "kg: The graph knows nothing called 'Russi'. Did you mean Russia (acr:state/RUS)"),
        (["positions", "Russie", "--on", "FNO"], "kg: The graph knows nothing called 'FNO'."),
        (["contradictions", "--kind", "Denid"], "kg: The graph knows nothing called 'Denid'. Did you mean denied"),
        (["contradictions", "--involving", "acr:state/XXX"], "kg: The graph holds nothing with the IRI <https:"),
    ],
)
def test_a_wrong_call_names_the_value_and_what_comes_near(
    kg: Kg, homes: dict[str, Path], call: list[str], said: str
) -> None:
    code, printed, complained = kg(*call, "--home", homes["sample"])
    assert (code, printed) == (2, "")
    assert complained.startswith(said)
