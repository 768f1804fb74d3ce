"""A line of the file as a judgement, and back: what others wrote is checked here, field by field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kg.judgements.dates import bounds
from kg.judgements.model import PAIR, RELIABILITIES, Correction, Judgement, Kind, Reading, Roles
from kg.namespaces import ACR

CLAIM, EVENT = ACR + "claim/", ACR + "event/"
Iri = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"{}|\\^`]+$", max_length=500)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{1,40}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Text = Annotated[str, StringConstraints(max_length=2000)]
Modality = Literal["Actual", "Planned", "Possible"]
Polarity = Literal["Affirmed", "Negated"]
RolesField = dict[Name, list[Iri]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class _Reading(_Strict):
    document: Iri
    sentence: Id
    kind: Name = Field(alias="class")
    roles: RolesField
    modality: Modality
    polarity: Polarity
    claimant: Iri | Literal[""] = ""
    date: Text = ""

    def record(self) -> Reading:
        return Reading(
            self.document,
            self.sentence,
            self.kind,
            _roles(self.roles),
            self.modality,
            self.polarity,
            self.claimant,
            self.date,
        )


class _Correction(_Strict):
    kind: Name | None = Field(default=None, alias="class")
    roles: RolesField = {}
    modality: Modality | None = None
    polarity: Polarity | None = None
    claimant: Iri | Literal[""] | None = None
    date: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> _Correction:
        if not self.model_fields_set:
            raise ValueError("a correction says what is to be otherwise")
        if self.date:
            bounds(self.date)
        return self

    def record(self) -> Correction:
        return Correction(self.kind, _roles(self.roles), self.modality, self.polarity, self.claimant, self.date)


class _Line(_Strict):
    id: Id
    when: Text
    who: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    why: Text
    kind: Annotated[Kind, Field(strict=False)]
    subjects: list[Text]
    value: _Correction | str | int | None = None
    judged: list[_Reading] = []

    @model_validator(mode="after")
    def _fits_its_kind(self) -> _Line:
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", self.when):
            raise ValueError(f"when is {self.when!r}, and no time such as 2026-01-31T09:30:00.000000Z")
        datetime.fromisoformat(self.when)
        self._check_subjects()
        self._check_value()
        return self

    def _check_subjects(self) -> None:
        count = 2 if self.kind in PAIR else 1
        if len(set(self.subjects)) != count or len(self.subjects) != count:
            raise ValueError(f"{self.kind.value} is said of {count} subject{'s' * (count - 1)}")
        pattern = r"[0-9a-f]{16}" if self.kind is Kind.UNDO else r"https?://[^\s<>\"{}|\\^`]+"
        for subject in self.subjects:
            if not re.fullmatch(pattern, subject):
                raise ValueError(f"{subject!r} is no subject of {self.kind.value}")

    def _check_value(self) -> None:
        value = self.value
        fits = {
            Kind.CORRECT: isinstance(value, _Correction),
            Kind.RELIABILITY: isinstance(value, str) and value in RELIABILITIES,
            Kind.CREDIBILITY: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 6,
        }.get(self.kind, value is None)
        if self.kind in PAIR and isinstance(value, str):
            fits = value.startswith(EVENT) and all(each.startswith(CLAIM) for each in self.subjects)
            fits = fits and len(self.judged) == len(self.subjects)
        if not fits:
            raise ValueError(f"the value of {self.kind.value} is {value!r}")
        if self.kind in (Kind.ACCEPT, Kind.CORRECT, Kind.REJECT, Kind.CREDIBILITY) and len(self.judged) != 1:
            raise ValueError(f"{self.kind.value} holds what the claim was read to say")
        if len(self.judged) not in (0, len(self.subjects)):
            raise ValueError("judged holds one reading for each subject, or none")


def parse(line: str | bytes) -> Judgement:
    """A line of the file as a judgement; ValueError (pydantic's) where it is none."""
    read = _Line.model_validate_json(line)
    value = read.value.record() if isinstance(read.value, _Correction) else read.value
    subjects, judged = in_order(read.subjects, [each.record() for each in read.judged])
    return Judgement(read.id, read.when, read.who, read.why, read.kind, subjects, value, judged)


def in_order(subjects: Sequence[str], judged: Sequence[Reading]) -> tuple[tuple[str, ...], tuple[Reading, ...]]:
    """Subjects sorted, what they were read to say in the same order."""
    order = sorted(range(len(subjects)), key=lambda place: subjects[place])
    return tuple(subjects[place] for place in order), tuple(judged[place] for place in order if judged)


def line_of(judgement: Judgement) -> str:
    """A judgement as a line of the file, without its end; ValueError (pydantic's) where it would not be read back."""
    value = judgement.value
    fields = {
        "id": judgement.id,
        "when": judgement.when,
        "who": judgement.who,
        "why": judgement.why,
        "kind": judgement.kind,
        "subjects": list(judgement.subjects),
        "value": _correction(value) if isinstance(value, Correction) else value,
        "judged": [_reading(each) for each in judgement.judged] or None,
    }
    line = _Line.model_validate({name: each for name, each in fields.items() if each is not None})
    return line.model_dump_json(by_alias=True, exclude_unset=True)


def now() -> str:
    """The time as judgements hold it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _correction(value: Correction) -> _Correction:
    fields = {
        "class": value.kind,
        "roles": _lists(value.roles) or None,
        "modality": value.modality,
        "polarity": value.polarity,
        "claimant": value.claimant,
        "date": value.date,
    }
    return _Correction.model_validate({name: each for name, each in fields.items() if each is not None})


def _reading(value: Reading) -> _Reading:
    return _Reading.model_validate(
        {
            "document": value.document,
            "sentence": value.sentence,
            "class": value.kind,
            "roles": _lists(value.roles),
            "modality": value.modality,
            "polarity": value.polarity,
            "claimant": value.claimant,
            "date": value.date,
        }
    )


def _roles(lists: RolesField) -> Roles:
    return {role: tuple(sorted(set(lists[role]))) for role in sorted(lists)}


def _lists(roles: Roles) -> RolesField:
    return {role: list(iris) for role, iris in roles.items()}
