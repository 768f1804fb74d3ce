"""Which tokens may say an event: the words of the frames, as verbs, nouns, participles or whole phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from spacy.language import Language

from kg.extract.clauses.relations import Relations
from kg.extract.events.phrases import Phrases, passed_over
from kg.extract.events.wording import ceasing_word, has_ne, is_compound, is_fixed, suits
from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.frames import Frame, Pattern, Realisations, Trigger
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span, Token
from kg.extract.words import fold_word

_FORMS = 65_536
"""So many forms are remembered with what may begin with them."""
_STEM = 2
"""What has a shorter stem is no regular verb's form."""


class Match(NamedTuple):
    """A token that may say the event of a frame."""

    token: Token
    frame: Frame
    trigger: Trigger
    noun: bool
    word: str
    """The entry that matched, for the claim's method."""
    words: tuple[int, ...]
    """The tokens of the phrase, its own first."""
    end: int
    """Token after the last word of the phrase."""
    realised: Realisations
    """Where the roles of such a verb stand, or of such a noun."""
    order: int
    """The place of its trigger in the frame's file."""

    @property
    def pattern(self) -> Pattern:
        """Where its roles stand, and those of the trigger's other words."""
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
    """The words behind its first, without accents."""
    accented: tuple[str, ...]
    """The same with their accents."""
    reflexive: bool
    word: str
    noun: bool
    realised: Realisations
    order: int


class _Entries(NamedTuple):
    """What may begin with a word."""

    entries: tuple[_Entry, ...]
    places: Mapping[str, tuple[int, ...]]
    """By the second word of a phrase where among them it stands; those of one word under ""."""
    has_phrases: bool

    @classmethod
    def of(cls, entries: Iterable[_Entry]) -> _Entries:
        """Those found for a word, in their order."""
        listed, places = tuple(entries), defaultdict[str, list[int]](list)
        for place, entry in enumerate(listed):
            places[entry.rest[0] if entry.rest else ""].append(place)
        return cls(listed, {word: tuple(at) for word, at in places.items()}, any(entry.rest for entry in listed))

    def beside(self, told: set[str]) -> list[_Entry]:
        """Those whose second word, if they have one, is among these."""
        return [self.entries[i] for i in sorted([i for word in ("", *told) for i in self.places.get(word, ())])]


