"""What the items and the treaty themselves tell of an event: whose a weapon is by its adjective, its origin, a treaty's parties.

What only the reference adds is marked as inferred.
"""

from __future__ import annotations

from kg.extract.events.filling import ACTORS, Filling
from kg.extract.events.roles import Roles
from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lines.parse import Token
from kg.extract.reading import Referent
from kg.model import NameForm, Reference

_PAIR = 2
INFERRED = 0.5
"""How sure a filler is that the reference adds."""


class Inference:
    """Completes roles from the fillers of others."""

    def __init__(self, roles: Roles, words: SyntaxWords) -> None:
        self._making, self._make = words.making, words.make
        self._syntax = roles.syntax
        self._reference: Reference = roles.reference

    def infer(self, filling: Filling) -> None:
        """What the items and the treaty themselves tell: a state's adjective on a weapon, its origin, a treaty's parties."""
        kind, roles = filling.match.frame.event, filling.roles
        if kind in ("ArmsTransfer", "TransferOffer") and not filling.match.trigger.single:
            self._part(filling)
        giver = {
            "ArmsTransfer": "supplier",
            "TransferOffer": "supplier",
            "WeaponDevelopment": "agent",
            "WeaponTest": "agent",
            "Deployment": "agent",
            "Dismantlement": "agent",
            "WeaponUse": "agent",
        }.get(kind)
        if giver and giver not in roles and "item" in roles:
            for state, rule, confidence in self._makers(filling):
                if state not in filling.used(giver):
                    filling.add(
                        giver,
                        Referent(state, "State", rule, filling.match.token.i, filling.match.token.i + 1),
                        rule,
                        confidence,
                    )
                    break
        if kind == "TransferSuspension" and "agent" not in roles:
            self._set(filling)
        if kind == "Signature" and "agent" not in roles:
            for treaty in sorted(filling.entities("treaty")):
                for party in self._reference.parties.get(treaty, ()):
                    filling.add(
                        "agent",
                        Referent(
                            party,
                            "State",
                            "inferred:parties",
                            filling.match.token.i,
                            filling.match.token.i + 1,
                        ),
                        "inferred:parties",
                        INFERRED,
                    )

    def _part(self, filling: Filling) -> None:
        """Of two who together deal in an item, the one whose make it is supplies the other: "X et Y négocient la vente de Z"."""
        roles, origins = filling.roles, self._reference.origins
        makers = {origins[item] for item in filling.entities("item") if item in origins}
        for role, other in (("supplier", "recipient"), ("recipient", "supplier")):
            two = roles.get(role, [])
            made = [f for f in two if f.referent.entity in makers]
            if len(two) == len(made) + 1 == _PAIR and other not in roles:
                roles["supplier"], roles["recipient"] = made, [f for f in two if f not in made]
                return

    def _made(self, filling: Filling) -> list[tuple[str, str, float]]:
        """Where the items are made: "des drones fabriqués en X et en Y", "de fabrication X"."""
        found: list[tuple[str, str, float]] = []
        for filled in filling.roles["item"]:
            for token in filling.line.doc[filled.referent.start : filled.referent.end]:
                for child in token.children:
                    made = child.lemma_ in self._making and child.dep_ in ("acl", "amod")
                    if not made and child.lemma_ not in self._make:
                        continue
                    found += [
                        (n.entity, "item made", 0.7)
                        for n in filling.line.names
                        if n.kind == "State" and child.i < n.start <= child.i + 4
                        if made or n.form is NameForm.ADJECTIVE
                    ]
        return found

    def _set(self, filling: Filling) -> None:
        """Whose licences are suspended where nobody is told: "Au Pérou, trois licences ont été suspendues"."""
        sentence = filling.match.token.sent
        for named in filling.line.names:
            root = filling.line.doc.span(named.start, named.end).root
            if named.kind == "State" and named.start < sentence.start + 4 and root.sent == sentence:
                if self._syntax.is_setting(root) and named.entity not in filling.used("agent"):
                    referent = Referent(named.entity, "State", "setting", named.start, named.end)
                    filling.add("agent", referent, "setting", 0.7)
                return

    def _owning(self, item: Token) -> list[Token]:
        """Whose an item is said to be: "les missiles de X", "X, dont les missiles …"."""
        of = self._syntax.led.of
        own = [c for c in item.children if c.dep_ == "nmod" and self._syntax.preposition(c) == of]
        return own + self._syntax.whose(item)

    def _makers(self, filling: Filling) -> list[tuple[str, str, float]]:
        """Whose the items are: by an adjective ("missiles russes"), else by the reference's origin for transfers."""
        found: list[tuple[str, str, float]] = []
        for filled in filling.roles["item"]:
            item = filling.line.doc.span(filled.referent.start, filled.referent.end)
            near = [t for t in item for t in (t, *t.children)] + list(filling.line.doc.span(item.end, item.end + 1))
            head = item.root.head
            if head.pos_ == "NOUN" and item.start - 3 <= head.i < item.start and head != filling.match.token:
                near += head.children
            found += [
                (n.entity, "item adjective", 0.8)
                for t in near
                for n in filling.line.at.get(t.i, ())
                if n.form is NameForm.ADJECTIVE
            ]
            found += [
                (n.entity, "item owner", 0.7)
                for t in item
                for c in self._owning(t)
                for n in filling.line.at.get(c.i, ())
                if n.kind in ACTORS and not n.is_place
            ]
        if filling.match.frame.event in ("ArmsTransfer", "TransferOffer"):
            found += self._made(filling)
        asked = filling.match.frame.event == "TransferOffer" and filling.match.trigger.pattern in ("request", "asked")
        if filling.match.frame.event in ("ArmsTransfer", "TransferOffer") and not asked:
            origins = self._reference.origins
            found += [
                (origins[f.referent.entity], "inferred:origin", INFERRED)
                for f in filling.roles["item"]
                if f.referent.entity in origins
            ]
        return found
