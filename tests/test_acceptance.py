"""Triggers of which a condition fails are taken for events where they are likely enough, and marked."""

from __future__ import annotations

import pytest

from benchmarks.acceptance import Observed, judged, learn, table, tells
from kg.extract import Extractor
from kg.model import Document, Event

SIGNED = "Le 3 mars, la Norvège a signé avec la Corée du Sud, pour ses obusiers K9."


def events(extractor: Extractor, text: str, kind: str) -> list[Event]:
    found = extractor.extract(Document("d", text, "d.txt", issued="2025-06-10")).events
    return [event for event in found if event.kind == kind]


def test_a_signature_without_a_treaty_is_taken(extractor: Extractor) -> None:
    (event,) = events(extractor, SIGNED, "Signature")
    assert {"NOR", "KOR"} <= {f.entity.rsplit("/", 1)[-1] for f in event.fillers if f.role == "agent"}


def test_it_is_marked_and_less_sure(extractor: Extractor) -> None:
    extraction = extractor.extract(Document("d", SIGNED, "d.txt", issued="2025-06-10"))
    (event,) = [e for e in extraction.events if e.kind == "Signature"]
    (claim,) = [c for c in extraction.claims if c.event == event.iri]
    assert claim.method == "rules:accepted/Signature/signer"
    assert any(each.startswith("accepted: likely 0.") for each in claim.evidence)
    other = extractor.extract(Document("d", "La Norvège a signé le Traité sur le commerce des armes.", "d.txt"))
    assert claim.confidence < min(c.confidence for c in other.claims)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("La Suède exporte du bois et du papier vers l'Égypte.", "ArmsTransfer"),
        ("La Finlande a rendu au Pérou trois momies et un manuscrit.", "ArmsTransfer"),
    ],
)
def test_without_arms_or_security_around_nothing_is_waived(extractor: Extractor, text: str, kind: str) -> None:
    assert events(extractor, text, kind) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "D'après Vladimir Poutine, il a dit à Donald Trump que la Russie était disposée à lui vendre ces armes. Donald Trump a "
            "décliné l'offre. Les deux présidents s'étaient rencontrés en juin au Japon. Ils y avaient parlé d'un plafond pour les "
            "armes russes récentes, dont les missiles hypersoniques, et de leur inclusion dans les traités.",
            0,
        ),
        ("À Genève, la délégation russe a parlé d'une provocation des États-Unis.", 1),
    ],
)
def test_a_verb_of_saying_accuses_by_what_is_spoken_of_alone(extractor: Extractor, text: str, told: int) -> None:
    assert len(events(extractor, text, "Accusation")) == told


def test_an_event_tells_one_of_the_gold_by_class_and_fillers() -> None:
    labels = {"a": {"norvege"}, "b": {"coree du sud"}, "c": {"chine"}, "d": {"inde"}}
    gold = {
        "type": ["Signature", "Negotiation"],
        "roles": {"agent": [["Norvège"]]},
        "optional_roles": {"agent": ["Corée du Sud"]},
    }
    assert tells("Signature", {"agent": frozenset("ab")}, gold, labels)
    assert tells("Signature", {"agent": frozenset("ac")}, gold, labels)
    assert not tells("Signature", {"agent": frozenset("acd")}, gold, labels)
    assert not tells("Signature", {"agent": frozenset("b")}, gold, labels)
    assert not tells("Meeting", {"agent": frozenset("a")}, gold, labels)


def seen(article: int, near: bool, right: bool, token: int = 0) -> Observed:
    signs = {"base": 1.0, "near" if near else "far": 1.0}
    told = frozenset({token}) if right else frozenset[int]()
    return Observed(f"a{article:02}", (0, token), signs, told, told, 1.0)


def test_the_model_learns_which_triggers_are_right_and_judges_each_article_by_others() -> None:
    observed = [seen(n, near=True, right=n % 8 != 0) for n in range(40)] + [
        seen(n, False, n % 8 == 0, 1) for n in range(40)
    ]
    weights = learn(observed)
    assert weights["near"] > 0.5 > -0.5 > weights["far"]
    pairs = judged(observed)
    assert len(pairs) == 80
    assert "| 0.60 | 40 | 35 | 0.88 | 35 |" in table(pairs)
