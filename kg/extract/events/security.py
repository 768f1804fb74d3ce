"""Whether a sentence speaks of arms, military or security matters, and whether its document does."""

from __future__ import annotations

from kg.extract.lexicon.clause_words import SecurityWords
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line

_ABOUT = frozenset({"WeaponSystem", "WeaponCategory", "Treaty", "Conflict", "Company", "ArmedGroup"})
"""Classes of which a name alone shows it; the companies of the reference make arms."""

_UNSURE = frozenset({"pattern:agreement", "pattern:body", "named before"})
"""How names were found that need not be of the field: firms that only the text knows may make anything."""


class Security:
    """Scores sentences; frames of general words ("rencontrer", "accuser") need the context of security."""

    def __init__(self, words: SecurityWords) -> None:
        self._stems = tuple(words.stems)
        self._words = words.words
        self._after_of = words.after_of

    def weight(self, sentence: Span, line: Line) -> int:
        """How many words and names of a sentence speak, by themselves, of arms, military or security matters."""
        hits = {t.i for t in sentence if self._is_about(t)}
        named = (n for n in line.names if n.kind in _ABOUT and n.rule not in _UNSURE)
        hits |= {n.start for n in named if sentence.start <= n.start < sentence.end}
        return len(hits)

    def _is_about(self, token: Token) -> bool:
        if token.text == "Défense" and not token.is_sent_start:
            return True
        word = token.folded
        if word in self._after_of:
            return token.i > 0 and token.doc[token.i - 1].lower_ in ("de", "d'", "la")
        return word in self._words or word.startswith(self._stems)
