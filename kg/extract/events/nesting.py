"""Events inside others: what an outer event takes from the one that it governs, and which of two tells the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.clauses.relations import Arc
from kg.extract.clauses.syntax import Syntax
from kg.extract.events.filling import Filling
from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lines.parse import Token

_BEFORE_FORCE = frozenset({"Signature", "Ratification", "Negotiation", "Meeting", "EntryIntoForce"})
"""Classes of what is done to a treaty before it is in force."""

_HALTING = "TransferSuspension"
_RENEWED = 12
"""How many tokens may stand between a verb of prolonging and what it prolongs."""
_TALKING = frozenset({"Meeting", "Negotiation"})


@dataclass(slots=True)
class Found:
    """A trigger that holds as an event of its sentence."""

    filling: Filling
    inner: list[Filling] = field(default_factory=list)
    chance: float = 1.0
    """How likely it is that it holds, where a condition of its frame fails."""
    failing: tuple[str, ...] = ()
    """The conditions that fail."""
    stands: float = 1.0
    """How likely it is that its text tells it at all."""
    resumed: bool = False
    """Whether it takes up an event of its class told before, whose parties it has."""

    @property
    def token(self) -> Token:
        """The word that says it."""
        return self.filling.match.token

    @property
    def kind(self) -> str:
        """Its class."""
        return self.filling.match.frame.event


class Nesting:
    """Tells how the events of one sentence lie in each other."""

    def __init__(self, syntax: Syntax, words: SyntaxWords) -> None:
        self._syntax, self._led = syntax, syntax.led
        self._hosting, self._gathering = words.light, frozenset(words.aiming_verbs)
        self._circumstances = words.circumstances

    def only_hosts(self, host: Found, found: Mapping[int, Found]) -> bool:
        """Whether a verb of meeting only takes in what another event tells: "accueille une équipe d'inspection"."""
        if host.filling.match.frame.event != "Meeting" or host.filling.match.noun:
            return False
        hosted = [
            other
            for other in found.values()
            if other.filling.match.noun
            and (other.filling.match.frame.event not in _TALKING or self._is_of_others(other))
            and any(other.token.i == a.token.i for a in self._syntax.arcs(host.token) if self._takes_in(host.token, a))
        ]
        for other in hosted:
            if other.filling.match.frame.event in _TALKING:
                apart = [f for f in other.filling.roles["participant"] if not f.rule.startswith("gov")]
                other.filling.roles["participant"] = apart
        return bool(hosted)

    def _is_of_others(self, talks: Found) -> bool:
        """Whether a text tells between whom the talks are, which another only hosts: "X accueille des pourparlers entre Y et Z"."""
        return any(f.rule.rpartition("/")[2] == self._led.between for f in talks.filling.roles.get("participant", ()))

    def _takes_in(self, verb: Token, arc: Arc) -> bool:
        """Whether what a verb of meeting takes in stands there; parses take "des manœuvres" for "de"."""
        hosted = arc.relation == self._led.of and verb.lemma_ in self._hosting
        return hosted or arc.relation == "obj" or (arc.relation == "subj" and verb.lemma_ in self._gathering)

    def renewed(self, found: Mapping[int, Found]) -> set[int]:
        """Of an embargo and what prolongs it, the one that is not told: against someone it is an embargo, else a prolonging."""
        dropped = set()
        for i, longer in found.items():
            filling = longer.filling
            if filling.match.frame.event != "Extension" or "treaty" in filling.roles:
                continue
            for k, other in found.items():
                near = i < k <= i + _RENEWED or (other.token.head is longer.token and k < i)
                if not near or not other.filling.match.noun or other.filling.match.frame.event != "TransferSuspension":
                    continue
                dropped.add(i if "recipient" in other.filling.roles else k)
                for filled in filling.roles.get("agent", ()):
                    if filled.referent.entity not in other.filling.used():
                        other.filling.add("agent", filled.referent, f"outer/{filled.rule}", filled.confidence)
        return dropped

    def talked(self, found: Mapping[int, Found]) -> set[int]:
        """The talks that only tell what a meeting of the same people is for: "a reçu X pour parler de …"."""
        meetings = [f for f in found.values() if f.filling.match.frame.event == "Meeting"]
        return {
            i
            for i, talks in found.items()
            if talks.filling.match.frame.event == "Negotiation"
            for meeting in meetings
            if meeting.token in talks.token.ancestors or talks.token in meeting.token.ancestors
            if talks.filling.entities("participant") <= meeting.filling.entities("participant")
        }

    def carried(self, found: Mapping[int, Found]) -> set[int]:
        """Nouns that the object of a phrase of the same class carries, which gets what they have: "déposer ses instruments de
        ratification" tells of one ratification."""
        dropped = set()
        for i, inner in found.items():
            for k, outer in found.items():
                same = inner.filling.match.frame.event == outer.filling.match.frame.event
                if (
                    i == k
                    or not same
                    or not inner.filling.match.noun
                    or inner.token.head.i not in outer.filling.match.words[1:]
                ):
                    continue
                dropped.add(i)
                for role, filleds in inner.filling.roles.items():
                    if role not in outer.filling.roles:
                        outer.filling.roles[role] = list(filleds)
        return dropped

    def undone(self, found: Mapping[int, Found]) -> set[int]:
        """The work on weapons that is itself what is dismantled: "démanteler ses programmes nucléaires" develops nothing."""
        return {
            i
            for i, inner in found.items()
            if inner.filling.match.noun and inner.filling.match.frame.event == "WeaponDevelopment"
            for outer in found.values()
            if outer.filling.match.frame.event == "Dismantlement" and inner.token.head is outer.token
        }

    def effects(self, found: Mapping[int, Found]) -> set[int]:
        """Verbs of taking effect of which another event is the subject, or the law that does it: "la suspension a pris
        effet" tells of the suspension."""
        return {
            i
            for i, outer in found.items()
            if outer.filling.match.frame.event == "EntryIntoForce" and not outer.filling.match.noun
            for child in _subjects(outer.token)
            for token in (child, *[c for c in child.children if c.dep_ in ("acl", "acl:relcl")])
            if token == child or "treaty" not in outer.filling.parsed
            if token.i in found and found[token.i].filling.match.frame.event not in _BEFORE_FORCE
        }

    def refused(self, found: list[Found]) -> None:
        """What is refused is what the refused act is about: "refuse de livrer des chars"."""
        for outer in found:
            if outer.filling.match.frame.event != "Rejection" or "item" in outer.filling.roles:
                continue
            for inner in found:
                if outer.token in inner.token.ancestors:
                    for role in ("item", "treaty"):
                        for filled in inner.filling.roles.get(role, ()):
                            outer.filling.add(role, filled.referent, f"inner/{filled.rule}", 0.7)

    def inner(self, filling: Filling, fillings: Sequence[Filling]) -> list[Filling]:
        """The fillings of the events that this trigger governs, nearest first."""
        spec = filling.match.trigger.inner
        if spec is None:
            return []
        outer = filling.match.token
        governed = []
        for other in fillings:
            token = other.match.token
            if (
                other.match.frame.event not in spec.events
                or other.match.trigger.inner is not None
                or token.i == outer.i
            ):
                continue
            if spec.patterns and other.match.trigger.pattern not in spec.patterns:
                continue
            if token.i < outer.i and any(t.is_punct and t.text != "-" for t in outer.doc[token.i : outer.i]):
                continue
            if self._is_described(filling, other) or self._is_taken(filling, other, fillings):
                continue
            if self._is_occasion(token, outer):
                continue
            ancestors = list(token.ancestors)[:4]
            if not other.match.noun and self._is_aside(ancestors, outer):
                continue
            if (
                (
                    outer in ancestors
                    and not any(self._is_clause(t) for t in [token, *ancestors[: ancestors.index(outer)]])
                )
                or (
                    outer.i < token.i <= outer.i + 4
                    and token.sent == outer.sent
                    and not any(t.is_punct for t in outer.doc[outer.i : token.i])
                    and (not filling.match.noun or any(t.pos_ == "ADP" for t in outer.doc[outer.i : token.i]))
                )
                or (token.dep_ in ("nsubj:pass", "nsubj") and token.head == outer and not filling.match.noun)
            ):
                governed.append(other)
        return sorted(governed, key=lambda f: (abs(f.match.token.i - outer.i), f.match.rank, -len(f.roles)))

    def _is_aside(self, ancestors: list[Token], outer: Token) -> bool:
        """Whether a verb only describes the subject of another: "X, reçu par Y, a proposé …"."""
        return outer in ancestors and any(t.dep_ == "nsubj" for t in ancestors[: ancestors.index(outer)])

    def _is_occasion(self, token: Token, outer: Token) -> bool:
        """Whether a noun only tells when or why something else is done: "a annulé sa visite après la livraison de chars"."""
        steps = [token, *token.ancestors]
        below = steps[: steps.index(outer)] if outer in steps else [token]
        after = (t for t in below if t.pos_ == "NOUN" and t.i > outer.i)
        return any(self._syntax.follows(t) or t.lower_ in self._circumstances for t in after)

    def _is_described(self, outer: Filling, inner: Filling) -> bool:
        """Whether a participle only tells what was done to the thing before: who tries "les chars livrés" offers nothing."""
        token = inner.match.token
        offers = outer.match.frame.event == "TransferOffer" and not inner.match.noun
        return offers and token.dep_ in ("acl", "amod") and self._syntax.is_passive(token)

    def _is_taken(self, outer: Filling, inner: Filling, fillings: Sequence[Filling]) -> bool:
        """Whether what another class says of the inner event stands between the two: "appelle à cesser de livrer"."""
        between = range(outer.match.token.i + 1, inner.match.token.i)
        return any(
            f.match.token.i in between
            and f.match.frame.event != outer.match.frame.event
            and f.match.trigger.inner is not None
            and inner.match.frame.event in f.match.trigger.inner.events
            and f.match.token in list(inner.match.token.ancestors)[:2]
            for f in fillings
        )

    def _is_clause(self, token: Token) -> bool:
        """Whether a token heads a clause of its own; a purpose ("s'allient pour produire") is none."""
        purpose = token.dep_ == "advcl" and "Inf" in token.morph.get("VerbForm", [])
        return token.dep_ in ("ccomp", "acl:relcl", "advcl") and not purpose

    def share(self, outer: Filling, inner: Filling) -> Filling:
        """The outer trigger's roles, completed by the inner one's."""
        shared = Filling(outer.match, outer.line, {r: list(fs) for r, fs in outer.roles.items()}, set(outer.parsed))
        acquiring = inner.match.trigger.pattern == "acquire"
        if acquiring and "recipient" not in shared.roles and shared.entities("supplier") & inner.entities("recipient"):
            shared.roles["recipient"] = shared.roles.pop("supplier")
        if acquiring and outer.match.frame.event == _HALTING:
            self._sold_by(shared)
        for role, filleds in inner.roles.items():
            if role not in outer.match.realised or (role in shared.roles and role != "item"):
                continue
            for filled in filleds:
                if filled.referent.entity not in shared.used(role):
                    shared.add(role, filled.referent, f"inner/{filled.rule}", filled.confidence)
                    shared.parsed.add(role)
        return shared

    def _sold_by(self, shared: Filling) -> None:
        """Of whom one gives up buying is the supplier: "annule l'achat de missiles à X"."""
        sellers = shared.roles.get("recipient", [])
        given = all(f.rule.rpartition("/")[2] == self._led.to for f in sellers)
        if sellers and given and "supplier" not in shared.roles:
            shared.roles["supplier"] = shared.roles.pop("recipient")


def _subjects(verb: Token) -> list[Token]:
    """The subjects of a verb without an object; where it has none, the noun behind it: "aujourd'hui prend effet le retrait"."""
    before = [c for c in verb.children if c.dep_.startswith("nsubj")]
    return before or [c for c in verb.rights if c.dep_ == "obj"]
