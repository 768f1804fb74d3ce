"""What travels between the stages: frozen records of plain values, no object of any library.

Offsets are Unicode characters of the document's cleaned text, from 0, the end exclusive. Entities and roles are named by
the local names of the ontology ("State", "agent"); IRIs are strings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.ids import document_iri


class Modality(StrEnum):
    """How a claim presents its event: the local names of the individuals of ac:Modality."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    POSSIBLE = "Possible"


class Polarity(StrEnum):
    """Whether a claim says its event or denies it."""

    AFFIRMED = "Affirmed"
    NEGATED = "Negated"


class NameForm(StrEnum):
    """What kind of name a name is; the extractor treats each in its own way."""

    LABEL = "label"
    """The main name: "Russie"."""
    ALIAS = "alias"
    """Another name: "Fédération de Russie", "Poutine", "traité FNI"."""
    ADJECTIVE = "adjective"
    """An adjective, which is a demonym with a capital: "russe", "Russes"."""
    PREFIX = "prefix"
    """The first half of a compound adjective: "russo-"."""
    METONYM = "metonym"
    """A capital, palace or ministry that stands for its state: "Moscou", "le Kremlin"."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what is known of it. What is unknown is None, never guessed."""

    identifier: str
    """The file's stem, unique in the graph."""
    text: str
    """The cleaned text that all offsets count."""
    source: str
    """The address or file that it was read from."""
    language: str = "fr"
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    issued: str | None = None
    """The date of publication as EDTF: 2019-09-05, 2019-09 or 2019."""
    dated_by: str | None = None
    """How that date is known: "metadata" (front matter, sidecar, column), "page", "feed" or "message"."""
    author: str | None = None
    """Who signs it, as its source words it: persons, an agency, or both."""

    @property
    def iri(self) -> str:
        """The document's IRI, which names its graph as well."""
        return document_iri(self.identifier)

    @property
    def content_hash(self) -> str:
        """SHA-256 of the cleaned text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the document's text: characters begin to end, end exclusive."""

    begin: int
    end: int

    def of(self, text: str) -> str:
        """The characters that it covers."""
        return text[self.begin : self.end]


@dataclass(frozen=True, slots=True)
class When:
    """When an event took place: an EDTF string with its first and last day, both inclusive, as ISO dates.

    Either day may be None where only the other is known.
    """

    edtf: str
    earliest: str | None
    latest: str | None
    span: Span | None = None
    """The expression in the text that says it."""
    anchor: str | None = None
    """The date that a relative expression was counted from, as EDTF."""
    inferred: bool = False
    """Whether a part of it, such as the year, is inferred rather than said."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with an identity of its own."""

    iri: str
    kind: str
    """Local name of its class: "State", "Treaty", "MediaOutlet"."""
    label: str
    """Its French name, or the name that the text gives it."""
    reconciled: bool = True
    """Whether the reference data knows it; False for what only texts name."""
    facts: tuple[tuple[str, str], ...] = ()
    """For an entity that only texts name: (local property name, IRI), such as ("originState", …/state/IND)."""
    names: tuple[str, ...] = ()
    """For an entity that only texts name: what else they call it, such as "accord de défense avec Oslo"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names an entity."""

    span: Span
    entity: str
    rule: str
    """How it was found: "gazetteer", "adjective", "metonym", "pattern", "ner", "coreference"."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity in a role of an event, with how it came there."""

    role: str
    """Local name of the role: "agent", "item"."""
    entity: str
    rule: str
    """How it was found: the realisation of the frame ("subj", "p:à"), "window", "coreference", "inferred:origin"."""
    span: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said to happen between entities."""

    iri: str
    kind: str
    """Local name of its class: "TransferOffer"."""
    fillers: tuple[Filler, ...]
    when: When | None = None


class Bound(StrEnum):
    """How exact an amount is."""

    EXACT = "exact"
    ABOUT = "about"
    LEAST = "at least"
    MOST = "at most"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of a weapon a claim speaks of, or how much money."""

    value: str
    """A decimal number above zero."""
    span: Span
    """The words that say it, with the weapon that is counted."""
    entity: str | None = None
    """The weapon, or kind of weapon; None of money."""
    unit: str = ""
    """In what it is counted, as the text words it ("batterie"); empty of pieces and of money."""
    currency: str = ""
    """ISO 4217; empty of weapons."""
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class Claim:
    """One source saying something of one event."""

    iri: str
    event: str
    sentence: Span
    trigger: Span
    modality: Modality
    polarity: Polarity
    claimant: str | None
    """The agent to whom the text attributes it; None where the text says it in its own voice."""
    relayed_by: tuple[str, ...] = ()
    confidence: float = 1.0
    method: str = "rules"
    """Which extractor and which of its rules: "rules:fr/ArmsTransfer/livrer.v"."""
    evidence: tuple[str, ...] = ()
    """What decided modality, polarity and claimant, in order, for a reader."""
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document gave."""

    document: Document
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    """The entities that it introduces, which the reference data does not know."""
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    dateline: str | None = None
    """The day on which the text says that it appeared, as an ISO date; only where the document's own is unknown."""
    words: frozenset[str] | None = None
    """The folded forms and lemmas of what was read: a phrase of which one is not among them stands nowhere in it.

    None where an extractor does not tell.
    """


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name an entity of the reference data."""

    text: str
    entity: str
    form: NameForm
    language: str = "fr"
    ambiguous: bool = False
    """Whether it mostly means something else ("Rafale", "May"), so that the text around it must support it."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office that a person held."""

    person: str
    office: str
    """The office as the reference words it: "ministre des Affaires étrangères de Russie"."""
    office_type: str
    """Its type in the reference: "head of state", "foreign minister", …"""
    body: str
    """IRI of the state or organisation that it is an office of."""
    earliest: str | None = None
    latest: str | None = None
    """First and last day as ISO dates; None where open or unknown."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference data as the extractor needs it: who and what there is, and how texts name it."""

    entities: Mapping[str, Entity]
    """By IRI."""
    names: tuple[Name, ...]
    tenures: tuple[Tenure, ...]
    capitals: Mapping[str, str] = field(default_factory=dict)
    """Place IRI of a capital to the IRI of its state."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Weapon system IRI to the IRI of its state of origin."""
    categories: Mapping[str, str] = field(default_factory=dict)
    """Weapon system IRI, or weapon category IRI, to the IRI of the broader weapon category."""
    parties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Treaty IRI to the IRIs of its parties, for treaties of at most four parties."""
    treaty_dates: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """Treaty IRI to (signed or opened, ended), as ISO dates or parts of them."""
    gatherings: Mapping[str, tuple[str | None, str | None, str | None]] = field(default_factory=dict)
    """Gathering IRI to (IRI of its place, first day, last day)."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Place IRI to the IRI of its state."""
    seats: Mapping[str, str] = field(default_factory=dict)
    """Organisation IRI to the IRI of the state that it is based in."""
    wholes: Mapping[str, str] = field(default_factory=dict)
    """Organisation IRI to the IRI of the organisation, or the state, that it is part of."""
    historical: frozenset[str] = frozenset()
    """States that are no more; a name that a living state shares means the living one."""
    version: str = ""
    """SHA-256 of the files that it was read from."""
