"""Who fills the roles of a trigger, as the parse has it. Each filler remembers how it was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.coreference import Referents
from kg.extract.lexicon import ModalityWords
from kg.extract.names import AGENTS, WEAPONS, Named
from kg.extract.reading import Line, Referent
from kg.extract.relations import Arc
from kg.extract.syntax import Syntax
from kg.extract.triggers import Match
from kg.model import NameForm, Reference

ACTORS = AGENTS - {"MediaOutlet"}
KINDS: dict[str, frozenset[str]] = {
    "agent": ACTORS,
    "participant": ACTORS,
    "supplier": ACTORS,
    "recipient": ACTORS,
    "target": ACTORS,
    "item": WEAPONS,
    "treaty": frozenset({"Treaty"}),
    "topic": WEAPONS | {"Treaty", "Conflict"},
    "place": frozenset({"Place", "State"}),
    "gathering": frozenset({"Gathering"}),
}
"""The entity classes that each role takes (ranges of the ontology's roles)."""

CORE = ("agent", "participant", "supplier", "recipient", "target", "item", "treaty")
_PROPOSING = frozenset({"proposer", "inviter", "suggérer", "offrir", "demander", "appeler", "convier"})
PARSE = 0.9


class Filled(NamedTuple):
    """An entity in a role, how it was found, and how sure that is."""

    referent: Referent
    rule: str
    confidence: float


@dataclass(slots=True)
class Filling:
    """The roles of one trigger."""

    match: Match
    line: Line
    roles: dict[str, list[Filled]] = field(default_factory=dict)
    parsed: set[str] = field(default_factory=set)
    """Roles that the parse itself filled."""

    def entities(self, role: str) -> set[str]:
        """The IRIs in a role."""
        return {f.referent.entity for f in self.roles.get(role, ())}

    def used(self, *but: str) -> set[str]:
        """The IRIs in core roles, except the roles named."""
        return {f.referent.entity for role, fs in self.roles.items() if role in CORE and role not in but for f in fs}

    def add(self, role: str, referent: Referent, rule: str, confidence: float) -> None:
        """Put an entity into a role, once."""
        if role == "place" and referent.place:
            referent = referent._replace(entity=referent.place, kind="Place")
        if role == "place" and referent.entity in self.used():
            return
        if role in CORE:
            self._unplace(referent.entity)
        if referent.entity not in self.entities(role):
            self.roles.setdefault(role, []).append(Filled(referent, rule, confidence * referent.confidence))

    def _unplace(self, entity: str) -> None:
        """A state that acts or is acted on is not the place as well."""
        left = [f for f in self.roles.get("place", ()) if f.referent.entity != entity]
        if left:
            self.roles["place"] = left
        else:
            self.roles.pop("place", None)


class Roles:
    """Fills the roles of triggers."""

    def __init__(self, reference: Reference, syntax: Syntax, words: ModalityWords) -> None:
        self.reference = reference
        self.syntax = syntax
        self._governing = frozenset(words.support) | frozenset(words.transparent)
        self._undergoing = words.undergoing

    def fill(self, match: Match, line: Line, referents: Referents) -> Filling:
        """The roles that the parse fills, without the fallback."""
        filling = Filling(match, line)
        arcs = self.dependents(match)
        realisations = match.pattern.noun if match.noun else match.pattern.verb
        for role, ways in realisations.items():
            for way in ways:
                found = self._realise(role, way, arcs, match, line, referents)
                if role in filling.roles and role != "participant" and way not in ("avec", "entre"):
                    continue
                for referent, rule in self.grouped(found, role, line, referents):
                    if referent.entity not in filling.used(role) or role in ("place", "topic"):
                        filling.add(role, referent, rule, PARSE if not rule.startswith(("gov", "poss")) else 0.75)
        if "participant" in realisations:
            self._proposer(filling, referents)
        filling.parsed = set(filling.roles)
        return filling

    def _proposer(self, filling: Filling, referents: Referents) -> None:
        """Who proposes to another to do something together takes part himself: "propose à X de produire ensemble"."""
        token, head = filling.match.token, filling.match.token.head
        verb = head if not filling.match.noun else self.syntax.governor(token)
        while verb is not None and verb.lemma_ not in _PROPOSING and verb.head != verb and verb.dep_ == "xcomp":
            verb = verb.head
        if verb is None or verb.lemma_ not in _PROPOSING:
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
                if fits and named.entity != referent.entity:
                    wide.append((referents.referent(named), f"{rule}/group"))
        return wide

    def dependents(self, match: Match) -> list[Arc]:
        """The dependents of all words of the trigger, and those that the parse hangs on its object instead."""
        phrase = match.words
        arcs = []
        for token in [match.token.doc[i] for i in match.words]:
            if token == match.token or match.token in token.ancestors or token.head == match.token:
                arcs += [a for a in self.syntax.arcs(token) if a.token.i not in phrase]
        attached = []
        for arc in arcs:
            if (
                arc.relation in ("obj", "de", "à", "en")
                and arc.token.pos_ in ("NOUN", "PROPN", "ADJ")
                and arc.token.i > match.token.i
            ):
                attached += [
                    a._replace(relation=self._voiced(a.relation, match), path=f"attached/{a.relation}")
                    for a in self.syntax.arcs(arc.token)
                    if a.relation not in ("de", "obj", "subj", "clause", "appos", "date")
                ]
        if self._is_inverted(match, arcs):
            arcs = [a._replace(relation="subj", path="inverted") if a.relation == "obj" else a for a in arcs]
        return arcs + attached

    def _is_inverted(self, match: Match, arcs: list[Arc]) -> bool:
        """Whether a verb stands before its subject after a clause: ", avertit la ministre"."""
        if match.noun or len(match.words) > 1 or any(a.relation == "subj" and a.path == "subj" for a in arcs):
            return False
        before = match.token.doc[max(match.token.sent.start, match.token.i - 3) : match.token.i]
        lead = [t for t in before if t.pos_ not in ("AUX", "ADV", "PRON")]
        after = match.token.doc[match.token.i + 1 : match.token.i + 2]
        named = bool(after) and after[0].pos_ in ("PROPN", "DET", "NOUN")
        finite = not match.token.lower_.endswith(("ant", "er", "ir", "ées", "és"))
        return finite and named and bool(lead) and lead[-1].text in (",", "»", '"')

    def _voiced(self, relation: str, match: Match) -> str:
        """ "par X" on the object of a passive is the verb's agent."""
        undergone = self.syntax.is_undergone(match.token) or self.syntax.is_passive(match.token)
        return "agent" if relation == "par" and undergone else relation

    def _realise(
        self, role: str, way: str, arcs: list[Arc], match: Match, line: Line, referents: Referents
    ) -> list[tuple[Referent, str]]:
        kinds = KINDS[role]
        if way == "adj":
            return [(r, "adj") for r in self._adjectives(match, line) if r.kind in kinds]
        if way == "poss":
            return [(r, "poss") for r in self._possessor(match.token, line, referents) if r.kind in kinds]
        if way == "gov":
            governing = self._governing_subject(match.token, line, referents)
            undergone = role not in ("recipient", "target", "participant")
            return [
                (r, w) for r, w in governing if r.kind in kinds and not (undergone and w.endswith(self._undergoing))
            ]
        if way == "owner":
            objects = [a.token for a in arcs if a.relation in ("obj", "de", "à") and a.token.pos_ == "NOUN"]
            return [(r, "owner") for t in objects for r in self._owners(t, line, referents) if r.kind in kinds]
        found = []
        for arc in arcs:
            if arc.relation == way:
                found += [(r, arc.path) for r in self._of(arc.token, line, kinds, role, referents)]
        return found

    def _of(self, token: Token, line: Line, kinds: frozenset[str], role: str, referents: Referents) -> list[Referent]:
        """What a token stands for in a role; a capital named as a place does not act, but may be sold to."""
        found = referents.of(token, line, kinds)
        if role == "place":
            return [r for r in found if r.rule != "coreference"]
        if role in ("recipient", "target"):
            return found
        places = {n.entity for n in line.at.get(token.i, ()) if n.is_place}
        return found if role == "place" else [r for r in found if r.entity not in places]

    def _adjectives(self, match: Match, line: Line) -> list[Referent]:
        """The states whose adjectives qualify the trigger: "la livraison russe", "les accords russo-américains"."""
        found = []
        for token in [match.token.doc[i] for i in match.words]:
            for child in token.children:
                if child.dep_ in ("amod", "acl", "nmod", "appos", "conj", "flat:foreign"):
                    found += [
                        Referent(n.entity, n.kind, "adjective", n.start, n.end)
                        for n in line.at.get(child.i, ())
                        if n.form in (NameForm.ADJECTIVE, NameForm.PREFIX)
                    ]
        if not found and match.end < len(line.doc):
            found += [
                Referent(n.entity, n.kind, "adjective", n.start, n.end)
                for n in line.at.get(match.end, ())
                if n.form in (NameForm.ADJECTIVE, NameForm.PREFIX) and line.doc[match.end].pos_ == "ADJ"
            ]
        return found

    def _owners(self, token: Token, line: Line, referents: Referents) -> list[Referent]:
        """Whose the object is: "rejeter l'offre de X", "dénoncer les manœuvres américaines"."""
        owners = [
            r
            for c in token.children
            if c.dep_ == "nmod" and self.syntax.preposition(c) == "de"
            for r in referents.of(c, line, ACTORS)
        ]
        return owners or [r for r in referents.states_of(token, line) if r.kind in ACTORS]

    def _possessor(self, token: Token, line: Line, referents: Referents) -> list[Referent]:
        """Whom a possessive points to: the subject of its clause, else the latest subject."""
        for child in token.children:
            if child.dep_.startswith("det") and child.lower_ in (
                "son",
                "sa",
                "ses",
                "leur",
                "leurs",
                "notre",
                "nos",
            ):
                if child.lower_ in ("notre", "nos"):
                    speaker = referents.focus.speaker
                    again = speaker._replace(start=child.i, end=child.i + 1) if speaker else None
                    return [again] if again else []
                verb = self.syntax.governor(token) or token.head
                for subject, _ in self.syntax.subjects(verb):
                    if subject.i != token.i and (found := referents.of(subject, line, ACTORS)):
                        return [r._replace(rule="coreference", confidence=0.8) for r in found]
                latest = referents.focus.subjects[-1:]
                return [r._replace(rule="coreference", confidence=0.6, start=child.i, end=child.i + 1) for r in latest]
        return []

    def _governing_subject(self, token: Token, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """The subject of the verb that a noun completes: "Pékin a procédé à un essai"."""
        verb = self.syntax.governor(token)
        steps = 0
        while verb is not None and steps < 3:
            if verb.lemma_ not in self._governing:
                return []
            found = [
                (r, f"gov:{verb.lemma_}")
                for t, _ in self.syntax.subjects(verb)
                if t.i != token.i
                for r in referents.of(t, line, ACTORS)
            ]
            if found:
                return found
            verb, steps = self.syntax.governor(verb), steps + 1
        return []

    def may(self, named: Named, role: str) -> bool:
        """Whether a name may fill a role by its class and form."""
        if named.form in (NameForm.ADJECTIVE, NameForm.PREFIX) and role != "place":
            return False
        if role == "place":
            return named.kind == "Place" or named.is_place
        return named.kind in KINDS[role] and (not named.is_place or role in ("recipient", "target"))
