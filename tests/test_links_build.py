"""Links in a graph that documents come into and go out of: those of a build from scratch, hash for hash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from fakes import lean_project
from fusing import PoolExtractor, told
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from told import rows
from walking import ROUNDS, Step, lay, steps, walk

from kg.build import build
from kg.links import PREDICATES
from kg.namespaces import INFERRED_GRAPH
from kg.reason import Prover, rules_of
from kg.settings import ROOT
from kg.store import Home

NAMES = [f"d{number}" for number in range(5)]
OFFER = "supplier=state/RUS recipient=state/TUR item=weapon/s-400"
STORY = (
    ("2019-04-02", told("TransferOffer", OFFER, "", "Moscou propose ses missiles à Ankara.")),
    ("2019-04-05", told("Rejection", "agent=state/TUR target=state/RUS item=weapon/s-400", "", "Ankara les refuse.")),
    ("2019-04-09", told("TransferOffer", OFFER, "", "Une nouvelle offre russe vient d’arriver à Ankara.")),
    ("2019-04-20", told("ArmsTransfer", OFFER, "", "La Turquie achète le système russe.")),
    ("2019-04-21", told("ArmsTransfer", OFFER, "", "Achat confirmé.")),
    (None, told("Rejection", "agent=person/recep-tayyip-erdogan item=weapon/s-400", "", "Le président ne veut pas.")),
    ("2019-02-01", told("Withdrawal", "agent=state/USA treaty=treaty/inf", "2019-02-01", "Washington se retire.")),
    ("2019-02-02", told("Suspension", "agent=state/RUS treaty=treaty/inf", "2019-02-02", "Moscou suspend.")),
    ("2019-02-01", told("Accusation", "agent=state/USA target=state/RUS topic=treaty/inf", "", "Washington accuse.")),
    ("2019-02-03", told("Rejection", "agent=state/RUS target=state/USA topic=treaty/inf", "", "Moscou rejette.")),
)
"""Events that answer one another, or tell of one."""


class StoryExtractor(PoolExtractor):
    """Gives for the text "n …" the reports of these numbers in STORY."""

    version = "story-1"
    pool = STORY


TEXTS = st.lists(st.integers(0, len(STORY) - 1).map(str), min_size=1, max_size=3, unique=True).map(" ".join)
STEPS = steps(NAMES, TEXTS, most=4)


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A small reference, but all rules."""
    folder = tmp_path_factory.mktemp("lean")
    with lean_project(folder):
        for rule in (ROOT / "ontology" / "rules").glob("*.rq"):
            (folder / "ontology" / "rules" / rule.name).write_text(rule.read_text())
        yield


def test_a_build_links_what_documents_tell(tmp_path: Path) -> None:
    texts = {f"d{number}": str(number) for number in range(len(STORY))}
    build(tmp_path / "home", [lay(tmp_path / "texts", texts)], extractor=StoryExtractor)
    store = Home(tmp_path / "home").current().store
    found = rows(store, "SELECT ?rule { ?link ac:linkRule ?rule }")
    assert {rule for (rule,) in found} == {"offer refused", "offer taken up", "accusation rejected"}
    ends = "SELECT (COUNT(*) AS ?n) { ?a ac:respondsTo ?b . ?b ac:answeredBy ?a }"
    assert rows(store, ends) == [(str(len(found)),)]
    prover = Prover(store, rules_of(ROOT / "ontology" / "rules"))
    inferred = ox.NamedNode(INFERRED_GRAPH)
    quads = [each for name in PREDICATES for each in store.quads_for_pattern(None, ox.NamedNode(name), None, inferred)]
    assert all((proof := prover.prove(each.triple)) and proof.premises for each in quads)


@pytest.mark.proof
def test_what_an_added_document_answers_is_linked(tmp_path: Path) -> None:
    """An answer is there before what it answers comes, and a nearer offer with it."""
    walk(tmp_path, {"d0": "1 7"}, [("d1", "0 6 2 3")], StoryExtractor)


@pytest.mark.proof
def test_links_come_and_go_with_documents(tmp_path: Path) -> None:
    walk(tmp_path, {"d0": "1 7", "d1": "3"}, [("d2", "0 6"), ("d3", "2"), ("d2", None)], StoryExtractor)


@pytest.mark.proof
@rounds(max_examples=8, **ROUNDS)
@given(taken=STEPS)
def test_many_steps_lead_to_the_links_of_a_build_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, taken: list[Step]
) -> None:
    walk(tmp_path_factory.mktemp("steps"), {"d0": "0 6", "d1": "1 8", "d2": "3"}, taken, StoryExtractor)
