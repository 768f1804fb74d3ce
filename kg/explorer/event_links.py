"""What an event answers and what answers it, of what it is part and what its parts are, each with why; and what is told again of it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.explorer.frame import language, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Markup, element, join
from kg.explorer.parts import event_card, things
from kg.explorer.records import by_event
from kg.query.names import text_of

SECTIONS = (
    ("answers", "event answers"),
    ("answered by", "event answered"),
    ("part of", "event part of"),
    ("has part", "event has part"),
)
"""The links of the query event-links, each with its heading."""


def links(graph: Graph, iri: str) -> Markup:
    """The events that are linked with this one, with their claims, and why they are held to be."""
    others: dict[str, list[str]] = {}
    for row in graph.rows("event-links", event=iri):
        others.setdefault(text_of(row["link"]), []).append(text_of(row["other"]))
    reasons = {
        text_of(row["other"]): text_of(row["reason"])
        for row in graph.rows("reasons-of-links", event=iri)
        if text_of(row["language"]) == language()
    }
    return join(
        element("section", element("h2", say(key)), _cards(graph, dict.fromkeys(others[name]), reasons))
        for name, key in SECTIONS
        if name in others
    )


def told_again(graph: Graph, iri: str, claims: int) -> Markup | None:
    """How many of the claims on the event only tell again what earlier documents said; None where none does."""
    number = len({text_of(row["claim"]) for row in graph.rows("repeats-of-event", event=iri)})
    return element("p", say("event told again", number=number, all=claims), cls="kg-small") if number else None


def _cards(graph: Graph, iris: Iterable[str], reasons: dict[str, str]) -> list[Markup]:
    found = [text_of(row["claim"]) for iri in iris for row in graph.rows("dossier-claims", entity=iri)]
    groups = by_event(graph.claims(dict.fromkeys(found)))
    shown = []
    for iri in iris:
        shown.append(event_card(graph, groups[iri]) if iri in groups else element("p", things(graph, [iri])))
        if iri in reasons:
            shown.append(element("p", reasons[iri], cls="kg-small"))
    return shown
