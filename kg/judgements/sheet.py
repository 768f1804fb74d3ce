"""The quads of one document as a sheet that can be corrected: found by subject or object, dropped with what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.ids import digest
from kg.judgements.model import Reading
from kg.namespaces import AC, ITSRDF, NIF, PROV, RDF

ROLES = ("agent", "gathering", "item", "participant", "place", "recipient", "supplier", "target", "topic", "treaty")
TIMES = ("edtf", "earliest", "latest", "whenText", "countedFrom", "dateInferred")
_HANGING = (AC + "Filler", AC + "Amount", NIF + "Phrase")
"""The classes of what goes when nothing points to it any more; an event goes when no claim is about it."""


class Sheet:
    """What one document gave."""

    def __init__(self, document: str, quads: Iterable[ox.Quad]) -> None:
        self.document = document
        self._graph = ox.NamedNode(document)
        self._quads = dict.fromkeys(quads)
        self._out: dict[str, list[ox.Quad]] = {}
        self._in: dict[str, list[ox.Quad]] = {}
        for quad in self._quads:
            self._index(quad)

    @property
    def quads(self) -> list[ox.Quad]:
        """The quads as they are now, in the order in which they came."""
        return list(self._quads)

    def claims(self) -> Iterator[str]:
        """The IRIs of the claims, sorted."""
        kind = AC + "Claim"
        yield from sorted(_iri(q.subject) for q in self._in.get(kind, ()) if q in self._quads)

    def values(self, subject: str, predicate: str) -> list[str]:
        """The objects of a property, sorted."""
        quads = self._out.get(subject, ())
        return sorted(_text(q.object) for q in quads if q in self._quads and q.predicate.value == predicate)

    def value(self, subject: str, predicate: str) -> str:
        """The first of them; empty where there is none."""
        return next(iter(self.values(subject, predicate)), "")

    def literals(self, subject: str, predicate: str) -> list[ox.Literal]:
        """The literals of a property, sorted."""
        quads = (q for q in self._out.get(subject, ()) if q in self._quads and q.predicate.value == predicate)
        return sorted((q.object for q in quads if isinstance(q.object, ox.Literal)), key=str)

    def reading(self, claim: str) -> Reading | None:
        """What a claim says; None where the document makes no such claim."""
        event = self.value(claim, AC + "about")
        if not event:
            return None
        sentence = self.value(self.value(claim, PROV + "wasQuotedFrom"), NIF + "anchorOf")
        return Reading(
            self.document,
            digest(sentence),
            self.kind(event),
            self.roles(event),
            self.value(claim, AC + "modality").removeprefix(AC),
            self.value(claim, AC + "polarity").removeprefix(AC),
            self.value(claim, AC + "claimant"),
            self.value(event, AC + "edtf"),
        )

    def kind(self, event: str) -> str:
        """The local name of an event's class."""
        return self.value(event, RDF + "type").removeprefix(AC)

    def roles(self, event: str) -> dict[str, tuple[str, ...]]:
        """Who fills the roles of an event."""
        found = {role: tuple(self.values(event, AC + role)) for role in ROLES}
        return {role: entities for role, entities in found.items() if entities}

    def claims_of(self, event: str) -> list[str]:
        """The claims about an event, sorted."""
        quads = self._in.get(event, ())
        return sorted(_iri(q.subject) for q in quads if q in self._quads and q.predicate.value == AC + "about")

    def naming(self, entity: str) -> list[str]:
        """The sentences that mention an entity, in the order of the text."""
        mentions = [
            q for q in self._in.get(entity, ()) if q in self._quads and q.predicate.value == ITSRDF + "taIdentRef"
        ]
        places = {self._place(_iri(quad.subject))[0] for quad in mentions}
        kind = self._in.get(NIF + "Sentence", ())
        spans = sorted((*self._place(_iri(quad.subject)), _iri(quad.subject)) for quad in kind if quad in self._quads)
        found = [sentence for begin, end, sentence in spans if any(begin <= place < end for place in places)]
        return [self.value(sentence, NIF + "anchorOf") for sentence in found]

    def _place(self, quotation: str) -> tuple[int, int]:
        """Where a quotation begins and ends."""
        begin, end = (self.value(quotation, NIF + name) for name in ("beginIndex", "endIndex"))
        return int(begin or 0), int(end or 0)

    def put(self, subject: str, predicate: str, value: str | ox.Literal) -> None:
        """Say something; an IRI is given as a str."""
        node = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
        quad = ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), node, self._graph)
        if quad not in self._quads:
            self._quads[quad] = None
            self._index(quad)

    def copy(self, old: str, new: str) -> None:
        """Say of another subject all that is said of this one."""
        for quad in [quad for quad in self._out.get(old, ()) if quad in self._quads]:
            added = ox.Quad(ox.NamedNode(new), quad.predicate, quad.object, quad.graph_name)
            if added not in self._quads:
                self._quads[added] = None
                self._index(added)

    def clear(self, subject: str, predicate: str) -> None:
        """Say nothing more by this property, and drop what hung on it alone."""
        self._drop(q for q in self._out.get(subject, ()) if q.predicate.value == predicate)

    def cut(self, subject: str, predicate: str, value: str) -> None:
        """No longer say this one thing, and drop what hung on it alone."""
        quads = self._out.get(subject, ())
        self._drop(q for q in quads if q.predicate.value == predicate and _text(q.object) == value)

    def remove(self, subject: str) -> None:
        """Drop all that is said of a thing, and what hung on that alone."""
        self._drop(self._out.get(subject, ()))

    def _drop(self, quads: Iterable[ox.Quad]) -> None:
        gone = [quad for quad in quads if quad in self._quads]
        for quad in gone:
            del self._quads[quad]
        for thing in {iri for quad in gone if (iri := _iri(quad.object))}:
            if self._hangs_loose(thing):
                self._drop(self._in.get(thing, ()))
                self.remove(thing)

    def _hangs_loose(self, thing: str) -> bool:
        """Whether a thing stands here only for the sake of others, and no claim leads to it any more.

        A phrase that mentions an entity stands for itself, and so does every sentence.
        """
        kinds = self.values(thing, RDF + "type")
        if AC + "Claim" in kinds or self.values(thing, ITSRDF + "taIdentRef"):
            return False
        if self._is_event(thing):
            return not self.claims_of(thing)
        return any(kind in _HANGING for kind in kinds) and not any(q in self._quads for q in self._in.get(thing, ()))

    def _is_event(self, thing: str) -> bool:
        """Whether claims of this document are, or were, about it."""
        return any(quad.predicate.value == AC + "about" for quad in self._in.get(thing, ()))

    def _index(self, quad: ox.Quad) -> None:
        if subject := _iri(quad.subject):
            self._out.setdefault(subject, []).append(quad)
        if value := _iri(quad.object):
            self._in.setdefault(value, []).append(quad)


def _iri(node: object) -> str:
    """The IRI of a node; empty where it is a literal."""
    return node.value if isinstance(node, ox.NamedNode) else ""


def _text(node: object) -> str:
    """The IRI of a node, or the text of a literal."""
    return node.value if isinstance(node, ox.NamedNode | ox.Literal) else ""
