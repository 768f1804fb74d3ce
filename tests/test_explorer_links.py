"""What an event answers, what is told again of it, and how many of a weapon it is about, on its page."""

from __future__ import annotations

import dispatches
import pytest
from explorer_fixtures import Visit, words

from kg.store import Home

pytest_plugins = ["explorer_fixtures"]


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The second sample graph, in which an offer is taken up."""
    return dispatches.build_home(tmp_path_factory.mktemp("links") / "home")


@pytest.mark.parametrize(
    ("lang", "heading", "reason"),
    [
        ("en", "What it answers", "What was offered or asked for is bought or supplied, by Russia, Turkey, on S-400"),
        ("fr", "À quoi il répond", "Ce qui a été proposé ou demandé est acheté ou fourni, par Russie, Turquie"),
    ],
)
def test_an_event_says_what_it_answers_and_why(visit: Visit, lang: str, heading: str, reason: str) -> None:
    page = words(visit("event", iri="acr:event/transfer-1", lang=lang))
    assert reason in page.partition(heading)[2]
    assert reason in words(visit("event", iri="acr:event/offer-2", lang=lang))


def test_a_page_says_what_is_told_again(visit: Visit) -> None:
    page = words(visit("event", iri="acr:event/cooperation-1", lang="en"))
    assert "2 of the 3 claims tell again what an earlier document said, with nothing new." in page
    assert "tell again" not in words(visit("event", iri="acr:event/transfer-1", lang="en"))


def test_a_page_says_how_many(visit: Visit) -> None:
    page = words(visit("event", iri="acr:event/offer-2", lang="en"))
    assert "S-400 10 dix S-400" in page.partition("How many, and for how much")[2]
    assert "How many, and for how much" not in words(visit("event", iri="acr:event/meeting-1", lang="en"))
