"""The constraints of SHACL Core that shapes may use, each as a query for its violations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import XSD

if TYPE_CHECKING:
    from kg.validate.shacl import Shape

Value = ox.NamedNode | ox.Literal
Below = Callable[[str], set[str]]
"""The classes below a class, itself included."""

COMPONENTS = (
    *("minCount", "maxCount", "uniqueLang", "datatype", "or", "class", "nodeKind", "in"),
    *("pattern", "minInclusive", "maxInclusive", "lessThanOrEquals"),
)

LEXICAL = {
    "date": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "gYearMonth": r"^[0-9]{4}-(0[1-9]|1[0-2])$",
    "gYear": r"^[0-9]{4}$",
    "decimal": r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
    "integer": r"^[+-]?[0-9]+$",
    "nonNegativeInteger": r"^[+]?[0-9]+$",
    "boolean": "^(true|false|1|0)$",
}
"""How the values of a datatype are written: a store keeps any text, and its datatype says nothing of whether it is one."""


@dataclass(frozen=True, slots=True)
class Property:
    """What a shape says of one property."""

    path: str
    components: Mapping[str, tuple[Value, ...]]
    message: str
    """What is wrong with a violation."""
    remedy: str
    severity: str
    """error or warning."""


def compiled(shape: Shape, each: Property, focus: str, below: Below) -> Iterator[tuple[str, str]]:
    """Each component with the query whose rows violate it: ?focus, and ?value where a value is at fault."""
    for name, values in each.components.items():
        yield name, _query(shape, f"<{each.path}>", name, values, focus, below)


def _query(shape: Shape, path: str, name: str, values: tuple[Value, ...], focus: str, below: Below) -> str:
    held = f"{focus} ?focus {path} ?value ."
    if name == "minCount":
        if values[0].value != "1":
            raise OntologyError(f"{shape.path}: sh:minCount is not 1.", "Write a check for it.")
        return f"SELECT DISTINCT ?focus {{ {focus} MINUS {{ ?focus {path} ?any }} }}"
    if name == "maxCount":
        counted = f"GROUP BY ?focus HAVING (COUNT(DISTINCT ?value) > {values[0].value})"
        return f"SELECT ?focus {{ {held} }} {counted}"
    if name == "uniqueLang":
        counted = "GROUP BY ?focus ?language HAVING (COUNT(DISTINCT ?value) > 1)"
        inner = (
            f"SELECT ?focus ?language {{ {held} BIND(LANG(?value) AS ?language) FILTER(?language != '') }} {counted}"
        )
        return f"SELECT DISTINCT ?focus {{ {{ {inner} }} }}"
    if name == "class":
        kinds = " ".join(f"<{kind}>" for kind in sorted(set().union(*(below(value.value) for value in values))))
        return f"SELECT DISTINCT ?focus ?value {{ {held} MINUS {{ VALUES ?kind {{ {kinds} }} ?value a ?kind }} }}"
    if name == "lessThanOrEquals":
        return f"SELECT DISTINCT ?focus ?value {{ {held} ?focus {values[0]} ?other FILTER(!COALESCE(?value <= ?other, false)) }}"
    return f"SELECT DISTINCT ?focus ?value {{ {held} FILTER(!COALESCE({_condition(name, values)}, false)) }}"


def _condition(name: str, values: tuple[Value, ...]) -> str:
    """What must be true of ?value."""
    one = values[0]
    if name in ("datatype", "or"):
        return " || ".join(_has_datatype(value.value) for value in values)
    if name == "nodeKind":
        return {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)"}[one.value.rpartition("#")[2]]
    if name == "in":
        return f"?value IN ({', '.join(map(str, values))})"
    if name == "pattern":
        return f"REGEX(STR(?value), {one})"
    return f"?value {'>=' if name == 'minInclusive' else '<='} {one}"


KEPT_AS = {"nonNegativeInteger": "integer"}
"""The datatype that the store turns another into."""


def _has_datatype(datatype: str) -> str:
    """That ?value is of a datatype, and written as one: a cast to dateTime knows how many days the month has."""
    name = datatype.removeprefix(XSD)
    parts = [f"DATATYPE(?value) IN (<{datatype}>, <{XSD}{KEPT_AS.get(name, name)}>)"]
    if name in LEXICAL:
        parts.append(f"REGEX(STR(?value), '{LEXICAL[name]}')")
    if name == "date":
        parts.append("COALESCE(YEAR(xsd:dateTime(CONCAT(STR(?value), 'T00:00:00'))) > 0, false)")
    return f"({' && '.join(parts)})"
