"""Verb forms that the tagger takes for nouns, with what they govern: gerunds, infinitives after "de", participles that open."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lines.arcs import BEFORE_NOUN, attach, phrase_behind
from kg.extract.lines.inflection import Inflection

_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_PARTICIPLE = "VerbForm=Part|Tense=Past"


class Forms:
    """Mends six faults: "en commandant un radar" has no noun, nor has "la décision de stationner des chars", "a produit" or
    "les chars, produits par X";
    "l'armée implante douze avions" has no adjective before its number; and what opens a sentence before "à" or "par", as
    "Exportés", with its noun behind the comma, is a participle.
    """

    def __init__(self, words: SyntaxWords, inflection: Inflection) -> None:
        self._words = words
        self._inflection = inflection

    def mend(self, token: Token) -> None:
        """Mend the verb form behind a token, if that opens one."""
        word = token.lower_
        if word in self._words.gerund_openers:
            self.gerund(token)
        elif word in self._words.infinitive_openers:
            self.infinitive(token)
        elif word in self._words.agent_prepositions and token.i:
            self.done(token.doc[token.i - 1])

    def gerund(self, opener: Token) -> None:
        """Let the word behind "en" be a gerund, where it has an object and its verb is known."""
        token = opener.doc[opener.i + 1]
        lemma = self._inflection.of_gerund(token.lower_) if token.pos_ in _NOUNS else ""
        if lemma and _has_object(token, self._words.partitive):
            self._mend(token, lemma, "VerbForm=Part|Tense=Pres", "advcl")
            opener.dep_ = "mark"

    def infinitive(self, opener: Token) -> None:
        """Let the word behind "de" be an infinitive, where it has an object and is that of a verb that is known."""
        token = opener.doc[opener.i + 1]
        known = token.pos_ in _NOUNS and token.lower_ in self._inflection.infinitives
        if known and _has_object(token, self._words.partitive):
            self._mend(token, token.lower_, "VerbForm=Inf", "acl" if token.head.pos_ in _NOUNS else "xcomp")
            opener.dep_ = "mark"

    def helped(self, token: Token) -> None:
        """Let a noun that has an auxiliary be the participle of a verb that is known: "a produit"."""
        if lemma := self._inflection.of_participle(token.lower_):
            token.pos_, token.lemma_ = "VERB", lemma
            token.set_morph(_PARTICIPLE)  # type: ignore[attr-defined]

    def done(self, token: Token) -> None:
        """Let a noun that only tells by whom the noun before was made be a participle: ", produits par X"."""
        if token.pos_ == "NOUN" and token.dep_ == "acl" and not any(c.dep_ == "det" for c in token.lefts):
            self.helped(token)

    def present(self, token: Token) -> bool:
        """Whether an adjective is a verb that is known, in the present: no adjective stands before an article; it then is one."""
        form = token.lower_
        lemma = self._inflection.of_present(form) if form.endswith(self._inflection.words.present) else ""
        if not lemma or not _has_object(token, self._words.partitive) or token.head.i > token.i:
            return False
        token.pos_, token.lemma_ = "VERB", lemma
        token.set_morph("Mood=Ind|Person=3|Tense=Pres|VerbForm=Fin")  # type: ignore[attr-defined]
        return True

    def open(self, sentence: Span) -> None:
        """Let the participle that opens a sentence describe the noun behind the comma: "Exportés par X, les chars …"."""
        first = sentence[0]
        lemma = self._inflection.of_plain_participle(self._inflection.words.bare(first.lower_))
        if first.pos_ not in _NOUNS or not lemma or len(sentence) < 4 or sentence[1].pos_ != "ADP":
            return
        comma = next((t for t in sentence if t.text == ","), None)
        noun = phrase_behind(comma) if comma is not None and comma.i + 1 < sentence.end else None
        if noun is None:
            return
        strays = [c for c in first.children if noun.left_edge.i <= c.i]
        head, dep = first.head, first.dep_
        noun.head, noun.dep_ = (noun, "ROOT") if head == first else (head, dep)
        for stray in strays:
            if stray != noun:
                attach(stray, noun)
        self._mend(first, lemma, _PARTICIPLE, "acl")
        attach(first, noun, "acl")
        for child in first.rights:
            if any(c.lower_ in self._words.agent_prepositions for c in child.lefts if c.dep_ == "case"):
                child.dep_ = "obl:agent"

    def _mend(self, token: Token, lemma: str, morph: str, dep: str) -> None:
        token.pos_, token.lemma_ = "VERB", lemma
        token.set_morph(morph)  # type: ignore[attr-defined]
        if token.dep_ != "ROOT":
            token.dep_ = dep
        for child in token.rights:
            if child.dep_ == "nmod" and child == phrase_behind(token, self._words.partitive):
                child.dep_ = "obj"


def _has_object(token: Token, partitives: frozenset[str]) -> bool:
    """Whether an article or number stands right behind a word: no noun is followed so."""
    doc = token.doc
    following = doc[token.i + 1] if token.i + 1 < len(doc) else token
    return following.pos_ in BEFORE_NOUN or following.lower_ in partitives
