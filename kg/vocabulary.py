"""The ontology's terms as plain records, for whoever needs its lists and definitions without a graph.

vocabulary = load(settings().ontology)
vocabulary.events["TransferOffer"].roles      # ("supplier", "recipient", "item")
vocabulary.roles["item"].kinds                # ("Armament", "WeaponSystem", "WeaponCategory")
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import AC, OWL, RDF, RDFS, SKOS

FILE = "arms-control.ttl"
Value = ox.NamedNode | ox.Literal
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or individual of the ontology."""

    name: str
    """Its local name: "TransferOffer"."""
    label: Mapping[str, str]
    """By language, "en" and "fr"."""
    definition: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EventClass(Term):
    """A class of events."""

    scope: Mapping[str, str]
    """Where it ends, by language."""
    example: str
    """A French sentence that says one."""
    roles: tuple[str, ...]
    """Local names of the roles that it may have, in the order of the ontology."""


@dataclass(frozen=True, slots=True)
class Role(Term):
    """A role of events."""

    range: str
    """Local name of the class that it takes."""
    kinds: tuple[str, ...]
    """That class and all below it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms by their local names, each list in the order of the file."""

    events: Mapping[str, EventClass]
    roles: Mapping[str, Role]
    kinds: Mapping[str, Term]
    """The classes of entities."""
    modalities: Mapping[str, Term]
    polarities: Mapping[str, Term]
    terms: Mapping[str, Term]
    """Every term that has a label: classes, properties and individuals."""


def load(folder: Path) -> Vocabulary:
    """The vocabulary of the ontology in this folder.

    Raises OntologyError where the file cannot be read, or a term that is needed has no label or definition in
    English and French.
    """
    path = folder / FILE
    try:
        triples = [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path} cannot be read: {error}.", "Restore or mend the file.") from error
    return _Reading(path, triples).vocabulary()


class _Reading:
    """The triples of the file, by subject and property."""

    def __init__(self, path: Path, triples: list[ox.Triple]) -> None:
        self._path = path
        self._facts: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                self._facts[triple.subject.value][triple.predicate.value].append(triple.object)

    def vocabulary(self) -> Vocabulary:
        """All of it."""
        own = [
            iri.removeprefix(AC) for iri, facts in self._facts.items() if iri.startswith(AC) and RDFS + "label" in facts
        ]
        return Vocabulary(
            events={name: self._event(name) for name in own if self._values(name, AC + "hasRole")},
            roles={name: self._role(name) for name in own if "involves" in self._names(name, RDFS + "subPropertyOf")},
            kinds={name: self._term(name) for name in self._below("Entity", own) if name != "Entity"},
            modalities={name: self._term(name) for name in own if "Modality" in self._names(name, RDF + "type")},
            polarities={name: self._term(name) for name in own if "Polarity" in self._names(name, RDF + "type")},
            terms={name: self._term(name) for name in own},
        )

    def _event(self, name: str) -> EventClass:
        term = self._term(name)
        examples = self._values(name, SKOS + "example")
        scope = self._texts(name, SKOS + "scopeNote")
        roles = tuple(self._names(name, AC + "hasRole"))
        return EventClass(name, term.label, term.definition, scope, examples[0].value if examples else "", roles)

    def _role(self, name: str) -> Role:
        term = self._term(name)
        ranges = self._names(name, RDFS + "range")
        if len(ranges) != 1:
            raise OntologyError(f"{self._path}: ac:{name} has no one range.", "Give the role one rdfs:range.")
        own = [iri.removeprefix(AC) for iri in self._facts if iri.startswith(AC)]
        return Role(name, term.label, term.definition, ranges[0], tuple(self._below(ranges[0], own)))

    def _term(self, name: str) -> Term:
        return Term(name, self._texts(name, RDFS + "label"), self._texts(name, SKOS + "definition"))

    def _texts(self, name: str, predicate: str) -> dict[str, str]:
        """The literals of a property by language; both languages must be there."""
        values = self._values(name, predicate)
        texts = {v.language: v.value for v in values if isinstance(v, ox.Literal) and v.language}
        if missing := [language for language in LANGUAGES if language not in texts]:
            what = predicate.rpartition("#")[2]
            raise OntologyError(f"{self._path}: ac:{name} has no {what} in {missing[0]}.", f"Give it a {what}.")
        return {language: texts[language] for language in LANGUAGES}

    def _values(self, name: str, predicate: str) -> list[Value]:
        return self._facts.get(AC + name, {}).get(predicate, [])

    def _names(self, name: str, predicate: str) -> list[str]:
        """The local names of the terms of this ontology that a property points to."""
        values = self._values(name, predicate)
        return [v.value.removeprefix(AC) for v in values if isinstance(v, ox.NamedNode) and v.value.startswith(AC)]

    def _below(self, top: str, own: list[str]) -> list[str]:
        """A class and the classes under it, in the order of the file."""
        found, size = {top}, 0
        while len(found) > size:
            size = len(found)
            found |= {name for name in own if found & set(self._names(name, RDFS + "subClassOf"))}
        return [name for name in own if name in found and self._is_class(name)]

    def _is_class(self, name: str) -> bool:
        return ox.NamedNode(OWL + "Class") in self._values(name, RDF + "type")
