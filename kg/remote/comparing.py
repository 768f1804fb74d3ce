"""Whether a server answers as a snapshot does: all saved questions asked of both, as they stand.

Rows are compared as bags: their order among equals is no server's duty. Values are compared, not their writing: 0.90 is 0.9, and a truth
value that comes back as 1 or 0 is the same.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.errors import KgError
from kg.namespaces import PREFIXES, XSD
from kg.query import Question, bind
from kg.query.names import text_of
from kg.store.quads import Quads

_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "boolean"))
_TRUTH = {"true": "1", "false": "0"}
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, asked here and there."""

    question: str
    rows: int
    """Here."""
    only_here: int
    """Rows that the server does not give."""
    only_there: int
    """Rows that it gives and the snapshot does not."""
    example: str
    """The first row that only one of them gives; empty where there is none."""
    error: str
    """Why the server did not answer; empty where it did."""
    here_ms: float
    there_ms: float

    @property
    def same(self) -> bool:
        """Whether both gave the same rows."""
        return not (self.only_here or self.only_there or self.error)


def compare(here: Quads, there: Quads, questions: Mapping[str, Question]) -> Iterator[Outcome]:
    """What became of each question, with its defaults, in their order."""
    for question in questions.values():
        yield _outcome(here, there, question)


def _outcome(here: Quads, there: Quads, question: Question) -> Outcome:
    text = bind(question, {})
    ours, here_ms = _asked(here, text)
    begin = time.perf_counter()
    try:
        theirs, there_ms = _asked(there, text)
    except KgError as error:
        spent = (time.perf_counter() - begin) * 1000
        return Outcome(question.id, ours.total(), 0, 0, "", error.problem, here_ms, spent)
    missing, extra = ours - theirs, theirs - ours
    first = min(missing or extra, default=())
    return Outcome(question.id, ours.total(), missing.total(), extra.total(), " | ".join(first), "", here_ms, there_ms)


def _asked(store: Quads, text: str) -> tuple[Counter[Cells], float]:
    """The rows of a question, and how many milliseconds they took."""
    begin = time.perf_counter()
    found = store.query(text, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    rows = Counter(tuple(_cell(row[name]) for name in names) for row in found)
    return rows, (time.perf_counter() - begin) * 1000


def _cell(term: object) -> str:
    """A term so that equal values are equal."""
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        try:
            return f"{Decimal(_TRUTH.get(term.value, term.value)).normalize():f}"
        except InvalidOperation:
            return term.value
    if isinstance(term, ox.Literal) and term.language:
        return f"{term.value}@{term.language.lower()}"
    return str(term) if isinstance(term, ox.NamedNode) else text_of(term)
