"""What a rule reads and gives, as patterns, so that it can be run backwards.

rdflib parses the rule; its terms go no further than this module. Patterns inside MINUS and FILTER NOT EXISTS are what
must be absent, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import PREFIXES, RDF, shorten
from kg.reason.rules import Rule

_PROJECTION = re.compile(r"\bSELECT\s+(?:DISTINCT\s+)?((?:\?\w+\s+)+)WHERE\s*\{")
Node = ox.NamedNode | ox.Literal
Values = dict[str, Node]
"""What stands for each variable."""


@dataclass(frozen=True, slots=True)
class Path:
    """A property path: an operator (/ | ^ * + ?) over its parts, each a path or a property."""

    operator: str
    parts: tuple[Path | ox.NamedNode, ...]

    def __str__(self) -> str:
        shown = [f"({part})" if isinstance(part, Path) else str(part) for part in self.parts]
        if self.operator in "/|":
            return self.operator.join(shown)
        return f"^{shown[0]}" if self.operator == "^" else shown[0] + self.operator


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple with variables, which are their names."""

    subject: Node | str
    predicate: ox.NamedNode | Path | str
    object: Node | str

    def match(self, triple: ox.Triple) -> Values | None:
        """What the variables are where the pattern is this triple; None where it cannot be."""
        values: Values = {}
        for mine, given in zip(
            (self.subject, self.predicate, self.object), (triple.subject, triple.predicate, triple.object), strict=True
        ):
            assert isinstance(given, ox.NamedNode | ox.Literal)
            wanted = values.setdefault(mine, given) if isinstance(mine, str) else mine
            if wanted != given:
                return None
        return values


@dataclass(frozen=True, slots=True)
class Backwards:
    """A rule taken apart."""

    rule: Rule
    head: tuple[Pattern, ...]
    body: tuple[Pattern, ...]
    where: str
    """The text between the outermost braces of WHERE."""

    def query(self, values: Values) -> str:
        """The query whose rows are the ways in which the rule gives its head with these values."""
        given = {name: value for name, value in values.items() if re.search(rf"[?$]{name}\b", self.where)}
        made = {name for name in given if re.search(rf"\bAS\s+[?$]{name}\b", self.where)}
        before = {name: value for name, value in given.items() if name not in made}
        after = _rows({name: given[name] for name in sorted(made)})
        return f"SELECT DISTINCT * WHERE {{ {_rows(before)} {_opened(self.where, before)} }} {after}"


def _opened(where: str, values: Values) -> str:
    """The text with inner queries that give all that they find, as it is premises too, and begin at the values."""

    def opened(inner: re.Match[str]) -> str:
        shown = {name.strip("?") for name in inner[1].split()}
        return f"SELECT DISTINCT * WHERE {{ {_rows({name: values[name] for name in values if name in shown})} "

    return _PROJECTION.sub(opened, where)


def _rows(values: Values) -> str:
    """What variables are to be, as SPARQL says it; one that the query itself makes may only be compared at its end."""
    if not values:
        return ""
    return f"VALUES ({' '.join('?' + name for name in values)}) {{ ({' '.join(map(str, values.values()))}) }}"


def may_give(rule: Rule, predicate: ox.NamedNode) -> bool:
    """Whether the head of the rule has the predicate, or a variable in its place; a glance, without parsing."""
    head = re.search(r"CONSTRUCT\s*\{([^{}]*)\}", rule.text)
    words = {"a"} if predicate.value == RDF + "type" else {shorten(predicate.value), str(predicate)}
    said = head[1].split() if head else []
    return bool(words & set(said)) or any(word.startswith(("?", "$")) for word in said[1::3])


@lru_cache(maxsize=256)
def backwards(rule: Rule) -> Backwards:
    """The rule taken apart; raises OntologyError where it is no CONSTRUCT query of the form that rules have."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    plain = re.sub(r"(?m)(?:^|\s)#.*$", " ", rule.text)
    shape = re.fullmatch(r"\s*CONSTRUCT\s*\{[^{}]*\}\s*WHERE\s*\{(.*)\}\s*", plain, re.DOTALL | re.IGNORECASE)
    if not shape:
        raise OntologyError(f"{rule.path}: the rule is no plain CONSTRUCT query.", "Write CONSTRUCT { … } WHERE { … }.")
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    parsed = translateQuery(parseQuery(prefixes + plain)).algebra
    head = tuple(_pattern(triple) for triple in parsed.template)
    return Backwards(rule, head, tuple(_patterns(parsed.p)), shape[1])


def _patterns(part: Any) -> Iterator[Pattern]:
    """The patterns of a part of the algebra, in its order, without those that must be absent."""
    if not hasattr(part, "name"):
        return
    if part.name == "BGP":
        yield from (_pattern(triple) for triple in part.triples)
    for key in ("p", "p1") if part.name == "Minus" else ("p", "p1", "p2"):
        if key in part:
            yield from _patterns(part[key])


def _pattern(triple: Any) -> Pattern:
    subject, predicate, value = (_term(each) for each in triple)
    assert not isinstance(subject, Path)
    assert not isinstance(value, Path)
    assert not isinstance(predicate, ox.Literal)
    return Pattern(subject, predicate, value)


def _term(term: Any) -> Node | Path | str:
    """A term of rdflib: variables become their names, and so do blank nodes, which are variables without one."""
    from rdflib import Literal, URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return (
            ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
        )
    if isinstance(term, SequencePath | AlternativePath):
        operator = "/" if isinstance(term, SequencePath) else "|"
        return Path(operator, tuple(_step(each) for each in term.args))
    if isinstance(term, InvPath):
        return Path("^", (_step(term.arg),))
    if isinstance(term, MulPath):
        return Path(term.mod, (_step(term.path),))
    return str(term)


def _step(term: Any) -> Path | ox.NamedNode:
    found = _term(term)
    assert isinstance(found, Path | ox.NamedNode)
    return found
