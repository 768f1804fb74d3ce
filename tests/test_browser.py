"""The explorer in a real Chromium: the main path, history, dark and narrow windows.

Each test also sees to it that no request leaves this machine, that no exception box shows and that no script
fails.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest
from sample import ACR, ROOT, build_home

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need the package playwright")

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
HARMLESS = ("_stcore/health", "_stcore/host-config")
"""Streamlit asks for these below each page's path first, where they do not exist."""
FIRST_PAGE_SECONDS = 10
"""Three on an idle machine; more where other tests run beside it."""


def _chromium() -> str:
    """Chromium's path: KG_CHROMIUM, else the first one on the PATH."""
    path = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium found (looked for {', '.join(NAMES)}; KG_CHROMIUM may name one)")
    return path


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over the sample graph, served on this machine."""
    _chromium()
    home = build_home(tmp_path_factory.mktemp("home"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless", "true"]
    log = tmp_path_factory.mktemp("log") / "streamlit.log"
    environment = {**os.environ, "KG_HOME": str(home.path), "KG_LANGUAGE": "en"}
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def _wait_for(url: str, log: Path) -> None:
    for _ in range(150):
        try:
            with urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the explorer did not start: {log.read_text(errors='replace')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


Open = Callable[..., "sync_api.Page"]


@pytest.fixture
def window(browser: sync_api.Browser, address: str) -> Iterator[Open]:
    """Opens a page in a window of its own, and checks at the end what all pages must keep to."""
    with _watched(browser, address) as open_page:
        yield open_page


@contextmanager
def _watched(browser: sync_api.Browser, address: str) -> Iterator[Open]:
    outside: list[str] = []
    failures: list[str] = []
    contexts: list[sync_api.BrowserContext] = []

    def see(request: sync_api.Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            outside.append(request.url)

    def hear(message: sync_api.ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(HARMLESS):
            failures.append(f"{message.text} ({message.location['url']})")

    def open_page(path: str, width: int = 1280, scheme: str = "light") -> sync_api.Page:
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", see)
        page.on("console", hear)
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("dialog", lambda dialog: failures.append(f"a script ran: {dialog.message}"))
        page.goto(f"{address}{path}")
        page.locator("[data-testid=stMainBlockContainer] h1").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            assert page.locator("[data-testid=stException]").count() == 0
        context.close()
    assert outside == []
    assert failures == []


def iri(name: str) -> str:
    return quote(ACR + name, safe="")


def heading(page: sync_api.Page, text: str) -> None:
    """Waits until the page has this main heading."""
    page.get_by_role("heading", name=text, level=1, exact=True).wait_for()


def test_main_path(window: Open) -> None:
    started = time.monotonic()
    page = window("/")
    assert time.monotonic() - started < FIRST_PAGE_SECONDS
    sync_api.expect(page.locator("article blockquote")).to_have_count(9, timeout=15_000)

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
    page = window("/sparql?question=weapon-tests&by=Cor%C3%A9e%20du%20Nord&lang=fr")
    with page.expect_download() as table:
        page.get_by_role("button", name="CSV avec les noms").click()
    written = Path(table.value.path()).read_text(encoding="utf-8")
    assert "Corée du Nord,missile," in written
    page = window(f"/entity?iri={iri('weapon/hostile')}")
    with page.expect_download() as turtle:
        page.get_by_role("button", name="Download as Turtle").click()
    assert turtle.value.suggested_filename == "hostile.ttl"
    assert "ac:WeaponSystem" in Path(turtle.value.path()).read_text(encoding="utf-8")


def test_own_query_runs_and_its_address_gives_the_same_elsewhere(window: Open) -> None:
    page = window("/sparql")
    page.get_by_label("Query").fill("SELECT ?t { ?t a ac:Treaty } ORDER BY ?t")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    page.wait_for_url("**/sparql?query=*")
    other = window(page.url.removeprefix(page.evaluate("location.origin")))
    other.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    sync_api.expect(other.locator("td a")).to_have_text(["INF Treaty", "Open Skies Treaty"])

    page.get_by_label("Query").fill("SELECT ?t {\n ?t a }")
    page.get_by_role("button", name="Run").click()
    assert page.get_by_role("alert").inner_text().startswith("Syntax error in the query, 2:")


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
    page = window("/sparql?question=parties-on-a-day")
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    page.get_by_role("textbox", name="day").fill("2019-08-02")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("status").filter(has_text="rows: 0 ·").wait_for()
    page.go_back()
    page.get_by_role("status").filter(has_text="rows: 2 ·").wait_for()
    assert page.get_by_role("textbox", name="day").input_value() == "2019-08-01"


def test_endless_query_can_be_stopped(window: Open) -> None:
    page = window(f"/sparql?query={quote('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }')}")
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("status").filter(has_text="Stopped.").wait_for()
    page.get_by_label("Query").fill("ASK { ?t a ac:Treaty }")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("status").filter(has_text="Yes").wait_for()


def test_language_switch_keeps_the_thing(window: Open) -> None:
    page = window(f"/entity?iri={iri('treaty/inf')}")
    heading(page, "INF Treaty")
    page.get_by_text("Français", exact=True).click()
    heading(page, "traité FNI")
    page.wait_for_url("**lang=fr*")
    page.reload()
    heading(page, "traité FNI")


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
