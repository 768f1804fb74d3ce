"""Reasoning: the ontology as quads, rules run to a fixpoint, why a triple was concluded, consistency by OWL reasoners.

Rules are SPARQL CONSTRUCT files that scale to the whole graph. HermiT and Pellet read the ontology and the reference
data only. owlready2, which runs them, lives in this package and nowhere else.
"""

from __future__ import annotations

from kg.reason.ontology import axioms, ontology_quads
from kg.reason.owl import Contradiction, consistency
from kg.reason.proof import Proof, Prover
from kg.reason.revise import revise
from kg.reason.rules import Rule, rules_of
from kg.reason.running import infer, renew

__all__ = [
    "Contradiction",
    "Proof",
    "Prover",
    "Rule",
    "axioms",
    "consistency",
    "infer",
    "ontology_quads",
    "renew",
    "revise",
    "rules_of",
]
