"""The home page: what the graph is, a search, what was reported last, and questions to begin with."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from kg.errors import CallError
from kg.explorer.behind import behind
from kg.explorer.facets import things
from kg.explorer.frame import asking, language, link, number_of, page, say
from kg.explorer.graph import Graph, current, saved_questions
from kg.explorer.markup import Child, Markup, element, join, show
from kg.explorer.parts import event_card, name_of, term_name, thing
from kg.explorer.records import Claim, Event, Ran, by_event, newest_first
from kg.explorer.years import years
from kg.namespaces import AC
from kg.query.names import text_of
from kg.review import DOUBTFUL
from kg.search import Hit, marks

EVENTS = 8
HITS = 15
SENTENCES = 8
FIRST_QUESTIONS = (
    "arms-offered-and-sold",
    "contradictions",
    "around-a-treaty",
    "parties-on-a-day",
    "quotes-of-a-person",
    "accusations",
)


@page
def show_home(graph: Graph) -> None:
    """Draws the page; `q` of the address fills the search."""
    show(element("h1", say("title")), element("p", say("promise"), cls="kg-lead"))
    search()
    left, right = st.columns([2, 1], gap="large")
    with left:
        show(graph.kept(_newest, language()))
    with right:
        show(_questions(), graph.kept(_counts, language()))
    asked = (graph.ask(name) for name in ("counts", "told-events", "event-years"))
    behind(graph, "home", _newest_claims(graph), *asked)


@st.fragment
def search() -> None:
    """The search box and what it finds, while one types."""
    text = st.text_input(
        say("search"),
        value=st.query_params.get("q", ""),
        placeholder=say("search hint"),
        type="search",
        live=True,
        key="search",
        max_chars=200,
    )
    if text and text.strip():
        show(_hits(current(), text))


def _hits(graph: Graph, text: str) -> Markup:
    """Things and documents with these words in a name or title, then sentences."""
    index = graph.view.index
    try:
        named = index.find(text, limit=10 * HITS, kinds=("name", "title"))
        sentences = index.find(text, limit=SENTENCES, kinds=("sentence",))
    except CallError:  # there is no word in it
        named, sentences = [], []
    found = [hit for hit in named if _has_page(graph, hit.iri)][:HITS]
    if not found and not sentences:
        return element("p", say("no hits", text=text), cls="kg-meta", role="status")
    things = element(
        "ul", [_hit(graph, hit, text) for hit in found], cls="kg-hits", aria_label=say("hits", count=len(found))
    )
    return join([things if found else None, _sentences(graph, sentences)])


def _hit(graph: Graph, hit: Hit, text: str) -> Markup:
    """A thing that was found, by its name in the page's language and, where that lacks the words, the one found."""
    label = name_of(graph, hit.iri)
    places = marks(label, text)
    also = None if places else [" (", marked(hit.text, hit.marks), ")"]
    kinds = ", ".join(term_name(graph, kind) for kind in graph.kinds(hit.iri))
    return element("li", thing(graph, hit.iri, marked(label, places)), also, " ", element("span", kinds, cls="kg-meta"))


def _sentences(graph: Graph, hits: list[Hit]) -> Markup | None:
    """Sentences that were found, each with a link to its document."""
    if not hits:
        return None
    items = [
        element(
            "li",
            element("span", marked(hit.text, hit.marks), lang="fr"),
            " ",
            element("span", link(name_of(graph, hit.graph), "document", iri=hit.graph), cls="kg-meta"),
        )
        for hit in hits
    ]
    return join([element("h3", say("sentences")), element("ul", items, cls="kg-hits", aria_label=say("sentences"))])


def marked(text: str, places: Iterable[tuple[int, int]]) -> Markup:
    """The text with the words at these places marked."""
    parts: list[Child] = []
    begin = 0
    for start, end in places:
        parts += [text[begin:start], element("mark", text[start:end])]
        begin = end
    return join([parts, text[begin:]])


def _has_page(graph: Graph, iri: str) -> bool:
    return graph.is_entity(iri) or "Document" in graph.kinds(iri)


def _newest(graph: Graph, _language: str) -> Markup:
    heading = element("h2", say("newest"))
    claims = graph.claims(text_of(row["claim"]) for row in _newest_claims(graph).rows)
    groups = list(by_event(newest_first(claims)).values())[:EVENTS]
    if not groups:
        return join([heading, element("p", say("no claims yet"), cls="kg-meta")])
    doubtful = element("p", link(say("newest sure"), "review", only="doubt"), cls="kg-small")
    return join([heading, [event_card(graph, group, _told(graph, group)) for group in groups], doubtful])


def _newest_claims(graph: Graph) -> Ran:
    """The claims reported last but for doubtful ones, of which more are wrong than right: those are for Review."""
    return graph.ask("newest-claims", least=str(DOUBTFUL))


def _told(graph: Graph, claims: list[Claim]) -> Event:
    """The event as the documents of these claims give it: older ones, of which nothing stands here, may give it more."""
    return graph.told_event(claims[0].event.iri, {claim.document.iri for claim in claims})


def _questions() -> Markup:
    questions = saved_questions()
    links = [
        element("a", questions[name].title[language()], href=asking(name), target="_self")
        for name in FIRST_QUESTIONS
        if name in questions
    ]
    more = element("p", link(say("all questions", count=len(questions)), "questions"), cls="kg-small")
    return join([element("h2", say("ask")), element("div", links, cls="kg-questions"), more])


def _counted(graph: Graph, kind: str) -> Child:
    """What is counted, as a link to where it is listed; of events, Browse lists those alone of which documents tell."""
    name = term_name(graph, kind)
    return link(name, "browse", kind=kind) if kind in things() and kind != "Event" else name


def _counts(graph: Graph, _language: str) -> Markup:
    """How much there is, as of when, and the years that it tells of."""
    rows = [
        element(
            "div",
            element("span", _counted(graph, text_of(row["type"]).removeprefix(AC))),
            element("b", number_of(int(text_of(row["count"])))),
        )
        for row in graph.rows("counts")
    ]
    created = str(graph.view.manifest.get("created", ""))[:10]
    told = int(text_of(graph.rows("told-events")[0]["count"]))
    strip = years(graph.rows("event-years"))
    over_time = [element("h2", say("events per year")), strip] if strip else None
    return join(
        [
            element("h2", say("in the graph")),
            element("div", rows, cls="kg-counts"),
            element("p", link(say("told events", count=number_of(told)), "browse"), cls="kg-small"),
            element("p", say("graph of", date=created), cls="kg-small") if created else None,
            over_time,
        ]
    )
