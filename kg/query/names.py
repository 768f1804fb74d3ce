"""The names of what the graph holds: from IRIs to labels, and from what a person types back to IRIs."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.ids import fold
from kg.namespaces import AC, DCTERMS, PREFIXES, RDFS, SKOS

if TYPE_CHECKING:
    from kg.store.quads import Quads

_PREFERRED = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")
_IDENTIFIER = DCTERMS + "identifier"
_OTHER = (SKOS + "altLabel", _IDENTIFIER)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name that matches a search."""

    iri: str
    name: str
    """The name that matched, as the graph writes it."""


class Names:
    """All names in a store's default graph, held in memory.

    names = Names(store)
    names.label(iri, "fr")          # 'États-Unis'
    names.find("etats")             # hits, best first
    names.resolve("Etats-Unis")     # the IRI
    """

    def __init__(self, store: Quads) -> None:
        self._store = store
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._identifiers: dict[str, str] = {}
        found: set[tuple[str, str, bool, str]] = set()
        for predicate in _PREFERRED + _OTHER:
            pattern = store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())
            for quad in pattern:
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    other = predicate in _OTHER
                    found.add((fold(quad.object.value), quad.object.value, other, quad.subject.value))
                    if predicate == _IDENTIFIER:
                        self._identifiers[quad.subject.value] = quad.object.value
                    elif not other:
                        self._keep(quad.subject.value, quad.object)
        self._names = sorted(found)

    def _keep(self, iri: str, label: ox.Literal) -> None:
        """Keeps one label for each language; of several the first in the alphabet, so that the choice is
        stable.
        """
        kept = self._labels[iri]
        language = (label.language or "").split("-")[0]
        kept[language] = min(kept.get(language, label.value), label.value)

    def label(self, iri: str, language: str) -> str | None:
        """Its label in this language, else in another, else its identifier, else None."""
        labels = self._labels.get(iri)
        if not labels:
            return self._identifiers.get(iri)
        order = (language, "fr" if language == "en" else "en", "")
        return next((labels[code] for code in order if code in labels), min(labels.values()))

    def labels(self, iris: Iterable[str], language: str) -> dict[str, str]:
        """The labels of those of these IRIs that have one."""
        return {iri: label for iri in iris if (label := self.label(iri, language)) is not None}

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """What has a name with all words of `text` in it, best first, each thing once; case and accents do
        not count.
        """
        words = fold(text).split()
        if not words:
            return []
        sought = " ".join(words)
        hits = [name for name in self._names if all(word in name[0] for word in words)]
        hits.sort(key=lambda n: (n[0] != sought, not n[0].startswith(sought), n[2], len(n[0]), n))
        best: dict[str, Hit] = {}
        for _, name, _, iri in hits:
            best.setdefault(iri, Hit(iri, name))
            if len(best) == limit:
                break
        return list(best.values())

    def resolve(self, text: str, kind: str = "entity") -> str:
        """The IRI that `text` means: an IRI, a prefixed name, or a name.

        kind: "class" takes classes and properties of the ontology only, "entity" anything else.
        Raises QueryError, with candidates, where nothing or more than one thing has that name.
        """
        iri = spelt_out(text)
        if iri is None and kind == "class" and self._exists(AC + text):
            iri = AC + text
        if iri is not None:
            if not self._exists(iri):
                raise QueryError(f"The graph holds nothing with the IRI <{iri}>.", "Check it, or give a name.")
            return iri
        sought = fold(text)
        named = [n for n in self._names if n[0] == sought and n[3].startswith(AC) == (kind == "class")]
        preferred = {n[3] for n in named if not n[2]}
        matches = sorted(preferred if len(preferred) == 1 else {n[3] for n in named})
        if len(matches) == 1:
            return matches[0]
        raise self._unclear(text, matches)

    def _exists(self, iri: str) -> bool:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        as_subject = self._store.quads_for_pattern(node, None, None, ox.DefaultGraph())
        as_object = self._store.quads_for_pattern(None, None, node, ox.DefaultGraph())
        return next(as_subject, None) is not None or next(as_object, None) is not None

    def _unclear(self, text: str, matches: list[str]) -> QueryError:
        if matches:
            listed = ", ".join(compact(iri) for iri in matches[:5])
            return QueryError(f"{text!r} names {len(matches)} things: {listed}.", "Give the IRI of one of them.")
        close = difflib.get_close_matches(fold(text), dict.fromkeys(name[0] for name in self._names), n=3)
        hits = self.find(text, 5) or [hit for name in close for hit in self.find(name, 1)]
        near = [f"{hit.name} ({compact(hit.iri)})" for hit in hits]
        remedy = f"Did you mean {', '.join(near)}?" if near else "Check the spelling, or give an IRI."
        return QueryError(f"The graph knows nothing called {text!r}.", remedy)


def compact(iri: str) -> str:
    """The IRI as `resolve` takes it, with a prefix where one fits: acr:state/RUS. (SPARQL itself would want
    acr:state\\/RUS.)
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def spelt_out(text: str) -> str | None:
    """The IRI where `text` is one, in angle brackets or bare or with a known prefix; else None."""
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and local:
        return PREFIXES[prefix] + local
    return text if "://" in text and " " not in text else None


def text_of(term: object) -> str:
    """The IRI or text of a term, bare; empty where there is none, as for the default graph."""
    return "" if term is None or isinstance(term, ox.DefaultGraph) else str(getattr(term, "value", term))
