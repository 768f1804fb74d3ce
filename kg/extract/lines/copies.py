"""Copies what spaCy made of a line into the plain objects of kg/extract/lines/parse.py."""

from __future__ import annotations

import sys

from spacy import attrs, tokens
from spacy.vocab import Vocab

from kg.extract.lexicon.function_words import FunctionWords
from kg.extract.lines.moods import Moods
from kg.extract.lines.parse import Doc, Form, Lemma, Span, Token
from kg.extract.words import fold_word


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


class Parses:
    """Copies parses of one model, whose language has these function words and moods."""

    def __init__(self, vocab: Vocab, words: FunctionWords, moods: Moods) -> None:
        self._vocab = vocab
        self._moods = moods
        self._strings = _Strings(vocab)
        self._lemmas = _Lemmas(self._strings)
        self._forms = _Forms(vocab, words)
        self._features: dict[int, dict[str, tuple[str, ...]]] = {}

    def copy(self, parsed: tokens.Doc) -> Doc:
        """The copy of a parse."""
        doc = Doc(parsed.text, self._moods)
        strings, lemmas, forms = self._strings, self._lemmas, self._forms
        rows = parsed.to_array([attrs.ORTH, attrs.LEMMA, attrs.POS, attrs.DEP, attrs.MORPH]).tolist()
        for i, (orth, lemma, pos, dep, morph) in enumerate(rows):
            doc.append(Token(doc, i, forms[orth], lemmas[lemma], strings[pos], strings[dep], self._morph(morph)))
        self._place(doc, parsed)
        self._attach(doc, parsed)
        self._bound(doc, parsed)
        return doc

    def _morph(self, key: int) -> dict[str, tuple[str, ...]]:
        """The features of a key: "VerbForm" to ("Inf",)."""
        known = self._features.get(key)
        if known is None:
            pairs = [pair.split("=", 1) for pair in self._vocab.strings[key].split("|") if "=" in pair]
            known = self._features[key] = {name: tuple(values.split(",")) for name, values in pairs}
        return known

    def _place(self, doc: Doc, parsed: tokens.Doc) -> None:
        """Where in the line each token begins."""
        begin = 0
        for token, blank in zip(doc, parsed.to_array(attrs.SPACY).tolist(), strict=True):
            token.idx = begin
            doc.begins.append(begin)
            begin += len(token.text) + blank

    def _attach(self, doc: Doc, parsed: tokens.Doc) -> None:
        """Heads and what they govern."""
        distances = parsed.to_array(attrs.HEAD).astype("int64").tolist()
        for token, distance in zip(doc, distances, strict=True):
            token.head = doc[token.i + distance]
        doc.attach()

    def _bound(self, doc: Doc, parsed: tokens.Doc) -> None:
        """Sentences."""
        doc.sents = tuple(Span(doc, sentence.start, sentence.end) for sentence in parsed.sents)
        for sentence in doc.sents:
            for token in sentence.tokens:
                token.sent = sentence
            sentence.tokens[0].is_sent_start = sentence.tokens[-1].is_sent_end = True
