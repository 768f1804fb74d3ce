"""The page Treaties: how states stood towards treaties on a day, what that rests on, and the treaties' lives."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from kg.explorer.addressing import asked
from kg.explorer.behind import behind
from kg.explorer.frame import link, page, say
from kg.explorer.graph import Graph
from kg.explorer.grounds import standing_card
from kg.explorer.inputs import all_of, capital, day_input, day_slider, graph_day, onward, things_input
from kg.explorer.lifelines import Drawn, short_name, show_lifelines
from kg.explorer.markup import Markup, element, show
from kg.explorer.parts import name_of, term_name
from kg.explorer.records import Ran
from kg.explorer.standing import SIGNS, intervals, standing_on, usual
from kg.ids import fold
from kg.treaties import Standing, Status

MANY_STATES = 40
"""Of more states, only the treaties' own lives are drawn."""

SLIDE_FROM = datetime.date(1960, 1, 1)
"""Where the slider begins: of the earlier treaties that bind now, few stand in the matrix. The input of the day goes further back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    day: datetime.date
    treaties: list[str]
    states: list[str]
    """Empty for all that have some standing."""


@page
def show_treaties(graph: Graph) -> None:
    """Draws the page; `day`, `treaty` and `state` of the address say what it shows, `of` and `to` which standing it explains."""
    show(element("h1", say("treaties")), element("p", say("treaties lead"), cls="kg-lead"))
    wanted = _inputs(graph)
    ran, found = standing_on(graph, wanted.day, wanted.treaties, wanted.states)
    asked_for: list[Ran] = [ran]
    state, treaty = asked("of", ""), asked("to", "")
    if (state, treaty) in found:
        asked_for.append(standing_card(graph, found[state, treaty], wanted.day))
    show(_matrix(graph, wanted, found), _legend(graph, found.values()))
    asked_for += _lives(graph, wanted, found)
    behind(graph, "treaties", *asked_for)


def _inputs(graph: Graph) -> Asked:
    known, states = all_of(graph, "Treaty"), all_of(graph, "State")
    groups = [[iri for iri in group if iri in known] for group in usual().groups.values()]
    first = next((group for group in groups if group), known[:1])
    treaties = [iri for iri in asked("treaty", first) if iri in known] or first
    usual_states = [] if asked("treaty", "") else [iri for iri in usual().states if iri in states]
    chosen = [iri for iri in asked("state", usual_states) if iri in states]
    left, middle, right = st.columns([1, 2, 2])
    with left:
        day = day_input(say("treaties day"), "day", graph_day(graph)) or graph_day(graph)
    with middle:
        things_input(graph, say("treaties which"), "treaty", known, treaties, say("treaties which"))
    with right:
        things_input(graph, say("treaties states"), "state", states, chosen, say("treaties all states"))
    day_slider(say("treaties slide"), "day", day, SLIDE_FROM, graph_day(graph))
    show(_quick(groups, day))
    return Asked(day, treaties, chosen)


def _quick(groups: Sequence[list[str]], day: datetime.date) -> Markup:
    """Links to groups of treaties, to all states, and to the days and years beside this one."""
    named = zip(usual().groups, groups, strict=True)
    links = [
        onward(say(f"treaties group {name}"), "treaties", without=("of", "to"), treaty=iris)
        for name, iris in named
        if iris
    ]
    steps = [_step(day, key) for key in ("year before", "day before", "day after", "year after")]
    return element("p", [element("span", each) for each in (*links, *steps) if each], cls="kg-small kg-row")


def _step(day: datetime.date, key: str) -> Markup | None:
    sign = 1 if key.endswith("after") else -1
    try:
        near = day.replace(year=day.year + sign) if key.startswith("year") else day + sign * datetime.timedelta(1)
    except (ValueError, OverflowError):  # 29 February; the first and last days
        return None
    return onward(say(f"treaties {key}"), "treaties", day=near.isoformat())


def _matrix(graph: Graph, wanted: Asked, found: dict[tuple[str, str], Standing]) -> Markup:
    """States as rows, treaties as columns; each cell a sign and a word that lead to what they rest on."""
    states = wanted.states or sorted({state for state, _ in found}, key=lambda iri: fold(name_of(graph, iri)))
    heads = [
        element("th", link(short_name(graph, iri), "entity", iri=iri, title=name_of(graph, iri)), scope="col")
        for iri in wanted.treaties
    ]
    rows = [element("tr", _row(graph, state, wanted.treaties, found)) for state in states]
    caption = element("caption", say("treaties on", day=wanted.day.isoformat()), cls="kg-small")
    head = element("thead", element("tr", element("th", say("treaties state"), scope="col"), heads))
    body = element("table", caption, head, element("tbody", rows), cls="kg-matrix")
    return element("div", body, cls="kg-scroll", tabindex="0", role="region", aria_label=say("treaties matrix"))


def _row(graph: Graph, state: str, treaties: Sequence[str], found: dict[tuple[str, str], Standing]) -> list[Markup]:
    name = link(name_of(graph, state), "entity", iri=state)
    cells = [element("td", _cell(graph, found.get((state, treaty)))) for treaty in treaties]
    return [element("th", name, scope="row"), *cells]


def _cell(graph: Graph, standing: Standing | None) -> Markup:
    if standing is None:
        return element("span", "–", title=say("treaties none"), cls="kg-none")
    sign = "".join(SIGNS[status] for status in standing.statuses if status)
    label = [element("span", sign, cls="kg-sign", aria_hidden="true"), " ", status_words(graph, standing.statuses)]
    return element(
        "span", onward(label, "treaties", of=standing.state, to=standing.treaty), cls=f"kg-standing {_class(standing)}"
    )


def _class(standing: Standing) -> str:
    return f"kg-{standing.statuses[0]}" if standing.certain else "kg-unsure"


def status_words(graph: Graph, statuses: Iterable[Status | None]) -> str:
    """The statuses in words, with "or" between them where the known dates allow of several."""
    words = [term_name(graph, status.value) if status else say("treaties nothing") for status in statuses]
    return f" {say('treaties or')} ".join(words)


def _legend(graph: Graph, found: Iterable[Standing]) -> Markup:
    held = {status for standing in found for status in standing.statuses if status}
    entries = [
        element("span", element("span", sign, cls="kg-sign", aria_hidden="true"), " ", term_name(graph, status.value))
        for status, sign in SIGNS.items()
        if status in held
    ]
    return element("p", entries, element("span", say("treaties computed")), cls="kg-legend")


def _lives(graph: Graph, wanted: Asked, found: dict[tuple[str, str], Standing]) -> list[Ran]:
    """The treaties' lives, and for one treaty those of the states' standings."""
    own = graph.ask("lifelines", treaty=wanted.treaties)
    drawn = Drawn(max(wanted.day, graph_day(graph)), wanted.day)
    show(element("h2", say("treaties lives")))
    show_lifelines(graph, "lives", intervals(own), drawn, lambda each: each.treaty)
    if len(wanted.treaties) > 1:
        return [own]
    states = wanted.states or sorted({state for state, _ in found})
    title = say("treaties standings", treaty=capital(name_of(graph, wanted.treaties[0])))
    show(element("h2", title))
    if len(states) > MANY_STATES:
        show(element("p", say("treaties too many", count=MANY_STATES), cls="kg-small"))
        return [own]
    theirs = graph.ask("standings-over-time", treaty=wanted.treaties, state=states)
    show_lifelines(graph, "standings", intervals(theirs), drawn, lambda each: each.state or "")
    return [own, theirs]
