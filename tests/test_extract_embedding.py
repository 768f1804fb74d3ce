"""What is spared of the model's work: vectors of words that it made before, and tags that nothing reads."""

from __future__ import annotations

from typing import Any

import numpy
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.lines.embedding import Embedding
from kg.extract.lines.pipeline import load_language, load_model

LINES = (
    "Le navire a quitté Karsholm mardi, et le navire revient.",
    "L'usine de Ploumanec'h  livre  des S-400 : 12 % du total…",
    "Le navire a quitté Karsholm jeudi, et un navire revient.",
)
SET_IN = "  Karsholm  a  livré  \t des chars ."
"""Its first blank is the root of the parse, which the ruler makes a dependent."""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_language("fr")


@pytest.fixture
def docs(nlp: Language) -> list[Doc]:
    return [nlp.make_doc(line) for line in LINES]


@pytest.fixture(params=["tok2vec", "ner"])
def embed(nlp: Language, request: pytest.FixtureRequest) -> Any:
    """The embedding of one part of the model, as it was installed."""
    model: Any = nlp.get_pipe(request.param)
    return next(part for part in model.model.walk() if part.has_ref("embed")).get_ref("embed")


def same(one: list[Any], other: list[Any]) -> bool:
    return all(map(numpy.array_equal, one, other)) and len(one) == len(other)


def test_what_is_remembered_is_what_the_model_made(embed: Any, docs: list[Doc]) -> None:
    known, made = Embedding(embed, 96), embed.predict(docs)
    assert same(known.of(docs), made)
    assert same(known.of(docs[1:]), made[1:])


class Noting:
    """An embedding that notes for which words it is asked, with the blanks behind them."""

    def __init__(self, embed: Any) -> None:
        self._embed = embed
        self.asked: list[str] = []

    def predict(self, lines: list[Doc]) -> Any:
        self.asked += words(lines)
        return self._embed.predict(lines)


def words(lines: list[Doc]) -> list[str]:
    return [token.text + token.whitespace_ for line in lines for token in line]


def test_no_word_is_asked_for_twice(embed: Any, docs: list[Doc]) -> None:
    noting: Any = Noting(embed)
    known = Embedding(noting, 96)
    for each in docs:
        known.of([each])
    assert sorted(noting.asked) == sorted(set(words(docs)))


def test_what_is_full_begins_anew_and_what_is_too_small_is_not_used(embed: Any, docs: list[Doc]) -> None:
    made = embed.predict(docs)
    small, tiny = Embedding(embed, 96, most=20), Embedding(embed, 96, most=3)
    for _ in range(2):
        assert same([*small.of(docs[:1]), *small.of(docs[1:2])], made[:2])
    assert same(tiny.of(docs), made)
    assert (0 < len(small) <= 20, len(tiny)) == (True, 0)


def test_blanks_are_mended_as_the_installed_model_does(nlp: Language) -> None:
    told = [[(t.text, t.pos_, str(t.morph), t.dep_) for t in each(SET_IN)] for each in (nlp, load_model("fr"))]
    blanks = [[word for word in line if word[0].isspace()] for line in told]
    assert blanks[0] == blanks[1]
    assert {(word[1], word[3]) for word in blanks[0]} == {("SPACE", "dep")}
