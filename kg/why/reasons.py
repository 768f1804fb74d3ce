"""A proof with names and sources: what a reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import ledger, links
from kg.namespaces import ACR, PROV
from kg.query import View
from kg.reason import Proof, Prover, rules_of
from kg.why.naming import Names, prefixed
from kg.why.sources import Source, Sources

COMPUTED = "computed from dated acts and the treaty's rule on itself"
COPIED = "computed from the words of both texts: most runs of four words are the same, and the other is the earlier"
FROM_CLAIMS = "computed from the claims on these events, as docs/corroboration.md says"
LINKED = "computed from both and the documents that tell them, as docs/links.md says"


@dataclass(frozen=True, slots=True)
class Reason:
    """One triple and why the graph holds it."""

    subject: str
    """As a prefixed name; predicate and object likewise, a literal as it is."""
    predicate: str
    object: str
    text: str
    """The triple in names."""
    rule: str | None
    """The stem of the rule's file; None where the triple is stated or computed."""
    because: str | None
    """What the rule concludes, in a sentence; how it was computed; None where it is stated."""
    sources: tuple[Source, ...]
    premises: tuple[Reason, ...]


class Reasons:
    """Says why a graph holds its triples."""

    def __init__(self, view: View, ontology: Path, seeds: Path, language: str) -> None:
        self._prover = Prover(view.store, rules_of(ontology / "rules"))
        self._names = Names(view.store, language)
        self._sources = Sources(view.store, seeds, view.manifest["versions"].get("reference", ""))

    def triple(self, subject: str, predicate: str, value: str) -> ox.Triple:
        """The triple that three texts mean; raises CallError, with near ones, where the graph does not hold it."""
        return self._names.triple(subject, predicate, value)

    def why(self, triple: ox.Triple) -> Reason:
        """Why the graph holds the triple, which it must."""
        proof = self._prover.prove(triple)
        assert proof is not None
        self._sources.expect(each.triple for each in _all(proof) if each.graphs)
        return self._reason(proof)

    def _reason(self, proof: Proof) -> Reason:
        subject, predicate, value = proof.triple.subject, proof.triple.predicate, proof.triple.object
        return Reason(
            prefixed(subject),
            prefixed(predicate),
            prefixed(value),
            f"{self._names.of(subject)} – {self._names.of(predicate)} – {self._names.of(value)}",
            proof.rule.name if proof.rule else None,
            _because(proof),
            tuple(dict.fromkeys(self._sources.of(proof.triple, proof.graphs))),
            tuple(self._reason(each) for each in proof.premises if not _is_link(each)),
        )


def _because(proof: Proof) -> str | None:
    """What the rule concludes, or how it was computed; None where it is stated."""
    if proof.rule or proof.graphs:
        return proof.rule.title if proof.rule else None
    if proof.triple.predicate.value == PROV + "wasDerivedFrom":
        return COPIED
    if proof.triple.predicate.value in links.PREDICATES or proof.triple.object in links.KINDS:
        return LINKED
    of_claims = proof.triple.predicate.value in ledger.PREDICATES or proof.triple.object in ledger.KINDS
    return FROM_CLAIMS if of_claims else COMPUTED


def _all(proof: Proof) -> Iterator[Proof]:
    yield proof
    for premise in proof.premises:
        yield from _all(premise)


def _is_link(proof: Proof) -> bool:
    """Whether a premise is only a link of a list in the ontology, which tells a reader nothing."""
    return str(getattr(proof.triple.subject, "value", "")).startswith(f"{ACR}chain/")
