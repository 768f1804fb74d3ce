"""The words by which a salvo is told from a trial shot, as they stand in the lexicon's words/fighting.yaml."""

from __future__ import annotations

from kg.extract.lexicon.frames import Checked


class FightingWords(Checked):
    """What shows that something was fired in anger, and what shows that it was tried."""

    fighting: frozenset[str]
    """Words of fighting in the forms that tell of it: "abattus", and not "capable d'abattre"."""
    trying: tuple[str, ...]
    """Beginnings of words (folded) of trials, in whose sentence nothing is fired in anger."""
    waters: frozenset[str]
    """Lemmas of waters over which trial shots go."""
    many: frozenset[str]
    """Lemmas of numbers of more than anyone tries at once: "centaine"."""
    aloft: frozenset[str]
    """Words of the air, where what is destroyed is shot down: "au-dessus"."""
    least: int
    """The least such number in figures."""
    struck: str
    """Id of the category of what serves to make weapons, and of plants that make them: weapons strike these."""
    arms: tuple[str, ...]
    """Ids of the weapon categories of which hardly any text tells that they are launched but in anger."""
