"""What a query has to join: how many triples fit each of its patterns, and how few of them it looks at.

The store tells no plan (pyoxigraph has no EXPLAIN). What decides how long a query takes is where it begins and how much is
left over after each pattern, so both are measured: the triples that fit a pattern alone, and the rows that are left when the
patterns of a group are joined one after the other, each time the one that leaves fewest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Variable
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.namespaces import PREFIXES, shorten

MOST_PATTERNS = 6
"""Of a group that has more, the first joins are measured: what follows is bound by then."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a query."""

    text: str
    triples: int
    """So many fit it alone."""
    rows: int
    """So many rows are left of its group when it is joined after those before it."""


def patterns(store: ox.Store, query: str) -> list[list[Pattern]]:
    """The patterns of each group of a query, in an order in which each leaves as few rows as it can."""
    parsed = prepareQuery(query, initNs=dict(PREFIXES))
    values = [each.res for each in _of_kind(parsed.algebra, "values")]
    known = [_values(each) for each in values]
    return [_ordered(store, [_written(triple) for triple in group.triples], known) for group in _groups(parsed.algebra)]


def _groups(algebra: object) -> list[CompValue]:
    return [each for each in _of_kind(algebra, "BGP") if each.triples]


def _of_kind(part: object, name: str) -> Iterator[CompValue]:
    """The parts of the algebra of this kind, outer before inner."""
    if isinstance(part, CompValue):
        if part.name == name:
            yield part
        for value in part.values():
            yield from _of_kind(value, name)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _of_kind(value, name)


def _written(triple: tuple[object, object, object]) -> tuple[str, frozenset[str]]:
    """A pattern as SPARQL writes it, with its variables."""
    text = " ".join(term.n3() if not isinstance(term, Path) else f"({term.n3()})" for term in triple)  # type: ignore[attr-defined]
    return text, frozenset(str(term) for term in triple if isinstance(term, Variable))


def _values(rows: Iterable[Mapping[object, object]]) -> tuple[str, frozenset[str]]:
    """What VALUES binds, as a pattern; empty where it leaves something unbound."""
    found = [{str(name): term for name, term in row.items()} for row in rows]
    names = sorted({name for row in found for name in row})
    if not names or any(not hasattr(row.get(name), "n3") for row in found for name in names):
        return "", frozenset()
    listed = " ".join("(" + " ".join(row[name].n3() for name in names) + ")" for row in found)  # type: ignore[attr-defined]
    return f"VALUES ({' '.join('?' + name for name in names)}) {{ {listed} }}", frozenset(names)


def _ordered(
    store: ox.Store, group: list[tuple[str, frozenset[str]]], known: list[tuple[str, frozenset[str]]]
) -> list[Pattern]:
    """The patterns of a group, each time the one that is joined to those before and leaves fewest rows."""
    bound = [text for text, names in known if text and any(names & each for _, each in group)]
    names = frozenset().union(*(each for text, each in known if text in bound)) if bound else frozenset()
    left, found = list(group), []
    while left and len(found) < MOST_PATTERNS:
        near = [each for each in left if each[1] & names] or left
        rows, best = min((_count(store, [*bound, each[0]]), each) for each in near)
        found.append(Pattern(_short(best[0]), _count(store, [best[0]]), rows))
        left.remove(best)
        bound.append(best[0])
        names |= best[1]
    return found


def _count(store: ox.Store, parts: list[str]) -> int:
    text = " . ".join(part for part in parts if not part.startswith("VALUES"))
    values = " ".join(part for part in parts if part.startswith("VALUES"))
    answer = store.query(f"SELECT (COUNT(*) AS ?n) {{ {values} {text} }}", prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    return int(next(iter(answer))[0].value)


def _short(text: str) -> str:
    """The pattern with prefixed names."""
    words = [part[1:-1] if part.startswith("<") and part.endswith(">") else part for part in text.split(" ")]
    return " ".join(shorten(word) if "://" in word else word for word in words)
