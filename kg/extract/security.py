"""Whether a sentence speaks of arms, military or security matters, and whether its document does."""

from __future__ import annotations

from spacy.tokens import Span

from kg.extract.lexicon import SecurityWords
from kg.extract.reading import Line
from kg.extract.words import fold_word

_ABOUT = frozenset({"WeaponSystem", "WeaponCategory", "Treaty", "Conflict"})


class Security:
    """Scores sentences; frames of general words ("rencontrer", "accuser") need the context of security."""

    def __init__(self, words: SecurityWords) -> None:
        self._stems = tuple(words.stems)
        self._words = words.words

    def weight(self, sentence: Span, line: Line) -> int:
        """How many words and names of a sentence speak of arms, military or security matters."""
        hits = sum(self._is_about(fold_word(t.text)) for t in sentence if t.is_alpha or "-" in t.text)
        names = sum(n.kind in _ABOUT for n in line.names if sentence.start <= n.start < sentence.end)
        return hits + 2 * names

    def _is_about(self, word: str) -> bool:
        return word in self._words or word.startswith(self._stems)
