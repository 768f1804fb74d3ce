"""Browse, Treaties, Timeline, Map and Questions in a real Chromium: their addresses, history, clicks, phones and dark windows."""

from __future__ import annotations

import pytest
from browser_fixtures import Open, again, fits, iri, settled, sync_api, until

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
expect = sync_api.expect


def _pick(page: sync_api.Page, name: str, card: sync_api.Locator, text: str) -> None:
    """Click a part of a chart by its name until the card says so: a chart that is drawn anew takes no click meanwhile."""
    for _ in range(10):
        settled(page).locator(f"path[aria-label^='{name}']").last.click(force=True)
        try:
            expect(card).to_contain_text(text, timeout=6_000)
        except AssertionError:
            continue
        return
    expect(card).to_contain_text(text)


def test_facets_narrow_and_history_leads_back(window: Open) -> None:
    page = window("/browse")
    expect(page.locator("h2[id=rows]")).to_have_text("Claim (10)")
    settled(page).get_by_role("combobox", name="State").click()
    page.get_by_role("option", name="India (1)").click()
    expect(page.locator("h2[id=rows]")).to_have_text("Claim (1)")
    page.wait_for_url(f"**state={iri('state/IND')}*")
    expect(page.locator("td .kg-quote")).to_have_count(1)
    expect(page.locator("td .kg-quote")).to_have_text("L'Inde a commandé des S-400 à la Russie.")
    other = window(again(page))
    expect(other.locator("h2[id=rows]")).to_have_text("Claim (1)")
    settled(page).go_back()
    expect(page.locator("h2[id=rows]")).to_have_text("Claim (10)")
    settled(page).go_forward()
    expect(page.locator("h2[id=rows]")).to_have_text("Claim (1)")


@pytest.mark.proof
def test_a_second_value_stands_beside_the_first_whatever_was_chosen_between(window: Open) -> None:
    page = window("/browse?lang=en")

    def choose(facet: str, value: str) -> None:
        page.get_by_role("combobox", name=facet, exact=True).click()
        page.get_by_role("option", name=value).click()
        page.keyboard.press("Escape")
        settled(page)

    choose("State", "Russia (6)")
    choose("Modality", "actual")
    choose("State", "India")
    page.wait_for_url(f"**state={iri('state/RUS')}&state={iri('state/IND')}*")
    expect(page.get_by_test_id("stMultiSelect").nth(1)).to_contain_text("Russia")
    expect(page.locator("h2[id=rows]")).not_to_have_text("Claim (0)")
    assert "%28" not in page.url, "the address names things, never the words that an input shows"


@pytest.mark.proof
def test_the_rows_of_a_choice_are_those_of_its_query(window: Open) -> None:
    page = window(f"/browse?state={iri('state/RUS')}&lang=en")
    expect(page.locator("h2[id=rows]")).to_have_text("Claim (6)")
    page.get_by_text("SPARQL of this view").click()
    settled(page).get_by_role("link", name="Open as SPARQL").press("Enter")
    page.get_by_role("status").filter(has_text="rows: 6 ·").wait_for()


def test_who_is_bound_by_a_treaty_on_a_day(window: Open) -> None:
    page = window(f"/treaties?treaty={iri('treaty/inf')}&day=2019-08-01&lang=en")
    row = page.locator(".kg-matrix tbody tr").filter(has_text="United States")
    expect(row).to_contain_text("suspended")
    page.get_by_role("link", name="a day later ›").click()
    expect(row).to_contain_text("ended")
    settled(page).go_back()
    expect(row).to_contain_text("suspended")
    settled(page)
    row.get_by_role("link", name="suspended").click()
    card = page.get_by_role("region", name="What this standing rests on")
    expect(card).to_contain_text("2019-02-02 suspension")
    settled(page)
    card.get_by_role("link", name="suspension").click()
    page.get_by_role("heading", level=1).filter(has_text="suspension").wait_for()


@pytest.mark.proof
def test_lives_of_treaties_on_a_dark_phone(window: Open) -> None:
    page = window(f"/treaties?treaty={iri('treaty/open-skies')}&day=2020-11-21&lang=fr", width=390, scheme="dark")
    row = page.locator(".kg-matrix tbody tr").filter(has_text="États-Unis")
    expect(row).to_contain_text("lié")
    expect(
        page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").first
    ).to_be_visible()
    assert fits(page)


