"""Lets a finite verb that the parse takes for an adverb govern the infinitive behind it: "Le Kremlin dément avoir livré …"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.lines.arcs import NOMINAL, attach, move

HUNG = frozenset({"advmod", "parataxis"})
"""How the parse hangs such a verb on the infinitive."""
_DESCRIBING = ("acl", "amod")


def govern(verb: Token) -> None:
    """Give a finite verb the place of the infinitive right behind it, on which it hangs, and its subject."""
    below = verb.head
    if "Fin" not in verb.morph.get("VerbForm", []) or below.i <= verb.i or not _is_infinitive(below, verb.i + 1):
        return
    before = [child for child in below.lefts if child.i < verb.i]
    noun = below.head
    if below.dep_.startswith(_DESCRIBING) and noun.dep_ == "ROOT" and noun.pos_ in NOMINAL and noun.i < verb.i:
        move(verb, noun, "ROOT", instead_of=noun)
        attach(noun, verb, "nsubj")
    else:
        move(verb, noun, below.dep_, instead_of=below)
    attach(below, verb, "xcomp")
    for child in before:
        attach(child, verb)


def _is_infinitive(verb: Token, begin: int) -> bool:
    """Whether a verb or its auxiliary is an infinitive, and nothing but what belongs to it stands from `begin` on."""
    forms = [verb, *(child for child in verb.lefts if child.dep_.startswith("aux"))]
    inside = all(token.head == verb for token in verb.doc[begin : verb.i])
    return inside and any("Inf" in form.morph.get("VerbForm", []) for form in forms)
