"""An event whose frame holds is left out where its text likely tells none; each telling of it adds to how likely it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.standing import Observed, judged, paired, table
from kg.extract import Extractor
from kg.extract.events.standing import together
from kg.extract.lexicon.likely import TriggerWeights
from kg.model import Document, Extraction

MORE = (
    " Le pays parle de tout autre chose, de la pluie, du prix du pain et des routes du nord, qui sont en mauvais état."
    * 5
)
"""What makes an article of a few lines."""
TOLD = "Le 3 mars, la Norvège a livré à l'Ukraine six chasseurs F-16. Deux semaines plus tard, Oslo lui a livré des missiles."


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(Document("d", text, "d.txt", issued="2025-06-10"))


@pytest.fixture
def weigh(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Gives the extractor other weights for the time of a test: each telling is as likely as these log-odds say; from even on it stands."""

    def set_weights(odds: float) -> None:
        standing = extractor.events.choice.standing
        monkeypatch.setattr(standing, "weights", TriggerWeights(least=0.5, right=1.0, weights={"base": odds}))

    return set_weights


def test_what_is_told_plainly_stands(extractor: Extractor) -> None:
    assert {e.kind for e in read(extractor, TOLD).events} == {"ArmsTransfer"}


def test_what_is_likely_not_told_is_left_out_with_its_claims(
    extractor: Extractor, weigh: Callable[[float], None]
) -> None:
    weigh(-1.0)
    extraction = read(extractor, TOLD + MORE)
    assert not extraction.events
    assert not extraction.claims
    assert extraction.mentions


def test_what_is_told_twice_is_likelier(extractor: Extractor, weigh: Callable[[float], None]) -> None:
    once = "La Norvège a livré à l'Ukraine six chasseurs F-16."
    twice = f"{once} Le pays a été secoué par la nouvelle. La Norvège a livré à l'Ukraine des chasseurs F-16, dit Oslo."
    weigh(-0.5)
    assert not read(extractor, once + MORE).events
    assert [e.kind for e in read(extractor, twice + MORE).events] == ["ArmsTransfer"]


def test_a_few_lines_hold_little_but_their_news(extractor: Extractor, weigh: Callable[[float], None]) -> None:
    weigh(-1.0)
    assert len(read(extractor, TOLD).events) == 2


def test_two_tellings_fail_only_together() -> None:
    assert together(0.5, 0.5) == 0.75
    assert together(1.0, 0.2) == 1.0


def test_found_events_are_paired_with_one_of_the_gold_each(extractor: Extractor) -> None:
    extraction = read(extractor, TOLD)
    labels = {f.entity: {f.role} for e in extraction.events for f in e.fillers}
    gold = [{"type": "ArmsTransfer", "roles": {role: [role] for role in ("supplier", "recipient", "item")}}]
    assert len(extraction.events) == 2
    assert len(paired(extraction, gold, labels)) == 1
    assert len(paired(extraction, gold * 2, labels)) == 2
    assert not paired(extraction, [{**gold[0], "type": "Meeting"}], labels)


def test_each_article_is_judged_by_what_the_others_taught() -> None:
    def seen(article: int, near: bool, right: bool) -> Observed:
        return Observed(f"a{article:02}", ({"base": 1.0, "near" if near else "far": 1.0},), right)

    observed = [seen(n, True, n % 8 != 0) for n in range(80)] + [seen(n, False, n % 8 == 0) for n in range(80)]
    pairs = judged(observed)
    assert len(pairs) == 160
    assert min(chance for chance, right in pairs) < 0.5 < max(chance for chance, right in pairs)
    rows = table(pairs)
    assert rows[2] == "| 0.00 | 160 | 80 | 0.500 | 1.000 |"
    assert "| 0.50 | 80 | 70 | 0.875 | 0.875 |" in rows
