"""Why the graph holds a triple: the rules that gave it, down to quoted sentences and rows of the reference data.

reasons = Reasons(view, ontology, seeds, "en")
reasons.why(reasons.triple("Vladimir Putin", "servedFor", "Russia"))
"""

from __future__ import annotations

from kg.why.naming import Names
from kg.why.reasons import Reason, Reasons
from kg.why.sources import Source

__all__ = ["Names", "Reason", "Reasons", "Source"]
