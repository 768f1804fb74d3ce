"""The home page and the page of a document, over the sample graph and a copy of one of its documents."""

from __future__ import annotations

import html
import re

import pyoxigraph as ox
import pytest
from explorer_fixtures import Visit, markup, words
from sample import ACR, ROOT, build_home

from kg.explorer.document import _unread
from kg.explorer.graph import Graph
from kg.namespaces import AC, DCTERMS, DECISIONS_GRAPH, NIF, PROV, RDF, SCHEMA, XSD
from kg.query import SnapshotView
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]
COPY = ACR + "document/reprise"
TEXT = "Accueil / Monde\n\nL'Inde a commandé des S-400 à la Russie.\n\nLire aussi : <i>autre chose</i>\n"


def _copy() -> list[ox.Quad]:
    """A document with a menu before and a headline after its one sentence, which is another's."""
    sentence = f"{COPY}/sentence/17-57"
    facts = [
        (COPY, RDF + "type", ox.NamedNode(AC + "Document")),
        (COPY, DCTERMS + "identifier", ox.Literal("reprise")),
        (COPY, NIF + "isString", ox.Literal(TEXT)),
        (COPY, PROV + "wasDerivedFrom", ox.NamedNode(ACR + "document/dementi")),
        (COPY, SCHEMA + "sourceOrganization", ox.NamedNode(ACR + "organization/courrier-de-la-defense")),
        (sentence, RDF + "type", ox.NamedNode(NIF + "Sentence")),
        (sentence, NIF + "referenceContext", ox.NamedNode(COPY)),
        (sentence, NIF + "anchorOf", ox.Literal(TEXT[17:57])),
    ]
    for name, number in (("beginIndex", "17"), ("endIndex", "57")):
        facts.append((sentence, NIF + name, ox.Literal(number, datatype=ox.NamedNode(XSD + "nonNegativeInteger"))))
    graph = ox.NamedNode(COPY)
    return [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, graph) for s, p, o in facts]


def _merge() -> list[ox.Quad]:
    """A telling that was decided to be the offer of the sample."""
    merge, graph = ox.NamedNode(ACR + "merge/1"), ox.NamedNode(DECISIONS_GRAPH)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF + "type", ox.NamedNode(AC + "Merge")),
        (AC + "mergedFrom", ox.NamedNode(ACR + "event/once-its-own")),
        (AC + "mergedInto", ox.NamedNode(ACR + "event/offer-1")),
        (AC + "comparedWith", ox.NamedNode(ACR + "event/offer-1")),
        (AC + "score", ox.Literal("0.93", datatype=ox.NamedNode(XSD + "decimal"))),
        (AC + "toldIn", ox.NamedNode(ACR + "document/dementi")),
        (AC + "likeness", ox.Literal("supplier same +0.9")),
        (AC + "reason", ox.Literal("The same supplier.", language="en")),
        (AC + "reason", ox.Literal("Le même fournisseur.", language="fr")),
    ]
    return [ox.Quad(merge, ox.NamedNode(name), value, graph) for name, value in facts]


def _elsewhere() -> list[ox.Quad]:
    """What an older document gives an event that a newer one tells without it."""
    event, graph = ox.NamedNode(ACR + "event/transfer-1"), ox.NamedNode(ACR + "document/ailleurs")
    place = ox.Quad(event, ox.NamedNode(AC + "place"), ox.NamedNode(ACR + "state/PRK"), graph)
    return [ox.Quad(event, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "ArmsTransfer"), graph), place]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = build_home(tmp_path_factory.mktemp("copied") / "home")
    with home.write() as draft:
        draft.replace_graph(COPY, _copy())
        draft.replace_graph(DECISIONS_GRAPH, _merge())
        draft.replace_graph(ACR + "document/ailleurs", _elsewhere())
    return home


