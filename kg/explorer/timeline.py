"""The page Timeline: dated events as dots, the treaties that they touch as bars, and the card of the one that is chosen."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import partial

import streamlit as st

from kg.explorer.addressing import asked, bound, change, fresh_key
from kg.explorer.behind import behind
from kg.explorer.charts import show_chart
from kg.explorer.dots import CAP, Dot, dot_chart, dots_of, most_told
from kg.explorer.facets import Choice
from kg.explorer.facts import facts_of
from kg.explorer.frame import link, number_of, page, say
from kg.explorer.graph import Graph
from kg.explorer.inputs import day_of, graph_day, onward, thing_input, things_input, years_input
from kg.explorer.lifelines import Drawn, Span, show_lifelines
from kg.explorer.markup import element, show
from kg.explorer.parts import basis, cell, event_card, event_line, name_of, source, table, term_name, thing
from kg.explorer.records import Ran
from kg.explorer.standing import intervals, usual
from kg.namespaces import AC
from kg.query.names import text_of

EARLIEST, AHEAD = 1900, 15
"""The years of the slider: from the first one until so many after the graph's."""
USUAL_YEARS = 30
BARS = 12
"""So many treaties are drawn, those that most of the events touch."""
ROWS = 50
"""Of the table."""
BOTH = ("documents", "reference")


@page
def show_timeline(graph: Graph) -> None:
    """Draws the page; `first`, `last`, `with`, `class` and `told` of the address say what it shows, `event` which card."""
    show(element("h1", say("timeline")), element("p", say("timeline lead"), cls="kg-lead"))
    span, rans = _asked_events(graph)
    *rans, undated = rans
    every = dots_of(rans)
    dots = most_told(every)
    chosen = asked("event", "")
    _tell(undated, len(every))
    _chart(graph, dots, span, chosen)
    if chosen:
        _card(graph, chosen)
    lives = _treaties(graph, dots, span)
    _table(graph, dots)
    behind(graph, "timeline", *rans, lives, undated)


def _asked_events(graph: Graph) -> tuple[Span, list[Ran]]:
    """The inputs, and the queries that they make; the last one counts the events without a date."""
    facts = facts_of(graph)
    left, middle, right = st.columns([1, 1, 1])
    with left:
        who = thing_input(graph, say("timeline with"), "with", facts.counts("who", Choice()), say("timeline anyone"))
    with middle:
        kinds = [AC + kind for kind in sorted(graph.event_kinds)]
        chosen = [kind for kind in asked("class", []) if kind in kinds]
        things_input(graph, say("browse class"), "class", kinds, chosen, say("timeline all kinds"))
    with right:
        usual_told = list(BOTH) if who else [BOTH[0]]
        told = [name for name in asked("told", usual_told) if name in BOTH] or usual_told
        st.pills(
            say("timeline told"),
            BOTH,
            selection_mode="multi",
            format_func=lambda name: say(f"timeline {name}"),
            **bound("told", told),
        )
    now = graph_day(graph).year
    years = list(facts.years(Choice())) or [now]
    newest = min(max(years), now + AHEAD)
    usual_years = (max(EARLIEST, min(years), newest - USUAL_YEARS), newest)
    first, last = years_input(say("timeline years"), (EARLIEST, now + AHEAD), usual_years)
    span = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    queries = {"documents": "events-over-time", "reference": "acts-over-time"}
    values: dict[str, str | list[str]] = {
        "first": span[0].isoformat(),
        "last": span[1].isoformat(),
        "class": chosen,
        "with": who or "-",
    }
    undated = graph.ask("undated", **{name: values[name] for name in ("class", "with")})
    return span, [*(graph.ask(queries[name], **values) for name in BOTH if name in told), undated]


