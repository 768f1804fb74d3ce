"""Roles that the rules leave empty are filled by the likeliest name of the sentence, if it is likely enough."""

from __future__ import annotations

import pytest

from benchmarks.fitting import logistic
from benchmarks.likely import least, table
from kg.extract import Extractor
from kg.extract.events.likely import LIKELY
from kg.model import Document


@pytest.mark.parametrize(
    ("text", "kind", "role", "names"),
    [
        (
            "Devant la presse, Keir Starmer est revenu sur l'entrevue de la veille avec Volodymyr Zelensky, consacrée aux missiles Storm Shadow.",
            "Meeting",
            "participant",
            {"keir-starmer"},
        ),
        (
            "Le dernier silo de SS-18 du Kazakhstan a été dynamité en septembre 1996.",
            "Dismantlement",
            "item",
            {"voevoda"},
        ),
        (
            "Le Brésil n'a pas bougé, et la ratification attendue de la Convention sur les armes à sous-munitions non plus.",
            "Ratification",
            "treaty",
            {"ccm"},
        ),
    ],
)
def test_a_lacking_role_takes_the_likeliest_name(
    extractor: Extractor, text: str, kind: str, role: str, names: set[str]
) -> None:
    events = [e for e in extractor.extract(Document("d", text, "d.txt", issued="2025-06-10")).events if e.kind == kind]
    assert len(events) == 1
    fillers = {f.entity.rsplit("/", 1)[-1]: f.rule for f in events[0].fillers if f.role == role}
    assert names <= set(fillers)


def test_who_speaks_for_a_state_is_not_its_partner(extractor: Extractor) -> None:
    text = "Un entretien est prévu, a dit Sébastien Lecornu, ministre français des Armées : la France y tient, pour ses Rafale."
    events = extractor.extract(Document("d", text, "d.txt", issued="2024-06-10")).events
    assert [e.kind for e in events if e.kind == "Meeting"] == []


def test_a_claim_with_a_likely_filler_is_less_sure(extractor: Extractor) -> None:
    text = "L'Allemagne n'a ni livré ni vendu de missiles Taurus à l'Ukraine."
    fillers = [f for e in extractor.extract(Document("d", text, "d.txt")).events for f in e.fillers]
    likely = [f.confidence for f in fillers if f.rule.split("/")[0] == LIKELY]
    assert likely
    assert max(likely) < min(f.confidence for f in fillers if f.rule == "subj")


def test_the_model_learns_what_speaks_for_being_right() -> None:
    traits = [{"base": 1.0, "near": 1.0}] * 30 + [{"base": 1.0, "far": 1.0}] * 30
    right = [True] * 25 + [False] * 5 + [True] * 6 + [False] * 24
    weights = logistic(traits, right, ridge=0.1)
    assert weights["near"] > 0.5 > -0.5 > weights["far"]


def test_candidates_are_taken_from_where_most_are_right_and_not_where_few_are_judged() -> None:
    sure = [(0.9, True)] * 25 + [(0.7, False)] * 30 + [(0.6, True)] * 5
    assert least(sure) == 0.75
    assert least([(0.9, True)] * 5) == 1.0
    assert table({"treaty": sure})[-1] == "| treaty | 60 | 30 | 0.75 | 25 | 25 |"
