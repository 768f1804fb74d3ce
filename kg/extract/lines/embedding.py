"""What the model makes of a word by itself, remembered.

Each part of the model that reads words begins with a vector of each, made of its form alone: its embedding. Only what comes after
that looks at the words around. Most words of a text were met before, and so were their vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy
from spacy.attrs import NORM, ORTH, SPACY
from spacy.tokens import Doc
from thinc.api import Model

_READ = [ORTH, NORM, SPACY]
"""All that an embedding rests on: the form, the one that the tokenizer takes it for, and whether a blank follows."""
_MOST = 40_000
"""So many words are remembered, in 15 MB for each part of the model."""
_REF = "embed"
"""Under this name a part of the model keeps its embedding."""
_Word = tuple[int, ...]


class Embedding:
    """The embedding of one part of a model, whose vectors have this width."""

    def __init__(self, embed: Model[Any, Any], width: int, most: int = _MOST) -> None:
        self._embed = embed
        self._most = most
        self._rows: dict[_Word, int] = {}
        self._vectors = numpy.empty((most, width), dtype="float32")

    def __len__(self) -> int:
        return len(self._rows)

    def of(self, docs: Sequence[Doc]) -> list[Any]:
        """The vectors of the words of lines, an array for each line."""
        asked = [list(zip(*doc.to_array(_READ).T.tolist(), strict=True)) for doc in docs]
        words = {word for line in asked for word in line}
        if not words <= self._rows.keys() and not self._learn(words, docs):
            return list(self._embed.predict(docs))
        rows = self._rows
        return [self._vectors[[rows[word] for word in line]] for line in asked]

    def _learn(self, words: Collection[_Word], docs: Sequence[Doc]) -> bool:
        """Take in these words, in place of all others where there is no room left; False where there is none even so."""
        if len(words) > self._most:
            return False
        new = [word for word in words if word not in self._rows]
        if len(self) + len(new) > self._most:
            self._rows.clear()
            new = list(words)
        forms, norms, blanks = zip(*new, strict=True)
        vocab = docs[0].vocab
        alone = Doc(vocab, [vocab.strings[form] for form in forms], list(map(bool, blanks)))
        alone.from_array([NORM], numpy.array(norms, dtype="uint64"))  # type: ignore[arg-type]
        begin = len(self)
        self._vectors[begin : begin + len(new)] = self._embed.predict([alone])[0]
        self._rows.update(zip(new, range(begin, begin + len(new)), strict=True))
        return True


def remember(model: Model[Any, Any]) -> None:
    """Let a model, which is not to be trained, remember the vectors of words wherever it embeds them."""
    for part in list(model.walk()):
        if part.has_ref(_REF):
            embed = part.get_ref(_REF)
            part.layers[part.layers.index(embed)] = _remembered(embed, part.get_dim("nO"))


def _remembered(embed: Model[Any, Any], width: int) -> Model[Any, Any]:
    known = Embedding(embed, width)

    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Callable[[Any], Any]]:
        return known.of(docs), lambda _: []

    return Model("remembered", forward, layers=[embed])
