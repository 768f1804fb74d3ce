"""What a verb of handing over gives: a verb with an object of its own does not hand over the weapons that stand elsewhere."""

from __future__ import annotations

from kg.extract.clauses.syntax import Syntax
from kg.extract.events.filling import Filling
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token
from kg.extract.naming.names import WEAPONS
from kg.extract.reading import Line

_HANDING = frozenset({"ArmsTransfer", "TransferOffer", "TransferSuspension"})
"""Events in which the object of the verb is what changes hands."""
_BEHIND = 5
"""How far behind a noun the weapon may stand that it counts or groups."""


class Giving:
    """Tells what verbs have for objects; `quantities` are the nouns that only count or group."""

    def __init__(self, syntax: Syntax, quantities: frozenset[str]) -> None:
        self._syntax = syntax
        self._quantities = quantities

    def has_object(self, filling: Filling) -> bool:
        """Whether a verb of handing over has a noun for its object: "promet du nouveau"."""
        return bool(self._objects(filling))

    def is_done(self, filling: Filling) -> bool:
        """Whether a verb of handing over stands with "se" and no weapon for its object: "se livre à des essais" hands over nothing."""
        match = filling.match
        if match.noun or match.frame.event not in _HANDING or self._syntax.forms.is_reflexive(match.word):
            return False
        if all(Kind.SELF not in c.kinds for c in match.token.children):
            return False
        parsed = [f.rule.rpartition("/")[2] for f in filling.roles.get("item", ())]
        return not {"obj", "subj"} & set(parsed)

    def is_unarmed(self, filling: Filling) -> bool:
        """Whether the object behind such a verb is no weapon and stands before none: "a reçu une médaille au salon où le X a volé",
        not "a livré les plans d'un missile"."""
        behind = [t for t in self._objects(filling) if t.i > filling.match.token.i]
        return any(
            _is_person(t, filling.line) or (t.lower_lemma not in self._quantities and not _is_armed(t, filling.line))
            for t in behind
        )

    def _objects(self, filling: Filling) -> list[Token]:
        match = filling.match
        if match.noun or match.frame.event not in _HANDING:
            return []
        objects = (a.token for a in self._syntax.arcs(match.token) if a.relation == "obj")
        return [t for t in objects if t.i not in match.words and (t.pos_ == "NOUN" or _is_person(t, filling.line))]


def _is_person(noun: Token, line: Line) -> bool:
    """Whether it is someone who is received: "a reçu X pour parler de missiles"."""
    return any(n.kind == "Person" for n in line.at.get(noun.i, ()))


def _is_armed(noun: Token, line: Line) -> bool:
    return any(n.kind in WEAPONS for i in range(noun.i, noun.i + _BEHIND) for n in line.at.get(i, ()))
