"""The page Browse: what documents say, narrowed by facets with counts, as claims or as what the claims are about."""

from __future__ import annotations

import streamlit as st

from kg.explorer.addressing import asked, bound
from kg.explorer.behind import Due, behind
from kg.explorer.facets import Choice, facets, query, things
from kg.explorer.facts import NEWEST, Facts, facts_of
from kg.explorer.frame import decimal, number_of, page, say
from kg.explorer.graph import Graph
from kg.explorer.inputs import capital, onward
from kg.explorer.markup import Child, Markup, element, join, show
from kg.explorer.parts import attribution, cell, event_line, name_of, origin, polarity_chips, table, term_name, thing
from kg.explorer.records import Claim
from kg.ids import fold

PART = ("part",)
"""What another choice takes out of the address."""
ROWS = 25
"""On one page."""
OPTIONS = 500
"""So many values of a facet can be chosen from, those with most claims."""
BANDS = {"0.9-1": "0.9 – 1", "0.8-0.9": "0.8 – 0.9", "0.6-0.8": "0.6 – 0.8", "0-0.6": "0 – 0.6"}
"""How the bands of confidence are written."""


@page
def show_browse(graph: Graph) -> None:
    """Draws the page; `kind`, the names of the facets, `first`, `last` and `part` of the address say what it lists."""
    show(element("h1", say("browse")), element("p", say("browse lead"), cls="kg-lead"))
    facts, choice = facts_of(graph), choice_of_address()
    _kinds(graph, facts, choice)
    left, right = st.columns([1, 2.6], gap="large")
    with left, st.container(gap="xsmall"):
        to_rows = element("a", say("browse to rows"), href="#rows", cls="kg-narrow-only")
        show(element("h2", say("browse narrow"), " ", to_rows))
        for name in facets():
            _facet(graph, facts, choice, name)
        _years(facts, choice)
    with right:
        _listed(graph, facts, choice)
        behind(graph, "browse", Due(graph, query(choice)))


def choice_of_address() -> Choice:
    """What the address chooses; what it cannot mean is left out."""
    kind = asked("kind", "Claim")
    values = {name: tuple(asked(name, [])) for name in facets()}
    return Choice(kind if kind in things() else "Claim", values, _number("first"), _number("last"))


def _number(name: str) -> int | None:
    text = asked(name, "")
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _kinds(graph: Graph, facts: Facts, choice: Choice) -> None:
    counts = facts.kinds(choice)
    st.pills(
        say("browse kind"),
        list(things()),
        format_func=lambda kind: f"{term_name(graph, kind)} · {number_of(counts[kind])}",
        required=True,
        **bound("kind", choice.kind, PART),
    )


def _facet(graph: Graph, facts: Facts, choice: Choice, name: str) -> None:
    """One facet: its values with the number of claims that fit, most first; those that are chosen stay."""
    counts = facts.counts(name, choice)
    chosen = list(choice.values[name])
    names = {value: value_name(graph, value) for value in (*counts, *chosen)}
    numbered = {value: f"{names[value]} ({number_of(counts.get(value, 0))})" for value in names}
    options = sorted(names, key=lambda value: (value not in chosen, -counts.get(value, 0), fold(names[value])))
    st.multiselect(
        say(f"browse {name}"),
        options[:OPTIONS],
        format_func=lambda value: numbered[value],
        placeholder=say("browse values", count=number_of(len(counts))),
        **bound(name, chosen, PART, {value: numbered[value] for value in chosen}),
    )


def value_name(graph: Graph, value: str) -> str:
    """What a value of a facet is called."""
    return decimal(BANDS.get(value, "")) or name_of(graph, value)


