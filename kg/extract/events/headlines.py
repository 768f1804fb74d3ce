"""What headlines tell without a verb: a name before or behind their colon, and troops or weapons that only stand somewhere."""

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
        self._admitting = roles.syntax.admitting
        self._states = roles.reference.places

    def label(self, filling: Filling, referents: Referents) -> None:
        """The role that is still empty, by the name before the colon with which the sentence opens."""
        match, line = filling.match, filling.line
        self._admit(filling, referents)
        role = _LABELLED.get(match.frame.event)
        if role is None or role in filling.roles or role not in match.realised:
            return
        start = match.token.sent.start
        named = next((n for n in line.names if n.start == start and _opens(n, match.token)), None)
        if named is None or named.entity in filling.used():
            return
        if self._roles.may(named, role) or (role == "place" and named.kind == "State"):
            filling.add(role, referents.referent(named), "heading", _LABEL_TRUST)

    def _admit(self, filling: Filling, referents: Referents) -> None:
        """Let the agent be who alone behind the colon owns or denies what stands before it: "Essai de … : X confirme"."""
        match, line = filling.match, filling.line
        if "agent" in filling.roles or "agent" not in match.pattern.noun or not match.noun:
            return
        doc, last = line.doc, match.token.sent.end - 1
        while last > match.end and doc[last].is_punct:
            last -= 1
        if doc[last].lemma_ not in self._admitting:
            return
        named = next((n for n in line.names if n.end == last and n.start > match.token.i), None)
        if named is None or not self._roles.may(named, "agent"):
            return
        lead = named.start - 1 - int(doc[named.start - 1].pos_ == "DET")
        if doc[lead].text == ":":
            filling.add("agent", referents.referent(named), "heading", _LABEL_TRUST)

    def is_home(self, filling: Filling) -> bool:
        """Whether troops or weapons only stand where they belong."""
        owners = filling.entities("agent")
        return any(self._states.get(place, place) in owners for place in filling.entities("place"))


def _opens(named: Named, trigger: Token) -> bool:
    """Whether a name stands alone before a colon, behind which the trigger is."""
    doc = trigger.doc
    return named.end < trigger.i and doc[named.end].text == ":"