def test_a_dot_of_the_timeline_leads_to_its_sentence(window: Open) -> None:
    page = window("/timeline?lang=en")
    card = page.get_by_role("region", name="The chosen event")
    _pick(page, "weapon test", card, "Le 18 août 2019, les États-Unis ont testé un missile de croisière.")
    expect(card.locator("blockquote")).to_have_count(1)
    page.wait_for_url(f"**event={iri('event/test-1')}*")
    settled(page).go_back()
    expect(card).to_have_count(0)
    _pick(page, "weapon test", card, "Une offre hypersonique")
    settled(page)
    card.get_by_role("link", name="Une offre hypersonique").click()
    page.get_by_role("heading", name="Une offre hypersonique", level=1).wait_for()


def test_a_state_of_the_map_leads_to_its_sentence(window: Open) -> None:
    page = window("/map?measure=received&lang=en")
    card = page.get_by_role("region", name="The chosen state")
    _pick(page, "India: 1", card, "L'Inde a commandé des S-400 à la Russie.")
    expect(card.locator("blockquote")).to_have_count(1)
    page.wait_for_url(f"**state={iri('state/IND')}*")
    _pick(page, "Iran: none", card, "No rows")
    settled(page).go_back()
    expect(card.locator("blockquote")).to_have_count(1)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_fills_its_place(window: Open, width: int) -> None:
    """Above and below the outlines no more than a narrow band is left blank, and none of them is cut off."""
    page = window("/map?lang=en", width)
    page.locator("path[aria-label^='Russia']").last.wait_for()
    blank = """(chart) => {
        const box = chart.getBoundingClientRect();
        const all = [...chart.querySelectorAll("path[aria-label]")].map((each) => each.getBoundingClientRect());
        return [Math.min(...all.map((e) => e.top)) - box.top, box.bottom - Math.max(...all.map((e) => e.bottom))];
    }"""
    seen = []

    def filled() -> bool:
        seen.append(page.locator("[data-testid=stVegaLiteChart]").evaluate(blank))
        above, below = seen[-1]
        return 0 <= above < 12 and 0 <= below < 30

    assert until(page, filled), seen[-1]


@pytest.mark.proof
def test_a_question_is_filled_by_name_and_key(window: Open) -> None:
    page = window("/questions?question=treaties-binding-a-state&lang=en")
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    state = page.get_by_role("combobox", name="state")
    state.click()
    state.fill("fran")
    expect(page.get_by_role("option")).to_have_count(1)
    state.press("Enter")
    settled(page).get_by_role("button", name="Ask").click()
    page.get_by_role("status").filter(has_text="rows: 1 ·").wait_for()
    page.wait_for_url("**state=acr%3Astate%2FFRA*")
    other = window(again(page))
    other.get_by_role("status").filter(has_text="rows: 1 ·").wait_for()
    expect(other.locator("td a").first).to_have_text("Open Skies Treaty")
    settled(page).go_back()
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()


PAGES = ("browse", "treaties?day=2019-08-01", "timeline", "map", "map?measure=party", "questions?question=meetings")


@pytest.mark.proof
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme", "locale"), [(390, "dark", "fr-FR"), (1440, "light", "en-GB")])
def test_every_view_fits_its_window_and_speaks_its_language(
    window: Open, path: str, width: int, scheme: str, locale: str
) -> None:
    page = window(f"/{path}", width, scheme, locale)
    assert fits(page)
    behind = "SPARQL de cette vue" if locale == "fr-FR" else "SPARQL of this view"
    if path.startswith("questions"):
        behind = "Ouvrir en SPARQL" if locale == "fr-FR" else "Open as SPARQL"
    expect(page.get_by_text(behind).first).to_be_visible()
    unnamed = (
        page.locator("[data-testid=stMain]")
        .locator(":is(button, input, [role=combobox], [role=slider]):visible")
        .evaluate_all(
            """found => found.filter(e => !e.closest("[aria-hidden=true]") &&
            !(e.labels?.length || e.ariaLabel || e.innerText || e.ariaLabelledByElements?.length)).map(e => e.outerHTML)"""
        )
    )
    assert unnamed == []
    assert page.locator("[data-testid=stMain] [data-testid=stHtml] img").count() == 0
