"""A network as the component `graph` draws it: things as nodes, what links them as edges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.explorer.components import mount
from kg.explorer.frame import say
from kg.explorer.graph import Graph
from kg.explorer.markup import Markup, element
from kg.explorer.parts import name_of
from kg.namespaces import ACR

MOST_NODES = 300
"""More cannot be laid out within two seconds."""
SHAPES = {
    "state": "ellipse",
    "treaty": "round-rectangle",
    "weapon": "diamond",
    "person": "triangle",
    "body": "hexagon",
    "place": "pentagon",
    "event": "octagon",
    "other": "rectangle",
}
"""The shape of each look; colours say the same again."""
SIGNS = {
    "state": "●",
    "treaty": "▢",
    "weapon": "◆",
    "person": "▲",
    "body": "⬢",
    "place": "⬟",
    "event": "⯃",
    "other": "■",
}
"""The same shapes as signs, for the legend."""
LOOKS = {
    "State": "state",
    "Treaty": "treaty",
    "WeaponSystem": "weapon",
    "WeaponCategory": "weapon",
    "Person": "person",
    "Place": "place",
    "Gathering": "place",
    "Conflict": "place",
    **dict.fromkeys(
        (
            "Organization",
            "InternationalOrganization",
            "GovernmentBody",
            "Company",
            "MediaOutlet",
            "ArmedGroup",
        ),
        "body",
    ),
}
"""The look of each class of entities."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the picture."""

    iri: str
    label: str
    look: str
    """One of `SHAPES`."""
    open: bool = False
    """Whether its neighbours are shown."""
    more: bool = False
    """Whether some of them are not, for want of room."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link in the picture."""

    id: str
    source: str
    target: str
    label: str
    sourced: bool = True
    """False for what no document says; drawn with dashes."""
    even: bool = False
    """Whether it has no direction."""


def node(graph: Graph, iri: str, *, open: bool = False, more: bool = False) -> Node:
    """The node of a thing, by its name and its class."""
    return Node(iri, name_of(graph, iri), look_of(graph, iri), open, more)


def look_of(graph: Graph, iri: str) -> str:
    """One of `SHAPES`, by the thing's class."""
    if iri.startswith(ACR + "event/"):
        return "event"
    return next((LOOKS[kind] for kind in graph.kinds(iri) if kind in LOOKS), "other")


def legend(nodes: Iterable[Node]) -> Markup:
    """What the shapes mean that these nodes have."""
    looks = {each.look for each in nodes}
    items = [element("span", f"{sign} ", say(f"network {look}")) for look, sign in SIGNS.items() if look in looks]
    return element("p", items, cls="kg-legend", aria_label=say("legend"))


def draw(
    name: str,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    *,
    selected: str = "",
    on_tap: Callable[[], None] | None = None,
    on_expand: Callable[[], None] | None = None,
) -> None:
    """The picture. The callbacks find the id of what was meant in the session's state, under `name`, as `tap` or `expand`."""
    data = {
        "nodes": [
            {
                "id": each.iri,
                "label": each.label,
                "kind": each.look,
                "shape": SHAPES[each.look],
                "open": each.open,
                "more": each.more,
            }
            for each in nodes
        ],
        "edges": [
            {
                "id": each.id,
                "source": each.source,
                "target": each.target,
                "label": each.label,
                "sourced": each.sourced,
                "even": each.even,
            }
            for each in edges
        ],
        "selected": selected,
        "label": say("network label"),
        "file": f"{name}.png",
        "words": {key: say(f"network {key}") for key in ("arrange", "fit", "png")},
    }
    mount("graph")(key=name, data=data, on_tap_change=on_tap or _nothing, on_expand_change=on_expand or _nothing)


def _nothing() -> None:
    """What follows where nothing is to be done."""
