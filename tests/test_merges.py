"""What was merged and why, as kg merges tells it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from fusing import RUSSIA_SELLS, shards, told

from kg import decisions, reference
from kg.cli.command import run
from kg.errors import CallError
from kg.fusion.fuser import Fuser
from kg.fusion.merging import merge_quads, reason
from kg.fusion.renaming import renamed
from kg.ids import document_iri
from kg.merges import Merges
from kg.namespaces import ACR
from kg.settings import ROOT
from kg.store.canonical import canonical_triples

GIVEN = shards(
    {
        "a": ("2019-04-02", [told("ArmsTransfer", RUSSIA_SELLS)]),
        "b": (
            "2019-04-03",
            [told("ArmsTransfer", "supplier=person/vladimir-putin recipient=state/TUR item=weapon/s-400")],
        ),
        "c": ("2019-04-03", [told("ArmsTransfer", "supplier=state/RUS recipient=state/IND item=weapon/s-400")]),
    }
)


@pytest.fixture(scope="module")
def merges() -> Merges:
    """A graph of three reports, of which two tell of one sale, as the fold lays it."""
    store = ox.Store()
    store.bulk_extend(reference.quads(ROOT / "seeds" / "reference"))
    fuser = Fuser(store, ROOT / "ontology")
    found = fuser.decider([fuser.read(document, quads) for document, quads in GIVEN.items()]).all().merges
    names = {merge.member: merge.into for merge in found}
    for document, quads in GIVEN.items():
        own = {quad.subject.value for quad in quads if "/event/" in quad.subject.value}
        change = renamed(
            canonical_triples(quads),
            {iri: names[iri] for iri in own & names.keys()},
            {iri: names.get(iri, iri) for iri in own},
        )
        store.load(change.triples, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(document))
        store.extend(decisions.record_lines(document, change.took_away, change.put_in))
    store.extend(quad for merge in found for quad in merge_quads(merge, ROOT / "ontology"))
    return Merges(store, ROOT / "ontology", "en")


def event(name: str) -> str:
    """The IRI that a report gives its event."""
    return next(quad.subject.value for quad in GIVEN[document_iri(name)] if "/event/" in quad.subject.value)


def test_a_merge_is_told_with_its_reason(merges: Merges) -> None:
    (row,) = merges.merged()
    assert (row.event, row.member, row.closest, row.documents) == (event("a"), event("b"), event("a"), ("b",))
    assert row.score > 0.8
    assert "the same supplier" in row.reason.lower()
    assert merges.merged(event("b")) == merges.merged(event("a").replace(ACR, "acr:")) == [row]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("CoProduction participant=state/IRN", "WeaponDevelopment agent=state/IRN", "a joint production told as a development"),
        ("Negotiation participant=state/IRN", "Meeting participant=state/IRN", "talks told as a meeting"),
        ("WeaponTest agent=state/IRN", "WeaponUse agent=state/IRN target=state/ISR", "a strike told as a test"),
        ("WeaponTest agent=state/IRN", "WeaponUse agent=state/IRN", "a shot told as a test"),
    ],
)  # fmt: skip
def test_the_reason_tells_how_two_classes_are_akin(one: str, other: str, words: str) -> None:
    given = shards({name: ("2019-04-02", [told(*side.split(maxsplit=1))]) for name, side in (("d", one), ("e", other))})
    fuser = Fuser(ox.Store(), ROOT / "ontology")
    read = [fuser.read(document, quads) for document, quads in given.items()]
    compared = fuser.decider(read).compare(*(iri for document in read for iri in document.tellings))
    assert compared is not None
    assert words in reason(compared.likenesses, "en", ROOT / "ontology").lower()


def test_two_events_are_compared_as_a_build_does(merges: Merges) -> None:
    same = merges.compared(event("a"), event("b"))
    assert (same.merged, same.excluded) == (True, "")
    assert same.score == merges.merged()[0].score
    other = merges.compared(event("a"), event("c"))
    assert (other.merged, other.excluded, other.score) == (False, "recipient", 0)


def test_an_event_that_is_none_is_refused(merges: Merges) -> None:
    with pytest.raises(CallError, match="The graph holds no event"):
        merges.merged("acr:event/none")


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["merges", "a", "b", "c"]) == 2
    assert "3 events were given" in capsys.readouterr().err
    assert run(["--home", str(tmp_path), "merges"]) == 1
    assert "kg build" in capsys.readouterr().err
