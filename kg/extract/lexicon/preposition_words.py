"""The prepositions on which rules turn, by what the engine calls them: a part of `words/syntax.yaml`.

What depends on a verb or noun stands to it in a relation of the parse ("subj", "obj") or in that of its preposition, which
bears the word itself: frames, learned weights and explanations name it so. The engine asks for it by a name of its own:
`led.of`.
"""

from __future__ import annotations

from pydantic import Field

from kg.extract.lexicon.frames import Checked


class Prepositions(Checked):
    """Each as it stands without an article."""

    of: str
    by: str
    to: str
    on: str
    in_: str = Field(alias="in")
    """Before the state in which one is, or a land: "en visite", "en Suède"."""
    within: str
    """Before what has bounds: "dans le port"."""
    towards: str
    for_: str = Field(alias="for")
    against: str
    with_: str = Field(alias="with")
    between: str
    aiming: str
    """The relation of what a noun is about to its participle, whichever of `aiming` that is: "les sanctions visant X"."""
    side: str
    """The relation of the one from whom a deed comes: "de la part de"."""
    auspices: str
    """The relation of the one under whose care something is done, whichever noun of `auspices` says it."""
