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

_GIVEN = frozenset({"iobj", "obl:arg", "obl:mod", "dep"})
"""How parses hang the pronoun of "auquel X a procédé"."""

_NAMING = frozenset({"nmod", "amod", "appos", "flat:name"})
"""How what a noun is about, and its name, hang on it."""


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
        self._pronouns = lexicon.syntax.relatives - lexicon.syntax.of_relatives - lexicon.syntax.object_relatives
        self._to = frozenset({led.to, None})
        self._thereby = lexicon.syntax.thereby
        self._borne, self.answerable = lexicon.syntax.borne, lexicon.syntax.answerable
        self._attesting = lexicon.names.attesting
        self._demanding = frozenset(lexicon.reporting.demanding) | lexicon.names.mentioning
        self._blaming = lexicon.syntax.blaming
        self._charging = frozenset(lexicon.reporting.accusing)
        self._deciding = lexicon.syntax.completed

    def subjects(self, noun: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """The subject of the verb that a noun completes, with the verb's lemma behind "gov:"."""
        if self._syntax.answers(noun):
            return self._blamed(noun, line, referents)
        if told := self._told_by(noun, line, referents) or self._done_thereby(noun, line, referents):
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
        if noun.dep_ != "nmod" or self._syntax.preposition(noun) != self._led.of:
            return []
        if head.pos_ == "PROPN" and self._syntax.preposition(head) == self._led.by:
            head = head.head  # "l'annonce par X de …": parses hang the matter on X
        if answering := self._answering(head, line, referents):
            return answering
        if head.lower_lemma not in self._deciding:
            return []
        by = (a.token for a in self._syntax.arcs(head) if a.relation in ("agent", self._led.by))
        told = [r for t in by for r in referents.of(t, line, ACTORS)]
        whose = [n for c in head.children if c.dep_ == "amod" for n in line.at.get(c.i, ()) if n.kind in ACTORS]
        return [(r, f"gov:{head.lower_lemma}") for r in told or map(referents.referent, whose)]

    def _answering(self, head: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """Whose deed the noun behind one is said to be: "porte la responsabilité de …", "X, reconnu coupable de …"."""
        verb = head.head
        if verb.lemma_ in self._borne.get(head.lower_lemma, ()) and head.dep_ == "obj":
            found = [t for t, _ in self._syntax.subjects(verb)]
        elif head.lower_lemma in self.answerable and verb.pos_ == "VERB":
            held = [c for c in verb.children if c.dep_ == "obj" and c.i < head.i]
            found = [t for t, _ in self._syntax.subjects(verb)] if self._syntax.is_passive(verb) else held
        else:
            return []
        return [(r, f"gov:{verb.lemma_}") for t in found for r in referents.of(t, line, ACTORS)]

    def _done_thereby(self, noun: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """Who does by a noun at the front of his sentence what that tells: "Avec le retrait de …, X défie Y"."""
        led, verb = self._syntax.preposition(noun), noun.head
        if led not in self._thereby or verb.pos_ != "VERB" or verb.i < noun.i or self._syntax.is_passive(verb):
            return []
        comma = noun.right_edge.i + 1
        if noun.left_edge.i != noun.sent.start or noun.doc.span(comma, comma + 1).text != ",":
            return []
        subjects = (c for c in verb.lefts if c.dep_ == "nsubj" and c.left_edge.i == comma + 1)
        return [(r, f"gov:{led}") for t in subjects for r in referents.of(t, line, ACTORS)]

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
        demands it ("réclame la suspension des licences") or only speaks of it ("évoque un tir") does not do it; nor need he be the
        supplier who goes on "avec la livraison de …"."""
        if role == "supplier" and verb == self._led.with_:
            return True
        return (referent.kind in _WATCHING and verb in self._attesting) or (role == "agent" and verb in self._demanding)

    def _relative(self, noun: Token) -> Token | None:
        """The verb of support of which a noun is the object in the clause behind it, which parses may hang on its complement:
        "l'embargo sur les armes que X a décrété"."""
        inner = [c for c in noun.rights if c.dep_ in _NAMING]
        hosts = (noun, *inner, *(c for i in inner for c in i.rights if c.dep_ in _NAMING))
        clauses = (c for h in hosts for c in h.children if c.dep_ == "acl:relcl" and c.lemma_ in self.verbs)
        return next((c for c in clauses if self._is_objective(c) and not self._is_others(c)), None)

    def _is_others(self, clause: Token) -> bool:
        """Whether the pronoun of a relative clause is the object of an infinitive that does not support its noun: "la vente des
        avions que X souhaite acquérir"."""
        infinitives = (c for c in clause.rights if c.dep_ == "xcomp" and "Inf" in c.morph.get("VerbForm", ()))
        infinitive = next(infinitives, None)
        return infinitive is not None and infinitive.lemma_ not in self.verbs

    def _is_objective(self, clause: Token) -> bool:
        """Whether a relative clause has its own subject, and its noun for its object: "le retrait que prépare X", "auquel X procède"."""
        lefts = list(clause.lefts)
        objective = any(c.dep_ in ("obj", "mark") and c.lower_ in self._relatives for c in lefts)
        given = any(
            c.dep_ in _GIVEN and c.lower_ in self._pronouns and self._syntax.preposition(c) in self._to for c in lefts
        )
        return (objective and any(c.dep_.startswith("nsubj") for c in clause.children)) or (
            given and any(c.dep_.startswith("nsubj") and c.lower_ not in self._pronouns for c in lefts)
        )

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
