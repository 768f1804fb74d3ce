"""By what a text goes on speaking of an event that it has told: `words/resuming.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class ResumingWords(BaseModel):
    """Nouns that take up events, and what becomes of those events' parties."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nouns: Mapping[str, frozenset[str]]
    """What deals and deeds are called, with the classes of the events that they take up: "contrat"."""
    parties: Mapping[str, Mapping[str, tuple[str, ...]]]
    """For each class its roles, with those of an event of another class whose fillers they take."""
    again: frozenset[str]
    """Adjectives by which a noun tells one more of the same: "un troisième essai"."""
    repeated: frozenset[str]
    """The classes of which one more, told by nobody, is by whoever did the last."""
