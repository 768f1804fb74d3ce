"""Events that share the date of another in their sentence: "a détruit le 3 mai … lors d'un essai", "a reçu mardi X pour parler de …"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.lexicon.clause_words import DateWords
from kg.extract.lines.parse import Token
from kg.extract.reading import Line

_LED = 4
"""How many words before a noun "lors de" may begin."""


class Sharing:
    """Finds whose date an event without its own shares."""

    def __init__(self, words: DateWords) -> None:
        self._during = frozenset(words.during)
        self._dating = frozenset(words.dating)
        self._phrases = frozenset(tuple(phrase.split()) for phrase in words.dating_phrases)
        self._aiming = frozenset(words.aiming)
        self._talking = frozenset(words.talking)

    def spread(self, triggers: Iterable[int], owners: dict[int, list[int]], line: Line) -> None:
        """Add to `owners`, dated triggers with their dates, those of the triggers that share a date with one of them."""
        for trigger in sorted(set(triggers) - owners.keys()):
            if (host := self._host(line.doc[trigger], owners)) is not None:
                owners[trigger] = [i for i in owners[host] if not line.dates[i].is_ahead]
        for trigger in sorted(set(triggers) - owners.keys()):
            token = line.doc[trigger]
            if shared := self._within(token, owners, line) or self._lasting(token, owners, line):
                owners[trigger] = shared

    def _host(self, noun: Token, owners: dict[int, list[int]]) -> int | None:
        """The dated event in whose course a noun tells another ("a pulvérisé le 3 mai … lors d'un essai"), or whose date is that on
        which what the noun tells takes place ("aujourd'hui prend effet le retrait")."""
        if noun.pos_ != "NOUN":
            return self._purposed(noun, owners)
        led = noun.doc[max(noun.sent.start, noun.i - _LED) : noun.i]
        verb = next((a for a in noun.ancestors if a.i in owners), None)
        if any(t.lower_ in self._during for t in led) and not any(t.pos_ in ("VERB", "AUX") for t in led):
            return verb.i if verb is not None and verb.i < noun.i else None
        if verb is not None and noun.head == verb and noun.dep_.startswith(("nsubj", "obj")) and self.dates(verb):
            return verb.i
        return None

    def _purposed(self, verb: Token, owners: dict[int, list[int]]) -> int | None:
        """The dated event held for the talks that a verb tells: "a reçu mardi X pour parler du traité"."""
        led = verb.i > 0 and verb.doc[verb.i - 1].lower_ in self._aiming
        if not led or verb.lemma_ not in self._talking:
            return None
        return next((a.i for a in verb.ancestors if a.i in owners and a.i < verb.i), None)

    def _within(self, verb: Token, owners: dict[int, list[int]], line: Line) -> list[int]:
        """The dates of the event in whose course a verb tells what happened: "a évoqué X lors de sa visite, le 3 mai"."""
        for index in sorted(i for i in owners if i > verb.i and verb.pos_ == "VERB"):
            noun = verb.doc[index]
            led = verb.doc[max(verb.sent.start, index - _LED) : index]
            if not any(t.lower_ in self._during for t in led):
                continue
            if next((a for a in noun.ancestors if a.pos_ == "VERB"), None) == verb:
                return [i for i in owners[index] if not line.dates[i].is_ahead]
        return []

    def _lasting(self, noun: Token, owners: dict[int, list[int]], line: Line) -> list[int]:
        """Since when what a noun tells goes on: "les sanctions frappent Oslo depuis dimanche"."""
        verb = noun.head
        if noun.pos_ != "NOUN" or not noun.dep_.startswith("nsubj") or verb.i not in owners:
            return []
        return [i for i in owners[verb.i] if line.dates[i].is_start]

    def dates(self, verb: Token) -> bool:
        """Whether a verb, or its phrase, tells when its subject took place."""
        following = [t.lower_lemma for t in verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 4)]]
        return verb.lemma_ in self._dating or any(
            verb.lemma_ == first and second in following for first, second in self._phrases
        )
