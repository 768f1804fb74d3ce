"""Validation: shapes (what each class of thing must have) and checks (queries whose rows are what is wrong).

run_checks(store, folder)                  the checks of ontology/queries/checks on a whole graph
Shapes(ontology).validate(store)           the shapes of ontology/shapes on a whole graph
Shapes(ontology).validate_document(...)    the same on what one document gave
"""

from __future__ import annotations

from kg.validate.checks import SEVERITIES, Check, checks, run_checks
from kg.validate.finding import Finding
from kg.validate.shapes import Shapes

__all__ = ["SEVERITIES", "Check", "Finding", "Shapes", "checks", "run_checks"]
