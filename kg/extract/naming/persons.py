"""Persons that no list holds: names beside the title or role that introduces them, wherever `ner` misses them.

"l'amiral X", "Maître X Y", "le maire de V, X Y, …", "X Y, patron de Z, …". Who signs an article is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Doc, Span, Token
from kg.extract.naming.toponyms import Proposal, unknown
from kg.extract.words import fold_word

if TYPE_CHECKING:
    from kg.extract.naming.names import Named

_HOMONYMS = frozenset({"Place", "State"})
"""Classes of names that may be part of a person's: "Wellington Koo"."""
_REACH = 10
"""Tokens between a role and the name set off by commas behind it."""


class Persons:
    """Proposes persons that the reference does not know; `common` holds folded words that are never names."""

    def __init__(self, lexicon: Lexicon, common: set[str]) -> None:
        self._titles = frozenset(t.rstrip(".") for t in lexicon.names.titles)
        self._forms = lexicon.names.forms_of_address
        self._roles = self._titles | frozenset(lexicon.people.officials) | lexicon.bodies.staff
        self._signing = lexicon.names.signing
        self._by = lexicon.names.signed_by
        self._inner = lexicon.names.inside_persons
        self._articles = lexicon.names.opening_persons
        self._common = common

    def find(self, doc: Doc, taken: dict[int, Named]) -> Iterator[Proposal]:
        """The persons of a line whom a title, or a role between commas, introduces."""
        start = 0
        while start < len(doc):
            end = self._end(doc, start, taken) if doc[start].is_capital else start
            if end > start and self._is_introduced(doc, start, end):
                yield unknown("Person", doc.span(start, end).text), doc.span(start, end), "pattern:person"
            start = max(end, start + 1)

    def signs(self, span: Span) -> bool:
        """Whether a name stands in a line only as its author's: "Par X", "Texte : X", "De notre correspondant, X"."""
        doc = span.doc
        before = doc.span(max(0, span.start - 2), span.start).text.lower()
        if "©" in before:
            return True
        lead = doc.span(0, span.start)
        if any(t.pos_ in ("VERB", "AUX") for t in lead) and not span[0].is_sent_start:
            return False
        last = before.split(" ")[-1]
        if (last == ":" or last in self._by) and any(word in before for word in self._by):
            return len(lead) <= 8
        return span.start <= 10 and bool(lead) and lead.text.lower().startswith(self._signing)

    def _end(self, doc: Doc, start: int, taken: dict[int, Named]) -> int:
        """Where a run of capitalised words that may name a person ends; `start` where there is none."""
        end, fresh = start, False
        while end < len(doc) and end - start < 7:
            token, known = doc[end], taken.get(end)
            if known is not None and (known.kind not in _HOMONYMS or known.form.value in ("adjective", "prefix")):
                return start
            glued = end > start and (token.text == "-" or doc[end - 1].text == "-")
            particle = end > start and (token.lower_ in self._inner or token.text in self._articles)
            if not glued and not particle and not self._is_name(token):
                break
            fresh = fresh or known is None
            end += 1
        while end > start and (doc[end - 1].text == "-" or doc[end - 1].text in self._inner | self._articles):
            end -= 1
        return end if fresh else start

    def _is_name(self, token: Token) -> bool:
        text = token.text
        if token.pos_ in ("ADP", "DET", "PRON", "CCONJ", "SCONJ", "ADV", "AUX"):
            return False
        return (
            text[0].isupper()
            and len(text) > 1
            and (text.replace("-", "").replace("'", "").isalpha())
            and not ((text.isupper() and len(text) > 1) or fold_word(text) in self._common)
        )

    def _is_introduced(self, doc: Doc, start: int, end: int) -> bool:
        title = doc[start - 1] if start else None
        words = sum(t.is_capital for t in doc[start:end])
        if title is not None and title.text.rstrip(".") in self._forms:
            return len(doc[start].text) > 2
        if words < 2 or (doc[start].is_sent_start and title is not None and title.text not in (".", "»", '"')):
            return False
        if title is not None and self._is_role(title) and title.text.islower():
            return True
        after = doc[end : end + 4]
        closed = len(after) > 0 and after[0].text == ","
        if closed and any(self._is_role(t) for t in after[1:3]) and not (title is not None and title.pos_ == "ADP"):
            return True
        return closed and title is not None and title.text == "," and self._has_role(doc, start - 1)

    def _is_role(self, token: Token) -> bool:
        return token.lower_ in self._roles or token.lower_lemma in self._roles

    def _has_role(self, doc: Doc, comma: int) -> bool:
        """Whether the words before a comma are a role with its complements: "le maire de V,"."""
        for index in range(comma - 1, max(doc[comma].sent.start - 1, comma - _REACH), -1):
            token = doc[index]
            if token.pos_ in ("VERB", "AUX") or token.is_punct or Kind.AND in token.kinds:
                return False
            if self._is_role(token) and token.pos_ == "NOUN":
                return True
        return False
