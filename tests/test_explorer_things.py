"""The pages of entities and events over the sample graph, and what a reader takes away from them."""

from __future__ import annotations

import html
import json
import re
from datetime import date

import pytest
from explorer_fixtures import Visit, markup, words
from sample import ACR, ROOT

from kg.explorer.graph import Graph
from kg.query import SnapshotView
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]
HOSTILE = "<img src=x onerror=alert(1)> [Hostile-1](javascript:alert(1))"


@pytest.fixture(scope="module")
def graph(explored: Home) -> Graph:
    return Graph(SnapshotView(explored), ROOT / "ontology")


def between(text: str, begin: str, end: str) -> str:
    return text.partition(begin)[2].partition(end)[0]


# Entity


def test_treaty_says_how_it_stands_today_and_since_when(visit: Visit) -> None:
    today = date.today().isoformat()
    assert f"terminated since 2019-08-02 (as of {today})" in words(visit("entity", iri="acr:treaty/inf", lang="en"))
    assert f"en vigueur depuis 2002-01-01 (au {today})" in words(
        visit("entity", iri="acr:treaty/open-skies", lang="fr")
    )
    assert "as of" not in words(visit("entity", iri="acr:state/RUS", lang="en"))


def test_years_are_bars_with_their_numbers_in_words(visit: Visit) -> None:
    page = markup(visit("entity", iri="acr:treaty/inf", lang="en"))
    bars = re.findall(r'<a href="([^"]+)"[^>]*aria-label="([^"]+)"', between(page, '<ol class="kg-years"', "</ol>"))
    told = dict(re.findall(r"(\d{4}): (.+)", "\n".join(label for _, label in bars)))
    assert told == {
        "1987": "0 told by documents, 2 of the reference data",
        "1988": "0 told by documents, 2 of the reference data",
        "2019": "0 told by documents, 2 of the reference data",
    }
    assert "question=events-in-a-period&amp;from=1987-01-01&amp;until=1987-12-31&amp;involving=" in bars[0][0]


def test_offer_and_its_refusal_stand_side_by_side(visit: Visit) -> None:
    page = markup(visit("entity", iri="acr:state/USA", lang="en"))
    pair = between(page, 'class="kg-sides kg-pair"', "<h2")
    said, answered = words_of(pair).split("The answer")
    assert "transfer offer · Russia → United States" in said
    assert "Washington a rejeté cette offre." in answered
    assert page.count("Washington a rejeté cette offre.</blockquote>") == 1


def words_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_neighbours_are_listed_by_kind_with_the_events_in_common(visit: Visit) -> None:
    page = words(visit("entity", iri="acr:state/USA", lang="en"))
    assert "Treaty (2) INF Treaty (6) Open Skies Treaty (2)" in page.partition("Stands in events with")[2]
    french = words(visit("entity", iri="acr:state/USA", lang="fr")).partition("Figure dans des événements avec")[2]
    assert "Catégorie d’arme (2)" in french


def test_long_list_of_neighbours_is_leafed_through(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.explorer.neighbours.SHOWN", 1)
    first = markup(visit("entity", iri="acr:state/FRA", lang="en"))
    assert "Stands in events with" not in first
    second = visit("entity", iri="acr:treaty/open-skies", near="State", start="1", lang="en")
    shown = words(second).partition("Stands in events with")[2]
    assert "2–2 of 2 · those before" in shown
    for wrong in ("-1", "x", "٣", "99", "9" * 30):
        page = visit("entity", iri="acr:treaty/open-skies", near="State", start=wrong, lang="en")
        assert "1–1 of 2" in words(page).partition("Stands in events with")[2]


def test_every_claim_says_how_many_texts_tell_its_event(visit: Visit) -> None:
    page = words(visit("entity", iri="acr:state/USA", lang="en"))
    assert "affirmed by 1, denied by 1 independent origins" in page
    assert "one text" in page


@pytest.mark.parametrize("name", ["state/PRK", "event/test-2", "weapon/hostile"])
def test_dossier_and_triples_can_be_taken_away(visit: Visit, graph: Graph, name: str) -> None:
    page = visit("event" if name.startswith("event") else "entity", iri=f"acr:{name}", lang="en")
    slug = name.rpartition("/")[2]
    buttons = [button.proto.label for button in page.main.get("download_button")]
    assert buttons[-3:] == ["Dossier to print (HTML)", "Download as Turtle", "Download as JSON-LD"]
    assert f"Its identifier: {ACR}{name}" in words(page)
    linked = json.loads(graph.triples(ACR + name, "json-ld"))
    assert ACR + name in {node["@id"] for node in linked}
    assert slug


# Event


def test_event_shows_its_claims_across_documents(visit: Visit) -> None:
    page = markup(visit("event", iri="acr:event/offer-1", lang="en"))
    shown = words_of(page)
    assert "transfer offer · Russia → United States · hypersonic missile" in shown
    affirmed, denied = between(shown, "What is claimed", "What answers it").split("Denied")
    assert "La Russie a proposé aux États-Unis" in affirmed
    assert "Les États-Unis démentent" in denied
    assert "Washington a rejeté cette offre." in shown.partition("What answers it")[2]


def test_event_names_the_obligation_that_it_touches_and_judges_nobody(visit: Visit) -> None:
    page = words(visit("event", iri="acr:event/test-1", lang="en")).partition("Obligations that it touches")[2]
    assert "Whether it was broken is not said here." in page
    assert "Ground-launched missiles INF Treaty United States not bound" in page
    french = words(visit("event", iri="acr:event/test-1", lang="fr"))
    assert "Missiles lancés du sol traité FNI États-Unis" in french


def test_event_of_the_reference_that_no_document_tells(visit: Visit) -> None:
    page = words(visit("event", iri="acr:event/inf-withdraw-usa", lang="en"))
    assert "withdrawal · United States · INF Treaty" in page
    assert "No document tells it; it stands in the reference data." in page
    assert "from memory" in page


def test_address_of_an_entity_that_is_an_event_shows_the_event(visit: Visit) -> None:
    page = words(visit("entity", iri="acr:event/test-1", lang="en"))
    assert "Obligations that it touches" in page


@pytest.mark.parametrize("iri", ["", "nonsense", "acr:event/none", "acr:state/RUS", "<script>alert(1)</script>", "a b"])
def test_what_is_no_event_is_told_kindly(visit: Visit, iri: str) -> None:
    assert "There is no event under this address." in words(visit("event", iri=iri, lang="en"))


def test_hostile_name_stays_text_on_the_page_of_its_event(visit: Visit) -> None:
    assert html.escape(HOSTILE) in markup(visit("event", iri="acr:event/test-2", lang="fr"))


def test_views_show_their_queries(visit: Visit) -> None:
    for page, name in (("entity", "state/RUS"), ("event", "event/offer-1")):
        shown = markup(visit(page, iri=f"acr:{name}", lang="en"))
        assert html.escape(f"VALUES ?entity {{ <{ACR}{name}> }}") in shown
        assert "./sparql?query=" in shown


def test_parts_are_made_once_for_all_who_read_them(graph: Graph) -> None:
    made = []

    def make(_: Graph, name: str, language: str) -> str:
        made.append((name, language))
        return name

    for name, language in (("a", "en"), ("a", "en"), ("a", "fr"), ("b", "en")):
        assert graph.kept(make, name, language) == name
    assert made == [("a", "en"), ("a", "fr"), ("b", "en")]
