"""Copies what spaCy made of a line into the plain objects of kg/extract/lines/parse.py."""

from __future__ import annotations

import sys
from itertools import pairwise

from spacy import attrs, tokens
from spacy.vocab import Vocab

from kg.extract.lexicon.function_words import FunctionWords
from kg.extract.lines.moods import Moods
from kg.extract.lines.parse import Doc, Form, Lemma, Span, Token
from kg.extract.words import fold_word

_COPIED = [attrs.ORTH, attrs.LEMMA, attrs.POS, attrs.DEP, attrs.MORPH, attrs.SPACY]


class _Strings(dict[int, str]):
    """The strings of a model by their keys, each made once: those that are the same object are compared at once."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._vocab = vocab

    def __missing__(self, key: int) -> str:
        self[key] = made = sys.intern(self._vocab.strings[key])
        return made


class _Lemmas(dict[int, Lemma]):
    """The lemmas of a model by their keys."""

    def __init__(self, strings: _Strings) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, key: int) -> Lemma:
        text = self._strings[key]
        self[key] = made = Lemma(text, sys.intern(text.lower()), sys.intern(fold_word(text)))
        return made


class _Forms(dict[int, Form]):
    """The forms of a model by their keys."""

    def __init__(self, vocab: Vocab, words: FunctionWords) -> None:
        super().__init__()
        self._vocab = vocab
        self._words = words

    def __missing__(self, key: int) -> Form:
        lexeme = self._vocab[key]
        self[key] = made = Form(
            sys.intern(lexeme.text),
            sys.intern(lexeme.lower_),
            sys.intern(fold_word(lexeme.text)),
            lexeme.text[0].isupper(),
            lexeme.is_alpha,
            lexeme.is_punct,
            lexeme.is_space,
            lexeme.like_num,
            self._words.kinds_of(lexeme.lower_),
        )
        return made


class _Features(dict[int, dict[str, tuple[str, ...]]]):
    """The features of a model's forms by their keys: "VerbForm" to ("Inf",)."""

    def __init__(self, strings: _Strings) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, key: int) -> dict[str, tuple[str, ...]]:
        pairs = [pair.split("=", 1) for pair in self._strings[key].split("|") if "=" in pair]
        self[key] = made = {name: tuple(values.split(",")) for name, values in pairs}
        return made


class Parses:
    """Copies parses of one model, whose language has these function words and moods."""

    def __init__(self, vocab: Vocab, words: FunctionWords, moods: Moods) -> None:
        self._vocab = vocab
        self._moods = moods
        self._strings = _Strings(vocab)
        self._lemmas = _Lemmas(self._strings)
        self._forms = _Forms(vocab, words)
        self._features = _Features(self._strings)

    def copy(self, parsed: tokens.Doc) -> Doc:
        """The copy of a parse."""
        doc = Doc(parsed.text, self._moods)
        strings, lemmas, forms, features = self._strings, self._lemmas, self._forms, self._features
        rows = parsed.to_array(_COPIED).tolist()
        begin = 0
        for i, (orth, lemma, pos, dep, morph, blank) in enumerate(rows):
            token = Token(doc, i, forms[orth], lemmas[lemma], strings[pos], strings[dep], features[morph])
            token.idx = begin
            begin += len(token.text) + blank
            doc.append(token)
        doc.begins = [token.idx for token in doc]
        self._attach(doc, parsed)
        self._bound(doc, parsed)
        return doc

    def _attach(self, doc: Doc, parsed: tokens.Doc) -> None:
        """Heads and what they govern."""
        distances = parsed.to_array(attrs.HEAD).astype("int64").tolist()
        for token, distance in zip(doc, distances, strict=True):
            token.head = doc[token.i + distance]
        doc.attach()

    def _bound(self, doc: Doc, parsed: tokens.Doc) -> None:
        """Sentences."""
        starts = [i for i, opens in enumerate(parsed.to_array(attrs.SENT_START).tolist()) if opens == 1 or not i]
        doc.sents = tuple(Span(doc, start, end) for start, end in pairwise([*starts, len(doc)]))
        for sentence in doc.sents:
            for token in sentence.tokens:
                token.sent = sentence
            sentence.tokens[0].is_sent_start = sentence.tokens[-1].is_sent_end = True