def _tell(ran: Ran, count: int) -> None:
    """How many events there are, how many are drawn, and how many have no date."""
    undated = int(text_of(ran.rows[0]["events"]))
    parts = [say("timeline count", count=number_of(count))]
    if count > CAP:
        parts.append(say("timeline cap", cap=number_of(CAP)))
    without = link(say("timeline undated", count=number_of(undated)), "questions", question="undated-events")
    show(element("p", " ".join(parts), " ", without if undated else None, cls="kg-small", role="status"))


def _chart(graph: Graph, dots: list[Dot], span: Span, chosen: str) -> None:
    if not dots:
        show(element("p", say("no rows")))
        return
    names = tuple(name_of(graph, dot.event) for dot in dots)
    words = tuple(term_name(graph, dot.kind) for dot in dots)
    show(
        element(
            "p",
            [element("span", say(key)) for key in ("timeline sign documents", "timeline sign reference")],
            cls="kg-legend",
        )
    )
    key = fresh_key("timeline-dots", chosen)
    pick = partial(_pick, key)
    show_chart(dot_chart, tuple(dots), names, words, span, chosen, key=key, alt_text=say("timeline alt"), on_pick=pick)


def _pick(key: str) -> None:
    """A dot was clicked: its event goes into the address."""
    picked = st.session_state[key]["selection"]["pick"]
    if picked:
        change(event=picked[0]["event"])


def _card(graph: Graph, iri: str) -> None:
    """The event: its claims with their sentences, or the basis and source that the reference data gives."""
    if not graph.holds(iri):
        show(element("p", say("unknown iri"), cls="kg-error"))
        return
    claims = graph.claims(text_of(row["claim"]) for row in graph.rows("claims-of-entity", entity=iri))
    event = graph.event(iri)
    close = element("p", onward(say("timeline close"), "timeline", without=("event",)), cls="kg-small")
    if claims:
        body = event_card(graph, claims)
    else:
        line = element("div", event_line(graph, event), element("span", event.date, cls="kg-meta d"), cls="kg-head")
        body = element(
            "article", line, element("p", basis(event.basis), " ", source(event.source), cls="kg-meta"), cls="kg-event"
        )
    show(element("section", body, close, aria_label=say("timeline card"), id="card"))


def _treaties(graph: Graph, dots: list[Dot], span: Span) -> Ran:
    """The lives of the treaties that most of the events touch."""
    touched = Counter(treaty for dot in dots for treaty in dot.treaties)
    treaties = [iri for iri, _ in touched.most_common(BARS)] or list(next(iter(usual().groups.values())))
    ran = graph.ask("lifelines", treaty=treaties)
    today = day_of(f"{span[1].year}-12-31") or span[1]
    found = [
        each
        for each in intervals(ran)
        if each.start.first <= span[1] and (each.end is None or each.end.last >= span[0])
    ]
    show(element("h2", say("timeline treaties")))
    show_lifelines(graph, "timeline", found, Drawn(min(today, graph_day(graph)), span=span), lambda each: each.treaty)
    return ran


def _table(graph: Graph, dots: list[Dot]) -> None:
    """The same events as rows, each with a link to its card and its number of claims."""
    heads = (say("date"), say("what"), say("source"))
    rows = []
    for dot in sorted(dots, key=lambda dot: dot.latest, reverse=True)[:ROWS]:
        first, last = dot.earliest.isoformat(), dot.latest.isoformat()
        told = say("timeline claims", count=dot.claims) if dot.claims else say("timeline reference")
        rows.append(
            [
                cell(first if first == last else f"{first} – {last}", "d", heads[0]),
                cell(thing(graph, dot.event), label=heads[1]),
                cell(onward(told, "timeline", event=dot.event), label=heads[2]),
            ]
        )
    count = number_of(len(dots)) if len(dots) <= ROWS else f"{number_of(ROWS)} / {number_of(len(dots))}"
    summary = element("summary", say("lifelines table", count=count))
    show(element("h2", say("timeline rows")), element("details", summary, table(heads, rows, "kg-cards")))
