"""Whether two results are the same: blank nodes by structure, numbers, truth values and times by value."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt"}
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
Row = dict[str, object]


def same_graphs(one: Iterable[ox.Quad], other: Iterable[ox.Quad]) -> bool:
    """Whether two sets of quads are isomorphic, literals taken by value."""
    return _canonical(one) == _canonical(other)


def same_rows(one: Iterable[Row], other: Iterable[Row]) -> bool:
    """Whether two tables have the same rows, in any order: each row as a blank node with its cells as properties."""
    return same_graphs(_as_quads(one), _as_quads(other))


def rows_of(solutions: ox.QuerySolutions) -> list[Row]:
    """The rows of a table, bound variables only."""
    names = [variable.value for variable in solutions.variables]
    return [{name: solution[name] for name in names if solution[name] is not None} for solution in solutions]


def rows_of_graph(quads: Iterable[ox.Quad]) -> list[Row] | None:
    """The rows of a table that is written as a graph (the suites' result-set vocabulary); None where it is none."""
    store = ox.Store()
    store.extend(quads)

    def values(subject: ox.NamedNode | ox.BlankNode, name: str) -> list[object]:
        return [quad.object for quad in store.quads_for_pattern(subject, ox.NamedNode(_RS + name), None)]

    heads = [quad.subject for quad in store.quads_for_pattern(None, None, ox.NamedNode(_RS + "ResultSet"))]
    if not heads:
        return None
    rows: list[Row] = []
    for solution in values(heads[0], "solution"):
        assert isinstance(solution, ox.NamedNode | ox.BlankNode)
        row: Row = {}
        for binding in values(solution, "binding"):
            assert isinstance(binding, ox.NamedNode | ox.BlankNode)
            (name,), (value,) = values(binding, "variable"), values(binding, "value")
            assert isinstance(name, ox.Literal)
            row[name.value] = value
        rows.append(row)
    return rows


def _as_quads(rows: Iterable[Row]) -> list[ox.Quad]:
    found = []
    for row in rows:
        node = ox.BlankNode()
        found.append(ox.Quad(node, ox.NamedNode("row:is"), ox.Literal("row")))
        for name, value in row.items():
            found.append(ox.Quad(node, ox.NamedNode(f"row:{name}"), value))  # type: ignore[arg-type]
    return found


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, _by_value(quad.object), quad.graph_name) for quad in quads
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _by_value(term: object) -> object:
    """A literal in one form for all that have its value."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(XSD):
        return term
    kind, text = term.datatype.value.removeprefix(XSD), term.value
    with suppress(ValueError, ArithmeticError):
        if kind in _WHOLE:
            text = str(int(text))
        elif kind == "decimal":
            text = f"{Decimal(text).normalize():f}"
        elif kind in ("double", "float"):
            text = repr(float(text))
        elif kind == "boolean":
            text = {"1": "true", "0": "false"}.get(text, text)
        elif kind == "dateTime":
            text = datetime.fromisoformat(text).isoformat()
        return ox.Literal(text, datatype=term.datatype)
    return term
