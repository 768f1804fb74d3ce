"""Whom a text means by several at once: counted nouns, pronouns and possessives of several, lists behind what they count."""

from __future__ import annotations

import pytest
from extracting import told

from kg.extract import Extractor

NAMED = "La Russie et la Chine ont testé des missiles malgré la pression américaine."


@pytest.mark.parametrize(
    ("text", "kind", "fillers"),
    [
        (f"{NAMED} Les deux pays ont ratifié le TICE.", "Ratification", "agent:RUS agent:CHN"),
        (f"{NAMED} Tous deux ont ratifié le TICE.", "Ratification", "agent:RUS agent:CHN"),
        (f"{NAMED} Elles ont ratifié le TICE.", "Ratification", "agent:RUS agent:CHN"),
        ("Oman, Malte et Cuba achètent des missiles. Les 3 pays ont ratifié le TICE.", "Ratification", "agent:OMN agent:MLT agent:CUB"),
        ("La convention d'Ottawa n'a été ratifiée que par deux pays, Oman et Cuba.", "Ratification", "agent:OMN agent:CUB"),
        ("Deux pays ont ratifié le TICE : Oman et Cuba.", "Ratification", "agent:OMN agent:CUB"),
        ("« Notre pays a ratifié le TICE », a dit Emmanuel Macron.", "Ratification", "agent:FRA"),
    ],
)  # fmt: skip
def test_several_are_meant(extractor: Extractor, text: str, kind: str, fillers: str) -> None:
    assert set(fillers.split()) == {f for f in told(extractor, text)[kind] if not f.startswith("treaty")}


def test_others_are_not_meant(extractor: Extractor) -> None:
    three = told(extractor, f"{NAMED} Les trois pays ont ratifié le TICE.").get("Ratification", set())
    two = told(extractor, f"{NAMED} L'accord entre deux pays, le TICE, a été signé.").get("Signature", set())
    assert not any(filler.startswith("agent:") for filler in three | two)
