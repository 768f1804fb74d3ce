"""Sentence boundaries by rule, so that the parser keeps to them."""

from __future__ import annotations

import re

import numpy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

SENTENCE_RULES = "sentence_rules"
"""The name of the component."""

_ABBREVIATIONS = re.compile(
    r"(?:(?<!\w-)\b(?:M|MM|Mme|Mlle|Dr|Pr|St|Ste|Gal|Cl|av|apr|env|etc|art|p|no|vol|J\.-C|janv|févr|avr|juil|sept|oct|nov|déc|cf|ex|vs|op|cit|U\.S|[A-Z]))\.$"
)
_DATELINE = re.compile(
    r"\s*[^\W\d_a-zà-ÿ][^\Wa-zà-ÿ]+(?:[ '/-][^\Wa-zà-ÿ]+)*(?:,[^()]{3,30})? ?\([^\W\d_][^()]{1,30}\) ?[-–—] (?=\S)"
)
"""A place in capitals and an agency, before the first sentence of a report: "VIENNE (AFP) - "."""
_DAY = r"(?:(?:le )?(?:[a-z]{5,8} )?\d{1,2}(?:er)? [a-zà-ÿ]{3,9}\.?(?: \d{4})?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
_DATED = re.compile(
    r"\s*[^\W\d_a-zà-ÿ][\w'’-]+(?:[ '/-](?:d[eu] )?[^\W\d_a-zà-ÿ][\w'’-]*){0,3}(?: ?\([^()]{2,30}\)(?: ?[-–—])?|,| ?[-–—]) "
    + _DAY
    + r"(?:,? (?:à )?\d{1,2} ?[h:] ?\d{0,2})?(?: ?\([^()]{2,30}\))? ?[-–—] (?=\S)"
)
"""A place with a day, and perhaps an agency: "Riga, 3 mars 2024 – ", "Lima (AFP) - 03/03/2024 18h41 - "."""
_END = re.compile(r"[.!?…]+(?:\s*[»\"”)])*(?=\s)")


def sentence_starts(text: str) -> list[int]:
    """The character offsets at which sentences of one line begin, the first of them 0.

    A sentence ends at . ! ? … with the quotation marks that close there, unless an abbreviation, an initial or a
    following lower-case letter says otherwise; a dateline is apart from the first.
    """
    dateline = _DATELINE.match(text) or _DATED.match(text)
    starts = [0, dateline.end()] if dateline else [0]
    for match in _END.finditer(text):
        before = text[: match.start() + 1]
        after = text[match.end() :].lstrip()
        opening = after.lstrip('«"“( -–—')
        if not opening or opening[0].islower():
            continue
        if match.group().startswith(".") and _ABBREVIATIONS.search(before[-12:]):
            continue
        starts.append(len(text) - len(after))
    return starts


@Language.component(SENTENCE_RULES)
def sentence_rules(doc: Doc) -> Doc:
    """Set a boundary, or none, on every token, so that the parser keeps to them."""
    starts = set(sentence_starts(doc.text))
    marks = numpy.full(len(doc), -1, dtype="int64")
    carried = False
    for token in doc:
        begins = token.idx in starts or carried
        carried = begins and token.is_space and token.i > 0
        if token.i == 0 or (begins and not token.is_space):
            marks[token.i] = 1
    doc.from_array([SENT_START], marks.reshape(-1, 1).astype("uint64"))  # type: ignore[arg-type]
    return doc
