"""Fusion of the five evaluation articles, against the clusters that a careful reader makes of their events.

The articles are no part of the project: events are named by article and the place of the words that say them.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from kg import mapping, reference
from kg.extract import Extractor
from kg.fusion import Fuser
from kg.ids import document_iri
from kg.model import Claim, Document
from kg.settings import ROOT

TEXTS = ROOT.parent / "shared" / "evaluation" / "texts"
ARTICLES = (
    "000_d1a9caa798886ce5",
    "001_e29b2877227798c9",
    "002_60f4beefb2f6ec5d",
    "003_8e4adbe4e1cdcb89",
    "004_af019c62235211ad",
)
OFFER = ("000:610", "001:19", "001:649", "002:198")
OSAKA = ("000:1131", "001:766", "002:429")
TOGETHER = (
    OFFER,
    OSAKA,
    ("000:26", "000:148", "000:1419", "001:397"),
    ("000:1623", "001:504", "001:1329"),
    ("000:1584", "001:1547"),
    ("001:1649", "001:1813", "002:1352", "002:1756"),
    ("001:2272", "002:1914"),
    ("003:265", "003:2581", "003:2689"),
    ("003:2415", "003:2483"),
    ("004:493", "004:560", "004:1397"),
    ("004:2109", "004:2450"),
)
"""Claims, by article and first character of their trigger, that are about one event; every other claim is about one of its own."""
ACTS = {"000:1829": "WeaponTest", "001:2154": "Signature", "003:573": "Signature"}
"""Claims about events that the reference data holds."""


@pytest.fixture(scope="module")
def claims(extractor: Extractor) -> dict[str, tuple[Claim, str]]:
    """The claims that are found, by article and place, each with the IRI by which its event is known."""
    if not TEXTS.is_dir():
        pytest.skip(f"There are no evaluation articles in {TEXTS}.")
    found: dict[str, Claim] = {}
    shards = {}
    for name in ARTICLES:
        text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
        given = extractor.extract(Document(name, text, f"{name}.txt"))
        shards[document_iri(name)] = list(mapping.quads(given))
        found |= {f"{name[:3]}:{claim.trigger.begin}": claim for claim in given.claims}
    store = ox.Store()
    store.bulk_extend(reference.quads(ROOT / "seeds" / "reference"))
    names = Fuser(store, ROOT / "ontology").names(shards)
    return {place: (claim, names[claim.event]) for place, claim in found.items()}


def b_cubed(found: Mapping[str, object], wanted: Mapping[str, object]) -> float:
    """F1 of B-cubed precision and recall (Bagga and Baldwin, 1998)."""
    groups = [
        {place: {other for other in side if side[other] == side[place]} for place in side} for side in (found, wanted)
    ]
    shared = {place: len(groups[0][place] & groups[1][place]) for place in found}
    precision, recall = (sum(shared[place] / len(group[place]) for place in found) / len(found) for group in groups)
    return 2 * precision * recall / (precision + recall)


def test_the_clusters_are_those_of_a_careful_reader(claims: dict[str, tuple[Claim, str]]) -> None:
    number = {place: index for index, cluster in enumerate(TOGETHER) for place in cluster}
    found = {place: event for place, (_, event) in claims.items()}
    wanted: dict[str, object] = {place: number.get(place, place) for place in found}
    assert len(number.keys() & found.keys()) >= 30
    assert b_cubed(found, wanted) >= 0.90
    by_event: dict[str, list[object]] = {}
    for place, (claim, _) in sorted(claims.items()):
        by_event.setdefault(f"{place[:3]} {claim.event}", []).append(wanted[place])
    first = {event: each[0] for event, each in by_event.items()}
    known = {f"{place[:3]} {claim.event}": event for place, (claim, event) in claims.items()}
    assert b_cubed(known, first) >= 0.93, "events of one article that the extractor took for one are no fault of fusion"
    several = {place: event for place, event in found.items() if place in number}
    assert b_cubed(several, {place: number[place] for place in several}) >= 0.75


@pytest.mark.parametrize("event", [OFFER, OSAKA], ids=["offer", "osaka"])
def test_what_three_articles_tell_is_one_event(claims: dict[str, tuple[Claim, str]], event: tuple[str, ...]) -> None:
    assert {place[:3] for place in event if place in claims} == {"000", "001", "002"}
    assert len({claims[place][1] for place in event if place in claims}) == 1


def test_the_offer_has_its_claimants(claims: dict[str, tuple[Claim, str]]) -> None:
    said = {place: (claims[place][0].claimant or "-").rsplit("/", 1)[-1] for place in OFFER if place in claims}
    assert said["001:649"] == "vladimir-putin"
    assert said["001:19"] == said["000:610"] == "-"


@pytest.mark.parametrize("place", ACTS)
def test_an_act_of_the_reference_data_is_the_same_event(claims: dict[str, tuple[Claim, str]], place: str) -> None:
    claim, event = claims[place]
    assert event != claim.event


def test_the_measure_tells_right_from_wrong() -> None:
    wanted = {"a": 1, "b": 1, "c": 2, "d": 2}
    assert b_cubed(dict(wanted), wanted) == 1
    assert b_cubed(dict.fromkeys(wanted, 1), wanted) == pytest.approx(2 / 3)
    assert b_cubed({place: place for place in wanted}, wanted) == pytest.approx(2 / 3)
