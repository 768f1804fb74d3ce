"""The pages Add and Review in a real Chromium, on a graph of their own: it is added to and judged while one reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_fixtures import heading, iri, serving, settled
from fakes import lean_project

from kg.build import build
from kg.judgements import read
from kg.settings import ROOT
from kg.store import Home

if TYPE_CHECKING:
    from browser_fixtures import Open
    from playwright.sync_api import Page

pytest_plugins = ["browser_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.proof]

SEED = ROOT / "seeds" / "documents" / "2019-09-missiles-hypersoniques-refus.md"
TEXT = (
    "La France a livré des missiles Mistral à la Turquie en mars 2018, a annoncé le ministère français de la Défense."
)
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


def done(page: Page) -> None:
    """Wait until the change under way is over and published."""
    page.get_by_text("Done in").wait_for(timeout=PATIENCE)


def hashes(home: Path) -> dict[str, str]:
    found: dict[str, str] = Home(home).current().manifest["hashes"]
    return found


def press(page: Page, label: str, text: str, button: str) -> None:
    """Write into the last input and press a button, which takes no click while the page takes in what was written."""
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Tab")
    settled(page).get_by_role("button", name=button).click()


def fits(page: Page) -> bool:
    """Whether nothing stands out of the window to the right."""
    width: bool = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth")
    return width


def test_a_pasted_text_comes_into_the_graph_while_one_goes_on_typing(window: Open, home: Path) -> None:
    second = window("/add?lang=fr", width=390)
    page = window("/add")
    page.get_by_label("Or paste a text").fill(TEXT)
    page.get_by_label("Its title").fill(TITLE)
    press(page, "Its date", "2018-04-02", "Read into the graph")
    bar = page.get_by_test_id("stProgress")
    bar.wait_for(timeout=PATIENCE)
    page.get_by_label("Its publisher").fill("Le Quotidien")
    first = bar.inner_text()
    moved = "was => document.querySelector('[data-testid=stProgress]')?.innerText !== was"
    page.wait_for_function(moved, arg=first, timeout=PATIENCE)
    second.get_by_role("button", name="Lire et ajouter au graphe").click()
    second.get_by_role("button", name="Annuler").wait_for(timeout=PATIENCE)
    assert fits(second)
    done(page)
    assert page.get_by_label("Its publisher").input_value() == "Le Quotidien"
    page.get_by_role("heading", name="What was found").wait_for()
    page.get_by_role("link", name=TITLE).click()
    heading(page, TITLE)
    page.goto(page.url.partition("/document")[0] + f"/entity?iri={iri('state/TUR')}&lang=en")
    page.get_by_text(TEXT).first.wait_for()
    before = hashes(home)
    page = window("/add")
    page.get_by_label("Or paste a text").fill(TEXT)
    page.get_by_label("Its title").fill(TITLE)
    press(page, "Its date", "2018-04-02", "Read into the graph")
    page.get_by_text("1 unchanged.").wait_for(timeout=PATIENCE)
    assert hashes(home) == before


def test_files_are_taken_or_set_aside_and_a_change_can_be_cancelled(window: Open, home: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT.replace("Turquie", "Grèce"))
    (tmp_path / "anglais.txt").write_text(
        "The two ministers met in Geneva and spoke about the treaty for a long time. " * 5
    )
    before = hashes(home)
    page = window("/add")
    page.locator("input[type=file]").set_input_files([tmp_path / "article.txt", tmp_path / "anglais.txt"])
    page.get_by_text("article.txt").wait_for()
    page.get_by_role("button", name="Read into the graph").click()
    page.get_by_role("button", name="Cancel").click(timeout=PATIENCE)
    page.get_by_text("Cancelled; the graph is as it was.").wait_for(timeout=PATIENCE)
    assert hashes(home) == before
    page.get_by_role("button", name="Read into the graph").click()
    page.get_by_role("heading", name="Set aside").wait_for(timeout=PATIENCE)
    page.get_by_text("anglais.txt").last.wait_for()
    page.get_by_text("1 documents read").wait_for()
    assert len(hashes(home)) == len(before) + 1


def test_a_judgement_takes_effect_in_the_next_build_and_can_be_undone(window: Open, home: Path) -> None:
    before = hashes(home)
    page = window("/review?only=dispute")
    page.get_by_text("The graph is built with all judgements.").wait_for()
    press(page, "Your reason", "a quotation", "Reject")
    page.get_by_text("Written down: reject.").wait_for()
    (judgement,) = read(home.parent / "judgements.jsonl")
    assert (judgement.who, judgement.why) == ("Ann", "a quotation")
    page.get_by_role("button", name="Build now").click()
    page.get_by_text("The graph is built with all judgements.").wait_for(timeout=PATIENCE)
    changed = {graph for graph, value in hashes(home).items() if before.get(graph) != value}
    assert judgement.judged[0].document in changed
    phone = window("/review?lang=fr", width=390, scheme="dark")
    phone.get_by_role("button", name="Annuler").first.wait_for()
    assert fits(phone)
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_role("button", name="Build now").click()
    page.get_by_text("The graph is built with all judgements.").wait_for(timeout=PATIENCE)
    assert hashes(home) == before
