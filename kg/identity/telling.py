"""Why two entities are one, or may be, in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from kg.errors import OntologyError
from kg.identity.comparing import Comparison

WORDS = Path("identity", "words.yaml")
"""How likenesses are told, below the folder of the ontology."""


def reason(comparison: Comparison, language: str, ontology: Path) -> str:
    """What speaks for and against, what weighs most first: "Names that sound the same, a state in common."."""
    words = told_as(ontology)
    ordered = sorted(comparison.likenesses, key=lambda each: (each.weight < 0, -abs(each.weight), each.name))
    said = ", ".join(dict.fromkeys(words[each.name][language] for each in ordered if each.name in words))
    return said[:1].upper() + said[1:] + "." if said else ""


@cache
def told_as(ontology: Path) -> Mapping[str, Mapping[str, str]]:
    """How likenesses are told, by name and language. Raises OntologyError where the file is wrong."""
    path = ontology / WORDS
    try:
        read: Mapping[str, Mapping[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise OntologyError(f"{path}: {error}", "Correct it.") from error
    return read
