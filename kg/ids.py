"""How things get their IRIs: readable where the source has a name of its own, hashed from the fewest stable fields else.

To change a scheme here changes the identity of what it names: that is a breaking change and needs a decision record.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from kg.namespaces import ACR

KIND_FOLDERS: dict[str, str] = {
    "State": "state",
    "Person": "person",
    "Organization": "organization",
    "InternationalOrganization": "organization",
    "GovernmentBody": "organization",
    "Company": "organization",
    "MediaOutlet": "organization",
    "ArmedGroup": "organization",
    "Treaty": "treaty",
    "WeaponSystem": "weapon",
    "WeaponCategory": "weapon-category",
    "Place": "place",
    "Gathering": "gathering",
    "Conflict": "conflict",
}
"""The folder below acr: of each entity class; subclasses of Organization share one."""


def fold(text: str) -> str:
    """The text in lower case without accents, its apostrophes and hyphens made plain, runs of blanks made one.

    >>> fold("L’État  d’Israël")
    "l'etat d'israel"
    """
    text = text.replace("’", "'").replace("\u2011", "-").replace("–", "-")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def slug(text: str) -> str:
    """The text as a part of an IRI: folded, every run of other characters made one hyphen.

    >>> slug("Forum économique de l’Est")
    'forum-economique-de-l-est'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def entity_iri(kind: str, name: str) -> str:
    """The IRI of an entity of class `kind` (a local name such as "Treaty") called `name`.

    `name` is an identifier of the reference data ("new-start", "RUS"), kept as it is, or a name in a text, made a slug.
    """
    local = name if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]*", name) else slug(name)
    return f"{ACR}{KIND_FOLDERS[kind]}/{quote(local or digest(name), safe='._+-')}"


def document_iri(identifier: str) -> str:
    """The IRI of the document with this identifier (its file's stem), which is its named graph as well."""
    return f"{ACR}document/{quote(identifier, safe='._-')}"


def event_iri(kind: str, time: str, roles: Iterable[tuple[str, str]]) -> str:
    """The IRI of an event: its class, its time in EDTF, and who or what fills its roles, as role and IRI, in any order.

    An event without a time is its document's own: `time` is then `undated`.
    """
    return hashed_iri("event", kind, time, *(f"{role} {entity}" for role, entity in sorted(roles)))


def undated(identifier: str) -> str:
    """What stands for the time of an event that has none, in the document with this identifier."""
    return f"in {identifier}"


def hashed_iri(folder: str, *fields: str) -> str:
    """An IRI below acr:`folder`/ from the fields that make the thing what it is, in this order."""
    return f"{ACR}{folder}/{digest(*fields)}"


def digest(*fields: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the fields; no two lists of fields share an encoding."""
    packed = "".join(f"{len(field)}:{field}" for field in fields)
    return hashlib.sha256(packed.encode()).hexdigest()[:16]