def _years(facts: Facts, choice: Choice) -> None:
    """From which year until which, each with the number of claims on events that begin in it."""
    counts = facts.years(choice)
    years = sorted({*counts, *(year for year in (choice.first, choice.last) if year is not None)})
    options = ["", *map(str, years)]
    numbered = {"": say("browse any year")} | {
        str(year): f"{year} ({number_of(counts.get(year, 0))})" for year in years
    }
    for column, name in zip(st.columns(2), ("first", "last"), strict=True):
        year = choice.first if name == "first" else choice.last
        chosen = "" if year is None else str(year)
        column.selectbox(
            say(f"browse {name}"),
            options,
            format_func=lambda each: numbered[each],
            **bound(name, chosen, PART, {chosen: numbered[chosen]}),
        )
    show(element("p", say("browse years help"), cls="kg-small"))


def _listed(graph: Graph, facts: Facts, choice: Choice) -> None:
    """The rows of one page, and the way to the others."""
    found = facts.listed(choice)
    pages = max(1, -(-len(found) // ROWS))
    number = min(max(1, _number("part") or 1), pages)
    rows = found[(number - 1) * ROWS : number * ROWS]
    kind = term_name(graph, choice.kind)
    show(element("h2", capital(kind), " ", element("span", f"({number_of(len(found))})", role="status"), id="rows"))
    if not rows:
        show(element("p", say("no rows")))
        return
    turning = _turning(number, pages)
    show(turning, _table(graph, choice, rows), turning)


def _turning(number: int, pages: int) -> Markup | None:
    """Links to the pages before and after; nothing where all stands on one."""
    if pages == 1:
        return None

    def to(other: int, key: str) -> Child:
        return onward(say(key), "browse", part=str(other)) if 1 <= other <= pages else None

    parts = [
        to(number - 1, "browse before"),
        say("browse page", page=number, pages=pages),
        to(number + 1, "browse after"),
    ]
    return element(
        "nav", join([element("span", part) for part in parts if part]), cls="kg-turn", aria_label=say("browse pages")
    )


def _table(graph: Graph, choice: Choice, rows: list[tuple[str, int]]) -> Markup:
    if choice.kind == "Claim":
        return _claims(graph, graph.claims(iri for iri, _ in rows))
    heads = [capital(term_name(graph, choice.kind)), say("claims")]
    if choice.kind == "Event":
        heads.insert(0, say("date"))
    return table(heads, [_row(graph, choice, iri, count) for iri, count in rows], "kg-cards")


def _row(graph: Graph, choice: Choice, iri: str, count: int) -> list[Markup]:
    """A thing, and its number of claims as a link to them."""
    number = _to_claims(graph, choice, iri, number_of(count)) if count else element("span", "0")
    name = event_line(graph, graph.event(iri), "span") if choice.kind == "Event" else thing(graph, iri)
    cells = [cell(name, label=term_name(graph, choice.kind)), cell(number, "n", say("claims"))]
    if choice.kind == "Event":
        cells.insert(0, cell(graph.event(iri).date or say("undated"), "d", say("date")))
    return cells


def _to_claims(graph: Graph, choice: Choice, iri: str, number: str) -> Markup:
    """The claims that were counted; a thing of its own page shows all of them."""
    if choice.kind in NEWEST or choice.values["who"]:
        return thing(graph, iri, number)
    return onward(number, "browse", without=("kind", "part"), who=iri)


def _claims(graph: Graph, claims: list[Claim]) -> Markup:
    """Claims as rows, the sentence below each."""
    heads = [say("date"), say("what"), say("browse told"), say("source")]
    rows: list[list[Markup]] = []
    for claim in claims:
        sure = element("span", say("confidence"), " ", decimal(claim.confidence))
        told = element("div", polarity_chips(graph, claim), attribution(graph, claim), sure, cls="kg-row")
        rows.append(
            [
                cell(claim.event.date or say("undated"), "d", heads[0]),
                cell(event_line(graph, claim.event, "span"), label=heads[1]),
                cell(told, label=heads[2]),
                cell(origin(graph, claim), label=heads[3]),
            ]
        )
        rows.append([element("td", element("div", claim.sentence, cls="kg-quote", lang="fr"), colspan="4", cls="q")])
    return table(heads, rows, "kg-cards")
