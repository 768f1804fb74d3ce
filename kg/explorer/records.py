"""What a page shows of an event, a claim or a document: plain values read from the graph, empty where
unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.query import Table, Term


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said to happen; classes and roles by the local names of the ontology."""

    iri: str
    kind: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    """(role, IRIs of its fillers)."""
    date: str
    """EDTF."""
    basis: str
    """Where the reference data has it from; empty for an event that only documents tell."""
    source: str
    action: str
    on_behalf_of: tuple[str, ...]
    """The states for which persons in its roles acted."""

    def fillers(self, *roles: str) -> tuple[str, ...]:
        """Who fills these roles, in the order of the roles, each once."""
        found = dict(self.roles)
        return tuple(dict.fromkeys(iri for role in roles for iri in found.get(role, ())))


@dataclass(frozen=True, slots=True)
class Document:
    """A document without its text."""

    iri: str
    title: str
    issued: str
    publisher: str
    """IRI of the media outlet."""
    source: str
    """Its address, or the file that it was read from."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One source saying something of one event."""

    iri: str
    event: Event
    document: Document
    modality: str
    polarity: str
    claimant: str
    relayed_by: tuple[str, ...]
    confidence: str
    method: str
    evidence: tuple[str, ...]
    sentence: str
    span: tuple[int, int]
    """Where the sentence stands in the document's text."""
    trigger: tuple[int, int]
    """Where the word stands that says the event; (0, 0) where unknown."""
    fillers: tuple[tuple[str, str, str, str], ...]
    """(role, IRI of the entity, how it was found, confidence)."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A query that a view ran, and what it gave."""

    text: str
    """SPARQL that gives the same on the page of SPARQL."""
    result: Table

    @property
    def rows(self) -> list[dict[str, Term]]:
        """The rows by column; what is not bound is left out of its row."""
        columns = self.result.columns
        return [
            {name: term for name, term in zip(columns, row, strict=True) if term is not None}
            for row in self.result.rows
        ]


def newest_first(claims: list[Claim]) -> list[Claim]:
    """The claims by the date of their documents, newest first, undated last; in a document as they stand in
    it.
    """
    in_text = sorted(claims, key=lambda claim: (claim.document.iri, claim.span, claim.iri))
    return sorted(in_text, key=lambda claim: claim.document.issued, reverse=True)


def by_event(claims: list[Claim]) -> dict[str, list[Claim]]:
    """The claims of each event, by the event's IRI, in the order of their first claims."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.event.iri, []).append(claim)
    return groups


def contested(claims: list[Claim]) -> bool:
    """Whether some of these claims of one event affirm it and others deny it."""
    return {"Affirmed", "Negated"} <= {claim.polarity for claim in claims}
