"""Looking a document through finds every constraint that the queries would find violated, whatever is wrong with it."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from dispatches import DATA, OUTLETS, extractions

from kg import mapping, reason
from kg.namespaces import AC, ACR, XSD
from kg.settings import ROOT
from kg.validate import Shapes
from kg.validate.finding import Finding

DAMAGES = 400
LITERALS = [
    ox.Literal(text, datatype=ox.NamedNode(XSD + name))
    for text, name in [
        *(("2019-02-30", "date"), ("2019-02-28", "date"), ("2019-02-28", "string"), ("2031-13", "gYearMonth")),
        *(("12", "integer"), ("-3", "nonNegativeInteger"), ("1.7", "decimal"), ("x", "decimal"), ("0.2\n", "decimal")),
    ]
] + [ox.Literal("Russie", language="fr"), ox.Literal("Russie bis", language="fr"), ox.Literal("Russia", language="en")]
THINGS = [
    ox.NamedNode(iri)
    for iri in (AC + "Actual", AC + "Affirmed", ACR + "state/RUS", ACR + "weapon/s-400", ACR + "nobody", AC + "Company")
]


class Asking(Shapes):
    """Asks all constraints of the classes that a document speaks of."""

    def _is_suspected(self, *_: object) -> bool:
        return True


@pytest.fixture(scope="module")
def documents() -> dict[str, list[ox.Quad]]:
    """The sample's documents by identifier."""
    return {each.document.identifier: list(mapping.quads(each, OUTLETS)) for each in extractions()}


@pytest.fixture(scope="module")
def beside() -> ox.Store:
    """What ontology and reference data say of that which documents name."""
    store = ox.Store()
    said = [*reason.ontology_quads(ROOT / "ontology"), *ox.parse(path=DATA / "dispatches-reference.trig")]
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in said)
    return store


def test_what_is_not_suspected_has_no_violation(documents: dict[str, list[ox.Quad]], beside: ox.Store) -> None:
    looking, asking = Shapes(ROOT / "ontology"), Asking(ROOT / "ontology")
    chance, wrong = random.Random(7), 0
    for name in sorted(documents):
        assert _said(looking.validate_document(documents[name], beside)) == []
    for _ in range(DAMAGES):
        quads = _damaged(documents[chance.choice(sorted(documents))], chance)
        found = _said(asking.validate_document(quads, beside))
        assert _said(looking.validate_document(quads, beside)) == found
        wrong += bool(found)
    assert wrong > DAMAGES / 4


def test_a_sound_document_is_asked_nothing(documents: dict[str, list[ox.Quad]], beside: ox.Store) -> None:
    shapes = Shapes(ROOT / "ontology")
    shapes._findings = lambda *_: pytest.fail("a query was run")  # type: ignore[method-assign]
    for quads in documents.values():
        assert shapes.validate_document(quads, beside) == []


def _damaged(quads: list[ox.Quad], chance: random.Random) -> list[ox.Quad]:
    """The document with one triple gone, changed or added."""
    damaged = list(quads)
    place = chance.randrange(len(damaged))
    old = damaged[place]
    value = chance.choice([*LITERALS, *THINGS, chance.choice(quads).object])
    new = ox.Quad(old.subject, old.predicate, value, old.graph_name)
    match chance.randrange(3):
        case 0:
            gone = {old.subject, old.predicate}
            return [quad for quad in quads if {quad.subject, quad.predicate} != gone]
        case 1:
            damaged[place] = new
        case _:
            damaged.append(new)
    return damaged


def _said(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return sorted((each.check, each.problem) for each in findings)
