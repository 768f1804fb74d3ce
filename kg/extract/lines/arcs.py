"""Arcs of spaCy's parse, changed without making a circle."""

from __future__ import annotations

from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
BEFORE_NOUN = frozenset({"DET", "NUM"})
_DEPTH = 200
"""More heads than any token has above it."""
_NEAR = 8
"""How many tokens behind a verb the noun of the phrase right behind it may stand."""


def move(token: Token, head: Token, dep: str, *, instead_of: Token) -> None:
    """Give a token the place of another, which may be the root or lie above it."""
    rooted = head == instead_of or dep == "ROOT" or token == head or token in above(head)
    token.head, token.dep_ = (token, "ROOT") if rooted else (head, dep)


def attach(token: Token, head: Token, dep: str = "") -> None:
    """Hang a token on another, which is not below it."""
    if token != head and token not in above(head):
        token.head, token.dep_ = head, dep or token.dep_


def take_root(verb: Token, noun: Token) -> None:
    """Let a verb be the root in place of the noun before it, which is its subject, and govern what the noun had behind the verb
    and what tells the circumstances before it."""
    behind = [child for child in noun.rights if child.i > verb.i]
    behind += [child for child in noun.lefts if child.dep_.startswith("obl")]
    move(verb, noun, "ROOT", instead_of=noun)
    attach(noun, verb, "nsubj")
    for child in behind:
        attach(child, verb)


def above(token: Token) -> list[Token]:
    """The heads of a token up to the root."""
    found: list[Token] = []
    while token.head != token and len(found) < _DEPTH:
        token = token.head
        found.append(token)
    return found


def phrase_behind(verb: Token, partitives: frozenset[str] = frozenset()) -> Token | None:
    """The noun of the phrase without preposition right behind a word, None where there is none; partitives may open it: "des"."""
    doc = verb.doc
    if verb.i + 1 >= len(doc):
        return None
    token = doc[verb.i + 1]
    article = token.pos_ in BEFORE_NOUN or token.lower_ in partitives
    if (not article and token.pos_ not in NOMINAL) or (token.dep_ == "case" and not partitives):
        return None
    while (
        token.head.i > verb.i
        and token.head != token
        and token.dep_ not in ("ROOT", "nsubj")
        and token.i - verb.i < _NEAR
    ):
        token = token.head
        if token.pos_ in NOMINAL:
            break
    return token if token.pos_ in NOMINAL and token.i > verb.i else None


def is_bare(token: Token, genitives: frozenset[str]) -> bool:
    """Whether a noun tells, after "de" and without an article, what kind of thing the noun before it is: "avion de combat"."""
    determined = any(c.dep_ in ("det", "nummod") for c in token.lefts)
    after_of = any(c.dep_ == "case" and c.lower_ in genitives for c in token.lefts)
    return token.pos_ == "NOUN" and token.dep_ == "nmod" and after_of and not determined
