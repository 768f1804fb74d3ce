"""What kg review asks of, as lines for a reader and as records for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.explanation import Claims, Explanation
    from kg.review import Item

WIDTH = 90
SIDES = ("One", "The other")


def as_dict(item: Item, claims: Claims) -> dict[str, Any]:
    """An item with its claims, for programs."""
    shown = [claims.explain(claim) for claim in item.claims]
    told = [
        {
            "claim": each.claim,
            "event": each.event,
            "class": [kind.iri for kind in each.classes],
            "roles": [[filler.role.iri, filler.entity.iri] for filler in each.fillers],
            "date": each.date,
            "modality": each.modality.iri,
            "polarity": each.polarity.iri,
            "claimant": each.claimant.iri if each.claimant else None,
            "confidence": each.confidence,
            "sentence": each.sentence.text,
            "document": each.document.iri,
            "issued": each.document.issued,
        }
        for each in shown
    ]
    return {
        "why": item.why,
        "subjects": list(item.subjects),
        "detail": item.detail,
        "judgement": item.judgement or None,
        "reasons": list(item.reasons),
        "names": [asdict(side) for side in item.names],
        "sides": [
            {
                "event": side.event,
                "class": side.kind,
                "date": side.date or None,
                "roles": {role: list(entities) for role, entities in side.roles.items()},
                "claims": part,
            }
            for side, part in zip(item.outlines, (told[: item.first_side], told[item.first_side :]), strict=False)
        ],
        "claims": told,
    }


def lines(item: Item, claims: Claims) -> Iterator[str]:
    """An item of the list: what is asked of in a line, and of a pair each side in lines of its own."""
    if item.outlines:
        yield f"{item.why:<8} {item.detail}  {plain(' '.join(item.reasons))}".rstrip()
        cut = item.first_side
        parts = zip(SIDES, item.outlines, (item.claims[:cut], item.claims[cut:]), strict=True)
        for title, side, told in parts:
            yield f"  {title}: {plain(side.told(claims.label))}"
            yield from (f"    {_quote(claims.explain(claim))}" for claim in told)
            if not told:
                yield "    recorded by the reference data"
    elif item.names:
        yield f"{item.why:<8} {plain(' = '.join(side.name for side in item.names))}"
        for title, named in zip(SIDES, item.names, strict=False):
            yield from (f"  {title}: “{_short(text)}” {_document(document)}" for document, text in named.quotes[:1])
    elif not item.claims:
        yield f"{item.why:<8} {plain(', '.join(item.subjects))}"
    else:
        each = claims.explain(item.claims[0])
        kind = "/".join(thing.name for thing in each.classes)
        issued = plain(each.document.issued or "undated")
        yield f"{item.why:<8} {each.identifier}  {issued:<10}  {plain(kind)}: {_short(each.sentence.text)}"


def _quote(claim: Explanation) -> str:
    """A claim with its document, in a line."""
    where = f"{claim.document.identifier}, {claim.document.issued or 'undated'}"
    return f"“{_short(claim.sentence.text)}” {plain(where)}; claim {claim.identifier}"


def _document(iri: str) -> str:
    return plain(iri.rpartition("/")[2])


def _short(text: str) -> str:
    said = plain(text)
    return said if len(said) <= WIDTH else said[: WIDTH - 2].rstrip() + " …"


def full(claim: Explanation) -> Iterator[str]:
    """A claim with its sentence, article, date and claimant."""
    document = claim.document
    kind = "/".join(thing.name for thing in claim.classes)
    roles = "; ".join(f"{filler.role.name} {filler.entity.name}" for filler in claim.fillers)
    head = [
        document.title or document.identifier,
        document.publisher.name if document.publisher else None,
        document.issued or "undated",
    ]
    said = f"said by {claim.claimant.name}" if claim.claimant else "in the text's own voice"
    how = f"{claim.modality.name}, {claim.polarity.name}, {said}"
    yield f"  “{plain(claim.sentence.text)}”"
    yield f"    {plain(', '.join(part for part in head if part))}"
    yield f"    {plain(f'{kind}: {roles}; date ' + (claim.date or 'unknown'))}"
    yield f"    {plain(f'{how}; confidence {claim.confidence}; claim {claim.identifier}')}"


def plain(text: str) -> str:
    """The text on one line, without the control characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
