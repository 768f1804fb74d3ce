"""The explorer in a real Chromium: `window` opens pages, and checks at the end what all pages must keep to.

No request leaves this machine, no exception box shows, no script fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest
from sample import ACR, ROOT, build_home
from store_servers import free_port

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need the package playwright")
sync_api.expect.set_options(timeout=60_000)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
PATIENCE = 60_000
"""Milliseconds that anything on a page may take: on a machine that does much else at once, what takes a tenth of a second takes ten.

No test is made slower by it; one that fails takes that long to fail.
"""
SETTLE = 300
"""Milliseconds between an action and what the page sends the server for it."""
RUN = "[data-testid=stApp][data-test-script-state=notRunning]"
"""Stands on a page whose script has come to its end, and before the next run has begun."""
RUNS = (Path(__file__).parent / "browser_runs.js").read_text(encoding="utf-8")
"""Runs in each window before the page does."""
DRAWN = """([run, settle, look]) => {
  if (runs.look !== look) setTimeout(() => (runs.waited = look), settle);
  runs.look = look;
  return runs.waited === look && !runs.asked && !runs.under && document.querySelector(run) !== null;
}"""
"""Whether all is drawn that was asked for; it waits by the page's own clock, behind what the page has still to do."""
LOOKS = count()
HARMLESS = ("_stcore/health", "_stcore/host-config")
"""Streamlit asks for these below each page's path first, where they do not exist."""


def _chromium() -> str:
    """Chromium's path: KG_CHROMIUM, else the first one on the PATH."""
    path = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium found (looked for {', '.join(NAMES)}; KG_CHROMIUM may name one)")
    return path


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over the sample graph, served on this machine; a query ends there by itself after all patience only."""
    _chromium()
    home = build_home(tmp_path_factory.mktemp("home"))
    with serving(home.path, tmp_path_factory.mktemp("log") / "streamlit.log", KG_QUERY_SECONDS="600") as served:
        yield served


@contextmanager
def serving(home: Path, log: Path, **settings: str) -> Iterator[str]:
    """The address of an explorer over a home, with these settings, that ends with the block."""
    _chromium()
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "explorer.py")]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless", "true"]
    environment = {**os.environ, "KG_HOME": str(home), "KG_LANGUAGE": "en", **settings}
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
    for _ in range(600):
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
    """Opens a page in a window of its own, whole unless told otherwise, and checks at the end what all pages must keep to."""
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

    def open_page(
        path: str, width: int = 1280, scheme: str = "light", locale: str = "en-GB", *, whole: bool = True
    ) -> sync_api.Page:
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, locale=locale)
        context.add_init_script(RUNS)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", see)
        page.on("console", hear)
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("dialog", lambda dialog: failures.append(f"a script ran: {dialog.message}"))
        page.goto(f"{address}{path}")
        page.locator("[data-testid=stMainBlockContainer] h1").first.wait_for()
        return settled(page) if whole else page

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
    """Waits until the page has this main heading, and all that stands below it."""
    page.get_by_role("heading", name=text, level=1, exact=True).wait_for()
    settled(page)


def settled(page: sync_api.Page) -> sync_api.Page:
    """Waits until the page has drawn what the last action asked for: what is drawn meanwhile takes no click and no key."""
    page.wait_for_function(DRAWN, arg=[RUN, SETTLE, next(LOOKS)])
    return page


def until(page: sync_api.Page, check: Callable[[], bool]) -> bool:
    """Waits until the check holds, and gives whether it does when patience is over."""
    end = time.monotonic() + PATIENCE / 1000
    while not (held := check()) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return held


def pause(page: sync_api.Page, milliseconds: int) -> None:
    """Lets so much time go by on the page's own clock, behind what the page has still to do."""
    page.evaluate("time => new Promise(done => setTimeout(done, time))", milliseconds)


def fits(page: sync_api.Page) -> bool:
    """Whether nothing stands out of the window to the right, once all is drawn."""
    main = page.locator("[data-testid=stMain]")
    return until(page, lambda: bool(main.evaluate("box => box.scrollWidth <= Math.min(box.clientWidth, innerWidth)")))


def again(page: sync_api.Page) -> str:
    """The address of the page as `window` takes it, to open the same in a window of its own."""
    return str(page.evaluate("location.href.slice(location.origin.length)"))
