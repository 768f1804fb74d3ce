"""The page of SPARQL in a real Chromium: the editor's completion and errors, running, stopping, views, downloads, links."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from browser_fixtures import Open, again, fits, pause, settled, sync_api, until
from sample import ACR

pytestmark = pytest.mark.browser
pytest_plugins = ["browser_fixtures"]

WIDTHS = pytest.mark.parametrize("width", [1440, pytest.param(390, marks=pytest.mark.proof)])
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""Runs for as long as it is let run: ten times as long as a test waits for what it expects."""
TREATIES = "SELECT ?t { ?t a ac:Treaty } ORDER BY ?t"


def written(page: sync_api.Page, text: str) -> None:
    """Waits until this text stands in the editor."""
    sync_api.expect(page.locator(".cm-line")).to_have_text(text.split("\n"))


def write(page: sync_api.Page, text: str) -> None:
    """Replaces the text in the editor, as if it was pasted."""
    settled(page).locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def complete_treaty(page: sync_api.Page) -> None:
    """Writes the query for treaties with the editor's completion."""
    write(page, "SELECT ?t { ?t a ")
    page.locator(".cm-content").press_sequentially("ac:Treat", delay=30)
    offered = page.locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)")
    offered.locator("li[aria-selected]", has_text="ac:Treaty").wait_for()
    pause(page, 500)  # what is chosen the moment it appears is left alone by the editor
    page.keyboard.press("Tab")
    page.keyboard.insert_text(" } ORDER BY ?t")
    written(page, TREATIES)


def rows(page: sync_api.Page, count: int) -> None:
    """Waits until the page says that there are so many rows."""
    page.get_by_role("status").filter(has_text=f"rows: {count} ·").wait_for()


def saved(page: sync_api.Page, name: str) -> str:
    """The file that a button gives."""
    with settled(page).expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


@WIDTHS
def test_completion_run_and_link(window: Open, width: int) -> None:
    page = window("/sparql", width)
    complete_treaty(page)
    page.keyboard.press("Control+Enter")
    rows(page, 2)
    page.wait_for_url("**/sparql?query=SELECT*")
    other = window(again(page), width)
    rows(other, 2)
    written(other, TREATIES)
    sync_api.expect(other.locator("td a")).to_have_text(["INF Treaty", "Open Skies Treaty"])
    assert fits(page)


@pytest.mark.proof
def test_terms_are_found_by_their_label_in_the_language_of_the_page(window: Open) -> None:
    page = window("/sparql?lang=fr")
    write(page, "SELECT ?t { ?t a ")
    page.locator(".cm-content").press_sequentially("trait", delay=30)
    page.locator(".cm-tooltip-autocomplete li", has_text="traitéac:Treaty").first.click()
    written(page, "SELECT ?t { ?t a ac:Treaty")
    write(page, "DESCRIBE ")
    page.locator(".cm-content").press_sequentially("Corée", delay=30)
    page.locator(".cm-tooltip-autocomplete li", has_text="Corée du Nord").first.click()
    written(page, f"DESCRIBE <{ACR}state/PRK>")


@pytest.mark.proof
def test_back_leads_to_the_query_before(window: Open) -> None:
    page = window("/sparql")
    write(page, TREATIES)
    page.keyboard.press("Control+Enter")
    rows(page, 2)
    write(page, f"{TREATIES} LIMIT 1")
    page.keyboard.press("Control+Enter")
    rows(page, 1)
    settled(page).go_back()
    rows(page, 2)
    written(page, TREATIES)
    settled(page).go_forward()
    rows(page, 1)
    written(page, f"{TREATIES} LIMIT 1")


def _beside(marker: sync_api.Locator, number: sync_api.Locator) -> bool:
    """Whether a mark of the gutter stands on the line with this number."""
    place, line = marker.bounding_box(), number.bounding_box()
    return bool(place and line and line["y"] - 2 <= place["y"] <= line["y"] + line["height"])


