"""What became of an event: the steps of its matter, each with its sentence, and what is awaited."""

from __future__ import annotations

from kg.courses import Chain, Courses, Step
from kg.explorer.behind import Due
from kg.explorer.frame import language, link, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Child, Markup, element
from kg.explorer.parts import chip, event_line, name_of, origin
from kg.query.names import text_of
from kg.settings import settings

SHOWN = 12
"""So many steps of a matter stand on the page of one of them."""
NARROWED = ("item", "treaty", "recipient", "target", "agent")
"""By the first of these that an event has, the page of all matters is narrowed."""


def chains(graph: Graph, involving: str, open_only: bool) -> list[Chain]:
    """The matters of a thing, or where it is empty all; kept, because there may be many."""
    found: list[Chain] = graph.found(_chains, involving, "open" if open_only else "", language())
    return found


def _chains(graph: Graph, involving: str, state: str, language: str) -> list[Chain]:
    rows, told = (_texts(graph, question, involving) for question in ("matters", "told-of-matters"))
    return _courses(graph, language).joined(rows, told, open_only=bool(state))


def _texts(graph: Graph, question: str, involving: str) -> list[dict[str, str]]:
    rows = graph.rows(question, **{"involving": involving} if involving else {})
    return [{name: text_of(term) for name, term in row.items()} for row in rows]


def steps_of(graph: Graph, involving: str) -> Due:
    """The query that gives the steps of a thing, or where it is empty of all, each with its sentence."""
    return Due(graph, graph.text("steps", **{"involving": involving} if involving else {}))


def _courses(graph: Graph, language: str) -> Courses:
    return Courses(graph.store, settings().ontology, language, graph.names)


def course(graph: Graph, iri: str) -> Markup | None:
    """What led to an event and what became of it; None where the graph knows neither."""
    chain = _courses(graph, language()).of(iri)
    if chain is None:
        return None
    place = next(number for number, step in enumerate(chain.steps) if step.event == iri)
    first = max(0, min(place - SHOWN // 2, len(chain.steps) - SHOWN))
    shown = Chain(chain.steps[first : first + SHOWN])
    heading, note = element("h2", say("event course")), element("p", say("event course help"), cls="kg-small")
    return element("section", heading, note, steps(graph, shown, iri), _all(graph, iri), id="course")


def _all(graph: Graph, iri: str) -> Markup | None:
    """A link to all matters of what the event is about."""
    fillers = graph.event(iri).fillers(*NARROWED)
    if not fillers:
        return None
    words = say("event course all", name=name_of(graph, fillers[0]))
    return element("p", link(words, "contradictions", view="chains", involving=fillers[0]), cls="kg-small")


def steps(graph: Graph, chain: Chain, here: str = "") -> Markup:
    """The steps in the order of time, on a card; `here` is the event whose page it is."""
    return element("article", element("ol", [_step(graph, step, here) for step in chain.steps]), cls="kg-event")


def _step(graph: Graph, step: Step, here: str) -> Markup:
    """A step with its sentence, and what is awaited after it."""
    announced = step.how == "announced"
    name = say("contradictions announced", step=step.step) if announced else step.step
    head = [chip(name, "kg-Planned" if announced else ""), " ", event_line(graph, graph.event(step.event), "span")]
    current = [" ", chip(say("event course here"), "kg-here")] if step.event == here else None
    awaited = None
    if step.awaited:
        key = "contradictions awaited" if step.since else "contradictions awaited undated"
        awaited = element("p", chip(say(key, step=step.awaited, day=step.since), "kg-contested"))
    day = element("span", " ", _day(step, announced), cls="kg-meta d")
    is_here = "step" if step.event == here else None
    return element("li", head, current, day, _told(graph, step), awaited, aria_current=is_here)


def _day(step: Step, announced: bool) -> str:
    """The event's own day; of what is announced, or has none, the day on which it was told."""
    if step.date and not announced:
        return step.date
    return say("contradictions told", day=step.published) if step.published else step.date or say("undated")


def _told(graph: Graph, step: Step) -> Child:
    """The sentence with its document; of what no document tells, where it is known from."""
    if not step.claim:
        return element("p", say("contradictions recorded"), cls="kg-meta")
    (claim,) = graph.claims([step.claim])
    quoted = element("blockquote", claim.sentence, cls="kg-quote", lang="fr")
    return [quoted, element("p", origin(graph, claim), cls="kg-meta")]
