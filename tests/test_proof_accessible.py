"""The explorer with axe-core, the keyboard and a narrow window: no serious violation on any page.

axe-core (Deque Systems, MPL-2.0) is fetched by npm into a temporary folder and is no part of this project.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from browser_fixtures import Open, fits, iri, pause, settled, until

pytest_plugins = ["browser_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.proof]

AXE = "axe-core@4.11.0"
GRAVE = ("serious", "critical")
PAGES = {
    "home": "/",
    "search": "/?q=russie",
    "browse": "/browse",
    "graph": f"/graph?root={iri('treaty/inf')}",
    "link": f"/graph?root={iri('treaty/inf')}&at=person/vladimir-putin+ac:Accusation+treaty/inf",
    "treaties": "/treaties",
    "timeline": "/timeline",
    "map": "/map",
    "questions": "/questions",
    "question": "/questions?question=parties-on-a-day",
    "sparql": "/sparql?query=SELECT%20%3Ft%20%7B%20%3Ft%20a%20ac%3ATreaty%20%7D",
    "broken": "/sparql?query=SELECT%20%7B",
    "drawn": "/sparql?view=map&query=SELECT%20%3Fs%20%3Ft%20%7B%20%3Fs%20a%20ac%3AState%20.%20%3Ft%20a%20ac%3ATreaty%20%7D",
    "networked": "/sparql?view=graph&query=SELECT%20%3Fs%20%3Ft%20%7B%20%3Fs%20a%20ac%3AState%20.%20%3Ft%20a%20ac%3ATreaty%20%7D",
    "add": "/add",
    "review": "/review",
    "known": "/review?only=known",
    "contradictions": "/contradictions",
    "positions": f"/contradictions?view=positions&by={iri('state/RUS')}",
    "chains": "/contradictions?view=chains",
    "standing": f"/treaties?treaty={iri('treaty/inf')}&day=2019-08-01&of={iri('state/USA')}&to={iri('treaty/inf')}",
    "happened": f"/timeline?event={iri('event/test-1')}",
    "received": f"/map?measure=received&state={iri('state/IND')}",
    "bound": f"/map?measure=party&treaty={iri('treaty/inf')}&day=2019-08-01",
    "narrowed": f"/browse?state={iri('state/IND')}",
    "about": "/about",
    "state": f"/entity?iri={iri('state/RUS')}",
    "treaty": f"/entity?iri={iri('treaty/inf')}",
    "hostile": f"/entity?iri={iri('weapon/hostile')}",
    "unknown": "/entity?iri=nothing",
    "event": f"/event?iri={iri('event/offer-1')}",
    "document": f"/document?iri={iri('document/offre-hypersonique')}",
    "missing": "/nothing-here",
}
"""Every page of the list has its name or a view of it here; `test_every_page_is_tried` sees to it."""
VIEWS = {
    "link": "graph",
    "known": "review",
    "positions": "contradictions",
    "chains": "contradictions",
    "standing": "treaties",
    "happened": "timeline",
    "received": "map",
    "bound": "map",
    "narrowed": "browse",
    "missing": "home",
    "broken": "sparql",
    "drawn": "sparql",
    "networked": "sparql",
    "question": "questions",
    "search": "home",
    "unknown": "entity",
    "state": "entity",
    "treaty": "entity",
    "hostile": "entity",
}
LOOKS = {"en": [(1440, "light"), (390, "dark")], "fr": [(1440, "dark"), (390, "light")]}
"""Every two of language, width and mode come together. The window is changed while the page is open, as a reader may do."""
BACK = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 31)"}
"""The ground of the page in each mode."""
GROUND = "ground => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor === ground"
FADES = 400
"""Milliseconds in which colours and the sidebar begin to move to where they stay."""
STANDS = "document.getAnimations().every(each => each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity)"
"""Whether nothing moves that will come to rest."""
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  each => [each.impact, each.id, each.nodes.map(node => node.html.slice(0, 200))])"""


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, and axe-core comes through it")
    folder: Path = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--prefix", str(folder), "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", AXE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        pytest.skip(f"npm gave no {AXE}: {done.stderr.strip().splitlines()[-1:]}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def known() -> dict[str, str]:
    """The pages that the explorer has."""
    from kg.explorer.pages import BY_NAME

    return {name: path for name, path in PAGES.items() if VIEWS.get(name, name) in BY_NAME}


def test_every_page_is_tried() -> None:
    from kg.explorer.pages import BY_NAME

    assert {VIEWS.get(name, name) for name in known()} == set(BY_NAME)


@pytest.mark.parametrize("name", known())
@pytest.mark.parametrize("lang", LOOKS)
def test_axe_finds_nothing_serious(window: Open, axe: str, name: str, lang: str) -> None:
    path = PAGES[name]
    page = window(f"{path}{'&' if '?' in path else '?'}lang={lang}", 1440)
    page.wait_for_function("lang => document.documentElement.lang === lang", arg=lang)
    page.evaluate(axe)
    for width, scheme in LOOKS[lang]:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(GROUND, arg=BACK[scheme])
        pause(page, FADES)
        page.wait_for_function(STANDS)
        assert _lasting(page) == [], (width, scheme)
        assert fits(page), f"the page scrolls sideways at {width}"


def _lasting(page: Any) -> list[Any]:
    """What axe still finds serious when the page has had time to come to rest."""
    found: list[Any] = []

    def is_clean() -> bool:
        found[:] = _faults(page)
        return not found

    until(page, is_clean)
    return found


def _faults(page: Any) -> list[Any]:
    """What axe finds serious on the page as it is."""
    return [each for each in page.evaluate(RUN) if each[0] in GRAVE]


def test_axe_would_find_a_fault(window: Open, axe: str) -> None:
    page = window("/")
    page.evaluate("document.querySelector('input[type=search]').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('h1').innerHTML = '<button></button>'")
    page.evaluate(axe)
    assert "button-name" in [found[1] for found in _faults(page)]


def _focused(page: Any) -> str:
    text: str = page.evaluate("(e => e.innerText || e.getAttribute('aria-label') || e.tagName)(document.activeElement)")
    return text.strip()


def test_keyboard_goes_through_the_pages_to_the_search_and_on(window: Open) -> None:
    page = window("/", 1280)
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(_focused(page))
        if seen[-1].startswith("Search states"):
            break
    assert seen.index("Home") < seen.index("SPARQL") < len(seen) - 1
    page.keyboard.type("lavrov")
    page.locator(".kg-hits").get_by_role("link", name="Sergei Lavrov").wait_for()
    settled(page)
    for _ in range(6):
        page.keyboard.press("Tab")
        if _focused(page) == "Sergei Lavrov":
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Sergei Lavrov", level=1).wait_for()
