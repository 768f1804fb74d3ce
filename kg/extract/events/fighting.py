"""Whether a sentence tells of fighting, where what is fired is no test: "89 drones ont été lancés, dont 40 abattus"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kg.extract.events.filling import Filling
from kg.extract.lexicon.fighting_words import FightingWords
from kg.extract.lines.parse import Token
from kg.ids import entity_iri

_FORMS = 65_536
"""So many words are known to tell of trials or not, once looked up."""
_COUNTING = 3
"""How far before what is fired its number may stand."""


class Fighting:
    """Tells a salvo from a trial shot by who fires, what and how much of it, and by the words of the sentence."""

    def __init__(self, words: FightingWords, categories: Mapping[str, str]) -> None:
        trying = tuple(words.trying)
        self._words = words.fighting
        self._is_trying = lru_cache(maxsize=_FORMS)(lambda word: word.startswith(trying))
        self._waters = words.waters
        self._many, self._least = words.many, words.least
        self._arms = {entity_iri("WeaponCategory", name) for name in words.arms}
        self._categories = categories

    def told(self, filling: Filling) -> bool:
        """Whether a sentence shows that what is fired is fired in anger."""
        if any(f.referent.kind == "ArmedGroup" for f in filling.roles.get("agent", ())):
            return True
        words = list(filling.match.token.sent)
        own = set(filling.match.words)
        if any(self._is_trying(t.folded) or t.lower_lemma in self._waters for t in words):
            return False
        if any(t.lower_ in self._words for t in words if t.i not in own):
            return True
        return any(self._is_meant(f.referent.entity) for f in filling.roles.get("item", ())) or self._is_salvo(filling)

    def _is_meant(self, item: str) -> bool:
        """Whether an arm is of a kind that hardly any text tells of launching but in anger: a drone."""
        above: str | None = item
        while above is not None and above not in self._arms:
            above = self._categories.get(above)
        return above is not None

    def _is_salvo(self, filling: Filling) -> bool:
        """Whether more is fired than anyone tries at once: "une centaine de missiles"."""
        doc, begin = filling.line.doc, filling.match.token.sent.start
        return any(
            self._is_many(doc[i])
            for f in filling.roles.get("item", ())
            for i in range(max(begin, f.referent.start - _COUNTING), f.referent.start)
        )

    def _is_many(self, token: Token) -> bool:
        if token.text.isdigit():
            return int(token.text) >= self._least
        return token.lower_lemma in self._many
