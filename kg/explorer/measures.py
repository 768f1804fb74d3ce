"""The measures of the page Map: for each state, in how many events that documents affirm it has a role, over given years.

    measure = Measure("supplied", first=2018, last=2020)
    graph.run(by_state(measure))            # ?state ?events ?claims
    graph.run(of_state(measure, iri))       # ?event ?claim

Which roles and classes a measure counts is data: measures.yaml. Without years, undated events count as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

import pyoxigraph as ox
import yaml

from kg.errors import QueryError
from kg.namespaces import AC

FILE = Path(__file__).with_name("measures.yaml")
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
CLASSES = 5


class Counted(TypedDict, total=False):
    """What a measure counts; local names of the ontology."""

    roles: list[str]
    klass: str


@cache
def measures() -> dict[str, Counted]:
    """The measures by name, in the order of the page."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: Counted(roles=each["roles"], klass=each.get("class", "")) for name, each in read.items()}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure over some years."""

    name: str
    first: int | None = None
    last: int | None = None


def by_state(measure: Measure) -> str:
    """The query for all states."""
    lines = "".join(f"  {line}\n" for line in _lines(measure))
    return (
        f"SELECT ?state (COUNT(DISTINCT ?event) AS ?events) (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{\n{lines}}}\n"
        "GROUP BY ?state\nORDER BY DESC(?events) ?state\n"
    )


def of_state(measure: Measure, iri: str) -> str:
    """The query for the events and claims of one state; raises QueryError where this is no IRI."""
    try:
        state = ox.NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is no IRI.", "Choose a state from the table.") from error
    lines = "".join(f"  {line}\n" for line in (f"VALUES ?state {{ {state} }}", *_lines(measure)))
    return f"SELECT DISTINCT ?event ?claim WHERE {{\n{lines}}}\n"


def _lines(measure: Measure) -> Iterator[str]:
    counted = measures()[measure.name]
    yield f"VALUES ?role {{ {' '.join(f'ac:{role}' for role in counted['roles'])} }}"
    yield "{ ?event ?role ?state . ?state a ac:State }"
    yield "UNION { ?event ?role ?person ; ac:onBehalfOf ?state . ?person ac:holdsOffice/ac:officeOf ?state }"
    if counted["klass"]:
        yield f"?event a ac:{counted['klass']} ."
    yield "?claim ac:about ?event ; ac:polarity ac:Affirmed ."
    if measure.first is not None or measure.last is not None:
        yield "?event ac:earliest ?earliest ; ac:latest ?latest ."
    if measure.first is not None:
        yield f"FILTER(YEAR(?latest) >= {measure.first})"
    if measure.last is not None:
        yield f"FILTER(YEAR(?earliest) <= {measure.last})"


def classes(numbers: list[int]) -> list[tuple[int, int]]:
    """At most `CLASSES` classes for these numbers, each from its first to its last number: (1, 1), (2, 4), (5, 9) …"""
    most = max(numbers, default=0)
    if most < 1:
        return []
    starts = [step for step in STEPS if step <= most]
    while len(starts) > CLASSES:
        starts = [starts[0], *starts[2::2]]
    ends = [start - 1 for start in starts[1:]] + [most]
    return list(zip(starts, ends, strict=True))


def browse_class(name: str) -> str:
    """The class whose events a measure counts, as an IRI; empty for all."""
    klass = measures()[name]["klass"]
    return AC + klass if klass else ""
