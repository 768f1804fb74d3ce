"""Judgements on the claims of one document, applied to what the document gave."""

from __future__ import annotations

import pyoxigraph as ox

from kg.ids import event_iri, hashed_iri, undated
from kg.judgements.dates import bounds
from kg.judgements.model import Correction, Judgement, Kind
from kg.judgements.sheet import TIMES, Sheet
from kg.namespaces import AC, DCTERMS, RDF, XSD

METHOD = "judgement"
"""The method of a role that a reviewer filled."""


def apply_to(sheet: Sheet, claim: str, judgement: Judgement) -> None:
    """Reject or correct a claim; what is accepted stays as it is."""
    if judgement.kind is Kind.REJECT:
        sheet.remove(claim)
    elif isinstance(judgement.value, Correction):
        _correct(sheet, claim, judgement.value)
        _tell(sheet, claim, judgement)


def _correct(sheet: Sheet, claim: str, correction: Correction) -> None:
    for name, value in (("modality", correction.modality), ("polarity", correction.polarity)):
        if value is not None:
            sheet.clear(claim, AC + name)
            sheet.put(claim, AC + name, AC + value)
    if correction.claimant is not None:
        sheet.clear(claim, AC + "claimant")
        if correction.claimant:
            sheet.put(claim, AC + "claimant", correction.claimant)
    if correction.is_of_event:
        _about_another(sheet, claim, correction)


def _about_another(sheet: Sheet, claim: str, correction: Correction) -> None:
    """Make the claim about the event as the reviewer tells it; other claims stay with the one that was read."""
    old = sheet.value(claim, AC + "about")
    kind = correction.kind or sheet.kind(old)
    roles = {role: entities for role, entities in {**sheet.roles(old), **correction.roles}.items() if entities}
    times = _times(sheet, old, correction.date)
    dated = any(name == "earliest" for name, _ in times)
    edtf = next((value.value for name, value in times if name == "edtf"), "")
    identifier = sheet.value(sheet.document, DCTERMS + "identifier")
    pairs = [(role, entity) for role, entities in roles.items() for entity in entities]
    new = event_iri(kind, edtf if dated else undated(identifier), pairs)
    sheet.put(new, RDF + "type", AC + kind)
    for role, entity in pairs:
        sheet.put(new, AC + role, entity)
    for name, value in times:
        sheet.put(new, AC + name, value)
    if new != old:
        sheet.put(claim, AC + "about", new)
        sheet.cut(claim, AC + "about", old)
    _refill(sheet, claim, new, set(pairs))


def divide(sheet: Sheet, judgement: Judgement) -> None:
    """Give the second claim of a pair that is judged different an event of its own, told as the one that was given for both."""
    if judgement.divided is None:
        return
    claim, (old, new) = judgement.subjects[1], judgement.divided
    if sheet.value(claim, AC + "about") != old:
        return
    sheet.copy(old, new)
    sheet.put(claim, AC + "about", new)
    sheet.cut(claim, AC + "about", old)


def _times(sheet: Sheet, event: str, date: str | None) -> list[tuple[str, ox.Literal]]:
    """The time of the event: as it was read, or as the reviewer gives it."""
    if date is None:
        return [(name, value) for name in TIMES for value in sheet.literals(event, AC + name)]
    if not date:
        return []
    day = ox.NamedNode(XSD + "date")
    first, last = bounds(date)
    return [
        ("edtf", ox.Literal(date)),
        ("earliest", ox.Literal(first, datatype=day)),
        ("latest", ox.Literal(last, datatype=day)),
    ]


def _refill(sheet: Sheet, claim: str, event: str, pairs: set[tuple[str, str]]) -> None:
    """Keep the records of roles that stand, drop the others, and make those of roles that the reviewer filled."""
    recorded = set()
    for filler in sheet.values(claim, AC + "filler"):
        pair = sheet.value(filler, AC + "role"), sheet.value(filler, AC + "entity")
        if pair in pairs:
            recorded.add(pair)
        else:
            sheet.cut(claim, AC + "filler", filler)
    for role, entity in sorted(pairs - recorded):
        filler = hashed_iri("filler", sheet.document, event, role, entity, METHOD, "")
        sheet.put(claim, AC + "filler", filler)
        sheet.put(filler, RDF + "type", AC + "Filler")
        sheet.put(filler, AC + "role", ox.Literal(role))
        sheet.put(filler, AC + "entity", entity)
        sheet.put(filler, AC + "method", ox.Literal(METHOD))
        sheet.put(filler, AC + "confidence", ox.Literal("1", datatype=ox.NamedNode(XSD + "decimal")))


def _tell(sheet: Sheet, claim: str, judgement: Judgement) -> None:
    """Add to the claim's reasons that it was corrected, and by which judgement."""
    number = len(sheet.values(claim, AC + "evidence")) + 1
    sheet.put(claim, AC + "evidence", ox.Literal(f"{number}. corrected on review (judgement {judgement.id})"))
