"""The explorer's pages, each in both languages, over the sample graph."""

from __future__ import annotations

import csv
import datetime
import html
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from explorer_fixtures import Visit, markup, words
from sample import ACR, ROOT, build_home
from streamlit.testing.v1 import AppTest

from kg.errors import DataError, QueryError
from kg.explorer import texts
from kg.explorer.behind import OPENED
from kg.explorer.graph import Graph
from kg.explorer.markup import Markup, element, join, web_address
from kg.explorer.memory import look_again
from kg.explorer.missing import unknown
from kg.explorer.pages import GROUPS, PLACES
from kg.namespaces import AC
from kg.query import SnapshotView, grouped, questions
from kg.settings import settings
from kg.store import Home

HOSTILE = "<img src=x onerror=alert(1)> [Hostile-1](javascript:alert(1))"
pytest_plugins = ["explorer_fixtures"]


# Home


def test_home_in_english(visit: Visit) -> None:
    page = visit("home", lang="en")
    assert "Who signed, broke, sold or tested what, and when" in words(page)
    assert "claim</a></span><b>10</b>" in markup(page)
    assert "document</a></span><b>3</b>" in markup(page)
    assert page.text_input(key="search").label == "Search states, persons, treaties, weapons, documents, sentences"


def test_home_in_french(visit: Visit) -> None:
    page = visit("home", lang="fr")
    assert "Qui a signé, violé, vendu ou testé quoi, et quand" in words(page)
    assert "affirmation</a></span><b>10</b>" in markup(page)
    assert "Quels États étaient parties à un traité à une date donnée ?" in words(page)


