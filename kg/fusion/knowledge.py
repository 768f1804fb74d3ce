"""What fusion knows of event classes and of the weight of each likeness: ontology/fusion/events.yaml, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import OntologyError
from kg.ids import fold

FILE = Path("fusion", "events.yaml")
STAGES = Path("transfer-stages.yaml")
"""Below the folder of the ontology."""
PARTIES = ("agent", "participant", "supplier", "recipient", "target")
"""The roles of those who act; each party is taken as its state."""
ROLES = (*PARTIES, "item", "treaty", "topic", "place", "gathering")
SPEECH = "speech"
NATURES = ("act", "course", "occasion", SPEECH)
VALUES = {
    "nature": NATURES,
    "class": ("same", "launch"),
    **dict.fromkeys(PARTIES, ("same", "several", "within", "some", "one")),
    "person": ("same", "other"),
    "item": ("system", "kind", "wide", "any", "broader", "broadest", "some", "akin", "one"),
    "treaty": ("same", "within", "some", "one"),
    "topic": ("same", "within", "some", "apart", "one"),
    "place": ("town", "state", "within", "setting", "apart", "one"),
    "gathering": ("same", "setting", "one"),
    "words": ("most", "many", "some", "few"),
    "story": ("same",),
    "matter": ("one", "none"),
    "matter:days": ("one", "none"),
    "modality": ("mixed", "open", "before"),
    "stage": ("same", "apart"),
    "document": ("same",),
    "date": ("day", "narrow", "wide", "unlike"),
}
"""The likenesses and the values that each may have; that of the gap is told by nature, that of two classes of one family by its name."""
WORDED = ("words", "story", "stage", "modality", "document")
"""The likenesses of words and documents, each of which two events may have or not."""
GAPS = ("days", "weeks", "months", "year", "years", "unknown")


class _File(BaseModel):
    """The file as it is written."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    classes: dict[str, str]
    families: dict[str, list[str]]
    joint: list[str]
    narrow: int
    gaps: dict[str, int]
    weights: dict[str, dict[str, float | dict[str, float]]]
    words: dict[str, float]
    common: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What fusion knows."""

    natures: Mapping[str, str]
    """The nature of each event class, by its local name."""
    families: Mapping[str, str]
    """The family of each event class: only events of one family can be one."""
    joint: frozenset[str]
    """Classes of which the reference data holds one act once for each party."""
    narrow: int
    gaps: tuple[tuple[str, int], ...]
    """Names and lengths in days, from the shortest on."""
    weights: Mapping[tuple[str, str], float]
    """By likeness and value; the likeness of a gap is "gap:" with the nature."""
    words: tuple[tuple[str, float], ...]
    """Names and least shares, from the greatest on."""
    common: frozenset[str]
    stages: Mapping[str, str]
    """By the words of transfers the stage that they tell: "order", "delivery"."""


def most_telling(knowledge: Knowledge) -> dict[str, float]:
    """What likenesses that traits do not tell weigh at most, by name: those of words and documents together."""

    def most(name: str, values: Iterable[str]) -> float:
        return max(knowledge.weights[name, value] for value in values)

    told = {name: max(0.0, most(name, VALUES[name])) for name in ("person", "gathering", *WORDED)}
    gaps = {f"gap:{nature}": most(f"gap:{nature}", GAPS) for nature in NATURES}
    place = max(0.0, most("place", ("setting", "one")))
    return {**told, **gaps, "place": place, "words": sum(told[name] for name in WORDED)}


def load(ontology: Path) -> Knowledge:
    """The knowledge in an ontology's folder; raises OntologyError where a name is unknown or one is lacking."""
    path = ontology / FILE
    try:
        read = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        told = yaml.safe_load((ontology / STAGES).read_text(encoding="utf-8"))
        stages = {word: stage for stage, words in told.items() for word in words}
    except (OSError, yaml.YAMLError, ValidationError, AttributeError, TypeError) as error:
        raise OntologyError(f"{path}: {error}", "Write it as docs/fusion.md says.") from error
    _check(read, path)
    families = {kind: kind for kind in read.classes}
    families |= {kind: name for name, kinds in read.families.items() for kind in kinds}
    return Knowledge(
        natures=read.classes,
        families=families,
        joint=frozenset(read.joint),
        narrow=read.narrow,
        gaps=tuple(sorted(read.gaps.items(), key=lambda each: each[1])),
        weights=dict(_weights(read)),
        words=tuple(sorted(read.words.items(), key=lambda each: -each[1])),
        common=frozenset(fold(read.common).split()),
        stages=stages,
    )


def _weights(read: _File) -> list[tuple[tuple[str, str], float]]:
    found = []
    for likeness, values in read.weights.items():
        for value, weight in values.items():
            if isinstance(weight, dict):
                found += [((f"{likeness}:{value}", name), number) for name, number in weight.items()]
            else:
                found.append(((likeness, value), weight))
    return found


def _check(read: _File, path: Path) -> None:
    """That all names are those that the comparison uses."""
    wanted = {(likeness, value) for likeness, values in VALUES.items() for value in values}
    wanted |= {(f"gap:{nature}", value) for nature in NATURES for value in GAPS}
    wanted |= {("class", family) for family in read.families}
    given = {name for name, _ in _weights(read)}
    for likeness, value in sorted(wanted ^ given):
        what = "is lacking" if (likeness, value) in wanted else "is not known"
        raise OntologyError(f"{path}: the weight of {likeness} {value} {what}.", "See kg/fusion/knowledge.py.")
    named = {kind for kinds in (*read.families.values(), read.joint) for kind in kinds}
    for kind in sorted(named - read.classes.keys()):
        raise OntologyError(f"{path}: {kind} has no nature.", "Add it below classes.")
    for kind, nature in read.classes.items():
        if nature not in NATURES:
            raise OntologyError(f"{path}: {kind} is {nature!r}.", f"Give one of {', '.join(NATURES)}.")
