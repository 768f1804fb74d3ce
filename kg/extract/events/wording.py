"""What the words around a trigger tell of it before its roles are looked for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING

from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.moods import Mood
from kg.extract.lines.parse import Token
from kg.extract.reading import Line

if TYPE_CHECKING:
    from kg.extract.events.triggers import Match
    from kg.extract.lexicon.frames import Trigger

_ANSWERING = frozenset({"Rejection", "Accusation", "Warning"})
"""Acts of speech that answer what someone said or did."""
_CALLING = frozenset({"supplier", "customer"})
"""Patterns of nouns that say what someone is."""
_BEHIND = 5
"""How far behind a noun the firm may stand whose trade it tells."""
_BREAKS = frozenset({":", ";"})
"""What parts a headline."""


def falls(item: str, kinds: Container[str], broader: Mapping[str, str]) -> bool:
    """Whether a system or category is, or falls under, one of these categories; `broader` gives what each falls under."""
    above: str | None = item
    while above is not None and above not in kinds:
        above = broader.get(above)
    return above is not None


def counted(nouns: Iterable[Token]) -> list[Token]:
    """What pronouns among nouns count: "l'un de ses satellites" is a satellite, and what numbers do."""
    told = [child for noun in nouns if noun.pos_ == "PRON" for child in noun.children if child.dep_ == "nmod"]
    return told + [whole for noun in nouns for whole in _whole(noun)]


def _whole(number: Token) -> list[Token]:
    """Of how many a bare number counts some: "trente drones, dont vingt"."""
    if not number.like_num or not any("Rel" in c.morph.get("PronType", []) for c in number.children):
        return []
    before = reversed(list(number.doc[number.sent.start : number.i]))
    return [t for t in before if t.pos_ == "NOUN" and any(c.dep_ == "nummod" for c in t.children)][:1]


def suits(trigger: Trigger, token: Token) -> bool:
    """Whether a word is as its trigger asks: not past where to say it is the event, with "ne", led by a preposition, without a verb."""
    if trigger.said and _is_past(token):
        return False
    if (trigger.ended and not is_over(token)) or (trigger.denied and not has_ne(token)):
        return False
    led = not trigger.led or any(c.dep_ == "case" and c.lower_ in trigger.led for c in token.children)
    return led and (not trigger.verbless or _heads(token))


def _is_past(token: Token) -> bool:
    """Whether a verb tells what was: "a entraîné", not "entraînera", "sera puni" nor "est puni"."""
    if "Past" not in token.morph.get("Tense", ()) and "Imp" not in token.morph.get("Tense", ()):
        return False
    helping = [c for c in token.children if c.dep_.startswith("aux")]
    lasting = any(c.dep_ == "aux:pass" and "Pres" in c.morph.get("Tense", ()) for c in helping)
    return not lasting and all(each.mood is Mood.OTHER for each in (token, *helping))


def _heads(token: Token) -> bool:
    """Whether a noun heads a part of a sentence that has no finite verb, and no participle tells what happened to it."""
    part = _part(token)
    if any("Fin" in t.morph.get("VerbForm", []) for t in part):
        return False
    described = any(c.dep_.startswith("acl") and c.pos_ == "VERB" for c in token.children)
    return not described and not any(t.pos_ in ("NOUN", "PROPN", "VERB") and t in part for t in token.ancestors)


def _part(token: Token) -> list[Token]:
    """The words of a sentence around one, up to the next colon or semicolon on either side."""
    sentence = token.sent
    begin = max((t.i + 1 for t in sentence if t.i < token.i and t.text in _BREAKS), default=sentence.start)
    end = min((t.i for t in sentence if t.i > token.i and t.text in _BREAKS), default=sentence.end)
    return list(token.doc[begin:end])


def is_claim(token: Token, role: str, event: str) -> bool:
    """Whether a pronoun means what was said, not the weapons or the treaty that this was about: "X l'a démenti"."""
    return role in ("item", "treaty") and event in _ANSWERING and token.pos_ in ("PRON", "ADV", "DET")


def qualifies_noun(token: Token) -> bool:
    """Whether an adjective only qualifies the noun before it: "des équipements militaires" are no soldiers."""
    return token.dep_ == "amod" and token.head.i < token.i


def is_title(match: Match, line: Line) -> bool:
    """Whether a noun only tells the trade of the firm named behind it: "l'exportateur d'armes X a ouvert un bureau"."""
    if not match.noun or match.trigger.pattern not in _CALLING:
        return False
    for token in line.doc[match.end : match.token.i + _BEHIND]:
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            return False
        if any(n.kind == "Company" and n.start == token.i for n in line.at.get(token.i, ())):
            return line.doc[token.i - 1].pos_ != "ADP"
    return False


def ceasing_word(token: Token) -> int | None:
    """The "plus" before an infinitive, which follows other forms: "ne plus livrer", "ne livre plus"."""
    before = token.doc[max(0, token.i - 3) : token.i]
    if "Inf" not in token.morph.get("VerbForm", ()) or not any(Kind.NOT in t.kinds for t in before):
        return None
    return next((t.i for t in before if Kind.NO_MORE in t.kinds), None)


def is_compound(token: Token) -> bool:
    """Whether a word is the first half of a compound that the tokens part: "lance-roquettes"; not "lance-t-il"."""
    after = token.doc[token.i + 1 : token.i + 3]
    if not after or after[0].text[0] != "-" or after[0].idx != token.idx + len(token) or token.is_capital:
        return False
    rest = after[0].text[1:] or (after[1].text if len(after) > 1 else "")
    return rest[:4].isalpha() and len(rest) > 4


def is_fixed(token: Token, phrases: frozenset[str]) -> bool:
    """Whether a word is the middle of a fixed preposition: "à partir de"."""
    around = token.doc[max(0, token.i - 1) : token.i + 2]
    return " ".join(t.lower_.replace("’", "'") for t in around) in phrases


def is_word(token: Token, word: str, accented: str) -> bool:
    """Whether a token is a word of a phrase; texts may lack the accents, but what has others is another word: "armés"."""
    return word == token.folded_lemma or (word == token.folded and token.lower_ in (word, accented))


def has_ne(token: Token) -> bool:
    """Whether "ne" stands a little before a word: "plus" ends something ("ne livre plus") and does not compare."""
    return any(Kind.NOT in t.kinds for t in token.doc[max(token.sent.start, token.i - 5) : token.i + 1])


def is_over(token: Token) -> bool:
    """Whether "plus" stands right before a word that ends what was: "n'est plus lié par"."""
    before = token.doc[max(token.sent.start, token.i - 4) : token.i]
    return any(Kind.NO_MORE in t.kinds for t in before) and has_ne(token)


def has_subject(verb: Token, start: int) -> bool:
    """Whether a verb has a noun before it as its subject that is not the name nor ends in it: "le coût du X, qui …, a explosé"."""
    return any(
        c.dep_ in ("nsubj", "nsubj:pass") and c.pos_ == "NOUN" and not c.i - 2 <= start <= c.i + 3 for c in verb.lefts
    )
