"""What a standing rests on: its acts with their basis and source, and what documents say of it."""

from __future__ import annotations

import datetime

from kg.explorer.frame import link, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Markup, element, join, show
from kg.explorer.parts import basis, event_line, name_of, quotation, source, term_name, thing
from kg.explorer.records import Ran
from kg.namespaces import AC, ACR, DCTERMS
from kg.query.names import text_of
from kg.treaties import Bounds, Interval, Standing

CLAIMS = 5
"""So many claims are quoted; the others stand on the page of the treaty."""
_RULE, _EVENT, _TREATY, _STATE = (ACR + name for name in ("treaty-rule/", "event/", "treaty/", "state/"))


def standing_card(graph: Graph, standing: Standing, day: datetime.date) -> Ran:
    """Shows how a state stood towards a treaty that day, each status with its acts, then claims; gives the claims' query."""
    who, what = thing(graph, standing.state), thing(graph, standing.treaty)
    parts = [_status(graph, each) for each in standing.intervals]
    if not standing.certain:
        parts.insert(0, element("p", say("grounds unsure"), cls="kg-small"))
    ran = graph.ask("legal-claims", treaty=standing.treaty)
    heading = element(
        "h2", who, " · ", what, " ", element("span", say("treaties on", day=day.isoformat()), cls="kg-meta")
    )
    show(
        element(
            "section",
            heading,
            parts,
            _claims(graph, ran, standing),
            cls="kg-event",
            id="standing",
            aria_label=say("grounds"),
        )
    )
    return ran


def _status(graph: Graph, interval: Interval) -> Markup:
    """One status with its days and the acts that it rests on."""
    until = days(interval.end) if interval.end else say("grounds open")
    line = [
        element("strong", term_name(graph, interval.status.value)),
        say("colon"),
        days(interval.start),
        " – ",
        until,
    ]
    acts = [_ground(graph, iri) for iri in interval.evidence]
    return element("div", element("p", line), element("ul", [element("li", act) for act in acts]))


def days(bounds: Bounds) -> str:
    """A day, or the first and the last that it can be."""
    first = "…" if bounds.first == datetime.date.min else bounds.first.isoformat()
    last = "…" if bounds.last == datetime.date.max else bounds.last.isoformat()
    return first if first == last else f"{first} / {last}"


def _ground(graph: Graph, iri: str) -> Markup:
    """An act, a rule, a treaty's dates or a membership: what it is, its basis and its source."""
    code, origin = graph.value(iri, AC + "basis"), graph.value(iri, DCTERMS + "source")
    tail = [" ", basis(code), " ", source(origin)] if code else []
    if iri.startswith(_EVENT):
        event = graph.event(iri)
        return join([event.date, " ", event_line(graph, event, "span"), tail])
    if iri.startswith(_RULE):
        article = graph.value(iri, AC + "article")
        words = say("grounds rule article", article=article) if article else say("grounds rule")
        return join([link(words, "entity", iri=graph.value(iri, AC + "ofTreaty")), tail])
    if iri.startswith(_TREATY):
        return join([say("grounds dates"), " ", thing(graph, iri), tail])
    if iri.startswith(_STATE):
        return join([say("grounds before"), " ", thing(graph, iri), tail])
    return join([say("grounds membership"), tail])


def _claims(graph: Graph, ran: Ran, standing: Standing) -> Markup:
    """The sentences in which documents tell of such an act; they change no status."""
    told = [text_of(row["claim"]) for row in ran.rows if text_of(row.get("state")) == standing.state]
    iris = list(dict.fromkeys(told))
    if not iris:
        return element("p", say("grounds no claims"), cls="kg-small")
    quoted = [quotation(graph, claim) for claim in graph.claims(iris[:CLAIMS])]
    more = None
    if len(iris) > CLAIMS:
        count = len(iris)
        more = link(say("grounds all claims", count=count), "browse", treaty=standing.treaty, state=standing.state)
    return element(
        "div", element("p", say("grounds claims", name=name_of(graph, standing.state)), cls="kg-side"), quoted, more
    )
