"""Lets a finite verb that the parse takes for an adverb or a quality govern what stands behind it: "Le Kremlin dément avoir livré …"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from kg.extract.lines.arcs import NOMINAL, attach, move, phrase_behind, take_root

HUNG = frozenset({"advmod", "parataxis"})
"""How the parse hangs such a verb on what it governs, or on its subject."""
_DESCRIBING = ("acl", "amod", "nmod")
_CLAUSES = ("acl", "ccomp", "advcl")
_PRESENT = "Mood=Ind|Tense=Pres|VerbForm=Fin"


def govern(verb: Token, openers: frozenset[str]) -> None:
    """Give a finite verb the place of the infinitive right behind it, or of the noun before it, on which it hangs.

    `openers` open the clause on what is said: "que".
    """
    if not _is_finite(verb):
        return
    below = verb.head
    if below.i > verb.i and _is_infinitive(below, verb.i + 1):
        _replace(verb, below)
    elif verb.nbor().lower_ in openers and verb.dep_ == "advmod":
        _say(verb)


def mend_perfect(auxiliary: Token, forms: Mapping[str, str]) -> None:
    """Let the word right before an infinitive auxiliary govern its clause, where its form is a verb's and it has none of its own."""
    if not auxiliary.i:
        return
    verb, perfect = auxiliary.doc[auxiliary.i - 1], auxiliary.head
    if verb.lower_ not in forms or verb.pos_ == "VERB" or perfect.i < auxiliary.i:
        return
    if perfect not in (verb.head, verb.head.head) and verb.head != perfect.head:
        return
    verb.pos_, verb.lemma_ = "VERB", forms[verb.lower_]
    verb.set_morph(_PRESENT)  # type: ignore[attr-defined]
    _replace(verb, perfect)


def mend_said(opener: Token) -> None:
    """Let the clause that "que" opens be what the verb before it says, and what hangs on "que" be its subject."""
    clause = opener.head
    if opener.dep_ != "mark" or clause.i <= opener.i:
        return
    if clause.dep_ == "acl:relcl" and clause.head.pos_ == "VERB" and _is_finite(clause.head):
        clause.dep_ = "ccomp"
    _name_subject(opener, clause, opener)


def mend_inverted(opener: Token, forms: Mapping[str, str]) -> None:
    """Let the word right behind a pronoun and its "que" be a verb, where its form is one's and its subject follows: "ce que dément X"."""
    doc = opener.doc
    if not 0 < opener.i < len(doc) - 2:
        return
    host, verb = doc[opener.i - 1], doc[opener.i + 1]
    if host.pos_ != "PRON" or verb.lower_ not in forms or verb.pos_ in ("VERB", "AUX"):
        return
    last = verb
    while last.i + 1 < len(doc) and last.nbor().pos_ == "ADV":
        last = last.nbor()
    subject = phrase_behind(last)
    if subject is None:
        return
    verb.pos_, verb.lemma_ = "VERB", forms[verb.lower_]
    verb.set_morph(_PRESENT)  # type: ignore[attr-defined]
    attach(verb, host, "acl:relcl")
    attach(opener, verb, "obj")
    attach(subject, verb, "nsubj")
    for adverb in doc[verb.i + 1 : last.i + 1]:
        attach(adverb, verb, "advmod")


def _say(verb: Token) -> None:
    """Let a verb before "que" say the clause behind it, where both hang on the noun that is its subject."""
    noun, opener = verb.head, verb.nbor()
    clause = next((c for c in noun.rights if c.i > opener.i and c.dep_.startswith(_CLAUSES)), None)
    if clause is None or noun.dep_ != "ROOT" or noun.pos_ not in NOMINAL or noun.i > verb.i:
        return
    take_root(verb, noun)
    clause.dep_ = "ccomp"
    attach(opener, clause, "mark")
    _name_subject(opener, clause, verb)


def _name_subject(opener: Token, clause: Token, head: Token) -> None:
    """Let the name right behind "que" that hangs on `head` be the subject of a clause that has none."""
    name = next(
        (c for c in head.rights if c.dep_ == "dep" and c.pos_ in NOMINAL and c.left_edge.i <= opener.i + 1), None
    )
    if name is not None and name.i < clause.i and all(not c.dep_.startswith("nsubj") for c in clause.lefts):
        attach(name, clause, "nsubj")


def _replace(verb: Token, below: Token) -> None:
    """Give a verb the place of the infinitive that it governs, and its subject."""
    noun = below.head
    before = [child for child in below.children if child.i < verb.i]
    if below.dep_.startswith(_DESCRIBING) and noun.dep_ == "ROOT" and noun.pos_ in NOMINAL and noun.i < verb.i:
        move(verb, noun, "ROOT", instead_of=noun)
        attach(noun, verb, "nsubj")
    else:
        move(verb, noun, below.dep_, instead_of=below)
    attach(below, verb, "xcomp")
    for child in before:
        attach(child, verb)


def _is_finite(verb: Token) -> bool:
    return "Fin" in verb.morph.get("VerbForm", [])


def _is_infinitive(verb: Token, begin: int) -> bool:
    """Whether a verb or its auxiliary is an infinitive, and nothing but what belongs to it stands from `begin` on."""
    forms = [verb, *(child for child in verb.lefts if child.dep_.startswith("aux"))]
    inside = all(token.head == verb for token in verb.doc[begin : verb.i])
    return inside and any("Inf" in form.morph.get("VerbForm", []) for form in forms)
