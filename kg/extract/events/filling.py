"""The roles of one trigger while they are filled, and which entity classes each role takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.events.triggers import Match
from kg.extract.naming.names import AGENTS, WEAPONS
from kg.extract.reading import Line, Referent

ACTORS = AGENTS - {"MediaOutlet"}
KINDS: dict[str, frozenset[str]] = {
    "agent": ACTORS,
    "participant": ACTORS,
    "supplier": ACTORS,
    "recipient": ACTORS,
    "target": ACTORS,
    "item": WEAPONS,
    "treaty": frozenset({"Treaty"}),
    "topic": WEAPONS | {"Treaty", "Conflict"},
    "place": frozenset({"Place", "State"}),
    "gathering": frozenset({"Gathering"}),
}
"""The entity classes that each role takes (ranges of the ontology's roles)."""

CORE = ("agent", "participant", "supplier", "recipient", "target", "item", "treaty")


class Filled(NamedTuple):
    """An entity in a role, how it was found, and how sure that is."""

    referent: Referent
    rule: str
    confidence: float


@dataclass(slots=True)
class Filling:
    """The roles of one trigger."""

    match: Match
    line: Line
    roles: dict[str, list[Filled]] = field(default_factory=dict)
    parsed: set[str] = field(default_factory=set)
    """Roles that the parse itself filled."""

    def entities(self, role: str) -> set[str]:
        """The IRIs in a role."""
        return {f.referent.entity for f in self.roles.get(role, ())}

    def used(self, *but: str) -> set[str]:
        """The IRIs in core roles, except the roles named."""
        return {f.referent.entity for role, fs in self.roles.items() if role in CORE and role not in but for f in fs}

    def add(self, role: str, referent: Referent, rule: str, confidence: float) -> None:
        """Put an entity into a role, once."""
        if role == "place" and referent.place:
            referent = referent._replace(entity=referent.place, kind="Place")
        if role == "place" and referent.entity in self.used():
            return
        if role in CORE and "place" in self.roles:
            self._unplace(referent.entity)
        if referent.entity not in self.entities(role):
            self.roles.setdefault(role, []).append(Filled(referent, rule, confidence * referent.confidence))

    def _unplace(self, entity: str) -> None:
        """A state that acts or is acted on is not the place as well."""
        left = [f for f in self.roles["place"] if f.referent.entity != entity]
        if left:
            self.roles["place"] = left
        else:
            del self.roles["place"]
