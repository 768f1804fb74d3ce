"""The ten tasks of docs/tasks.md, done by a new user over the graph of the seeds: one search or at most three clicks each.

With KG_IMAGES naming a folder, the screenshots of that page are written there.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser_fixtures import _watched, heading, serving, settled, sync_api
from PIL import Image
from sample import ROOT

from kg.build import build

pytest_plugins = ["browser_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.proof]
expect = sync_api.expect

CLICKS = 3
COLOURS = 32
"""Of a screenshot, so that it takes little room."""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over the graph of the seeds, as `make run` shows it."""
    home = tmp_path_factory.mktemp("seeded") / "home"
    build(home, [ROOT / "seeds" / "documents"])
    with serving(home, tmp_path_factory.mktemp("log") / "streamlit.log") as place:
        yield place


class Reader:
    """Someone before the home page, whose clicks and searches are counted."""

    def __init__(self, page: sync_api.Page) -> None:
        self.page = page
        self.clicks = 0
        self.searches = 0

    def search(self, words: str) -> None:
        """Type into the one search box."""
        self.page.get_by_label("Search states, persons, treaties, weapons, documents, sentences").fill(words)
        self.searches += 1

    def click(self, role: str, name: str, within: str = "[data-testid=stApp]") -> None:
        """Click the first link or button with this name, on a page that has been drawn."""
        settled(self.page).locator(within).first.get_by_role(role, name=name, exact=True).first.click()
        self.clicks += 1

    def sees(self, *texts: str, within: str = "[data-testid=stMain]") -> None:
        """All of these stand on the page."""
        place = self.page.locator(within)
        for text in texts:
            place.get_by_text(text).first.wait_for()

    def heads(self, name: str) -> None:
        """The page has this heading."""
        heading(self.page, name)


Task = Callable[[Reader], str]
"""Gives what of the page the screenshot shows."""
TASKS: list[Task] = []


def task(done: Task) -> Task:
    TASKS.append(done)
    return done


@task
def bound_by_the_inf(reader: Reader) -> str:
    reader.click("link", "Which states were parties to a treaty on a given day?")
    reader.sees("rows: 5")
    for state in ("Russia", "United States", "Belarus"):
        expect(reader.page.locator("td").get_by_text(state, exact=True).first).to_be_visible()
    settled(reader.page).get_by_role("spinbutton", name="day, day").click()
    reader.clicks += 1
    reader.page.keyboard.type("03")
    reader.click("button", "Ask")
    reader.sees("rows: 0")
    return "h1"


@task
def who_says_that_iran_supplies_russia(reader: Reader) -> str:
    reader.search("Iran")
    reader.click("link", "Iran", ".kg-hits")
    reader.heads("Iran")
    card = reader.page.locator("article").filter(has_text="arms transfer · Iran → Russia").first
    card.get_by_text("D'après RT, des responsables du Pentagone désignent l'Iran").wait_for()
    expect(card).to_contain_text("according to")
    expect(card).to_contain_text("Journal Nghe An")
    return 'article:has-text("arms transfer · Iran")'


@task
def the_sentence_in_its_article(reader: Reader) -> str:
    reader.search("usine de drones")
    settled(reader.page).locator(".kg-hits .kg-meta a").first.click()
    reader.clicks += 1
    reader.heads("Les États-Unis surpris par la rapidité avec laquelle la Russie construit une nouvelle alliance")
    reader.sees("Shahed-136", within=".kg-text")
    return ".kg-reading"


@task
def how_new_start_stands(reader: Reader) -> str:
    reader.search("New START")
    reader.click("link", "New START", ".kg-hits")
    reader.heads("New START")
    expect(reader.page.locator(".kg-status")).to_contain_text("as of")
    return "h1"


@task
def an_offer_and_what_answered_it(reader: Reader) -> str:
    reader.search("États-Unis")
    reader.click("link", "United States", ".kg-hits")
    reader.heads("United States")
    pairs = [pair.split("The answer") for pair in reader.page.locator(".kg-pair").all_inner_texts()]
    assert [(said, answer) for said, answer in pairs if "transfer offer" in said and "rejection" in answer]
    return ".kg-pair"


@task
def who_sells_the_s_400_to_whom(reader: Reader) -> str:
    reader.search("S-400")
    reader.click("link", "S-400 Triumf", ".kg-hits")
    reader.heads("S-400 Triumf")
    reader.sees("La Turquie paraît résolue à acheter des S-400 à la Russie")
    return "#claims"


@task
def a_dossier_to_print(reader: Reader) -> str:
    reader.search("Turquie")
    reader.click("link", "Turkey", ".kg-hits")
    reader.heads("Turkey")
    with reader.page.expect_download() as taken:
        reader.click("button", "Dossier to print (HTML)")
    written = Path(taken.value.path()).read_text(encoding="utf-8")
    assert "S-400" in written
    assert "<script" not in written
    return 'h2:has-text("Take away")'


@task
def what_the_graph_is_silent_on(reader: Reader) -> str:
    reader.click("link", "About this graph")
    reader.heads("About this graph")
    reader.sees("silent", "of them on the word of a single origin")
    return "h1"


@task
def who_accuses_whom(reader: Reader) -> str:
    reader.click("link", "Who accuses whom of what?")
    reader.sees("rows:")
    expect(reader.page.locator("td").get_by_text("United States", exact=True).first).to_be_visible()
    return "h1"


@task
def the_query_behind_a_view(reader: Reader) -> str:
    reader.click("link", "Treaties", "[data-testid=stSidebar]")
    reader.heads("Treaties")
    settled(reader.page).get_by_text("SPARQL of this view").first.click()
    reader.clicks += 1
    reader.click("link", "Open as SPARQL")
    reader.heads("SPARQL")
    reader.sees("rows:")
    return "h1"


@pytest.mark.parametrize("number", range(1, len(TASKS) + 1))
def test_task_takes_one_search_or_three_clicks(browser: sync_api.Browser, seeded: str, number: int) -> None:
    with _watched(browser, seeded) as window:
        page = window("/")
        reader = Reader(page)
        shown = TASKS[number - 1](reader)
        assert reader.clicks <= CLICKS if not reader.searches else (reader.searches, reader.clicks) <= (1, 2)
        _picture(page, number, shown)


def test_tasks_are_those_of_the_documentation() -> None:
    text = (ROOT / "docs" / "tasks.md").read_text(encoding="utf-8")
    assert len(TASKS) == 10
    for number, each in enumerate(TASKS, start=1):
        assert f"## {number}. " in text
        assert f"images/task-{number}.png" in text, each.__name__
        assert (ROOT / "docs" / "images" / f"task-{number}.png").stat().st_size < 60_000


def _picture(page: sync_api.Page, number: int, shown: str) -> None:
    """Write the screenshot of a task where a folder is named for them."""
    if folder := os.environ.get("KG_IMAGES"):
        page.set_viewport_size({"width": 1100, "height": 700})
        page.locator(shown).first.evaluate("each => each.scrollIntoView()")
        page.wait_for_timeout(700)
        image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").resize((880, 560))
        image.quantize(COLOURS).save(Path(folder) / f"task-{number}.png", optimize=True)
