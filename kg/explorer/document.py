"""The page of one document: its text with what was found in it, each claim explained."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import streamlit as st

from kg.explorer.behind import behind
from kg.explorer.frame import address, decimal, entitle, language, link, number_of, page, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Child, Markup, element, join, show
from kg.explorer.parts import (
    attribution,
    chip,
    event_line,
    name_of,
    outward,
    polarity_chips,
    thing,
    things,
)
from kg.explorer.reasons import reasons
from kg.explorer.records import Claim
from kg.namespaces import AC, DCTERMS, NIF
from kg.query.names import text_of

LOOKS = {"Treaty": "Treaty", "WeaponSystem": "Armament", "WeaponCategory": "Armament", "Person": "Person"}
"""How mentions of a class are underlined; all others alike."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with an entity or a claim in it."""

    begin: int
    end: int
    kind: str
    """"mention", "trigger", "sentence" or "unread"."""
    target: str
    """The entity's IRI, or the number of the claim."""
    look: str = ""


@page
def show_document(graph: Graph) -> None:
    """Draws the page of the document that `iri` names; `claim` marks one of its claims."""
    iri = st.query_params.get("iri", "").strip()
    if "Document" not in graph.kinds(iri):
        show(
            element("h1", say("not a document")),
            element("p", element("code", iri)) if iri else None,
            element("p", say("unknown iri hint"), " ", link(say("home"), "home")),
        )
        return
    entitle(graph.document(iri).title)
    show(graph.kept(_page, iri, st.query_params.get("claim", ""), language()))
    asked = ("claims-of-document", "mentions-of-document", "sentences-of-document", "copies-of-document")
    behind(graph, "document", *(graph.ask(question, document=iri) for question in asked))


def _page(graph: Graph, iri: str, chosen: str, _language: str) -> Markup:
    claims = graph.claims(text_of(row["claim"]) for row in graph.rows("claims-of-document", document=iri))
    text, cards = element("div", _legend(), _text(graph, iri, claims, chosen)), _cards(graph, claims, chosen)
    reading = element("div", text, element("div", cards, cls="kg-claims"), cls="kg-reading")
    return join([_head(graph, iri, len(claims)), reading])


def _head(graph: Graph, iri: str, claims: int) -> Markup:
    document = graph.document(iri)
    publisher = thing(graph, document.publisher) if document.publisher else say("unknown publisher")
    length = number_of(len(graph.value(iri, NIF + "isString")))
    meta: list[Child] = [
        publisher,
        document.issued or say("undated"),
        say("characters", count=length),
        say("claims of document", count=claims),
        outward(document.source),
        element("code", graph.value(iri, DCTERMS + "identifier")),
        chip(f"SHA-256 {graph.value(iri, AC + 'contentHash')[:12]}…", title=say("hash")),
        link(say("what it says"), "questions", question="what-a-document-says", document=iri),
    ]
    return element(
        "header",
        element("div", say("document"), cls="kg-kind"),
        element("h1", document.title),
        element("p", join(meta, " · "), cls="kg-meta"),
        _copies(graph, iri),
    )


def _copies(graph: Graph, iri: str) -> list[Markup]:
    """Of what it is a copy, what copies it, whom it credits: a line for each."""
    found: dict[str, list[str]] = {}
    for row in graph.rows("copies-of-document", document=iri):
        found.setdefault(text_of(row["link"]), []).append(text_of(row["other"]))
    return [
        element("p", say(key), say("colon"), things(graph, dict.fromkeys(others)), cls="kg-meta")
        for key, others in found.items()
    ]


def _legend() -> Markup:
    return element(
        "div",
        element("span", element("span", say("legend claim"), cls="c")),
        element("span", element("span", say("legend trigger"), cls="t")),
        [element("span", element("span", name, cls=f"m {look}")) for look, name in _looks()],
        element("span", element("span", say("legend unread"), cls="u")),
        cls="kg-legend",
        aria_label=say("legend"),
    )


def _looks() -> list[tuple[str, str]]:
    return [(look, say(f"legend {look}")) for look in ("Person", "Treaty", "Armament", "other")]


