"""Sentence boundaries by rule, so that the parser keeps to them."""

from __future__ import annotations

import re

import numpy
from spacy.attrs import IDX, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.lexicon.name_words import LineWords

SENTENCE_RULES = "sentence_rules"
"""The name of the component."""

_LONGEST = 12
"""So far before a full stop its abbreviation begins."""
_END = re.compile(r"[.!?…]+(?:\s*[»\"”)])*(?=\s)")


class Sentences:
    """Cuts lines of one language into sentences."""

    def __init__(self, words: LineWords) -> None:
        self._datelines = [re.compile(each) for each in words.datelines]
        listed = "|".join(map(re.escape, words.abbreviations))
        self._abbreviations = re.compile(rf"(?:(?<!\w-)\b(?:{listed}|[A-Z]))\.$")

    def starts(self, text: str) -> list[int]:
        """The character offsets at which sentences of one line begin, the first of them 0.

        A sentence ends at . ! ? … with the quotation marks that close there, unless an abbreviation, an initial or a
        following lower-case letter says otherwise; a dateline is apart from the first.
        """
        dateline = next((m for each in self._datelines if (m := each.match(text)) is not None), None)
        starts = [0, dateline.end()] if dateline is not None else [0]
        for match in _END.finditer(text):
            before = text[: match.start() + 1]
            after = text[match.end() :].lstrip()
            opening = after.lstrip('«"“( -–—')
            if not opening or opening[0].islower():
                continue
            if match.group().startswith(".") and self._abbreviations.search(before[-_LONGEST:]):
                continue
            starts.append(len(text) - len(after))
        return starts


class SentenceRules:
    """The component that sets a boundary, or none, on every token, so that the parser keeps to them."""

    _sentences: Sentences | None = None

    def learn(self, sentences: Sentences) -> None:
        """Take what cuts the lines of a language; before that, the parser sets the boundaries."""
        self._sentences = sentences

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its boundaries."""
        if self._sentences is None:
            return doc
        starts = set(self._sentences.starts(doc.text))
        marks = numpy.full(len(doc), -1, dtype="int64")
        carried = False
        for i, (begin, blank) in enumerate(doc.to_array([IDX, IS_SPACE]).tolist()):
            begins = begin in starts or carried
            carried = begins and blank and i > 0
            if i == 0 or (begins and not blank):
                marks[i] = 1
        doc.from_array([SENT_START], marks.reshape(-1, 1).astype("uint64"))  # type: ignore[arg-type]
        return doc


@Language.factory(SENTENCE_RULES)
def sentence_rules(nlp: Language, name: str) -> SentenceRules:
    """The component; the lexicon gives it its words."""
    return SentenceRules()
