"""Whom one speaks against for an act, and who did it: "condamne l'attaque de X contre Y" is against X, and X attacked."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.clauses.relations import Arc
from kg.extract.clauses.syntax import Syntax
from kg.extract.events.filling import Filling
from kg.extract.events.nesting import Found
from kg.extract.events.triggers import Match
from kg.extract.lexicon.clause_words import SyntaxWords

_AGAINST = frozenset({"Accusation", "Rejection", "Warning"})
"""Classes of what is said against someone."""
_MUTUAL = frozenset({"Accusation", "Warning", "Sanction", "WeaponUse"})
"""Classes of what two may do to one another."""
_DOERS = ("agent", "supplier")
_SUFFERING = ("target", "recipient")
_DOING = dict.fromkeys(("WeaponUse", "Violation", "WeaponTest", "Deployment", "WeaponDevelopment"), "agent")
"""The role of who does what he may be accused of."""
_SURE = 0.7
"""How sure it is that who did an act is who is spoken against, and the other way round."""


class Blame:
    """Lets those who did an act and those who are spoken against for it be the same, and those who do it to one another suffer it."""

    def __init__(self, syntax: Syntax, words: SyntaxWords) -> None:
        self._syntax = syntax
        self._reflexives = words.reflexives

    def answer(self, fillings: list[Filling]) -> None:
        """Let several who do something to one another do it to each of them: "X et Y s'accusent de tirs"."""
        for filling in fillings:
            if filling.match.noun or filling.match.frame.event not in _MUTUAL or "target" in filling.roles:
                continue
            doers = [f for f in filling.roles.get("agent", ()) if f.rule == "subj"]
            if len(doers) > 1 and self._is_mutual(filling.match) and "target" in filling.match.pattern.verb:
                for doer in doers:
                    filling.add("target", doer.referent, "reciprocal", _SURE)
                filling.parsed.add("target")

    def _is_mutual(self, match: Match) -> bool:
        """Whether a verb that is not always reflexive has a reflexive of the third person."""
        reflexives = [c for c in match.token.lefts if c.lower_ in self._reflexives and "3" in c.morph.get("Person", [])]
        return bool(reflexives) and match.word == match.token.lemma_

    def meant(self, fillings: list[Filling]) -> list[Filling]:
        """The readings without those by which a verb that is said against an act would do something to the treaty of that act: "dénonce les
        violations du traité" ends no treaty."""
        acts = {f.match.token.i: f.match for f in fillings if f.match.noun and "treaty" in f.roles}
        against = {f.match.token.i for f in fillings if f.match.frame.event in _AGAINST and not f.match.noun}
        if not acts or not against:
            return fillings
        return [
            f
            for f in fillings
            if f.match.token.i not in against
            or f.match.frame.event in _AGAINST
            or "treaty" not in f.match.pattern.verb
            or "treaty" in f.parsed
            or not any(self._is_act(a, f, acts) for a in self._syntax.arcs(f.match.token))
        ]

    def _is_act(self, arc: Arc, filling: Filling, acts: Mapping[int, Match]) -> bool:
        """Whether the object of a verb is an act that it does not itself take up: "rejette la ratification" ratifies nothing."""
        act = acts.get(arc.token.i)
        return act is not None and arc.relation == "obj" and act.token.lower_lemma not in filling.match.trigger.objects

    def lay(self, found: list[Found]) -> None:
        """Fill the targets of what is said against someone, and the doers of what is denounced, from each other."""
        for outer in found:
            if outer.kind not in _AGAINST:
                continue
            self._turn(outer, found)
            if outer.kind == "Accusation":
                if "target" in outer.filling.roles:
                    _charge(outer, found)
                else:
                    _accuse(outer, found)

    def _turn(self, outer: Found, found: list[Found]) -> None:
        """Speak against who does what the object of a verb tells, where it was against those to whom he does it."""
        against = outer.filling.entities("target")
        if not against:
            return
        objects = {a.token.i for a in self._syntax.arcs(outer.token) if a.relation != "subj"}
        for inner in found:
            if inner.token.i not in objects or not inner.filling.match.noun:
                continue
            doers = [f for role in _DOERS for f in inner.filling.roles.get(role, ())]
            suffering = {entity for role in _SUFFERING for entity in inner.filling.entities(role)}
            others = suffering | outer.filling.entities("agent")
            if doers and against <= suffering and not any(f.referent.entity in others for f in doers):
                outer.filling.roles["target"] = [f._replace(rule=f"inner/{f.rule}") for f in doers]
                return


def _accuse(outer: Found, found: list[Found]) -> None:
    """Who did what is denounced is whom the accusation is against: "dénonce l'emploi par X de …"."""
    for inner in found:
        if outer.token not in inner.token.ancestors or inner is outer:
            continue
        for role in _DOERS:
            for filled in inner.filling.roles.get(role, ()):
                if filled.referent.entity not in outer.filling.used("target"):
                    outer.filling.add("target", filled.referent, f"inner/{filled.rule}", _SURE)


def _charge(outer: Found, found: list[Found]) -> None:
    """Who is accused did what a noun of the accusation tells, if the text names no other: "met en cause X dans l'attaque"."""
    for inner in found:
        doer = _DOING.get(inner.kind)
        told = inner.filling.match.noun or inner.token.dep_ == "acl:relcl"
        below = told and outer.token in inner.token.ancestors
        if doer is None or not below or doer in inner.filling.roles:
            continue
        for filled in outer.filling.roles["target"]:
            if filled.referent.entity not in inner.filling.used(doer):
                inner.filling.add(doer, filled.referent, f"accused/{filled.rule}", _SURE)
