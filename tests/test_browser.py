"""The explorer in a real Chromium: the main path, history, dark and narrow windows.

Each test also sees to it that no request leaves this machine, that no exception box shows and that no script
fails.
"""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_fixtures import Open, heading, iri, settled, sync_api, until
from sample import ACR

pytestmark = pytest.mark.browser
pytest_plugins = ["browser_fixtures"]

FIRST_PAGE_SECONDS = 30
"""Three on an idle machine; more where other tests run beside it."""
SLOW = """(() => {
  const listen = WebSocket.prototype.addEventListener;
  WebSocket.prototype.addEventListener = function (name, heard, ...rest) {
    return listen.call(this, name, (event) => setTimeout(() => heard(event), 1000), ...rest);
  };
})()"""
"""What the server says comes a second later, as from a machine that does much else."""


def test_main_path(window: Open) -> None:
    started = time.monotonic()
    page = window("/")
    assert time.monotonic() - started < FIRST_PAGE_SECONDS
    sync_api.expect(page.locator("article blockquote")).to_have_count(9)

    page.get_by_label("Search states, persons, treaties, weapons, documents, sentences").press_sequentially("putin")
    page.locator(".kg-hits").get_by_role("link", name="Vladimir Putin").click()
    heading(page, "Vladimir Putin")
    assert f"/entity?iri={iri('person/vladimir-putin')}" in page.url

    page.get_by_role("link", name="Une offre hypersonique").first.click()
    heading(page, "Une offre hypersonique")
    page.get_by_role("link", name="déployer").click()
    assert page.evaluate("document.querySelector(':target').id") == "claim-6"

    page.get_by_role("link", name="Ask what it says, as a table").click()
    page.get_by_role("status").filter(has_text="rows:").wait_for()
    assert "rows: 15 ·" in page.get_by_role("status").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
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
    assert urlsplit(page.url).path == "/"
    page.go_forward()
    heading(page, "India")
    assert iri("state/IND") in page.url


def test_questions_are_part_of_the_history(window: Open) -> None:
    page = window("/questions?question=parties-on-a-day")
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    day = page.get_by_role("spinbutton", name="day, day")
    day.press("ArrowUp")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("status").filter(has_text="rows: 0 ·").wait_for()
    page.go_back()
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    sync_api.expect(day).to_have_text("01")


def test_the_language_is_the_browsers_until_one_is_chosen(window: Open) -> None:
    page = window(f"/entity?iri={iri('treaty/inf')}", locale="fr-CA")
    heading(page, "traité FNI")
    page.locator("[data-testid=stSidebar]").get_by_text("English", exact=True).click()
    heading(page, "INF Treaty")
    page.wait_for_url("**lang=en*")
    page.get_by_role("navigation").get_by_role("link", name="Home", exact=True).click()
    heading(page, "Arms-control knowledge graph")
    assert page.locator("[aria-current=page]").inner_text() == "Home"


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
    page.reload()
    heading(page, "traité FNI")


def test_the_browser_is_told_the_language_and_a_page_that_is_not_there_says_so(window: Open) -> None:
    page = settled(window("/entites?lang=fr", locale="fr-FR"))
    heading(page, "Page introuvable")
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.get_by_role("dialog").count() == 0
    page.locator("[data-testid=stSidebar]").get_by_text("English", exact=True).click()
    heading(page, "No such page")
    until(page, lambda: page.evaluate("document.documentElement.lang") == "en")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("link", name="Home, with the search").click()
    heading(page, "Arms-control knowledge graph")
    page = settled(window("/entites/russie?lang=fr"))
    heading(page, "Page introuvable")
    page.get_by_text("Il n’y a pas de page « entites/russie » ici.").wait_for()


@pytest.mark.parametrize("path", ["/", "/entity?iri=weapon/hostile", "/document?iri=document/note-sans-date"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_hostile_names_stay_text_and_no_page_scrolls_sideways(window: Open, path: str, width: int, scheme: str) -> None:
    place, _, name = path.partition("iri=")
    page = window(f"{place}iri={iri(name)}" if name else path, width, scheme)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.locator("[data-testid=stHtml] img, [data-testid=stHtml] script").count() == 0
    assert page.locator("[data-testid=stHtml] a[href^=javascript]").count() == 0


@pytest.mark.parametrize(
    ("lang", "title", "working"),
    [("en", "INF Treaty · Arms control", '"Working …"'), ("fr", "traité FNI · Maîtrise des armements", '"En cours …"')],
)
def test_a_window_has_the_name_of_the_thing_and_says_when_it_works(
    window: Open, lang: str, title: str, working: str
) -> None:
    page = settled(window(f"/entity?iri={iri('treaty/inf')}&lang={lang}"))
    sync_api.expect(page).to_have_title(title)
    look = "name => getComputedStyle(document.querySelector('[data-testid=stApp]'), '::after')[name]"
    assert page.evaluate(look, "content") == "none"
    page.evaluate("document.querySelector('[data-testid=stApp]').setAttribute('data-test-script-state', 'running')")
    assert (page.evaluate(look, "content"), page.evaluate(look, "opacity")) == (working, "0")
    until(page, lambda: page.evaluate(look, "opacity") == "1")
    assert page.evaluate(look, "opacity") == "1"


def test_on_paper_stands_what_is_read_and_nothing_that_is_clicked(window: Open) -> None:
    page = settled(window(f"/entity?iri={iri('state/RUS')}", scheme="dark"))
    page.emulate_media(media="print", color_scheme="dark")
    shown = sync_api.expect
    for left_out in ("[data-testid=stSidebar]", "[data-testid=stExpander]", ".stDownloadButton >> nth=0"):
        shown(page.locator(left_out)).to_be_hidden()
    shown(page.locator("article blockquote").first).to_be_visible()
    shown(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(255, 255, 255)")
    for dark in ("h1", "article blockquote >> nth=0", ".kg-meta >> nth=0"):
        shown(page.locator(f"[data-testid=stMain] {dark}")).to_have_css("color", "rgb(28, 36, 48)")
