"""Words of amounts: numbers, how exact they are, what they count, currencies (`words/amounts.yaml`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class AmountWords(BaseModel):
    """What the file of amounts holds; its comments say what each is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    values: dict[str, int]
    ones: dict[str, int]
    multipliers: dict[str, int]
    round: dict[str, int]
    great: dict[str, int]
    of: tuple[str, ...]
    joined: str
    paying: tuple[str, ...]
    at_least: tuple[str, ...] = Field(alias="at least")
    at_most: tuple[str, ...] = Field(alias="at most")
    about: tuple[str, ...]
    before: tuple[str, ...]
    pieces: frozenset[str]
    groups: dict[str, str]
    walls: frozenset[str]
    currencies: dict[str, str]
    counted: frozenset[str]
    paid: frozenset[str]
