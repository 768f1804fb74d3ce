"""Which organisation, firm or armed group a common noun takes up: "l'ONG", "l'agence", "le groupe sud-coréen", "les deux firmes"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.lexicon.name_words import PeopleWords
from kg.extract.lexicon.pronoun_words import PronounWords
from kg.extract.lines.parse import Token
from kg.extract.naming.groups import Groups
from kg.extract.naming.names import AGENTS, WEAPONS
from kg.extract.reading import Line, Referent
from kg.extract.words import fold_word, keys
from kg.model import Reference

_NAMING = frozenset({"nmod", "appos", "flat:name", "flat:foreign", "compound", "acl"})
"""How what says which one is meant hangs on a noun."""
_PRESS = "MediaOutlet"
_BEHIND = 3
"""A name that begins so near behind a noun is that of the body meant."""


class Institutions(Groups):
    """Resolves the nouns by which a text goes on speaking of a body that it has named."""

    def __init__(
        self, reference: Reference, pronouns: PronounWords, people: PeopleWords, owners: frozenset[str]
    ) -> None:
        super().__init__(reference, pronouns, people, owners)
        self._taken_up = {fold_word(noun): kinds for noun, kinds in people.taken_up.items()}
        self._armed = {fold_word(noun) for noun in people.forces}
        self._called = {fold_word(noun) for noun in people.taken_up_by_name}
        self._words_of: dict[str, frozenset[str]] = {}
        called: dict[str, set[str]] = {}
        for name in reference.names:
            if reference.entities[name.entity].kind in AGENTS:
                called.setdefault(name.entity, set()).update(keys(name.text))
        self._words_of = {entity: frozenset(words & self._called) for entity, words in called.items()}

    def may_take_up(self, word: str) -> bool:
        """Whether a folded noun may take up a body."""
        return word in self._taken_up

    def bodies(self, token: Token, word: str, line: Line, states: Sequence[Referent]) -> list[Referent]:
        """The bodies that a definite noun takes up: the latest of its class named before, of one of `states` if any are given."""
        kinds = self._taken_up.get(word)
        if kinds is None or not self._is_taken_up(token, line):
            return []
        told = [r for r in self._told(token, line) if r.kind in kinds and self._is_seated(r, states)]
        called = [r for r in told if self._bears(r, word)] or [r for r in told if r.kind == _PRESS]
        latest: dict[str, Referent] = {}
        for referent in called:
            latest.pop(referent.entity, None)
            latest[referent.entity] = referent
        wanted = 2 if self._is_pair_of(token) else 1
        found = list(latest.values())[-wanted:]
        return [self.again(r, token) for r in found] if len(found) == wanted else []

    def _told(self, token: Token, line: Line) -> list[Referent]:
        """The bodies named before a token, in order."""
        local = [self.referent(n) for n in line.names if n.end <= token.i and n.start >= token.sent.start]
        return [*self.focus.bodies, *local]

    def _bears(self, referent: Referent, word: str) -> bool:
        """Whether a body is called so, where the noun says so of a body by its name; Reuters is an agency, whatever its name."""
        words = self._words_of.get(referent.entity) or frozenset(keys(referent.entity.rsplit("/", 1)[-1]))
        return word not in self._called or word in words

    def _is_seated(self, referent: Referent, states: Sequence[Referent]) -> bool:
        """Whether a body is seated in the state told, as far as that is known."""
        seat = self.reference.seats.get(referent.entity)
        return not states or seat is None or seat in {s.entity for s in states}

    def _is_taken_up(self, token: Token, line: Line) -> bool:
        """Whether a noun is definite and nothing beside it says which one is meant."""
        before = {c.lower_ for c in token.lefts}
        if not before & self._pronouns.definite and not (
            before & self._pronouns.plural_definite and self._is_pair_of(token)
        ):
            return False
        if any(c.dep_ in _NAMING and c.i > token.i and c.pos_ != "ADJ" for c in token.children):
            return False
        return not any(
            n.kind in AGENTS and line.doc[n.start].text[:1].isupper()
            for i in range(token.i + 1, min(token.i + 1 + _BEHIND, token.sent.end))
            for n in line.at.get(i, ())
            if not any(t.is_punct or t.pos_ in ("VERB", "AUX", "ADP") for t in line.doc[token.i + 1 : i])
        )

    def _is_armament(self, token: Token, line: Line) -> bool:
        """Whether a complement of a noun of forces is what they are given, of which they are not: "équipe l'armée de drones chinois"."""
        armed = token.head.folded_lemma in self._armed
        return armed and any(n.kind in WEAPONS for n in line.at.get(token.i, ()))

    def _is_pair_of(self, token: Token) -> bool:
        return any(c.lower_ in self._pronouns.two for c in token.lefts)
