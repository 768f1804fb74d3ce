"""Inputs and links that several pages share: a day, things by their names, and the same view with something changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import streamlit as st

from kg.explorer.addressing import asked, asked_for, bound, change
from kg.explorer.frame import address
from kg.explorer.graph import Graph
from kg.explorer.markup import Child, Markup, element
from kg.explorer.parts import name_of
from kg.ids import fold
from kg.namespaces import AC
from kg.query.names import text_of

FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)
"""Between them days can be chosen."""


def onward(label: Child, page: str, *, without: Iterable[str] = (), **values: str | list[str]) -> Markup:
    """A link to a page with what the address holds now, `without` some of it, and with these values."""
    gone = set(without)
    kept: dict[str, str | list[str]] = {name: value for name, value in asked_for().items() if name not in gone}
    return element("a", label, href=address(page, **{**kept, **values}), target="_self")


def day_of(text: str) -> datetime.date | None:
    """The day that a text of the address means; None where it means none that can be chosen."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def graph_day(graph: Graph) -> datetime.date:
    """The day on which the graph was made: what a page shows whose address names no day."""
    return day_of(str(graph.view.manifest.get("created", ""))[:10]) or datetime.date(2026, 1, 1)


def day_input(label: str, name: str, default: datetime.date | None, *, required: bool = False) -> datetime.date | None:
    """An input for a day that follows the address; gives the day of the address, else the default."""
    text = asked(name, "")
    day = day_of(text) if text else default
    key = f"day-{name}"
    _hold(key, day)
    st.date_input(
        label,
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        key=key,
        on_change=_follow_day,
        args=(key, name),
        required=required,
    )
    return day


def day_slider(label: str, name: str, day: datetime.date, first: datetime.date, last: datetime.date) -> None:
    """A slider for the day that `day_input` gave, from `first` to `last`, or as far as that day is; the address follows it."""
    key = f"slide-{name}"
    _hold(key, day)
    low, high = min(first, day), max(last, day)
    st.slider(label, low, high, format="YYYY-MM-DD", key=key, on_change=_follow_day, args=(key, name))


def _hold(key: str, day: datetime.date | None) -> None:
    """Let an input show this day, which the address may have from elsewhere: a link, Back, another input."""
    if key not in st.session_state or st.session_state.get(f"{key}-was") != day:
        st.session_state[key] = day
    st.session_state[f"{key}-was"] = day


def _follow_day(key: str, name: str) -> None:
    day = st.session_state[key]
    change(**{name: day.isoformat() if day else ""})
    st.session_state[f"{key}-was"] = day


def years_input(label: str, bounds: tuple[int, int], default: tuple[int, int]) -> tuple[int, int]:
    """A slider for a span of years, `first` and `last` of the address; gives that of the address, else the default."""
    low, high = bounds
    years = [_year(asked(name, ""), year) for name, year in zip(("first", "last"), default, strict=True)]
    first, last = (min(max(year, low), high) for year in sorted(years))
    if st.session_state.get("years-was") != (first, last) or "years" not in st.session_state:
        st.session_state["years"] = (first, last)
    st.session_state["years-was"] = (first, last)
    st.slider(label, low, high, key="years", on_change=_follow_years)
    return first, last


def _year(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) == 4 else default


def _follow_years() -> None:
    first, last = st.session_state["years"]
    change(first=str(first), last=str(last))
    st.session_state["years-was"] = (first, last)


def things_input(graph: Graph, label: str, name: str, options: Iterable[str], chosen: list[str], hint: str) -> None:
    """An input for several things, by their names; what the address names stands there though it be no option."""
    names = {iri: name_of(graph, iri) for iri in (*options, *chosen)}
    st.multiselect(
        label,
        sorted(names, key=lambda iri: fold(names[iri])),
        format_func=lambda iri: names[iri],
        placeholder=hint,
        **bound(name, chosen),
    )


def all_of(graph: Graph, kind: str) -> list[str]:
    """All entities of a class of the ontology, by its local name."""
    ran = graph.ask("things-of-kind", kind=AC + kind)
    return [text_of(row["thing"]) for row in ran.rows]


def capital(text: str) -> str:
    """The text with a capital first letter, as headings have it."""
    return text[:1].upper() + text[1:]


def thing_input(graph: Graph, label: str, name: str, options: Iterable[str], hint: str, default: str = "") -> str:
    """An input for one thing, by its name; gives the IRI of the address, else the default. Without a default, none may be chosen."""
    chosen = asked(name, default)
    names = {iri: name_of(graph, iri) for iri in (*options, *([chosen] if chosen else []))}
    st.selectbox(
        label,
        [*([] if default else [""]), *sorted(names, key=lambda iri: fold(names[iri]))],
        format_func=lambda iri: names[iri] if iri else hint,
        **bound(name, chosen),
    )
    return chosen
