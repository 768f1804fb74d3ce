"""What headlines tell without a verb: a name before their colon, and troops or weapons that only stand somewhere."""

from __future__ import annotations

from kg.extract.events.filling import Filling
from kg.extract.events.roles import Roles
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import Named

_LABELLED = {
    "Deployment": "place",
    "Dismantlement": "agent",
    "Inspection": "target",
    "WeaponTest": "agent",
    "WeaponUse": "place",
}
"""Whom or what the name before the colon of a headline most often is: "Corée du Nord : nouvel essai", "Syrie : raid de nuit"."""
_LABEL_TRUST = 0.6
"""How sure such a name is."""


class Headlines:
    """Reads what stands without a verb."""

    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self._states = roles.reference.places

    def label(self, filling: Filling, referents: Referents) -> None:
        """The role that is still empty, by the name before the colon with which the sentence opens."""
        match, line = filling.match, filling.line
        role = _LABELLED.get(match.frame.event)
        if role is None or role in filling.roles or role not in match.realised:
            return
        start = match.token.sent.start
        named = next((n for n in line.names if n.start == start and _opens(n, match.token)), None)
        if named is None or named.entity in filling.used():
            return
        if self._roles.may(named, role) or (role == "place" and named.kind == "State"):
            filling.add(role, referents.referent(named), "heading", _LABEL_TRUST)

    def is_home(self, filling: Filling) -> bool:
        """Whether troops or weapons only stand where they belong."""
        owners = filling.entities("agent")
        return any(self._states.get(place, place) in owners for place in filling.entities("place"))


def _opens(named: Named, trigger: Token) -> bool:
    """Whether a name stands alone before a colon, behind which the trigger is."""
    doc = trigger.doc
    return named.end < trigger.i and doc[named.end].text == ":"
