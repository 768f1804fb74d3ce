"""What reviewers judged: kept in a file that is only added to, applied to what documents give.

    judgements = Judgements.load(judgements_file())
    decided = judgements.apply(document, given)
    append(judgements_file(), Kind.REJECT, [claim], who="A. Reviewer", why="a quotation", judged=[reading])

What a document gave stays as it is (its entry of the cache): judgements are applied to it anew in every build, and one that is undone
leaves no trace in the graph.
"""

from kg.judgements.book import Judgements
from kg.judgements.file import append, judgements_file, read
from kg.judgements.lines import line_of
from kg.judgements.model import CREDIBILITIES, RELIABILITIES, Correction, Judgement, Kind, Reading
from kg.judgements.sheet import Sheet
from kg.judgements.telling import changes

__all__ = [
    "CREDIBILITIES",
    "RELIABILITIES",
    "Correction",
    "Judgement",
    "Judgements",
    "Kind",
    "Reading",
    "Sheet",
    "append",
    "changes",
    "judgements_file",
    "line_of",
    "read",
]
