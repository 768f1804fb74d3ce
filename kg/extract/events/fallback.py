"""Roles that the parse leaves empty: by preposition, class and order within the clause, by what was spoken of."""

from __future__ import annotations

from kg.extract.events.filling import ACTORS, Filling
from kg.extract.events.headlines import Headlines
from kg.extract.events.nearby import Clause, Nearby, is_finite
from kg.extract.events.roles import Roles
from kg.extract.events.triggers import Match
from kg.extract.events.wording import has_subject
from kg.extract.lexicon.fighting_words import FightingWords
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span as Tokens
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import WEAPONS, Named
from kg.extract.naming.places import Locatives
from kg.extract.reading import Line
from kg.ids import entity_iri

_FIRED = "WeaponTest"
_STRIKING = "WeaponUse"
WINDOW = 0.6
"""How sure a filler is that the fallback found."""
_CLAUSES = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "conj"})
"""How the verb of a clause hangs on another."""


class Fallback:
    """Completes the roles that the parse filled."""

    def __init__(self, roles: Roles, locatives: Locatives, nearby: Nearby, words: FightingWords) -> None:
        self._roles = roles
        self._struck = entity_iri("WeaponCategory", words.struck)
        self._nearby = nearby
        self._locatives = locatives
        self._ranges = locatives.ranges
        self._syntax = roles.syntax
        self._times = roles.syntax.times
        led = self._led = roles.syntax.led
        self._naming = frozenset({"obj", led.of})
        """Where stands what a word that may leave its treaty unsaid says itself."""
        self.headlines = Headlines(roles)

    def fall_back(self, filling: Filling, referents: Referents, barriers: set[int]) -> None:
        """Fill empty roles from the clause around the trigger by preposition, type and order.

        `barriers` are the tokens of other triggers: a name beyond one belongs to it.
        """
        match, line = filling.match, filling.line
        clause = self._nearby.clause(match, line, barriers)
        for role, ways in match.realised.items():
            lone = role == "participant" and len(filling.entities(role)) == 1 and not match.trigger.travels
            if (role in filling.roles and not lone) or role in ("topic", "gathering"):
                continue
            if role == "place":
                self._situate(filling, ways, referents, clause)
                continue
            if "gov" in ways and match.noun and not match.realised.get("participant"):
                self._govern(filling, role, referents)
                if role in filling.roles:
                    continue
            for named in clause.all if not match.noun and "subj" in ways else clause.after:
                barred = named.kind not in match.trigger.only.get(role, (named.kind,))
                if barred or not self._roles.may(named, role) or named.entity in filling.used(role):
                    continue
                if role == "item" and self._is_struck(named, match):
                    continue
                if self._stands(named, role, ways, match, line):
                    for referent in referents.named(named, line):
                        filling.add(role, referent, "window", WINDOW)
                        for other, rule in self._roles.grouped([(referent, "window")], role, line, referents)[1:]:
                            if other.entity not in filling.used(role):
                                filling.add(role, other, rule, WINDOW)
                    break
        self.headlines.label(filling, referents)

    def _is_struck(self, named: Named, match: Match) -> bool:
        """Whether what is named can only be what a weapon strikes: nobody fires a plant."""
        above: str | None = named.entity if match.frame.event == _STRIKING else None
        while above is not None and above != self._struck:
            above = self._roles.reference.categories.get(above)
        return above == self._struck

    def _govern(self, filling: Filling, role: str, referents: Referents) -> None:
        """The subject of the verb of support that stands before a noun, where the parse hangs the noun elsewhere."""
        token = filling.match.token
        if self._syntax.answers(token):
            return
        before = reversed(list(token.doc[token.sent.start : token.i]))
        verb = next((t for t in before if t.pos_ in ("VERB", "AUX")), None)
        if verb is None or verb.lemma_ not in self._roles.governing.verbs or token.i - verb.i > 14:
            return
        held = any(t.lower_lemma in self._roles.governing.answerable for t in token.doc[verb.i : token.i])
        if self._syntax.is_passive(verb) and not held:
            return
        if any(c.dep_ == "obj" and c.i != token.i and c.pos_ in ("NOUN", "PROPN") for c in verb.children):
            return
        for subject, path in self._syntax.subjects(verb):
            for referent in referents.of(subject, filling.line, ACTORS):
                lawful = role == "supplier" and referent.kind == "InternationalOrganization"
                others = lawful or self._roles.governing.leaves(referent, role, verb.lemma_)
                if referent.entity not in filling.used(role) and not others:
                    filling.add(role, referent, f"window/{path}", WINDOW)

    def _situate(self, filling: Filling, ways: tuple[str, ...], referents: Referents, clause: Clause) -> None:
        """The place by the words before its name, nearest first: after the trigger, or at the very front of the clause."""
        match, line = filling.match, filling.line
        for named in clause.all:
            beyond = named.kind == "State" and named.start >= match.end
            if not (named.kind == "Place" or named.is_place or beyond) or _place_of(named) in filling.used():
                continue
            preposition, position = self._locatives.before(named, line)
            there = preposition in self._locatives.plain or preposition in ways
            if there and named.start < match.token.i and not self._locatives.is_fronted(line.doc, position):
                continue
            beside = not beyond and named.start >= match.end and self._stands(named, "place", ways, match, line)
            if not there and not beside and not self._is_left(named, match, line):
                continue
            filling.add("place", referents.referent(named), "window", WINDOW)
            if "place" in filling.roles:
                return

    def _is_left(self, named: Named, match: Match, line: Line) -> bool:
        """Whether a weapon is fired from a place: "tiré [du cosmodrome de X]", "s'élance de la base de Y"."""
        doc, start = line.doc, named.start
        if match.frame.event != _FIRED or named.kind != "Place" or start <= match.end:
            return False
        if start > match.end + 1 and Kind.OF in doc[start - 1].kinds and self._locatives.is_kind(doc[start - 2]):
            start -= 2
        if not self._locatives.is_kind(doc[start]):
            return False
        before = doc[start - 2] if Kind.THE in doc[start - 1].kinds else doc[start - 1]
        return Kind.OF_ONE in before.kinds

    def recall(self, filling: Filling, referents: Referents) -> None:
        """The treaty left unsaid: the one named in the same sentence, else the latest spoken of."""
        match, line = filling.match, filling.line
        if not match.trigger.anaphora or "treaty" in filling.roles:
            return
        asked = self._naming | ({"subj"} & set(match.pattern.verb.get("treaty", ())))
        others = [
            a.token
            for a in self._roles.dependents(match, line).arcs
            if a.relation in asked and a.token.pos_ == "NOUN" and not referents.of(a.token, line, ACTORS)
        ]
        if others:
            return
        sentence = match.token.sent
        near = [n for n in line.names if n.kind == "Treaty" and sentence.start <= n.start < sentence.end]
        if near:
            filling.add("treaty", referents.referent(near[0], "coreference"), "coreference", 0.7)
        elif meant := referents.focus.treaty():
            again = meant._replace(rule="coreference", start=match.token.i, end=match.end)
            filling.add("treaty", again, "coreference", 0.6)

    def introduces(self, match: Match, prepositions: tuple[str, ...]) -> bool:
        """Whether one of these prepositions follows the trigger in its clause, but for "sur" before a range or a distance."""
        doc = match.token.doc
        for token in doc[match.token.i + 1 : match.token.sent.end]:
            if self._nearby.closes(token, set()):
                return False
            if token.lower_ not in prepositions or token.i in match.words:
                continue
            noun = next((t for t in doc[token.i + 1 : token.i + 5] if t.pos_ in ("NOUN", "PROPN", "NUM")), None)
            if noun is not None and noun.pos_ != "NUM" and noun.lower_lemma not in self._ranges:
                return True
        return False

    def _stands(self, named: Named, role: str, ways: tuple[str, ...], match: Match, line: Line) -> bool:
        """Whether a name stands where one of the realisations puts the role."""
        root = line.doc.span(named.start, named.end).root
        preposition = self._preposition_before(named, line)
        after = named.start >= match.end
        passive = not match.noun and self._syntax.is_passive(match.token)
        described = passive and self._nearby.is_described(match.token)
        for way in ways:
            if way == ("obj" if passive else "subj") and not after and preposition is None:
                return role != "item" or not has_subject(match.token, named.start)
            if (
                way == "obj"
                and after
                and not described
                and (preposition is None or preposition == self._led.of)
                and (role != "item" or root.i - match.end < 12)
                and (role in ("item", "treaty") or preposition is None)
            ):
                return True
            if way == "agent" and after and preposition == self._led.by:
                return True
            if (
                after
                and preposition == way
                and (way != self._led.of or named.start - match.end < 6 or role in ("item", "treaty"))
            ):
                return True
        return False

    def _preposition_before(self, named: Named, line: Line) -> str | None:
        """The preposition that introduces the phrase which a name closes: "à [la] Turquie", "de [missiles] S-400"."""
        position, steps = named.start - 1, 0
        while position >= 0 and steps < 5:
            token = line.doc[position]
            if token.pos_ == "ADP" or Kind.FUSED in token.kinds:
                plain = self._syntax.plain(token.lower_)
                ends = plain == self._led.of and position > 0
                return (self._locatives.amount(line.doc, position - 1) if ends else None) or plain
            if token.lower_lemma in self._times:
                return None
            if token.pos_ not in ("DET", "ADJ", "NUM", "NOUN") and token.text not in ("«", '"'):
                return None
            if token.pos_ == "NOUN" and named.kind not in WEAPONS:
                return None
            position, steps = position - 1, steps + 1
        return None

    def locate(self, fillings: list[Filling], sentence: Tokens, line: Line, referents: Referents) -> None:
        """Give each place of a sentence that no role took to the nearest event which wants one and has none."""
        taken = {f.referent.start for filling in fillings for fs in filling.roles.values() for f in fs}
        wanting = [f for f in fillings if "place" in f.match.realised]
        barriers = {f.match.token.i for f in fillings}
        for named in line.names:
            inside = sentence.start <= named.start < sentence.end and named.start not in taken
            if not inside or not (named.kind in ("Place", "State") or named.is_place):
                continue
            if self._nearby.is_sources(named, sentence):
                continue
            preposition, _ = self._locatives.before(named, line)
            if preposition not in self._locatives.plain and preposition != self._led.towards:
                continue
            near = self._nearest(wanting, named, line, barriers)
            if near is not None and "place" not in near.roles and _place_of(named) not in near.used():
                near.add("place", referents.referent(named), "window", WINDOW)

    def _nearest(self, fillings: list[Filling], named: Named, line: Line, barriers: set[int]) -> Filling | None:
        """The event whose trigger governs a name, the innermost first, else stands nearest; a state's in the same clause."""
        triggers = {f.match.token.i: f for f in fillings}
        root = line.doc.span(named.start, named.end).root
        governing = next((triggers[a.i] for a in root.ancestors if a.i in triggers), None)
        if governing is not None and (named.kind != "State" or self._is_clause(governing, named, line, barriers)):
            return governing
        near = min(fillings, key=lambda f: abs(f.match.token.i - root.i), default=None)
        if near is None:
            return None
        beside = (
            self._is_clause(near, named, line, barriers) if named.kind == "State" else _is_beside(near, named, line)
        )
        return near if beside else None

    def _is_clause(self, filling: Filling, named: Named, line: Line, barriers: set[int]) -> bool:
        """Whether no other trigger, finite verb or break stands between an event and the name after it."""
        between = line.doc[filling.match.end : named.start]
        return named.start >= filling.match.end and not any(self._nearby.closes(t, barriers) for t in between)


def _is_beside(filling: Filling, named: Named, line: Line) -> bool:
    """Whether no finite verb stands between an event and a name, but one that governs the event."""
    after = named.start >= filling.match.end
    between = line.doc[filling.match.end : named.start] if after else line.doc[named.end : filling.match.token.i]
    above = filling.match.token
    while above.dep_ not in _CLAUSES and above.head is not above:
        above = above.head
    return not any(is_finite(t) and t is not above for t in between)


def _place_of(named: Named) -> str:
    """The entity that a name is as a place: a capital's own, where the context means the town."""
    return named.place if named.is_place and named.place else named.entity
