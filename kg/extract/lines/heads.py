"""Finds the verb that heads a sentence behind its opening clause: "Après avoir livré X, Y a …", "Accusé d'avoir livré X, Y dément"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extract.lines.arcs import NOMINAL, attach, move
from kg.extract.lines.relatives import SUBJECTS

_OPENING = frozenset({"mark", "case"})

_CUTTING = frozenset({":", ";"})


def is_finite(verb: Token) -> bool:
    """Whether a verb, or its auxiliary, is finite."""
    forms = (verb, *(c for c in verb.lefts if c.dep_.startswith("aux")))
    tensed = [f for f in forms if f != verb] or [verb]
    return any("Fin" in f.morph.get("VerbForm", []) for f in tensed)


def head(sentence: Span) -> None:
    """Let the first finite verb behind the opening infinitive, gerund or participle of a sentence be its head, if its subject is there."""
    root, first = sentence.root, sentence[0]
    opened = first == root or (first.head == root and first.dep_ in _OPENING)
    if not (opened and root.pos_ == "VERB" and not is_finite(root)) and not _is_title(root, first):
        return
    for verb in sentence.doc[root.i + 1 : sentence.end]:
        if verb.pos_ != "VERB" or not is_finite(verb):
            continue
        subject = _subject(verb)
        if subject is None or subject.left_edge.i <= root.i:
            continue
        opening = subject.left_edge
        cut = any(t.text in _CUTTING for t in sentence.doc[root.i : verb.i])
        if "," in (opening.text, opening.nbor(-1).text) and not cut:
            move(verb, root, "ROOT", instead_of=root)
            attach(root, verb, "advcl" if root.pos_ == "VERB" else "obl:mod")
            attach(subject, verb, "nsubj")
            for behind in [c for c in root.rights if c.i > verb.i]:
                attach(behind, verb)
        return


def _is_title(noun: Token, first: Token) -> bool:
    """Whether a noun without an article at the front tells what the subject behind it is: "Troisième pays à …, X a …"."""
    bare = noun.pos_ == "NOUN" and all(c.dep_ == "amod" for c in noun.lefts)
    return bare and noun.left_edge == first and any(c.dep_ in ("acl", "nmod") for c in noun.rights)


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, which parses may take for an adverb of it: "…, la Russie dément"."""
    told = next((c for c in verb.lefts if c.dep_.startswith(SUBJECTS)), None)
    before = verb.nbor(-1)
    return before if told is None and verb.dep_ == "advmod" and before.pos_ in NOMINAL else told
