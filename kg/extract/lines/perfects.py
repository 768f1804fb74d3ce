"""Mends verbs that the parse takes for an adverb or a quality before a past infinitive: "le ministère dément avoir livré"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from kg.extract.lines.arcs import attach, move

_PRESENT = "Mood=Ind|Tense=Pres|VerbForm=Fin"


def mend_perfect(auxiliary: Token, forms: Mapping[str, str]) -> None:
    """Let the word right before an infinitive auxiliary govern its clause, where its form is a verb's and it has none of its own."""
    if not auxiliary.i:
        return
    verb, perfect = auxiliary.doc[auxiliary.i - 1], auxiliary.head
    if verb.lower_ not in forms or verb.pos_ == "VERB" or perfect.i < auxiliary.i:
        return
    if perfect not in (verb.head, verb.head.head) and verb.head != perfect.head:
        return
    noun = perfect.head
    before = [c for c in perfect.children if c.i < verb.i and c != verb]
    verb.pos_, verb.lemma_ = "VERB", forms[verb.lower_]
    verb.set_morph(_PRESENT)  # type: ignore[attr-defined]
    hung = perfect.dep_ in ("acl", "nmod", "amod") and noun.i < verb.i and noun.dep_ == "ROOT"
    if hung:
        move(verb, noun, "ROOT", instead_of=noun)
    else:
        move(verb, noun, perfect.dep_, instead_of=perfect)
    attach(perfect, verb, "xcomp")
    for child in before:
        attach(child, verb)
    if hung:
        attach(noun, verb, "nsubj")
