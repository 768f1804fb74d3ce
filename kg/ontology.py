"""The ontology as a page for readers: docs/ontology.md, by the command kg ontology.

text = page(settings().ontology)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import alignments
from kg.namespaces import AC, ACR, DCTERMS, OWL, PREFIXES, RDFS, SKOS, shorten
from kg.reason import axioms

KINDS = (
    ("Classes", "Class"),
    ("Properties between things", "ObjectProperty"),
    ("Properties with values", "DatatypeProperty"),
    ("Properties of terms and names", "AnnotationProperty"),
    ("Individuals", "NamedIndividual"),
)
LINKS = (
    ("below", RDFS + "subClassOf"),
    ("below", RDFS + "subPropertyOf"),
    ("of", RDFS + "domain"),
    ("takes", RDFS + "range"),
    ("inverse of", OWL + "inverseOf"),
    ("roles", AC + "hasRole"),
    ("excludes", OWL + "disjointWith"),
)
RELATIONS = {
    RDFS + "subClassOf": "below",
    RDFS + "subPropertyOf": "below",
    SKOS + "exactMatch": "the same",
    SKOS + "closeMatch": "close",
    SKOS + "narrowMatch": "narrower there",
    SKOS + "relatedMatch": "related",
}
DRAWN = (
    "Entity",
    "Agent",
    "State",
    "Person",
    "Organization",
    "Treaty",
    "MultilateralTreaty",
    "BilateralTreaty",
    "PoliticalCommitment",
    "Regime",
    "Armament",
    "WeaponSystem",
    "WeaponCategory",
    "Location",
    "Place",
    "Occurrence",
    "Event",
    "Gathering",
    "Conflict",
    "Tenure",
    "Office",
    "Claim",
    "Document",
    "Obligation",
    "StatusInterval",
)
"""The classes of the diagram; the classes of events would hide the rest."""
ARROWS = (
    "about",
    "inDocument",
    "claimant",
    "agent",
    "item",
    "treaty",
    "place",
    "holdsOffice",
    "officeOf",
    "officeKind",
    "partyTo",
    "category",
    "originState",
    "obligationOf",
    "covers",
    "ofTreaty",
    "respondsTo",
)
"""The properties of the diagram."""
PREFIXES_HERE = {**PREFIXES, "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/", "wd": "http://www.wikidata.org/entity/"}
PARTS = ("Source", "Property", "Target")
"""What an alignment with its reason names."""
Facts = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]


def page(ontology: Path) -> str:
    """The page, in Markdown, from the ontology and the alignments of this folder; raises OntologyError as they do."""
    facts = _facts(triple for _, triple in axioms(ontology))
    return "\n".join([*_head(facts), *_diagram(facts), *_terms(facts), *_alignments(ontology)]) + "\n"


def _facts(triples: Iterator[ox.Triple]) -> Facts:
    """What is said of named things, by subject and property, in the order of the file."""
    found: Facts = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            found.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(triple.object)
    return found


def _head(facts: Facts) -> Iterator[str]:
    version = next(values[0].value for said in facts.values() if (values := said.get(OWL + "versionInfo")))
    yield f"# Ontology {version}"
    yield ""
    yield "Every term of the graph with its names, its definition and what it follows. Made from `ontology/arms-control.ttl` and"
    yield "`ontology/alignments/` by `kg ontology`; what stands here is changed there. Class expressions (which roles a class of"
    yield "events cannot have, unions, property chains) stand in the last section of the file, for reasoners."
    yield ""
    for title, kind in KINDS:
        yield f"- {title}: {len(_of_kind(facts, kind))}"


def _diagram(facts: Facts) -> Iterator[str]:
    """The main classes: what stands below what, and the main properties between them."""
    yield from ("", "## The main classes", "", "```mermaid", "classDiagram")
    for name in DRAWN:
        for above in _local(facts, name, RDFS + "subClassOf"):
            if above in DRAWN:
                yield f"  {above} <|-- {name}"
    for name in ARROWS:
        for source in _local(facts, name, RDFS + "domain"):
            for target in _local(facts, name, RDFS + "range"):
                yield f"  {source} --> {target} : {name}"
    yield "```"


def _terms(facts: Facts) -> Iterator[str]:
    for title, kind in KINDS:
        yield from ("", f"## {title}")
        for iri in _of_kind(facts, kind):
            yield from _term(iri, facts[iri])


def _term(iri: str, said: dict[str, list[ox.NamedNode | ox.Literal]]) -> Iterator[str]:
    english, french = (_text(said, RDFS + "label", language) for language in ("en", "fr"))
    yield from ("", f"### {_name(iri)}", "", f"*{english}*, *{french}*. {_text(said, SKOS + 'definition', 'en')}", "")
    yield f"- {_text(said, SKOS + 'definition', 'fr')}"
    for word, predicate in LINKS:
        values = [_name(value.value) for value in said.get(predicate, []) if isinstance(value, ox.NamedNode)]
        if values:
            yield f"- {word}: {', '.join(f'`{value}`' for value in values)}"
    if note := _text(said, SKOS + "scopeNote", "en"):
        yield f"- where it ends: {note}"
    yield f"- source: {_text(said, DCTERMS + 'source', 'en')}"


def _alignments(ontology: Path) -> Iterator[str]:
    """What comes nearest elsewhere, and why."""
    yield from ("", "## Alignments", "", "| term | there | how near | why |", "| --- | --- | --- | --- |")
    for path in sorted((ontology / "alignments").glob("*.ttl")):
        facts = _facts(quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        for iri, said in facts.items():
            if iri.startswith(f"{ACR}alignment/"):
                term, relation, target = (said[f"{OWL}annotated{part}"][0].value for part in PARTS)
                why = _text(said, RDFS + "comment", "en")
                yield f"| `{_name(term)}` | `{_name(target)}` | {RELATIONS[relation]} | {why} |"
    known = alignments.load(ontology)
    yield from (
        "",
        "## PLOVER and CAMEO",
        "",
        "| class of events | PLOVER | CAMEO | why |",
        "| --- | --- | --- | --- |",
    )
    for name, each in known.classes.items():
        cameo = ", ".join(f"{code} {known.cameo[code]}" for code in each.cameo)
        yield f"| `ac:{name}` | {', '.join(each.plover) or 'none'} | {cameo or 'none'} | {each.why} |"


def _of_kind(facts: Facts, kind: str) -> list[str]:
    type_ = PREFIXES["rdf"] + "type"
    return [iri for iri, said in facts.items() if ox.NamedNode(OWL + kind) in said.get(type_, [])]


def _local(facts: Facts, name: str, predicate: str) -> list[str]:
    values = facts.get(AC + name, {}).get(predicate, [])
    return [value.value.removeprefix(AC) for value in values if value.value.startswith(AC)]


def _text(said: dict[str, list[ox.NamedNode | ox.Literal]], predicate: str, language: str) -> str:
    values = said.get(predicate, [])
    return next((value.value for value in values if isinstance(value, ox.Literal) and value.language == language), "")


def _name(iri: str) -> str:
    """The IRI with a prefix where one fits."""
    for prefix, namespace in PREFIXES_HERE.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return shorten(iri)
