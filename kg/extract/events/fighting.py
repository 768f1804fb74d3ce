"""Whether a sentence tells of fighting, where what is fired is no test: "89 drones ont été lancés, dont 40 abattus"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kg.extract.events.filling import Filling
from kg.extract.events.wording import falls
from kg.extract.lexicon.fighting_words import FightingWords
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token
from kg.ids import entity_iri
from kg.model import NameForm

_FORMS = 65_536
"""So many words are known to tell of trials or not, once looked up."""
_NEAR = 8
"""How far from its verb what is shot down may stand."""
_FIRING = frozenset({"WeaponTest", "WeaponUse"})
"""Events of which something is fired; of others what is fought with is only destroyed."""
_OWNED = 2
"""How far behind a weapon its owner may stand: "le radar [des] X", "les missiles [de la] X"."""
_COUNTING = 3
"""How far before what is fired its number may stand."""


class Fighting:
    """Tells a salvo from a trial shot by who fires, what and how much of it, and by the words of the sentence."""

    def __init__(self, words: FightingWords, categories: Mapping[str, str]) -> None:
        trying = tuple(words.trying)
        self._words = words.fighting
        self._is_trying = lru_cache(maxsize=_FORMS)(lambda word: word.startswith(trying))
        self._waters, self._aloft = words.waters, words.aloft
        self._many, self._least = words.many, words.least
        self._arms = {entity_iri("WeaponCategory", name) for name in words.arms}
        self._categories = categories

    def told(self, filling: Filling) -> bool:
        """Whether a sentence shows that what is fired is fired in anger, or that what is destroyed is shot down."""
        if filling.match.frame.event not in _FIRING:
            return self._is_shot_down(filling) or _is_anothers(filling)
        if any(f.referent.kind == "ArmedGroup" for f in filling.roles.get("agent", ())):
            return True
        words = list(filling.match.token.sent)
        own = set(filling.match.words)
        if any(self._is_trying(t.folded) or t.lower_lemma in self._waters for t in words):
            return False
        if any(t.lower_ in self._words for t in words if t.i not in own):
            return True
        return self._is_shot_down(filling) or self._is_salvo(filling) or _is_foes(filling)

    def _is_shot_down(self, filling: Filling) -> bool:
        """Whether it is done to something in the air, or to or with an arm that hardly any text tells of but in anger."""
        token = filling.match.token
        if any(t.lower_ in self._aloft for t in token.doc[token.i + 1 : min(token.sent.end, token.i + _NEAR)]):
            return True
        near = (n.entity for n in filling.line.names if abs(n.start - token.i) <= _NEAR and n.kind.startswith("Weapon"))
        return any(falls(each, self._arms, self._categories) for each in near)

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


def _is_foes(filling: Filling) -> bool:
    """Whether what is destroyed is told to be an armed group's: "X a détruit un radar des Houthis"."""
    targets = filling.roles.get("target", ())
    return any(f.rule == "owner" and f.referent.kind == "ArmedGroup" for f in targets)


def _is_anothers(filling: Filling) -> bool:
    """Whether a state does it to the arms of another or of an armed group: "X a détruit trois chars russes", "un radar des Houthis"."""
    line = filling.line
    agents = {f.referent.entity for f in filling.roles.get("agent", ()) if f.referent.kind == "State"}
    qualified = (
        n.entity
        for f in filling.roles.get("item", ())
        for n in line.at.get(f.referent.end, ())
        if n.form is NameForm.ADJECTIVE
    )
    groups = (
        n.kind == "ArmedGroup"
        for f in filling.roles.get("item", ())
        for n in line.names
        if f.referent.end < n.start <= f.referent.end + _OWNED and line.doc[f.referent.end].kinds & {Kind.OF_ANY}
    )
    return bool(agents) and (any(each not in agents for each in qualified) or any(groups))
