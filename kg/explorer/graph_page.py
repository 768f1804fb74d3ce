"""The page of the graph: things and what links them, opened step by step, each link with the sentences that it stands on.

The address holds the roots (`root`), the steps (`do`, see kg.explorer.expansion), what is left of it (`only`, `links`) and what is
looked at (`at`: a thing or a link). Whoever opens it sees the same things.
"""

from __future__ import annotations

import streamlit as st

from kg.explorer import network
from kg.explorer.addressing import asked, bound, change
from kg.explorer.behind import behind
from kg.explorer.expansion import HIDE, OPEN, STEP, Links, Part, bundled, links_of, neighbours, part, short, whole
from kg.explorer.frame import link, page, say
from kg.explorer.graph import Graph
from kg.explorer.inputs import onward
from kg.explorer.link_card import bundle_card, bundle_name, link_card, link_name
from kg.explorer.markup import element, show
from kg.explorer.parts import cell, name_of, table, term_name, thing
from kg.namespaces import ACR
from kg.search import Hit

KEY = "kg-picture"
HITS = 8
BEGINNINGS = ("state/USA", "state/RUS", "state/IRN", "treaty/inf", "treaty/npt", "treaty/new-start")
"""Things to begin with, where the graph has them."""
LISTS = "graph-lists"
"""The key under which the session keeps whether the lists are open."""


@page
def show_graph(graph: Graph) -> None:
    """Draws the page."""
    show(element("h1", say("graph")), element("p", say("graph lead"), cls="kg-small"))
    roots, steps = [whole(each) for each in asked("root", list[str]())], asked("do", list[str]())
    _adding(graph)
    if unknown := [short(root) for root in roots if not graph.holds(root)]:
        show(element("div", say("unknown iri"), " ", element("code", ", ".join(unknown)), cls="kg-note", role="status"))
    if not any(graph.holds(root) for root in roots):
        _begin(graph)
        return
    seen, ran = part(graph, roots, steps)
    looks = _filters(graph, seen)
    nodes, links = _filtered(graph, seen, set(roots), looks)
    canvas, side = st.columns([2.3, 1], gap="medium")
    with canvas:
        _picture(graph, seen, nodes, links)
        show(element("p", say("graph lines"), cls="kg-small"))
    with side:
        _buttons(bool(steps))
        _card(graph, seen, links)
    _lists(graph, nodes, links)
    behind(graph, "graph", *ran)


def _adding(graph: Graph) -> None:
    """A search for another root."""
    text = st.text_input(say("graph add"), placeholder=say("graph add hint"), key="graph-add", max_chars=200)
    if not text.strip():
        return
    hits = [hit for hit in _found(graph, text) if graph.is_entity(hit.iri) or graph.is_event(hit.iri)][:HITS]
    if not hits:
        show(element("p", say("no hits", text=text), cls="kg-meta", role="status"))
    with st.container(horizontal=True):
        for hit in hits:
            st.button(_plain(name_of(graph, hit.iri)), key=f"add-{hit.iri}", on_click=_add, args=(hit.iri,))


def _found(graph: Graph, text: str) -> list[Hit]:
    if not any(sign.isalnum() for sign in text):
        return []
    return graph.view.index.find(text, limit=10 * HITS, kinds=("name",))


def _plain(label: str) -> str:
    """A name from the graph as the label of a button, which is Markdown: each sign of it is escaped."""
    return "".join(f"\\{sign}" if sign.isascii() and not sign.isalnum() and sign != " " else sign for sign in label)


def _add(iri: str) -> None:
    st.session_state["graph-add"] = ""
    change(root=[*asked("root", list[str]()), short(iri)], at=short(iri))


def _begin(graph: Graph) -> None:
    links = [link(name_of(graph, ACR + name), "graph", root=name) for name in BEGINNINGS if graph.holds(ACR + name)]
    show(element("p", say("graph begin")), element("div", links, cls="kg-questions"))


def _filters(graph: Graph, seen: Part) -> list[str]:
    """Inputs for the kinds of things and of links that are shown; gives the kinds of things, none for all."""
    present = {network.look_of(graph, iri) for iri in seen.nodes}
    options = [look for look in network.SHAPES if look in present]
    chosen = [look for look in asked("only", list[str]()) if look in options]
    left, right = st.columns([2, 1])
    left.pills(
        say("graph looks"),
        options,
        selection_mode="multi",
        format_func=lambda look: f"{network.SIGNS[look]} {say(f'network {look}')}",
        **bound("only", chosen),
    )
    right.segmented_control(
        say("graph links"),
        ["all", "told", "reference"],
        required=True,
        wrap=True,
        format_func=lambda each: say(f"graph links {each}"),
        **bound("links", _kind_of_links()),
    )
    return chosen


def _kind_of_links() -> str:
    chosen = asked("links", "all")
    return chosen if chosen in ("all", "told", "reference") else "all"


