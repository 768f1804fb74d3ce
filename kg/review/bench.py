"""Where a reviewer judges: what he names is found in the graph, checked, and written down with what was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import CallError
from kg.judgements import CREDIBILITIES, RELIABILITIES, Correction, Judgement, Judgements, Kind, Reading, Sheet, append
from kg.judgements.model import PAIR, Value
from kg.namespaces import AC, ACR, DCTERMS
from kg.query import Names
from kg.query.names import compact, spelt_out
from kg.review.checking import DEFAULT, Terms
from kg.review.stale import given
from kg.store.quads import Quads

CLAIM, EVENT = ACR + "claim/", ACR + "event/"


class Bench:
    """Judgements on a graph, by one reviewer, into one file."""

    def __init__(self, store: Quads, path: Path, who: str) -> None:
        self._store = store
        self._path = path
        self._who = who
        self.terms = Terms(store)

    @property
    def book(self) -> Judgements:
        """All judgements, as the file has them now."""
        return Judgements.load(self._path)

    @cached_property
    def names(self) -> Names:
        """The names in the graph."""
        return Names(self._store)

    def judge(self, kind: Kind, subjects: Sequence[str], why: str = "", value: Value = None) -> Judgement:
        """Write down a judgement of any kind but undo; raises CallError where the graph knows no such things or the value is none.

        subjects: claims by IRI or by the beginning of their last part; events by IRI, or by a claim about each; entities and publishers
        by IRI or name.
        """
        if kind in PAIR:
            return self._on_pair(kind, subjects, why)
        if len(subjects) != 1:
            raise CallError(f"{kind.value} is said of one thing; {len(subjects)} are named.", "Name one.")
        if kind is Kind.RELIABILITY:
            return self._on_publisher(subjects[0], why, value)
        if kind is Kind.UNDO:
            return self.undo(subjects[0], why)
        return self._on_claim(kind, self.claim(subjects[0]), why, value)

    def undo(self, text: str, why: str = "") -> Judgement:
        """Take a judgement back, which is named by its id or the beginning of it; CallError where there is none, or it no longer counts."""
        book = self.book
        found = [each for each in book.log if text and each.id.startswith(text)]
        if len(found) != 1:
            said = (
                f"{len(found)} judgements have ids that begin with {text!r}."
                if found
                else f"No judgement has the id {text!r}."
            )
            raise CallError(said, "kg review log lists them.")
        if found[0].id in book.undone:
            raise CallError(
                f"The judgement {found[0].id} was taken back already.", "To restore it, undo that: kg review log."
            )
        return append(self._path, Kind.UNDO, [found[0].id], who=self._who, why=why)

    def claim(self, text: str) -> str:
        """The IRI of the claim that a text means, also of one that was rejected; CallError where it means none or several."""
        sought = spelt_out(text) or CLAIM + text
        known = {claim for claim in self._claims() if claim.startswith(sought)} if text else set()
        if sought in known or len(known) == 1:
            return sought if sought in known else known.pop()
        if known:
            raise CallError(f"{text} begins the ids of {len(known):,} claims.", "Give more of the one meant.")
        raise CallError(f"The graph holds no claim {text!r}.", "kg review --list and kg explain name claims.")

    def reading(self, claim: str) -> Reading:
        """What the claim was read to say, before any judgement; CallError where its document does not make it."""
        document = self._document(claim)
        found = given(self._store, document).reading(claim) if document else None
        if found is None:
            raise CallError(f"The graph holds no claim {compact(claim)}.", "kg explain lists the newest.")
        return found

    def _on_claim(self, kind: Kind, claim: str, why: str, value: Value) -> Judgement:
        read = self.reading(claim)
        if kind is Kind.CORRECT:
            if not isinstance(value, Correction):
                raise CallError("A correction says what is to be otherwise.", "kg review judge --help tells how.")
            if value != Correction():
                value = self._together(claim, read, value)
            self.terms.check(value, read)
        elif kind is Kind.CREDIBILITY and value not in CREDIBILITIES:
            listed = ", ".join(f"{grade} ({words})" for grade, words in CREDIBILITIES.items())
            raise CallError(f"{value} is no credibility.", f"Give one of {listed}.")
        return append(self._path, kind, [claim], who=self._who, why=why, value=value, judged=[read])

    def _together(self, claim: str, read: Reading, value: Correction) -> Correction:
        """The correction with what an earlier one of this reading, which still holds, says of other fields."""
        for each in self.book.standing:
            old = each.value
            if each.subjects == (claim,) and isinstance(old, Correction) and each.judged == (read,):
                return Correction(
                    kind=_first(value.kind, old.kind),
                    roles={**old.roles, **value.roles},
                    modality=_first(value.modality, old.modality),
                    polarity=_first(value.polarity, old.polarity),
                    claimant=_first(value.claimant, old.claimant),
                    date=_first(value.date, old.date),
                )
        return value

    def _on_publisher(self, text: str, why: str, value: Value) -> Judgement:
        if value not in RELIABILITIES:
            listed = ", ".join(f"{grade} ({words})" for grade, words in RELIABILITIES.items())
            raise CallError(f"{value} is no reliability.", f"Give one of {listed}.")
        iri = self.names.resolve(text)
        published = self._store.quads_for_pattern(None, ox.NamedNode(DCTERMS + "publisher"), ox.NamedNode(iri), DEFAULT)
        if next(published, None) is None:
            raise CallError(f"{compact(iri)} published no document of this graph.", "kg ask sources lists who did.")
        return append(self._path, Kind.RELIABILITY, [iri], who=self._who, why=why, value=value)

    def _on_pair(self, kind: Kind, subjects: Sequence[str], why: str) -> Judgement:
        if len(subjects) != 2:
            raise CallError(f"{kind.value} is said of two things; {len(subjects)} are named.", "Name two.")
        sides = [self._side(each) for each in subjects]
        iris = [iri for iri, _ in sides]
        if (divided := self._divided(kind, subjects, iris)) is not None:
            claims, event = divided
            return append(
                self._path, kind, claims, who=self._who, why=why, value=event, judged=[*map(self.reading, claims)]
            )
        if iris[0] == iris[1]:
            raise CallError(
                f"Both are {compact(iris[0])} as documents gave them.",
                "Name two claims about it, if they tell of two events.",
            )
        if iris[0].startswith(EVENT) != iris[1].startswith(EVENT):
            raise CallError("An event and an entity are never one.", "Name two events, or two entities.")
        readings = [read for _, read in sides if read is not None]
        judged = readings if len(readings) == 2 else []
        return append(self._path, kind, iris, who=self._who, why=why, judged=judged)

    def _divided(self, kind: Kind, subjects: Sequence[str], events: Sequence[str]) -> tuple[list[str], str] | None:
        """The claims, and the one event that both are about as documents gave it, where it is judged whether that is one.

        They are judged different, or were, and are judged anew; None of any other pair.
        """
        if not all(map(self._names_a_claim, subjects)):
            return None
        claims = sorted(map(self.claim, subjects))
        before = [each for each in self.book.standing if each.on_claims and each.subjects == tuple(claims)]
        if before:
            return claims, str(before[0].value)
        one = events[0] == events[1] and events[0].startswith(EVENT) and claims[0] != claims[1]
        return (claims, events[0]) if one and kind is Kind.DIFFERENT else None

    def _names_a_claim(self, text: str) -> bool:
        iri = spelt_out(text)
        return (iri or CLAIM + text).startswith(CLAIM) and (bool(iri) or self._begins_a_claim(text))

    def _side(self, text: str) -> tuple[str, Reading | None]:
        """One of a pair by its IRI as documents gave it, and what a claim about it was read to say, where it is an event."""
        iri = spelt_out(text)
        if self._names_a_claim(text):
            claim = self.claim(text)
            return self._judged_sheet(self._document(claim)).value(claim, AC + "about"), self.reading(claim)
        if iri is None or not iri.startswith(EVENT):
            return self.names.resolve(text), None
        for document in self._documents_of(iri):
            for claim in self._judged_sheet(document).claims_of(iri):
                return iri, self.reading(claim)
        if next(self._store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT), None) is None:
            raise CallError(f"The graph holds no event {compact(iri)}.", "Name a claim about it, or its IRI.")
        return iri, None

    def _begins_a_claim(self, text: str) -> bool:
        return any(claim.startswith(CLAIM + text) for claim in self._claims()) if text else False

    def _judged_sheet(self, document: str) -> Sheet:
        """What a document gives once judgements on its claims are applied."""
        return Sheet(document, self.book.apply(document, given(self._store, document).quads))

    def _document(self, claim: str) -> str:
        """The IRI of the document that makes a claim, also of one that was rejected; empty where it is not known."""
        known = self._values(ox.NamedNode(claim), AC + "inDocument")
        told = (each.judged[0].document for each in self.book.log if each.subjects == (claim,) and each.judged)
        return known[0] if known else next(told, "")

    def _documents_of(self, event: str) -> Iterator[str]:
        """The documents with claims about an event, by the IRI that it has in the graph or had before it was merged."""
        merges = self._store.quads_for_pattern(None, ox.NamedNode(AC + "mergedFrom"), ox.NamedNode(event), DEFAULT)
        known = [each for merge in merges for each in self._values(merge.subject, AC + "mergedInto")]
        for iri in (event, *known):
            about = self._store.quads_for_pattern(None, ox.NamedNode(AC + "about"), ox.NamedNode(iri), None)
            named = {quad.graph_name.value for quad in about if isinstance(quad.graph_name, ox.NamedNode)}
            yield from sorted(each for each in named if each.startswith(ACR + "document/"))

    def _values(self, subject: ox.NamedNode | ox.BlankNode | ox.Triple, predicate: str) -> list[str]:
        """The IRIs that a property of it points to."""
        quads = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None, DEFAULT)
        return [quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)]

    def _claims(self) -> Iterator[str]:
        """The IRIs of all claims, those that were judged and left the graph included."""
        quads = self._store.quads_for_pattern(None, ox.NamedNode(AC + "inDocument"), None, DEFAULT)
        yield from (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
        yield from (each.subjects[0] for each in self.book.log if each.subjects[0].startswith(CLAIM))


def _first(*values: str | None) -> str | None:
    """The first that is not None."""
    return next((value for value in values if value is not None), None)