class Triggers:
    """An index of all trigger words by the lemma of their first word."""

    def __init__(self, lexicon: Lexicon, nlp: Language, relations: Relations) -> None:
        self._participle = relations.is_participle
        words = lexicon.syntax
        self._reflexives, self._aiming, self._fixed = words.reflexives, words.aiming, words.fixed
        self._noun_forms, self._things = words.noun_forms, words.things
        self._telling = words.telling_endings
        self._no_more = lexicon.function.words[Kind.NO_MORE]
        self._forms = lexicon.forms
        self._participial = (*lexicon.forms.participial, lexicon.forms.gerund)
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
        phrases = [
            entry.rest for index in (self._verbs, self._nouns) for entries in index.values() for entry in entries
        ]
        self._phrases = Phrases(relations.times, words.prices, max(map(len, phrases)))
        self._entries = lru_cache(maxsize=_FORMS)(self._look_up)
        self.looked_up = lru_cache(maxsize=_FORMS)(self._looked_up)
        """By form and lemma the words of phrases that it may be, whatever the tagger makes of the form."""

    def _add(self, index: dict[str, list[_Entry]], frame: Frame, order: int, phrase: str, noun: bool) -> None:
        trigger = frame.triggers[order]
        pattern = frame.patterns[trigger.pattern]
        realised = pattern.noun if noun else pattern.verb
        reflexive = self._forms.is_reflexive(phrase)
        words = self._forms.unreflexive(phrase).replace("'", "' ").split()
        rest = tuple(words[1:])
        folded = tuple(map(fold_word, rest))
        index[fold_word(words[0])].append(
            _Entry(frame, trigger, folded, rest, reflexive, phrase, noun, realised, order)
        )

    def _look_up(self, text: str, lemma: str, verbal: bool) -> tuple[_Entries | None, _Entries | None]:
        """What may begin with a word, as a verb and as a noun."""
        lemmas = self._lemmas(text.lower(), lemma, verbal)
        verbs = [entry for each in sorted(lemmas) for entry in self._verbs.get(each, ())]
        nouns = [entry for each in sorted(lemmas | {fold_word(text)}) for entry in self._nouns.get(each, ())]
        return _Entries.of(verbs) if verbs else None, _Entries.of(nouns) if nouns else None

    def _looked_up(self, text: str, lemma: str) -> frozenset[str]:
        return frozenset(self._lemmas(text.lower(), lemma, True) | {fold_word(text)})

    def _lemmas(self, lowered: str, lemma: str, verbal: bool) -> set[str]:
        """The folded lemmas that a form may have, by the tagger and by the dictionary."""
        found = {fold_word(lemma)}
        if looked := self._lookup.get(lowered):
            found |= {fold_word(lemma) for lemma in looked}
        found |= self._regular(lowered, self._participial)
        if verbal:
            found |= self._regular(lowered, (self._forms.past_plural, *self._forms.present))
        return found

    def _regular(self, form: str, endings: Iterable[str]) -> set[str]:
        """The infinitive of most verbs, folded, of which a form with the first fitting of these endings may be."""
        ending = next((e for e in endings if form.endswith(e) and len(form) > len(e) + _STEM), None)
        return {fold_word(form[: -len(ending)] + self._forms.infinitive)} if ending else set()

    def find(self, sentence: Span) -> list[Match]:
        """Every match in a sentence, by token, longest phrases first."""
        found: list[Match] = []
        for token in sentence:
            if not (token.is_punct or token.is_space or token.dep_.startswith(("aux", "fixed"))):
                matches = self._at(token)
                found += sorted(matches, key=lambda m: m.rank) if len(matches) > 1 else matches
        return found

    def _at(self, token: Token) -> list[Match]:
        matches: list[Match] = []
        verbal = token.pos_ in ("VERB", "AUX") or token.dep_ == "ROOT"
        verbs, nouns = self._entries(token.text, token.lemma_, verbal)
        if not (verbs or nouns) or is_compound(token) or is_fixed(token, self._fixed):
            return matches
        if verbs and (token.pos_ in ("VERB", "AUX") or self._is_verbal(token)) and not self._only_aims(token):
            matches += self._matching(token, verbs)
        if nouns and token.lower_ not in self._things and self._is_nominal(token) and not self._is_finite(token):
            matches += self._matching(token, nouns)
        return matches

    def _only_aims(self, token: Token) -> bool:
        """Whether a participle only says whom its noun is about: "l'embargo visant X", "les mesures touchant Y"."""
        return token.lower_ in self._aiming and token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN")

    def _is_verbal(self, token: Token) -> bool:
        """A participle that the tagger calls adjective or noun, or a verb form that it does not know."""
        lowered = token.lower_
        participle = lowered.rstrip(self._forms.agreeing_letters).endswith(self._telling)
        if token.pos_ == "ADJ":
            acting = Kind.ACTING in token.kinds and not self._is_quality(token)
            return participle or acting or lowered.endswith(self._forms.infinitive)
        if token.is_sent_start and self._participle(token):
            return True
        finite = token.pos_ == "NOUN" and token.dep_ == "ROOT" and not any(c.dep_ == "det" for c in token.children)
        if finite and any(c.dep_ in ("nsubj", "obj") for c in token.children):
            return True
        return token.pos_ in ("NOUN", "PROPN", "X") and any(
            c.dep_ in ("aux:tense", "aux:pass", "nsubj") for c in token.children
        )

    def _is_quality(self, token: Token) -> bool:
        """Whether an adjective that ends as present participles do only qualifies a noun: "un nombre important de chars"."""
        after = token.doc[token.i + 1 : token.i + 2]
        open_ = bool(after) and (after[0].pos_ in ("DET", "NUM", "PROPN") or Kind.SOME in after[0].kinds)
        return token.dep_ == "amod" and not open_ and not any(c.dep_ == "obj" for c in token.children)

    def _is_nominal(self, token: Token) -> bool:
        return token.pos_ in ("NOUN", "PROPN", "ADJ", "X") or self._is_headed(token)

    def _is_headed(self, token: Token) -> bool:
        """Whether a word that opens a headline is a noun which the tagger calls a verb: "Survol de la mer par X"."""
        following = token.doc[token.i + 1 : token.i + 2]
        return (
            token.pos_ == "VERB"
            and bool(token.is_sent_start)
            and bool(following)
            and following[0].pos_ in ("ADP", "ADJ")
            and not any(c.dep_ == "nsubj" for c in token.children)
        )

    def _is_finite(self, token: Token) -> bool:
        """Whether a word has an auxiliary, and is not what someone is: "X est partie à", "a été le fournisseur de"."""
        auxiliaries = [c for c in token.children if c.dep_ in ("aux:tense", "aux:pass")]
        auxiliaries = [] if any(c.dep_ == "cop" for c in token.children) else auxiliaries
        return bool(auxiliaries) and not (token.pos_ == "NOUN" and token.lower_ in self._noun_forms)

    def _matching(self, token: Token, known: _Entries) -> list[Match]:
        matches: list[Match] = []
        ahead = self._phrases.ahead(token) if known.has_phrases else []
        passed = passed_over(token) if ahead else frozenset[int]()
        near = self._phrases.near(token, ahead, passed) if ahead else []
        told = {word for other in near for word in (other.folded, other.folded_lemma)}
        ceasing = ceasing_word(token) if ahead else None
        own: set[tuple[str, str]] = set()
        for each in known.beside(told) if ceasing is None else known.entries:
            before = ceasing is not None and not self._no_more.isdisjoint(each.rest[:1])
            entry = replace(each, rest=each.rest[1:], accented=each.accented[1:]) if before else each
            if ceasing is not None and entry.rest and entry.rest[0] not in told:
                continue
            if entry.reflexive and not self._is_reflexive(token):
                continue
            phrase = self._phrases.of(token, entry.rest, entry.accented, ahead, passed)
            if phrase is None and not entry.noun:
                phrase = self._phrases.governed(token, entry.rest, entry.accented)
            if phrase is not None and before and ceasing is not None:
                phrase = (*phrase, ceasing)
            if phrase is None or (not self._no_more.isdisjoint(entry.rest) and not has_ne(token)):
                continue
            if not suits(entry.trigger, token):
                continue
            matches.append(
                Match(
                    token,
                    entry.frame,
                    entry.trigger,
                    entry.noun,
                    entry.word,
                    phrase,
                    max(phrase) + 1,
                    entry.realised,
                    entry.order,
                )
            )
            if entry.reflexive:
                own.add((entry.frame.event, self._forms.unreflexive(entry.word)))
        return [m for m in matches if (m.frame.event, m.word) not in own] if own else matches

    def _is_reflexive(self, token: Token) -> bool:
        return any(
            c.lower_ in self._reflexives and c.dep_.startswith(("expl", "obj", "iobj", "dep")) for c in token.children
        ) or self._follows_reflexive(token)

    def _follows_reflexive(self, token: Token) -> bool:
        """Whether "se" stands a little before a verb, and belongs to no other: "s'apprête à fournir" does not say "se fournir"."""
        for before in reversed(token.doc[max(0, token.i - 3) : token.i]):
            if Kind.SELF in before.kinds:
                return True
            if before.pos_ == "VERB":
                return False
        return False
