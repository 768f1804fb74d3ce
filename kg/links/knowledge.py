"""By which rules events answer others and are parts of others: ontology/links.yaml, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from kg.errors import OntologyError

FILE = "links.yaml"
STAGES = "transfer-stages.yaml"
AGENTS = ("agent", "participant", "supplier", "recipient", "target")
MATTERS = ("item", "treaty", "topic", "gathering")
"""The roles of what an event is about; by what fills them events are found that others may be linked with."""
ROLES = (*AGENTS, *MATTERS, "place")
Words = Mapping[Literal["en", "fr"], str]
_Named = TypeVar("_Named")


class Rule(BaseModel):
    """What every rule has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Words
    days: int | None = None


class Answer(Rule):
    """When an event answers another."""

    answer: frozenset[str]
    to: frozenset[str]
    parties: tuple[dict[str, str], ...]
    apart: dict[str, tuple[str, ...]] = {}
    matter: tuple[str, ...] = ()
    close: Literal["near", "sentence", ""] = ""
    words: str = ""
    done: bool = False
    told: Literal["by others", ""] = ""
    unlike: str = ""
    later: bool = False
    treaty: Literal["bilateral", ""] = ""
    cue: bool = False

    @field_validator("parties")
    @classmethod
    def _parties_are_roles(cls, ways: tuple[dict[str, str], ...]) -> tuple[dict[str, str], ...]:
        return _roles(ways, {name for way in ways for pair in way.items() for name in pair})

    @field_validator("matter")
    @classmethod
    def _matters_are_roles(cls, matter: tuple[str, ...]) -> tuple[str, ...]:
        return _roles(matter, set(matter))


class Part(Rule):
    """When an event is part of another."""

    part: frozenset[str]
    whole: frozenset[str]
    share: tuple[str, ...]
    among: str = ""
    fewer: bool = False
    words: Literal["order", "delivery", ""] = ""
    when: Literal["after", "within", "during"]

    @field_validator("share")
    @classmethod
    def _shared_are_roles(cls, share: tuple[str, ...]) -> tuple[str, ...]:
        return _roles(share, set(share))


class Knowledge(BaseModel):
    """All that the file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answers: dict[str, Answer]
    words: dict[str, frozenset[str]]
    """The words of each kind of answer."""
    cues: tuple[str, ...]
    parts: dict[str, Part]
    features: dict[str, Words]
    stages: dict[str, frozenset[str]]
    """The words of each stage of a transfer."""

    @model_validator(mode="after")
    def _words_are_known(self) -> Knowledge:
        for rule in self.answers.values():
            if rule.words and rule.words.removeprefix("not ") not in self.words:
                raise ValueError(f"there are no words {rule.words!r}")
        return self

    @property
    def cue(self) -> re.Pattern[str]:
        """What stands between an answer and what it answers."""
        return _pattern(self.cues)

    @property
    def classes(self) -> frozenset[str]:
        """The classes of events that may be linked, by their local names."""
        answers = (each.answer | each.to for each in self.answers.values())
        parts = (each.part | each.whole for each in self.parts.values())
        return frozenset().union(*answers, *parts)


@cache
def load(ontology: Path) -> Knowledge:
    """The rules in an ontology's folder. Raises OntologyError where the file is malformed."""
    path = ontology / FILE
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        stages = yaml.safe_load((ontology / STAGES).read_text(encoding="utf-8"))
        found = Knowledge.model_validate({**read, "stages": stages})
        _pattern(found.cues)
    except (OSError, yaml.YAMLError, TypeError, re.error, ValidationError) as error:
        problem = " ".join(str(error).split())
        raise OntologyError(f"{path}: {problem}", "Correct it; its comments say what it holds.") from error
    return found


@cache
def _pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(cues)})", re.IGNORECASE)


def _roles(value: _Named, named: set[str]) -> _Named:
    for role in sorted(named.difference(ROLES)):
        raise ValueError(f"there is no role {role!r}")
    return value
