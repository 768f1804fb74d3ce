"""What is told as the content of a noun of saying: "les informations de X selon lesquelles Y a livré Z", and who denies it."""

from __future__ import annotations

from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.reading import Line, Referent
from kg.extract.saying.speakers import Speakers
from kg.extract.saying.speech import Speech, lemma
from kg.extract.words import fold_word

_OBJECTS = frozenset({"obj", "obl:arg", "nsubj:pass"})


class Tidings:
    """Reads what stands after "selon lesquelles"."""

    def __init__(self, words: Reporting, speech: Speech, speakers: Speakers) -> None:
        self._openers = frozenset(words.content_openers)
        self._prepositions = tuple(words.prepositions)
        self._dismissing = frozenset(map(fold_word, words.dismissing))
        self._calling = frozenset(map(fold_word, words.calling))
        self._speech = speech
        self._speakers = speakers

    def dismissal(self, token: Token) -> Token | None:
        """The word by which what a trigger tells is denied: "rejette les accusations selon lesquelles …", "… sont infondées"."""
        clause = self._clause(token)
        if clause is None:
            return None
        noun, verb = clause.head, clause.head.head
        if (
            word := next((c for c in noun.children if c.dep_ == "amod" and self._speech.is_untrue(c)), None)
        ) is not None:
            return word
        if _is_negated(verb) or verb == noun:
            return None
        if noun.dep_ in _OBJECTS and (self._speech.denies(verb) or lemma(verb) in self._dismissing):
            return verb
        said = {*verb.subtree} - {*clause.subtree}
        called = lemma(verb) in self._calling or noun.dep_.startswith("nsubj")
        return next((t for t in sorted(said, key=lambda t: t.i) if called and self._speech.is_untrue(t)), None)

    def speaker(self, token: Token, line: Line, referents: Referents) -> tuple[Referent, str] | None:
        """Who says what a trigger tells: who denies or confirms it, else whose the noun is ("les accusations turques")."""
        clause = self._clause(token)
        if clause is None:
            return None
        noun, verb = clause.head, clause.head.head
        objected = noun.dep_ in _OBJECTS and verb != noun
        if objected and (lemma(verb) in self._speech.nominal | self._calling or self.dismissal(token) == verb):
            if speaker := self._speakers.of_verb(verb, line, referents):
                return speaker, verb.text
        elif self.dismissal(token) is None:
            owner = self._speakers.in_phrase(token.doc[noun.i + 1 : clause.left_edge.i], line, referents)
            return (owner, noun.text) if owner else None
        return None

    def _clause(self, token: Token) -> Token | None:
        """The verb of the clause after "selon lesquelles" in which a trigger stands."""
        for verb in (token, *token.ancestors):
            if verb.dep_ == "acl:relcl" and verb.head.pos_ == "NOUN" and self._is_content(verb):
                return verb
        return None

    def _is_content(self, verb: Token) -> bool:
        return any(
            c.lower_ in self._openers and any(g.dep_ == "case" and g.lower_ in self._prepositions for g in c.children)
            for c in verb.lefts
        )


def _is_negated(verb: Token) -> bool:
    return any("Neg" in c.morph.get("Polarity", []) for c in verb.children)
