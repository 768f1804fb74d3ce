"""The names around a trigger: those of its clause, without those of a phrase that only names who says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from kg.extract.clauses.syntax import Syntax
from kg.extract.events.triggers import Match
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.parse import Span as Tokens
from kg.extract.lines.parse import Token
from kg.extract.naming.names import Named
from kg.extract.reading import Line
from kg.extract.saying.sources import Sourcing

_STOPS = frozenset({";", ":"})
_MARKS = frozenset({",", "(", ")", "—", "–"})
"""What ends a phrase inside a clause."""


def _tells(token: Token, trigger: Token) -> bool:
    """Whether an auxiliary right behind a comma or a quotation begins what someone says of all this: "…, a fait savoir X"."""
    opens = token.i > 0 and token.doc[token.i - 1].text in (",", "»")
    return opens and token.dep_.startswith("aux") and token.head != trigger and "Fin" in token.morph.get("VerbForm", [])


class Clause:
    """The names around a trigger, found when they are first asked for and then kept for its other roles."""

    def __init__(self, find: Callable[[], tuple[list[Named], list[Named]]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> tuple[list[Named], list[Named]]:
        return self._find()

    @property
    def after(self) -> list[Named]:
        """The names after the trigger."""
        return self._found[0]

    @property
    def all(self) -> list[Named]:
        """The names after it, then those before it."""
        return [*self._found[0], *self._found[1]]


class Nearby:
    """Finds the names of the clauses around triggers."""

    def __init__(self, syntax: Syntax, words: Reporting) -> None:
        self._syntax = syntax
        self._sourcing = Sourcing(words, syntax)
        self._line: Line | None = None
        self._known: dict[tuple[int, int, frozenset[int]], Clause] = {}

    def clause(self, match: Match, line: Line, barriers: set[int]) -> Clause:
        """The names around a trigger; `barriers` are the tokens of others, whose names are beyond them.

        Several frames ask after the same words of a line, which are read one after the other.
        """
        if line is not self._line:
            self._line, self._known = line, {}
        asked = match.token.i, match.end, frozenset(barriers)
        if asked not in self._known:
            self._known[asked] = Clause(lambda: self._names(match, line, barriers))
        return self._known[asked]

    def _names(self, match: Match, line: Line, barriers: set[int]) -> tuple[list[Named], list[Named]]:
        """The names of the clause, nearest first: after the trigger, and before it."""
        token, sentence = match.token, match.token.sent
        first, last = sentence.start, self._sourced(sentence, match.end)
        if self._is_fronted(token):
            return [n for n in line.names if match.end <= n.start < last], []
        end = match.end
        while end < last and not self.closes(line.doc[end], barriers) and not _tells(line.doc[end], token):
            end += 1
        after = [n for n in line.names if match.end <= n.start < end]
        start = token.i
        others = barriers - {token.i}
        while start > first and not self.closes(line.doc[start - 1], others):
            start -= 1
        return after, [n for n in reversed(line.names) if start <= n.start and n.end <= token.i]

    def _sourced(self, sentence: Tokens, start: int) -> int:
        """Where in a sentence behind a token its first source is named, or where it ends: "…, selon le porte-parole de X, Y"."""
        for match in self._sourcing.find(sentence.text):
            span = sentence.doc.around(sentence.start_char + match.start(), sentence.start_char + match.end())
            if span is not None and span[0].i >= start:
                return span[0].i
        return sentence.end

    def is_sources(self, named: Named, sentence: Tokens) -> bool:
        """Whether a name stands in such a phrase, up to the next comma."""
        begin = self._sourced(sentence, sentence.start)
        return begin < named.start and not any(t.text in _MARKS for t in sentence.doc[begin : named.start])

    def is_described(self, token: Token) -> bool:
        """Whether a passive participle only describes the noun before it, which undergoes what it tells: "les sites visés par X"."""
        return (
            self._syntax.is_participle(token)
            and token.dep_ in ("acl", "amod")
            and token.head.i < token.i
            and not any(c.dep_.startswith("aux") for c in token.children)
        )

    def _is_fronted(self, token: Token) -> bool:
        """Whether a participle opens the sentence, so that what it qualifies is still to come: "Conclu à Rome, le traité …"."""
        before = token.doc[token.sent.start : token.i]
        return (
            self._syntax.is_participle(token)
            and self._syntax.is_passive(token)
            and not any(t.pos_ in ("NOUN", "PRON", "AUX") and t.dep_.startswith("nsubj") for t in before)
            and (len(before) == 0 or before[0].pos_ in ("VERB", "PUNCT") or self._syntax.is_participle(before[0]))
        )

    def closes(self, token: Token, barriers: set[int]) -> bool:
        """Whether a token ends the clause around a trigger: another trigger, a finite verb, a conjunction."""
        if token.i in barriers or Kind.CLOSES in token.kinds or token.text in _STOPS:
            return True
        return is_finite(token)


def is_finite(token: Token) -> bool:
    """Whether a token is the finite verb of a clause, and no auxiliary."""
    return (
        token.pos_ in ("VERB", "AUX")
        and "Fin" in token.morph.get("VerbForm", ())
        and token.dep_ not in ("aux:tense", "aux:pass", "aux")
    )
