"""Whose something is: whom a possessive means before the noun of an event, and whose its object is."""

from __future__ import annotations

from kg.extract.clauses.syntax import Syntax
from kg.extract.events.filling import ACTORS
from kg.extract.events.governing import Governing
from kg.extract.events.triggers import Match
from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.frames import Frame
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import WEAPONS
from kg.extract.reading import Line, Referent
from kg.model import NameForm, Reference

_LATEST = 2
"""Among so many things named last is what a possessive at the front of a sentence means."""
_OWNER_AND_PLACE = 2
"""So many names stand behind what an owner has at a place."""
_PLACES = frozenset({"Place", "State"})


class Possession:
    """Resolves the possessives of events, and finds the owners of their objects."""

    def __init__(self, reference: Reference, syntax: Syntax, lexicon: Lexicon, governing: Governing) -> None:
        self._reference = reference
        self._governing = governing
        self._syntax = syntax
        self._words = lexicon.syntax
        self._deeds = {
            frame.event: frozenset(noun for trigger in frame.triggers for noun in trigger.nouns)
            for frame in lexicon.frames
        }
        """The nouns of each class."""
        self._led = syntax.led
        self._given = frozenset({self._led.to, "iobj"})
        """Where one to whom something is given stands."""

    def of(self, token: Token, line: Line, referents: Referents) -> list[Referent]:
        """Whom a possessive points to: the subject of its clause, else the latest subject."""
        for child in token.children:
            if not child.dep_.startswith("det"):
                continue
            if child.lower_ in self._words.speaker_possessives:
                speaker = referents.focus.speaker
                return [speaker._replace(start=child.i, end=child.i + 1)] if speaker else []
            if child.lower_ in self._words.possessives:
                return self._owner_told(token, child, line, referents)
        return []

    def thing(self, token: Token, line: Line, referents: Referents) -> list[Referent]:
        """The weapon that a possessive points to: "le X a réussi son premier vol"; at the front the one just named."""
        possessive = next((c for c in token.children if c.lower_ in self._words.possessives), None)
        if possessive is None:
            return []
        for verb in (self._syntax.governor(token) or token.head, self._syntax.verb_before(token)):
            subjects = [t for t, _ in self._syntax.subjects(verb) if t.i != token.i] if verb is not None else []
            if subjects:
                return [r for t in subjects for r in referents.of(t, line, WEAPONS)]
        focus = referents.focus
        latest = focus.weapons[-1:] if possessive.i <= token.sent.start + 1 else []
        near = [
            r for r in latest if r.kind == "WeaponSystem" and r.entity in {n.entity for n in focus.named[-_LATEST:]}
        ]
        return [r._replace(rule="coreference", confidence=0.6, start=possessive.i, end=possessive.i + 1) for r in near]

    def owners(
        self, token: Token, line: Line, referents: Referents, apart: frozenset[str] = frozenset()
    ) -> list[Referent]:
        """Whose the object is, none of those apart: "rejeter l'offre de X", "dénoncer les manœuvres américaines"."""
        owners = [
            r
            for c in token.children
            if c.dep_ == "nmod" and self._syntax.preposition(c) == self._led.of
            for r in referents.of(c, line, ACTORS)
            if r.entity not in apart
        ]
        owners = owners or [
            r for t in self._syntax.whose(token) for r in referents.of(t, line, ACTORS) if r.entity not in apart
        ]
        names = [c for c in token.children if c.dep_ in ("nmod", "appos", "flat:name") and c.pos_ == "PROPN"]
        told = (r for t in (token, *names) for r in referents.states_of(t, line))
        return owners or [r for r in told if r.kind in ACTORS and r.entity not in apart]

    def doers(self, noun: Token, frame: Frame, line: Line, referents: Referents) -> list[Referent]:
        """Whose deed the subject of a verb is, if it tells one of the class itself: "les frappes de X ont touché …"."""
        if noun.lower_lemma not in self._deeds[frame.event]:
            return []
        by = [a.token for a in self._syntax.arcs(noun) if a.relation in (self._led.by, "agent")]
        return [r for t in by for r in referents.of(t, line, ACTORS)] or self.owners(noun, line, referents)

    def breaking(self, match: Match, line: Line, referents: Referents) -> list[Referent]:
        """Whose deed it is that breaches a treaty: "les tirs de X contreviennent à …", "le lancement est une violation de …"."""
        verb = (self._syntax.governor(match.token) or match.token) if match.noun else match.token
        return [r for subject, _ in self._syntax.subjects(verb) for r in self.owners(subject, line, referents)]

    def origins(self, token: Token, line: Line, referents: Referents) -> list[Referent]:
        """Where what someone owns is taken from: the last name behind it after "de", "ses troupes de X", "les soldats de Y de X",
        or without an article: "les soldats d'Irak"."""
        edge = max(t.i for t in token.subtree)
        behind = [
            n
            for n in line.names
            if token.i < n.start <= edge and n.form is not NameForm.ADJECTIVE
            if self._syntax.preposition(line.doc.span(n.start, n.end).root) == self._led.of
        ]
        owned = token.lower_lemma in self._words.parts or any(
            c.lower_ in self._words.possessives or any(n.form is NameForm.ADJECTIVE for n in line.at.get(c.i, ()))
            for c in token.children
        )
        bare = behind and line.doc[behind[0].start - 1].lower_ in self._words.bare_genitives
        if len(behind) < (1 if owned or bare else _OWNER_AND_PLACE) or behind[-1].kind not in _PLACES:
            return []
        return [referents.referent(behind[-1])]

    def _owner_told(self, token: Token, possessive: Token, line: Line, referents: Referents) -> list[Referent]:
        """Whom "son" or "leur" points to: the subjects of the clause, else what the text spoke of last."""
        if told := self._blamed(token, line, referents) or self._backed(token, line, referents):
            return told
        if possessive.lower_ in self._words.shared_possessives and (
            shared := self._partners(token, possessive, referents)
        ):
            return shared
        for verb in (self._syntax.governor(token) or token.head, self._syntax.verb_before(token)):
            owners = [
                r._replace(rule="coreference", confidence=0.8)
                for subject, _ in (self._syntax.subjects(verb) if verb is not None else ())
                if subject.i != token.i
                for r in referents.of(subject, line, ACTORS)
            ]
            if owners:
                return owners
        if above := self._told_above(token, possessive, line, referents):
            return above
        latest = referents.focus.subjects[-1:]
        return [
            r._replace(rule="coreference", confidence=0.6, start=possessive.i, end=possessive.i + 1) for r in latest
        ]

    def _told_above(self, token: Token, possessive: Token, line: Line, referents: Referents) -> list[Referent]:
        """The subject of the clause in which that of a possessive stands ("X répète que son programme est …"), or whom it says
        more of: "X, qu'un différend oppose à Y au sujet de son programme, …"."""
        below = token
        for above in token.ancestors:
            tokens = [t for t, _ in self._syntax.subjects(above)] if above.pos_ in ("VERB", "AUX") else []
            tokens = [above] if below.dep_ == "acl:relcl" and not tokens else tokens
            found = [
                r._replace(rule="coreference", confidence=0.75)
                for t in tokens
                if t.i < possessive.i and t.i != token.i
                for r in referents.of(t, line, ACTORS)
            ]
            if found:
                return found
            below = above
        return []

    def _partners(self, token: Token, possessive: Token, referents: Referents) -> list[Referent]:
        """Whom "leur" points to in a sentence that names nobody before: all who took part in what the sentence before told."""
        if possessive.i > token.sent.start + 1:
            return []
        told = next(
            (sorted(d.entities("participant")) for d in reversed(referents.focus.told) if d.roles.get("participant")),
            [],
        )
        kinds = {
            each: self._reference.entities[each].kind if each in self._reference.entities else "Person" for each in told
        }
        return (
            [Referent(each, kinds[each], "coreference", possessive.i, possessive.i + 1, 0.7) for each in told]
            if len(told) > 1
            else []
        )

    def _backed(self, token: Token, line: Line, referents: Referents) -> list[Referent]:
        """Whose deed it is that what is given to him serves: "livre des obus à X pour alimenter son offensive"."""
        verb = self._syntax.governor(token)
        if verb is None or verb.lemma_ not in self._words.backing or self._syntax.preposition(verb) != self._led.for_:
            return []
        given = [a.token for above in verb.ancestors for a in self._syntax.arcs(above) if a.relation in self._given]
        found = [r for t in given if t.i < verb.i for r in referents.of(t, line, ACTORS)]
        return [r._replace(rule="coreference", confidence=0.7) for r in found[-1:]]

    def _blamed(self, token: Token, line: Line, referents: Referents) -> list[Referent]:
        """Whose deed it is for which a verb judges someone: "a imposé des sanctions à Y après ses essais"."""
        judged = self._governing.judged(token, line, referents) if self._syntax.answers(token) else []
        return [r._replace(rule="coreference", confidence=0.7) for r in judged]
