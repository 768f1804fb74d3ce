"""What a judgement is: who says since when, and why, that two things are one, that a claim is wrong, or how far one may trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.ids import hashed_iri
from kg.namespaces import ACR

JUDGEMENT = ACR + "judgement/"


class Kind(StrEnum):
    """What a judgement says of its subjects."""

    SAME = "same"
    """Two events, or two entities, are one."""
    DIFFERENT = "different"
    """They are not."""
    UNSURE = "unsure"
    """Someone looked and could not tell: the pair is decided by the program, and asked about last."""
    ACCEPT = "accept"
    """A claim is read rightly."""
    CORRECT = "correct"
    """A claim is there, and read wrongly."""
    REJECT = "reject"
    """The text makes no such claim."""
    RELIABILITY = "reliability"
    """How far a publisher may be relied upon, A to F."""
    CREDIBILITY = "credibility"
    """How far a claim may be believed, whoever makes it, 1 to 6."""
    UNDO = "undo"
    """An earlier judgement no longer counts."""


PAIR = frozenset({Kind.SAME, Kind.DIFFERENT, Kind.UNSURE})
"""What is judged of two things; the latest of these holds for a pair."""
READING = frozenset({Kind.ACCEPT, Kind.CORRECT, Kind.REJECT})
"""What is judged of how a claim was read; the latest of these holds for a claim."""
ON_CLAIM = READING | {Kind.CREDIBILITY}

RELIABILITIES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""The Admiralty code for sources (NATO AJP-2.1, source reliability)."""
CREDIBILITIES = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""The Admiralty code for information (NATO AJP-2.1, information credibility)."""

Roles = Mapping[str, tuple[str, ...]]
"""The IRIs that fill each role, by the role's local name; sorted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a claim was read to say when it was judged; a claim that says anything else is judged anew."""

    document: str
    """IRI."""
    sentence: str
    """The digest of the sentence's text (kg.ids.digest)."""
    kind: str
    """Local name of the event's class."""
    roles: Roles
    modality: str
    polarity: str
    claimant: str = ""
    """IRI; empty where the text says it in its own voice."""
    date: str = ""
    """EDTF; empty where the event has none."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a claim says in truth; None, or a role that is not named, stays as it was read."""

    kind: str | None = None
    roles: Roles = field(default_factory=dict)
    """Who fills a role: all of them, and nobody where the list is empty."""
    modality: str | None = None
    polarity: str | None = None
    claimant: str | None = None
    """IRI; empty for the text's own voice."""
    date: str | None = None
    """EDTF: a year, month, day, or two of them with a slash between; empty for none."""

    @property
    def is_of_event(self) -> bool:
        """Whether the event is another one than the one that was read."""
        return self.kind is not None or bool(self.roles) or self.date is not None


Value = Correction | str | int | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the file."""

    id: str
    when: str
    """UTC, ISO 8601 to the microsecond, so that texts sort as times."""
    who: str
    why: str
    kind: Kind
    subjects: tuple[str, ...]
    """IRIs: two of a pair, sorted (events, entities, or claims about what is one event from the start); one claim; one
    publisher. Of an undo the id of the judgement that no longer counts."""
    value: Value = None
    """A Correction, a letter of `RELIABILITIES` or a number of `CREDIBILITIES`, by the kind; of two claims the IRI of the one event that
    both are about as their documents gave them; None for the others."""
    judged: tuple[Reading, ...] = ()
    """What the claim was read to say; of two events, claims of each. Empty for all else."""

    @property
    def iri(self) -> str:
        """Its IRI."""
        return JUDGEMENT + self.id

    @property
    def divided(self) -> tuple[str, str] | None:
        """Where two claims about one given event are judged different: that event, and the one that the second claim is about instead."""
        if self.kind is not Kind.DIFFERENT or not isinstance(self.value, str):
            return None
        return self.value, hashed_iri("event", self.value, self.subjects[1])

    @property
    def on_claims(self) -> bool:
        """Whether the pair is one of claims."""
        return self.kind in PAIR and isinstance(self.value, str)

    @property
    def topic(self) -> tuple[str, ...]:
        """What it is about: of several judgements on one topic the latest holds."""
        about = "pair" if self.kind in PAIR else "reading" if self.kind in READING else self.kind.value
        return about, *self.subjects
