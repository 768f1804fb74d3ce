"""What can be chosen on the page Browse, and the SPARQL that says a choice.

    choice = Choice("Claim", {"state": ("https://w3id.org/arms-control/id/state/RUS",)}, first=2018)
    query(choice)                       # its rows are what `kg.explorer.facts` lists for this choice

Values of one facet are alternatives; facets narrow one another. What joins claims and values is data: facets.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import yaml

FILE = Path(__file__).with_name("facets.yaml")


@cache
def facets() -> dict[str, str]:
    """The pattern of each facet, by its name, in the order of the page."""
    return _data()["facets"]


@cache
def things() -> dict[str, str]:
    """The pattern of each kind of thing that can be listed, by the local name of its class."""
    return _data()["things"]


@cache
def _data() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen on the page."""

    kind: str = "Claim"
    """What is listed: a key of `things`."""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The chosen values of each facet; IRIs, or the bands of confidence."""
    first: int | None = None
    last: int | None = None
    """The years that an event's dates must reach into; with either, events without a date are left out."""

    @property
    def narrow(self) -> bool:
        """Whether anything is chosen besides the kind."""
        return any(self.values.values()) or self.first is not None or self.last is not None


_CLAIM = """SELECT DISTINCT ?claim ?event ?class ?date ?modality ?polarity ?claimant ?confidence ?issued ?document ?sentence WHERE {{
{narrowed}  ?claim ac:about ?event ; ac:inDocument ?document ; ac:modality ?modality ; ac:polarity ?polarity ;
    ac:confidence ?confidence ; prov:wasQuotedFrom ?quoted .
  ?quoted nif:anchorOf ?sentence ; nif:beginIndex ?begin .
  ?event a ?class . ?class rdfs:subClassOf ac:Event .
  OPTIONAL {{ ?event ac:edtf ?date }}
  OPTIONAL {{ ?claim ac:claimant ?claimant }}
  OPTIONAL {{ ?document dcterms:issued ?issued }}
}}
ORDER BY DESC(STR(?issued)) ?document ?begin ?claim
"""
_EVENT = """SELECT ?event ?class ?date (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{
{narrowed}  ?claim ac:about ?event .
  ?event a ?class . ?class rdfs:subClassOf ac:Event .
  OPTIONAL {{ ?event ac:edtf ?date }}
}}
GROUP BY ?event ?class ?date
ORDER BY DESC(?claims) ?event ?class
"""
_THING = """SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{
{narrowed}  ?claim ac:about ?event .
  {pattern}
}}
GROUP BY ?thing
ORDER BY DESC(?claims) ?thing
"""
_ALL = """SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{
  ?thing a ac:{kind} .
  OPTIONAL {{ ?claim ac:about ?event . {pattern} }}
}}
GROUP BY ?thing
ORDER BY DESC(?claims) ?thing
"""


def query(choice: Choice) -> str:
    """The query whose rows are what `Facts.listed` gives for this choice, claims with their sentences."""
    narrowed = "".join(f"  {line}\n" for line in _conditions(choice))
    if choice.kind == "Claim":
        return _CLAIM.format(narrowed=narrowed)
    if choice.kind == "Event":
        return _EVENT.format(narrowed=narrowed)
    form = _THING if choice.narrow or choice.kind == "Document" else _ALL
    return form.format(narrowed=narrowed, pattern=things()[choice.kind], kind=choice.kind)


def _conditions(choice: Choice) -> Iterable[str]:
    """What narrows, line by line; values are written by the RDF library and never pasted."""
    for name, wanted in choice.values.items():
        if wanted:
            terms = " ".join(sorted(_term(value) for value in wanted))
            yield f"VALUES ?{name} {{ {terms} }}"
            yield from facets()[name].splitlines()
    if choice.first is not None or choice.last is not None:
        yield "?event ac:earliest ?earliest ; ac:latest ?latest ."
    if choice.first is not None:
        yield f"FILTER(YEAR(?latest) >= {choice.first})"
    if choice.last is not None:
        yield f"FILTER(YEAR(?earliest) <= {choice.last})"


def _term(value: str) -> str:
    """An IRI or a text as SPARQL writes it."""
    try:
        return str(ox.NamedNode(value))
    except ValueError:
        return str(ox.Literal(value))
