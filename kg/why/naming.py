"""What a person types to triples of the graph, and back to words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import pyoxigraph as ox

from kg import query
from kg.errors import CallError
from kg.ids import fold
from kg.namespaces import AC, RDF, RDFS
from kg.query.names import Hit, compact, spelt_out
from kg.store.quads import Quads

DEFAULT = ox.DefaultGraph()
TYPE, INVOLVES = ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "involves")
NEAR = 6
Term = ox.NamedNode | ox.Literal


class Names:
    """The names of a store in one language."""

    def __init__(self, store: Quads, language: str) -> None:
        self._store = store
        self._language = language
        self._names = query.Names(store)

    def of(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        """A name for a reader: a label; of an event its class with who, what and when; else the IRI shortened."""
        if isinstance(term, ox.Literal):
            return f"“{term.value}”"
        if not isinstance(term, ox.NamedNode):
            return str(term)
        label = self._names.label(term.value, self._language)
        return label or self._described(term) or compact(term.value)

    def triple(self, subject: str, predicate: str, value: str) -> ox.Triple:
        """The triple of the graph that three texts mean: IRIs, prefixed names, names, and for the object also a literal.

        Raises CallError, with near ones, where a text means nothing or the graph holds no such triple.
        """
        about = ox.NamedNode(self._names.resolve(subject))
        properties = list(dict.fromkeys(quad.predicate for quad in self._facts(about)))
        chosen = self._property(about, predicate, properties)
        objects = [quad.object for quad in self._facts(about, chosen)]
        for each in objects:
            if isinstance(each, Term) and self._means(value, each):
                return ox.Triple(about, chosen, each)
        known = {self.of(each).strip("“”"): each for each in objects}
        near = difflib.get_close_matches(value, known, n=3, cutoff=0.3) or list(known)[:NEAR]
        problem = f"The graph does not hold {self.of(about)} {self._called(chosen)} {value!r}."
        raise CallError(problem, f"It holds for the two: {', '.join(near)}.")

    def _property(self, about: ox.NamedNode, text: str, properties: list[ox.NamedNode]) -> ox.NamedNode:
        called = {name: each for each in properties for name in self._all_names(each)}
        iri = spelt_out(text)
        found = called.get(fold(compact(iri))) if iri else called.get(fold(text))
        if found is not None:
            return found
        near = difflib.get_close_matches(fold(text), called, n=3, cutoff=0.5)
        listed = dict.fromkeys(compact(called[name].value) for name in near)
        listed = listed or dict.fromkeys(compact(each.value) for each in properties[:NEAR])
        raise CallError(f"The graph says nothing of {self.of(about)} by {text!r}.", f"It does by: {', '.join(listed)}.")

    def _all_names(self, each: ox.NamedNode) -> Iterator[str]:
        """How a property may be called: its label in both languages, its prefixed name, its local name."""
        yield fold(compact(each.value))
        yield fold(compact(each.value).partition(":")[2])
        for language in ("en", "fr"):
            if label := self._names.label(each.value, language):
                yield fold(label)
        if each == TYPE:
            yield "a"

    def _called(self, each: ox.NamedNode) -> str:
        return self._names.label(each.value, self._language) or compact(each.value)

    def _means(self, text: str, term: Term) -> bool:
        if isinstance(term, ox.Literal):
            return text == term.value
        iri = spelt_out(text)
        if iri is not None:
            return iri == term.value
        names = {fold(compact(term.value).partition(":")[2]), fold(self.of(term))}
        return fold(text) in names or any(hit.iri == term.value for hit in self._same(text))

    def _same(self, text: str) -> list[Hit]:
        """What has exactly this name."""
        return [hit for hit in self._names.find(text, 20) if fold(hit.name) == fold(text)]

    def _facts(self, about: ox.NamedNode, predicate: ox.NamedNode | None = None) -> list[ox.Quad]:
        return sorted(self._store.quads_for_pattern(about, predicate, None, DEFAULT), key=str)

    def _described(self, term: ox.NamedNode) -> str | None:
        """An event, or another record without a label, in words: its narrowest class, and what it names."""
        kinds = [quad.object for quad in self._facts(term, TYPE) if isinstance(quad.object, ox.NamedNode)]
        broader = {above for kind in kinds for above in self._above(kind)}
        own = [kind for kind in kinds if kind not in broader and kind.value.startswith(AC)]
        if not own:
            return None
        parts = [self.of(quad.object) for quad in self._facts(term) if self._telling(quad)]
        said = f" ({', '.join(dict.fromkeys(parts))})" if parts else ""
        return f"{self._called(own[0])}{said} {compact(term.value)}"

    def _telling(self, quad: ox.Quad) -> bool:
        """Whether a fact of a record belongs into its name."""
        name = quad.predicate.value.removeprefix(AC)
        if name in ("edtf", "office", "ofTreaty", "ofState", "status"):
            return True
        role = ox.Quad(quad.predicate, ox.NamedNode(RDFS + "subPropertyOf"), INVOLVES)
        return role in self._store and name not in ("place", "topic", "gathering")

    def _above(self, kind: ox.NamedNode) -> Iterator[ox.NamedNode]:
        for quad in self._store.quads_for_pattern(kind, ox.NamedNode(RDFS + "subClassOf"), None, DEFAULT):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object
                yield from self._above(quad.object)


def prefixed(term: object) -> str:
    """The IRI with a prefix where one fits; a literal as it is."""
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(getattr(term, "value", term))
