"""What depends on a trigger: beside it, on its object, on its support verb, on the participles and clauses that describe it."""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

from kg.extract.clauses.relations import Arc
from kg.extract.clauses.syntax import Syntax
from kg.extract.events.triggers import Match
from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token
from kg.extract.reading import Line, Referent


class Around(NamedTuple):
    """What stands around the words of a trigger."""

    arcs: tuple[Arc, ...]
    relations: frozenset[str]
    """The relations in which something stands there; beside a noun "by" introduces the agent."""
    found: dict[tuple[str, str], list[tuple[Referent, str]]]
    """By role and realisation who stands there, once asked."""


class Dependents:
    """Gathers the dependents of triggers."""

    def __init__(self, syntax: Syntax, words: SyntaxWords, governing: frozenset[str]) -> None:
        self._syntax = syntax
        self._words = words
        led = self._led = words.prepositions
        self._attaching = frozenset({"obj", led.of, led.to, led.in_})
        """Relations in which what stands to a verb may hold what belongs to the verb itself."""
        self._own = frozenset({"obj", "subj", "clause", "appos", "date", led.of})
        """Those of what belongs to the one that holds it."""
        self._kept = frozenset({"subj", "obj", led.of, "appos", "clause", "date", led.aiming})
        """Relations of a participle that do not pass to its noun."""
        self._doing = frozenset({"agent", led.by})
        self._not_beside = self._kept | self._doing
        """Those of a support verb that do not pass to the noun which it supports."""
        self._joining = frozenset({led.between, led.with_, led.auspices})
        self._there = frozenset({led.to, led.in_, led.within})
        """Relations to those who take part in what takes place, and to where it does."""
        self._governing = governing
        self._line: Line | None = None
        self._known: dict[tuple[tuple[int, ...], bool], Around] = {}

    def of(self, match: Match, line: Line) -> Around:
        """The dependents of all words of the trigger, and those that the parse hangs on its object instead.

        Several frames may ask after the same words of a line, which are read one after the other.
        """
        if line is not self._line:
            self._line, self._known = line, {}
        words = match.words, match.noun
        known = self._known.get(words)
        if known is None:
            arcs = tuple(self._gathered(match, line))
            relations = frozenset(arc.relation for arc in arcs)
            relations |= {self._led.by} if match.noun and "agent" in relations else relations
            known = self._known[words] = Around(arcs, relations, {})
        return known

    def _gathered(self, match: Match, line: Line) -> list[Arc]:
        phrase = match.words
        arcs = []
        for token in [match.token.doc[i] for i in match.words]:
            if token in (match.token, match.token.head) or match.token in token.ancestors:
                arcs += [a for a in self._syntax.arcs(token) if a.token.i not in phrase]
        attached = []
        for arc in arcs:
            if (
                (arc.relation in self._attaching or (arc.relation == "appos" and _is_weapon(arc.token, line)))
                and (arc.token.pos_ in ("NOUN", "PROPN", "ADJ") or arc.token.i in line.at)
                and arc.token.i > match.token.i
            ):
                attached += [
                    a._replace(relation=self._voiced(a.relation, match), path=f"attached/{a.relation}")
                    for a in self._syntax.arcs(arc.token)
                    if a.relation not in self._own
                ]
        if self._is_inverted(match, arcs):
            arcs = [a._replace(relation="subj", path="inverted") if a.relation == "obj" else a for a in arcs]
        if match.noun:
            attached += self._supported(match) + self._assembled(match) + self._qualified(match)
            attached += self._occurring(match) + self._attributed(match) + _aimed(match.token)
            attached += [a._replace(relation=self._led.by) for a in (*arcs, *attached) if a.relation == self._led.side]
            if not any(a.relation in self._doing for a in (*arcs, *attached)):
                attached += self._done_by(match, line)
        attached += self._helped(match.token)
        if "subj" in match.pattern.verb.get("agent", ()):
            attached += [a for arc in arcs if arc.relation == "subj" for a in self._written(arc.token, match.token)]
        attached += [a for i in phrase if match.noun or i != match.token.i for a in self._about(match.token.doc[i])]
        return arcs + attached

    def _helped(self, token: Token) -> list[Arc]:
        """With whom something is done: "assembler avec l'aide de X des drones"."""
        beside = self._led.with_
        return [
            Arc(beside, member, f"{beside}/{child.lower_lemma}")
            for child in token.children
            if child.lower_lemma in self._words.helping and self._syntax.preposition(child) == beside
            for arc in self._syntax.arcs(child)
            if (member := arc.token).i > child.i and arc.relation in (self._led.of, "appos")
        ]

    def _written(self, text: Token, verb: Token) -> list[Arc]:
        """Who does what a text of his does: "X adopte une résolution qui sanctionne Y", "le décret de X interdit …"."""
        if text.lower_lemma not in self._words.texts or text.pos_ != "NOUN":
            return []
        by = [a.token for c in text.children if c.i != verb.i for a in self._syntax.arcs(c) if a.relation == "agent"]
        parts = (text, *(c for c in text.rights if c.like_num))
        of = [a.token for part in parts for a in self._syntax.arcs(part) if a.relation == self._led.of]
        above = self._syntax.governor(text)
        issues = above is not None and above.i != verb.i and above.lemma_ in self._words.issuing
        told = [t for t, _ in self._syntax.subjects(above)] if issues and above is not None else []
        return [Arc("subj", t, "text/subj") for t in told or by or of if t.i != text.i]

    def _supported(self, match: Match) -> list[Arc]:
        """What stands beside a noun under its support verb: "mène des exercices [avec X]", "débloque une aide [pour X]"."""
        verb = self._syntax.governor(match.token) or self._syntax.verb_before(match.token)
        if verb is None or verb.lemma_ not in self._governing or verb.i > match.token.i:
            return []
        beside = [
            a._replace(path=f"support/{a.relation}")
            for a in self._syntax.arcs(verb)
            if a.relation not in self._not_beside and (a.token.i > verb.i or a.relation == "iobj")
        ]
        if verb.lemma_ in self._words.threatening:
            beside += [
                Arc(self._led.aiming, a.token, "support/obj")
                for a in self._syntax.arcs(verb)
                if a.relation == "obj" and verb.i < a.token.i < match.token.i
            ]
        of = [c for c in verb.children if c.lower_ in self._words.of_pronouns and c.pos_ != "ADP" and c.i < verb.i]
        return beside + [Arc(self._led.of, c, "support/pronoun") for c in of]

    def _occurring(self, match: Match) -> list[Arc]:
        """What stands beside the verb of which a noun is the subject: "les pourparlers se poursuivent [entre X et Y]"."""
        token = match.token
        verb = token.head
        if not token.dep_.startswith("nsubj") or verb.i < token.i:
            return []
        there = verb.lemma_ in self._words.occurring or verb.lemma_ in self._words.aiming_verbs
        wanted = self._joining | self._there if there else self._joining
        return [
            a._replace(path=f"occurring/{a.relation}")
            for a in [b for w in (verb, *self._ends(verb)) for b in self._syntax.arcs(w)]
            if a.relation in wanted and a.token.i > verb.i
        ]

    def _about(self, token: Token) -> list[Arc]:
        """What a noun is said to be about: "l'offre [porte sur] six frégates", "une livraison [comprenant] des obus"."""
        verbs = [token.head] if token.dep_.startswith("nsubj") and token.head.i > token.i else []
        verbs += [c for c in token.rights if c.dep_ == "acl" and Kind.ACTING in c.kinds]
        return [
            a._replace(relation=self._led.of, path=f"about/{a.relation}")
            for verb in verbs
            for a in self._syntax.arcs(verb)
            if a.relation == self._words.about.get(verb.lemma_) and a.token.i > verb.i
        ]

    def _ends(self, verb: Token) -> list[Token]:
        """The place beside a verb, on which parses hang what follows it: "à Vienne entre X et Y"."""
        return [a.token for a in self._syntax.arcs(verb) if a.relation in self._there and a.token.i > verb.i]

    def _assembled(self, match: Match) -> list[Arc]:
        """Whom a noun's verb brings together or aims at: "l'exercice qui réunit X et Y", "les sanctions visent X"."""
        token = match.token
        parts = [token, *[c for c in token.children if c.dep_ == "nmod"]]
        below = [c for part in parts for c in part.children]
        verbs = [
            c
            for c in below
            if c.dep_ == "acl:relcl" or (c.dep_ == "acl" and (c.is_helped or "Fin" in c.morph.get("VerbForm", ())))
        ]
        verbs += [token.head] if token.dep_ in ("nsubj", "obl:mod") else []
        return [
            a._replace(relation=self._led.aiming, path=self._led.aiming)
            for verb in verbs
            if verb.lemma_ in self._words.aiming_verbs
            for a in self._syntax.arcs(verb)
            if a.relation == "obj" and a.token.i > verb.i
        ]

    def _qualified(self, match: Match) -> list[Arc]:
        """What stands beside a participle of the noun: "l'accord conclu entre X et Y", "Tenues à X, les consultations …"."""
        token, verb = match.token, match.token.head
        behind = [c for c in token.children if c.dep_ in ("acl", "amod", "conj") and c.i > token.i]
        if token.dep_.startswith("nsubj") and verb.i > token.i and not verb.is_helped:
            behind.append(verb)  # parses take the participle of "X, annoncé par Y, inquiète Z" for the verb
        ahead = (
            [c for c in verb.children if c.dep_ in ("advcl", "acl") and c.i == token.sent.start]
            if verb.i > token.i
            else []
        )
        return [
            a._replace(relation=self._led.by if a.relation == "agent" else a.relation, path=f"participle/{a.relation}")
            for c in (*behind, *(ahead if token.dep_.startswith("nsubj") else ()))
            if self._syntax.is_participle(c) and c.lemma_ in self._governing
            for a in self._syntax.arcs(c)
            if a.relation not in self._kept
        ]

    def _done_by(self, match: Match, line: Line) -> list[Arc]:
        """Who does what a noun tells, where the parse hangs him on a name behind it: "le déploiement de X à Y [par Z]"."""
        names = [t for t in match.token.subtree if t.i in line.at and t.i > match.token.i]
        inner = [
            a for n in names if _is_nominal(n, match.token) for a in self._syntax.arcs(n) if a.relation in self._doing
        ]
        by = self._led.by
        joined = [c for c in match.token.rights if c.dep_ == "conj" and self._syntax.preposition(c) == by]
        return [Arc(by, token, f"attached/{by}") for token in (*(a.token for a in inner), *joined)]

    def _attributed(self, match: Match) -> list[Arc]:
        """Who is said to have done what the noun tells: "l'attaque imputée à X", "une frappe, attribuée à Y"."""
        return [
            a._replace(relation=self._led.by, path=f"participle/{self._led.to}")
            for c in match.token.children
            if c.lemma_ in self._words.attributing and c.i > match.token.i and self._syntax.is_participle(c)
            for a in self._syntax.arcs(c)
            if a.relation in (self._led.to, "iobj") and a.token.i > c.i
        ]

    def _is_inverted(self, match: Match, arcs: list[Arc]) -> bool:
        """Whether a verb stands before its subject after a clause: ", avertit la ministre"."""
        if match.noun or len(match.words) > 1 or any(a.relation == "subj" and a.path == "subj" for a in arcs):
            return False
        before = match.token.doc[max(match.token.sent.start, match.token.i - 3) : match.token.i]
        lead = [t for t in before if t.pos_ not in ("AUX", "ADV", "PRON")]
        after = match.token.doc[match.token.i + 1 : match.token.i + 2]
        named = bool(after) and after[0].pos_ in ("PROPN", "DET", "NOUN")
        helping = [c for c in match.token.children if c.dep_.startswith("aux")]
        if any(Kind.ACTING in c.kinds for c in helping) or (
            match.token.lower_.endswith(self._words.never_finite) and not helping
        ):
            return False
        finite = not match.token.lower_.endswith(self._words.unfinite)
        if any(c.dep_ in ("xcomp", "ccomp") and c.i > match.token.i for c in match.token.children):
            return False  # what is said follows: "X, …, a accusé Y de mentir"
        return finite and named and bool(lead) and lead[-1].text in (",", "»", '"')

    def _voiced(self, relation: str, match: Match) -> str:
        """ "par X" on the object of a passive is the verb's agent."""
        undergone = self._syntax.is_undergone(match.token) or self._syntax.is_passive(match.token)
        return "agent" if relation == self._led.by and undergone else relation


def _is_nominal(name: Token, noun: Token) -> bool:
    """Whether no verb stands between a noun and a name that completes it."""
    above = takewhile(lambda t: t != noun, name.ancestors)
    return not any(t.pos_ in ("VERB", "AUX") for t in above)


def _is_weapon(token: Token, line: Line) -> bool:
    """Whether a name behind what it names is a weapon's: "des hélicoptères Tigre à X"."""
    return any(n.kind == "WeaponSystem" for n in line.at.get(token.i, ()))


def _aimed(noun: Token) -> list[Arc]:
    """What someone is to do with it: "des pourparlers pour sauver [X]", "visant à sauver [X]"."""
    aims = [c for c in noun.children if c.dep_ == "acl" and c.pos_ == "VERB"]
    verbs = [v for aim in aims for v in (aim, *aim.children) if "Inf" in v.morph.get("VerbForm", [])]
    return [Arc("purpose", c, "purpose") for v in verbs for c in v.children if c.dep_ == "obj"]
