"""What a reviewer is asked, and what becomes of the answer.

queue = Queue(view.store, settings().ontology, Judgements.load(path))
for item in queue.items():
    ...
Bench(view.store, path, reviewer()).judge(Kind.REJECT, [claim], "a quotation of another article")
"""

from kg.review.bench import Bench
from kg.review.naming import reviewer
from kg.review.queue import AT_ONCE, DOUBTFUL, REASONS, Item, Queue, answered_by
from kg.review.stale import Stale, stale

__all__ = ["AT_ONCE", "DOUBTFUL", "REASONS", "Bench", "Item", "Queue", "Stale", "answered_by", "reviewer", "stale"]
