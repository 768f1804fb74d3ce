"""The errors that this package raises.

    KgError                       base of all; its text says what, where and what to do
    ├── DataError                 the data is at fault (exit code 1)
    │   ├── DocumentError         one input document cannot be read; it is set aside, the batch goes on
    │   ├── ReferenceDataError    a row or file under seeds/reference is wrong
    │   ├── LexiconError          a frame or word list under ontology/lexicon is wrong
    │   ├── JudgementError        a line of the file of judgements is wrong
    │   ├── OntologyError         the ontology, a rule, a shape or a check is wrong
    │   ├── InconsistencyError    ontology and reference data contradict each other
    │   └── StoreError            the graph on disk is missing, damaged or has no room
    │       └── LockedError       another process is writing to this home
    └── CallError                 the call is at fault: an argument, a path, a query (exit code 2)
        └── QueryError            a SPARQL query or update that is malformed
            ├── FailedError       it is well-formed, and failed as it ran
            ├── RefusedError      it asks for what is not allowed
            └── LimitError        it takes more time, memory or rows than it may have

Every error carries `remedy`, one sentence that says what the user can do.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors of this package.

    `problem` says what is wrong and where (file, line, value); `remedy` what to do about it.
    `str()` gives both on one line.
    """

    exit_code = 1

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy


class DataError(KgError):
    """The data is at fault."""


class DocumentError(DataError):
    """One input document cannot be read.

    `why` is the kind of fault, one word to group by: damaged, empty, format, language, limit, metadata, duplicate.
    """

    def __init__(self, problem: str, remedy: str, why: str = "damaged") -> None:
        super().__init__(problem, remedy)
        self.why = why


class ReferenceDataError(DataError):
    """A row or file of the reference data is wrong."""


class LexiconError(DataError):
    """A frame or word list is wrong."""


class JudgementError(DataError):
    """A line of the file of judgements is wrong."""


class OntologyError(DataError):
    """The ontology or a rule is wrong."""


class InconsistencyError(DataError):
    """Ontology and reference data contradict each other; nothing is published."""


class StoreError(DataError):
    """The graph on disk is missing, damaged or cannot be written."""


class LockedError(StoreError):
    """Another process is writing to this home."""


class CallError(KgError):
    """The call is at fault."""

    exit_code = 2


class QueryError(CallError):
    """A SPARQL query or update cannot be answered: malformed, or by one of its subclasses."""


class FailedError(QueryError):
    """It is well-formed, and failed as it ran: a graph to drop is not there, say."""


class RefusedError(QueryError):
    """It asks for what is not allowed: another server, or a graph that is not its author's to change."""


class LimitError(QueryError):
    """It takes more time, memory, rows or characters than it may have."""