def _text(graph: Graph, iri: str, claims: list[Claim], chosen: str) -> Markup:
    text = graph.value(iri, NIF + "isString")
    marks = _mentions(graph, iri) + _claim_marks(claims) + _unread(graph, iri, text)
    ends = _numbers_by_end(claims)
    current = next((claim.span for claim in claims if claim.iri == chosen), None)
    cuts = sorted({0, len(text), *(m.begin for m in marks), *(m.end for m in marks)} & set(range(len(text) + 1)))
    parts: list[Child] = []
    for begin, end in pairwise(cuts):
        here = [mark for mark in marks if mark.begin <= begin and end <= mark.end]
        parts.append(_piece(graph, text[begin:end], here, current))
        parts += [_footnote(number) for number in ends.get(end, ())]
    return element("div", parts, cls="kg-text", lang="fr")


def _piece(graph: Graph, text: str, marks: list[Mark], current: tuple[int, int] | None) -> Markup:
    """A stretch without a mark's edge in it, as a link to what it names or says."""
    sentence = next((mark for mark in marks if mark.kind == "sentence"), None)
    mention = next((mark for mark in marks if mark.kind == "mention"), None)
    trigger = next((mark for mark in marks if mark.kind == "trigger"), None)
    piece: Child = text
    if mention:
        title = name_of(graph, mention.target)
        place = address("entity", iri=mention.target)
        piece = element("a", text, href=place, target="_self", cls=f"m {mention.look}", title=title)
    elif trigger:
        piece = element("a", text, href=f"#claim-{trigger.target}", cls="t")
    if any(mark.kind == "unread" for mark in marks) and sentence is None:
        return element("span", piece, cls="u", title=say("unread"))
    if sentence is None:
        return join(piece)
    here = current == (sentence.begin, sentence.end)
    return element("span", piece, cls="c chosen" if here else "c")


def _unread(graph: Graph, iri: str, text: str) -> list[Mark]:
    """The stretches between what was read, blanks at their ends left out; none where the graph does not say what was read."""
    read = [
        (int(text_of(r["begin"])), int(text_of(r["end"]))) for r in graph.rows("sentences-of-document", document=iri)
    ]
    marks, place = [], 0
    for begin, end in [*read, (len(text), len(text))] if read else []:
        gap = text[place:begin]
        if gap.strip():
            start = place + len(gap) - len(gap.lstrip())
            marks.append(Mark(start, start + len(gap.strip()), "unread", ""))
        place = max(place, end)
    return marks


def _mentions(graph: Graph, iri: str) -> list[Mark]:
    marks = []
    for row in graph.rows("mentions-of-document", document=iri):
        entity = text_of(row["entity"])
        look = next((LOOKS[kind] for kind in graph.kinds(entity) if kind in LOOKS), "other")
        marks.append(Mark(int(text_of(row["begin"])), int(text_of(row["end"])), "mention", entity, look))
    return marks


def _claim_marks(claims: list[Claim]) -> list[Mark]:
    marks = []
    for number, claim in enumerate(claims, start=1):
        marks.append(Mark(*claim.span, "sentence", str(number)))
        marks.append(Mark(*claim.trigger, "trigger", str(number)))
    return marks


def _numbers_by_end(claims: list[Claim]) -> dict[int, list[int]]:
    """The numbers of the claims of the sentence that ends at a character."""
    ends: dict[int, list[int]] = {}
    for number, claim in enumerate(claims, start=1):
        ends.setdefault(claim.span[1], []).append(number)
    return ends


def _footnote(number: int) -> Markup:
    return element("sup", element("a", str(number), href=f"#claim-{number}", id=f"note-{number}"))


def _cards(graph: Graph, claims: list[Claim], chosen: str) -> Markup:
    if not claims:
        return element("p", say("no claims in document"), cls="kg-meta")
    numbered = list(enumerate(claims, start=1))
    first = [pair for pair in numbered if pair[1].iri == chosen]
    rest = [pair for pair in numbered if pair[1].iri != chosen]
    why = reasons(graph, [claim.iri for claim in claims], chosen)
    return join([_card(graph, number, claim, claim.iri == chosen, why[claim.iri]) for number, claim in first + rest])


def _card(graph: Graph, number: int, claim: Claim, chosen: bool, why: Markup) -> Markup:
    head = (element("span", str(number), cls="kg-no"), event_line(graph, claim.event))
    back = element("a", say("to the sentence"), href=f"#note-{number}")
    return element(
        "article",
        element("div", head, element("span", claim.event.date, cls="kg-meta d"), cls="kg-numbered"),
        element("p", polarity_chips(graph, claim), attribution(graph, claim), cls="kg-meta kg-row"),
        element("p", say("confidence"), f" {decimal(claim.confidence)} · ", back, cls="kg-meta"),
        why,
        id=f"claim-{number}",
        cls="kg-event chosen" if chosen else "kg-event",
    )
