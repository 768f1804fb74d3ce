"""The pages Add and Review in a real Chromium, on a graph of their own: it is added to and judged while one reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_fixtures import fits, heading, iri, serving, settled, sync_api, until
from fakes import lean_project

from kg.build import build
from kg.explorer import texts
from kg.judgements import read
from kg.settings import ROOT
from kg.store import Home

if TYPE_CHECKING:
    from browser_fixtures import Open
    from playwright.sync_api import Page

pytest_plugins = ["browser_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.proof]
expect = sync_api.expect

SEED = ROOT / "seeds" / "documents" / "2019-09-missiles-hypersoniques-refus.md"
TEXT = (
    "La France a livré des missiles Mistral à la Turquie en mars 2018, a annoncé le ministère français de la Défense."
)
BUYERS = {"TUR": "à la Turquie", "GRC": "à la Grèce", "IND": "à l’Inde", "EGY": "à l’Égypte"}
"""To whom the text says so, for each window: the same text again would change nothing."""
TITLE = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
PATIENCE = 300_000
"""Milliseconds that a change of the graph may take on a busy machine: the French model is loaded first."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A graph of one document, read with the real model."""
    with lean_project(tmp_path_factory.mktemp("lean")):
        place = tmp_path_factory.mktemp("data") / "home"
        build(place, [SEED])
        yield place


@pytest.fixture(scope="module")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over that graph."""
    log, file = tmp_path_factory.mktemp("log") / "streamlit.log", home.parent / "judgements.jsonl"
    with serving(home, log, KG_JUDGEMENTS=str(file), KG_REVIEWER="Ann") as served:
        yield served


def hashes(home: Path) -> dict[str, str]:
    found: dict[str, str] = Home(home).current().manifest["hashes"]
    return found


def give(page: Page, label: str, text: str) -> None:
    """Write into an input, and wait until the page has taken it in."""
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Tab")
    settled(page)


def hand_in(page: Page, files: list[Path]) -> None:
    """Choose files, and wait until the server has taken all of them: their names stand on the page before that."""
    taken = []
    page.on("requestfinished", lambda each: taken.append(each) if each.method == "PUT" else None)
    page.locator("input[type=file]").set_input_files(files)
    for file in files:
        page.get_by_text(file.name).wait_for()
    assert until(page, lambda: len(taken) >= len(files)), f"{len(taken)} of {len(files)} files were taken"
    settled(page)


@pytest.mark.parametrize(
    ("width", "scheme", "lang", "buyer"),
    [
        (1440, "light", "en", "TUR"),
        (1440, "dark", "fr", "GRC"),
        (390, "light", "fr", "IND"),
        (390, "dark", "en", "EGY"),
    ],
)
def test_a_pasted_text_comes_into_the_graph_while_one_goes_on_typing(
    window: Open, home: Path, width: int, scheme: str, lang: str, buyer: str
) -> None:
    def add() -> Page:
        page = window(f"/add?lang={lang}", width, scheme)
        for label, written in (("add paste", text), ("add title", TITLE), ("add date", "2018-04-02")):
            give(page, say(label), written)
        page.get_by_role("button", name=say("add read")).click()
        return page

    def say(key: str, **values: object) -> str:
        return texts.text(key, lang, **values)

    text = TEXT.replace("à la Turquie", BUYERS[buyer])
    second = window(f"/add?lang={lang}", width, scheme)
    page = add()
    done = say("job done", seconds="…").split("…")[0]
    page.get_by_test_id("stProgress").wait_for(timeout=PATIENCE)
    page.get_by_label(say("add publisher")).fill("Le Quotidien")
    bar = "document.querySelector('[data-testid=stProgress]')?.innerText"
    page.wait_for_function(f"was => {bar} !== was", arg=page.evaluate(bar), timeout=PATIENCE)
    second.get_by_role("button", name=say("add read")).click()
    # Nothing was given there: that is refused, and what shows is the work of the first.
    cancel = second.get_by_role("button", name=say("job cancel"), exact=True)
    cancel.or_(second.get_by_text(done)).first.wait_for(timeout=PATIENCE)
    assert fits(second)
    page.get_by_text(done).wait_for(timeout=PATIENCE)
    expect(page.get_by_label(say("add publisher"))).to_have_value("Le Quotidien")
    page.get_by_role("heading", name=say("add found")).wait_for()
    assert fits(page)
    settled(page).get_by_role("link", name=TITLE).click()
    heading(page, TITLE)
    page.goto(page.url.partition("/document")[0] + f"/entity?iri={iri(f'state/{buyer}')}&lang={lang}")
    page.get_by_text(text).first.wait_for()
    assert fits(settled(page))
    before = hashes(home)
    counts = say("add counts", unchanged=1, **dict.fromkeys(("documents", "mentions", "events", "claims"), 0))
    add().get_by_text(counts.rpartition(";")[2].strip()).wait_for(timeout=PATIENCE)
    assert hashes(home) == before


def test_files_are_taken_or_set_aside_and_a_change_can_be_cancelled(window: Open, home: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT.replace("2018", "2016"))
    (tmp_path / "anglais.txt").write_text(
        "The two ministers met in Geneva and spoke about the treaty for a long time. " * 5
    )
    before = hashes(home)
    page = window("/add")
    hand_in(page, [tmp_path / "article.txt", tmp_path / "anglais.txt"])
    page.get_by_role("button", name="Read into the graph").click()
    page.get_by_role("button", name="Cancel").click(timeout=PATIENCE)
    page.get_by_text("Cancelled; the graph is as it was.").wait_for(timeout=PATIENCE)
    assert hashes(home) == before
    settled(page).get_by_role("button", name="Read into the graph").click()
    page.get_by_role("heading", name="Set aside").wait_for(timeout=PATIENCE)
    page.get_by_text("anglais.txt").last.wait_for()
    page.get_by_text("1 documents read").wait_for()
    assert len(hashes(home)) == len(before) + 1


def test_a_judgement_takes_effect_in_the_next_build_and_can_be_undone(window: Open, home: Path) -> None:
    before = hashes(home)
    page = window("/review?only=dispute")
    page.get_by_text("The graph is built with all judgements.").wait_for()
    give(page, "Your reason", "a quotation")
    page.get_by_role("button", name="Reject").click()
    page.get_by_text("Written down: reject.").wait_for()
    (judgement,) = read(home.parent / "judgements.jsonl")
    assert (judgement.who, judgement.why) == ("Ann", "a quotation")
    settled(page).get_by_role("button", name="Build now").click()
    page.get_by_text("The graph is built with all judgements.").wait_for(timeout=PATIENCE)
    changed = {graph for graph, value in hashes(home).items() if before.get(graph) != value}
    assert judgement.judged[0].document in changed
    phone = window("/review?lang=fr", width=390, scheme="dark")
    phone.get_by_role("button", name="Annuler").first.wait_for()
    assert fits(phone)
    settled(page).get_by_role("button", name="Undo").first.click()
    settled(page).get_by_role("button", name="Build now").click()
    page.get_by_text("The graph is built with all judgements.").wait_for(timeout=PATIENCE)
    assert hashes(home) == before
