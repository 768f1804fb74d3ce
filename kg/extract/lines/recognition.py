"""What the model's `ner` takes for names, asked sentence by sentence.

Of all parts of the model it is the dearest, and most sentences hold no word that only it could explain. So it reads those for which it
is asked, and finds in them what it would find in the whole line: no name of its goes beyond a sentence, and of what stands around
a word it sees few others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from spacy import attrs, tokens
from spacy.language import Language

from kg.extract.lines.parse import Doc, Span

_SEEN = [attrs.NORM, attrs.SENT_START]
"""What `ner` reads of a token besides its form."""
_COMPONENT = "ner"


class Recognition:
    """The `ner` of one model."""

    def __init__(self, nlp: Language) -> None:
        self._ner: Any = nlp.get_pipe(_COMPONENT)
        encoder = nlp.config["components"][_COMPONENT]["model"]["tok2vec"]["encode"]
        self._sight = encoder["depth"] * encoder["window_size"]
        """How many tokens on either side decide what it makes of one."""

    def over(self, parses: Sequence[tokens.Doc], docs: Sequence[Doc]) -> None:
        """Let the copies of these parses of one document ask it, all together."""
        by_copy = dict(zip(map(id, docs), parses, strict=True))

        def recognise(sentences: Iterable[Span]) -> None:
            asked = [
                (run, *self._window(run, by_copy[id(run[0].doc)]))
                for _, of_one in groupby(sentences, key=lambda sentence: id(sentence.doc))
                for run in _runs(of_one)
            ]
            for _ in self._ner.pipe([window for _, window, _ in asked]):
                pass
            for run, window, offset in asked:
                _note(run, window, offset)

        for doc in docs:
            doc.recognise = recognise

    def _window(self, run: Sequence[Span], parse: tokens.Doc) -> tuple[tokens.Doc, int]:
        """The sentences with as many words around them as `ner` sees, and the token at which that begins."""
        start, end = max(0, run[0].start - self._sight), min(len(parse), run[-1].end + self._sight)
        blanks = parse.to_array(attrs.SPACY)[start:end].astype(bool).tolist()
        window = tokens.Doc(parse.vocab, [t.text for t in run[0].doc[start:end]], blanks)
        window.from_array(_SEEN, parse.to_array(_SEEN)[start:end])  # type: ignore[arg-type]
        return window, start


def _runs(sentences: Iterable[Span]) -> Iterator[list[Span]]:
    """Sentences of one line that follow each other, together."""
    run: list[Span] = []
    for sentence in sentences:
        if run and run[-1].end != sentence.start:
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def _note(run: Sequence[Span], window: tokens.Doc, offset: int) -> None:
    """Tell the copy what was found in its sentences."""
    doc = run[0].doc
    found = [Span(doc, entity.start + offset, entity.end + offset, entity.label_) for entity in window.ents]
    for sentence in run:
        doc.recognised[sentence.start] = [e for e in found if sentence.start <= e.start < sentence.end]
