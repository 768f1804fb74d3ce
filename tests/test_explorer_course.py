"""What became of an event, on its page: the steps of its matter with their sentences, and what is awaited."""

from __future__ import annotations

import re
from dataclasses import replace

import dispatches
import pytest
from explorer_fixtures import Visit, markup, words
from sample import ACR, ROOT

from kg.courses import Courses
from kg.explorer.course import _chains
from kg.explorer.graph import Graph
from kg.query import SnapshotView
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The second sample graph, in which an offer came to its delivery."""
    return dispatches.build_home(tmp_path_factory.mktemp("course") / "home")


def section(visit: Visit, event: str, lang: str) -> str:
    """The HTML of what became of an event; empty where its page says nothing of it."""
    found = re.search(
        r'<section id="course">(.*?)</section>', markup(visit("event", iri=f"acr:event/{event}", lang=lang))
    )
    return found[1] if found else ""


@pytest.mark.parametrize("event", ["offer-2", "transfer-1"])
def test_the_steps_of_a_matter_stand_on_the_page_of_each(visit: Visit, event: str) -> None:
    told = section(visit, event, "en")
    offer, delivery = told.split("</li>")[:2]
    assert "La Russie a proposé dix S-400 à la Turquie en mai 2019." in offer
    assert "2019-05" in offer
    assert re.search(r'href="\./document\?[^"]*depeche-offre[^"]*"', offer)
    assert "La Turquie recevra les S-400 en juillet 2019." in delivery
    assert re.search(r'href="\./event\?[^"]*transfer-1', delivery)
    here = {"offer-2": offer, "transfer-1": delivery}[event]
    assert 'aria-current="step"' in here
    assert "this event" in here
    assert told.count('aria-current="step"') == 1
    assert re.search(r'href="\./contradictions\?[^"]*involving=[^"]*s-400[^>]*>All matters that involve S-400', told)


@pytest.mark.parametrize(
    ("lang", "gap"),
    [
        ("en", "deployment: not reported since 2019-06-03"),
        ("fr", "déploiement : rien de rapporté depuis le 2019-06-03"),
    ],
)
def test_what_is_awaited_is_told(visit: Visit, lang: str, gap: str) -> None:
    page = words(visit("event", iri="acr:event/deployment-2", lang=lang))
    assert gap in page
    assert {"en": "told on 2019-06-03", "fr": "rapporté le 2019-06-03"}[lang] in page


def test_the_page_joins_the_chains_that_the_command_tells(explored: Home) -> None:
    """The page asks for steps and claims apart, because that is quicker; what comes of it must be the same but for the sentences."""
    view = SnapshotView(explored)
    graph, told = Graph(view, ROOT / "ontology"), Courses(view.store, ROOT / "ontology", "en")
    for involving in ("", ACR + "weapon/s-400", ACR + "state/USA"):
        for open_only in (False, True):
            expected = told.chains(f"<{involving}>" if involving else None, open_only=open_only)
            steps = [[replace(step, sentence="") for step in chain.steps] for chain in expected]
            assert [
                list(chain.steps) for chain in _chains(graph, involving, "open" if open_only else "", "en")
            ] == steps
    assert len(told.chains()) > 1


def test_what_is_no_step_has_no_course(visit: Visit, explored: Home) -> None:
    assert section(visit, "warning-1", "en") == ""
    assert Courses(explored.current().store, ROOT / "ontology", "en").of(ACR + "event/warning-1") is None