def _filtered(graph: Graph, seen: Part, roots: set[str], looks: list[str]) -> tuple[list[str], Links]:
    """What is left of the part: roots always, things of these kinds, links of the chosen kind."""
    nodes = [iri for iri in seen.nodes if iri in roots or not looks or network.look_of(graph, iri) in looks]
    kind, kept = _kind_of_links(), set(nodes)
    links = {
        link: ground
        for link, ground in seen.links.items()
        if link.source in kept and link.target in kept and (kind == "all" or (ground.told > 0) == (kind == "told"))
    }
    return nodes, links


def _picture(graph: Graph, seen: Part, nodes: list[str], links: Links) -> None:
    shown = set(seen.nodes)
    drawn = [
        network.node(
            graph,
            iri,
            open=iri in seen.opened,
            more=iri in seen.opened and bool(set(neighbours(iri, seen.near[iri])) - shown),
        )
        for iri in nodes
    ]
    alone, bundles = bundled(links)
    edges = [
        network.Edge(each.id, each.source, each.target, link_name(graph, each, ground), ground.told > 0, each.even)
        for each, ground in alone.items()
    ]
    edges += [
        network.Edge(
            each.id, each.source, each.target, bundle_name(each), any(g.told for g in each.links.values()), each.even
        )
        for each in bundles
    ]
    at = asked("at", "")
    selected = at if " " in at else whole(at) if at else ""
    network.draw(KEY, drawn, edges, selected=selected, on_tap=_tapped, on_expand=_expanded)
    show(element("p", say("graph shown", nodes=len(nodes), links=len(links)), cls="kg-small", role="status"))
    if len(seen.nodes) >= network.MOST_NODES:
        show(element("p", say("graph full", most=network.MOST_NODES), cls="kg-error"))


def _tapped() -> None:
    change(at=short(st.session_state[KEY]["tap"]))


def _expanded() -> None:
    iri = st.session_state[KEY]["expand"]
    change(do=[*asked("do", list[str]()), f"{OPEN} {short(iri)}"], at=short(iri))


def _step(step: str, at: str) -> None:
    change(do=[*asked("do", list[str]()), step], at=at)


def _undo() -> None:
    change(do=asked("do", list[str]())[:-1])


def _again() -> None:
    change(do=[], only=[], links="", at="")


def _buttons(steps: bool) -> None:
    with st.container(horizontal=True):
        st.button(say("graph undo"), on_click=_undo, disabled=not steps, key="graph-undo")
        st.button(say("graph again"), on_click=_again, key="graph-again")


def _card(graph: Graph, seen: Part, links: Links) -> None:
    """What is looked at: a thing with its neighbours by kind, or a link or a bundle of links with what it stands on."""
    at = asked("at", "")
    for each, ground in links.items():
        if each.id == at:
            link_card(graph, each, ground)
            return
    for bundle in bundled(links)[1]:
        if bundle.id == at:
            bundle_card(graph, bundle)
            return
    iri = whole(at) if at else seen.nodes[0] if seen.nodes else ""
    if iri in seen.nodes:
        _thing_card(graph, seen, iri)


def _thing_card(graph: Graph, seen: Part, iri: str) -> None:
    kinds = ", ".join(term_name(graph, kind) for kind in graph.kinds(iri))
    show(element("h2", thing(graph, iri)), element("p", kinds, cls="kg-meta"))
    near = neighbours(iri, seen.near[iri] if iri in seen.near else links_of(graph, iri)[0])
    shown = set(seen.nodes)
    by_look: dict[str, list[str]] = {}
    for each in near:
        by_look.setdefault(network.look_of(graph, each), []).append(each)
    show(element("p", say("graph neighbours", all=len(near), shown=len(shown.intersection(near))), cls="kg-small"))
    rest = len(near) - len(shown.intersection(near))
    st.button(
        say("graph more" if iri in seen.opened else "graph open") + f" ({min(rest, STEP)})",
        on_click=_step,
        args=(f"{OPEN} {short(iri)}", short(iri)),
        disabled=not rest,
        key="graph-open",
    )
    for look in (each for each in network.SHAPES if each in by_look):
        here = shown.intersection(by_look[look])
        text = say("graph of look", look=say(f"network {look}"), all=len(by_look[look]), shown=len(here))
        st.button(
            f"{network.SIGNS[look]} {text}",
            on_click=_step,
            args=(f"{OPEN}-{look} {short(iri)}", short(iri)),
            disabled=len(here) == len(by_look[look]),
            key=f"graph-open-{look}",
        )
    st.button(say("graph hide"), on_click=_step, args=(f"{HIDE} {short(iri)}", ""), key="graph-hide")


@st.fragment
def _lists(graph: Graph, nodes: list[str], links: Links) -> None:
    """Things and links as tables: the same without a picture. Put together when they are opened."""
    with st.expander(say("graph lists"), key=LISTS, on_change="rerun") as part:
        if not part.open:
            return
        things = [(cell(thing(graph, iri)), cell(onward(say("graph show"), "graph", at=short(iri)))) for iri in nodes]
        rows = [
            (
                cell(name_of(graph, each.source)),
                cell(link_name(graph, each, ground)),
                cell(name_of(graph, each.target)),
                cell(onward(say("graph show"), "graph", at=each.id)),
            )
            for each, ground in links.items()
        ]
        show(table((say("graph things"), ""), things))
        show(table((say("graph from"), say("graph why"), say("graph to"), ""), rows))
