"""Which pronouns a language has, by what they may stand for: `words/pronouns.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class PronounWords(BaseModel):
    """The pronouns of a language, by what they may stand for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    relatives: frozenset[str]
    first: frozenset[str]
    """Those of the one who speaks: "nous", and "nos"."""
    things: frozenset[str]
    """Those that may stand for a weapon or a treaty."""
    plural_things: frozenset[str]
    """Those of them that stand for many, as what a text says of kinds of weapons mostly does."""
    masculine: frozenset[str]
    linking: str
    """What joins one to the verb before it: "a-t-il"."""
    feminine: frozenset[str]
    plural: frozenset[str]
    oblique: frozenset[str]
    """Those of someone other than the subject of their clause: "lui"."""
    latter: tuple[str, ...]
    """Those of the one named last: "ce dernier"."""
    feminine_latter: frozenset[str]
    objects: frozenset[str]
    """Those of someone to whom the subject of their clause does something: "le"."""
    gendered: frozenset[str]
    """Those of them that show a gender."""
    feminine_objects: frozenset[str]
    possessives: frozenset[str]
    demonstratives: frozenset[str]
    topical: frozenset[str]
    """Words that open what a sentence is about: "quant à"."""
    definite: frozenset[str]
    """Articles and demonstratives of one that is known: "la", "ce"."""
    plural_definite: frozenset[str]
    """Those of several: "les", "ces"."""
    numbers: Mapping[str, int]
    """Words that count a few: "les trois pays"."""
    both: tuple[str, ...]
    """Phrases that mean two who were just named together: "tous deux"."""
    two: frozenset[str]
    """Words that say two of a kind: "les deux firmes"."""
    owned: frozenset[str]
    """Lemmas of those that stand for something of the same kind: "les siens"."""
    feminine_ending: str
    masculine_names: frozenset[str]
    """Names of states that end so and are masculine all the same: "Mexique"."""
    warning: frozenset[str]
    """Verbs whose object is meant by a pronoun in their condition: "menacer X s'il livre …"."""
    conditional: frozenset[str]
