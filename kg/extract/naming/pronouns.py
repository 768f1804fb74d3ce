"""Whom or what a pronoun stands for: the latest fitting entity that the text has spoken of."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.lexicon.pronoun_words import PronounWords
from kg.extract.lines.parse import Token
from kg.extract.naming.names import AGENTS, WEAPONS, Named
from kg.extract.reading import Focus, Line, Referent
from kg.model import NameForm, Reference

_PARTS = 3
"""So many tokens are made of "celui-ci"."""
_QUALIFYING = (NameForm.ADJECTIVE, NameForm.PREFIX)
_LEAD = 3
"""Tokens before a name that may set it before its sentence: "quant à la"."""


class Pronouns:
    """Resolves pronouns of one document, in the order of the text."""

    def __init__(self, reference: Reference, words: PronounWords) -> None:
        self.reference = reference
        self.focus = Focus()
        self._bodies: set[str] = set()
        """Nouns, folded, of what acts for a state; the words of descriptions tell them."""
        self._shared: frozenset[str] = frozenset()
        """Possessives of several owners; the words of descriptions tell them."""
        self._pronouns = words
        self._latter = {part for phrase in words.latter for part in (phrase.split()[-1], phrase.partition("-")[0])}
        self._labels: Mapping[str, str] = {iri: e.label for iri, e in reference.entities.items() if e.kind == "State"}

    def referent(self, named: Named, rule: str | None = None) -> Referent:
        """A name as what it stands for."""
        return Referent(
            named.entity,
            named.kind,
            rule or named.rule,
            named.start,
            named.end,
            named.confidence,
            named.place,
        )

    def again(self, referent: Referent, token: Token, confidence: float = 0.7) -> Referent:
        """What was spoken of before, as a token takes it up."""
        return referent._replace(rule="coreference", start=token.i, end=token.i + 1, confidence=confidence)

    def pronoun(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """The entity of these classes that a pronoun or a possessive stands for; none if it stands for none."""
        word = token.lower_.replace(self._pronouns.linking, "-")
        if word in self._pronouns.relatives:
            return []
        if not kinds.isdisjoint(AGENTS):
            return [r for r in self._agent(token, word.lstrip("-"), line) if r.kind in kinds]
        if word in self._pronouns.things:
            return self._thing(token, word, line, kinds)
        return []

    def latter(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent] | None:
        """The one named last that "ce dernier" or "celle-ci" stands for, if he is of these classes; None where it is no such pronoun."""
        if token.lower_ not in self._latter:
            return None
        before = token.doc.span(max(0, token.i - 1), token.i + 1).text.lower()
        own = token.doc.span(token.i, token.i + _PARTS).text.lower()
        found = next((w for w in self._pronouns.latter if w == before or (own.startswith(w) and " " not in w)), None)
        if found is None or token.doc.span(token.i + 1, token.i + 2).root.pos_ == "NOUN":
            return None
        local = [
            self.referent(n) for n in line.names if n.end <= token.i and n.form not in _QUALIFYING and not n.is_place
        ]
        named = [r for r in [*self.focus.named, *local] if r.kind in AGENTS | WEAPONS | {"Treaty"}]
        if kinds.isdisjoint(AGENTS):
            fitting = [r for r in named[-1:] if r.kind in kinds]
        else:
            feminine = found in self._pronouns.feminine_latter
            fitting = [r for r in named if r.kind in kinds and self._is_of_gender(r, feminine)]
        return [self.again(r, token, 0.8) for r in fitting[-1:]]

    def _is_of_gender(self, referent: Referent, feminine: bool) -> bool:
        """Whether a state is of a gender; of persons and bodies it is not known."""
        return referent.kind != "State" or self._is_masculine(referent) != feminine

    def owned(self, token: Token, line: Line) -> list[Referent]:
        """The weapons of whose kind "les siens" are: those named last."""
        if token.lower_lemma not in self._pronouns.owned and token.lower_ not in self._pronouns.owned:
            return []
        local = [self.referent(n) for n in line.names if n.kind in WEAPONS and n.end <= token.i]
        shelf = [*self.focus.weapons, *local]
        return [self.again(shelf[-1], token)] if shelf else []

    def _thing(self, token: Token, word: str, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """The weapon or treaty meant; one of a kind of weapons only where the same line names it."""
        local = [self.referent(n) for n in line.names if n.kind in kinds and n.end <= token.i]
        treaty = self.focus.treaty() if "Treaty" in kinds else None
        before = self.focus.weapons if kinds & WEAPONS else [treaty] if treaty else []
        shelf = [*before, *local]
        if not shelf:
            return []
        vague = shelf[-1].kind == "WeaponCategory" and word not in self._pronouns.plural_things
        return [] if vague and not local else [self.again(shelf[-1], token)]

    def _agent(self, token: Token, word: str, line: Line) -> list[Referent]:
        words = self._pronouns
        if word in words.first:
            return [self.again(self.focus.speaker, token, 0.8)] if self.focus.speaker else []
        if word in words.masculine and (threatened := self._threatened(token, line)):
            return threatened
        candidates = [*self.focus.subjects, *self.subjects_before(token, line)]
        if word in words.masculine:
            fitting = [r for r in candidates if r.kind == "Person" or (r.kind in AGENTS and self._is_masculine(r))]
        elif word in words.feminine:
            unknown = [r for r in candidates if r.kind != "Person" or not self.reference.entities.get(r.entity)]
            fitting = [r for r in unknown if r.gender != "Masc"]
        elif word in words.plural:
            fitting = [r for r in candidates if r.kind != "Person"]
        elif word in words.oblique:
            fitting = self._others(token, line, candidates)
        elif word in words.objects and token.dep_ == "obj":
            fitting = [r for r in self._others(token, line, candidates) if self._agrees(r, word)]
        elif word in words.possessives:
            fitting = candidates
        else:
            return []
        return [self.again(fitting[-1], token)] if fitting else []

    def _threatened(self, token: Token, line: Line) -> list[Referent]:
        """Whom a verb threatens if he does what its condition tells: "menace X de sanctions s'il livre …"."""
        clause = token.head
        conditional = any(c.dep_ == "mark" and c.lower_ in self._pronouns.conditional for c in clause.children)
        if not conditional or clause.head.lower_lemma not in self._pronouns.warning:
            return []
        threatened = [c for c in clause.head.children if c.dep_ == "obj" and c.i < token.i]
        return [
            self.again(self.referent(n), token) for c in threatened for n in line.at.get(c.i, ()) if n.kind in AGENTS
        ]

    def _others(self, token: Token, line: Line, candidates: list[Referent]) -> list[Referent]:
        """Those spoken of, also as objects, without who does the act: "X refuse de lui fournir"."""
        verbs = [token.head, *[a for a in list(token.head.ancestors)[:2] if token.head.dep_ in ("xcomp", "obl:mod")]]
        doing = [c for verb in verbs for c in verb.children if c.dep_.startswith("nsubj")]
        doing += [verb.head for verb in verbs if verb.dep_ == "acl:relcl"]
        acting = {n.entity for c in doing for part in (c, *c.children) for n in line.at.get(part.i, ())}
        told = [
            self.referent(n)
            for n in line.names
            if n.kind in AGENTS and n.end <= token.i and n.form is not NameForm.ADJECTIVE
        ]
        return [r for r in [*candidates, *told] if r.entity not in acting]

    def subjects_before(self, token: Token, line: Line) -> list[Referent]:
        """The agents that stand as subjects before a token of the same sentence."""
        found = []
        for named in line.names:
            if named.form in (NameForm.ADJECTIVE, NameForm.PREFIX) and line.doc[named.start].text.islower():
                if named.kind in AGENTS and token.sent.start <= named.start and named.end <= token.i:
                    found += self._described(named, line)
                continue
            if named.kind in AGENTS and token.sent.start <= named.start and named.end <= token.i:
                root = line.doc.span(named.start, named.end).root
                title = root.head if root.dep_ in ("flat:name", "nmod", "appos", "amod") else root
                subject = any(t.dep_.startswith("nsubj") for t in (root, title))
                if subject or named.kind == "Person" or self._is_topic(named, line):
                    found.append(self.referent(named))
        return found

    def owners_of(self, token: Token, line: Line) -> list[Referent]:
        """Whom the possessive before a noun means: the last agent that stood as a subject; of "leurs", those named with him."""
        local = self.subjects_before(token, line)
        owners = local[-1:] or self.focus.subjects[-1:]
        if any(c.lower_ in self._pronouns.first for c in token.lefts):
            return [self.focus.speaker] if self.focus.speaker else []
        if any(c.lower_ in self._shared for c in token.lefts):
            group = line.group(local[-1].start, local[-1].end) if local else ()
            joined = self.focus.joined if {o.entity for o in owners} & {r.entity for r in self.focus.joined} else ()
            owners = [self.referent(n) for n in group if n.kind in AGENTS] or ([] if local else [*joined]) or owners
        return owners

    def acting_state(self, token: Token, line: Line) -> list[Referent]:
        """The state that stood as the last subject, whose parliament a text means: "X hésite. Les députés …"."""
        subjects = [*self.focus.subjects, *self.subjects_before(token, line)]
        return [self.again(r, token, 0.7) for r in subjects[-1:] if r.kind == "State"]

    def _described(self, named: Named, line: Line) -> list[Referent]:
        """The state whose adjective the subject has, where that acts for it: "Le gouvernement polonais s'explique : il …"."""
        noun = line.doc[named.start].head
        acting = noun.dep_.startswith("nsubj") and noun.folded_lemma in self._bodies
        return [self.referent(named)._replace(gender=gender_of(noun))] if acting else []

    def _is_topic(self, named: Named, line: Line) -> bool:
        """Whether a name is set before its sentence as what that is about: "Quant à X, elle refuse"."""
        lead = line.doc[max(0, named.start - _LEAD) : named.start]
        return any(t.lower_ in self._pronouns.topical for t in lead)

    def _agrees(self, referent: Referent, word: str) -> bool:
        """Whether an object pronoun may stand for someone by its gender, where it shows one and his is known."""
        if referent.kind == "Person" or word not in self._pronouns.gendered:
            return True
        return self._is_masculine(referent) != (word in self._pronouns.feminine_objects)

    def _is_masculine(self, referent: Referent) -> bool:
        if referent.gender:
            return referent.gender == "Masc"
        label = self._labels.get(referent.entity, "")
        words = self._pronouns
        return not label.endswith(words.feminine_ending) or label in words.masculine_names or referent.rule == "metonym"


def gender_of(noun: Token) -> str:
    """The gender of a noun, "Masc" or "Fem"; "" where the parse tells none, or it is a name."""
    return next(iter(noun.morph.get("Gender", ())), "") if noun.pos_ == "NOUN" else ""
