"""The page of the graph in a real Chromium: cards, expansion, undo, the picture as a file, and the address that gives the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_fixtures import Open, again, fits, heading, settled, sync_api, until
from sample import ACR, ROOT

from kg.explorer.expansion import Part, bundled, part
from kg.explorer.graph import Graph
from kg.query import SnapshotView
from kg.store import Home

pytestmark = pytest.mark.browser
pytest_plugins = ["browser_fixtures", "explorer_fixtures"]

INF = "/graph?root=treaty/inf"
WIDTHS = pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])


def canvas(page: sync_api.Page) -> sync_api.Locator:
    """The picture, once it is drawn."""
    found = page.locator(".kg-graph .canvas")
    found.locator("canvas").first.wait_for()
    page.wait_for_function(
        "() => [...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('.canvas')?.cy?.nodes().length)"
    )
    return found


def ids(page: sync_api.Page, group: str = "nodes") -> set[str]:
    """The ids of the nodes or edges in the picture."""
    return set(canvas(page).evaluate(f"e => e.cy.{group}().map(each => each.id())"))


def place(page: sync_api.Page, id: str) -> tuple[float, float]:
    """Where a node or an edge stands in the window, brought into it first."""
    found = canvas(page)
    found.scroll_into_view_if_needed()
    at: list[float] = found.evaluate(
        """(e, id) => {
            const box = e.getBoundingClientRect(), each = e.cy.getElementById(id);
            const at = each.isNode() ? each.renderedPosition() : each.renderedMidpoint();
            return [box.x + at.x, box.y + at.y];
        }""",
        id,
    )
    return at[0], at[1]


def settle(page: sync_api.Page, seen: Part) -> None:
    """Waits until the page says that there are so many things, and the picture has them and their links."""
    page.get_by_role("status").filter(has_text=f"things: {len(seen.nodes)} ·").wait_for()
    until(settled(page), lambda: ids(page) == set(seen.nodes) and ids(page, "edges") == edges(seen))
    assert ids(page) == set(seen.nodes)
    assert ids(page, "edges") == edges(seen)


def rest(page: sync_api.Page, id: str) -> tuple[float, float]:
    """Where a node or an edge stands when nothing moves any more."""
    seen = [place(page, id)]

    def stands() -> bool:
        page.wait_for_timeout(200)
        seen.append(place(page, id))
        return seen[-1] == seen[-2]

    until(page, stands)
    return seen[-1]


def expand(page: sync_api.Page, id: str, seen: Part) -> None:
    """Double-click a thing of the picture, and wait until it has all of these.

    The picture takes two clicks a quarter of a second apart for two: here they count as one however slow the page is.
    """
    at = rest(settled(page), id)
    apart = canvas(page).evaluate(
        "e => { const was = e.cy.multiClickDebounceTime(); e.cy.multiClickDebounceTime(60000); return was; }"
    )
    page.mouse.dblclick(*at)
    canvas(page).evaluate("(e, was) => { e.cy.multiClickDebounceTime(was); }", apart)
    assert until(settled(page), lambda: ids(page) == set(seen.nodes))


def pick(page: sync_api.Page, id: str, shown: sync_api.Locator) -> None:
    """Click a part of the picture until its card is there: while it is drawn anew it takes no click."""
    for _ in range(5):
        settled(page).mouse.click(*rest(page, id))
        try:
            shown.wait_for(timeout=6_000)
        except sync_api.TimeoutError:
            continue
        return
    shown.wait_for()


def edges(seen: Part) -> set[str]:
    """What is drawn between the things of a part."""
    alone, bundles = bundled(seen.links)
    return {each.id for each in (*alone, *bundles)}


def parts(home: Home, *steps: str) -> Part:
    """What the store has for these steps."""
    return part(Graph(SnapshotView(home), ROOT / "ontology"), [ACR + "treaty/inf"], steps)[0]


@pytest.mark.proof
@WIDTHS
def test_expanding_adds_what_the_store_has_and_undo_takes_it_back(
    window: Open, explored: Home, width: int, scheme: str
) -> None:
    page = window(INF, width, scheme)
    before, after = parts(explored), parts(explored, "open state/RUS")
    assert set(after.nodes) > set(before.nodes)
    settle(page, before)
    expand(page, ACR + "state/RUS", after)
    settle(page, after)
    page.get_by_role("heading", name="Russia", level=2).wait_for()
    other = window(again(page), width, scheme)
    settle(other, after)
    page.get_by_role("button", name="Undo").click()
    settle(page, before)
    page.go_back()
    settle(page, after)
    assert fits(page)


def test_a_link_leads_to_its_sentence_in_one_click(window: Open) -> None:
    page = window(INF, 1440)
    card = page.locator("article", has_text="Vladimir Poutine accuse les États-Unis d'avoir violé le traité FNI.")
    pick(page, "person/vladimir-putin ac:Accusation treaty/inf", card)
    settled(page)
    card.get_by_role("link", name="Une offre hypersonique").click()
    heading(page, "Une offre hypersonique")
    page.go_back()
    card.wait_for()


def test_a_click_meets_what_stands_there_when_the_page_has_moved_the_picture(window: Open) -> None:
    page = window(INF, 1440)
    page.mouse.move(*rest(page, ACR + "state/RUS"))
    page.locator("[data-testid=stMain] h1").evaluate("each => { each.style.marginBottom = '150px'; }")
    page.mouse.click(*rest(page, ACR + "state/RUS"))
    page.get_by_role("heading", name="Russia", level=2).wait_for()


def test_the_picture_is_saved(window: Open) -> None:
    page = window(INF, 1440)
    canvas(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    written = Path(download.value.path()).read_bytes()
    assert written.startswith(b"\x89PNG")
    assert len(written) > 10_000


@pytest.mark.proof
def test_keys_walk_show_and_expand(window: Open) -> None:
    page = window(INF, 1440)
    canvas(page).focus()
    said = [""]

    def press(key: str) -> None:
        page.keyboard.press(key)
        assert until(page, lambda: page.locator(".kg-graph .said").inner_text() != said[-1])
        said.append(page.locator(".kg-graph .said").inner_text())

    for _ in ids(page):
        press("ArrowRight")
    assert len(set(said[1:])) == len(ids(page))
    for _ in range(len(said) - said.index("Russia") - 1):
        press("ArrowLeft")
    assert said[-1] == "Russia"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Russia", level=2).wait_for()
    settled(page).keyboard.press("Shift+Enter")
    page.wait_for_url("**do=open+state*")


@pytest.mark.proof
def test_the_lists_serve_without_a_mouse(window: Open) -> None:
    page = window(INF, 390)
    page.get_by_text("The same as lists").click()
    settled(page)
    row = page.get_by_role("row", name="Vladimir Putin accusation INF Treaty").first
    row.get_by_role("link", name="show").click()
    page.locator("article", has_text="Vladimir Poutine accuse les États-Unis").wait_for()


@pytest.mark.proof
def test_filters_are_part_of_the_address(window: Open) -> None:
    page = window(INF, 1440)
    whole = len(ids(page))
    page.get_by_role("button", name="● state", exact=True).click()
    page.wait_for_url("**only=state*")
    assert until(page, lambda: 1 < len(ids(page)) < whole)
    settled(page).reload()
    assert until(page, lambda: 1 < len(ids(settled(page))) < whole)
