"""What in a sentence may fill a role: its names, and the words that stand for an entity without naming it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.extract.events.filling import ACTORS
from kg.extract.events.triggers import Match
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import WEAPONS
from kg.extract.reading import Line, Referent

_KINDS = ACTORS | WEAPONS | {"Treaty"}
_STANDING = ("PRON", "NOUN", "DET", "PROPN", "ADV")
"""Parts of speech of what may stand for something without naming it."""


class Candidate(NamedTuple):
    """What may fill a role: an entity where the sentence names it or stands for it."""

    referent: Referent
    start: int
    end: int
    root: int
    form: str
    is_place: bool


@dataclass(slots=True)
class Surroundings:
    """One sentence with its candidates, found when they are first asked for."""

    candidates: list[Candidate]
    senses: Mapping[int, int]
    """How many classes of events the trigger at each token may say."""

    @classmethod
    def of(cls, matches: Sequence[Match], line: Line, referents: Referents) -> Surroundings:
        """Those of the sentence of these triggers, of which there is at least one."""
        return cls(list(_candidates(matches[0], line, referents)), senses_of(matches))


def senses_of(matches: Iterable[Match]) -> dict[int, int]:
    """How many classes of events the trigger at each token may say."""
    classes: dict[int, set[str]] = {}
    for match in matches:
        classes.setdefault(match.token.i, set()).add(match.frame.event)
    return {i: len(found) for i, found in classes.items()}


def _candidates(match: Match, line: Line, referents: Referents) -> Iterator[Candidate]:
    sentence, covered = match.token.sent, set[int]()
    for named in line.names:
        if sentence.start <= named.start < sentence.end and named.kind in _KINDS:
            covered.update(range(named.start, named.end))
            root = line.doc.span(named.start, named.end).root.i
            for referent in referents.named(named, line):
                yield Candidate(referent, named.start, named.end, root, f"name {named.form.value}", named.is_place)
    for token in sentence:
        if token.i not in covered and token.pos_ in _STANDING:
            for referent in referents.of(token, line, _KINDS):
                if referent.start not in covered:
                    yield Candidate(referent, token.i, token.i + 1, token.i, referent.rule, False)