@WIDTHS
def test_an_error_stands_at_its_line_until_it_is_mended(window: Open, width: int) -> None:
    page = window("/sparql", width)
    write(page, "SELECT ?t {\n  ?t a ac:Treaty .\n  ?t ac:signedOn }\nORDER BY ?t")
    page.get_by_role("button", name="Run", exact=True).click()
    alert = page.get_by_role("alert").filter(has_text="Line 3")
    alert.wait_for()
    marker = page.locator(".cm-lint-marker-error")
    number = page.locator(".cm-lineNumbers .cm-gutterElement:visible").get_by_text("3", exact=True)
    assert until(page, lambda: _beside(marker, number))
    write(page, TREATIES)
    sync_api.expect(marker).to_have_count(0)
    sync_api.expect(alert).to_have_count(0)
    page.keyboard.press("Control+Enter")
    rows(page, 2)
    sync_api.expect(marker).to_have_count(0)


@pytest.mark.proof
def test_an_endless_query_is_stopped_while_others_work(window: Open) -> None:
    page = window(f"/sparql?query={quote(ENDLESS)}", whole=False)
    running = page.get_by_text("Running for")
    running.wait_for()
    other = window("/sparql")
    write(other, TREATIES)
    other.keyboard.press("Control+Enter")
    rows(other, 2)
    sync_api.expect(running).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("status").filter(has_text="Stopped.").wait_for()
    write(page, "ASK { ?t a ac:Treaty }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("status").filter(has_text="Yes").wait_for()


def test_downloads_hold_what_the_store_answers(window: Open) -> None:
    query = 'SELECT ?s ?name ("=1+1" AS ?formula) { ?s a ac:State ; skos:prefLabel ?name } ORDER BY ?s ?name'
    page = window(f"/sparql?query={quote(query)}")
    table = list(csv.DictReader(io.StringIO(saved(page, "CSV"))))
    asked = json.loads(saved(page, "JSON"))["results"]["bindings"]
    assert [row["s"] for row in table] == [row["s"]["value"] for row in asked]
    assert [row["name"] for row in table] == [row["name"]["value"] for row in asked]
    assert "Corée du Nord" in [row["name"] for row in table]
    assert {row["formula"] for row in table} == {"'=1+1"}
    assert {row["formula"]["value"] for row in asked} == {"=1+1"}
    page = window(f"/sparql?query={quote('CONSTRUCT { ?t a ac:Treaty } { ?t a ac:Treaty }')}")
    triples = list(ox.parse(saved(page, "Download as Turtle"), format=ox.RdfFormat.TURTLE))
    assert {triple.subject.value for triple in triples} == {ACR + "treaty/inf", ACR + "treaty/open-skies"}


DRAWN: list[tuple[str, Callable[[sync_api.Page], None]]] = [
    ("Graph", lambda page: page.locator(".kg-graph canvas").first.wait_for()),
    (
        "Timeline",
        lambda page: page.locator(
            "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
        ).first.wait_for(),
    ),
    (
        "Map",
        lambda page: page.locator(
            "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
        ).first.wait_for(),
    ),
    ("Raw", lambda page: page.locator("[data-testid=stCode]").first.wait_for()),
]


@pytest.mark.proof
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_views_are_part_of_the_address_and_of_the_history(window: Open, width: int, scheme: str) -> None:
    query = (
        "SELECT ?state ?treaty ?day { ?act ac:agent ?state ; ac:treaty ?treaty ; ac:earliest ?day . ?state a ac:State }"
    )
    page = window(f"/sparql?query={quote(query)}", width, scheme)
    views = page.get_by_role("radiogroup", name="Show as")
    views.wait_for()
    for name, drawn in DRAWN:
        settled(page)
        views.get_by_role("radio", name=name, exact=True).click()
        page.wait_for_url(f"**view={name.lower()}*")
        drawn(page)
    settled(page).go_back()
    page.wait_for_url("**view=map*")
    DRAWN[2][1](page)
    settled(page).reload()
    DRAWN[2][1](page)


@pytest.mark.proof
def test_what_was_asked_is_remembered_on_this_machine(window: Open) -> None:
    page = window("/sparql")
    write(page, TREATIES)
    page.keyboard.press("Control+Enter")
    rows(page, 2)
    page.goto(settled(page).evaluate("location.origin") + "/sparql")
    settled(page).get_by_text("Asked before, on this machine").click()
    settled(page).get_by_role("button", name=TREATIES).click()
    written(page, TREATIES)
