"""Treaties and agreements that no list holds: "un accord de défense avec Oslo", "l'accord militaire russo-iranien"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.name_words import AgreementWords
from kg.extract.lines.parse import Doc, Token
from kg.extract.words import fold_word
from kg.ids import entity_iri
from kg.model import Entity, Name, NameForm

if TYPE_CHECKING:
    from kg.extract.naming.names import Named

_WORDS = frozenset({"NOUN", "ADJ", "PROPN", "NUM"})
_NEAR = 6
"""How far before an embargo the word may stand that says it is broken."""
_MOST = 16
"""Tokens that a treaty's description has at most."""


def bans_reworded(names: Iterable[Name], words: AgreementWords) -> Iterator[Name]:
    """What else a treaty is called whose name says what it bans: "traité interdisant les mines" is "convention qui bannit les mines"."""
    plain, *ways = words.banning
    told = re.compile(rf"(?:{'|'.join(words.treaties)})(?: \w+)? {plain} (.+)", re.IGNORECASE)
    for name in names:
        if match := told.fullmatch(name.text):
            for head in words.treaties:
                for way in (plain, *ways):
                    yield replace(name, text=f"{head} {way} {match[1]}", form=NameForm.ALIAS)


class Agreements:
    """Proposes treaties from the phrases that describe them."""

    def __init__(self, words: AgreementWords) -> None:
        self._words = words
        self._heads = frozenset(words.treaties) | frozenset(words.agreements) | words.breached
        self._of_year = re.compile(rf"(?:{'|'.join(words.of_year)}) (?:19|20)\d\d")
        self._after = tuple(words.after)
        self._topics = tuple(fold_word(t) for t in words.topics)
        self._foreign = tuple(fold_word(t) for t in words.foreign)
        self._elsewhere = tuple(fold_word(t) for t in words.elsewhere)

    def find(self, doc: Doc, taken: dict[int, Named]) -> Iterator[tuple[Entity, int, int, str]]:
        """Each unknown treaty of a line: the entity, the tokens of its description, and the rule that found it.

        `taken` are the names known there, by token.
        """
        for token in doc:
            head = token.lower_lemma if token.pos_ == "NOUN" or token.is_capital else ""
            if head not in self._heads or Kind.PLURAL in token.kinds:
                continue
            if token.i in taken and taken[token.i].kind == "Treaty":
                continue
            if head in self._words.alone | self._words.pauses and self._ceases(doc, token, taken):
                names = tuple(self._names(doc, token.i, token.i + 1, taken))
                yield (
                    Entity(entity_iri("Treaty", head), "Treaty", head, False, names=names),
                    token.i,
                    token.i + 1,
                    "pattern:treaty",
                )
                continue
            if head in self._words.breached:
                if self._is_breached(doc, token):
                    label = doc.span(token.i, self._breached_end(doc, token.i)).text.lower()
                    found = Entity(entity_iri("Treaty", label), "Treaty", label, False)
                    yield found, token.i, self._breached_end(doc, token.i), "pattern:treaty"
                continue
            end = self._end(doc, token.i, taken)
            inside = [taken[i] for i in range(token.i + 1, end) if i in taken]
            if end - token.i < 2 or any(n.kind == "Treaty" for n in inside):
                continue
            label = doc.span(token.i, end).text
            if rule := self._rule(head, label, inside, doc, token):
                label = label[0].lower() + label[1:]
                names = tuple(dict.fromkeys(self._names(doc, token.i, end, taken)))
                entity = Entity(entity_iri("Treaty", label), "Treaty", label, False, names=names)
                yield entity, token.i, end, rule

    def _ceases(self, doc: Doc, token: Token, taken: dict[int, Named]) -> bool:
        """Whether a word by itself is a cease-fire's name: "le cessez-le-feu entre X et Y"; "la trêve" only between enemies."""
        following = doc[token.i + 1 : token.i + 2]
        if following and following[0].lower_ in self._words.of and token.i + 2 in taken:
            return False
        if token.lower_lemma in self._words.alone:
            return True
        if following and following[0].lower_ in self._words.truces:
            return True
        fighting = {(n.kind, n.entity) for n in taken.values() if n.kind in ("ArmedGroup", "State")}
        enemies = len(fighting) > 1 or any(kind == "ArmedGroup" for kind, _ in fighting)
        return enemies and not (following and following[0].pos_ in _WORDS)

    def _is_breached(self, doc: Doc, token: Token) -> bool:
        """Whether an embargo is spoken of as what someone breaks or keeps, and so as a rule of law."""
        before = doc[max(token.sent.start, token.i - _NEAR) : token.i]
        return any({t.lower_lemma, t.lower_} & self._words.breaking for t in before)

    def _breached_end(self, doc: Doc, start: int) -> int:
        """Where its name ends: "embargo sur les armes"."""
        told = doc.span(start + 1, start + 4).text.lower()
        return start + 4 if told == self._words.on_arms else start + 1

    def _rule(self, head: str, label: str, inside: list[Named], doc: Doc, token: Token) -> str | None:
        """How a phrase names a treaty of its own; None for what is of another field: "accord de pêche".

        "pattern:agreement" is one that only its noun, or the states or the place in its name make one, so that it need not be about
        arms.
        """
        rest = label.split(" ", 1)[1].lower() if " " in label else ""
        folded = [fold_word(w) for w in re.split(r"[\s']+", rest)]
        if any(word.startswith(self._foreign) for word in folded) or fold_word(label).startswith(self._elsewhere):
            return None
        beside = inside[:1] and inside[0].start <= token.i + 2 and inside[0].form is NameForm.ADJECTIVE
        if rest.startswith(self._after) or (beside and doc[token.i + 1].lower_ not in self._words.links):
            plain = " " + " ".join(folded)[:60]
            if any(f" {topic}" in plain for topic in self._topics):
                return "pattern:treaty"
            if head in self._words.treaties and (len(rest) > 6 or self._of_year.fullmatch(rest)):
                return "pattern:agreement"
        definite = token.is_sent_start or doc[token.i - 1].lower_ in self._words.definite
        if not definite or not inside:
            return None
        named_after = any(n.place or n.kind == "Place" for n in inside)
        states = inside[0].form in (NameForm.PREFIX, NameForm.ADJECTIVE)
        return "pattern:agreement" if named_after or states else None

    def _end(self, doc: Doc, start: int, taken: dict[int, Named]) -> int:
        """Where the phrase that begins at `start` ends: nouns and adjectives linked by de, sur, et, articles."""
        end = start + 1
        while end < len(doc) and end - start < _MOST:
            token, known = doc[end], taken.get(end)
            if known is not None and known.kind == "Person":
                break
            if known is not None and (known.kind == "Place" or known.form is NameForm.METONYM) and end - start > 1:
                if not self._belongs(doc, start, end):
                    break
                end += 1
                continue
            if token.like_num and token.i > start + 2:
                break
            linking = token.lower_ in self._words.links
            participle = token.pos_ in ("VERB", "AUX") or "Part" in token.morph.get("VerbForm", ())
            if participle and token.lower_ not in self._words.within:
                break
            if not (
                linking or known or token.pos_ in _WORDS or token.text == "-" or token.lower_ in self._words.within
            ):
                break
            end += 1
        while end > start + 1 and (doc[end - 1].lower_ in self._words.links or doc[end - 1].pos_ in ("ADP", "DET")):
            end -= 1
        return end

    def _belongs(self, doc: Doc, start: int, index: int) -> bool:
        """Whether a place is part of a treaty's name, and not where it is made: "l'accord de Luanda", "l'axe Paris-Rome"."""
        before = [doc[i].lower_ for i in range(max(start, index - 2), index)]
        linked = [word for word in before if word in self._words.links]
        return not linked or linked[0] in self._words.of

    def _names(self, doc: Doc, start: int, end: int, taken: dict[int, Named]) -> Iterator[str]:
        """What else the text may call it: without the states' adjectives, and with the parties that follow."""
        words = doc.span(start, end)
        kept = [t for t in words if not (t.i in taken and taken[t.i].form in (NameForm.ADJECTIVE, NameForm.PREFIX))]
        kept = [t for t in kept if t.text != "-"]
        short = "".join(t.text_with_ws for t in kept).strip()
        if len(kept) > 1 and short != words.text:
            yield short[0].lower() + short[1:]
        if end + 1 < len(doc) and doc[end].lower_ in self._words.partners:
            last = max((n.end for i, n in taken.items() if end < i <= end + 4 and n.kind == "State"), default=end)
            if last > end:
                full = doc.span(start, last).text
                yield full[0].lower() + full[1:]
