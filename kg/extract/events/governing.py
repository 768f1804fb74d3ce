"""Whose doing a noun tells by the verb that governs it: "Pékin a procédé à un essai", "l'embargo que Paris a décrété"."""

from __future__ import annotations

from kg.extract.clauses.syntax import Syntax
from kg.extract.events.filling import ACTORS
from kg.extract.lexicon import Lexicon
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.reading import Line, Referent

_STEPS = 3
"""So many verbs may stand over each other: "a décidé de procéder à un essai"."""
_WATCHING = frozenset({"InternationalOrganization", "MediaOutlet"})
"""Classes of those who confirm what others do: "l'agence a confirmé l'attaque"."""


class Governing:
    """Finds the subjects of the verbs of support that govern nouns."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon) -> None:
        self._syntax = syntax
        led = self._led = syntax.led
        self._judged = frozenset({"obj", "iobj", led.to, led.against, led.aiming})
        """Where one who is judged stands beside the verb or the penalty."""
        self.verbs = (
            frozenset(lexicon.modality.support) | frozenset(lexicon.modality.transparent) | lexicon.syntax.light
        )
        """Those whose subject does what their object tells."""
        self._lifting = self.verbs & frozenset(lexicon.modality.negating)
        """Those that do what their object tells or undo it: "lever des troupes", "lever un moratoire"."""
        self._copulas = frozenset(lexicon.modality.copulas)
        self._relatives = lexicon.syntax.object_relatives
        self._attesting = lexicon.names.attesting
        self._demanding = frozenset(lexicon.reporting.demanding) | lexicon.names.mentioning
        self._blaming = lexicon.syntax.blaming
        self._charging = frozenset(lexicon.reporting.accusing)
        self._deciding = lexicon.syntax.completed

    def subjects(self, noun: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """The subject of the verb that a noun completes, with the verb's lemma behind "gov:"."""
        if self._syntax.answers(noun):
            return self._blamed(noun, line, referents)
        if told := self._told_by(noun, line, referents):
            return told
        verb = self._relative(noun) or self._syntax.governor(noun)
        if verb is not None and (doers := self._in_matter(noun, verb, line, referents)):
            return doers
        if verb is None:
            verb = self._syntax.verb_before(noun)
        if verb is not None and verb.lemma_ in self._lifting and self._syntax.preposition(noun) == self._led.on:
            return []  # "a levé son moratoire sur les essais"
        steps = 0
        while verb is not None and steps < _STEPS and verb.lemma_ in self.verbs:
            found = [
                (referent, f"gov:{verb.lemma_}")
                for token, _ in self._syntax.subjects(verb)
                if token.i != noun.i
                for referent in referents.of(token, line, ACTORS)
            ]
            if found:
                return found
            verb, steps = self._syntax.governor(verb), steps + 1
        return []

    def _told_by(self, noun: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """Whose announcement or plan a noun completes, which is what he does: "l'annonce par X de la vente", "le plan russe de vente"."""
        head = noun.head
        if (
            noun.dep_ != "nmod"
            or head.lower_lemma not in self._deciding
            or self._syntax.preposition(noun) != self._led.of
        ):
            return []
        by = (a.token for a in self._syntax.arcs(head) if a.relation in ("agent", self._led.by))
        told = [r for t in by for r in referents.of(t, line, ACTORS)]
        whose = [n for c in head.children if c.dep_ == "amod" for n in line.at.get(c.i, ()) if n.kind in ACTORS]
        return [(r, f"gov:{head.lower_lemma}") for r in told or map(referents.referent, whose)]

    def called(self, noun: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """Who is called what a noun tells: "X reste le fournisseur de Y", "X, fournisseur de Y"."""
        verb = noun.head if noun.head.lemma_ in self._copulas else None
        if verb is None:
            tokens = [noun.head] if noun.dep_ == "appos" else []
        else:
            tokens = [t for t, _ in self._syntax.subjects(verb) if t.i != noun.i]
            tokens = tokens or ([verb.head] if verb.dep_ in ("acl", "amod") else [])
        return [(r, "called") for token in tokens for r in referents.of(token, line, ACTORS)]

    def leaves(self, referent: Referent, role: str, verb: str) -> bool:
        """Whether the subject of a verb leaves to others what its noun tells: an organisation or outlet confirms it, who
        demands it ("réclame la suspension des licences") or only speaks of it ("évoque un tir") does not do it."""
        return (referent.kind in _WATCHING and verb in self._attesting) or (role == "agent" and verb in self._demanding)

    def _relative(self, noun: Token) -> Token | None:
        """The verb of support of which a noun is the object in the clause behind it, which parses may hang on its complement:
        "l'embargo sur les armes que X a décrété"."""
        hosts = (noun, *(c for c in noun.children if c.dep_ == "nmod"))
        clauses = (c for h in hosts for c in h.children if c.dep_ == "acl:relcl" and c.lemma_ in self.verbs)
        return next((c for c in clauses if self._is_objective(c) and not self._is_others(c)), None)

    def _is_others(self, clause: Token) -> bool:
        """Whether the pronoun of a relative clause is the object of an infinitive that does not support its noun: "la vente des
        avions que X souhaite acquérir"."""
        infinitives = (c for c in clause.rights if c.dep_ == "xcomp" and "Inf" in c.morph.get("VerbForm", ()))
        infinitive = next(infinitives, None)
        return infinitive is not None and infinitive.lemma_ not in self.verbs

    def _is_objective(self, clause: Token) -> bool:
        """Whether a relative clause has its own subject, and its noun for its object."""
        lefts = list(clause.lefts)
        objective = any(c.dep_ in ("obj", "mark") and c.lower_ in self._relatives for c in lefts)
        return objective and any(c.dep_.startswith("nsubj") for c in lefts)

    def _in_matter(self, noun: Token, verb: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """To whom a verb does something in a matter that a noun tells, which is his doing: "met en cause X dans l'attaque"; or whom it
        charges with it: "reproche à X l'attaque"."""
        if verb.lemma_ in self._charging and noun.dep_ == "obj":
            charged = (a.token for a in self._syntax.arcs(verb) if a.relation in ("iobj", self._led.to))
            return [(r, "obj") for t in charged for r in referents.of(t, line, ACTORS)]
        if self._syntax.preposition(noun) != self._led.within:
            return []
        objects = (a.token for a in self._syntax.arcs(verb) if a.relation == "obj")
        return [(r, "obj") for t in objects for r in referents.of(t, line, ACTORS)]

    def _blamed(self, noun: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """Whom a verb judges for what a noun tells, which is his doing: "sanctionne X pour l'achat de …"."""
        if self._syntax.preposition(noun) != self._led.for_:
            return []
        return [(r, "obj") for r in self.judged(noun, line, referents)]

    def judged(self, noun: Token, line: Line, referents: Referents) -> list[Referent]:
        """Whom the verb above a noun judges, named last before it: "a imposé des sanctions à X après …"; nobody if it does not judge."""
        verb = next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)
        if verb is None or verb.lemma_ not in self._blaming:
            return []
        arcs = [a for a in self._syntax.arcs(verb) if a.token.i < noun.i and a.relation in self._judged]
        objects = (a.token for a in arcs if a.relation == "obj")
        inner = (b for t in objects for b in self._syntax.arcs(t) if b.relation in self._judged)
        tokens = [a.token for a in (*arcs, *inner) if a.token.i < noun.i]
        return [r for t in tokens for r in referents.of(t, line, ACTORS)][-1:]
