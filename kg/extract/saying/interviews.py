"""Interviews: between the questions of a text that says it is one, all is told by the person whom its lead presents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.text import LineKind
from kg.extract.naming.names import Named
from kg.extract.reading import Line

_OPENED = re.compile(r"[–—-]\s")
"""How an answer may begin."""
_LONGEST = 60
"""A question has no more words."""
_SHORT = 14
"""A remark of the interviewer that is no question has no more."""
_LEAST = 2
_HEADING = 4
"""A heading that says so has no more words."""


class Interviews:
    """Finds the answers of interviews."""

    def __init__(self, words: Reporting) -> None:
        self._marks = words.interviews
        self._headings = words.interview_headings

    def answers(self, text: str, lines: Sequence[Line]) -> tuple[Named | None, list[Line]]:
        """Who is interviewed and the lines that are his answers; nobody and none where a text is no interview."""
        if not self._is_marked(text.lower()):
            return None, []
        told = [line for line in lines if line.reading.kind is not LineKind.RELATED]
        questions = [line for line in told if _is_question(line)]
        if len(questions) < _LEAST:
            return None, []
        first = told.index(questions[0])
        person = _heading(told[first:]) or self._presented(told[:first])
        pairs = pairwise(told[first:])
        return person, [line for before, line in pairs if _is_answer(line, before)] if person else []

    def _is_marked(self, text: str) -> bool:
        """Whether a text says that it is an interview."""
        if any(mark in text for mark in self._marks):
            return True
        headings = (re.findall(r"\w+", line) for line in text.split("\n"))
        return any(len(words) <= _HEADING and self._headings.intersection(words) for words in headings)

    def _presented(self, lead: Sequence[Line]) -> Named | None:
        """The first person whom the lead names in full as the subject of a main clause, else the first named there."""
        persons = [
            (named, line)
            for line in lead
            if not any(mark in line.reading.text.lower() for mark in self._marks)
            for named in line.names
            if named.kind == "Person" and named.end - named.start > 1
        ]
        leading = [named for named, line in persons if _leads(named, line)]
        return next(iter([*leading, *(named for named, _ in persons)]), None)


def _heading(lines: Sequence[Line]) -> Named | None:
    """The person whose full name and a colon open an answer."""
    for line in lines:
        for named in line.names:
            if (
                named.kind == "Person"
                and named.start <= 1 < named.end
                and line.doc.span(named.end, named.end + 1).text == ":"
            ):
                return named
    return None


def _leads(named: Named, line: Line) -> bool:
    root = line.doc.span(named.start, named.end).root
    return root.dep_ == "nsubj" and root.head.dep_ not in ("advcl", "acl:relcl")


def _is_question(line: Line) -> bool:
    text = line.reading.text
    return text.rstrip('» "').endswith("?") and len(text.split()) <= _LONGEST and not _OPENED.match(text)


def _is_answer(line: Line, before: Line) -> bool:
    """Whether a line among questions is an answer: not a question, nor a short remark in the place of one."""
    text = line.reading.text
    remark = len(text.split()) <= _SHORT and not _is_question(before) and not _OPENED.match(text)
    return line.reading.kind is LineKind.CONTENT and not _is_question(line) and not remark
