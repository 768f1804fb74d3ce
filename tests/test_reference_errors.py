"""What is wrong in the tables of the reference data is said with file, line, column, value and remedy."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ReferenceDataError
from kg.reference import load, quads
from kg.settings import ROOT

LAVROV = (
    "sergey-lavrov,ministre des Affaires étrangères de Russie,foreign minister,RUS,2004-03-09,",
    "sergey-lavrov,ministre des Affaires étrangères de Russie,foreign minister,{body},{start},{end}",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the reference data."""
    return Path(shutil.copytree(ROOT / "seeds" / "reference", tmp_path / "reference"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], Path]:
    """Replaces a text that stands once in a file below the copy; gives the file."""

    def replace(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return replace


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def failure(folder: Path) -> ReferenceDataError:
    with pytest.raises(ReferenceDataError) as caught:
        load(folder)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"body": "RUZ"}, "column body: 'RUZ' is unknown."),
        ({"start": "2004-13-09"}, "column start: '2004-13-09' is no date."),
        ({"start": "mars 2004"}, "column start: 'mars 2004' is no date."),
        ({"start": "2004-02-30"}, "column start: '2004-02-30' is no date."),
        ({"start": ""}, "column start: '' is empty."),
        ({"end": "2003-12-31"}, "column end: '2003-12-31' is before the start, 2004-03-09."),
    ],
)
def test_a_wrong_cell_is_named(
    folder: Path, change: Callable[[str, str, str], Path], values: dict[str, str], expected: str
) -> None:
    old, new = LAVROV
    path = change("tenures/tenures.csv", old, new.format(**{"body": "RUS", "start": "2004-03-09", "end": ""} | values))
    assert failure(folder).problem == f"{path}, line {line_of(path, 'sergey-lavrov')}, {expected}"


def test_an_unknown_state_says_where_to_add_it(folder: Path, change: Callable[[str, str, str], Path]) -> None:
    old, new = LAVROV
    change("tenures/tenures.csv", old, new.format(body="RUZ", start="2004-03-09", end=""))
    assert failure(folder).remedy == (
        "Correct it, or add 'RUZ' to states/states.csv or organizations/organizations.csv."
    )


def test_an_unknown_category_is_named(folder: Path, change: Callable[[str, str, str], Path]) -> None:
    path = change("weapons/weapons.csv", ",bombe-h,thermonuclear bomb,", ",bombe-z,thermonuclear bomb,")
    where = f"{path}, line {line_of(path, 'tsar-bomba')}, column category"
    assert failure(folder).problem == f"{where}: 'bombe-z' is unknown."


def test_a_value_that_is_not_allowed_is_named(folder: Path, change: Callable[[str, str, str], Path]) -> None:
    path = change(
        "treaty-actions/treaty-actions.csv",
        "open-skies,USA,withdrawal,2020-11-22,",
        "open-skies,USA,exit,2020-11-22,",
    )
    error = failure(folder)
    assert error.problem.endswith("column action: 'exit' is not allowed.")
    assert str(path) in error.problem
    assert "withdrawal, revocation, suspension, party" in error.remedy


def test_an_action_without_a_date_is_refused(folder: Path, change: Callable[[str, str, str], Path]) -> None:
    change(
        "treaty-actions/treaty-actions.csv",
        "open-skies,USA,withdrawal,2020-11-22,",
        "open-skies,USA,withdrawal,,",
    )
    assert failure(folder).problem.endswith("column date: '' is empty.")


def test_a_key_that_stands_twice_is_named_with_both_lines(folder: Path) -> None:
    path = folder / "weapons" / "weapons.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    identifier = lines[1].split(",")[0]
    where = f"{path}, line {len(lines) + 1}, column id"
    assert failure(folder).problem == f"{where}: {identifier!r} stands in line 2 as well."


def test_a_missing_column_is_named(folder: Path, change: Callable[[str, str, str], Path]) -> None:
    path = change("weapons/weapons.csv", "origin,carriers", "origins,carriers")
    assert failure(folder).problem == (f"{path}, line 1: the columns differ from those described: origin, origins.")


def test_a_row_with_a_cell_too_many_is_named(folder: Path, change: Callable[[str, str, str], Path]) -> None:
    old, new = LAVROV
    path = change("tenures/tenures.csv", old, "," + new.format(body="RUS", start="2004-03-09", end=""))
    assert failure(folder).problem == (
        f"{path}, line {line_of(path, 'sergey-lavrov')}: 11 cells where 10 are expected."
    )


def test_fewer_rows_than_promised_are_an_error(folder: Path) -> None:
    path = folder / "conflicts" / "conflicts.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(True)[:11]), encoding="utf-8")
    assert failure(folder).problem == f"{path} has 10 rows, fewer than the 40 expected."


def test_more_rows_than_expected_are_a_warning(
    folder: Path, change: Callable[[str, str, str], Path], caplog: pytest.LogCaptureFixture
) -> None:
    change("conflicts/conflicts.yaml", "{minimum: 40, maximum: 100}", "{minimum: 4, maximum: 5}")
    with caplog.at_level(logging.WARNING):
        load(folder)
    assert "conflicts.csv has 40 rows, more than 5 expected" in caplog.text


@pytest.mark.parametrize("suffix", ["csv", "yaml"])
def test_a_missing_file_is_named(folder: Path, suffix: str) -> None:
    path = folder / "treaties" / f"treaties.{suffix}"
    path.unlink()
    assert failure(folder).problem == f"{path} is missing."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfe\x00\x01", "is not in UTF-8"),
        (b"id,name_fr\n\x00\x00\n", "the columns differ"),
        (b"", "the columns differ"),
    ],
)
def test_a_file_that_is_no_table_is_named(folder: Path, content: bytes, expected: str) -> None:
    path = folder / "people" / "people.csv"
    path.write_bytes(content)
    problem = failure(folder).problem
    assert problem.startswith(str(path))
    assert expected in problem


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("class: Conflict", "class: Quarrel", "no class of entities is called Quarrel"),
        ("key: [id]", "key: [code]", "no column is called code"),
        ("licence: Written", "license: Written", "licence: Field required"),
        ("title: Wars", "title: [Wars", "is not YAML"),
        ("refers_to: [states]", "refers_to: [countries]", "no table is called countries"),
        ('"dcterms:relation"', '"dcs:relation"', "dcs:relation has none of the prefixes"),
    ],
)
def test_a_wrong_description_is_named(
    folder: Path, change: Callable[[str, str, str], Path], old: str, new: str, expected: str
) -> None:
    path = change("conflicts/conflicts.yaml", old, new)
    problem = failure(folder).problem
    assert problem.startswith(str(path))
    assert expected in problem


def test_a_column_that_the_program_reads_must_be_described(
    folder: Path, change: Callable[[str, str, str], Path]
) -> None:
    path = change("weapons/weapons.yaml", "  origin:", "  source_state:")
    assert failure(folder).problem == f"{path} does not describe: origin."


def test_no_quad_comes_before_all_tables_are_checked(folder: Path, change: Callable[[str, str, str], Path]) -> None:
    change("weapons/weapons.csv", ",bombe-h,thermonuclear bomb,", ",bombe-z,thermonuclear bomb,")
    with pytest.raises(ReferenceDataError):
        next(quads(folder))
