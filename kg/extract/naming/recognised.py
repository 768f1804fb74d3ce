"""Persons, bodies and places that the model's `ner` finds and no list holds, and the sentences in which it may find any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.name_words import NameWords
from kg.extract.lines.parse import Doc, Span, Token
from kg.extract.naming.persons import Persons
from kg.extract.naming.toponyms import Proposal, unknown
from kg.extract.words import fold_word
from kg.model import NameForm

if TYPE_CHECKING:
    from kg.extract.naming.names import Named

_NOT_IN_NAMES = re.compile(r"[«»:|/()\n]")
_PEOPLED = frozenset({"Person", "Place", "State"})
"""Classes of names behind which a bracket tells something else: whose a person is, or where a place lies."""


class Recognised:
    """Judges what `ner` proposes, by the folded words that are `never` names, those that are `dates`, and those of `titles`."""

    def __init__(self, words: NameWords, never: set[str], dates: set[str], titles: set[str], persons: Persons) -> None:
        self._leading = words.leading_to_places
        self._never = never
        self._common = never | dates
        self._titles = titles
        self._persons = persons

    def awaited(self, doc: Doc, names: Iterable[Named]) -> Iterator[Span]:
        """The sentences of a line in which a name may stand that is none of those known there."""
        known = {i for n in names if n.form is not NameForm.PREFIX for i in range(n.start, n.end)}
        for sentence in doc.sents:
            if any(self._may_begin(token, known) for token in sentence):
                yield sentence

    def find(self, doc: Doc, taken: Mapping[int, Named]) -> Iterator[Proposal]:
        """What `ner` found in a line, without what known names or common words explain."""
        for entity in (e for s in doc.sents for e in doc.recognised.get(s.start, ())):
            span = self._trim(entity, taken)
            if span is None or self._spells_out(span, taken):
                continue
            label = span.text
            if entity.label_ == "PER" and self._is_person(span) and not self._persons.signs(span):
                yield unknown("Person", label), span, "ner"
            elif entity.label_ == "ORG" and self._is_body(span):
                yield unknown("Organization", label), span, "ner"
            elif entity.label_ == "LOC" and self._is_location(span):
                yield unknown("Place", label), span, "ner"

    def _spells_out(self, span: Span, taken: Mapping[int, Named]) -> bool:
        """Whether a bracket right behind a known name opens before it, which then only spells out that name: "X (Xxx Yyy Zzz)"."""
        doc, start = span.doc, span.start - 1
        while start > span[0].sent.start and doc[start].is_alpha:
            start -= 1
        known = taken.get(start - 1)
        return known is not None and known.kind not in _PEOPLED and doc[start].text == "("

    def _may_begin(self, token: Token, known: set[int]) -> bool:
        """Whether a word may be the first of a name: as the judgements below ask, whatever follows it."""
        if not token.is_capital or token.i in known or token.folded in self._never | self._titles:
            return False
        return token.text.isupper() or self._is_titled(token) or self._is_led(token) or self._goes_on(token, known)

    def _goes_on(self, token: Token, known: set[int]) -> bool:
        """Whether another capital follows in the sentence, before a known name or a mark that is in none."""
        for other in token.doc[token.i + 1 : token.sent.end]:
            if other.i in known or _NOT_IN_NAMES.search(other.text):
                return False
            if other.is_capital:
                return True
        return False

    def _trim(self, entity: Span, taken: Mapping[int, Named]) -> Span | None:
        """The proposal without titles, articles and punctuation at its edges; None if a known name is within."""
        start, end = entity.start, entity.end
        doc = entity.doc
        while start < end and (not doc[start].is_capital or doc[start].folded in self._titles):
            start += 1
        while end > start and doc[end - 1].is_punct:
            end -= 1
        if start >= end or any(i in taken and taken[i].form is not NameForm.PREFIX for i in range(start, end)):
            return None
        span = doc.span(start, end)
        return None if _NOT_IN_NAMES.search(span.text) else span

    def _is_person(self, span: Span) -> bool:
        proper = [t for t in span if (t.is_capital and t.is_alpha) or "-" in t.text]
        if any(t.folded in self._common for t in span):
            return False
        words = [w for w in span.text.split() if w[0].isupper()]
        return bool(proper) and (len(words) >= 2 or (self._is_titled(span[0]) and len(span.text) > 2))

    def _is_titled(self, token: Token) -> bool:
        """Whether a title stands before a word."""
        return token.i > 0 and fold_word(token.doc[token.i - 1].text.rstrip(".")) in self._titles

    def _is_body(self, span: Span) -> bool:
        if fold_word(span.text) in self._never or span[0].folded in self._never:
            return False
        shouted = span.text.isupper() and 2 < len(span.text) < 7 and span.text.isalpha()
        many = len([w for w in span.text.split() if w[0].isupper()]) >= 2
        return shouted or many

    def _is_location(self, span: Span) -> bool:
        if any(t.folded in self._common for t in span):
            return False
        return self._is_led(span[0]) and span.text[0].isupper() and span.root.pos_ in ("PROPN", "NOUN", "X")

    def _is_led(self, token: Token) -> bool:
        """Whether a word that leads to a place stands before a word, or before its article."""
        if token.i == 0:
            return False
        before = token.doc[token.i - 1]
        article = Kind.THE_ANY in before.kinds and token.i > 1
        return (token.doc[token.i - 2] if article else before).lower_ in self._leading
