"""Subjects and other dependents that a verb does not have beside it: by coordination, control, relative clause, participle."""

from __future__ import annotations

from kg.extract.clauses.order import Order
from kg.extract.clauses.relations import NOMINAL, SUBJECTS, Arc
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token

_LOOSE = frozenset({"parataxis", "appos", "advcl", "nmod"})
"""How a parse may hang a participle on the name that it follows: "X, reçu mardi par Y"."""
_COMPLEMENTS = frozenset({"obl:arg", "obl:mod", "advcl", "obj"})
"""How a parse may hang an infinitive on the verb that it completes; as "acl" where it took that verb for a noun."""


class Syntax(Order):
    """Walks parses with the language's prepositions and control verbs."""

    def arcs(self, token: Token) -> list[Arc]:
        """Every dependent of a verb or noun that may fill a role, nearest relation first."""
        known = self._known(token).arcs
        if token.i not in known:
            known[token.i] = self._dependents(token)
        return known[token.i]

    def _dependents(self, token: Token) -> list[Arc]:
        found = list(self._direct(token))
        found += self._beyond_date(found) + self._auspices(token)
        found += [
            Arc(preposition, a.token, f"clause/{preposition}")
            for a in found
            if token.lower_ in self._words.noun_forms and a.relation == "clause" and a.token.pos_ in ("NOUN", "PROPN")
            if (preposition := self.preposition(a.token)) is not None
        ]
        if token.pos_ in ("VERB", "AUX", "ADJ") or self.is_participle(token):
            found += [Arc(self.led.to, c, "pronoun") for c in token.children if c.lower_ in self._words.place_pronouns]
            found += self._shared(token, found)
        return found

    def _beyond_date(self, found: list[Arc]) -> list[Arc]:
        """What the parse hangs on the day that stands between a verb and it: "a sanctionné jeudi deux généraux"."""
        arcs: list[Arc] = []
        for date in found:
            once = date.token.lower_lemma in self._words.occasions
            for child in self._below_date(date.token) if once or date.relation == "date" else ():
                plural = once and any(Kind.SOME in c.kinds for c in child.lefts)
                preposition = None if plural else self.preposition(child)
                plain = child.pos_ in ("NOUN", "PROPN") and child.lower_lemma not in self.times
                if not plain or child.i < date.token.i or preposition == self.led.of or child.dep_ == "acl":
                    continue
                if preposition or not any(a.relation == "obj" for a in [*found, *arcs]):
                    arcs += [Arc(preposition or "obj", m, "beyond/date") for m in self._members(child)]
        return arcs

    def _below_date(self, token: Token) -> list[Token]:
        """What hangs on the words of a date: "vendredi 29 janvier" is a chain of three."""
        return [c for part in token.subtree if part is token or self._dated_by(part) for c in part.children]

    def _dated_by(self, token: Token) -> bool:
        """Whether a token is a day's number or a month on another word of its date."""
        return token.like_num or token.lower_lemma in self.times

    def _auspices(self, token: Token) -> list[Arc]:
        """Under whose care something is done: "sous l'égide de X", "avec la médiation de X"."""
        return [
            Arc(self.led.auspices, member, self.led.auspices)
            for child in token.children
            if child.lower_lemma in self._words.auspices and self.preposition(child) is not None
            for owner in child.children
            if owner.dep_ in ("nmod", "amod", "obl:arg")
            for member in self._members(owner)
        ]

    def _shared(self, token: Token, found: list[Arc]) -> list[Arc]:
        """What a verb shares with its surroundings: a coordinated subject, a controller, an antecedent."""
        shared: list[Arc] = []
        relations = {arc.relation for arc in found}
        head = token.head
        if "subj" not in relations and not (self.is_passive(token) and "obj" in relations):
            relation = "iobj" if self.is_undergone(token) else "obj" if self.is_passive(token) else "subj"
            above = self._subject_above(token) or [(t, "order") for t in self.fronted(token)]
            shared += [Arc(relation, t, path) for t, path in above]
        if token.dep_ == "ccomp" and head.lemma_ in self._words.commanding and self.is_passive(token):
            shared += [Arc("agent", t, f"control/{path}") for t, path in self.subjects(head)]
        if token.dep_ == "acl:relcl" or (token.dep_ == "acl" and self._has_relative(token)):
            shared += self._antecedent(token, head, found)
        elif (relative := self._subject_relative(found)) and (noun := self.before_relative(relative.token)) is not None:
            shared += [Arc(relative.relation, m, "relative/order") for m in self._described(noun)]
        if (
            "obj" not in relations | {a.relation for a in shared}
            and token.pos_ == "VERB"
            and not self.is_passive(token)
        ):
            noun = self.relative_object(token)
            shared += [Arc("obj", noun, "relative/order")] if noun is not None else []
        if "obj" not in relations and token.pos_ == "VERB" and not self.is_passive(token):
            shared += [Arc("obj", a.token, "conj/obj") for a in self._following(token)]
        if (
            token.dep_ == "conj"
            and head.pos_ == token.pos_ == "VERB"
            and "obj" not in relations
            and not self.is_passive(token)
        ):
            shared += [
                Arc("obj", a.token, "conj/obj")
                for a in self._direct(head)
                if a.relation == "obj" and a.token.i > token.i
            ]
        return shared

    def _following(self, token: Token) -> list[Arc]:
        """The objects of the verb joined to this one, which has nothing of its own between: "arme et entraîne X"."""
        joined = next((c for c in token.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i <= token.i + 3), None)
        if joined is None or self.is_passive(joined):
            return []
        return [a for a in self._direct(joined) if a.relation == "obj" and a.token.i > joined.i]

    def _antecedent(self, token: Token, head: Token, found: list[Arc]) -> list[Arc]:
        """The noun of a relative clause in the place of its pronoun."""
        arcs = []
        for arc in found:
            if arc.token.lower_ in self._words.relatives:
                relation = self.led.of if arc.token.lower_ in self._words.of_relatives else arc.relation
                noun = self.nearer_antecedent(arc.token, head)
                arcs += [Arc(relation, member, f"relative/{relation}") for member in self._described(noun)]
        if not arcs and any(Kind.THAT in c.kinds for c in token.children):
            led = self.preposition(head) if any(c.dep_ == "cop" for c in head.children) else None
            arcs = [Arc(led or "obj", head, f"relative/{led or 'obj'}")]
        if head.pos_ == "PROPN" and any(c.lower_ in self._words.place_relatives for c in token.children):
            arcs.append(Arc(self.led.in_, head, f"relative/{self.led.in_}"))
        if not arcs and any(c.lower_ in self._words.of_relatives for c in token.children):
            arcs = [Arc(self.led.of, head, f"relative/{self.led.of}")]
        return arcs

    def _subject_above(self, token: Token, depth: int = 0) -> list[tuple[Token, str]]:
        """The subject of a verb that has none of its own, by coordination, control or participle."""
        if depth > 6:
            return []
        head, dep = token.head, token.dep_
        if head == token:
            return []
        if self.is_gerund(token):
            return self._nearest_subject(token)
        if head.pos_ == "AUX" and self.is_participle(token) and dep in ("ccomp", "xcomp", "obj", "obl:mod"):
            return self.subjects(head, depth + 1, "auxiliary/")
        if self._describes(token):
            return [(m, "participle") for m in self._described(head)]
        if dep == "acl" and head.pos_ == "PROPN" and head.i < token.i and "Fin" in token.morph.get("VerbForm", []):
            return [(m, "order") for m in self._members(head)]
        if dep == "conj":
            if head.pos_ in ("VERB", "AUX", "ADJ") or self.is_participle(head):
                return self.subjects(head, depth + 1, "conj/")
            return []
        complement = dep in _COMPLEMENTS or (dep == "acl" and head.pos_ == "VERB" and not self.is_participle(head))
        if dep in ("xcomp", "ccomp") or (complement and self._infinitive(token)):
            return self._controller(token, head, depth)
        if dep in ("advcl", "parataxis"):
            if Kind.ACTING in token.kinds and token.lemma_ in self._reporting:
                return self._reporter_above(token) or self.subjects(head, depth + 1, "adverbial/")
            return self.subjects(head, depth + 1, "adverbial/")
        if dep in ("acl", "nmod"):
            return self._of_noun(token, head, depth)
        return []

    def _describes(self, token: Token) -> bool:
        """Whether a passive participle only describes the noun that it hangs on: "l'accord signé", "X, reçu par Y,"."""
        named = token.head.pos_ in ("NOUN", "PROPN") and token.head.i < token.i
        hung = token.dep_ in ("acl", "amod") or (token.dep_ in _LOOSE and named)
        return hung and self.is_passive(token) and not self._infinitive(token)

    def _blamed(self, token: Token, verb: Token) -> list[tuple[Token, str]]:
        """Whom a verb judges for what an infinitive tells: "a sanctionné Y pour avoir vendu …"."""
        if self.preposition(token) != self.led.for_ or not self._infinitive(token):
            return []
        if not token.is_helped:
            return []
        verb = self._completed(verb, token)
        if verb.lemma_ not in self._words.blaming:
            return []
        judged = ("obj", "iobj", self.led.to, self.led.against)
        return [(a.token, "blamed") for a in self._direct(verb) if a.relation in judged][:1]

    def _reporter_above(self, token: Token) -> list[tuple[Token, str]]:
        """The subject of the reporting verb above a participle: "X a déclaré que …, accusant Y": it is X who accuses."""
        for ancestor in token.ancestors:
            if ancestor.lemma_ in self._reporting and ancestor.pos_ in ("VERB", "AUX"):
                return self.subjects(ancestor, 1, "reporter/")
        return []

    def _nearest_subject(self, token: Token) -> list[tuple[Token, str]]:
        """The subject of the nearest verb above that has one of its own."""
        head = token.head
        if head.dep_ == "xcomp" and head.head.lemma_ in self._accusing:
            return self.subjects(head, 1, "gerund/")
        for ancestor in token.ancestors:
            if any(c.dep_ in SUBJECTS or c.dep_ == "nsubj:pass" for c in ancestor.children):
                return self.subjects(ancestor, 1, "gerund/")
        return []

    def _controller(self, token: Token, head: Token, depth: int) -> list[tuple[Token, str]]:
        if blamed := self._blamed(token, head):
            return blamed
        if head.pos_ in ("VERB", "AUX", "ADJ") or self.is_participle(head):
            if demanded := self._demanded(head):
                return demanded
            apart = token.i < head.i and self.preposition(token) in self._fronted
            if head.lemma_ in self._object_control and self._infinitive(token) and not apart:
                asked = ("iobj", self.led.to, "obj")
                controlled = [a for a in self._direct(head) if a.relation in asked and a.token.pos_ in NOMINAL]
                if controlled:
                    return [
                        (m, "control")
                        for a in controlled
                        if a.relation != "obj" or len(controlled) == 1
                        for m in self._meant(a.token, head)
                    ]
                if head.lemma_ in self._words.calling:
                    return []
            if not self._infinitive(token) and (token.dep_ == "ccomp" or self._is_clause(token)):
                return []
            return self.planners(self.subjects(head, depth + 1, "control/"))
        return self._of_noun(token, head, depth)

    def _meant(self, token: Token, verb: Token) -> list[Token]:
        """A token, or the nouns for which it stands as a relative pronoun of the verb: "X, que Y accuse de …"."""
        relative = token.lower_ in self._words.relatives and verb.dep_ == "acl:relcl"
        return list(self._members(verb.head)) if relative else [token]

    def _of_noun(self, token: Token, noun: Token, depth: int) -> list[tuple[Token, str]]:
        """The subject of an infinitive that completes a noun: "la volonté de la Turquie d'acheter"; of a present participle: the noun."""
        if not self._infinitive(token) and ("Part" in token.morph.get("VerbForm", ()) or Kind.ACTING in token.kinds):
            if self._trails(token):
                if token.lemma_ in self._reporting and (told := self._reporter_above(token)):
                    return told
                verb = next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)
                return self.subjects(verb, depth + 1, "trailing/") if verb is not None else []
            return [(noun, "participle")]
        if not self._infinitive(token):
            return []
        if self.preposition(token) in self._words.adverbial and noun.pos_ == "PROPN" and noun.head.pos_ == "VERB":
            return self.subjects(noun.head, depth + 1, "adverbial/")
        if self._is_ordered(noun) and noun.lower_lemma not in self._words.completed:
            return [(noun, "control")]
        if noun.lower_lemma in self._object_control:
            asked = [a.token for a in self._direct(noun) if a.relation == self.led.to]
            if asked:
                return [(t, "control") for t in asked]
        if any(c.dep_ == "cop" for c in noun.children) and (told := self.subjects(noun, depth + 1, "predicate/")):
            if not (owners := self._owners(noun)) or any(t.dep_ != "expl:subj" for t, _ in told):
                return told
            return [(c, "owner") for c in owners]
        owners, urged = self._owners(noun), noun.lower_lemma in self._words.urging
        if (owners and not urged) or (urged and not owners):
            return [(c, "owner") for c in owners]
        return self.subjects(noun.head, depth + 1, "governor/") if noun.head != noun else []

    def subjects(self, token: Token, depth: int = 0, prefix: str = "") -> list[tuple[Token, str]]:
        """The subjects of a verb, or of the verb that it leans on, with the path to them."""
        passive = self.is_passive(token)
        own = [a for a in self._direct(token) if a.relation == ("obj" if passive else "subj")]
        if own and all(self.is_cut_off(a.token, token) for a in own) and (after := self.fronted(token)):
            return [(t, prefix + "order") for t in after]
        if own:
            relative = [a for a in own if a.token.lower_ in self._words.subject_relatives]
            if relative and token.dep_ in ("acl:relcl", "acl"):
                return [(m, prefix + "relative/subj") for m in self._described(token.head)]
            if relative and (noun := self.before_relative(relative[0].token)) is not None:
                return [(m, prefix + "relative/order") for m in self._described(noun)]
            return [(a.token, prefix + "subj") for a in own]
        found = [(t, prefix + path) for t, path in self._subject_above(token, depth)]
        return found or [(t, prefix + "order") for t in self.fronted(token)]

    def governor(self, noun: Token) -> Token | None:
        """The verb that a noun completes, through prepositions, quantities and coordination."""
        token, steps = noun, 0
        while token.head != token and steps < 5:
            head = token.head
            if token.dep_ in (
                "conj",
                "appos",
                "nmod",
                "obj",
                "obl:arg",
                "obl:mod",
                "xcomp",
                "iobj",
                "acl",
                "advcl",
                "nsubj:pass",
                "ccomp",
            ):
                if head.pos_ in ("VERB", "AUX") or self.is_participle(head):
                    return head
                if token.dep_ in ("nmod", "acl") and not self._carries(head):
                    return None
                token, steps = head, steps + 1
                continue
            return None
        return None
