"""What a reader does on the pages, each at both widths, in both modes and both languages, every time to its end.

The twelve checks that the explorer was designed by, but for adding a document (tests/test_browser_data.py, in the same windows); and treaties on a day,
and the queue of things to judge. `window` sees to it that no request leaves this machine, no exception box shows and no script fails.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pyoxigraph as ox
import pytest
from browser_fixtures import Open, again, heading, iri, settled, sync_api, until
from sample import ACR
from test_browser_graph import canvas, expand, ids, parts
from test_browser_sparql import ENDLESS, TREATIES, complete_treaty, saved, write, written
from test_browser_views import _pick

from kg.explorer import texts
from kg.namespaces import PREFIXES
from kg.store import Home

pytest_plugins = ["browser_fixtures", "explorer_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.proof]
expect = sync_api.expect

NAMES = {
    "en": {"RUS": "Russia", "IND": "India", "USA": "United States", "inf": "INF Treaty", "test": "weapon test"},
    "fr": {"RUS": "Russie", "IND": "Inde", "USA": "États-Unis", "inf": "traité FNI", "test": "essai d’arme"},
}
MANY = 'SELECT ?s ?name ("=1+1" AS ?formula) { ?s a ac:State ; skos:prefLabel ?name } ORDER BY ?s ?name'


@dataclass(frozen=True, slots=True)
class Look:
    """How the reader's windows are, and what the graph holds that he looks at."""

    window: Open
    width: int
    scheme: str
    lang: str
    home: Home

    def open(self, path: str) -> sync_api.Page:
        return self.window(f"{path}{'&' if '?' in path else '?'}lang={self.lang}", self.width, self.scheme)

    def again(self, page: sync_api.Page) -> sync_api.Page:
        """The same address in a window of its own."""
        return self.window(again(page), self.width, self.scheme)

    def say(self, key: str, **values: object) -> str:
        return texts.text(key, self.lang, **values)

    def name(self, key: str) -> str:
        return NAMES[self.lang][key]

    def answers(self, query: str) -> list[list[str]]:
        found = self.home.current().store.query(query, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        return [[term.value for term in row if isinstance(term, ox.NamedNode | ox.Literal)] for row in found]

    def rows(self, page: sync_api.Page, count: int) -> None:
        """Waits until the page says that there are so many rows."""
        page.get_by_role("status").filter(has_text=self.say("rows", count=count, seconds="").split("·")[0]).wait_for()


def home_is_alive_at_once(look: Look) -> None:
    page = look.open("/")
    expect(page.get_by_label(look.say("search"))).to_be_visible()
    expect(page.locator(".kg-counts b").first).not_to_have_text("0")
    expect(page.locator("article")).not_to_have_count(0)
    expect(page.locator("article:not(:has(a[href*='document?']))")).to_have_count(0)


def search_leads_to_the_thing_and_back(look: Look) -> None:
    page = look.open("/")
    page.get_by_label(look.say("search")).press_sequentially("vladim")
    hit = settled(page).locator(".kg-hits a[href*='entity?']")
    expect(hit).to_have_count(1)
    hit.click()
    heading(page, "Vladimir Putin" if look.lang == "en" else "Vladimir Poutine")
    page.wait_for_url(f"**iri={iri('person/vladimir-putin')}*")
    page.reload()
    heading(page, "Vladimir Putin" if look.lang == "en" else "Vladimir Poutine")
    page.go_back()
    heading(page, look.say("title"))
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def links_are_part_of_the_history(look: Look) -> None:
    page = look.open(f"/entity?iri={iri('state/USA')}")
    seen = ["USA"]
    for name in ("RUS", "IND"):
        page.locator(f"[data-testid=stMain] a[href*='state%2F{name}']").first.evaluate("link => link.click()")
        heading(page, look.name(name))
        seen.append(name)
    for move, names in ((page.go_back, ("RUS", "USA")), (page.go_forward, ("RUS", "IND"))):
        for name in names:
            move()
            heading(page, look.name(name))
            page.wait_for_url(f"**iri={iri(f'state/{name}')}*")


def a_fact_leads_to_its_sentence_in_its_article(look: Look) -> None:
    page = look.open(f"/entity?iri={iri('state/RUS')}")
    card = page.locator("article .kg-claim").first
    sentence = card.locator("blockquote").inner_text()
    address = card.locator("a[href*='document?']").get_attribute("href") or ""
    document = parse_qs(urlsplit(address).query)["iri"][0]
    query = f"SELECT ?text {{ ?claim ac:inDocument <{document}> ; prov:wasQuotedFrom/nif:anchorOf ?text }}"
    assert [sentence] in look.answers(query)
    card.locator("a[href*='document?']").first.click()
    expect(page.locator(".kg-text")).to_contain_text(sentence)


def an_address_of_nothing_says_so(look: Look) -> None:
    asked = {"entity": "unknown iri", "event": "not an event", "document": "not a document"}
    for place, key in asked.items():
        page = look.open(f"/{place}?iri={'nothing' if place == 'entity' else iri('no/thing')}")
        heading(page, look.say(key))
        expect(page.get_by_text("Traceback")).to_have_count(0)


def a_query_is_completed_run_and_shared(look: Look) -> None:
    page = look.open("/sparql")
    complete_treaty(page)
    page.keyboard.press("Control+Enter")
    look.rows(page, len(look.answers(TREATIES)))
    page.wait_for_url("**query=SELECT*")
    other = look.again(page)
    look.rows(other, len(look.answers(TREATIES)))
    for each in (page, other):
        written(each, TREATIES)


def an_error_stands_at_its_line(look: Look) -> None:
    page = look.open("/sparql")
    write(page, "SELECT ?t {\n  ?t a ac:Treaty .\n  ?t ac:signedOn }\nORDER BY ?t")
    page.keyboard.press("Control+Enter")
    alert = page.get_by_role("alert").filter(has_text=look.say("sparql line", line=3, problem="").strip())
    alert.wait_for()
    page.locator(".cm-lint-marker-error").wait_for()
    write(page, TREATIES)
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)
    expect(alert).to_have_count(0)


