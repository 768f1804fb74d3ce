"""What a dossier holds: plain values read from the graph, every statement with the numbers of its notes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an IRI and a name in the dossier's language."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that the dossier rests on, as it was run."""

    number: int
    title: str
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class Note:
    """Where a statement comes from. What is unknown is empty."""

    number: int
    query: int
    """The number of the query that gave it."""
    sentence: str = ""
    """The sentence of the document, word for word; empty for a fact of the reference data."""
    title: str = ""
    outlet: str = ""
    issued: str = ""
    """The day of publication."""
    address: str = ""
    """The document's own address, or the file that it was read from."""
    document: str = ""
    """IRI of the document."""
    basis: str = ""
    """What a fact of the reference data stands on."""
    source: str = ""
    """Where the reference data has it from."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of the reference data."""

    property: str
    values: tuple[str, ...]
    note: int


@dataclass(frozen=True, slots=True)
class Status:
    """How a state stood towards a treaty, or a treaty by itself, over a time. Days that are not known are empty."""

    treaty: str
    status: str
    since: str
    until: str
    note: int


@dataclass(frozen=True, slots=True)
class Act:
    """What states did to a treaty, by the reference data."""

    date: str
    what: str
    who: str
    treaty: str
    note: int


@dataclass(frozen=True, slots=True)
class Office:
    """An office and who held it."""

    person: str
    office: str
    body: str
    since: str
    until: str
    note: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of one document."""

    polarity: str
    modality: str
    claimant: str
    """Empty where the text says it in its own voice."""
    relays: tuple[str, ...]
    confidence: str
    denied: bool
    note: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said to happen, with all that is claimed of it."""

    iri: str
    kind: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    """(name of the role, names of its fillers)."""
    date: str
    """EDTF; empty where unknown."""
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """A row in the layout of the SIPRI register. What is not told is empty; uncertain values stand in brackets."""

    supplier: str
    recipient: str
    designation: str
    category: str
    ordered: str
    """Year of order."""
    delivered: str
    """Year of delivery."""
    number: str
    comments: tuple[str, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the graph knows of one thing, with its sources."""

    subject: Thing
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    """Its other names."""
    language: str
    graph: str
    """The hash of the graph that it was read from; empty where unknown."""
    created: str
    """The day on which that graph was made."""
    facts: tuple[Fact, ...]
    statuses: tuple[Status, ...]
    acts: tuple[Act, ...]
    offices: tuple[Office, ...]
    events: tuple[Event, ...]
    transfers: tuple[Transfer, ...]
    links: tuple[tuple[str, str], ...]
    """(what the link says, its other end): what an event answers, and which obligations it touches."""
    notes: tuple[Note, ...]
    queries: tuple[Asked, ...]
