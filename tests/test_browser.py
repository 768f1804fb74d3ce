"""The explorer in a real Chromium: the main path, history, dark and narrow windows.

Each test also sees to it that no request leaves this machine, that no exception box shows and that no script
fails.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from browser_fixtures import Open, fits, heading, iri, settled, sync_api, until
from sample import ACR

pytestmark = pytest.mark.browser
pytest_plugins = ["browser_fixtures"]

SLOW = """(() => {
  const listen = WebSocket.prototype.addEventListener;
  WebSocket.prototype.addEventListener = function (name, heard, ...rest) {
    return listen.call(this, name, (event) => setTimeout(() => heard(event), 1000), ...rest);
  };
})()"""
"""What the server says comes a second later, as from a machine that does much else."""


def test_main_path(window: Open) -> None:
    page = window("/")
    sync_api.expect(page.locator("article blockquote")).to_have_count(9)

    page.get_by_label("Search states, persons, treaties, weapons, documents, sentences").press_sequentially("putin")
    settled(page).locator(".kg-hits").get_by_role("link", name="Vladimir Putin").click()
    heading(page, "Vladimir Putin")
    page.wait_for_url(f"**/entity?iri={iri('person/vladimir-putin')}*")

    page.get_by_role("link", name="Une offre hypersonique").first.click()
    heading(page, "Une offre hypersonique")
    page.get_by_role("link", name="déployer").click()
    sync_api.expect(page.locator(":target")).to_have_id("claim-6")

    settled(page).get_by_role("link", name="Ask what it says, as a table").click()
    sync_api.expect(page.get_by_role("status")).to_contain_text("rows: 15 ·")
    with page.expect_download() as download:
        settled(page).get_by_role("button", name="CSV", exact=True).click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) == 16
    assert rows[0][:2] == ["document", "sentence"]
    assert {row[0] for row in rows[1:]} == {ACR + "document/offre-hypersonique"}


def test_downloads_hold_names_and_triples(window: Open) -> None:
    page = window("/questions?question=weapon-tests&by=Cor%C3%A9e%20du%20Nord&lang=fr")
    with page.expect_download() as table:
        page.get_by_role("button", name="CSV avec les noms").click()
    written = Path(table.value.path()).read_text(encoding="utf-8")
    assert "Corée du Nord,missile," in written
    page = window(f"/entity?iri={iri('weapon/hostile')}")
    with page.expect_download() as turtle:
        page.get_by_role("button", name="Download as Turtle").click()
    assert turtle.value.suggested_filename == "hostile.ttl"
    assert "ac:WeaponSystem" in Path(turtle.value.path()).read_text(encoding="utf-8")


def test_back_and_forward_lead_through_what_was_seen(window: Open) -> None:
    page = window("/")
    for name in ("India", "Russia", "S-400 Triumf"):
        page.get_by_role("link", name=name, exact=True).first.click()
        heading(page, name)
    for name in ("Russia", "India", "Arms-control knowledge graph"):
        page.go_back()
        heading(page, name)
    page.wait_for_url(re.compile(r"^http://[^/]+/([?#]|$)"))
    page.go_forward()
    heading(page, "India")
    page.wait_for_url(f"**{iri('state/IND')}*")


def test_questions_are_part_of_the_history(window: Open) -> None:
    page = window("/questions?question=parties-on-a-day")
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    day = page.get_by_role("spinbutton", name="day, day")
    day.press("ArrowUp")
    settled(page).get_by_role("button", name="Ask").click()
    page.get_by_role("status").filter(has_text="rows: 0 ·").wait_for()
    settled(page).go_back()
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    sync_api.expect(day).to_have_text("01")


def test_the_language_is_the_browsers_until_one_is_chosen(window: Open) -> None:
    page = window(f"/entity?iri={iri('treaty/inf')}", locale="fr-CA")
    heading(page, "traité FNI")
    page.locator("[data-testid=stSidebar]").get_by_text("English", exact=True).click()
    heading(page, "INF Treaty")
    page.wait_for_url("**lang=en*")
    settled(page).get_by_role("navigation").get_by_role("link", name="Home", exact=True).click()
    heading(page, "Arms-control knowledge graph")
    sync_api.expect(page.locator("[aria-current=page]")).to_have_text("Home")


def test_what_was_asked_of_a_slow_server_is_waited_for(window: Open) -> None:
    page = window("/")
    page.add_init_script(SLOW)
    page.reload()
    search = settled(page).get_by_label("Search states, persons, treaties, weapons, documents, sentences")
    search.press_sequentially("putin")
    assert settled(page).locator(".kg-hits a[href*='entity?']").all_inner_texts() == ["Vladimir Putin"]


def test_language_switch_keeps_the_thing(window: Open) -> None:
    page = window(f"/entity?iri={iri('treaty/inf')}")
    heading(page, "INF Treaty")
    page.get_by_text("Français", exact=True).click()
    heading(page, "traité FNI")
    page.wait_for_url("**lang=fr*")
    settled(page).reload()
    heading(page, "traité FNI")


def test_the_browser_is_told_the_language_and_a_page_that_is_not_there_says_so(window: Open) -> None:
    page = window("/entites?lang=fr", locale="fr-FR")
    heading(page, "Page introuvable")
    sync_api.expect(page.locator("html")).to_have_attribute("lang", "fr")
    sync_api.expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("[data-testid=stSidebar]").get_by_text("English", exact=True).click()
    heading(page, "No such page")
    sync_api.expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Home, with the search").click()
    heading(page, "Arms-control knowledge graph")
    page = window("/entites/russie?lang=fr")
    heading(page, "Page introuvable")
    page.get_by_text("Il n’y a pas de page « entites/russie » ici.").wait_for()


@pytest.mark.parametrize("path", ["/", "/entity?iri=weapon/hostile", "/document?iri=document/note-sans-date"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_hostile_names_stay_text_and_no_page_scrolls_sideways(window: Open, path: str, width: int, scheme: str) -> None:
    place, _, name = path.partition("iri=")
    page = window(f"{place}iri={iri(name)}" if name else path, width, scheme)
    assert fits(page)
    assert page.locator("[data-testid=stHtml] img, [data-testid=stHtml] script").count() == 0
    assert page.locator("[data-testid=stHtml] a[href^=javascript]").count() == 0


@pytest.mark.parametrize(
    ("lang", "title", "working"),
    [("en", "INF Treaty · Arms control", '"Working …"'), ("fr", "traité FNI · Maîtrise des armements", '"En cours …"')],
)
def test_a_window_has_the_name_of_the_thing_and_says_when_it_works(
    window: Open, lang: str, title: str, working: str
) -> None:
    page = window(f"/entity?iri={iri('treaty/inf')}&lang={lang}")
    sync_api.expect(page).to_have_title(title)
    app = page.get_by_test_id("stApp")
    look = "const { content, opacity } = getComputedStyle(app, '::after'); return [content, opacity];"
    assert app.evaluate(f"app => {{ {look} }}") == ["none", "1"]
    at_once = f"app => {{ app.setAttribute('data-test-script-state', 'running'); {look} }}"
    assert app.evaluate(at_once) == [working, "0"]
    assert until(page, lambda: app.evaluate(f"app => {{ {look} }}") == [working, "1"])


def test_on_paper_stands_what_is_read_and_nothing_that_is_clicked(window: Open) -> None:
    page = window(f"/entity?iri={iri('state/RUS')}", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    shown = sync_api.expect
    for left_out in ("[data-testid=stSidebar]", "[data-testid=stExpander]", ".stDownloadButton >> nth=0"):
        shown(page.locator(left_out)).to_be_hidden()
    shown(page.locator("article blockquote").first).to_be_visible()
    shown(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(255, 255, 255)")
    for dark in ("h1", "article blockquote >> nth=0", ".kg-meta >> nth=0"):
        shown(page.locator(f"[data-testid=stMain] {dark}")).to_have_css("color", "rgb(28, 36, 48)")
