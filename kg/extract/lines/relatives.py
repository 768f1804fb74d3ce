"""Mends relative clauses in the parse: the subject behind their verb, and the main clause behind the subject's."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lines.arcs import NOMINAL, attach, is_bare, move, phrase_behind
from kg.extract.lines.inflection import Inflection

SUBJECTS = ("nsubj", "expl:subj")
_NAMED = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB"})
"""What may end the phrase that a relative clause follows."""
_BEFORE_VERB = ("aux", "expl", "advmod", "iobj", "obj")
_CLOSING = frozenset({",", ")", "–", "—"})
_GAP = 4
"""How near the end of its subject's phrase stands before a relative clause, in tokens."""


class Relatives:
    """Mends two faults: the subject behind the verb of a relative clause is no object ("les missiles que déploie l'Inde"),
    and the clause that follows its subject's relative clause is the main one ("X, dont …, a livré Y").
    """

    def __init__(self, words: SyntaxWords, inflection: Inflection) -> None:
        self._words = words
        self._inflection = inflection
        self._openers = openers(words)

    def mend(self, token: Token) -> None:
        """Mend the clause that a token opens, if it is a relative pronoun."""
        word = token.lower_
        if not token.i:
            return
        if word in self._words.object_relatives:
            self.invert(token)
        elif word in self._openers:
            self.lead(token)
        if word == self._words.plain_subject_relative:
            self.subject(token)

    def invert(self, pronoun: Token) -> None:
        """Let what stands behind the verb of a relative clause, whose object the pronoun is, be its subject."""
        before = pronoun.doc[pronoun.i - 1]
        verb = self._verb_of(pronoun)
        if verb is None:
            self._describe(pronoun, before)
            return
        if before.pos_ not in _NAMED or before.i < pronoun.sent.start:
            return
        subject = phrase_behind(verb)
        if subject is None or not _ends_phrase(before):
            self._describe(pronoun, before)
            return
        if any(c.dep_.startswith(SUBJECTS) and c != subject and c.i > pronoun.i for c in verb.children):
            return
        self._hang(verb, self._antecedent(before, verb))
        pronoun.pos_ = "PRON"
        attach(pronoun, verb, "obj")
        attach(subject, verb, "nsubj")

    def _describe(self, pronoun: Token, before: Token) -> None:
        """Hang a relative clause that the parse hangs on a verb on the noun before its pronoun."""
        verb = pronoun.head
        if verb.i <= pronoun.i or before.pos_ not in _NAMED or not _ends_phrase(before):
            return
        if verb.dep_ == "acl:relcl" and verb.head.pos_ not in NOMINAL:
            attach(verb, self._antecedent(before, verb))
        elif verb.dep_ != "acl:relcl" and self._agrees(verb) and any(_is_between(c, pronoun, verb) for c in verb.lefts):
            self._hang(verb, self._antecedent(before, verb))
            pronoun.pos_ = "PRON"
            attach(pronoun, verb, "obj")

    def subject(self, pronoun: Token) -> None:
        """Let the word behind "qui" be the verb of its clause, where the tagger takes it for a noun: "X, qui livre des obus"."""
        before = pronoun.doc[pronoun.i - 1]
        token = self._behind(pronoun)
        verb = self._verb_of(pronoun) if token is not None and token.pos_ != "VERB" else None
        if verb is None or before.i < pronoun.sent.start:
            return
        antecedent = self._antecedent(pronoun.doc[before.i - 1] if before.is_punct and before.i else before, verb)
        if antecedent.pos_ not in NOMINAL:
            return
        self._hang(verb, antecedent)
        attach(pronoun, verb, "nsubj")
        if (thing := phrase_behind(verb)) is not None:
            attach(thing, verb, "obj")

    def _behind(self, pronoun: Token) -> Token | None:
        """The word behind a pronoun and its clitics."""
        return next((t for t in pronoun.doc[pronoun.i + 1 :] if t.lower_ not in self._words.clitics), None)

    def _verb_of(self, pronoun: Token) -> Token | None:
        """The verb right behind a pronoun, its auxiliary and clitics left out; a noun that is a verb's form is that verb."""
        doc, token = pronoun.doc, self._behind(pronoun)
        if token is None or token.i + 1 >= len(doc):
            return None
        if token.lemma_ == self._inflection.words.have and self._is_participle(doc[token.i + 1]):
            return doc[token.i + 1]
        if token.pos_ == "VERB" and token.lower_ != token.lemma_:
            return token
        lemma = self._inflection.of_present(token.lower_)
        if lemma and token.pos_ in ("NOUN", "ADJ", "PROPN") and token.text.islower():
            token.pos_, token.lemma_ = "VERB", lemma
            return token
        return None

    def _hang(self, verb: Token, antecedent: Token) -> None:
        """Hang a relative clause on its antecedent; what the parse hung on its verb before goes to the verb that is left."""
        if verb.head == antecedent and verb.dep_ == "acl:relcl":
            return
        if verb in (path := list(antecedent.ancestors)):
            path = [antecedent, *path[: path.index(verb)]]
            governor = next((t for t in path if t.pos_ == "VERB"), path[-1])
            strays = [c for c in verb.children if c.i < antecedent.left_edge.i or c == path[-1] or c.dep_ == "punct"]
            move(governor, verb.head, verb.dep_, instead_of=verb)
            for stray in strays:
                attach(stray, governor)
        attach(verb, antecedent, "acl:relcl")

    def _antecedent(self, before: Token, verb: Token) -> Token:
        """The noun that a relative clause after a word describes: the one the parse says, or the nearest."""
        if verb.head.i < verb.i and verb.head.pos_ in NOMINAL and verb.dep_ == "acl:relcl":
            return verb.head
        token = before
        while token.head.i < token.i and (token.pos_ not in NOMINAL or is_bare(token, self._words.bare_genitives)):
            token = token.head
        return token

    def _is_participle(self, token: Token) -> bool:
        """Whether a token ends as past participles do and may be one."""
        return token.pos_ in ("VERB", "ADJ", "AUX") and self._inflection.is_participle(token.lower_)

    def _agrees(self, verb: Token) -> bool:
        """Whether a participle with avoir agrees, as it does only with an object before it: "les drones que X a envoyés"."""
        helped = any(c.dep_.startswith("aux") and c.lemma_ == self._inflection.words.have for c in verb.lefts)
        return helped and verb.lower_.endswith(self._inflection.words.agreeing)

    def lead(self, pronoun: Token) -> None:
        """Let the verb behind a subject's relative clause be the main one, where the parse takes that of the clause for it."""
        inner = next((t for t in pronoun.ancestors if t.pos_ in ("VERB", "AUX", "ADJ")), None)
        if inner is None or inner.i < pronoun.i:
            return
        subject = next((c for c in inner.children if c.i < pronoun.i and _may_be_subject(c)), None)
        if subject is None or not 0 < pronoun.i - subject.right_edge.i <= _GAP:
            return
        verb = inner.head if _follows(inner) else next(_main_verbs(inner), None)
        if verb is None:
            return
        strays = [c for c in inner.children if c.i < subject.i or c.i > verb.i or c.dep_ == "punct"]
        move(verb, inner.head, inner.dep_, instead_of=inner)
        passive = any(c.dep_ == "aux:pass" for c in verb.children)
        attach(subject, verb, "nsubj:pass" if passive else "nsubj")
        attach(inner, subject, "acl:relcl")
        for stray in strays:
            attach(stray, verb)


