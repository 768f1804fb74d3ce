"""The page Map: states coloured by a measure, over some years or on a day, with the same values in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

import altair as alt
import streamlit as st

from kg.explorer.addressing import asked, bound, change, fresh_key
from kg.explorer.behind import behind
from kg.explorer.charts import Chart, show_chart
from kg.explorer.facets import Choice
from kg.explorer.facts import facts_of
from kg.explorer.frame import link, number_of, page, say
from kg.explorer.graph import Graph
from kg.explorer.grounds import standing_card
from kg.explorer.inputs import all_of, day_input, graph_day, onward, thing_input, years_input
from kg.explorer.lifelines import INK, LOOKS
from kg.explorer.markup import Child, Markup, element, show
from kg.explorer.measures import Measure, browse_class, by_state, classes, measures, of_state
from kg.explorer.outlines import ADDRESS, label_points
from kg.explorer.parts import cell, event_card, name_of, table, term_name, thing
from kg.explorer.records import Ran
from kg.explorer.standing import SIGNS, standing_on, usual
from kg.ids import fold
from kg.namespaces import ACR
from kg.query.names import text_of

PARTY = "party"
"""The measure that is a standing and no number."""
SHADES = ("#cfe0f1", "#9cc2e5", "#5f9bd1", "#2f6f9f", "#173f66")
NONE = "#8a8f9822"
FROM_DARK = 2
"""From this shade on, what is written on it is white."""
ON_LIGHT, ON_DARK = "#10202f", "#ffffff"
EVENTS = 6
"""So many events are quoted on a card at first."""
ALL = 60
"""So many when more are asked for; Browse has them all."""
EARLIEST, AHEAD = 1900, 15


@dataclass(frozen=True, slots=True)
class Value:
    """What the map shows of a state."""

    text: str
    """In the table: a number or a status in words."""
    sign: str
    """On the map."""
    group: str
    """Its class in the legend."""
    colour: str
    order: int
    """Of its class in the legend."""
    ink: str
    """The colour of the sign upon it."""


@page
def show_map(graph: Graph) -> None:
    """Draws the page; `measure`, `first` and `last`, or `treaty` and `day`, of the address say what it shows, `state` which card."""
    show(element("h1", say("map")), element("p", say("map lead"), cls="kg-lead"))
    name = asked("measure", "agent")
    name = name if name in (*measures(), PARTY) else "agent"
    left, right = st.columns([1, 1.6])
    with left:
        options = [*measures(), PARTY]
        st.selectbox(
            say("map measure"), options, format_func=lambda each: say(f"map measure {each}"), **bound("measure", name)
        )
    with right:
        values, rans, card = _standings(graph) if name == PARTY else _counts(graph, name)
    chosen = asked("state", "")
    chosen = chosen if chosen in all_of(graph, "State") else ""
    drawn, beside = st.columns([2.2, 1])
    with drawn:
        _draw(graph, values, chosen)
    with beside:
        show(element("h2", say("map table")), _table(graph, values))
    if chosen:
        rans.append(card(chosen))
    behind(graph, "map", *rans)


View = tuple[dict[str, Value], list[Ran], Callable[[str], Ran]]


def _counts(graph: Graph, name: str) -> View:
    """How many events each state has by a measure, over the years of the address."""
    now = graph_day(graph).year
    years = list(facts_of(graph).years(Choice())) or [now]
    usual_years = (max(EARLIEST, min(years)), min(max(years), now + AHEAD))
    given = asked("first", "") or asked("last", "")
    first, last = years_input(say("map years"), (EARLIEST, now + AHEAD), usual_years)
    note = say("map in years") if given else say("map all years")
    show(
        element(
            "p",
            note,
            " ",
            onward(say("map every year"), "map", without=("first", "last")) if given else None,
            cls="kg-small",
        )
    )
    measure = Measure(name, first, last) if given else Measure(name)
    ran = graph.run(by_state(measure))
    numbers = {text_of(row["state"]): int(text_of(row["events"])) for row in ran.rows}
    groups = classes(list(numbers.values()))
    values = {}
    for iri, number in numbers.items():
        place = next(place for place, (start, end) in enumerate(groups) if start <= number <= end)
        start, end = (number_of(each) for each in groups[place])
        shade = place + len(SHADES) - len(groups) if len(groups) > 1 else FROM_DARK
        group, text = start if start == end else f"{start} – {end}", number_of(number)
        values[iri] = Value(text, text, group, SHADES[shade], place, ON_DARK if shade >= FROM_DARK else ON_LIGHT)
    return values, [ran], partial(_events_card, graph, measure)


def _standings(graph: Graph) -> View:
    """How each state stood towards a treaty on the day of the address."""
    known = all_of(graph, "Treaty")
    default = next(
        (iri for group in usual().groups.values() for iri in group if iri in known), known[0] if known else ""
    )
    left, right = st.columns([1.6, 1])
    with left:
        treaty = thing_input(graph, say("treaty"), "treaty", known, "", default)
    with right:
        day = day_input(say("treaties day"), "day", graph_day(graph)) or graph_day(graph)
    ran, found = standing_on(graph, day, [treaty])
    values = {}
    for (state, _), standing in sorted(found.items(), key=lambda each: fold(name_of(graph, each[0][0]))):
        statuses = [status for status in standing.statuses if status]
        words = f" {say('treaties or')} ".join(term_name(graph, status.value) for status in statuses)
        colour, _, _ = LOOKS[statuses[0]]
        sign = "".join(SIGNS[status] for status in statuses)
        values[state] = Value(words, sign, f"{sign} {words}", f"{colour}99", list(SIGNS).index(statuses[0]), INK)

    def card(iri: str) -> Ran:
        if (iri, treaty) in found:
            return standing_card(graph, found[iri, treaty], day)
        show(element("p", thing(graph, iri), say("colon"), say("treaties none"), cls="kg-event"))
        return graph.ask("legal-claims", treaty=treaty)

    return values, [ran], card


def _draw(graph: Graph, values: dict[str, Value], chosen: str) -> None:
    """The map, with its legend in words above it."""
    groups = {value.group: value for value in sorted(values.values(), key=lambda value: value.order)}
    swatches = [
        element("span", element("span", "", style=f"background:{value.colour}", cls="kg-swatch"), " ", group)
        for group, value in groups.items()
    ]
    none = element("span", element("span", "", style=f"background:{NONE}", cls="kg-swatch"), " ", say("map none"))
    show(element("p", swatches, none, cls="kg-legend"))
    key = fresh_key("map-chart", chosen)
    areas = tuple(_area(graph, iri, values.get(iri), iri == chosen) for iri in all_of(graph, "State"))
    show_chart(world, areas, key=key, alt_text=say("map alt"), on_pick=partial(_pick, key))


def _pick(key: str) -> None:
    """A state was clicked: it goes into the address."""
    picked = st.session_state[key]["selection"]["pick"]
    if picked and picked[0].get("iri"):
        change(state=picked[0]["iri"])


@dataclass(frozen=True, slots=True)
class Area:
    """What the chart is told of a state."""

    code: str
    iri: str
    about: str
    colour: str
    sign: str
    ink: str
    width: float
    longitude: float | None
    latitude: float | None


def world(areas: Sequence[Area]) -> Chart:
    """Every state in its outline, coloured where it has a value, which is written on it. A click gives its IRI as `pick`."""
    rows = [asdict(area) for area in areas]
    fields = ["iri", "about", "colour", "width"]
    shapes = alt.Chart(alt.UrlData(url=ADDRESS, format=alt.TopoDataFormat(feature="countries", type="topojson")))
    pick = alt.selection_point(name="pick", fields=["iri"], on="click", clear=False)
    land = (
        shapes.transform_lookup(
            lookup="properties.state", from_=alt.LookupData(alt.InlineData(values=rows), "code", fields)
        )
        .mark_geoshape(stroke="#8a8f98", cursor="pointer")
        .encode(
            fill=alt.Fill("colour:N", scale=None),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
            tooltip=alt.Tooltip("about:N", title=" "),
            description="about:N",
        )
        .add_params(pick)
    )
    placed = [row for row in rows if row["sign"] and row["longitude"] is not None]
    signs = (
        alt.Chart(alt.InlineData(values=placed))
        .mark_text(fontSize=8, fontWeight="bold", aria=False)
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="sign:N", color=alt.Color("ink:N", scale=None))
    )
    return alt.layer(land, signs).project("naturalEarth1").properties(height=350, width="container")


def _area(graph: Graph, iri: str, value: Value | None, chosen: bool) -> Area:
    code, name = iri.removeprefix(f"{ACR}state/"), name_of(graph, iri)
    longitude, latitude = label_points().get(code, (None, None))
    return Area(
        code=code,
        iri=iri,
        about=f"{name}{say('colon')}{value.text if value else say('map none')}",
        colour=value.colour if value else NONE,
        sign=value.sign if value else "",
        ink=value.ink if value else INK,
        width=2.5 if chosen else 0.5,
        longitude=longitude,
        latitude=latitude,
    )


def _table(graph: Graph, values: dict[str, Value]) -> Markup:
    """The states with their values, each a link to its card; then how many have no outline on the map."""
    if not values:
        return element("p", say("no rows"))
    heads = (say("treaties state"), say("map value"))
    rows = [
        [cell(thing(graph, iri), label=heads[0]), cell(onward(value.text, "map", state=iri), label=heads[1])]
        for iri, value in values.items()
    ]
    small = sum(1 for iri in values if iri.removeprefix(f"{ACR}state/") not in label_points())
    note: Child = element("p", say("map small", count=small), cls="kg-small") if small else None
    return element("div", element("div", table(heads, rows), cls="kg-map-table"), note)


def _events_card(graph: Graph, measure: Measure, iri: str) -> Ran:
    """The events that were counted for a state, with their sentences; gives their query."""
    ran = graph.run(of_state(measure, iri))
    told: dict[str, list[str]] = {}
    for row in sorted(ran.rows, key=lambda row: facts_of(graph).place(text_of(row["claim"]))):
        told.setdefault(text_of(row["event"]), []).append(text_of(row["claim"]))
    shown = list(told.values())[: ALL if asked("all", "") else EVENTS]
    cards = [event_card(graph, graph.claims(claims)) for claims in shown]
    more = (
        onward(say("map all events", count=min(ALL, len(told))), "map", all="yes")
        if len(shown) < min(ALL, len(told))
        else None
    )
    kinds = {"class": browse_class(measure.name)} if browse_class(measure.name) else {}
    everything = link(say("map browse"), "browse", **{"state": iri, **kinds})
    heading = element("h2", thing(graph, iri), " · ", say(f"map measure {measure.name}"), f" ({number_of(len(told))})")
    tail = element("p", [element("span", each) for each in (more, everything) if each], cls="kg-small kg-row")
    show(
        element("section", heading, cards or element("p", say("no rows")), tail, id="card", aria_label=say("map card"))
    )
    return ran
