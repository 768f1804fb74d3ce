"""A judgement as acr:graph/decisions tells of it: who said what of what, when and why."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.judgements.model import Correction, Judgement, Kind
from kg.namespaces import AC, ACR, DECISIONS_GRAPH, PROV, RDF, SCHEMA, XSD

_GRAPH = ox.NamedNode(DECISIONS_GRAPH)


def told(judgement: Judgement) -> list[ox.Quad]:
    """The quads on one judgement; of reliability and credibility also what follows for publisher and claim."""
    iri = ox.NamedNode(judgement.iri)
    quads = [
        _quad(iri, RDF + "type", ox.NamedNode(AC + "Judgement")),
        _quad(iri, AC + "verdict", ox.Literal(judgement.kind.value)),
        _quad(iri, SCHEMA + "creditText", ox.Literal(judgement.who)),
        _quad(iri, PROV + "generatedAtTime", ox.Literal(judgement.when, datatype=ox.NamedNode(XSD + "dateTime"))),
        *(_quad(iri, AC + "judges", ox.NamedNode(subject)) for subject in judgement.subjects),
        *(_quad(iri, AC + "judgedIn", ox.NamedNode(each.document)) for each in judgement.judged),
        *(_quad(iri, AC + "correction", ox.Literal(change)) for change in changes(judgement)),
    ]
    if judgement.why:
        quads.append(_quad(iri, AC + "reason", ox.Literal(judgement.why)))
    subject = ox.NamedNode(judgement.subjects[0])
    if judgement.kind is Kind.RELIABILITY:
        quads.append(_quad(subject, AC + "reliability", ox.Literal(str(judgement.value))))
    if judgement.kind is Kind.CREDIBILITY:
        value = ox.Literal(str(judgement.value), datatype=ox.NamedNode(XSD + "integer"))
        quads.append(_quad(subject, AC + "credibility", value))
    return quads


def changes(judgement: Judgement) -> Iterator[str]:
    """What a correction changes, in words: "recipient: acr:state/SYR → acr:state/TUR"."""
    value = judgement.value
    if not isinstance(value, Correction):
        return
    read = judgement.judged[0]
    for name, old, new in (
        ("class", read.kind, value.kind),
        ("modality", read.modality, value.modality),
        ("polarity", read.polarity, value.polarity),
        ("claimant", _names(read.claimant), None if value.claimant is None else _names(value.claimant)),
        ("date", read.date or "–", None if value.date is None else value.date or "–"),
        *((role, _names(*read.roles.get(role, ())), _names(*entities)) for role, entities in value.roles.items()),
    ):
        if new is not None:
            yield f"{name}: {old} → {new}"


def _names(*iris: str) -> str:
    return ", ".join(iri.replace(ACR, "acr:", 1) for iri in iris if iri) or "–"


def _quad(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(predicate), value, _GRAPH)
