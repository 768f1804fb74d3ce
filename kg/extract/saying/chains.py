"""The verbs of saying above a trigger in the parse: whoever is the subject of one says what it governs."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.clauses.openings import Openings
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.reading import Line, Referent
from kg.extract.saying.speakers import Speakers
from kg.extract.saying.speech import (
    Speech,
    is_apart,
    is_finite,
    is_infinitive,
    is_miscoordinated,
    is_perfect,
    is_relative,
    lemma,
)

_STEPS = 10
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "obl:arg", "obl:mod", "advcl", "nmod", "obl:agent"})
_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "acl:relcl", "advcl"})
_OFFERS = frozenset({"ArmsTransfer", "TransferOffer"})
"""Classes whose own words are offers: who proposes one makes it, he does not report it."""
_OF = frozenset({"obl:arg", "obl:mod", "obj"})
Link = tuple[Referent, str]
"""A speaker and the word by which he says it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A trigger whose speaker is sought: its token, whether it is a noun, its event class, who takes part in it and who acts."""

    token: Token
    noun: bool
    kind: str = ""
    involved: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()


class Chains:
    """Climbs from triggers to those who say what they tell."""

    def __init__(self, words: Reporting, speech: Speech, speakers: Speakers, openings: Openings) -> None:
        self._speech = speech
        self._speakers = speakers
        self._openings = openings
        self._facts = words.facts

    def of(self, told: Told, line: Line, referents: Referents) -> list[Link]:
        """The subjects of the reporting verbs above a trigger, innermost first."""
        chain: list[Link] = []
        child, nominal, own = told.token, told.noun, True
        for _ in range(_STEPS):
            head, dep = child.head, child.dep_
            if head == child:
                break
            if is_miscoordinated(child):
                child = next((a for a in head.ancestors if is_finite(a)), head)
                continue
            if is_apart(child):
                break
            if self._reports(head, child, dep, nominal and own, told) and (
                speaker := self._speakers.of_verb(head, line, referents)
            ):
                chain.append((speaker, head.text))
            fact = head.lower_lemma in self._facts and dep in _CLAUSES
            own = own and (fact or dep != "acl:relcl") and not is_relative(child)
            if dep in _CLAUSES:
                nominal = False
            if head.pos_ == "NOUN" and (fact or dep in ("nmod", "acl")):
                nominal = True
            child = head
        return chain

    def _reports(self, head: Token, child: Token, dep: str, nominal: bool, told: Told) -> bool:
        """Whether the subject of a governor says what its dependent tells."""
        word = lemma(head)
        if self._speech.accuses(head):
            objected = dep == "obj" and nominal and word in self._speech.accusing_nominal
            return (objected or dep in _COMPLEMENTS) and child.i > head.i and not (dep == "advcl" and is_finite(child))
        if self._speech.denies(head):
            return dep in ("xcomp", "ccomp", "obl:arg") or (dep == "obj" and nominal)
        if self._speech.is_certain(head) and dep == "ccomp":
            return True
        if word in self._speech.demanding and (nominal or is_infinitive(child)):
            return dep in ("xcomp", "obj", "obl:arg", "obl:mod", "advcl")
        if word in self._speech.proposing and nominal and dep == "obj":
            return told.kind not in _OFFERS
        if nominal and dep in _OF and child.i > head.i and self._speech.tells_of(head):
            return dep == "obj" or any(c.dep_ == "case" and Kind.OF_ANY in c.kinds for c in child.children)
        if not self._speech.says(head) or self._speech.is_citing(head):
            return False
        return self._says(head, child, dep, nominal)

    def _says(self, head: Token, child: Token, dep: str, nominal: bool) -> bool:
        clause = next((c for c in head.children if c.dep_ == "ccomp" and c.i > head.i), None)
        if dep == "ccomp":
            return child.i > head.i and not is_relative(child) and not self._openings.is_led(child)
        if clause is not None and child.i > clause.i:
            return dep != "parataxis" and not (dep == "advcl" and self._speech.is_verb(child))
        if dep == "xcomp":
            if child.pos_ == "ADJ" or (child.pos_ == "VERB" and not is_infinitive(child)):
                return True
            return lemma(head) in self._speech.asserting or is_perfect(child)
        led = any(c.dep_ == "case" for c in child.children)
        return dep in ("obj", "nsubj:pass") and nominal and not led and lemma(head) in self._speech.nominal
