"""Questions to a finished graph: guarded SPARQL, and saved questions with parameters.

    question = questions(folder)["parties-on-a-day"]
    result = run(snapshot_path, bind(question, {"day": "2019-08-01"}), seconds=30, rows=10_000)
    serialise(result, "csv")

A query runs in a process of its own over a read-only snapshot, so that it can be stopped; it can neither
write nor reach the network.
"""

from kg.query.guard import check
from kg.query.names import Names
from kg.query.process import Running, run
from kg.query.results import FORMATS, Answer, Result, Table, Term, Triples, serialise
from kg.query.saved import ANY, Group, Parameter, Question, bind, grouped, questions
from kg.query.view import Pending, SnapshotView, View, answer

__all__ = [
    "ANY",
    "FORMATS",
    "Answer",
    "Group",
    "Names",
    "Parameter",
    "Pending",
    "Question",
    "Result",
    "Running",
    "SnapshotView",
    "Table",
    "Term",
    "Triples",
    "View",
    "answer",
    "bind",
    "check",
    "grouped",
    "questions",
    "run",
    "serialise",
]
