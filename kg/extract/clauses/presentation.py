"""How an event is presented, while it is composed: modality, polarity, and what decided them, in the order it was applied."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.lines.parse import Token
from kg.model import Modality, Polarity

SPEECH = frozenset({"TransferOffer", "Accusation", "Warning", "Rejection"})
"""Classes that are acts of speech: they were made, whatever became of what they said."""
_RANK = [Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE]


@dataclass(slots=True)
class Presentation:
    """Modality and polarity while they are composed, with what decided them."""

    modality: Modality = Modality.ACTUAL
    negated: bool = False
    evidence: tuple[str, ...] = ()
    speech: bool = False
    """Whether it is an act of speech told by a noun."""
    fact: bool = False
    """Whether it is of a class that one mentions because it happened, told by a noun."""
    tried: bool = False
    """Whether it is of a class that takes place even if it fails, told by a noun: "l'échec de l'essai"."""
    lasting: bool = False
    """Whether it is of a class that holds until it ends, told by a noun: "l'embargo expire"."""
    empty: bool = False
    """Whether a negative determiner negated it, so that the "ne" of its verb does not once more: "n'est liée par aucune"."""
    future: bool = False
    """Whether its time lies ahead: a date without a year is then the next one."""

    @property
    def polarity(self) -> Polarity:
        """Affirmed or negated."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def weaken(self, modality: Modality, why: str) -> None:
        """Possible outweighs planned, planned outweighs actual."""
        if _RANK.index(modality) > _RANK.index(self.modality):
            self.modality = modality
            self.evidence += (f"{modality.value}: {why}",)
        self.future = self.future or modality is Modality.PLANNED

    def heard(self, verb: Token, noun: Token) -> bool:
        """Whether a denying verb above a noun was heard already, or stands right above it."""
        direct = noun.head == verb and noun.dep_ != "obl:mod"
        return verb in noun.ancestors and (direct or f"negated: {verb.text}" in self.evidence)

    def negate(self, why: str) -> None:
        """Turn the polarity round."""
        self.negated = not self.negated
        self.evidence += (f"negated: {why}",)

    def dismiss(self, why: str) -> None:
        """Turn the polarity of what is only said round, for one who calls it untrue: what he denies, he does not leave open."""
        if self.modality is Modality.POSSIBLE:
            self.modality = Modality.ACTUAL
        self.negate(why)
