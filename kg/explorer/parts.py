"""The pieces that pages are made of: names as links, chips, events and claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from kg.explorer import texts
from kg.explorer.frame import decimal, language, link, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Child, Markup, element, join, web_address
from kg.explorer.records import Claim, Event, contested
from kg.namespaces import AC, ACR, PROV, shorten
from kg.ways import reason, rule

DOCUMENT, EVENT = ACR + "document/", ACR + "event/"


def name_of(graph: Graph, iri: str) -> str:
    """Its label in the page's language; an event's in words; else a short form of the IRI."""
    label = graph.names.label(iri, language())
    if label is None and iri.startswith(EVENT):
        if (iri, language()) not in graph.words:
            graph.words[iri, language()] = " ".join(_event_words(graph, graph.event(iri)))
        return graph.words[iri, language()]
    return label or shorten(iri)


def term_name(graph: Graph, local: str) -> str:
    """The label of a class, property or individual of the ontology."""
    return graph.names.label(AC + local, language()) or local


def property_name(graph: Graph, iri: str, inverse: bool = False) -> str:
    """What a property is called, seen from its subject or (`inverse`) from its object."""
    if known := texts.term("inverses" if inverse else "properties", shorten(iri), language()):
        return known
    name = name_of(graph, iri)
    return f"← {name}" if inverse else name


def thing(graph: Graph, iri: str, label: Child = None) -> Markup:
    """The thing's name as a link to its page; terms of the ontology and what has no page stay plain."""
    label = label or name_of(graph, iri)
    if iri.startswith(DOCUMENT) and "/" not in iri.removeprefix(DOCUMENT):
        return link(label, "document", iri=iri)
    if iri.startswith(ACR):
        return link(label, "event" if iri.startswith(EVENT) else "entity", iri=iri)
    if web_address(iri) and not iri.startswith(AC):
        return outward(iri)
    return element("span", label)


def things(graph: Graph, iris: Iterable[str]) -> Markup:
    """Several things, commas between them."""
    return join([thing(graph, iri) for iri in iris], ", ")


def outward(address: str, label: str | None = None) -> Markup:
    """A link out of the explorer, in a new tab; text that is no web address stays text."""
    if not web_address(address):
        return element("span", label or address)
    shown = label or urlsplit(address).netloc.removeprefix("www.") or address
    return element("a", shown, href=address, target="_blank", rel="noopener noreferrer", title=address)


def source(text: str) -> Markup:
    """A source as the reference data words it, its addresses made links."""
    return join([outward(part) for part in re.split(r"(https?://[^\s;]+)", text) if part])


def chip(label: Child, cls: str = "", title: str | None = None) -> Markup:
    """A small frame around a word."""
    return element("span", label, cls=f"kg-chip {cls}".strip(), title=title)


def basis(code: str) -> Markup:
    """What a reference fact stands on, with its meaning on hover; empty where the graph does not say."""
    if not code:
        return Markup("")
    label = texts.term("bases", code, language()) or code
    return chip(label, f"kg-{'weak' if 'weak' in code else code}", texts.term("grounds", code, language()))


def event_line(graph: Graph, event: Event, tag: str = "h3", without: str = "") -> Markup:
    """The event in one line: its class, who to whom, what, where; `without` the thing whose page it is."""
    return element(tag, join(_event_words(graph, event, linked=True, without=without), " "))


def _event_words(graph: Graph, event: Event, linked: bool = False, without: str = "") -> list[str]:
    """The words of an event's line: "offer · Russia → United States · hypersonic missile"."""

    def named(*roles: str) -> str:
        iris = [iri for iri in event.fillers(*roles) if iri != without]
        return things(graph, iris) if linked else ", ".join(name_of(graph, iri) for iri in iris)

    kind = term_name(graph, event.kind)
    words: list[str] = [thing(graph, event.iri, kind) if linked else kind]
    actors, others = named("agent", "supplier", "participant"), named("recipient", "target")
    for before, part in (
        ("·", actors),
        ("→", others),
        ("·", named("item")),
        ("·", named("treaty")),
        ("·", named("topic")),
        ("·", named("gathering", "place")),
    ):
        if part:
            words += [before, part]
    return words


def polarity_chips(graph: Graph, claim: Claim) -> list[Markup]:
    """Polarity and modality in words."""
    return [chip(term_name(graph, code), f"kg-{code}") for code in (claim.polarity, claim.modality) if code]


def attribution(graph: Graph, claim: Claim) -> Markup:
    """Who says it according to the text."""
    if not claim.claimant:
        return element("span", say("according to"), " ", say("own voice"))
    relays = [", ", say("relayed by"), " ", things(graph, claim.relayed_by)] if claim.relayed_by else None
    return element("span", say("according to"), " ", thing(graph, claim.claimant), relays)


