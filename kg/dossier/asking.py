"""The queries of a dossier and its notes: each query is run once and numbered, each source is noted once."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.dossier.records import Asked, Note
from kg.namespaces import PREFIXES
from kg.query import bind, questions
from kg.store.quads import Quads

Row = dict[str, str]


class Asking:
    """Runs saved queries of ontology/queries/explorer and keeps what was asked.

    Raises OntologyError where a saved query is wrong.
    """

    def __init__(self, store: Quads, ontology: Path, language: str) -> None:
        self._store = store
        self._language = language
        self._known = questions(ontology / "queries" / "explorer")
        self.asked: list[Asked] = []

    def rows(self, query: str, **values: str) -> tuple[int, list[Row]]:
        """The number of the query, and its rows with what is bound in them; values are IRIs."""
        question = self._known[query]
        text = bind(question, {name: f"<{value}>" for name, value in values.items()})
        solutions = self._store.query(text, prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        rows = [{name: _text(term) for name in names if (term := row[name]) is not None} for row in solutions]
        number = len(self.asked) + 1
        self.asked.append(Asked(number, question.title[self._language], text.strip(), len(rows)))
        return number, rows


class Notes:
    """The notes of a dossier, numbered as they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, tuple[tuple[str, str], ...]], int] = {}

    def cite(self, query: int, **fields: str) -> int:
        """The number of the note with these fields of `Note`."""
        return self._numbers.setdefault((query, tuple(sorted(fields.items()))), len(self._numbers) + 1)

    def all(self) -> tuple[Note, ...]:
        """Every note, in the order of the numbers."""
        return tuple(Note(number, query, **dict(fields)) for (query, fields), number in self._numbers.items())


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