@pytest.fixture
def reading(copied: Home, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Opens pages over the graph with the copy."""
    from kg.settings import settings

    monkeypatch.setenv("KG_HOME", str(copied.path))
    settings.cache_clear()
    return visit


def test_what_was_not_read_is_marked_and_stays_text(reading: Visit, copied: Home) -> None:
    page = markup(reading("document", iri="acr:document/reprise", lang="en"))
    text = page.split('class="kg-text" lang="fr">')[1].split('<div class="kg-claims">')[0]
    unread = re.findall(r'<span class="u" title="This part was not read\.">(.*?)</span>', text)
    assert [html.unescape(each) for each in unread] == ["Accueil / Monde", "Lire aussi : <i>autre chose</i>"]
    assert "not read: menus, headlines of other articles" in words(
        reading("document", iri="acr:document/reprise", lang="en")
    )
    graph = Graph(SnapshotView(copied), ROOT / "ontology")
    assert _unread(graph, f"{ACR}document/none", "Texte.") == []


def test_copy_and_original_lead_to_each_other_and_the_agency_is_told(reading: Visit) -> None:
    copy = words(reading("document", iri="acr:document/reprise", lang="en"))
    assert "Copy of: Washington dément <b>toute</b> offre" in copy
    assert "Credits: Courrier de la défense" in copy
    assert "Repris par : reprise" in words(reading("document", iri="acr:document/dementi", lang="fr"))


def test_claim_of_the_address_is_explained_in_full(visit: Visit) -> None:
    page = markup(visit("document", iri="acr:document/offre-hypersonique", claim="acr:claim/offer-1-a", lang="en"))
    card = page.split('<article id="claim-1"')[1].split("</article>")[0]
    assert '<details class="kg-why" open="">' in card
    told = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", card)).split())
    assert "What says it proposé supplier Russia : subject subj , confidence 0.9" in told
    assert "What decided incise « affirme Vladimir Poutine » passé composé" in told
    assert page.count('<details class="kg-why" open="">') == 1
    french = words(visit("document", iri="acr:document/offre-hypersonique", lang="fr"))
    assert "Ce qui le dit proposé fournisseur Russie : sujet subj , confiance 0,9" in french


def test_home_shows_the_date_of_the_graph_the_years_and_the_queries(visit: Visit, explored: Home) -> None:
    page = visit("home", lang="en")
    created = str(SnapshotView(explored).manifest["created"])[:10]
    assert f"Graph of {created}" in words(page)
    assert re.search(r"Events per year .*1990.*2010", words(page))
    assert 'aria-label="2019: 1 told by documents, 2 of the reference data"' in markup(page)
    assert "SELECT DISTINCT ?claim ?issued ?begin" in words(page)


def test_hostile_document_shows_no_markup_of_its_own(reading: Visit) -> None:
    for language in ("en", "fr"):
        assert "<i>" not in markup(reading("document", iri="acr:document/reprise", lang=language))


def test_event_tells_why_tellings_are_one(reading: Visit) -> None:
    english = words(reading("event", iri="acr:event/offer-1", lang="en"))
    told = english.partition("Why these are one event")[2]
    assert (
        "Washington dément <b>toute</b> offre 0.93 The same supplier. Likenesses, with their weights supplier same +0.9"
        in told
    )
    french = words(reading("event", iri="acr:event/offer-1", lang="fr"))
    assert "0.93 Le même fournisseur." in french
    assert "Why these are one event" not in words(reading("event", iri="acr:event/test-1", lang="en"))


@pytest.mark.parametrize("page", ["event", "entity"])
def test_address_of_an_event_that_was_merged_leads_to_what_it_became(reading: Visit, page: str) -> None:
    shown = words(reading(page, iri="acr:event/once-its-own", lang="en"))
    assert shown.startswith(
        "This address named what is now known to be the same event as the one below; it was merged into it."
    )
    assert "transfer offer · Russia → United States · hypersonic missile" in shown


def test_home_gives_an_event_the_roles_of_the_documents_that_it_quotes(reading: Visit) -> None:
    cards = re.findall(r"<article.*?</article>", markup(reading("home", lang="en")))
    (card,) = [card for card in cards if "transfer-1" in card]
    head = html.unescape(re.sub(r"<[^>]+>", "", card.partition("<blockquote")[0]))
    assert "arms transfer · Russia → India · S-400" in head
    assert "North Korea" not in head
    assert "North Korea" in words(reading("event", iri="acr:event/transfer-1", lang="en"))
