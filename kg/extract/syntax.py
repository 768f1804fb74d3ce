"""The parse as frames see it: who stands in which relation to a verb or a noun, whatever the labels of the treebank.

The relations are `subj`, `obj`, `iobj`, `agent`, `clause` and prepositions by their plain form ("à", "de", "sur"). The
subject of a passive is its `obj`; the noun of a participle or relative clause stands where its pronoun would; the subject
of an infinitive is found by control. Frames never see a treebank label.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "ADJ", "SYM"})
_SUBJECTS = frozenset({"nsubj", "nsubj:caus"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "acl:relcl", "parataxis"})
_PREDICATES = frozenset({"xcomp", "ccomp"})


class Arc(NamedTuple):
    """A dependent and the relation it stands in."""

    relation: str
    token: Token
    path: str
    """How it was reached, for an explanation: "subj", "conj/subj", "control/subj"."""


class Syntax:
    """Walks parses with the language's prepositions and control verbs."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._contractions = lexicon.syntax.contractions
        self._compounds = lexicon.syntax.compound_prepositions
        self._object_control = frozenset(lexicon.modality.object_control)
        self._transparent = frozenset(lexicon.modality.transparent)
        self._support = frozenset(lexicon.modality.support)
        self._times = (
            frozenset(lexicon.dates.months)
            | frozenset(lexicon.dates.weekdays)
            | {
                "an",
                "année",
                "mois",
                "semaine",
                "jour",
                "matin",
                "soir",
                "hier",
                "nuit",
                "heure",
                "fois",
                "minute",
            }
        )
        self._accusing = frozenset(lexicon.reporting.accusing)
        self._reporting = frozenset(lexicon.reporting.verbs) | frozenset(lexicon.reporting.accusing)

    def preposition(self, token: Token) -> str | None:
        """The plain form of the preposition that introduces a noun or an infinitive."""
        for child in token.lefts:
            if child.dep_ in ("case", "mark") and child.pos_ in ("ADP", "SCONJ", "DET", "ADV"):
                return self.plain(child.lower_)
        return None

    def plain(self, word: str) -> str:
        """A preposition without its contraction with the article: "aux" is "à"."""
        return self._contractions.get(word, word)

    def arcs(self, token: Token) -> list[Arc]:
        """Every dependent of a verb or noun that may fill a role, nearest relation first."""
        found = list(self._direct(token))
        if token.pos_ in ("VERB", "AUX", "ADJ") or self.is_participle(token):
            found += self._shared(token, found)
        return found

    def _direct(self, token: Token) -> Iterator[Arc]:
        passive = self.is_passive(token) or self.is_undergone(token)
        for child in token.children:
            if child.dep_ == "acl" and child.lower_ in (
                "visant",
                "ciblant",
                "frappant",
                "touchant",
                "concernant",
                "impliquant",
                "réunissant",
                "associant",
            ):
                yield from (
                    Arc("visant", m, "visant") for c in child.children if c.dep_ == "obj" for m in self._members(c)
                )
            relation = self._relation(child, passive)
            if relation is None:
                continue
            for member in self._members(child):
                yield from self._collapse(relation, member)

    def _relation(self, child: Token, passive: bool) -> str | None:
        dep = child.dep_
        if child.lower_ == "en" and child.pos_ in ("PRON", "ADV"):
            return "obj"
        if dep in _SUBJECTS or dep == "expl:subj":
            return "obj" if passive else "subj"
        if dep == "nsubj:pass":
            return "obj"
        if dep == "obj":
            preposition = self.preposition(child)
            return preposition if preposition not in (None, "de") else "obj"
        if dep == "iobj":
            return "iobj"
        if dep in ("obl:agent",):
            return "agent"
        if dep.startswith("obl") or dep == "nmod":
            preposition = self.preposition(child)
            if preposition == "par" and (passive or child.head.dep_ == "obj"):
                return "agent" if passive else "par"
            if preposition is None and dep.startswith("obl"):
                if child.pos_ == "NUM" or child.lemma_.lower() in self._times:
                    return "date"
                return "obj" if child.i > child.head.i or passive else "subj"
            return preposition or "appos"
        if dep in ("appos", "flat:name", "compound"):
            return "appos"
        if dep in _CLAUSES:
            return "clause"
        return None

    def _members(self, token: Token) -> Iterator[Token]:
        """The token and what is coordinated with it."""
        yield token
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in NOMINAL:
                yield from self._members(child)

    def _collapse(self, relation: str, token: Token) -> Iterator[Arc]:
        """ "à destination de l'Iran": the noun of a compound preposition gives way to what it governs."""
        amount = self._compounds.get(token.lemma_.lower()) or self._compounds.get(token.lower_)
        inner = [
            c
            for c in token.children
            if c.dep_ in ("nmod", "obl:arg", "obl:mod", "obj") and self.preposition(c) in ("de", None)
        ]
        determined = any(c.dep_ == "det" for c in token.children)
        if amount and inner and not determined and relation not in ("subj", "obj", "iobj"):
            for child in inner:
                for member in self._members(child):
                    yield Arc(amount, member, f"{relation}/{token.lower_}")
            return
        yield Arc(relation, token, relation)

    def _shared(self, token: Token, found: list[Arc]) -> list[Arc]:
        """What a verb shares with its surroundings: a coordinated subject, a controller, an antecedent."""
        shared: list[Arc] = []
        relations = {arc.relation for arc in found}
        head = token.head
        if "subj" not in relations and not (self.is_passive(token) and "obj" in relations):
            relation = "iobj" if self.is_undergone(token) else "obj" if self.is_passive(token) else "subj"
            shared += [Arc(relation, t, f"{path}") for t, path in self._subject_above(token)]
        if token.dep_ == "acl:relcl" or (token.dep_ == "acl" and self._has_relative(token)):
            shared += self._antecedent(token, head, found)
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

    def _has_relative(self, token: Token) -> bool:
        return any(c.lower_ in ("qui", "que", "qu'", "dont") for c in token.subtree if c.i < token.i)

    def _antecedent(self, token: Token, head: Token, found: list[Arc]) -> list[Arc]:
        """The noun of a relative clause in the place of its pronoun."""
        arcs = []
        for arc in found:
            if arc.token.lower_ in (
                "qui",
                "que",
                "qu'",
                "lequel",
                "laquelle",
                "lesquels",
                "lesquelles",
                "dont",
                "auquel",
            ):
                relation = "de" if arc.token.lower_ == "dont" else arc.relation
                arcs += [Arc(relation, member, f"relative/{relation}") for member in self._members(head)]
        if not arcs and any(c.lower_ in ("que", "qu'") for c in token.children):
            arcs = [Arc("obj", head, "relative/obj")]
        if not arcs and any(c.lower_ == "dont" for c in token.children):
            arcs = [Arc("de", head, "relative/de")]
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
        if dep in ("acl", "amod") and self.is_passive(token) and not self._infinitive(token):
            return [(m, "participle") for m in self._members(head)]
        if dep == "conj":
            if head.pos_ in ("VERB", "AUX", "ADJ") or self.is_participle(head):
                return self.subjects(head, depth + 1, "conj/")
            return []
        if dep in ("xcomp", "ccomp") or (dep in ("obl:arg", "obl:mod", "advcl", "obj") and self._infinitive(token)):
            return self._controller(token, head, depth)
        if dep in ("advcl", "parataxis"):
            if token.lower_.endswith("ant") and token.lemma_ in self._reporting:
                return self._reporter_above(token) or self.subjects(head, depth + 1, "adverbial/")
            return self.subjects(head, depth + 1, "adverbial/")
        if dep in ("acl", "nmod"):
            return self._of_noun(token, head, depth)
        return []

    def _reporter_above(self, token: Token) -> list[tuple[Token, str]]:
        """The subject of the reporting verb above a participle: "X a déclaré que …, accusant Y": it is X who accuses."""
        for ancestor in token.ancestors:
            if ancestor.lemma_ in self._reporting and ancestor.pos_ in ("VERB", "AUX"):
                return self.subjects(ancestor, 1, "reporter/")
        return []

    def is_undergone(self, token: Token) -> bool:
        """Whether an infinitive is undergone: "se voir imposer des sanctions", whose subject is the one they are imposed on."""
        head = token.head
        return token.dep_ == "xcomp" and head.lemma_ == "voir" and any(c.lower_ in ("se", "s'") for c in head.children)

    def is_gerund(self, token: Token) -> bool:
        """Whether a token is "en livrant"."""
        return (
            token.lower_.endswith("ant")
            and token.i > 0
            and any(c.lower_ == "en" and c.i < token.i for c in token.children)
        )

    def _nearest_subject(self, token: Token) -> list[tuple[Token, str]]:
        """The subject of the nearest verb above that has one of its own."""
        head = token.head
        if head.dep_ == "xcomp" and head.head.lemma_ in self._accusing:
            return self.subjects(head, 1, "gerund/")
        for ancestor in token.ancestors:
            if any(c.dep_ in _SUBJECTS or c.dep_ == "nsubj:pass" for c in ancestor.children):
                return self.subjects(ancestor, 1, "gerund/")
        return []

    def _controller(self, token: Token, head: Token, depth: int) -> list[tuple[Token, str]]:
        if head.pos_ in ("VERB", "AUX", "ADJ") or self.is_participle(head):
            if head.lemma_ in self._object_control and self._infinitive(token):
                controlled = [
                    a for a in self._direct(head) if a.relation in ("iobj", "à", "obj") and a.token.pos_ in NOMINAL
                ]
                if controlled:
                    return [(a.token, "control") for a in controlled if a.relation != "obj" or len(controlled) == 1]
            if token.dep_ == "ccomp" and not self._infinitive(token):
                return []
            return self.subjects(head, depth + 1, "control/")
        return self._of_noun(token, head, depth)

    def _of_noun(self, token: Token, noun: Token, depth: int) -> list[tuple[Token, str]]:
        """The subject of an infinitive that completes a noun: "la volonté de la Turquie d'acheter"; of a present participle: the noun."""
        if "VerbForm=Part" in str(token.morph) or token.lower_.endswith("ant"):
            if self._trails(token):
                verb = next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)
                return self.subjects(verb, depth + 1, "trailing/") if verb is not None else []
            return [(noun, "participle")]
        if not self._infinitive(token):
            return []
        owners = [
            c for c in noun.children if c.dep_ in ("nmod", "amod") and (c.dep_ == "amod" or self.preposition(c) == "de")
        ]
        if owners:
            return [(c, "owner") for c in owners]
        return self.subjects(noun.head, depth + 1, "governor/") if noun.head != noun else []

    def subjects(self, token: Token, depth: int = 0, prefix: str = "") -> list[tuple[Token, str]]:
        """The subjects of a verb, or of the verb that it leans on, with the path to them."""
        passive = self.is_passive(token)
        own = [a for a in self._direct(token) if a.relation == ("obj" if passive else "subj")]
        if own:
            relative = [a for a in own if a.token.lower_ in ("qui", "lequel", "laquelle", "lesquels", "lesquelles")]
            if relative and token.dep_ in ("acl:relcl", "acl"):
                return [(m, prefix + "relative/subj") for m in self._members(token.head)]
            return [(a.token, prefix + "subj") for a in own]
        return [(t, prefix + path) for t, path in self._subject_above(token, depth)]

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
                token, steps = head, steps + 1
                continue
            return None
        return None

    def is_passive(self, token: Token) -> bool:
        """Whether a verb form is passive: with the auxiliary être of a transitive verb, or a bare past participle."""
        auxiliaries = [c for c in token.children if c.dep_.startswith("aux")]
        if any(
            c.dep_ == "aux:pass" and c.lemma_ != "avoir" and not c.lower_.startswith(("a", "o", "eu"))
            for c in auxiliaries
        ):
            return True
        if any(c.dep_ == "nsubj:pass" for c in token.children) and not auxiliaries:
            return True
        if any(c.dep_ in ("aux:tense", "aux", "cop") for c in token.children):
            return False
        return (
            self.is_participle(token)
            and token.dep_
            in ("acl", "amod", "conj", "advcl", "ROOT", "appos", "nmod", "xcomp", "parataxis", "acl:relcl")
            and not token.lower_.endswith("ant")
        )

    def is_participle(self, token: Token) -> bool:
        """Whether a token is a past participle, also where the tagger calls it an adjective."""
        morph = token.morph
        if "Part" in morph.get("VerbForm") and "Past" in (morph.get("Tense") or ["Past"]):
            return not token.lower_.endswith("ant")
        return (
            token.pos_ == "ADJ" and token.lower_.rstrip("es").endswith(("é", "i", "u", "is", "it")) and len(token) > 4
        )

    def _trails(self, token: Token) -> bool:
        """Whether a present participle follows its clause after a comma: ", accusant …": its subject is the clause's."""
        before = [t for t in token.doc[max(token.sent.start, token.i - 3) : token.i] if t.pos_ != "ADV"]
        return token.lower_.endswith("ant") and bool(before) and (before[-1].text == "," or before[-1].lower_ == "et")

    def _infinitive(self, token: Token) -> bool:
        parts = (token, *[c for c in token.children if c.dep_.startswith("aux") or c.dep_ == "cop"])
        return any("Inf" in p.morph.get("VerbForm", []) for p in parts) or (
            token.lower_.endswith(("er", "ir", "oir", "re")) and token.pos_ == "VERB"
        )
