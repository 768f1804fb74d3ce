"""The kinds of matter whose steps are followed, as ontology/chains.yaml says them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from kg.errors import OntologyError
from kg.ledger.tellings import ROLES

FILE = "chains.yaml"


class Step(BaseModel):
    """A step of a matter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    step: str
    """The local name of an ac:Step."""
    classes: tuple[str, ...]
    words: frozenset[str] = frozenset()
    """The words of a trigger that tell this step from others of the same class; none where it is the step of all others."""
    prolonged_by: frozenset[str] = Field(frozenset(), alias="prolonged by")
    """The words that say, where nothing negates them, that what was to end goes on."""
    known_by: str | None = Field(None, alias="known by")
    breaks_off: bool = Field(False, alias="breaks off")
    """Whether it puts an end to the matter, so that nobody awaits it, and nothing after it."""
    standing_in: dict[str, str] = Field({}, alias="standing in")
    """The roles whose fillers count where those of the key are empty, by the role of the key."""

    @property
    def told_by(self) -> frozenset[str]:
        """All words that tell it."""
        return self.words | self.prolonged_by


class Matter(BaseModel):
    """A kind of matter with its steps in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: tuple[str, ...]
    """The roles in which two steps must agree."""
    where_known: tuple[str, ...] = Field((), alias="where known")
    """The roles in which they must agree where both have one of them."""
    ends: bool = False
    """Whether its steps are that something ends which events of these classes are: claims that negate them tell these."""
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _roles_exist(self) -> Matter:
        standing_in = [role for step in self.steps for pair in step.standing_in.items() for role in pair]
        for role in (*self.key, *self.where_known, *standing_in):
            if role not in ROLES:
                raise ValueError(f"there is no role {role!r}")
        return self

    @property
    def classes(self) -> tuple[str, ...]:
        """The local names of the classes of all steps, sorted."""
        return tuple(sorted({kind for step in self.steps for kind in step.classes}))

    @property
    def still(self) -> int:
        """The rank of what only says that what was to end goes on: above those of all steps."""
        return 2 * len(self.steps) + 1

    def needs_words(self, kind: str) -> bool:
        """Whether the word of its trigger decides which step an event of a class is."""
        return any(step.told_by and kind in step.classes for step in self.steps)

    def stand_in(self, kind: str, role: str) -> str | None:
        """The role whose fillers count for an event of a class where it has nobody in this one."""
        return next(
            (each.standing_in[role] for each in self.steps if kind in each.classes and role in each.standing_in), None
        )

    def also(self, role: str) -> tuple[str, ...]:
        """All roles that stand in for this one, in events of some class."""
        return tuple(sorted({each.standing_in[role] for each in self.steps if role in each.standing_in}))

    def ranks(self, kind: str) -> range:
        """The ranks that an event of one of the classes can have as a step: twice its number, and one more where it is reached."""
        numbers = [number for number, each in enumerate(self.steps) if kind in each.classes]
        return range(2 * numbers[0], 2 * numbers[-1] + 2)

    def number(self, kind: str, word: str) -> int | None:
        """Which step an event of a class is, told by a word; None where it is none."""
        of_class = [number for number, each in enumerate(self.steps) if kind in each.classes]
        told = [number for number in of_class if word in self.steps[number].told_by]
        return max(told or [number for number in of_class if not self.steps[number].told_by], default=None)

    def prolongs(self, kind: str, word: str) -> bool:
        """Whether a word says that what was to end goes on."""
        return any(word in step.prolonged_by and kind in step.classes for step in self.steps)


_MATTERS = TypeAdapter(dict[str, Matter])


@cache
def matters(ontology: Path) -> tuple[Matter, ...]:
    """The kinds of matter of an ontology's folder. Raises OntologyError where the file is wrong."""
    path = ontology / FILE
    try:
        return tuple(_MATTERS.validate_python(yaml.safe_load(path.read_text(encoding="utf-8"))).values())
    except (OSError, yaml.YAMLError, ValidationError) as error:
        problem = " ".join(str(error).split())
        raise OntologyError(f"{path}: {problem}", "Correct it; its head says what it holds.") from error
