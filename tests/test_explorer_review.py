"""The page Review without a browser: what is asked, what the buttons write down, and what becomes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from explorer_fixtures import markup, words
from judging import claims, reading

from kg.explorer import jobs
from kg.judgements import Correction, Judgements, Kind, append, read
from kg.namespaces import ACR
from kg.settings import settings

if TYPE_CHECKING:
    from explorer_fixtures import Visit
    from streamlit.testing.v1 import AppTest

    from kg.store import Home

pytest_plugins = ["explorer_fixtures", "judging_fixtures"]

SALE_CLAIM, DENIAL_CLAIM, LEAVING_CLAIM = claims()


@pytest.fixture
def path(judged: Path, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages read the graph; judgements stand here."""
    monkeypatch.setenv("KG_HOME", str(judged))
    monkeypatch.setenv("KG_JUDGEMENTS", str(tmp_path / "judgements.jsonl"))
    monkeypatch.setenv("KG_REVIEWER", "Ann")
    settings.cache_clear()
    return tmp_path / "judgements.jsonl"


def press(test: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    (found,) = [each for each in test.button if each.label == label]
    found.click().run()
    assert not test.exception
    return test


def fill(test: AppTest, label: str, value: str) -> None:
    (field,) = [each for each in test.text_input if each.label.startswith(label)]
    field.input(value)


def test_it_asks_with_both_sides_and_writes_down_the_answer(path: Path, visit: Visit) -> None:
    page = visit("review", only="dispute")
    said = words(page)
    assert "Is the first claim read rightly? The others contradict it." in said
    assert "The graph is built with all judgements." in said
    assert said.index("What contradicts it") > 0
    fill(page, "Your reason", "seen elsewhere")
    press(page, "Accept")
    (judgement,) = read(path)
    assert (judgement.who, judgement.why, judgement.kind) == ("Ann", "seen elsewhere", Kind.ACCEPT)
    assert judgement.subjects[0] in (SALE_CLAIM, DENIAL_CLAIM)
    assert "Written down: accept." in words(page)
    assert "1 judgements not yet in the graph." in words(page)
    press(page, "Reject")
    assert {each.subjects[0] for each in read(path)} == {SALE_CLAIM, DENIAL_CLAIM}
    assert "There is nothing to judge." in words(page)


@pytest.mark.parametrize(
    ("lang", "titles", "source"),
    [
        ("en", ("One", "The other"), "Recorded by the reference data."),
        ("fr", ("L’un", "L’autre"), "Consigné dans les données de référence."),
    ],
)
def test_the_event_of_the_reference_data_stands_beside_the_one_that_a_text_tells(
    recorded: Home,
    path: Path,
    visit: Visit,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    titles: tuple[str, str],
    source: str,
) -> None:
    monkeypatch.setenv("KG_HOME", str(recorded.path))
    settings.cache_clear()
    said = words(visit("review", only="merge", lang=lang))
    told, known = said[said.index(titles[0]) :].split(titles[1], 1)
    assert "La France quitte le traité." in told
    assert "FRA" in told
    assert source not in told
    known = known[: known.index(source) + 99]
    assert "La France" not in known
    assert "TUR" in known
    assert "2019-08-02" in known
    assert "The depositary's notice" in known


def test_what_was_judged_can_be_undone(path: Path, visit: Visit) -> None:
    append(path, Kind.REJECT, [SALE_CLAIM], who="Bob", judged=[reading(SALE_CLAIM)])
    page = press(visit("review"), "Undo")
    assert [each.kind for each in read(path)] == [Kind.REJECT, Kind.UNDO]
    assert Judgements.load(path).standing == ()
    assert "reject" in words(page)


def test_a_correction_writes_down_what_differs(path: Path, visit: Visit) -> None:
    append(path, Kind.ACCEPT, [DENIAL_CLAIM], who="Bob", judged=[reading(DENIAL_CLAIM)])
    page = visit("review")
    (kind,) = [each for each in page.selectbox if each.label == "Class"]
    kind.select("TransferOffer")
    fill(page, "Date", "2018")
    fill(page, "recipient", "France; acr:state/SYR")
    fill(page, "Claimant", "Turquie")
    press(page, "Correct")
    value = read(path)[-1].value
    assert value == Correction(
        "TransferOffer", {"recipient": (f"{ACR}state/FRA", f"{ACR}state/SYR")}, claimant=f"{ACR}state/TUR", date="2018"
    )


def test_a_refusal_is_told_and_nothing_is_written(path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit("review")
    fill(page, "Date", "juin")
    assert "'juin' is no date" in words(press(page, "Correct"))
    fill(page, "Date", "2019-06")
    fill(page, "Who judges", " ")
    assert "Nobody is named as the reviewer." in words(press(page, "Accept"))
    assert not path.exists()


def test_publisher_and_claim_are_graded_apart(path: Path, visit: Visit) -> None:
    page = visit("review")
    reliability, credibility = page.selectbox[-2:]
    assert reliability.label.startswith("Reliability of the publisher: \\*Le\\* \\<img")
    reliability.select("B").run()
    page.selectbox[-1].select(4).run()
    assert [(each.kind, each.value) for each in read(path)] == [(Kind.RELIABILITY, "B"), (Kind.CREDIBILITY, 4)]
    assert "<img" not in markup(page)
    assert credibility.label == "Credibility of the claim"


def test_reasons_and_places_stand_in_the_address(path: Path, visit: Visit) -> None:
    assert "There is nothing to judge." in words(visit("review", only="doubt"))
    assert "2 of 2" in words(visit("review", only="dispute", at="2"))
    assert "3 sur 3" in words(visit("review", at="99", lang="fr"))
    assert "1 of at least 2" in words(visit("review", at="x"))
    assert "2 of at least 2" in words(visit("review", at="2"))
    page = words(visit("review", only="known"))
    assert "Is what only texts name the one that the reference data knows?" in page
    assert "Griffon" in page


def test_a_stale_judgement_is_asked_of_again(path: Path, visit: Visit) -> None:
    read_then = reading(LEAVING_CLAIM).__class__(
        **{
            **{name: getattr(reading(LEAVING_CLAIM), name) for name in reading(LEAVING_CLAIM).__slots__},
            "date": "1999",
        }
    )
    append(path, Kind.REJECT, [LEAVING_CLAIM], who="Bob", why="no", judged=[read_then])
    page = visit("review", only="stale")
    assert "This was judged, and is read otherwise now: Reject by Bob" in words(page)
    press(page, "Take the old judgement back")
    assert Judgements.load(path).standing == ()


def test_the_button_begins_a_build(path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []
    monkeypatch.setattr(jobs.Jobs, "begin", lambda self, paths: begun.append(paths))
    append(path, Kind.REJECT, [SALE_CLAIM], who="Bob", judged=[reading(SALE_CLAIM)])
    press(visit("review"), "Build now")
    assert begun == [[]]


def test_a_graph_on_a_server_is_not_reviewed(path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.explorer.review.is_remote", lambda: True)
    monkeypatch.setattr("kg.explorer.add.is_remote", lambda: True)
    assert "can only be read here" in words(visit("review"))
    assert "can only be read here" in words(visit("add"))
