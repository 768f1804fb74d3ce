"""Whether a word of an event only tells what kind of thing another word names: "fusil d'assaut", "capable de tirer"."""

from __future__ import annotations

from kg.extract.clauses.syntax import Syntax
from kg.extract.events.filling import Filling
from kg.extract.events.triggers import Match
from kg.extract.lexicon.name_words import NameWords
from kg.extract.lines.parse import Token
from kg.extract.reading import Line
from kg.extract.words import fold_word

_DISARMING = "Dismantlement"
_FIRED = frozenset({"WeaponTest", "WeaponUse"})
"""Events of which a word may tell what a weapon is able to do."""
_ARMED = _FIRED | {"WeaponDevelopment", "Deployment"}
"""Those of which it may tell what its owner is able to do."""
_FOUGHT = "WeaponUse"
_ENOUGH = 10
"""How far before what it is enough for the word may stand that tells so."""
_BESIDE = ("nmod", "obl")
"""How what only says what another word is about hangs on it."""


class Qualifying:
    """Tells which fillings only qualify."""

    def __init__(self, syntax: Syntax, words: NameWords) -> None:
        self._syntax, self._led = syntax, syntax.led
        self._discussing = words.discussing
        self._able, self._may = words.able, words.may
        self._fit, self._enough, self._whereof = words.fit, words.enough, words.whereof
        self._leading = words.leading
        self._facilities = words.facilities
        self._weapon_heads = {fold_word(head) for head in words.weapon_heads}

    def holds(self, filling: Filling) -> bool:
        """Whether a trigger tells what kind of weapon, talks or treaty is meant, or what a weapon can do, and no event."""
        match = filling.match
        told = self._is_office(match) or _is_mentioned(match) or self._is_facility(match.token)
        return told or self._qualifies(filling) or self._is_able(filling) or self._is_means(match)

    def _qualifies(self, filling: Filling) -> bool:
        """Whether a word only tells what kind of weapon something is, or where it is made: "fusil d'assaut", "drone fabriqué en X"."""
        token, line = filling.match.token, filling.line
        armed = any(n.kind.startswith("Weapon") for n in line.at.get(token.head.i, ()))
        if filling.match.frame.event == _DISARMING and self._is_discussed(token, line, "agent" in filling.roles):
            return True
        if any(n.kind.startswith("Weapon") and n.start < token.i for n in line.at.get(token.i, ())):
            return True
        if filling.match.noun and token.dep_ == "nmod" and token.i <= token.head.i + 2:
            return (armed or token.head.folded_lemma in self._weapon_heads) and not list(token.children)[1:]
        made = filling.match.frame.event == "WeaponDevelopment" and "agent" not in filling.roles
        return made and not filling.match.noun and token.dep_ in ("acl", "amod")

    def _is_able(self, filling: Filling) -> bool:
        """Whether a verb only tells what a weapon is able to do: "capable de tirer des missiles", "il peut être tiré d'un navire"."""
        token, event = filling.match.token, filling.match.frame.event
        if filling.match.noun or event not in _ARMED or token.dep_ not in ("xcomp", "acl", "advcl", "obl:arg", "nmod"):
            return False
        before = token.doc[max(token.sent.start, token.i - 2) : token.i]
        able = self._able if event in _FIRED else self._fit
        if token.head.lower_lemma in able or any(t.lower_lemma in able for t in before):
            return True
        return event == "WeaponTest" and token.head.lower_lemma in self._may and "agent" not in filling.parsed

    def _is_office(self, match: Match) -> bool:
        """Whether a noun of fighting only says whom someone leads: "le commandant des opérations militaires en X"."""
        led = match.noun and match.frame.event == _FOUGHT and match.token.dep_ == "nmod"
        return led and match.token.head.lower_lemma in self._leading

    def _is_means(self, match: Match) -> bool:
        """Whether an infinitive only tells what one has the means for: "assez de moteurs pour assembler …", "de quoi produire …"."""
        token = match.token
        if match.noun or match.frame.event not in _ARMED or "Inf" not in token.morph.get("VerbForm", ()):
            return False
        before = token.doc[max(token.sent.start, token.i - _ENOUGH) : token.i]
        near = {t.lower_ for t in before[-2:]}
        return bool(near & self._whereof) or (self._led.for_ in near and any(t.lower_ in self._enough for t in before))

    def _is_facility(self, token: Token) -> bool:
        """Whether a noun that may tell of putting something up means what has been put up: "les installations de X"."""
        if token.lower_lemma not in self._facilities:
            return False
        many = "Plur" in token.morph.get("Number", ())
        return many or any("Ind" in c.morph.get("Definite", ()) for c in token.lefts if c.dep_ == "det")

    def _is_discussed(self, token: Token, line: Line, done: bool) -> bool:
        """Whether disarmament is only what talks or a treaty are on: "les négociations de désarmement", "le traité X de réduction";
        `done` tells whether the text says whose it is, which "les pourparlers sur la réduction des armes" does not."""
        subject = token.dep_ == "nmod" and token.head.lower_lemma in self._discussing
        if subject and not done and self._syntax.preposition(token) == self._led.on:
            return True
        if any(c.dep_ == "det" for c in token.children):
            return False
        led = self._syntax.preposition(token) == self._led.of
        treaty = led and any(n.kind == "Treaty" for n in line.at.get(token.left_edge.i - 1, ()))
        return treaty or subject


def _is_mentioned(match: Match) -> bool:
    """Whether a noun only says what another word is about: "le directeur du programme nucléaire", "discuter du programme"."""
    token, under = match.token, match.trigger.under
    return bool(under) and token.dep_.startswith(_BESIDE) and token.head.lower_lemma not in under