def openers(words: SyntaxWords) -> frozenset[str]:
    """The words that open a clause on the noun before them."""
    return words.relatives | words.clause_pronouns


def _ends_phrase(before: Token) -> bool:
    """Whether the word before "que" can end a noun's phrase: a verb there may have a clause for its object."""
    return before.pos_ != "VERB" or before.dep_ in ("amod", "acl")


def _is_between(token: Token, pronoun: Token, verb: Token) -> bool:
    """Whether a token is the subject of a verb, behind the pronoun that opens its clause."""
    return token.dep_.startswith(SUBJECTS) and pronoun.i < token.i < verb.i


def _may_be_subject(token: Token) -> bool:
    """Whether the parse takes a noun for a subject, or for a time without a preposition, which names are not."""
    bare = token.dep_ == "obl:mod" and token.pos_ == "PROPN" and not any(c.dep_ == "case" for c in token.lefts)
    return bare or token.dep_.startswith("nsubj")


def _follows(inner: Token) -> bool:
    """Whether the verb on which that of a relative clause hangs is the main one behind it, without a subject of its own."""
    main = inner.head
    told = any(c.dep_.startswith(SUBJECTS) for c in main.children)
    return main.i > inner.i and main.pos_ == "VERB" and inner.dep_ == "advcl" and not told


def _main_verbs(inner: Token) -> Iterator[Token]:
    """The finite verbs without a subject of their own behind the comma that ends the clause of a verb."""
    doc, sentence = inner.doc, inner.sent
    for token in doc[inner.i + 1 : sentence.end]:
        if token.dep_.startswith("aux") or token.pos_ not in ("VERB", "AUX"):
            continue
        first = next((c for c in token.lefts if c.dep_.startswith(_BEFORE_VERB)), token)
        if doc[first.i - 1].text not in _CLOSING:
            continue
        finite = "Fin" in token.morph.get("VerbForm", []) or any(
            "Fin" in c.morph.get("VerbForm", []) for c in token.lefts if c.dep_.startswith("aux")
        )
        below = any(t == inner for t in token.ancestors)
        if finite and below and not any(c.dep_.startswith(SUBJECTS) for c in token.children):
            yield token
