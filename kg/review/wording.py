"""A correction as a person writes it: FIELD=VALUE, again for a role that several fill, with nothing after the sign to empty it.

class=TransferOffer  recipient=Turquie  recipient=acr:state/SYR  claimant=  date=2019-06
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import CallError
from kg.judgements import Correction, Judgement, changes
from kg.judgements.sheet import ROLES
from kg.query import Names

PLAIN = ("class", "modality", "polarity", "claimant", "date")
FIELDS = (*PLAIN, *ROLES)
"""What can be corrected."""


def correction_of(words: Iterable[str], names: Names) -> Correction:
    """The correction that these words say, names of entities resolved.

    Raises CallError where a field does not exist, QueryError where a name means nothing or several things.
    """
    plain: dict[str, str] = {}
    roles: dict[str, list[str]] = {}
    for word in words:
        field, sign, value = word.partition("=")
        if not sign or field not in FIELDS:
            raise CallError(f"{word!r} is no correction.", f"Write FIELD=VALUE; the fields are {', '.join(FIELDS)}.")
        if field in PLAIN:
            plain[field] = names.resolve(value) if field == "claimant" and value else value
        else:
            entities = roles.setdefault(field, [])
            entities += [names.resolve(value)] if value else []
    return Correction(
        kind=plain.get("class"),
        roles={role: tuple(sorted(set(entities))) for role, entities in sorted(roles.items())},
        modality=plain.get("modality"),
        polarity=plain.get("polarity"),
        claimant=plain.get("claimant"),
        date=plain.get("date"),
    )


def told(judgement: Judgement) -> str:
    """What a judgement says, in a few words: "correct (recipient: … → …)", "reliability B"."""
    detail = "; ".join(changes(judgement))
    if detail:
        return f"{judgement.kind.value} ({detail})"
    return judgement.kind.value + (f" {judgement.value}" if isinstance(judgement.value, str | int) else "")
