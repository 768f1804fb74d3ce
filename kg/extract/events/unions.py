"""Two words of one sentence that tell one act: "s'est servie d'un drone pour bombarder X", "a riposté en tirant"."""

from __future__ import annotations

from typing import Protocol, TypeVar

from kg.extract.events.filling import CORE, Filling
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token

_AGREEING = frozenset({"contract", "agree", "choose"})
"""Patterns of words that tell only on what two agree."""
_BELOW = 4
_UNITED = frozenset({"WeaponUse", "WeaponTest"})


class Told(Protocol):
    """What was found in a sentence: roles around a trigger."""

    @property
    def filling(self) -> Filling:
        """Its roles."""

    @property
    def token(self) -> Token:
        """The word that says it."""


T = TypeVar("T", bound=Told)


def united(found: list[T]) -> list[T]:
    """The events without those that only say how, or to what end, another of the same kind was done; that one takes their roles."""
    dropped: set[int] = set()
    for outer in found:
        for inner in found:
            if inner is outer or inner.token.i in dropped or not _is_part(inner, outer):
                continue
            if _agree(outer.filling, inner.filling):
                _give(inner.filling, outer.filling)
                dropped.add(inner.token.i)
    return [each for each in found if each.token.i not in dropped]


def _is_part(inner: Told, outer: Told) -> bool:
    """Whether one event's verb is an infinitive or gerund below the other's, or a participle on what the other uses."""
    if _is_received(inner, outer) or _is_meant(inner, outer) or _is_agreed(inner, outer):
        return True
    kinds = {inner.filling.match.frame.event, outer.filling.match.frame.event}
    if not kinds <= _UNITED or outer.filling.match.frame.event != "WeaponUse":
        return False
    token = inner.token
    form = token.morph.get("VerbForm", ())
    if "WeaponTest" in kinds:
        return token.dep_ in ("acl", "amod") and bool(inner.filling.entities("item") & outer.filling.entities("item"))
    below = outer.token in list(token.ancestors)[:2]
    return below and ("Inf" in form or Kind.ACTING in token.kinds) and not inner.filling.match.noun


def _is_received(inner: Told, outer: Told) -> bool:
    """Whether a verb of getting has the other's noun as its object: "recevoir une livraison", "obtenir la cession"."""
    events = (inner.filling.match.frame.event, outer.filling.match.frame.event)
    nominal = inner.filling.match.noun and not outer.filling.match.noun
    object_ = inner.token.head == outer.token and inner.token.dep_ in ("obj", "obl:arg", "nsubj:pass")
    got = outer.filling.match.trigger.pattern == "acquire" and bool(
        inner.filling.entities("item") & outer.filling.entities("item")
    )
    if events != ("ArmsTransfer", "ArmsTransfer") or not nominal or not object_ or not got:
        return False
    inner.filling.roles = {r: fs for r, fs in inner.filling.roles.items() if r in ("item", "place")}
    return True


def _is_meant(inner: Told, outer: Told) -> bool:
    """Whether one tells only whom the things that the other hands over will equip: "a vendu des chars destinés à équiper X"."""
    events = {inner.filling.match.frame.event, outer.filling.match.frame.event}
    if events != {"ArmsTransfer"} or inner.filling.match.trigger.pattern != "equip" or inner.filling.match.noun:
        return False
    if "item" in inner.filling.roles or "supplier" in inner.filling.parsed:
        return False
    above = {t.i for t in inner.token.ancestors}
    return outer.token.i in above or any(f.referent.start in above for f in outer.filling.roles.get("item", ()))


def _is_agreed(inner: Told, outer: Told) -> bool:
    """Whether one is only the contract or the choice by which the other comes about: "un contrat portant sur la livraison de chars"."""
    first, second = inner.filling, outer.filling
    handing = first.match.frame.event == second.match.frame.event == "ArmsTransfer"
    if not handing or first.match.trigger.pattern not in _AGREEING or second.match.trigger.pattern in _AGREEING:
        return False
    beside = inner.token.dep_ == "obj" and outer.token.dep_.startswith("obl") and outer.token.head is inner.token.head
    if not beside and inner.token not in list(outer.token.ancestors)[:_BELOW]:
        return False
    used = second.used()
    first.roles = {
        role: [f for f in filleds if f.referent.entity not in used]
        for role, filleds in first.roles.items()
        if role not in second.roles and all(f.rule != "likely" for f in filleds)
    }
    return True


def _agree(outer: Filling, inner: Filling) -> bool:
    """Whether no core role of the two is filled differently."""
    return all(
        outer.entities(role) & inner.entities(role) for role in CORE if outer.entities(role) and inner.entities(role)
    )


def _give(inner: Filling, outer: Filling) -> None:
    for role, filleds in inner.roles.items():
        if role not in outer.roles and (role in CORE or role == "place"):
            for filled in filleds:
                outer.add(role, filled.referent, f"united/{filled.rule}", filled.confidence)
