"""From a name that somebody proposes to an entity: the reference's where its gazetteer knows the name, else a new one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from kg.extract.lexicon.function_words import FunctionWords, Kind
from kg.extract.naming.gazetteer import Gazetteer
from kg.extract.words import keys
from kg.ids import KIND_FOLDERS, entity_iri
from kg.model import Entity, Name, NameForm, Reference

_CLOSED = frozenset({"State", "WeaponCategory"})
"""Classes whose members the reference lists in full."""
_RULES = {NameForm.ADJECTIVE: "adjective", NameForm.METONYM: "metonym"}


class Linked(NamedTuple):
    """The entity that a name means, and how it was found: "gazetteer", "adjective", "metonym" or "new"."""

    entity: Entity
    rule: str


class Linker:
    """Links names by the gazetteer of the reference, whatever stands around them; `words` tell the articles before them."""

    def __init__(self, reference: Reference, words: FunctionWords) -> None:
        self._leading = _pattern(words.words[Kind.A] | words.words[Kind.THE_ANY] | words.words[Kind.OF_ANY])
        self._reference = reference
        self._gazetteer = Gazetteer(reference)
        self.version = reference.version

    def link(self, name: str, kind: str, allowed: Collection[str]) -> Linked | None:
        """The entity of one of the allowed classes that has this name; else, where its class `kind` is open and allowed,
        a new one; else None.
        """
        bare = self._leading.sub("", name.strip(), count=1)
        for each in self._known(bare):
            entity = self._reference.entities[each.entity]
            if entity.kind in allowed:
                return Linked(entity, _RULES.get(each.form, "gazetteer"))
        if kind not in allowed or kind in _CLOSED or kind not in KIND_FOLDERS or not keys(bare):
            return None
        iri = entity_iri(kind, bare)
        known = self._reference.entities.get(iri)
        return Linked(known, "gazetteer") if known else Linked(Entity(iri, kind, bare, reconciled=False), "new")

    def _known(self, name: str) -> list[Name]:
        """What the gazetteer finds in the name, where it covers all words of it; living states before past ones."""
        hits = self._gazetteer.hits(name)
        if len(hits) != 1 or keys(name[hits[0].begin : hits[0].end]) != keys(name):
            return []
        return sorted(hits[0].names, key=lambda each: each.entity in self._reference.historical)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words at the head of a name."""
    forms = (f"{word[:-1]}['’]" if word.endswith("'") else rf"{word}\s" for word in sorted(words))
    return re.compile(rf"^(?:{'|'.join(forms)})", re.IGNORECASE)
