"""What confidence says of a role and a claim, and that what it says holds on sentences set aside."""

from __future__ import annotations

import pytest

from benchmarks.calibration import Observed, fit, gap, judged, observe, table
from benchmarks.cases import Judge
from kg.extract import Extractor
from kg.extract.lexicon.confidence import Confidence, Figures, kind_of
from kg.model import Claim, Event, Filler, Modality, Polarity, Reference, Span

FIGURES = Figures(ways={"direct": 0.9, "window": 0.5}, claims={"base": 1.0, "window": -1.0, "possible": -0.5})


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("subj", "direct"),
        ("à", "direct"),
        ("control/subj", "path"),
        ("subj/group", "group"),
        ("window/group", "window"),
        ("inner/à", "inner"),
        ("inferred:origin", "inferred"),
    ],
)
def test_the_least_sure_step_decides(rule: str, kind: str) -> None:
    assert kind_of(rule) == kind


def test_a_claim_is_less_sure_for_each_weak_trait() -> None:
    sure = Confidence(FIGURES)
    plain = sure.of_claim(["subj", "obj"], Modality.ACTUAL, Polarity.AFFIRMED, False, 1.0)
    assert plain == pytest.approx(0.731, abs=0.001)
    assert sure.of_claim(["subj", "window"], Modality.ACTUAL, Polarity.AFFIRMED, False, 1.0) == pytest.approx(0.5)
    assert sure.of_claim(["subj", "obj"], Modality.POSSIBLE, Polarity.AFFIRMED, False, 1.0) < plain
    assert sure.of_claim(["subj", "obj"], Modality.ACTUAL, Polarity.AFFIRMED, False, 0.7) == pytest.approx(0.7 * plain)
    assert sure.of_filler("window", 0.8) == pytest.approx(0.4)


def _observed(case: int, rule: str, right: bool) -> tuple[Observed, Observed]:
    event = Event(f"event-{case}", "Sanction", (Filler("agent", "x", rule),))
    claim = Claim(f"claim-{case}", event.iri, Span(0, 1), Span(0, 1), Modality.ACTUAL, Polarity.AFFIRMED, None)
    return Observed(case, event, None, rule, right), Observed(case, event, claim, "", right)


def test_figures_follow_what_was_seen() -> None:
    seen = [_observed(n, "subj", n % 10 != 0) for n in range(200)] + [
        _observed(n, "window", n % 10 < 3) for n in range(200, 400)
    ]
    fillers, claims = [f for f, _ in seen], [c for _, c in seen]
    figures = fit(fillers, claims)
    assert figures.ways["direct"] == pytest.approx(0.9, abs=0.02)
    assert figures.ways["window"] == pytest.approx(0.3, abs=0.02)
    rows = table(judged(fillers, claims)["claims"])
    assert [row["found"] for row in rows] == [200, 200]
    assert gap(rows) < 0.03


@pytest.mark.proof
def test_confidence_holds_on_sentences_set_aside(extractor: Extractor, reference_data: Reference) -> None:
    pairs = judged(*observe(extractor, Judge(reference_data)))
    assert len(pairs["claims"]) > 100
    assert gap(table(pairs["roles"])) < 0.1
    assert gap(table(pairs["claims"])) < 0.15
