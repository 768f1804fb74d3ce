"""The states whose adjectives qualify the trigger of an event: "la livraison russe", "les accords russo-américains"."""

from __future__ import annotations

from kg.extract.events.triggers import Match
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.reading import Line, Referent
from kg.model import NameForm


def adjectives_of(match: Match, line: Line, referents: Referents) -> list[Referent]:
    """The states whose adjectives qualify the trigger: "la livraison russe", "les accords russo-américains"."""
    found = []
    for token in [match.token.doc[i] for i in match.words]:
        for child in token.children:
            if _is_of_item(child, match, line):
                continue
            if child.dep_ in ("amod", "acl", "nmod", "appos", "conj", "flat:foreign"):
                found += [
                    Referent(n.entity, n.kind, "adjective", n.start, n.end)
                    for n in line.at.get(child.i, ())
                    if n.form in (NameForm.ADJECTIVE, NameForm.PREFIX)
                ]
                found += referents.organization(child, line, deed=True)
    if not found and match.end < len(line.doc):
        found += [
            Referent(n.entity, n.kind, "adjective", n.start, n.end)
            for n in line.at.get(match.end, ())
            if n.form in (NameForm.ADJECTIVE, NameForm.PREFIX) and line.doc[match.end].pos_ == "ADJ"
        ]
    return found + [r for f in found for r in _hyphened(f, line)]


def _is_of_item(adjective: Token, match: Match, line: Line) -> bool:
    """Whether a weapon stands between a noun and an adjective, whose the adjective then is: "l'achat de chars russes"."""
    return any(
        n.kind.startswith("Weapon") and match.end <= n.start and n.end <= adjective.i
        for i in range(match.end, adjective.i)
        for n in line.at.get(i, ())
    )


def _hyphened(prefix: Referent, line: Line) -> list[Referent]:
    """The state whose adjective a hyphen joins to this one, wherever the parse hangs it: "russo-biélorusses"."""
    if prefix.end >= len(line.doc) or line.doc[prefix.end].text != "-":
        return []
    return [
        Referent(n.entity, n.kind, "adjective", n.start, n.end)
        for n in line.at.get(prefix.end + 1, ())
        if n.form is NameForm.ADJECTIVE
    ]
