"""What the model's `ner` is asked for: never more than what may matter, and never another answer for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from kg.extract import Extractor
from kg.extract.lexicon import load
from kg.extract.lines.copies import Parses
from kg.extract.lines.moods import Moods
from kg.extract.lines.parse import Doc, Span
from kg.extract.lines.pipeline import load_language
from kg.extract.lines.recognition import Recognition
from kg.extract.lines.sentences import SENTENCE_RULES, Sentences
from kg.extract.naming.names import Named
from kg.extract.naming.recognised import Recognised
from kg.model import Document
from kg.settings import ROOT

ARTICLES = sorted((ROOT / "tests" / "articles" / "open" / "texts").glob("*.txt"))
LINES = (
    "Le navire a quitté Karsholm mardi. Anders Lindqvist, qui dirige la Fondation Norrland, n'a rien dit. Il pleuvait. "
    "Jeanne Kervella est arrivée à Ploumanec'h avec deux officiers du groupe Hélios.",
    "Rien n'est signé. Personne ne parle.",
    "Au siège de la Fondation Norrland, Pavel Dvorsky attend.",
)
TITLED = "Le chancelier Dvorsky a inspecté les frégates."


@pytest.fixture
def docs() -> list[Doc]:
    nlp = load_language("fr")
    words = load(ROOT / "ontology" / "lexicon" / "fr")
    cutter: Any = nlp.get_pipe(SENTENCE_RULES)
    cutter.learn(Sentences(words.lines))
    parses = list(nlp.pipe(LINES, disable=["ner"]))
    copied = Parses(nlp.vocab, words.function, Moods(words.moods, words.forms))
    copies = [copied.copy(parse) for parse in parses]
    Recognition(nlp).over(parses, copies)
    return copies


def whole() -> list[list[tuple[str, str]]]:
    """What `ner` finds in whole lines."""
    return [[(entity.text, entity.label_) for entity in doc.ents] for doc in load_language("fr").pipe(LINES)]


def noted(docs: list[Doc]) -> list[list[tuple[str, str]]]:
    return [[(name.text, name.label_) for s in doc.sents for name in doc.recognised.get(s.start, ())] for doc in docs]


def test_sentence_by_sentence_finds_what_the_whole_line_does(docs: list[Doc]) -> None:
    for sentence in (sentence for doc in docs for sentence in doc.sents):
        sentence.doc.recognise([sentence])
    assert noted(docs) == whole()
    assert sum(map(len, whole())) > 5


def test_sentences_asked_for_together_are_told_apart(docs: list[Doc]) -> None:
    asked = [doc.sents[i] for doc, places in zip(docs, ((0, 1, 3), (1,), (0,)), strict=True) for i in places]
    docs[0].recognise(asked)
    assert [sorted(doc.recognised) for doc in docs] == [[s.start for s in asked if s.doc is doc] for doc in docs]
    assert noted(docs) == whole()


def test_a_word_is_recognised_when_it_is_asked_after(docs: list[Doc]) -> None:
    line = docs[0]
    name, verb = (next(token for token in line if token.text == text) for text in ("Lindqvist", "dirige"))
    assert (line.recognised_as(name), line.recognised_as(verb)) == ("PER", "")
    assert list(line.recognised) == [line.sents[1].start]


def every_sentence(_: Recognised, doc: Doc, names: Iterable[Named]) -> Iterator[Span]:
    return iter(doc.sents)


@pytest.mark.parametrize("text", [*(p.read_text(encoding="utf-8") for p in ARTICLES[::7]), TITLED])
def test_no_answer_that_matters_is_left_unasked(
    text: str, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sparing = extractor.extract(Document("article", text, "article"))
    monkeypatch.setattr(Recognised, "awaited", every_sentence)
    assert extractor.extract(Document("article", text, "article")) == sparing
