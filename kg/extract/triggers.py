"""Which tokens may say an event: the words of the frames, as verbs, nouns, participles or whole phrases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Span, Token

from kg.extract.lexicon import Frame, Lexicon, Pattern, Trigger
from kg.extract.words import fold_word

_GAP = 3
"""How many other words may stand between the words of a phrase: "mettre rapidement en service"."""


@dataclass(frozen=True, slots=True)
class Match:
    """A token that may say the event of a frame."""

    token: Token
    frame: Frame
    trigger: Trigger
    noun: bool
    word: str
    """The entry that matched, for the claim's method."""
    words: tuple[int, ...]
    """The tokens of the phrase, its own first."""
    order: int
    """The place of its trigger in the frame's file."""

    @property
    def end(self) -> int:
        """Token after the last word of the phrase."""
        return self.words[-1] + 1

    @property
    def pattern(self) -> Pattern:
        """Where its roles stand."""
        return self.frame.patterns[self.trigger.pattern]

    @property
    def rank(self) -> tuple[int, int]:
        """Longer phrases first, then the order of the frame's file."""
        return -len(self.words), self.order


@dataclass(frozen=True, slots=True)
class _Entry:
    frame: Frame
    trigger: Trigger
    rest: tuple[str, ...]
    reflexive: bool
    word: str
    noun: bool
    order: int


class Triggers:
    """An index of all trigger words by the lemma of their first word."""

    def __init__(self, lexicon: Lexicon, nlp: Language) -> None:
        self._verbs: dict[str, list[_Entry]] = defaultdict(list)
        self._nouns: dict[str, list[_Entry]] = defaultdict(list)
        for frame in lexicon.frames:
            for order, trigger in enumerate(frame.triggers):
                for phrase in trigger.verbs:
                    self._add(self._verbs, frame, order, phrase, noun=False)
                for phrase in (*trigger.nouns, *trigger.adjectives):
                    self._add(self._nouns, frame, order, phrase, noun=True)
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._lookup = lemmatizer.lookups.get_table("lemma_lookup")

    def _add(self, index: dict[str, list[_Entry]], frame: Frame, order: int, phrase: str, noun: bool) -> None:
        trigger = frame.triggers[order]
        reflexive = phrase.startswith(("se ", "s'"))
        words = phrase.removeprefix("se ").removeprefix("s'").replace("'", "' ").split()
        index[fold_word(words[0])].append(
            _Entry(frame, trigger, tuple(map(fold_word, words[1:])), reflexive, phrase, noun, order)
        )

    def lemmas(self, token: Token) -> set[str]:
        """The folded lemmas that a token may have, by the tagger and by the dictionary."""
        lowered = token.lower_
        found = {fold_word(token.lemma_)}
        if looked := self._lookup.get(lowered):
            found |= {fold_word(lemma) for lemma in looked}
        for ending, verb in (("ées", "er"), ("és", "er"), ("ée", "er"), ("é", "er"), ("ant", "er")):
            if lowered.endswith(ending) and len(lowered) > len(ending) + 2:
                found.add(fold_word(lowered[: -len(ending)] + verb))
                break
        if token.pos_ in ("VERB", "AUX") or token.dep_ == "ROOT":
            for ending in ("ent", "es", "e"):
                if lowered.endswith(ending) and len(lowered) > len(ending) + 2:
                    found.add(fold_word(lowered[: -len(ending)] + "er"))
                    break
        return found

    def find(self, sentence: Span) -> list[Match]:
        """Every match in a sentence, by token, longest phrases first."""
        found: list[Match] = []
        for token in sentence:
            if token.is_punct or token.is_space or token.dep_.startswith("aux"):
                continue
            found += sorted(self._at(token), key=lambda m: m.rank)
        return found

    def _at(self, token: Token) -> list[Match]:
        matches: list[Match] = []
        lemmas = self.lemmas(token)
        if token.pos_ in ("VERB", "AUX") or self._is_verbal(token):
            matches += self._matching(token, lemmas, self._verbs)
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "X") and not self._is_finite(token):
            matches += self._matching(token, lemmas | {fold_word(token.text)}, self._nouns)
        return matches

    def _is_verbal(self, token: Token) -> bool:
        """A participle that the tagger calls adjective or noun, or a verb form that it does not know."""
        lowered = token.lower_
        participle = lowered.rstrip("es").endswith(
            ("é", "i", "u", "is", "it", "ert", "uit", "int")
        ) or lowered.endswith(("ée", "ées"))
        if token.pos_ == "ADJ":
            return participle or lowered.endswith(("ant", "er"))
        finite = token.pos_ == "NOUN" and token.dep_ == "ROOT" and not any(c.dep_ == "det" for c in token.children)
        if finite and any(c.dep_ in ("nsubj", "obj") for c in token.children):
            return True
        return token.pos_ in ("NOUN", "PROPN", "X") and any(
            c.dep_ in ("aux:tense", "aux:pass", "nsubj") for c in token.children
        )

    def _is_finite(self, token: Token) -> bool:
        return any(c.dep_ in ("aux:tense", "aux:pass") for c in token.children)

    def _matching(self, token: Token, lemmas: set[str], index: dict[str, list[_Entry]]) -> list[Match]:
        matches = []
        for lemma in sorted(lemmas):
            for entry in index.get(lemma, ()):
                if entry.reflexive and not self._is_reflexive(token):
                    continue
                phrase = self._phrase(token, entry)
                if "plus" in entry.rest and not self._has_ne(token):
                    continue
                if phrase is not None:
                    matches.append(
                        Match(token, entry.frame, entry.trigger, entry.noun, entry.word, phrase, entry.order)
                    )
        return matches

    def _has_ne(self, token: Token) -> bool:
        """Whether "plus" ends something ("ne livre plus") and does not compare."""
        return any(t.lower_ in ("ne", "n'") for t in token.doc[max(token.sent.start, token.i - 4) : token.i + 1])

    def _is_reflexive(self, token: Token) -> bool:
        return any(
            c.lower_ in ("se", "s'", "nous", "me", "m'", "vous") and c.dep_.startswith(("expl", "obj", "iobj", "dep"))
            for c in token.children
        ) or (token.i > 0 and any(t.lower_ in ("se", "s'") for t in token.doc[max(0, token.i - 3) : token.i]))

    def _phrase(self, token: Token, entry: _Entry) -> tuple[int, ...] | None:
        """The tokens of a phrase if all its words follow its first in order; None if not."""
        found = [token.i]
        for word in entry.rest:
            position = found[-1] + 1
            for index in range(position, min(position + _GAP + 1, len(token.doc))):
                candidate = token.doc[index]
                if word in (fold_word(candidate.text), fold_word(candidate.lemma_)):
                    found.append(index)
                    break
                if candidate.is_punct:
                    return None
            else:
                return None
        return tuple(found)
