"""docs/ontology.md and the alignments: current, complete, and each alignment with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import AC, OWL, RDFS, SKOS
from kg.ontology import page
from kg.reason import axioms
from kg.settings import ROOT

ONTOLOGY = ROOT / "ontology"
ALIGNMENTS = sorted((ONTOLOGY / "alignments").glob("*.ttl"))
PAGE = page(ONTOLOGY)


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8") == PAGE, "run kg ontology"


def test_every_term_of_ours_has_its_section_once() -> None:
    declared = {
        triple.subject.value.removeprefix(AC)
        for _, triple in axioms(ONTOLOGY)
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(AC)
    }
    sections = re.findall(r"^### ac:(\w+)$", PAGE, re.MULTILINE)
    assert sorted(sections) == sorted(declared)
    assert len(declared) > 150


def test_the_diagram_has_the_main_classes_and_properties() -> None:
    diagram = PAGE.partition("```mermaid\n")[2].partition("```")[0]
    assert "  Agent <|-- State\n" in diagram
    assert "  Treaty <|-- BilateralTreaty\n" in diagram
    assert "  Claim --> Event : about\n" in diagram
    assert "  Event --> Treaty : treaty\n" in diagram


def test_classes_of_events_without_a_code_say_none() -> None:
    rows = dict(
        re.findall(r"^\| `ac:(\w+)` \| [^|]* \| ([^|]+) \| [^|]+ \|$", PAGE.partition("## PLOVER")[2], re.MULTILINE)
    )
    assert len(rows) == 25
    assert "none" in rows.values()


def test_five_vocabularies_are_aligned() -> None:
    assert [path.stem for path in ALIGNMENTS] == ["prov", "schema", "sem", "time", "wikidata"]


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_each_alignment_is_stated_and_has_its_reason(path: Path) -> None:
    triples = {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    own = {t.subject.value for _, t in axioms(ONTOLOGY) if isinstance(t.subject, ox.NamedNode)}
    stated = {t for t in triples if t.subject.value.startswith(AC)}
    reasons = {t.subject: t.object.value for t in triples if t.predicate.value == RDFS + "comment"}
    said = {(t.subject, t.predicate.value.removeprefix(OWL)): t.object for t in triples}
    annotated = {
        ox.Triple(*(said[node, f"annotated{part}"] for part in ("Source", "Property", "Target"))) for node in reasons
    }
    assert stated == annotated
    assert {t.subject.value for t in stated} <= own
    assert {t.predicate.value for t in stated} <= {
        *(RDFS + name for name in ("subClassOf", "subPropertyOf")),
        *(SKOS + name for name in ("exactMatch", "closeMatch", "narrowMatch", "relatedMatch")),
    }
    assert all(len(reason) > 5 for reason in reasons.values())
