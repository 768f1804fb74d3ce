"""Nothing that comes from outside is interpreted: hostile addresses and names on every page, formulas in downloads."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any

import pyoxigraph as ox
import pytest
from explorer_fixtures import Visit, markup
from sample import ACR, ROOT
from streamlit.testing.v1 import AppTest

from kg.explorer.behind import downloads
from kg.explorer.graph import Graph
from kg.explorer.pages import PLACES
from kg.query import SnapshotView, Table, serialise
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]
NAMES = (
    "iri",
    "q",
    "root",
    "near",
    "start",
    "claim",
    "kind",
    "state",
    "treaty",
    "class",
    "first",
    "question",
    "query",
    "day",
    "from",
)
"""What pages look for in their addresses, and more."""
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) **b** `c` :red[d] $e$",
    "javascript:alert(1)",
    "\u0000\u202e\ud7ff",
    "../../../etc/passwd",
    "9" * 400,
    '" onmouseover="alert(1)',
    "<https://w3id.org/arms-control/id/state/RUS> } DROP ALL #",
)


OWN_STYLE = re.compile(r"background: ?#[0-9a-f]{6,8}")
"""The one style that a page writes beside an element: a colour of a legend."""


class _Elements(HTMLParser):
    """Notes what a browser would run or load of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "iframe", "object", "embed", "form", "base", "meta"):
            self.faults.append(tag)
        for name, value in attrs:
            if (
                name.startswith("on")
                or (name == "style" and not OWN_STYLE.fullmatch(value or ""))
                or (name in ("href", "src") and not _harmless(value or ""))
            ):
                self.faults.append(f"{tag} {name}={value}")


def _harmless(address: str) -> bool:
    return address.startswith(("./", "#", "http://", "https://"))


def faults(page: AppTest) -> list[str]:
    """What of the page a browser would run or load; Markdown that holds a text of ours is left out."""
    found = _Elements()
    found.feed(markup(page))
    for each in page.main.get("markdown"):
        if "javascript:" in each.value or "onerror" in each.value:
            found.faults.append(each.value)
    return found.faults


def _addressed(turn: int) -> dict[str, str]:
    """Each parameter with one of the hostile texts, another one at each turn."""
    return {name: HOSTILE[(place + turn) % len(HOSTILE)] for place, name in enumerate(NAMES)}


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_hostile_address_is_told_kindly_on_every_page(visit: Visit, place: str) -> None:
    assert faults(visit(place, **_addressed(0), lang="en")) == []


@pytest.mark.proof
@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_every_hostile_text_in_every_parameter_of_every_page(visit: Visit, place: str) -> None:
    for turn in range(1, len(HOSTILE)):
        assert faults(visit(place, **_addressed(turn), lang=("en", "fr")[turn % 2])) == []


def test_a_fault_would_be_seen() -> None:
    for text in ("<img src=x>", "<a onclick='x()'>", '<a href="javascript:x()">', "<p style='x'>"):
        found = _Elements()
        found.feed(text)
        assert found.faults


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("entity", "weapon/hostile"),
        ("event", "event/test-2"),
        ("graph", "weapon/hostile"),
        ("document", "document/note-sans-date"),
    ],
)
def test_hostile_name_of_the_graph_stays_text(visit: Visit, place: str, name: str) -> None:
    assert faults(visit(place, iri=f"acr:{name}", root=f"acr:{name}", lang="en")) == []


def test_formulas_of_spreadsheets_are_made_harmless_in_downloads() -> None:
    cells = ("=1+1", "+1+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "plain", "Türkiye", "-5")
    table = Table(("said",), tuple((ox.Literal(cell),) for cell in cells))
    written = serialise(table, "csv", spreadsheet=True).decode()
    rows = [row[0] for row in csv.reader(io.StringIO(written))][1:]
    assert all(row.startswith("'") for row in rows[:6])
    assert rows[6:] == ["plain", "Türkiye", "-5"]


def test_every_view_writes_its_csv_for_spreadsheets(explored: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph(SnapshotView(explored), ROOT / "ontology")
    asked: list[dict[str, Any]] = []

    def noted(*arguments: Any, **options: Any) -> bytes:
        asked.append({"format": arguments[1], **options})
        return b""

    buttons: list[Any] = []
    monkeypatch.setattr("kg.explorer.behind.serialise", noted)
    monkeypatch.setattr("kg.explorer.behind.st.download_button", lambda label, write, *_, **__: buttons.append(write))
    downloads(graph, "view", graph.ask("memberships", entity=ACR + "treaty/open-skies").result)
    for write in buttons:
        write()
    assert [each["format"] for each in asked] == ["csv", "csv", "json"]
    assert all(each.get("spreadsheet") for each in asked if each["format"] == "csv")
