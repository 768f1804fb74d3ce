"""The mood and tense of French verb forms, told by their form.

The tagger marks only a third of French conditionals; the form decides instead: the ending of the imperfect or of the
future on the future stem of the lemma (Grevisse, Le Bon Usage, conjugation tables of the future and the conditional).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

_IRREGULAR = {
    "être": "ser", "avoir": "aur", "aller": "ir", "faire": "fer", "pouvoir": "pourr", "vouloir": "voudr",
    "devoir": "devr", "savoir": "saur", "voir": "verr", "revoir": "reverr", "prévoir": "prévoir", "venir": "viendr",
    "tenir": "tiendr", "valoir": "vaudr", "falloir": "faudr", "courir": "courr", "mourir": "mourr", "envoyer": "enverr",
    "renvoyer": "renverr", "recevoir": "recevr", "apercevoir": "apercevr", "percevoir": "percevr", "concevoir": "concevr",
    "acquérir": "acquerr", "conquérir": "conquerr", "requérir": "requerr", "asseoir": "assiér", "pleuvoir": "pleuvr",
    "cueillir": "cueiller", "accueillir": "accueiller", "recueillir": "recueiller", "décevoir": "décevr",
}  # fmt: skip
_CONDITIONAL = ("ais", "ait", "ions", "iez", "aient")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")


class Mood(StrEnum):
    """What the form of a finite verb says."""

    CONDITIONAL = "conditional"
    FUTURE = "future"
    OTHER = "other"


@lru_cache(maxsize=16_384)
def mood(form: str, lemma: str) -> Mood:
    """The mood of a verb form, given its lemma (a wrong lemma costs nothing but a missed form).

    >>> mood("développerait", "développer"), mood("livrait", "livrer"), mood("vendra", "vendre")
    (<Mood.CONDITIONAL: 'conditional'>, <Mood.OTHER: 'other'>, <Mood.FUTURE: 'future'>)
    """
    form = form.lower()
    for stem in _stems(lemma.lower()) | _stems_from_form(form):
        if form.startswith(stem):
            ending = form[len(stem) :]
            if ending in _CONDITIONAL:
                return Mood.CONDITIONAL
            if ending in _FUTURE:
                return Mood.FUTURE
    return Mood.OTHER


def is_tale_form(form: str, lemma: str) -> bool:
    """Whether a form is the simple past of a verb in -er, in the third person, which the tagger often takes for a present; a form that
    is given as its own lemma is one unless it may be a future.

    >>> is_tale_form("rappela", "rappeler"), is_tale_form("va", "aller"), is_tale_form("rappellera", "rappeler")
    (True, False, False)
    """
    form, lemma = form.lower(), lemma.lower()
    if form.endswith("èrent"):
        return lemma == form.removesuffix("èrent") + "er"
    if not form.endswith("a"):
        return False
    return lemma == form[:-1] + "er" or (lemma == form and len(form) > len("ira") and not form.endswith("ra"))


@lru_cache(maxsize=8_192)
def _stems(lemma: str) -> frozenset[str]:
    """The future stems of a lemma: irregular, of a compound of tenir or venir, or regular with its spellings."""
    if lemma in _IRREGULAR:
        return frozenset({_IRREGULAR[lemma]})
    for end, stem in (("tenir", "tiendr"), ("venir", "viendr")):
        if lemma.endswith(end):
            return frozenset({lemma.removesuffix(end) + stem})
    if lemma.endswith("re"):
        return frozenset({lemma[:-1]})
    if lemma.endswith("ir"):
        return frozenset({lemma})
    if not lemma.endswith("er"):
        return frozenset()
    stems = {lemma}
    if lemma.endswith("yer"):
        stems.add(lemma[:-3] + "ier")
    if match := re.fullmatch(r"(.*)e([lt])er", lemma):
        stems |= {f"{match[1]}e{match[2] * 2}er", f"{match[1]}è{match[2]}er"}
    if match := re.fullmatch(r"(.*)[eé]([bcdfghjkmnprsvyz]|[bcdfgptv][lr])er", lemma):
        stems.add(f"{match[1]}è{match[2]}er")
    return frozenset(stems)


def _stems_from_form(form: str) -> frozenset[str]:
    """The stems of avoir, être and the modal verbs whose forms no other verb shares, whatever the lemma given."""
    return frozenset(
        s
        for s in ("ser", "aur", "pourr", "devr", "voudr", "fer", "faudr")
        if form.startswith(s) and len(form) - len(s) <= 5
    )
