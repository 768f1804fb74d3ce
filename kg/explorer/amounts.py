"""How many of a weapon, and how much money, documents speak of in an event."""

from __future__ import annotations

from kg.explorer.frame import say
from kg.explorer.graph import Graph, Row
from kg.explorer.markup import Markup, element
from kg.explorer.parts import cell, table, things
from kg.query.names import text_of

BOUNDS = {"about": "amount about", "at least": "amount least", "at most": "amount most"}
"""How exact a number is, with the words for it."""


def amounts(graph: Graph, iri: str) -> Markup | None:
    """What documents say of how many and how much, each in the text's own words; None where none does."""
    rows = [
        (
            cell(things(graph, [text_of(row["item"])]) if "item" in row else say("amount money")),
            cell(_said(row), cls="n"),
            cell(element("q", text_of(row["words"]))),
            cell(things(graph, [text_of(row["document"])])),
        )
        for row in graph.rows("dossier-amounts", entity=iri)
    ]
    if not rows:
        return None
    heads = (say("amount of"), say("amount number"), say("amount words"), say("event documents"))
    return element("section", element("h2", say("event amounts")), table(heads, rows))


def _said(row: Row) -> str:
    """The number with how exact it is, and in what it is counted."""
    number = f"{float(text_of(row['value'])):,.10g}".replace(",", "\u202f")
    unit = next((text_of(row[name]) for name in ("unit", "currency") if name in row), "")
    bound = BOUNDS.get(text_of(row["bound"]))
    return " ".join(filter(None, (say(bound) if bound else "", number, unit)))
