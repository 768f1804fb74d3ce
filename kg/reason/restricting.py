"""A rule's text asked of some things alone, so that what it costs follows their number and not the size of the graph.

The text is asked once for each thing that the rule's head speaks of, with that thing being one of those given. Things that cannot be
meant, since the rule asks for a triple of theirs that no graph has, are left out before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import PREFIXES, RDF
from kg.reason.rules import DEFAULT, Rule, open_predicates

NESTED = re.compile(r"\b(?:OPTIONAL|MINUS|FILTER(?:\s+NOT\s+EXISTS)?)\s*(?=[{(])")
WHERE = re.compile(r"(?:\bSELECT\b([^{}]*?)|\bCONSTRUCT\s*\{[^{}]*\}\s*)\bWHERE\s*\{")
UNION = re.compile(r"\}\s*UNION\s*\{")
OPEN = re.compile(r"\?(\w+)\s+\?(\w+)\s+\?(\w+)\s*\.")
"""A triple of which the predicate is open: the engine would go through all triples of each predicate."""
NAME = re.compile(r"[A-Za-z]\w*:\w+")
LOOKED_UP = 8
"""Up to so many predicates are looked up one by one of a thing that is the object: a document is that of thousands of triples."""
TYPE = ox.NamedNode(RDF + "type")
Things = Collection[ox.NamedNode]
Test = Callable[[ox.Store, ox.NamedNode], bool]
"""Whether a thing has a triple."""


class Said:
    """With which predicates the default graph says anything of things: read once, and kept as conclusions come."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._of: dict[ox.NamedNode, set[str]] = {}

    def of(self, thing: ox.NamedNode) -> Set[str]:
        """The predicates of which a thing is the subject."""
        if thing not in self._of:
            self._of[thing] = {
                quad.predicate.value for quad in self._store.quads_for_pattern(thing, None, None, DEFAULT)
            }
        return self._of[thing]

    def learn(self, quads: Iterable[ox.Quad]) -> None:
        """These are said now as well."""
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and quad.subject in self._of:
                self._of[quad.subject].add(quad.predicate.value)


@dataclass(frozen=True, slots=True)
class Restricted:
    """A rule with one of its variables being one of some things."""

    variable: str
    text: str
    """Its text without comments."""
    tests: tuple[Test, ...]
    """What each thing must have for the rule to conclude anything of it."""
    open: frozenset[str]
    """Where it must stand in a triple of which the predicate is open: as "subject", as "object"."""

    def asked_of(self, things: Things, store: ox.Store, said: Said | None = None) -> str | None:
        """The query for these things; None where it cannot find anything in the store. `said` is what the store says of things."""
        meant = self._joined(things, store, said or Said(store))
        values = " ".join(sorted(str(each) for each in meant if all(test(store, each) for test in self.tests)))
        return _with(self.text, self.variable, values) if values else None

    def _joined(self, things: Things, store: ox.Store, said: Said) -> Things:
        """Those of the things that stand so in a triple with a predicate that the rule's axioms are about."""
        predicates = open_predicates(store, self.text) if self.open else frozenset[str]()
        if not predicates:
            return things
        if "subject" in self.open:
            things = [each for each in things if not predicates.isdisjoint(said.of(each))]
        if "object" in self.open and len(predicates) <= LOOKED_UP:
            tests = [_IsGiven(ox.NamedNode(name)) for name in predicates]
            things = [each for each in things if any(test(store, each) for test in tests)]
        return things


@cache
def restrictions(rule: Rule) -> tuple[Restricted, ...]:
    """The rule for each variable of its head that its body always binds. Raises OntologyError where it has no head."""
    text = rule.query
    head = re.search(r"\bCONSTRUCT\s*\{([^{}]*)\}", text)
    if head is None:
        raise OntologyError(f"{rule.path}: the rule is no CONSTRUCT query.", "Write CONSTRUCT … WHERE ….")
    body = text[head.end() :]
    names = (name for name in _variables(head[1]) if _binds(body, name))
    always = _always(body)
    return tuple(Restricted(name, text, tuple(_tests(always, name)), _open(always, name)) for name in names)


def restricted(rule: Rule, values: str) -> list[str]:
    """The rule's text, once for each thing that its head speaks of, with that thing being one of these."""
    return [_with(each.text, each.variable, values) for each in restrictions(rule)]


