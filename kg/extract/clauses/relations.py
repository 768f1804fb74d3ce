"""The parse as frames see it: who stands in which relation to a verb or a noun, whatever the labels of the treebank.

The relations are `subj`, `obj`, `iobj`, `agent`, `clause` and prepositions by their plain form ("à", "de", "sur"). The
subject of a passive is its `obj`; the noun of a participle or relative clause stands where its pronoun would; the subject
of an infinitive is found by control. Frames never see a treebank label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.clauses.shapes import Shapes
from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Doc, Token, joined_names

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "ADJ", "SYM"})
SUBJECTS = frozenset({"nsubj", "nsubj:caus"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_BROKEN = frozenset({"dep", "xcomp"})
"""How a parse may hang what is left of many: "que par deux pays"."""
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "acl:relcl", "parataxis"})


class Arc(NamedTuple):
    """A dependent and the relation it stands in."""

    relation: str
    token: Token
    path: str
    """How it was reached, for an explanation: "subj", "conj/subj", "control/subj"."""


@dataclass(slots=True)
class _Known:
    """What was worked out of a parse, by the index of the token: the same tokens are asked after again and again."""

    doc: Doc | None = None
    passive: dict[int, bool] = field(default_factory=dict)
    direct: dict[int, tuple[Arc, ...]] = field(default_factory=dict)
    arcs: dict[int, list[Arc]] = field(default_factory=dict)


class Relations(Shapes):
    """The direct relations of a token, and whether it is passive."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._last = _Known()
        self.contractions = lexicon.syntax.contractions
        self.forms_of = lexicon.syntax.forms_of
        self._carriers = frozenset(lexicon.syntax.carriers) | frozenset(lexicon.syntax.quantities)
        self._compounds = lexicon.syntax.compound_prepositions
        self._object_control = frozenset(lexicon.modality.object_control)
        self._transparent = frozenset(lexicon.modality.transparent)
        self._support = frozenset(lexicon.modality.support)
        self.times = frozenset(lexicon.dates.months) | frozenset(lexicon.dates.weekdays) | lexicon.syntax.times
        self.admitting = lexicon.syntax.admitting
        self.threatening = lexicon.syntax.threatening
        self.led = lexicon.syntax.prepositions
        self._complementing = frozenset({self.led.of, None})
        self._double = lexicon.syntax.double
        self._fronted = lexicon.syntax.adverbial | lexicon.syntax.fronting
        self._agreements = frozenset(lexicon.agreements.treaties) | frozenset(lexicon.agreements.agreements)
        self._accusing = frozenset(lexicon.reporting.accusing)
        self._reporting = frozenset(lexicon.reporting.verbs) | frozenset(lexicon.reporting.accusing)

    def preposition(self, token: Token) -> str | None:
        """The plain form of the preposition that introduces a noun or an infinitive."""
        for child in token.lefts:
            if child.dep_ in ("case", "mark") and child.pos_ in ("ADP", "SCONJ", "DET", "ADV"):
                if Kind.THAT in child.kinds or self._dates(child, token):
                    continue
                plain = self.plain(child.lower_)
                if plain == self.led.to and child.i:
                    return self._double.get(child.doc[child.i - 1].lower_, plain)
                return plain
        return None

    def _dates(self, preposition: Token, noun: Token) -> bool:
        """Whether a preposition belongs to a year or month between it and the noun's article: "a installé dès 2023 ses armes"."""
        between = noun.doc[preposition.i + 1 : noun.i]
        dated = bool(between) and (between[0].lower_ in self.times or _YEAR.fullmatch(between[0].text) is not None)
        return dated and any(t.pos_ in ("DET", "NUM") for t in between[1:])

    def plain(self, word: str) -> str:
        """A preposition without its contraction with the article: "aux" is "à"."""
        return self.contractions.get(word, word)

    def _known(self, token: Token) -> _Known:
        """What is known of the parse of a token; parses are read one after the other."""
        if token.doc is not self._last.doc:
            self._last = _Known(token.doc)
        return self._last

    def _direct(self, token: Token) -> tuple[Arc, ...]:
        known = self._known(token).direct
        if token.i not in known:
            known[token.i] = tuple(self._beside(token))
        return known[token.i]

    def _beside(self, token: Token) -> Iterator[Arc]:
        between, aiming = self.led.between, self.led.aiming
        yield from (Arc(between, each, between) for each in joined_names(token))
        undergone = self.is_undergone(token)
        passive = self.is_passive(token) or undergone
        for child in token.children:
            if child.dep_ == "acl" and child.lower_ in self._words.aiming:
                yield from (Arc(aiming, m, aiming) for c in child.children if c.dep_ == "obj" for m in self._members(c))
            if child.dep_ == "advmod" and (framed := self._compounds.get(child.lower_)):
                yield from (Arc(framed, c, framed) for c in child.children if c.dep_.startswith(("obl", "nmod")))
            relation = self._relation(child, passive)
            if relation is None:
                continue
            relation = "iobj" if undergone and child.dep_ in SUBJECTS else relation
            for member in self._members(child):
                yield from self._collapse(relation, member)

    def _relation(self, child: Token, passive: bool) -> str | None:
        dep = "obl" if child.dep_ in _BROKEN and self._is_restricted(child) else child.dep_
        if child.lower_ in self._words.of_pronouns and child.pos_ in ("PRON", "ADV"):
            return self.led.of if any(c.dep_ == "ccomp" for c in child.head.rights) else "obj"
        if dep in SUBJECTS or dep in ("expl:subj", "nsubj:pass"):
            return "obj" if passive else "subj"
        behind = child.i > child.head.i
        cut = behind and child.doc[child.left_edge.i - 1].text == ","
        aside = passive and cut and not any(c.dep_ == "obl:agent" for c in child.head.children)
        if dep == "obj":
            return "appos" if aside else self._object(child)
        if dep in ("iobj", "obl:agent"):
            return dep.removeprefix("obl:")
        if dep.startswith("obl") or dep == "nmod":
            preposition = self.preposition(child)
            if preposition == self.led.by and (passive or child.head.dep_ == "obj"):
                return "agent" if passive else preposition
            if preposition is None and dep.startswith("obl"):
                if child.pos_ == "NUM" or child.lower_lemma in self.times or self._is_edge(child):
                    return "date"
                apart = aside or self._is_set_before(child)
                return "appos" if apart else "obj" if behind or passive else "subj"
            return preposition or "appos"
        if dep in ("appos", "flat:name", "compound"):
            return "appos"
        if dep in _CLAUSES:
            return "obj" if self._is_bare_object(child) or self._is_named_object(child) else "clause"
        return None

    def _is_restricted(self, token: Token) -> bool:
        """Whether what stands behind a preposition is all that there is: "n'a été ratifié que par deux États"."""
        restricting = any(Kind.THAT in c.kinds and c.dep_ == "advmod" for c in token.lefts)
        return token.pos_ in ("NOUN", "PROPN") and restricting and self.preposition(token) is not None

    def _is_bare_object(self, token: Token) -> bool:
        """Whether a noun without article or preposition is what a verb is about: "parler armements"."""
        bare = token.pos_ == "NOUN" and not any(c.dep_ in ("det", "case", "mark") for c in token.lefts)
        return bare and token.head.lemma_ in self._words.bare_objects and token.i == token.head.i + 1

    def _is_named_object(self, token: Token) -> bool:
        """Whether a name right behind a verb is its object, though the parse takes it for what the verb has one do: "exhorte Paris à"."""
        plain = token.pos_ == "PROPN" and token.dep_ == "xcomp" and token.i == token.head.i + 1
        return plain and not any(Kind.SELF in c.kinds for c in token.head.lefts)

    def _object(self, child: Token) -> str:
        """What an object is: often a day ("reçu jeudi"), or the complement of a preposition."""
        preposition = self.preposition(child)
        if (
            preposition is None
            and (child.lower_lemma in self.times or self._is_day(child))
            and child.head.pos_ != "NOUN"
        ):
            return "date"
        return "obj" if preposition is None or preposition == self.led.of else preposition

    def _is_set_before(self, token: Token) -> bool:
        """Whether a noun at the front only tells what the subject behind its comma is: "Allié de X, Y a …"."""
        edge = token.right_edge
        after = edge.i + int(edge.text != ",")
        if self.preposition(token) is not None:
            return False
        closed = token.pos_ == "NOUN" and token.i < token.head.i and token.doc.span(after, after + 1).text == ","
        return closed and any(c.dep_ in SUBJECTS and c.i > after for c in token.head.lefts)

    def _is_edge(self, token: Token) -> bool:
        """Whether a noun tells which part of the month behind it: "fin novembre"."""
        following = token.doc[token.i + 1 : token.i + 2]
        return token.lower_ in self._words.edges and bool(following) and following[0].lower_ in self.times

    def _is_day(self, token: Token) -> bool:
        """Whether a number is a day before its month: "le 20 février"."""
        following = token.doc[token.i + 1 : token.i + 2]
        return token.text[:1].isdigit() and bool(following) and following[0].lower_ in self.times

    def _members(self, token: Token) -> Iterator[Token]:
        """The token and what is coordinated with it, unless it is denied: "X, et non Y"."""
        yield token
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in NOMINAL and not self.is_denied(child):
                yield from self._members(child)

    def is_denied(self, noun: Token) -> bool:
        """Whether what is joined to something is told apart from it: "X, et non Y"."""
        return any(c.lower_ in self._words.denied for c in noun.lefts)

    def _collapse(self, relation: str, token: Token) -> Iterator[Arc]:
        """ "à destination de l'Iran": the noun of a compound preposition gives way to what it governs."""
        amount = self._compounds.get(token.lower_lemma) or self._compounds.get(token.lower_)
        if not amount or relation in ("subj", "obj", "iobj"):
            yield Arc(relation, token, relation)
            return
        inner = [
            c
            for c in token.children
            if c.dep_ in ("nmod", "obl:arg", "obl:mod", "obj") and self.preposition(c) in self._complementing
        ]
        determined = token.lower_ not in self._words.with_article and any(c.dep_ == "det" for c in token.children)
        if inner and not determined:
            for child in inner:
                for member in self._members(child):
                    yield Arc(amount, member, f"{relation}/{token.lower_}")
            return
        yield Arc(relation, token, relation)

    def is_undergone(self, token: Token) -> bool:
        """Whether an infinitive is undergone: "se voir imposer des sanctions", "se faire rabrouer", by its subject."""
        verb = token.head if token.dep_ == "xcomp" and token.head.lemma_ in self._words.suffering else token
        led = verb is not token or any(c.lemma_ in self._words.suffering and c.i < token.i for c in token.children)
        return led and self._infinitive(token) and any(Kind.SELF in c.kinds for c in verb.children)

    def is_setting(self, token: Token) -> bool:
        """Whether a noun after a preposition at the head of a sentence only sets its scene: "Au Pérou, …"."""
        lead = token.doc[token.sent.start : token.i]
        after = token.doc.span(token.right_edge.i + 1, token.right_edge.i + 2).text
        prepositions = [t.i for t in lead if t.pos_ == "ADP"]
        return 0 < len(lead) <= 3 and after == "," and prepositions == [token.sent.start]

    def is_passive(self, token: Token) -> bool:
        """Whether a verb form is passive: with the auxiliary être of a transitive verb, or a bare past participle."""
        known = self._known(token).passive
        if token.i not in known:
            known[token.i] = self._in_passive(token)
        return known[token.i]

    def _in_passive(self, token: Token) -> bool:
        children = token.children
        auxiliaries = [c for c in children if c.dep_.startswith("aux")]
        if auxiliaries and (shown := self._helped_passive(token, auxiliaries)) is not None:
            return shown
        if not auxiliaries and any(c.dep_ == "nsubj:pass" for c in children):
            return True
        if not auxiliaries and self._continues(token):
            return self.is_passive(token.head)
        been = any(c.dep_ == "cop" and c.lower_ in self._words.been for c in children)
        if been and (token.pos_ == "VERB" or self.is_participle(token)):
            return True
        if any(c.dep_ in ("aux:tense", "aux", "cop") for c in children):
            return False
        if any(c.dep_ == "nsubj" for c in children):
            return self._is_reduced(token)
        return (
            self.is_participle(token)
            and token.dep_
            in ("acl", "amod", "conj", "advcl", "ROOT", "appos", "nmod", "xcomp", "parataxis", "acl:relcl")
            and Kind.ACTING not in token.kinds
        )

    def _helped_passive(self, token: Token, auxiliaries: list[Token]) -> bool | None:
        """Whether the auxiliaries of a verb make it passive; None where they do not tell."""
        if token.lemma_ in self._words.moving and len(auxiliaries) == 1:
            return False
        if any(c.dep_.startswith("expl") and Kind.SELF in c.kinds for c in token.children):
            return False
        if any(
            c.dep_ == "aux:pass" and c.lemma_ != self.forms.have and not c.lower_.startswith(self.forms.have_stems)
            for c in auxiliaries
        ):
            return True
        being = any(c.lemma_ == self._words.passive_auxiliary for c in auxiliaries)
        return True if being and self._is_passivable(token) else None

    def _continues(self, token: Token) -> bool:
        """Whether a participle shares the auxiliary of the verb before it: "a présenté et testé"."""
        head = token.head
        shared = token.dep_ == "conj" and head.is_helped
        return shared and self.is_participle(token) and self.is_participle(head)

    def _is_passivable(self, token: Token) -> bool:
        """Whether a participle with "être" is a passive, whatever the tagger says: no reflexive, no verb of movement."""
        if token.lemma_ in self._words.moving or not self.is_participle(token):
            return False
        return not any(c.lower_ in self._words.reflexives and c.i < token.i for c in token.children)