def explanation(graph: Graph, claim: Claim) -> Markup:
    """How the extractor came to it, folded away."""
    lines: list[Child] = [reason(each, language()) for each in claim.evidence]
    for role, entity, method, confidence in claim.fillers:
        how = f" ({rule(method, language())}, {decimal(confidence)})"
        lines.append([term_name(graph, role), say("colon"), name_of(graph, entity), how])
    lines.append([say("rule"), say("colon"), element("code", claim.method)])
    items = [element("li", line) for line in lines]
    return element("details", element("summary", say("why")), element("ul", items), cls="kg-why")


def origin(graph: Graph, claim: Claim) -> Markup:
    """The document that says it: title, outlet, date, and its own address."""
    document = claim.document
    outlet = name_of(graph, document.publisher) if document.publisher else say("unknown publisher")
    return element(
        "span",
        link(document.title, "document", iri=document.iri, claim=claim.iri),
        f" · {outlet} · ",
        element("span", document.issued or say("undated"), cls="d"),
        [" · ", outward(document.source, say("original"))] if web_address(document.source) else None,
    )


def quotation(graph: Graph, claim: Claim) -> Markup:
    """One claim: the sentence, what it makes of the event, who says so, and where."""
    return element(
        "div",
        element("blockquote", claim.sentence, lang="fr"),
        element(
            "p",
            polarity_chips(graph, claim),
            attribution(graph, claim),
            element("span", say("confidence"), " ", decimal(claim.confidence)),
            cls="kg-meta kg-row",
        ),
        element("p", origin(graph, claim), cls="kg-meta"),
        explanation(graph, claim),
        cls="kg-claim",
    )


def event_card(graph: Graph, claims: list[Claim], told: Event | None = None) -> Markup:
    """An event with its claims; where some affirm and others deny it, side by side.

    told: the event as its head tells it, where that is not all that is known of it.
    """
    event = told or claims[0].event
    split = contested(claims)
    head: list[Child] = [event_line(graph, event), chip(say("contested"), "kg-contested") if split else None]
    if event.on_behalf_of:
        head.append(element("span", say("on behalf of"), " ", things(graph, event.on_behalf_of), cls="kg-meta"))
    head.append(element("span", event.date or say("undated"), cls="kg-meta d"))
    head.append(tellings(graph, claims))
    body: Child = [quotation(graph, claim) for claim in claims]
    if split:
        body = element("div", [_side(graph, claims, code) for code in ("Affirmed", "Negated")], cls="kg-sides")
    return element("article", element("div", head, cls="kg-head"), body, cls="kg-event")


def tellings(graph: Graph, claims: list[Claim]) -> Markup:
    """On how many independent origins an event stands; a chip where a single text tells it."""
    event = claims[0].event.iri
    affirmed, denied = (graph.value(event, AC + name) for name in ("affirmingOrigins", "denyingOrigins"))
    if denied:
        return _origins(say("origins", affirmed=affirmed or 0, denied=denied))
    if affirmed and affirmed != "1":
        return _origins(say("origins affirm", affirmed=affirmed))
    documents = {claim.document.iri for claim in claims}
    texts_told = {graph.value(iri, PROV + "wasDerivedFrom") or iri for iri in documents}
    if len(texts_told) == 1:
        return chip(say("one text"), "kg-single", say("one text help"))
    words = say("texts told", documents=len(documents), texts=len(texts_told))
    return element("span", words, cls="kg-meta", title=say("texts told help"))


def _origins(words: str) -> Markup:
    return element("span", words, cls="kg-meta", title=say("origins help"))


def _side(graph: Graph, claims: list[Claim], polarity: str) -> Markup:
    heading = say("affirmed side" if polarity == "Affirmed" else "denied side")
    said = [quotation(graph, claim) for claim in claims if claim.polarity == polarity]
    return element("div", element("div", heading, cls="kg-side"), said)


def table(heads: Iterable[str], rows: Iterable[Iterable[Markup]], cls: str | None = None) -> Markup:
    """A table; each row gives its cells as td elements."""
    head = element("thead", element("tr", [element("th", text, scope="col") for text in heads]))
    body = element("tbody", [element("tr", list(row)) for row in rows])
    return element("div", element("table", head, body, cls=cls), cls="kg-scroll")


def cell(content: Child, cls: str | None = None, label: str | None = None) -> Markup:
    """A cell of a table: `n` for numbers, `d` for dates.

    `label` stands before it where a narrow window shows each row as a card.
    """
    return element("td", content, cls=cls, data_label=label)


def folded(title: str, count: int, body: Child, opened: bool) -> Markup:
    """A part of a page under a heading that opens it."""
    summary = element("summary", f"{title} ", element("span", f"({count})", cls="kg-meta"))
    return element("details", summary, body, open="" if opened else None)
