"""Inputs for the parameters of a saved question, each by its kind: a thing by its name, a class, a day, a number, a text.

The value of an input stands in the session under a key; `fill` puts there what the address holds, `given` says what the
address shall hold.
"""

from __future__ import annotations

import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TypedDict

import pyoxigraph as ox
import streamlit as st
import yaml
from streamlit.delta_generator import DeltaGenerator

from kg.errors import QueryError
from kg.explorer.facets import Choice
from kg.explorer.facts import facts_of
from kg.explorer.frame import language, say
from kg.explorer.graph import Graph
from kg.explorer.inputs import FIRST_DAY, LAST_DAY, all_of, day_of
from kg.explorer.parts import name_of
from kg.ids import fold
from kg.namespaces import AC, ONTOLOGY_GRAPH, RDFS
from kg.query import ANY, Parameter
from kg.query.names import compact, text_of

FILE = Path(__file__).with_name("questions.yaml")
OTHERS = ("State", "Person", "Organization", "Treaty", "WeaponSystem", "WeaponCategory")
OPTIONS = 3000
"""So many things can be chosen from, those with most claims first; where there are more, any other can be typed."""


class Offered(TypedDict):
    """The file questions.yaml; keys are English names of parameters, values local names of classes."""

    things: dict[str, list[str]]
    classes: dict[str, str | list[str]]


@cache
def offered() -> Offered:
    """What the parameters offer."""
    read: Offered = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def fill(graph: Graph, parameter: Parameter, key: str, value: str) -> None:
    """Set the input to a value as the address or the question's file writes it; what does not fit is left empty or as it is."""
    st.session_state[key] = _filled(graph, parameter, "" if value == ANY else value.strip())


def _filled(graph: Graph, parameter: Parameter, value: str) -> object:
    if parameter.kind in ("entity", "class"):
        try:
            return graph.names.resolve(value, parameter.kind) if value else ""
        except (QueryError, ValueError):
            return value
    if parameter.kind == "date":
        return day_of(value)
    if parameter.kind == "number":
        return _number(value)
    return value


def _number(text: str) -> float | int | None:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return None


def given(parameter: Parameter, key: str) -> str:
    """What the input holds, as the address writes it; "-" for any."""
    value = st.session_state[key]
    if value is None or value == "":
        return ANY
    if isinstance(value, datetime.date):
        return value.isoformat()
    return compact(value.strip()) if isinstance(value, str) else str(value)


def draw(graph: Graph, place: DeltaGenerator, parameter: Parameter, key: str) -> None:
    """The input itself, filled before."""
    label = parameter.label[language()]
    if parameter.kind in ("entity", "class"):
        _choice(graph, place, parameter, label, key)
    elif parameter.kind == "date":
        place.date_input(label, value=None, min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", key=key)
    elif parameter.kind == "number":
        step = 0.05 if isinstance(_number(parameter.default), float) else 1
        place.number_input(label, value=None, step=step, key=key, placeholder=say("any"))
    else:
        place.text_input(label, key=key, placeholder=say("any"))


def _choice(graph: Graph, place: DeltaGenerator, parameter: Parameter, label: str, key: str) -> None:
    """Things to choose from by name, or to type where they are too many; what the address names stands there in any case."""
    chosen = st.session_state[key]
    names = _options(graph, parameter.kind, parameter.label["en"], language())
    options = ["", *names] if chosen in ("", *names) else ["", chosen, *names]
    place.selectbox(
        label,
        options,
        format_func=lambda iri: (names.get(iri) or _name(graph, iri)) if iri else say("any"),
        key=key,
        accept_new_options=len(names) >= OPTIONS,  # where all can be chosen, Enter takes the one that comes nearest
        help=say("entity help") if len(names) >= OPTIONS else None,
    )


def _name(graph: Graph, text: str) -> str:
    return graph.names.label(text, language()) or text


@lru_cache(maxsize=2)
def _kept(graph: Graph) -> dict[tuple[str, str, str], dict[str, str]]:
    """What was offered of this graph; graphs of before are let go."""
    return {}


def _options(graph: Graph, kind: str, parameter: str, tongue: str) -> dict[str, str]:
    """The names of what can be chosen, by IRI, in the order of the alphabet."""
    kept, key = _kept(graph), (kind, parameter, tongue)
    if key not in kept:
        found = _found(graph, kind, parameter)
        names = {iri: graph.names.label(iri, tongue) or name_of(graph, iri) for iri in dict.fromkeys(found)}
        kept[key] = dict(sorted(names.items(), key=lambda each: (fold(each[1]), each[0])))
    return kept[key]


def _found(graph: Graph, kind: str, parameter: str) -> list[str]:
    """The IRIs of what can be chosen."""
    things = offered()["things"].get(parameter)
    if kind == "class" and things is None:
        return [AC + name for name in _classes(graph, offered()["classes"].get(parameter, "Event"))]
    found = [iri for name in things or OTHERS for iri in all_of(graph, name)]
    if len(found) > OPTIONS:
        counts = facts_of(graph).counts("who", Choice())
        found = sorted(found, key=lambda iri: -counts.get(iri, 0))[:OPTIONS]
    return found


def _classes(graph: Graph, wanted: str | list[str]) -> list[str]:
    """The classes that are listed, or the subclasses of the one that is named."""
    if isinstance(wanted, list):
        return wanted
    below = graph.store.quads_for_pattern(
        None, ox.NamedNode(RDFS + "subClassOf"), ox.NamedNode(AC + wanted), ox.NamedNode(ONTOLOGY_GRAPH)
    )
    return [text_of(quad.subject).removeprefix(AC) for quad in below]
