"""Whether a correction says what the ontology allows: known classes and roles, and fillers of the right class."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import CallError
from kg.judgements import Correction, Reading
from kg.judgements.dates import bounds
from kg.namespaces import AC, RDF, RDFS
from kg.query.names import compact
from kg.store.quads import Quads

MODALITIES = ("Actual", "Planned", "Possible")
POLARITIES = ("Affirmed", "Negated")
DEFAULT = ox.DefaultGraph()


class Terms:
    """What the ontology of a graph says of events and their roles."""

    def __init__(self, store: Quads) -> None:
        self._store = store

    def kinds(self) -> list[str]:
        """The local names of the classes of events."""
        return sorted(self._subjects(RDFS + "subClassOf", AC + "Event"))

    def roles(self, kind: str) -> list[str]:
        """The local names of the roles of a class of events, the ontology's order lost."""
        return sorted(each.removeprefix(AC) for each in self._objects(AC + kind, AC + "hasRole"))

    def fits(self, entity: str, role: str) -> bool:
        """Whether the graph knows the entity as one of a class that may fill the role."""
        return self.is_a(entity, self._objects(AC + role, RDFS + "range"))

    def is_a(self, entity: str, wanted: Iterable[str]) -> bool:
        """Whether the entity is of one of these classes, or of one below them."""
        seen: set[str] = set()
        waiting = set(self._objects(entity, RDF + "type"))
        while waiting:
            seen |= waiting
            waiting = {above for kind in waiting for above in self._objects(kind, RDFS + "subClassOf")} - seen
        return not seen.isdisjoint(wanted)

    def check(self, correction: Correction, read: Reading) -> None:
        """Raise CallError where a claim that was read so cannot be corrected so."""
        if correction == Correction():
            raise CallError("The correction changes nothing.", "Say what is to be otherwise, or accept the claim.")
        _one_of("class", correction.kind, self.kinds())
        _one_of("modality", correction.modality, MODALITIES)
        _one_of("polarity", correction.polarity, POLARITIES)
        if correction.date:
            _check_date(correction.date)
        if correction.claimant and not self.is_a(correction.claimant, [AC + "Agent"]):
            raise CallError(
                f"{compact(correction.claimant)} is no agent of this graph.", "Name a state, person or organisation."
            )
        self._check_roles(correction.kind or read.kind, {**read.roles, **correction.roles}, correction)

    def _check_roles(self, kind: str, roles: dict[str, tuple[str, ...]], correction: Correction) -> None:
        allowed = self.roles(kind)
        for role, entities in roles.items():
            if entities and role not in allowed:
                raise CallError(f"{kind} has no role {role}; it has {', '.join(allowed)}.", f"Empty it: {role}= .")
        if not any(roles.values()):
            raise CallError(f"Nobody would fill a role of this {kind}.", "Reject the claim, or name who does.")
        for role, entities in correction.roles.items():
            for entity in entities:
                if not self.fits(entity, role):
                    what = " or ".join(
                        sorted(each.removeprefix(AC) for each in self._objects(AC + role, RDFS + "range"))
                    )
                    raise CallError(f"{compact(entity)} cannot be {role}, which takes {what}.", "Name another one.")

    def _subjects(self, predicate: str, value: str) -> Iterator[str]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), DEFAULT)
        yield from (quad.subject.value.removeprefix(AC) for quad in quads if isinstance(quad.subject, ox.NamedNode))

    def _objects(self, subject: str, predicate: str) -> list[str]:
        quads = self._store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, DEFAULT)
        return [quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)]


def _one_of(what: str, value: str | None, allowed: Iterable[str]) -> None:
    known = list(allowed)
    if value is not None and value not in known:
        near = difflib.get_close_matches(value, known, n=3) or known[:5]
        raise CallError(f"There is no {what} {value!r}.", f"Take one such as {', '.join(near)}.")


def _check_date(date: str) -> None:
    try:
        bounds(date)
    except ValueError as error:
        raise CallError(
            f"{str(error).partition(';')[0]}.", "Write 2019, 2019-06, 2019-06-05 or 2019-06/2019-08."
        ) from error