def a_query_without_end_is_stopped(look: Look) -> None:
    page = look.open("/sparql")
    write(page, ENDLESS)
    page.keyboard.press("Control+Enter")
    page.get_by_text(look.say("running", seconds="…", limit="…").split("…")[0]).wait_for()
    page.get_by_role("button", name=look.say("stop"), exact=True).click()
    page.get_by_role("status").filter(has_text=look.say("stopped")).wait_for()


def downloads_hold_what_the_store_answers(look: Look) -> None:
    page = look.open(f"/sparql?query={quote(MANY)}")
    table = list(csv.DictReader(io.StringIO(saved(page, look.say("csv")))))
    asked = json.loads(saved(page, look.say("json")))["results"]["bindings"]
    expected = look.answers(MANY)
    assert [[row["s"], row["name"], row["formula"]] for row in table] == [[s, name, "'=1+1"] for s, name, _ in expected]
    assert [[row["s"]["value"], row["name"]["value"]] for row in asked] == [[s, name] for s, name, _ in expected]
    page = look.open(f"/entity?iri={iri('state/PRK')}")
    triples = list(ox.parse(saved(page, look.say("turtle")), format=ox.RdfFormat.TURTLE))
    assert "Corée du Nord" in {each.object.value for each in triples if isinstance(each.object, ox.Literal)}


def the_picture_grows_and_shrinks_with_the_store(look: Look) -> None:
    page = look.open(f"/graph?root={iri('treaty/inf')}")
    before, after = parts(look.home), parts(look.home, "open state/RUS")
    assert set(after.nodes) > set(before.nodes)
    assert until(page, lambda: ids(page) == set(before.nodes))
    expand(page, ACR + "state/RUS", after)
    other = look.again(page)
    assert until(other, lambda: ids(other) == set(after.nodes))
    page.get_by_role("button", name=look.say("graph undo"), exact=True).click()
    assert until(page, lambda: ids(page) == set(before.nodes))
    with settled(page).expect_download() as download:
        canvas(page).locator("xpath=..").get_by_role("button", name="PNG").click()
    assert len(Path(download.value.path()).read_bytes()) > 5_000


def a_state_of_the_map_gives_its_sentences(look: Look) -> None:
    page = look.open("/map?measure=received")
    card = page.get_by_role("region", name=look.say("map card"))
    _pick(page, look.name("IND"), card, "L'Inde a commandé des S-400 à la Russie.")
    page.wait_for_url(f"**state={iri('state/IND')}*")


def a_dot_of_the_timeline_gives_its_sentences(look: Look) -> None:
    page = look.open("/timeline")
    card = page.get_by_role("region", name=look.say("timeline card"))
    _pick(page, look.name("test"), card, "Le 18 août 2019, les États-Unis ont testé un missile de croisière.")
    page.wait_for_url(f"**event={iri('event/test-1')}*")


def treaties_bind_on_a_day(look: Look) -> None:
    page = look.open(f"/treaties?treaty={iri('treaty/inf')}&day=2019-08-01")
    row = page.locator(".kg-matrix tbody tr").filter(has_text=look.name("USA"))
    suspended, ended = ("suspended", "ended") if look.lang == "en" else ("suspendu", "terminé")
    expect(row).to_contain_text(suspended)
    page.get_by_role("slider").press("ArrowRight")
    page.wait_for_url("**day=2019-08-02*")
    expect(row).to_contain_text(ended)
    settled(page).go_back()
    expect(row).to_contain_text(suspended)


def things_to_judge_come_one_after_the_other(look: Look) -> None:
    page = look.open("/review?only=dispute")
    page.get_by_role("heading", name=look.say("review asked dispute")).wait_for()
    page.get_by_role("button", name=look.say("review next"), exact=True).click()
    page.wait_for_url("**at=2*")
    place = look.say("review place", number=2, count=2)
    page.get_by_text(place).wait_for()
    settled(page).go_back()
    page.get_by_text(look.say("review place", number=1, count=2)).wait_for()


CHECKS: tuple[Callable[[Look], None], ...] = (
    home_is_alive_at_once,
    search_leads_to_the_thing_and_back,
    links_are_part_of_the_history,
    a_fact_leads_to_its_sentence_in_its_article,
    an_address_of_nothing_says_so,
    a_query_is_completed_run_and_shared,
    an_error_stands_at_its_line,
    a_query_without_end_is_stopped,
    downloads_hold_what_the_store_answers,
    the_picture_grows_and_shrinks_with_the_store,
    a_state_of_the_map_gives_its_sentences,
    a_dot_of_the_timeline_gives_its_sentences,
    treaties_bind_on_a_day,
    things_to_judge_come_one_after_the_other,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize(
    ("width", "scheme", "lang"),
    [(1440, "light", "en"), (1440, "dark", "fr"), (390, "light", "fr"), (390, "dark", "en")],
)
def test_a_reader_comes_to_the_end(
    window: Open, explored: Home, check: Callable[[Look], None], width: int, scheme: str, lang: str
) -> None:
    check(Look(window, width, scheme, lang, explored))
