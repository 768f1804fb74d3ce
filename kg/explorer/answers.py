"""Events with what answers them, side by side: an accusation and its denial, an offer and its refusal."""

from __future__ import annotations

from kg.explorer.frame import say
from kg.explorer.graph import Graph
from kg.explorer.markup import Markup, element
from kg.explorer.parts import event_card
from kg.explorer.records import Claim
from kg.query.names import text_of


def with_answers(graph: Graph, iri: str, groups: list[list[Claim]]) -> list[tuple[str, Markup]]:
    """The cards of events in which a thing has a role, each group the claims of one, with the class under which each is listed.

    An event stands beside the first of the others that it answers, under that one's class; the order is that of the groups.
    """
    held = {group[0].event.iri for group in groups}
    asked_of: dict[str, list[str]] = {}
    for row in graph.rows("answers-around", entity=iri):
        asked_of.setdefault(text_of(row["answer"]), []).append(text_of(row["event"]))
    beside: dict[str, list[list[Claim]]] = {}
    for group in groups:
        event = group[0].event
        asked = next((each for each in asked_of.get(event.iri, ()) if each in held), None)
        if asked is not None and event.iri not in beside:
            beside.setdefault(asked, []).append(group)
    placed = {group[0].event.iri for answers in beside.values() for group in answers}
    placed -= beside.keys()
    cards = []
    for group in groups:
        event = group[0].event
        if event.iri not in placed:
            answers = [each for each in beside.get(event.iri, []) if each[0].event.iri in placed]
            cards.append((event.kind, _pair(graph, group, answers)))
    return cards


def _pair(graph: Graph, group: list[Claim], answers: list[list[Claim]]) -> Markup:
    card = event_card(graph, group)
    if not answers:
        return card
    said = element("div", element("div", say("first said"), cls="kg-side"), card)
    answered = element(
        "div", element("div", say("then answered"), cls="kg-side"), [event_card(graph, a) for a in answers]
    )
    return element("div", said, answered, cls="kg-sides kg-pair")
