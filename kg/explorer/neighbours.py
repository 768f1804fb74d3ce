"""With whom and what a thing stands in events, by kind, a page at a time."""

from __future__ import annotations

from kg.explorer.frame import link, say
from kg.explorer.graph import ENTITY_KINDS, Graph
from kg.explorer.markup import Markup, element, join
from kg.explorer.parts import folded, term_name, thing
from kg.query.names import text_of

SHOWN = 24
"""How many of a kind are shown at once."""
Near = tuple[str, int]
"""A thing and the number of events that both stand in."""


def neighbours(graph: Graph, iri: str, kind: str, start: str) -> Markup:
    """The section; empty where there are none.

    kind, start: the kind that is leafed through, and the number before its first one shown, as the address has them.
    """
    groups: dict[str, list[Near]] = {}
    for row in graph.rows("neighbours", entity=iri):
        other = text_of(row["other"])
        groups.setdefault(_kind(graph, other), []).append((other, int(text_of(row["events"]))))
    if not groups:
        return Markup("")
    order = sorted(groups, key=lambda name: (-len(groups[name]), name))
    parts = [_group(graph, iri, name, groups[name], _start(start) if name == kind else None) for name in order]
    return element("section", element("h2", say("neighbours")), parts, id="near")


def _kind(graph: Graph, iri: str) -> str:
    return next((kind for kind in graph.kinds(iri) if kind in ENTITY_KINDS), "")


def _start(text: str) -> int:
    """The number in the address; what is none counts as 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _group(graph: Graph, iri: str, kind: str, found: list[Near], start: int | None) -> Markup:
    """A kind, open where it is leafed through."""
    first = start if start is not None and start < len(found) else 0
    shown = found[first : first + SHOWN]
    items = [
        element("li", thing(graph, other), " ", element("span", f"({count})", cls="kg-meta", title=_common(count)))
        for other, count in shown
    ]
    title = term_name(graph, kind).capitalize() if kind else say("other kinds")
    body = join([element("ul", items, cls="kg-hits kg-columns"), _leaf(iri, kind, title, first, len(found))])
    return folded(title, len(found), body, opened=start is not None)


def _common(count: int) -> str:
    return say("events in common", count=count)


def _leaf(iri: str, kind: str, title: str, first: int, every: int) -> Markup | None:
    """Where one is in a long list, and the way on and back."""
    if every <= SHOWN:
        return None
    last = min(first + SHOWN, every)
    parts = [element("span", say("neighbours shown", first=first + 1, last=last, all=every))]
    if first:
        before = str(max(0, first - SHOWN))
        parts.append(link(say("neighbours previous"), "entity", iri=iri, near=kind, start=before))
    if last < every:
        words = say("neighbours next", count=min(SHOWN, every - last), kind=title)
        parts.append(link(words, "entity", iri=iri, near=kind, start=str(last)))
    return element("p", join(parts, " · "), cls="kg-small")
