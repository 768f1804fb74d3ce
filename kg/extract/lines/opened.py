"""Lets what stands right behind a word that opens a clause be the subject of its verb, where the parse hangs the word on it: "si X durcit
ses sanctions", "obtenir que X soit tenu à l'écart"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.lines.arcs import NOMINAL, above, attach

_REACH = 12
"""How far behind its subject the verb of such a clause stands."""
_NAMED = frozenset({"NOUN", "PROPN"})
_PREDICATES = frozenset({"VERB", "AUX", "ADJ"})


def mend_opened(opener: Token, said: frozenset[str]) -> None:
    """Give the clause behind an opener its verb; `said` open what is said, or describe the noun before them: "que"."""
    subject = opener.head
    if opener.i > subject.i or subject.pos_ not in _NAMED or subject.head == subject:
        return
    if any(c.dep_ in ("case", "cop") for c in subject.lefts):
        return
    verb = _verb_behind(subject)
    if verb is None or verb.dep_ == "ROOT":
        return
    subjects = [c for c in verb.children if c.dep_.startswith("nsubj") and c != subject]
    if any(not subject.i < c.i < verb.i for c in subjects):
        return
    if verb not in above(subject) and not _hang(verb, opener, subject, said):
        return
    _gather(subject, verb, subjects)
    attach(subject, verb, "nsubj:pass" if any(c.dep_ == "aux:pass" for c in verb.children) else "nsubj")
    for child in [c for c in subject.rights if c.i > verb.i]:
        attach(child, verb)
    attach(opener, verb)


def _gather(subject: Token, verb: Token, others: list[Token]) -> None:
    """Hang on a subject the names between it and its verb that the parse hangs elsewhere: those joined to it, or its own."""
    between = subject.doc[subject.i + 1 : verb.i]
    loose = [t for t in between if t in others or (t.pos_ == "PROPN" and not subject.i <= t.head.i < verb.i)]
    joint = next((t for t in between if t.pos_ == "CCONJ"), None)
    first = None
    for name in loose:
        if first is not None:
            attach(name, first, "flat:name")
            continue
        first = name
        if joint is not None and joint.i < name.i:
            attach(name, subject, "conj")
            attach(joint, name, "cc")
        else:
            attach(name, subject, "flat:name" if subject.pos_ == "PROPN" else "appos")


def _hang(verb: Token, opener: Token, subject: Token, said: frozenset[str]) -> bool:
    """Hang the verb of a clause on what its opener stands behind, and tell whether that is possible."""
    host, dep = subject.head, "advcl"
    if opener.lower_ in said:
        before = opener.nbor(-1)
        if before.text == "," and opener.nbor(-2).pos_ in _NAMED:
            before = host = opener.nbor(-2)
        dep = "acl:relcl" if host.pos_ in NOMINAL and before.pos_ in _NAMED else "ccomp"
    if dep != "acl:relcl":
        host = next((t for t in (host, *above(host)) if t.pos_ in _PREDICATES and t.i < opener.i), subject)
    if host in (subject, verb) or verb in above(host):
        return False
    verb.head, verb.dep_ = host, dep
    if dep == "acl:relcl":
        opener.pos_, opener.dep_ = "PRON", "obj"
    return True


def _verb_behind(subject: Token) -> Token | None:
    """The verb of which the next finite form behind a noun is a part, where no mark or other clause stands between."""
    for token in subject.doc[subject.i + 1 : subject.i + _REACH]:
        if token.is_sent_start or token.is_punct or token.pos_ == "SCONJ" or "Rel" in token.morph.get("PronType", []):
            return None
        if token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", []):
            helps = token.dep_.startswith(("aux", "cop")) and token.head.i > token.i
            return token.head if helps else token
    return None
