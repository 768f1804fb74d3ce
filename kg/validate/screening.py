"""Which constraints a document can violate at all: its triples looked through once, before any query runs.

A query takes a tenth of a millisecond to be parsed, and a document has a hundred to answer. Looking through its triples
takes two milliseconds and mostly shows that none has a row. What is not plain here is suspected and asked, so that the
queries alone say what is wrong; tests compare the two on documents that were damaged in all ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from kg.namespaces import RDF, XSD
from kg.validate.components import KEPT_AS, LEXICAL, Below, Property, Value

TYPE = RDF + "type"
NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "nonNegativeInteger"))
Facts = Mapping[object, Mapping[str, Collection[object]]]
"""Objects by subject and the predicate's IRI, each once."""
Kinds = Callable[[object], Collection[str]]
"""The classes of a thing."""


def facts_of(triples: Iterable[ox.Triple]) -> dict[object, dict[str, dict[object, None]]]:
    """The triples by subject and predicate."""
    facts: dict[object, dict[str, dict[object, None]]] = {}
    for subject, predicate, value in triples:
        facts.setdefault(subject, {}).setdefault(predicate.value, {})[value] = None
    return facts


def suspected(
    each: Property, component: str, focuses: Iterable[object], facts: Facts, kinds: Kinds, below: Below
) -> bool:
    """Whether one of these things may violate one component of what a shape says of a property."""
    values = each.components[component]
    if component == "minCount":
        return any(not facts[focus].get(each.path) for focus in focuses)
    held = [(facts[focus], found) for focus in focuses if (found := facts[focus].get(each.path))]
    if component == "maxCount":
        return any(len(found) > int(values[0].value) for _, found in held)
    if component == "uniqueLang":
        return any(_has_language_twice(found) for _, found in held)
    if component == "class":
        allowed = _below(tuple(value.value for value in values), below)
        return not all(allowed.intersection(kinds(value)) for _, found in held for value in found)
    if component == "lessThanOrEquals":
        pairs = ((one, other) for facts_, found in held for one in found for other in facts_.get(values[0].value, ()))
        return not all(_is_at_most(one, other) for one, other in pairs)
    return not all(_is_plain(component, values, value) for _, found in held for value in found)


def _has_language_twice(values: Iterable[object]) -> bool:
    languages = [value.language for value in values if isinstance(value, ox.Literal) and value.language]
    return len(languages) > len(set(languages))


@lru_cache(maxsize=256)
def _below(names: tuple[str, ...], below: Below) -> frozenset[str]:
    return frozenset().union(*(below(name) for name in names))


def _is_plain(component: str, values: tuple[Value, ...], value: object) -> bool:
    """Whether a value plainly meets a condition on itself."""
    if component in ("datatype", "or"):
        return isinstance(value, ox.Literal) and any(
            _is_written_as(kind.value, value.datatype.value, value.value) for kind in values
        )
    if component == "nodeKind":
        wanted = ox.NamedNode if values[0].value.endswith("#IRI") else ox.Literal
        return isinstance(value, wanted)
    if component == "in":
        return value in values
    if not isinstance(value, ox.Literal | ox.NamedNode):
        return False
    if component == "pattern":
        return bool(_pattern(values[0].value).search(value.value))
    low, high = (values[0], value) if component == "minInclusive" else (value, values[0])
    return _is_at_most(low, high)


@lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    """The pattern as SPARQL means it: its end is the text's, also before a line break."""
    return re.compile(text.replace("$", r"\Z"), re.ASCII)


@lru_cache(maxsize=20_000)
def _is_written_as(wanted: str, datatype: str, text: str) -> bool:
    """Whether a literal is of the wanted datatype and written as one."""
    name = wanted.removeprefix(XSD)
    if datatype not in (wanted, XSD + KEPT_AS.get(name, name)):
        return False
    if name in LEXICAL and not _pattern(LEXICAL[name]).search(text):
        return False
    return name != "date" or _is_day(text)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_at_most(low: object, high: object) -> bool:
    """Whether one value is plainly no greater than the other: both numbers, or both days."""
    if not (isinstance(low, ox.Literal) and isinstance(high, ox.Literal)):
        return False
    if not all(_is_written_as(each.datatype.value, each.datatype.value, each.value) for each in (low, high)):
        return False
    kinds = {low.datatype.value, high.datatype.value}
    if kinds <= NUMBERS:
        return Decimal(low.value) <= Decimal(high.value)
    return kinds == {XSD + "date"} and low.value <= high.value
