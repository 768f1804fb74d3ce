"""What a reviewer is asked besides what was decided: events that were nearly merged, and names that the reference may know."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from fusing import shards, told

from kg import reference
from kg.judgements import Judgement, Judgements, Kind
from kg.namespaces import AC, ACR, ITSRDF, NIF, RDF, SKOS
from kg.review import AT_ONCE, Queue
from kg.settings import ROOT

ZASTAVA = ox.NamedNode(ACR + "organization/zastava")
DOCUMENT = ox.NamedNode(ACR + "document/a")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Documents of three days, each with a meeting of the same two; the first also names a company."""
    both = "participant=state/RUS participant=state/USA"
    met = [told("Meeting", both, "", f"Rencontre consacrée aux armements, {words}.") for words in ("Moscou", "Genève")]
    later = told("Meeting", both, "", "Armements : longue soirée, repas commun, silence total.")
    reports = {"a": ("2019-06-01", [met[0]]), "b": ("2019-06-20", [later]), "c": ("2021-06-20", [met[1]])}
    given = list(reference.quads(ROOT / "seeds" / "reference"))
    for quads in shards(reports).values():
        given += quads
    phrase = ox.NamedNode(f"{DOCUMENT.value}/mention/0-3")
    given += [
        ox.Quad(ZASTAVA, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "Company"), DOCUMENT),
        ox.Quad(ZASTAVA, ox.NamedNode(SKOS + "prefLabel"), ox.Literal("Zastava", language="fr"), DOCUMENT),
        ox.Quad(ZASTAVA, ox.NamedNode(AC + "reconciled"), ox.Literal(False), DOCUMENT),
        ox.Quad(phrase, ox.NamedNode(ITSRDF + "taIdentRef"), ZASTAVA, DOCUMENT),
        ox.Quad(phrase, ox.NamedNode(NIF + "beginIndex"), ox.Literal("0"), DOCUMENT),
        ox.Quad(phrase, ox.NamedNode(NIF + "endIndex"), ox.Literal("3"), DOCUMENT),
    ]
    found = ox.Store()
    for quad in given:
        found.add(quad)
        found.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return found


def judged(kind: Kind, subjects: tuple[str, ...]) -> Judgements:
    return Judgements((Judgement("j", "2026-01-01T00:00:00.000000Z", "Ann", "", kind, tuple(sorted(subjects))),))


def test_events_that_were_nearly_merged_are_asked_about(store: ox.Store) -> None:
    """Of the three meetings two are told within weeks, the third years later."""
    (item,) = Queue(store, ROOT / "ontology", Judgements()).items(only=["near"])
    assert item.is_pair
    assert (len(item.claims), item.first_side) == (2, 1)
    assert 0.3 <= float(item.detail) < 0.5
    assert item.reasons[0].startswith("The same participants")
    sure = judged(Kind.DIFFERENT, item.subjects)
    assert Queue(store, ROOT / "ontology", sure).items(only=["near"]) == []


def test_names_that_the_reference_may_know_are_asked_about(store: ox.Store) -> None:
    (item,) = Queue(store, ROOT / "ontology", Judgements(), "fr").items(only=["known"])
    assert item.subjects == (ZASTAVA.value, ACR + "organization/zastava-arms")
    assert [side.name for side in item.names] == ["Zastava", "Zastava Arms"]
    assert item.names[0].quotes[0][1] == "Rencontre consacrée aux armements, Moscou."
    sure = judged(Kind.DIFFERENT, item.subjects)
    assert Queue(store, ROOT / "ontology", sure).items(only=["known"]) == []


def test_what_takes_long_to_find_is_not_looked_for_where_enough_is_found(
    store: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("nothing more is needed")

    queue = Queue(store, ROOT / "ontology", Judgements())
    monkeypatch.setattr("kg.review.near.entities", never)
    assert [item.why for item in queue.items(limit=1, only=["near", "known"])] == ["near"]
    monkeypatch.setattr("kg.review.near.events", never)
    assert queue.items(only=AT_ONCE) == []