def _variables(head: str) -> list[str]:
    """The variables in the places of subjects and objects of the head."""
    triples = [part.split() for part in re.split(r"[.;,]", head)]
    return sorted(
        {word[1:] for words in triples for word in (words[:1] + words[-1:] if words else ()) if word[0] == "?"}
    )


def _binds(body: str, variable: str) -> bool:
    """Whether the body binds the variable in every row, by a pattern: not in an optional part only, nor by BIND."""
    return bool(re.search(rf"\?{variable}\b", _certain(body))) and not re.search(rf"\bAS\s+\?{variable}\b", body)


def _certain(body: str) -> str:
    """The body without the parts that bind nothing, or not always."""
    while match := NESTED.search(body):
        body = f"{body[: match.start()]} . {body[_end(body, match.end()) :]}"
    return body


def _always(body: str) -> str:
    """The body without these parts, and without those of which one or another must hold."""
    body = _certain(body)
    while match := UNION.search(body):
        body = f"{body[: _begin(body, match.start())]}{{ }}{body[_end(body, match.end() - 1) :]}"
    return body


def _end(text: str, begin: int) -> int:
    """Where the group that opens here ends."""
    depth = 0
    for place in range(begin, len(text)):
        depth += (text[place] in "{(") - (text[place] in "})")
        if depth == 0:
            return place + 1
    return len(text)


def _begin(text: str, end: int) -> int:
    """Where the group begins that closes here."""
    depth = 0
    for place in range(end, -1, -1):
        depth += (text[place] in "})") - (text[place] in "{(")
        if depth == 0:
            return place
    return 0


def _tests(body: str, variable: str) -> Iterator[Test]:
    """What a thing must have to stand for the variable, as far as plain triples of the body say it."""
    for match in re.finditer(rf"(?:^|[.{{}}])\s*\?{variable}\s+([^.{{}}()]*)", body):
        for words in map(str.split, match[1].split(";")):
            if len(words) == 2 and words[0] == "a" and NAME.fullmatch(words[1]):
                yield _Has(TYPE, _node(words[1]))
            elif len(words) == 2 and NAME.fullmatch(words[0]):
                yield _Has(_node(words[0]))
    for match in re.finditer(rf"(?:[;{{}}.]|\?\w+)\s+({NAME.pattern})\s+\?{variable}\b", body):
        yield _IsGiven(_node(match[1]))


def _open(body: str, variable: str) -> frozenset[str]:
    """Where a variable stands in triples of which the predicate is open."""
    found = {"subject" for match in OPEN.finditer(body) if match[1] == variable}
    return frozenset(found | {"object" for match in OPEN.finditer(body) if match[3] == variable})


@dataclass(frozen=True, slots=True)
class _Has:
    """That a thing has a property, with this value where one is named."""

    predicate: ox.NamedNode
    value: ox.NamedNode | None = None

    def __call__(self, store: ox.Store, thing: ox.NamedNode) -> bool:
        return next(store.quads_for_pattern(thing, self.predicate, self.value, DEFAULT), None) is not None


@dataclass(frozen=True, slots=True)
class _IsGiven:
    """That a thing is the value of a property."""

    predicate: ox.NamedNode

    def __call__(self, store: ox.Store, thing: ox.NamedNode) -> bool:
        return next(store.quads_for_pattern(None, self.predicate, thing, DEFAULT), None) is not None


def _node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def _with(text: str, variable: str, values: str) -> str:
    """The text with the variable bound to one of the values, also in each inner query that gives it."""
    given = f"VALUES ?{variable} {{ {values} }}"

    def bound(match: re.Match[str]) -> str:
        inner = match[1]
        if inner is not None and not re.search(rf"\?{variable}\b", inner):
            return match[0]
        return f"{match[0]} {given} "

    def alone(match: re.Match[str]) -> str:
        """The open triple found by itself, from the values on."""
        if variable not in (match[1], match[3]):
            return match[0]
        one, two, three = (f"?{match[number]}" for number in (1, 2, 3))
        return f"{{ SELECT {one} {two} {three} WHERE {{ {given} {one} {two} {three} }} }}"

    if not re.search(r"\bSELECT\b", text):  # in which the variable may be another of the same name
        text = OPEN.sub(alone, text)
        text = re.sub(rf"\bMINUS\s*\{{(?=\s*\?{variable}\b)", f"MINUS {{ {given} ", text)
        return WHERE.sub(lambda match: f"{match[0]} {given} ", text, count=1)
    return WHERE.sub(bound, text)
