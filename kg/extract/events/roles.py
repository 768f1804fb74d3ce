"""Who fills the roles of a trigger, as the parse has it. Each filler remembers how it was found."""

from __future__ import annotations

from kg.extract.clauses.dependents import Around, Dependents
from kg.extract.clauses.relations import Arc
from kg.extract.clauses.syntax import Syntax
from kg.extract.events.adjectives import adjectives_of
from kg.extract.events.filling import ACTORS, KINDS, Filling
from kg.extract.events.governing import Governing
from kg.extract.events.possession import Possession
from kg.extract.events.retorts import Retorts
from kg.extract.events.triggers import Match
from kg.extract.events.wording import is_claim
from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.frames import realisations
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import Named
from kg.extract.reading import Line, Referent
from kg.model import NameForm, Reference

PARSE = 0.9
_BREACH = "Violation"
_APART = frozenset({"adj", "poss", "host", "gov", "called", "owner", "self", "speaker", "from"})
"""Realisations that are no relation to a dependent."""
_GOVERNED = ("host", "gov", "called")
_IN = "in:"
"""Begins the realisations of who is in what a noun says: "in:en" for "en visite"."""


class Roles:
    """Fills the roles of triggers."""

    def __init__(self, reference: Reference, syntax: Syntax, lexicon: Lexicon) -> None:
        self.reference = reference
        self.syntax = syntax
        offices: dict[str, set[str]] = {}
        for tenure in reference.tenures:
            offices.setdefault(tenure.person, set()).add(tenure.body)
        self.offices = {person: frozenset(bodies) for person, bodies in offices.items()}
        """For each person the states and bodies of which he held an office."""
        self.governing = Governing(syntax, lexicon)
        self._undergoing = lexicon.modality.undergoing
        self._words = lexicon.syntax
        led = self._led = syntax.led
        self._undergone = frozenset({"obj", led.of, led.to, led.against})
        """Where stands what something is done to, whose owner undergoes it."""
        self._aimed_at = frozenset({led.against, led.on, led.aiming})
        """The same for what is aimed at others, whose "of" says who does it: "les frappes de X contre les bases de Y"."""
        self._forces = lexicon.people.forces
        self._apart = _APART | {way for way in realisations(lexicon.frames) if way.startswith(_IN)}
        self._possession = Possession(reference, syntax, lexicon, self.governing)
        self._retorts = Retorts(lexicon.reporting, syntax)
        self._dependents = Dependents(syntax, lexicon.syntax, self.governing.verbs)

    def fill(self, match: Match, line: Line, referents: Referents) -> Filling:
        """The roles that the parse fills, without the fallback."""
        filling = Filling(match, line)
        around = self.dependents(match, line)
        for role, ways in match.realised.items():
            for way in ways:
                there = way in around.relations or way in self._apart
                if not there or not self._is_open(filling, role, way):
                    continue
                for referent, rule in self._found(role, way, around, match, line, referents):
                    free = referent.entity not in filling.used(role) or role in ("place", "topic")
                    if free and referent.kind in match.trigger.only.get(role, (referent.kind,)):
                        filling.add(role, referent, rule, PARSE if not rule.startswith(("gov", "poss")) else 0.75)
        if "place" in match.realised and "place" not in filling.roles:
            for referent in self._there(match, line, referents):
                filling.add("place", referent, "coreference", PARSE)
        if "participant" in match.realised:
            self._proposer(filling, referents)
        if "agent" in match.realised:
            self._retorts.complete(filling, referents)
            if match.frame.event == _BREACH and "agent" not in filling.roles:
                for referent in self._possession.breaking(match, line, referents):
                    filling.add("agent", referent, "owner", 0.8)
        filling.parsed = set(filling.roles)
        return filling

    def _found(
        self, role: str, way: str, around: Around, match: Match, line: Line, referents: Referents
    ) -> list[tuple[Referent, str]]:
        """Who stands in a role in one way, with what stands beside him; several frames ask it of the same words in turn."""
        known = around.found.get((role, way))
        if known is None:
            found = self._realise(role, way, around.arcs, match, line, referents)
            known = around.found[role, way] = self.grouped(found, role, line, referents)
        return known

    def _is_open(self, filling: Filling, role: str, way: str) -> bool:
        """Whether a role may take more: who is found beside "avec" is not alone."""
        if role not in filling.roles or role == "participant" or way in (self._led.with_, self._led.between):
            return True
        return role == "agent" and all(f.rule.rpartition("/")[2] == self._led.with_ for f in filling.roles[role])

    def _proposer(self, filling: Filling, referents: Referents) -> None:
        """Who proposes to another to do something together takes part himself: "propose à X de produire ensemble"."""
        token, head = filling.match.token, filling.match.token.head
        verb = head if not filling.match.noun else self.syntax.governor(token)
        while (
            verb is not None and verb.lemma_ not in self._words.proposing and verb.head != verb and verb.dep_ == "xcomp"
        ):
            verb = verb.head
        if verb is None or verb.lemma_ not in self._words.proposing:
            return
        for subject, _ in self.syntax.subjects(verb):
            for referent in referents.of(subject, filling.line, ACTORS):
                filling.add("participant", referent, "proposer", 0.8)

    def grouped(
        self, found: list[tuple[Referent, str]], role: str, line: Line, referents: Referents
    ) -> list[tuple[Referent, str]]:
        """What was found with what stands beside it in an enumeration, which parses often break."""
        wide = list(found)
        for referent, rule in found:
            for named in line.group(referent.start, referent.end):
                fits = self.may(named, role) or (named.form is NameForm.ADJECTIVE and named.kind in KINDS[role])
                fits = fits or (role == "place" and referent.kind == named.kind == "State")
                fits = fits and not (self._is_led(line, named.start) and not self._is_led(line, referent.start))
                if fits and named.entity != referent.entity:
                    wide.append((referents.referent(named), f"{rule}/group"))
        return wide

    def dependents(self, match: Match, line: Line) -> Around:
        """The dependents of all words of the trigger, and those that the parse hangs on its object instead."""
        return self._dependents.of(match, line)

    def _is_led(self, line: Line, start: int) -> bool:
        """Whether a preposition introduces a name: "sous l'égide de X, Y et Z" does not join X to Y."""
        before = [line.doc[i] for i in range(max(0, start - 2), start)]
        lead = [t for t in before if t.pos_ != "DET" or t.lower_ in self.syntax.contractions]
        return bool(lead) and (lead[-1].pos_ == "ADP" or lead[-1].lower_ in self.syntax.contractions)

    def _realise(
        self, role: str, way: str, arcs: tuple[Arc, ...], match: Match, line: Line, referents: Referents
    ) -> list[tuple[Referent, str]]:
        kinds = KINDS[role]
        if way == "adj":
            return [(r, "adj") for r in adjectives_of(match, line, referents) if r.kind in kinds]
        if way == "poss":
            owner = self._possession.thing if role == "item" else self._possession.of
            return [(r, "poss") for r in owner(match.token, line, referents) if r.kind in kinds]
        if way.startswith(_IN):
            return [(r, "frame") for r in self._framed(way.removeprefix(_IN), match, line, referents, kinds)]
        if way in _GOVERNED:
            return [(r, w) for r, w in self._governed(role, way, match, line, referents) if r.kind in kinds]
        if way == "owner":
            return [(r, "owner") for r in self._owners(role, match, arcs, line, referents) if r.kind in kinds]
        if way == "from":
            return [(r, "from") for r in self._left(match, arcs, line, referents) if r.kind in kinds]
        if way == "speaker":
            speaker = self._retorts.speaker(match, line, referents)
            return [(speaker, "speaker")] if speaker is not None and speaker.kind in kinds else []
        if way == "self":
            return [(referents.referent(n), "self") for i in match.words for n in line.at.get(i, ()) if n.kind in kinds]
        return [
            told
            for arc in arcs
            if arc.relation == way or (match.noun and way == self._led.by and arc.relation == "agent")
            for told in self._beside(arc, role, way, match, line, referents)
        ]

    def _beside(
        self, arc: Arc, role: str, way: str, match: Match, line: Line, referents: Referents
    ) -> list[tuple[Referent, str]]:
        """Who stands in a role by a dependent, with its path."""
        if self._is_aside(arc, role, way) or (role == "participant" and self._is_title(arc, match, line)):
            return []
        forces = way == self._led.of and role == "target" and arc.token.lower_lemma in self._forces
        if forces or is_claim(arc.token, role, match.frame.event):
            return []
        found = [(r, arc.path) for r in self._of(arc.token, line, KINDS[role], role, referents)]
        if role == "agent" and way == "subj" and not match.noun:
            found += [(r, "owner") for r in self._possession.doers(arc.token, match.frame, line, referents)]
        return found

    def _owners(
        self, role: str, match: Match, arcs: tuple[Arc, ...], line: Line, referents: Referents
    ) -> list[Referent]:
        """Whose the objects of a trigger are; a target is never who does it himself."""
        places = self._aimed_at if self._led.aiming in match.realised.get(role, ()) else self._undergone
        objects = [a.token for a in arcs if a.relation in places and a.token.pos_ in ("NOUN", "PROPN")]
        apart = {r.entity for r in self._left(match, arcs, line, referents)}
        if role == "target":
            apart |= {r.entity for a in arcs if a.relation == "subj" for r in referents.of(a.token, line, ACTORS)}
        return [r for t in objects for r in self._possession.owners(t, line, referents, frozenset(apart))]

    def _left(self, match: Match, arcs: tuple[Arc, ...], line: Line, referents: Referents) -> list[Referent]:
        """Where what a trigger takes away is taken from, if it takes anything away."""
        if "from" not in match.realised.get("place", ()):
            return []
        taken = [a.token for a in arcs if a.relation in ("obj", self._led.of)]
        return [r for t in taken for r in self._possession.origins(t, line, referents)]

    def _governed(
        self, role: str, way: str, match: Match, line: Line, referents: Referents
    ) -> list[tuple[Referent, str]]:
        """Who fills a role by the verb that governs the trigger's noun."""
        if way == "called":
            return self.governing.called(match.token, line, referents)
        found = self.governing.subjects(match.token, line, referents)
        if way == "host":
            return [(r, w) for r, w in found if w.endswith(self._undergoing)]
        undergone = role not in ("recipient", "target", "participant")
        return [
            (r, w)
            for r, w in found
            if not (undergone and w.endswith(self._undergoing))
            if not (role == "supplier" and r.kind == "InternationalOrganization")
            if not self.governing.leaves(r, role, w.removeprefix("gov:"))
        ]

    def _is_aside(self, arc: Arc, role: str, way: str) -> bool:
        """Whether "à X" only tells where something happens."""
        if way != self._led.to:
            return False
        if role == "participant":
            return arc.token.lower_ in self._words.bare_states
        return role in ("recipient", "target") and self.syntax.is_setting(arc.token)

    def _is_title(self, arc: Arc, match: Match, line: Line) -> bool:
        """Whether a name that only this text knows is what the event itself is called: "les manœuvres conjointes X"."""
        last = match.words[-1]
        return any(
            n.kind == "Organization"
            and n.entity not in self.reference.entities
            and last < n.start <= last + 3
            and all(t.pos_ == "ADJ" or t.text in ("«", '"') for t in match.token.doc[last + 1 : n.start])
            for n in line.at.get(arc.token.i, ())
        )

    def _there(self, match: Match, line: Line, referents: Referents) -> list[Referent]:
        """The place that a pronoun beside the verb means: the last one named before it."""
        pronoun = next((c for c in match.token.children if c.lower_ in self._words.place_pronouns), None)
        if pronoun is None:
            return []
        places = [n for n in line.names if n.end <= pronoun.i and (n.kind == "Place" or n.is_place)]
        return [referents.referent(n, "coreference") for n in places[-1:]]

    def _of(self, token: Token, line: Line, kinds: frozenset[str], role: str, referents: Referents) -> list[Referent]:
        """What a token stands for in a role; a capital named as a place does not act, but may be sold to."""
        found = referents.of(token, line, kinds)
        if role == "place":
            return [r for r in found if r.rule != "coreference"] or self._site(token, line, referents)
        if role in ("recipient", "target"):
            return found
        return [r for r in found if r.entity not in {n.entity for n in line.at.get(token.i, ()) if n.is_place}]

    def _site(self, token: Token, line: Line, referents: Referents) -> list[Referent]:
        """Where a site is of which a noun only tells the kind: "l'usine de X"."""
        if token.pos_ != "NOUN" or token.lower_lemma not in self._words.places:
            return []
        beside = (c for c in token.children if c.dep_ == "nmod" and self.syntax.preposition(c) == self._led.of)
        return [referents.referent(n) for c in beside for n in line.at.get(c.i, ()) if n.kind == "Place" or n.is_place]

    def _framed(
        self, led: str, match: Match, line: Line, referents: Referents, kinds: frozenset[str]
    ) -> list[Referent]:
        """Who is in what the noun says: the subject of the clause, or the noun before it: "X, en visite à Y, a …"."""
        token = match.token
        if self.syntax.preposition(token) != led and not self._collapses(token, led):
            return []
        for above in token.ancestors:
            if above.pos_ in ("VERB", "AUX") or self.syntax.is_participle(above):
                if led == self._led.on and not self.syntax.is_passive(above) and above.lemma_ in self._words.listing:
                    return []
                return [r for t, _ in self.syntax.subjects(above) for r in referents.of(t, line, kinds)]
            if found := [r for r in referents.of(above, line, kinds) if r.start <= above.i]:
                return found
        return []

    def _collapses(self, token: Token, preposition: str) -> bool:
        """Whether a compound preposition introduces a noun: "à l'occasion d'une visite", "lors d'une visite"."""
        head = token.head
        compound = self._words.compound_prepositions
        return compound.get(head.lower_) == preposition or any(
            compound.get(c.lower_) == preposition for c in token.lefts if c.dep_ == "case"
        )

    def may(self, named: Named, role: str) -> bool:
        """Whether a name may fill a role by its class and form."""
        if named.form in (NameForm.ADJECTIVE, NameForm.PREFIX) and role != "place":
            return False
        if role == "place":
            return named.kind == "Place" or named.is_place
        return named.kind in KINDS[role] and (not named.is_place or role in ("recipient", "target"))
