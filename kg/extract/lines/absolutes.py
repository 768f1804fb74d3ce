"""Mends participles' clauses that have a subject of their own: "Paris et Rome s'y étant opposés", "la Chine ayant refusé"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kg.extract.lines.arcs import NOMINAL, attach

_SUBJECT = "nsubj"
_GROUPED = frozenset({"PRON", "ADV"})
_CHAINED = frozenset({"conj", "flat:name", "nmod", "amod", "appos"})
_REFLEXIVE = "expl:comp"


def mend_absolute(auxiliary: Token, reflexives: Collection[str]) -> None:
    """Give the participle of an auxiliary that is itself a participle its reflexive pronoun, and the subject right before both."""
    verb, start = auxiliary.head, auxiliary.i
    while start > auxiliary.sent.start and auxiliary.doc[start - 1].pos_ in _GROUPED:
        start -= 1
        pronoun = auxiliary.doc[start]
        if pronoun.lower_ in reflexives and pronoun.dep_ == "mark":
            pronoun.dep_ = _REFLEXIVE
    if any(c.dep_.startswith(_SUBJECT) for c in verb.children):
        return
    subject = _before(auxiliary.doc[start - 1]) if start > auxiliary.sent.start else None
    if subject is not None:
        attach(subject, verb, _SUBJECT)


def _before(last: Token) -> Token | None:
    """The noun of the phrase between a comma and a verb's group; None where a preposition leads it or no comma stands before."""
    if last.pos_ not in NOMINAL:
        return None
    noun = last
    while noun.head.i < noun.i and noun.dep_ in _CHAINED and not _parted(noun):
        noun = noun.head
    lead = [t for t in noun.lefts if not t.is_punct]
    first = lead[0].left_edge if lead else noun
    opened = first.i == noun.sent.start or noun.doc[first.i - 1].text == ","
    return noun if opened and first.pos_ != "ADP" else None


def _parted(noun: Token) -> bool:
    """Whether a comma stands between a noun and what it hangs on."""
    return any(t.text == "," for t in noun.doc[noun.head.i + 1 : noun.i])
