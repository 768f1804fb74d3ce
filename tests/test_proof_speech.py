"""Pages in French, with all that can be opened open: Streamlit says nothing in English on them, and the names of its inputs are French."""

from __future__ import annotations

import re

import pytest
from browser_fixtures import Open, iri, settled, sync_api, until
from sample import ACR

from kg.explorer.speech import widget_words

pytest_plugins = ["browser_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.proof]
expect = sync_api.expect

PAGES = (
    *("", "browse", "treaties", "timeline", "contradictions", "map", "questions", "add", "review", "about", "nothing"),
    f"graph?root={iri('treaty/inf')}",
    "questions?question=parties-on-a-day",
    "sparql?query=SELECT%20%3Fs%20%7B%20%3Fs%20a%20ac%3ATreaty%20%7D",
    f"entity?iri={iri('state/RUS')}",
)
SAID = """() => { const found = [];
  const names = ["aria-label", "aria-valuetext", "aria-roledescription", "title", "placeholder"];
  const kept = (node) => node.nodeType === 1 && node.matches("[data-testid=stHtml], svg, code, script, style, noscript, [data-testid=stIconMaterial]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, kept);
  for (let node; (node = all.nextNode());) {
    if (node.nodeType === 3) found.push(node.data.trim());
    else for (const name of names) if (node.hasAttribute(name) && node.checkVisibility()) found.push(node.getAttribute(name));
  } return found.filter(Boolean); }"""
ENGLISH = re.compile(
    r"\b(the|to|of|and|or|is|are|not|file|files|clear|remove|select(ed)?|open|close|choose|press|show|next|previous|from|"
    r"download|copy|copied|full ?screen|upload|add|day|month|year|start|end|value|option|options|results?|skip|sidebar|"
    r"january|february|march|april|june|july|august|september|october|november|december|drag|drop|browse|limit)\b",
    re.IGNORECASE,
)
NAMES = re.compile(r"New START|START I+|SPARQL|SELECT|(Transfert d’armes|Open Skies|SORT)")
"""Words that are the same in both languages: names of treaties and of the language of queries."""


def english(page: sync_api.Page) -> set[str]:
    """What is said in English and stays so: what Streamlit is known to say, and what has words that are only English."""
    known = {text for text in widget_words()["fr"] if "{}" not in text}
    found: set[str] = set()

    def french() -> bool:
        said = set(page.evaluate(SAID)) - {"English", "SPARQL"}
        found.clear()
        found.update(text for text in said if text in known or ENGLISH.search(NAMES.sub("", text)))
        return not found

    until(page, french)
    return found


def unfold(page: sync_api.Page) -> set[str]:
    """What is said in English while all is opened that opens, one after the other."""
    found = english(page)
    for part in page.locator("[data-testid=stExpander] summary").all():
        part.click()
        settled(page)
    for box in page.locator("input[role=combobox]").all()[:3]:
        settled(page)
        box.click()
        found |= english(page)
        box.press_sequentially("zzzz")
        page.get_by_text("Aucun résultat").first.wait_for()
        found |= english(page)
        page.keyboard.press("Escape")
        page.mouse.click(700, 20)
    for button in page.get_by_test_id("stDateInputCalendarButton").all()[:1]:
        settled(page)
        button.click()
        page.get_by_test_id("stDateInputCalendar").wait_for()
        found |= english(page)
        page.keyboard.press("Escape")
    for field in page.get_by_test_id("stTextInput").locator("input").all()[:1]:
        settled(page)
        field.press_sequentially("Ru")
        found |= english(page)
    return found | english(settled(page))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_said_in_english_on_a_french_page(window: Open, path: str) -> None:
    page = window(f"/{path}{'&' if '?' in path else '?'}lang=fr", locale="fr-FR")
    assert unfold(page) == set()


def test_a_page_that_changes_its_language_says_all_in_it(window: Open) -> None:
    page = window(f"/treaties?treaty={iri('treaty/open-skies')}&treaty={iri('treaty/inf')}&lang=fr")
    remove = page.get_by_test_id("stMultiSelect").first.get_by_role("button", name="Retirer traité FNI")
    expect(remove).to_have_count(1)
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    expect(page.get_by_role("button", name="Remove INF Treaty")).to_have_count(1)
    expect(page.get_by_test_id("stMultiSelect").first).to_contain_text("INF Treaty")
    expect(page.get_by_role("button", name="Choose date")).to_have_count(1)
    settled(page).get_by_test_id("stSidebar").get_by_text("Français", exact=True).click()
    expect(page.get_by_role("button", name="Retirer traité FNI")).to_have_count(1)
    page.wait_for_url(f"**{ACR.split('/')[2]}*")


def test_what_a_reader_types_stays_as_it_is(window: Open) -> None:
    page = window("/?lang=fr")
    page.get_by_test_id("stTextInput").locator("input").fill("Open")
    page.keyboard.press("Enter")
    expect(settled(page).get_by_test_id("stTextInput").locator("input")).to_have_value("Open")