def test_language_follows_the_setting_where_the_address_has_none(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LANGUAGE", "fr")
    settings.cache_clear()
    assert "Rapporté en dernier" in words(visit("home"))
    assert "Reported last" in words(visit("home", lang="en"))


def test_every_event_on_the_home_page_has_its_source(visit: Visit) -> None:
    cards = re.findall(r"<article.*?</article>", markup(visit("home")))
    assert len(cards) == 8
    assert all("./document?iri=" in card and "<blockquote" in card for card in cards)
    assert "Washington dément" in html.unescape(cards[1])


def test_home_leads_to_six_questions_that_exist(visit: Visit) -> None:
    offered = markup(visit("home")).partition('class="kg-questions"')[2].partition("</div>")[0]
    asked = re.findall(r"\?question=([\w-]+)", offered)
    assert len(asked) == 6
    assert set(asked) <= set(questions(ROOT / "ontology" / "queries" / "competency"))


def test_search_finds_by_any_name_and_leads_to_the_page(visit: Visit) -> None:
    page = visit("home", lang="en")
    page.text_input(key="search").set_value("corée").run()
    assert '<a href="./entity?iri=https%3A%2F%2Fw3id.org%2Farms-control%2Fid%2Fstate%2FPRK&amp;lang=en"' in markup(page)
    assert "North Korea ( Corée du Nord) state" in words(page)


def test_search_of_the_address_and_of_nothing(visit: Visit) -> None:
    assert "Sergei Lavrov person" in words(visit("home", q="lavrov", lang="en"))
    assert "Rien ne contient « zzz »." in words(visit("home", q="zzz", lang="fr"))
    assert "Nothing holds “<img src=y>”." in words(visit("home", q="<img src=y>", lang="en"))


def test_search_finds_sentences_and_leads_to_their_documents(visit: Visit) -> None:
    page = markup(visit("home", q="deployer missiles hypersonique", lang="fr"))
    assert "<h3>Phrases</h3>" in page
    assert "Moscou pourrait <mark>déployer</mark> des <mark>missiles</mark> <mark>hypersoniques</mark> en" in page
    (link,) = re.findall(r'href="([^"]*)">Une offre hypersonique</a></span></li>', page.replace(' target="_self"', ""))
    assert (
        link == "./document?iri=https%3A%2F%2Fw3id.org%2Farms-control%2Fid%2Fdocument%2Foffre-hypersonique&amp;lang=fr"
    )


def test_search_for_signs_alone_finds_nothing(visit: Visit) -> None:
    assert "Nothing holds “?!”." in words(visit("home", q="?!", lang="en"))


def test_search_leaves_classes_of_the_ontology_out(visit: Visit) -> None:
    assert "Nothing holds “weapon test”." in words(visit("home", q="weapon test", lang="en"))


# Entity


def test_entity_keeps_reference_facts_apart_from_claims(visit: Visit) -> None:
    page = visit("entity", iri="acr:treaty/inf", lang="en")
    facts, claims = words(page).split(" Claims What documents say")
    assert "INF Treaty" in facts
    assert "checked example.org" in facts
    assert "in force on 1988-06-01" in facts
    assert "2019-08-02 withdrawal · United States from memory" in facts
    assert "accuse" not in facts
    assert "Vladimir Poutine accuse les États-Unis d'avoir violé le traité FNI." in claims
    assert "Une offre hypersonique · Courrier de la défense · 2019-09-06 · original" in claims


def test_entity_in_french(visit: Visit) -> None:
    page = words(visit("entity", iri="acr:treaty/inf", lang="fr"))
    assert "traité FNI" in page
    assert "en vigueur le 1988-06-01" in page
    assert "2019-08-02 retrait · États-Unis de mémoire" in page
    assert "affirmé factuel selon Vladimir Poutine confiance 0,8" in page


def test_conflicting_claims_stand_side_by_side(visit: Visit) -> None:
    page = markup(visit("entity", iri="acr:state/RUS", lang="en"))
    card = next(c for c in re.findall(r"<article.*?</article>", page) if "kg-sides" in c)
    affirmed, denied = card.split("Denied")
    assert "contested" in affirmed
    assert "La Russie a proposé aux États-Unis" in affirmed
    assert "Les États-Unis démentent" in denied
    assert "Les États-Unis démentent" not in affirmed


def test_entity_shows_what_it_is_quoted_as_saying_and_its_offices(visit: Visit) -> None:
    page = words(visit("entity", iri="acr:person/vladimir-putin", lang="en"))
    assert "Russia président de la Fédération de Russie 2012-05-07 checked example.org" in page
    assert "Said by Vladimir Putin (2)" in page


def test_state_shows_what_persons_did_on_its_behalf(visit: Visit) -> None:
    page = words(visit("entity", iri="acr:state/RUS", lang="en"))
    assert "accusation · Vladimir Putin → United States · INF Treaty on behalf of Russia" in page
    assert "Weapon systems from here (2)" in page


def test_entity_known_from_texts_only_is_marked_and_its_name_stays_text(visit: Visit) -> None:
    page = visit("entity", iri="acr:weapon/hostile", lang="fr")
    assert "connu par les textes seulement" in words(page)
    assert html.escape(HOSTILE) in markup(page)


def test_event_has_a_page(visit: Visit) -> None:
    page = words(visit("entity", iri="acr:event/test-1", lang="en"))
    assert "weapon test · United States · cruise missile" in page
    assert "Le 18 août 2019, les États-Unis ont testé un missile de croisière." in page


@pytest.mark.parametrize("iri", ["", "nonsense", "acr:state/XXX", "<script>alert(1)</script>", "http://[", "a b"])
def test_unknown_iris_are_told_kindly(visit: Visit, iri: str) -> None:
    expected = "The graph knows nothing under this address." if iri else "No thing is named in the address."
    assert expected in words(visit("entity", iri=iri, lang="en"))
    assert "There is no document under this address." in words(visit("document", iri=iri, lang="en"))


def test_turtle_holds_the_thing_and_its_claims(explored: Home) -> None:
    graph = Graph(SnapshotView(explored), ROOT / "ontology")
    triples = set(ox.parse(graph.triples(ACR + "state/PRK", "turtle"), format=ox.RdfFormat.TURTLE))
    claim, event = ox.NamedNode(ACR + "claim/test-2-c"), ox.NamedNode(ACR + "event/test-2")
    assert ox.Quad(claim, ox.NamedNode(AC + "about"), event) in triples
    assert not [quad for quad in triples if quad.subject == ox.NamedNode(ACR + "claim/test-1-a")]


# Document


@pytest.mark.parametrize("name", ["offre-hypersonique", "dementi", "note-sans-date"])
def test_marked_text_is_the_text(visit: Visit, explored: Home, name: str) -> None:
    page = markup(visit("document", iri=f"acr:document/{name}"))
    marked = page.split('class="kg-text" lang="fr">')[1].split('</div><div class="kg-claims">')[0]
    shown = re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", marked)).removesuffix("</div>")
    text = Graph(SnapshotView(explored), ROOT / "ontology").value(
        f"{ACR}document/{name}", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString"
    )
    assert html.unescape(shown) == text


def test_document_marks_mentions_triggers_and_sentences(visit: Visit) -> None:
    page = markup(visit("document", iri="acr:document/offre-hypersonique", lang="en"))
    assert 'class="m Treaty" title="INF Treaty">traité FNI</a>' in page
    assert 'class="m Armament" title="cruise missile">missile de croisière</a>' in page
    assert '<a href="#claim-5" class="t">testé</a>' in page
    assert '<sup><a href="#claim-3" id="note-3">3</a></sup><sup><a href="#claim-4" id="note-4">4</a></sup>' in page
    assert page.count('<article id="claim-') == 6


def test_document_says_what_each_claim_is_and_why(visit: Visit) -> None:
    page = markup(visit("document", iri="acr:document/offre-hypersonique", lang="fr"))
    card = page.split('<article id="claim-1"')[1].split("</article>")[0]
    read = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", card)).split())
    assert "offre de transfert · Russie → États-Unis · missile hypersonique" in read
    assert "affirmé factuel selon Vladimir Poutine confiance 0,9" in read
    assert "incise « affirme Vladimir Poutine »" in read
    assert "rules:fr/TransferOffer/proposer.v" in read


def test_chosen_claim_comes_first_and_is_marked(visit: Visit) -> None:
    page = markup(visit("document", iri="acr:document/offre-hypersonique", claim="acr:claim/test-1-a"))
    assert re.findall(r'<article id="claim-(\d)"', page) == ["5", "1", "2", "3", "4", "6"]
    assert '<span class="c chosen">Le 18 août 2019, les </span>' in page


def test_document_metadata_and_what_is_unknown(visit: Visit) -> None:
    known = words(visit("document", iri="acr:document/dementi", lang="en"))
    assert "Washington dément <b>toute</b> offre Agence du Nord · 2019-09-10 · 194 characters" in known
    unknown = words(visit("document", iri="acr:document/note-sans-date", lang="fr"))
    assert "note-sans-date éditeur inconnu · sans date · 90 caractères" in unknown


# Questions


def test_question_of_the_address_is_run(visit: Visit) -> None:
    page = visit("questions", question="parties-on-a-day", treaty="Ciel ouvert", day="2020-11-22", lang="fr")
    assert "lignes : 2 ·" in words(page)
    assert (
        "État statut depuis certain base source France lié 2002-01-01 oui de mémoire Russie lié 2002-01-01 oui sourcé"
        in words(page)
    )
    assert page.selectbox(key="value-parties-on-a-day-treaty-fr").value == f"{ACR}treaty/open-skies"
    assert "%3Chttps%3A%2F%2Fw3id.org%2Farms-control%2Fid%2Ftreaty%2Fopen-skies%3E" in markup(page)


def test_question_is_asked_anew_with_other_values(visit: Visit) -> None:
    page = visit("questions", question="parties-on-a-day", lang="en")
    assert "rows: 2 ·" in words(page)
    page.date_input[0].set_value(datetime.date(2019, 8, 2))
    page.button[0].click().run()
    assert "rows: 0 ·" in words(page)
    assert page.query_params["day"] == "2019-08-02"


def test_value_that_names_nothing_is_told_on_one_line(visit: Visit) -> None:
    page = words(visit("questions", question="parties-on-a-day", treaty="Ciel fermé", lang="en"))
    assert "The graph knows nothing called 'Ciel fermé'." in page
    assert "rows:" not in page


def test_hostile_value_is_shown_as_text(visit: Visit) -> None:
    page = words(visit("questions", question="parties-on-a-day", treaty="<img src=x>", lang="en"))
    assert "The graph holds nothing with the IRI <img src=x>." in page


def test_choosing_a_question_changes_the_address(visit: Visit) -> None:
    page = visit("questions", lang="en")
    assert "rows:" not in words(page)
    page.selectbox[0].set_value("sources").run()
    assert page.query_params["question"] == "sources"
    assert "publisher documents claims first last Courrier de la défense 1 6" in words(page)


def test_questions_are_offered_by_subject(visit: Visit) -> None:
    page = visit("questions", lang="fr")
    known = questions(ROOT / "ontology" / "queries" / "competency")
    offered = list(page.selectbox[0].options)
    assert offered[0] == "Toutes les questions"
    assert "Armes · Quels États ont testé quelles armes, quand et où ?" in offered
    subjects = list(dict.fromkeys(each.partition(" · ")[0] for each in offered[1:]))
    assert subjects == [group.title["fr"] for group, _ in grouped(known)]
    linked = re.findall(r"\./questions\?question=([\w-]+)", markup(page))
    assert sorted(linked) == sorted(known)
    assert linked.index("accusations") > linked.index("parties-on-a-day")


def test_a_question_is_shown_with_its_note(visit: Visit) -> None:
    assert "Nobody is judged here: each row" in words(visit("questions", question="violations", lang="en"))
    assert "Personne n’est jugé ici : chaque ligne" in words(visit("questions", question="violations", lang="fr"))


def test_the_index_of_questions_gives_way_to_rows(visit: Visit) -> None:
    assert "question=accusations" not in markup(visit("questions", question="sources", lang="en"))


# Around the pages


def test_without_a_graph_the_page_says_what_to_do(
    tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_HOME", str(tmp_path / "none"))
    settings.cache_clear()
    page = words(visit("home", lang="en"))
    assert "There is no graph to show." in page
    assert "kg build" in page


def test_a_new_snapshot_is_picked_up(tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    home = build_home(tmp_path / "home")
    monkeypatch.setenv("KG_HOME", str(home.path))
    settings.cache_clear()
    page = visit("home", lang="en")
    assert "document</a></span><b>3</b>" in markup(page)
    with home.write() as draft:
        draft.drop_graph(ACR + "document/note-sans-date")
    page.run()
    assert "document</a></span><b>2</b>" in markup(page)


def test_app_opens_on_the_home_page(at_home: None) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    look_again()
    assert not app.exception
    assert "Arms-control knowledge graph" in words(app)
    assert [part.label for part in app.sidebar.get("button_group")] == ["Language"]


def test_markup_escapes_all_but_itself() -> None:
    assert element("a", "<b>&", href='"x', cls="y") == '<a href="&quot;x" class="y">&lt;b&gt;&amp;</a>'
    assert element("p", element("b", "x"), None, ["y", ["<"]]) == "<p><b>x</b>y&lt;</p>"
    assert join([Markup("<i></i>"), "<"], ", ") == "<i></i>, &lt;"
    assert join(HOSTILE).count("<") == 0


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", " http://x", "http://x y", "//x"])
def test_only_web_addresses_become_links(text: str) -> None:
    assert not web_address(text)
    assert web_address("https://example.org/x")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("a: {en: one}", "malformed"),
        ("a: {en: one, fr: un, de: eins}", "malformed"),
        ("no: {en: 'No', fr: Non}", "malformed"),  # YAML reads the key as false
        ("a: {en: one, fr: ' '}", "'a' is empty in a language"),
        ("a: {en: '{count} rows', fr: '{number} lignes'}", "'a' take different values"),
        ("home: {en: Home, fr: Accueil}", "'home' stands in another file too"),
    ],
)
def test_a_text_that_a_language_lacks_is_refused(tmp_path: Path, written: str, problem: str) -> None:
    file = tmp_path / "new.yaml"
    file.write_text(written)
    with pytest.raises(DataError, match=problem):
        texts.merged([texts.WORDS / "home.yaml", texts.WORDS / "frame.yaml", file])


def test_texts_and_terms_of_all_files_are_sound() -> None:
    assert texts.text("rows", "fr", count=2, seconds=1) == "lignes : 2 · 1 s"
    assert {path.stem for path in (texts.WORDS / "terms").iterdir()} == set(texts.TERMS)
    assert all(texts.terms(kind) for kind in texts.TERMS)


def test_facts_that_are_in_another_language_say_so(visit: Visit) -> None:
    french, english = (markup(visit("entity", iri="acr:treaty/inf", lang=lang)) for lang in ("fr", "en"))
    assert "traité bilatéral" in french
    assert '<span lang="en"><span>US withdrawal</span></span>' in french
    assert "bilateral treaty" in english
    assert '<span lang="en">' not in english
    person = markup(visit("entity", iri="acr:person/vladimir-putin", lang="en"))
    assert '<span lang="fr">président de la Fédération de Russie</span>' in person


def test_each_kind_of_treaty_has_its_words() -> None:
    file = ROOT / "seeds" / "reference" / "treaties" / "treaties.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        kinds = {row["kind"] for row in csv.DictReader(rows)}
    assert len(kinds) > 10
    assert kinds - texts.terms("kinds").keys() == set()


def test_every_page_has_a_title_and_a_group_that_exists() -> None:
    assert [place.name for place in PLACES if place.name not in texts.catalogue()] == []
    assert {place.group for place in PLACES} <= {*GROUPS, ""}
    assert {f"group {name}" for name in GROUPS} <= set(texts.catalogue())


def _bound_page() -> None:
    import streamlit as st

    from kg.explorer.addressing import asked, bound
    from kg.explorer.behind import behind
    from kg.explorer.graph import current

    year, kinds = asked("year", "2019"), asked("kind", [""])
    st.text_input("year", **bound("year", year))
    st.multiselect("kind", ["a", "b", ""], **bound("kind", kinds))
    behind(current(), "counts", current().ask("counts"))


def test_a_question_that_there_is_not_is_told(visit: Visit) -> None:
    page = words(visit("questions", question="no-<b>such", lang="en"))
    assert "There is no question with this name; these are all: no-<b>such" in page
    assert "Who accuses whom of what?" in page
    assert "There is no question" not in words(visit("questions", lang="en"))


def test_an_input_follows_the_address_and_the_address_the_input(at_home: None) -> None:
    page = AppTest.from_function(_bound_page)
    page.query_params["lang"] = "fr"
    page.query_params["other"] = "kept"
    page.run()
    assert (page.text_input[0].value, page.multiselect[0].value) == ("2019", [""])
    page.text_input[0].set_value("2020").run()
    page.multiselect[0].set_value(["a", "b"]).run()
    assert page.query_params == {"kind": ["a", "b"], "lang": "fr", "other": "kept", "year": "2020"}
    page.query_params["year"] = "2021"  # by Back, say
    page.run()
    assert (page.text_input[0].value, page.multiselect[0].value) == ("2021", ["a", "b"])
    assert [part.label for part in page.get("expander")] == ["SPARQL de cette vue (1), et ses lignes"]
    assert [*page.get("download_button")] == []
    page.session_state[f"{OPENED}counts"] = True
    page.run()
    assert [part.label for part in page.get("download_button")] == ["CSV", "CSV avec les noms", "JSON"]


def test_a_view_shows_its_query_and_gives_its_rows(visit: Visit, explored: Home) -> None:
    graph = Graph(SnapshotView(explored), ROOT / "ontology")
    ran = graph.ask("claims-of-entity", entity=ACR + "state/RUS")
    assert ran is graph.ask("claims-of-entity", entity=ACR + "state/RUS")
    assert f"<{ACR}state/RUS>" in ran.text
    assert len(ran.rows) > 3
    with pytest.raises(QueryError):
        graph.ask("claims-of-entity", entity="acr:> } DROP ALL")
    page = visit("sparql", query=ran.text, lang="en")
    assert f"rows: {len(ran.rows)} ·" in words(page)


def test_explorer_queries_run_and_are_named_as_their_files(explored: Home) -> None:
    folder = ROOT / "ontology" / "queries" / "explorer"
    found = questions(folder)
    assert {path.stem for path in folder.glob("*.rq")} == set(found)
    graph = Graph(SnapshotView(explored), ROOT / "ontology")
    rows = {name for name in found if name != "all-about" and graph.rows(name)}
    assert {"counts", "newest-claims", "claims-of-entity", "claims-of-document", "curated-events"} <= rows


def test_the_page_of_a_treaty_and_of_a_state_tell_the_computed_status(visit: Visit) -> None:
    treaty = words(visit("entity", iri=f"{ACR}treaty/inf", lang="fr"))
    assert "pas en vigueur 1987-12-08 1988-05-31" in treaty
    assert "en vigueur 1988-06-01 2019-08-01" in treaty
    state = words(visit("entity", iri=f"{ACR}state/USA", lang="en"))
    assert "INF Treaty suspended 2019-02-02 2019-08-01" in state


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("", ""),
        ("http://localhost:8501", ""),
        ("http://localhost:8501/", ""),
        ("http://localhost:8501/sparql/", ""),
        ("http://localhost:8501/entity", ""),
        ("http://localhost:8501/Entity", "Entity"),
        ("http://localhost:8501/%C3%A9t%C3%A9", "été"),
    ],
)
def test_an_address_of_no_page_is_told_from_those_of_pages(address: str, name: str) -> None:
    assert unknown(address) == name
