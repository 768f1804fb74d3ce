"""What every graph begins with: ontology and reference data, held against each other before they are put into it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg import reason, reference, versions
from kg.gate import Entrance, Gate, Judge, gate
from kg.model import Reference
from kg.namespaces import ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.settings import settings
from kg.store import Draft


@dataclass(frozen=True, slots=True)
class Laid:
    """Foundations that stand in a draft."""

    entrance: Entrance
    """How documents come into it."""
    anew: bool
    """Whether ontology or reference data are others than before."""


def lay(draft: Draft, known: Reference) -> Laid:
    """Bring a draft's ontology and reference data up to date.

    Raises InconsistencyError where they do not agree, OntologyError, ReferenceDataError, and StoreError where the disk is full.
    """
    found = versions.of_foundations(known)
    ontology, version = settings().ontology, found["ontology"]
    guard = gate(ontology, version)
    changed = {name for name in ("ontology", "reference") if draft.versions.get(name) != found[name]}
    if changed:
        _replace(draft, guard, changed)
    draft.versions.update(found)
    return Laid(Entrance(guard, lambda: Judge(ontology, known), version, draft), bool(changed))


def _replace(draft: Draft, guard: Gate, changed: Collection[str]) -> None:
    """Put ontology and reference data into the draft, if they agree."""
    seeds = settings().seeds / "reference"
    terms, facts = list(reason.ontology_quads(settings().ontology)), list(reference.quads(seeds))
    guard.check_foundations(terms, facts, seeds)
    if "ontology" in changed:
        draft.replace_graph(ONTOLOGY_GRAPH, terms)
    if "reference" in changed:
        draft.replace_graph(REFERENCE_GRAPH, facts)
