"""Who fills the roles of a trigger: by the parse first, then by preposition, type and order within the clause.

Each filler remembers how it was found; what the reference adds (a weapon's origin, a treaty's parties) is marked as
inferred.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from kg.extract.coreference import Referents
from kg.extract.names import AGENTS, WEAPONS, Named
from kg.extract.reading import Line, Referent
from kg.extract.syntax import Arc, Syntax
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
_LOCATIVE = frozenset({"à", "en", "dans", "sur", "près de", "vers", "depuis", "autour de"})
PARSE, WINDOW, INFERRED = 0.9, 0.6, 0.5


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
        if referent.entity not in self.entities(role):
            self.roles.setdefault(role, []).append(Filled(referent, rule, confidence * referent.confidence))


class Roles:
    """Fills the roles of triggers."""

    def __init__(
        self, reference: Reference, syntax: Syntax, support: frozenset[str], transparent: frozenset[str]
    ) -> None:
        self.reference = reference
        self.syntax = syntax
        self._governing = support | transparent

    def fill(self, match: Match, line: Line, referents: Referents) -> Filling:
        """The roles that the parse fills, without the fallback."""
        filling = Filling(match, line)
        arcs = self._arcs(match)
        realisations = match.pattern.noun if match.noun else match.pattern.verb
        for role, ways in realisations.items():
            for way in ways:
                found = self._realise(role, way, arcs, match, line, referents)
                if role in filling.roles and role != "participant" and way not in ("avec", "entre"):
                    continue
                for referent, rule in self._grouped(found, role, line, referents):
                    if referent.entity not in filling.used(role) or role in ("place", "topic"):
                        filling.add(role, referent, rule, PARSE if not rule.startswith(("gov", "poss")) else 0.75)
        filling.parsed = set(filling.roles)
        return filling

    def _grouped(
        self, found: list[tuple[Referent, str]], role: str, line: Line, referents: Referents
    ) -> list[tuple[Referent, str]]:
        """What was found with what stands beside it in an enumeration, which parses often break."""
        wide = list(found)
        for referent, rule in found:
            for named in line.group(referent.start, referent.end):
                if self._may(named, role) and named.entity != referent.entity:
                    wide.append((referents.referent(named), f"{rule}/group"))
        return wide

    def _arcs(self, match: Match) -> list[Arc]:
        """The dependents of all words of the trigger, and those that the parse hangs on its object instead."""
        phrase = range(match.token.i, match.end)
        arcs = []
        for token in match.token.doc[match.token.i : match.end]:
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
        return arcs + attached

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
            return [(r, rule) for r, rule in self._governing_subject(match.token, line, referents) if r.kind in kinds]
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
        if role in ("recipient", "target"):
            return found
        places = {n.entity for n in line.at.get(token.i, ()) if n.is_place}
        return found if role == "place" else [r for r in found if r.entity not in places]

    def _adjectives(self, match: Match, line: Line) -> list[Referent]:
        """The states whose adjectives qualify the trigger: "la livraison russe", "les accords russo-américains"."""
        found = []
        for token in match.token.doc[match.token.i : match.end]:
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

    def fall_back(self, filling: Filling, referents: Referents, barriers: set[int]) -> None:
        """Fill empty roles from the clause around the trigger by preposition, type and order.

        `barriers` are the tokens of other triggers: a name beyond one belongs to it.
        """
        match, line = filling.match, filling.line
        realisations = match.pattern.noun if match.noun else match.pattern.verb
        for role, ways in realisations.items():
            lone = role == "participant" and len(filling.entities(role)) == 1
            if (role in filling.roles and not lone) or role in ("topic", "gathering"):
                continue
            for named in self._candidates(match, line, barriers, before=not match.noun and "subj" in ways):
                if not self._may(named, role) or named.entity in filling.used(role):
                    continue
                if self._stands(named, role, ways, match, line):
                    for referent in referents.named(named, line):
                        filling.add(role, referent, "window", WINDOW)
                        for other, rule in self._grouped([(referent, "window")], role, line, referents)[1:]:
                            if other.entity not in filling.used(role):
                                filling.add(role, other, rule, WINDOW)
                    break

    def _may(self, named: Named, role: str) -> bool:
        if named.form in (NameForm.ADJECTIVE, NameForm.PREFIX) and role != "place":
            return False
        if role == "place":
            return named.kind == "Place" or named.is_place
        return named.kind in KINDS[role] and (not named.is_place or role in ("recipient", "target"))

    def _candidates(self, match: Match, line: Line, barriers: set[int], before: bool) -> list[Named]:
        """The names of the clause, nearest first: after the trigger, and before it where a subject is wanted."""
        token = match.token
        if self._is_fronted(token):
            return [n for n in line.names if match.end <= n.start < token.sent.end]
        end = match.end
        while end < token.sent.end and not self._closes(line.doc[end], barriers):
            end += 1
        after = [n for n in line.names if match.end <= n.start < end]
        if not before:
            return after
        start = token.i
        while start > token.sent.start and not self._closes(line.doc[start - 1], barriers - {token.i}):
            start -= 1
        return after + [n for n in reversed(line.names) if start <= n.start and n.end <= token.i]

    def _is_fronted(self, token: Token) -> bool:
        """Whether a participle opens the sentence, so that what it qualifies is still to come: "Signé en 2010, le traité …"."""
        before = token.doc[token.sent.start : token.i]
        return (
            self.syntax.is_participle(token)
            and self.syntax.is_passive(token)
            and not any(t.pos_ in ("NOUN", "PRON", "AUX") and t.dep_.startswith("nsubj") for t in before)
            and (len(before) == 0 or before[0].pos_ in ("VERB", "PUNCT") or self.syntax.is_participle(before[0]))
        )

    def recall(self, filling: Filling, referents: Referents) -> None:
        """The treaty left unsaid: the one named in the same sentence, else the latest spoken of."""
        match, line = filling.match, filling.line
        if not match.trigger.anaphora or "treaty" in filling.roles:
            return
        others = [
            a.token
            for a in self._arcs(match)
            if a.relation in ("obj", "de") and a.token.pos_ == "NOUN" and not referents.of(a.token, line, ACTORS)
        ]
        if others:
            return
        sentence = match.token.sent
        near = [n for n in line.names if n.kind == "Treaty" and sentence.start <= n.start < sentence.end]
        if near:
            filling.add("treaty", referents.referent(near[0], "coreference"), "coreference", 0.7)
        elif referents.focus.treaties:
            filling.add(
                "treaty",
                referents.focus.treaties[-1]._replace(rule="coreference", start=match.token.i, end=match.end),
                "coreference",
                0.6,
            )

    def _closes(self, token: Token, barriers: set[int]) -> bool:
        finite = (
            token.pos_ in ("VERB", "AUX")
            and "Fin" in token.morph.get("VerbForm", [])
            and token.dep_ not in ("aux:tense", "aux:pass", "aux")
        )
        return (
            token.i in barriers
            or finite
            or token.text in (";", ":")
            or token.lower_ in ("que", "qu'", "tandis", "mais", "alors")
        )

    def _stands(self, named: Named, role: str, ways: tuple[str, ...], match: Match, line: Line) -> bool:
        """Whether a name stands where one of the realisations puts the role."""
        root = line.doc[named.start : named.end].root
        preposition = self._preposition_before(named, line)
        after = named.start >= match.end
        for way in ways:
            if way == "subj" and not after and preposition is None:
                return True
            if (
                way == "obj"
                and after
                and preposition in (None, "de")
                and (role != "item" or root.i - match.end < 12)
                and (role in ("item", "treaty") or preposition is None)
            ):
                return True
            if way == "agent" and after and preposition == "par":
                return True
            if (
                after
                and preposition == way
                and (way != "de" or named.start - match.end < 6 or role in ("item", "treaty"))
            ):
                return True
        return False

    def _preposition_before(self, named: Named, line: Line) -> str | None:
        """The preposition that introduces the phrase which a name closes: "à [la] Turquie", "de [missiles] S-400"."""
        position, steps = named.start - 1, 0
        while position >= 0 and steps < 5:
            token = line.doc[position]
            if token.pos_ == "ADP" or token.lower_ in ("du", "des", "au", "aux", "d'"):
                return self.syntax.plain(token.lower_)
            if token.pos_ not in ("DET", "ADJ", "NUM", "NOUN") and token.text not in ("«", '"'):
                return None
            if token.pos_ == "NOUN" and named.kind not in WEAPONS:
                return None
            position, steps = position - 1, steps + 1
        return None

    def locate(self, fillings: list[Filling], sentence: SpacySpan, line: Line, referents: Referents) -> None:
        """Give each place of a sentence that no role took to the nearest event which wants one and has none."""
        taken = {f.referent.start for filling in fillings for fs in filling.roles.values() for f in fs}
        wanting = [f for f in fillings if "place" in (f.match.pattern.noun if f.match.noun else f.match.pattern.verb)]
        for named in line.names:
            inside = sentence.start <= named.start < sentence.end and named.start not in taken
            if not inside or not (named.kind == "Place" or named.is_place):
                continue
            if self._preposition_before(named, line) not in _LOCATIVE:
                continue
            near = sorted(wanting, key=lambda f: abs(f.match.token.i - named.start))
            if near and "place" not in near[0].roles:
                near[0].add("place", referents.referent(named), "window", WINDOW)

    def infer(self, filling: Filling) -> None:
        """What the items and the treaty themselves tell: a state's adjective on a weapon, its origin, a treaty's parties."""
        kind, roles = filling.match.frame.event, filling.roles
        giver = {
            "ArmsTransfer": "supplier",
            "TransferOffer": "supplier",
            "WeaponDevelopment": "agent",
            "WeaponTest": "agent",
            "Deployment": "agent",
        }.get(kind)
        if giver and giver not in roles and "item" in roles:
            for state, rule, confidence in self._makers(filling):
                if state not in filling.used(giver):
                    filling.add(
                        giver,
                        Referent(state, "State", rule, filling.match.token.i, filling.match.token.i + 1),
                        rule,
                        confidence,
                    )
                    break
        if kind == "Signature" and "agent" not in roles:
            for treaty in sorted(filling.entities("treaty")):
                for party in self.reference.parties.get(treaty, ()):
                    filling.add(
                        "agent",
                        Referent(
                            party,
                            "State",
                            "inferred:parties",
                            filling.match.token.i,
                            filling.match.token.i + 1,
                        ),
                        "inferred:parties",
                        INFERRED,
                    )

    def _makers(self, filling: Filling) -> list[tuple[str, str, float]]:
        """Whose the items are: by an adjective ("missiles russes"), else by the reference's origin for transfers."""
        found: list[tuple[str, str, float]] = []
        for filled in filling.roles["item"]:
            item = filling.line.doc[filled.referent.start : filled.referent.end]
            near = [t for t in item for t in (t, *t.children)] + list(filling.line.doc[item.end : item.end + 1])
            found += [
                (n.entity, "item adjective", 0.8)
                for t in near
                for n in filling.line.at.get(t.i, ())
                if n.form is NameForm.ADJECTIVE
            ]
        if filling.match.frame.event in ("ArmsTransfer", "TransferOffer"):
            origins = self.reference.origins
            found += [
                (origins[f.referent.entity], "inferred:origin", INFERRED)
                for f in filling.roles["item"]
                if f.referent.entity in origins
            ]
        return found
