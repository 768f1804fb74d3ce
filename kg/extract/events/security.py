"""Whether a sentence speaks of arms, military or security matters, and whether its document does.

A document that uses many words of sport, labour, health, trade or weather borrows its missiles and arsenals from war: a general
word of arms proves nothing there, only a name does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.extract.events.filling import Filled
from kg.extract.events.triggers import Match
from kg.extract.lexicon.clause_words import SecurityWords
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line

_ABOUT = frozenset({"WeaponSystem", "WeaponCategory", "Treaty", "Conflict", "Company", "ArmedGroup"})
"""Classes of which a name alone shows it; the companies of the reference make arms."""

_UNSURE = frozenset({"pattern:agreement", "pattern:body", "named before"})
"""How names were found that need not be of the field: firms that only the text knows may make anything."""


_ABOUT_SHARE = 2.0
"""A document with so many words of arms and security in a hundred speaks of them throughout."""
_BRIEF = 60
"""In a document of so few words one word of arms makes what it is about."""
_FOREIGN = 0.25
"""A document with so many words of other fields for each one of arms is of another field. Among the articles of tests/articles
those on arms have less than 0.2, those on other matters more than 0.3."""
_FEW = 3
"""So few words of other fields say nothing."""
_ACTING = frozenset({"State", "Person", "InternationalOrganization"})
"""Classes of whom two, beside a word that war shares with other fields, show it."""
_TWO = 2
_FORMS = 65_536
"""So many words are known to be of a field or not, once looked up."""
_WHOLE = 4
"""Beginnings of words of at most so many letters are words."""


class Topic(NamedTuple):
    """What a document is about."""

    secure: bool
    """Whether it speaks of arms, military or security matters throughout."""
    foreign: bool
    """Whether it is of another field, and speaks of arms in passing or in a figure of speech."""
    brief: bool = False
    """Whether it is a report of a few lines with no word of another field: too short to say what it is about, but by whom it names."""


class Security:
    """Scores sentences; frames of general words ("rencontrer", "accuser") need the context of security."""

    def __init__(self, words: SecurityWords, plurals: tuple[str, ...]) -> None:
        self._stems = tuple(words.stems)
        self._words = words.words
        self._after_of = words.after_of
        self._behind = words.behind
        self._civil = words.civil
        shared = tuple(words.shared)
        elsewhere = [word for field in words.elsewhere.values() for word in field]
        self._other_stems = tuple(word for word in elsewhere if len(word) > _WHOLE)
        self._other_words = frozenset(
            word + ending for word in elsewhere if len(word) <= _WHOLE for ending in ("", *plurals)
        )
        self._named, self._complementing, self._about = words.named, words.complementing, words.about
        self.is_military = lru_cache(maxsize=_FORMS)(lambda word: word in self._words or word.startswith(self._stems))
        self._is_office = lru_cache(maxsize=_FORMS)(lambda word: word.startswith(tuple(words.offices)))
        self._is_shared = lru_cache(maxsize=_FORMS)(lambda word: word.startswith(shared))
        self._is_elsewhere = lru_cache(maxsize=_FORMS)(
            lambda word: word in self._other_words or word.startswith(self._other_stems)
        )

    def topic(self, sentences: Sequence[tuple[Line, Span]], weights: Sequence[int]) -> Topic:
        """What the document of these sentences, in their lines and with their weights, is about."""
        words = sum(len(sentence) for _, sentence in sentences) or 1
        hits = sum(weights)
        other = sum(self._is_elsewhere(token.folded) for _, sentence in sentences for token in sentence)
        foreign = other >= _FEW and other >= _FOREIGN * (hits + 1)
        enough = hits >= (1 if words <= _BRIEF else 2)
        return Topic(
            enough and 100 * hits / words >= _ABOUT_SHARE and not foreign, foreign, words <= _BRIEF and not other
        )

    def is_named(self, sentence: Span, line: Line) -> bool:
        """Whether a sentence names something of the field that the reference knows: a weapon, a treaty, an armed group."""
        return any(
            n.kind in _ABOUT and n.kind != "WeaponCategory" and n.rule == "gazetteer"
            for n in line.names
            if sentence.start <= n.start < sentence.end
        )

    def weight(self, sentence: Span, line: Line) -> int:
        """How many words and names of a sentence speak, by themselves, of arms, military or security matters."""
        hits = {t.i for t in sentence if self._is_about(t)}
        named = (n for n in line.names if n.kind in _ABOUT and n.rule not in _UNSURE)
        hits |= {n.start for n in named if sentence.start <= n.start < sentence.end}
        return sum(not self._is_elsewhere(line.doc[i].folded) for i in hits)

    def leans(self, sentence: Span, line: Line) -> bool:
        """Whether a sentence without a word of arms still speaks of conflict: it names two who act for states and uses a word that
        war shares with other fields ("attaque", "représailles"), or one and two such words, and none of those fields' own."""
        acting = {n.entity for n in line.names if n.kind in _ACTING and sentence.start <= n.start < sentence.end}
        shared = sum(self._is_shared(t.folded) for t in sentence)
        if not (acting and shared and len(acting) + shared > _TWO):
            return False
        return not any(self._is_elsewhere(t.folded) for t in sentence)

    def statesmen(self, sentence: Span, line: Line) -> bool:
        """Whether a sentence names two who act for states or for bodies between them, one a person of the reference, which holds no
        others, or beside a word for such a one: what a report of two lines tells of them is taken for security, unless it says of what
        else they spoke."""
        known = [n for n in line.names if n.kind in _ACTING and sentence.start <= n.start < sentence.end]
        acting = {n.entity for n in known if n.rule == "gazetteer" or n.kind == "State"}
        person = any(n.kind == "Person" and n.entity in acting for n in known)
        if len(acting) < _TWO or not (person or any(self._is_office(t.folded) for t in sentence)):
            return False
        return not any(self._is_matter(t) and t.i not in line.at for t in sentence)

    def _is_matter(self, token: Token) -> bool:
        """Whether a noun says of what its verb tells: "s'entretenir de partenariat", "discuter sur la pêche"."""
        of_verb = token.dep_.startswith("obl") and token.head.pos_ == "VERB"
        torn = (
            token.dep_ == "nmod" and token.head.pos_ == "PROPN"
        )  # "s'entretenir avec X de partenariat", as parses have it
        return (
            token.pos_ == "NOUN"
            and (of_verb or torn)
            and any(c.dep_ == "case" and c.lower_ in self._about for c in token.children)
        )

    def _is_about(self, token: Token) -> bool:
        if token.text in self._named and not token.is_sent_start:
            return True
        word = token.folded
        if word in self._after_of:
            return token.i > 0 and token.doc[token.i - 1].lower_ in self._complementing
        military = self.is_military(word)
        if not military and word not in self._behind:
            return False
        before = token.doc[token.i - 1].folded if token.i > 0 else ""
        if before in self._behind.get(word, ()):
            return True
        return military and not any(word.startswith(stem) and before in nouns for stem, nouns in self._civil.items())


def needs_security(match: Match) -> bool:
    """Whether the sentence or its surroundings must speak of arms or security for a trigger to count."""
    own = match.trigger.security
    return own if own is not None else match.frame.security


def is_doubtful(treaties: Sequence[Filled]) -> bool:
    """Whether an event is about treaties that need not be of the field: none of them says so, nor does what surrounds it."""
    return bool(treaties) and all(t.referent.rule in _UNSURE for t in treaties)
