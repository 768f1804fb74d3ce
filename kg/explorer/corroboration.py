"""How an event stands: on whose word, in what the claims on it differ, and which tellings were decided to be it."""

from __future__ import annotations

from kg.explorer.frame import language, say
from kg.explorer.graph import Graph, Row
from kg.explorer.markup import Child, Markup, element
from kg.explorer.parts import cell, name_of, quotation, table, term_name, things
from kg.namespaces import AC
from kg.query.names import text_of


def origins(graph: Graph, iri: str) -> Markup | None:
    """The independent origins of an event, each with whom it came through and where it stands; None where none are told."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in graph.rows("origins-of-event", event=iri):
        origin = found.setdefault(text_of(row["origin"]), {})
        for name in ("polarity", "source", "carrier", "document"):
            if name in row:
                origin.setdefault(name, []).append(text_of(row[name]))
    if not found:
        return None
    rows = [
        (
            cell(_each(graph, origin, "source")),
            cell(term_name(graph, origin["polarity"][0].removeprefix(AC))),
            cell(_each(graph, origin, "carrier")),
            cell(_each(graph, origin, "document")),
        )
        for origin in found.values()
    ]
    heads = (say("event origin"), say("event says"), say("event through"), say("event documents"))
    note = element("p", say("event origins help"), cls="kg-small")
    return element("section", element("h2", say("event origins")), note, table(heads, rows))


def _each(graph: Graph, origin: dict[str, list[str]], name: str) -> Markup:
    return things(graph, dict.fromkeys(origin.get(name, ())))


def differences(graph: Graph, iri: str) -> Markup | None:
    """In what the claims on an event differ, both sides beside each other; None where they agree."""
    nodes: dict[str, list[Row]] = {}
    for row in graph.rows("differences-of-event", event=iri):
        nodes.setdefault(text_of(row["node"]), []).append(row)
    parts = [difference(graph, rows) for rows in nodes.values()]
    return element("section", element("h2", say("event differences")), parts) if parts else None


def difference(graph: Graph, rows: list[Row], about: Child = None) -> Markup:
    """One difference from its rows, both sides beside each other; `about` says what it is on, where the page does not."""
    kind = name_of(graph, text_of(rows[0]["difference"]))
    roles = dict.fromkeys(name_of(graph, text_of(row["role"])) for row in rows if "role" in row)
    head = say("colon").join([kind, ", ".join(roles)] if roles else [kind])
    sides = [_side(graph, [row for row in rows if text_of(row["side"]) == side], side) for side in ("1", "2")]
    return element("article", element("h3", head), about, element("div", sides, cls="kg-sides"), cls="kg-event")


def _side(graph: Graph, rows: list[Row], side: str) -> Markup:
    claims = graph.claims(dict.fromkeys(text_of(row["claim"]) for row in rows))
    said = dict.fromkeys(text_of(row["says"]) for row in rows if "says" in row)
    words: Child = element("p", ", ".join(name_of(graph, each) for each in said)) if said else None
    heading = element("div", say("event first side" if side == "1" else "event other side"), cls="kg-side")
    return element("div", heading, words, [quotation(graph, claim) for claim in claims])


def merges(graph: Graph, iri: str) -> Markup | None:
    """Which tellings were decided to be this event, how likely that is and why; None where none was."""
    members: dict[str, list[Row]] = {}
    for row in graph.rows("merges-of-event", event=iri):
        members.setdefault(text_of(row["member"]), []).append(row)
    if not members:
        return None
    rows = [_merge(graph, rows) for rows in members.values()]
    heads = (say("event documents"), say("event score"), say("event reason"))
    note = element("p", say("event merges help"), cls="kg-small")
    return element("section", element("h2", say("event merges")), note, table(heads, rows), id="merges")


def _merge(graph: Graph, rows: list[Row]) -> tuple[Markup, ...]:
    documents = dict.fromkeys(text_of(row["document"]) for row in rows if "document" in row)
    told = {text_of(row["language"]): text_of(row["reason"]) for row in rows}
    reason = told.get(language(), "")
    likenesses = dict.fromkeys(text_of(row["likeness"]) for row in rows if "likeness" in row)
    listed = element("ul", [element("li", each) for each in likenesses])
    folded = (
        element("details", element("summary", say("event likenesses")), listed, cls="kg-why") if likenesses else None
    )
    return cell(things(graph, documents)), cell(text_of(rows[0]["score"]), "n"), cell([reason, folded])
