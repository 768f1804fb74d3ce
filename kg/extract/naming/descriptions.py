"""Whom a described person or body stands for: "le ministre iranien", "les deux pays", "la justice" of the state in front.

The order in a noun phrase decides: a person's name in apposition wins; then the office of a described person, if the text
names its holder; then the state that the adjective or complement names; then the state in whose place the clause stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.name_words import Office
from kg.extract.lines.parse import Token
from kg.extract.naming.institutions import Institutions
from kg.extract.naming.names import AGENTS
from kg.extract.reading import Line, Referent
from kg.extract.words import fold_word
from kg.ids import entity_iri
from kg.model import NameForm, Reference, Tenure

_BODIES = frozenset({"Company", "Organization"})
"""Classes of bodies that stand in apposition to what they are."""
_SENDING = frozenset({"InternationalOrganization", "GovernmentBody", "Organization"})
"""Classes of bodies that send people."""
_OWNING = frozenset({"amod", "nmod", "flat:foreign", "appos", "flat:name", "acl", "compound", "obl:arg", "dep"})
"""How a parse hangs on a noun whose it is."""
_REACH = 13
"""How far behind a title the name may stand that goes with it, in tokens."""


class Descriptions(Institutions):
    """Resolves nouns of persons, bodies and states of one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        owners = lexicon.syntax.possessives | lexicon.syntax.speaker_possessives
        super().__init__(reference, lexicon.pronouns, lexicon.people, owners)
        self.full: set[str] = set()
        self.day: str | None = None
        self._tenures: dict[str, list[Tenure]] = {}
        self._served: dict[str, set[str]] = {}
        for tenure in reference.tenures:
            self._tenures.setdefault(tenure.body, []).append(tenure)
            if reference.entities[tenure.body].kind == "State":
                self._served.setdefault(tenure.person, set()).add(tenure.body)
        people = lexicon.people
        self._officials = {fold_word(w) for w in people.officials}
        self._bodies = {fold_word(w) for w in people.bodies}
        self._states = {fold_word(w) for w in people.state_nouns}
        self._forms = {
            fold_word(noun): {entity_iri("State", code) for code in codes} for noun, codes in people.forms.items()
        }
        self._lawmaking = {fold_word(w) for w in people.lawmaking}
        self._ruled = self._states | {fold_word(w) for w in people.ruling}
        self._staff = {fold_word(w) for w in people.staff}
        self._counterpart = {fold_word(w) for w in people.counterpart}
        self._acting = self._officials | self._bodies | self._states | self._counterpart
        self._words = people
        self._contracted = lexicon.pronouns.definite & lexicon.syntax.contractions.keys()
        self._documents = frozenset(lexicon.reporting.documents)
        self._adjectives = {word: entity_iri("Organization", name) for word, name in people.adjectives.items()}
        self._deeds = {word: entity_iri("Organization", name) for word, name in people.deed_adjectives.items()}
        ends = lexicon.function.endings[Kind.PLURAL]
        self._offices = [(_described(office, ends), office.types) for office in people.offices if office.types]
        self._possessives, self._shared = lexicon.syntax.possessives, lexicon.syntax.shared_possessives
        self._situating = lexicon.syntax.locating | lexicon.syntax.locatives_of_states
        self._at_states = lexicon.syntax.locatives_of_states

    def people(self, token: Token, line: Line) -> list[Referent]:
        """Whom a noun of a person, a body or a state means; none if it is no such noun, or nobody known."""
        word = token.folded_lemma
        if word in self._acting or token.pos_ == "PROPN" or self.is_partners(token):
            alone = word in self._lawmaking and self._is_bare(token) and self.is_definite(token)
            return self._people(token, word, line) or (self.acting_state(token, line) if alone else [])
        if token.lower_lemma in self._documents and token.dep_ == "nsubj":
            return self.states_of(token, line)
        return self.bodies(token, word, line, self.states_of(token, line)) if self.may_take_up(word) else []

    def _in_front(self, token: Token, line: Line) -> list[Referent]:
        """The state in whose place a clause stands: "En X, la justice a …", "Quant à X, une cour y a …"."""
        first = next((n for n in line.names if n.start >= token.sent.start), None)
        if first is None or first.kind != "State" or not first.end <= token.i <= first.end + 3:
            return []
        lead = line.doc[token.sent.start : first.start]
        there = 0 < len(lead) <= 3 and lead[-1].lower_ in self._at_states
        comma = line.doc[first.end].text == ","
        return [self.referent(first, "coreference")._replace(confidence=0.7)] if there and comma else []

    def _people(self, token: Token, word: str, line: Line) -> list[Referent]:
        """A described person or body: the name in apposition, the named office holder, or the state."""
        if person := self._apposed(token, line):
            return [person]
        if word in self._acting and (body := self._apposed_body(token, line)):
            return [body]
        if self.is_partners(token) and (
            several := self.several(token, line, "Person" if word in self._officials else "State")
        ):
            return several
        owned = any(c.dep_.startswith("det") and c.lower_ in self._owners for c in token.children)
        states = [] if owned and word in self._armed else self.states_of(token, line)
        if taken_up := self.bodies(token, word, line, states):
            return taken_up
        if states:
            if word in self._officials | self._counterpart:
                holder = self._holder(token, states[0]) if len(states) == 1 else None
                return [holder] if holder else states
            return states
        if masters := self._masters(token, line) or self._senders(token, line):
            return masters
        if owned:
            theirs = word in self._bodies | self._states or self._is_staff(token, word)
            owners = self.owners_of(token, line) if theirs else []
            return [self.again(self._state_of(owner, word, token, line), token) for owner in owners]
        if word in self._bodies and self._is_bare(token) and (there := self._in_front(token, line)):
            return there
        if not self.is_definite(token):
            return []
        if word in self._officials:
            return self._taken_up_staff(token, word) if self._is_bare(token) else self._in_office(token)
        states = [*self.focus.states, *[self.referent(n) for n in line.names if n.kind == "State" and n.end <= token.i]]
        meant = self._forms.get(word)
        states = [r for r in states if meant is None or r.entity in meant]
        if word in self._ruled and states and self._is_bare(token) and self.counted(token) < 2:
            return [self.again(states[-1], token)]
        return []

    def _taken_up_staff(self, token: Token, word: str) -> list[Referent]:
        """The person spoken of last; of several who are sent to look, the body that sends them: "les inspecteurs"."""
        if "Plur" not in token.morph.get("Number", []):
            return [self.again(r, token) for r in self.focus.persons[-1:]]
        senders = [r for r in self.focus.bodies if r.kind in _SENDING] if word in self._staff else []
        return [self.again(r, token) for r in senders[-1:]]

    def _state_of(self, owner: Referent, word: str, token: Token, line: Line) -> Referent:
        """Whose country is meant: that of a person is the state last named before in the sentence, in his title, or
        the only one in which he held office."""
        if owner.kind != "Person" or word not in self._states:
            return owner
        told = [n for n in line.names if n.kind == "State" and token.sent.start <= n.start and n.end <= token.i]
        told = [n for n in told if line.doc[n.start - 1].lower_ not in self._situating or n.start == token.sent.start]
        if told:
            return self.referent(told[-1])
        served = self._served.get(owner.entity, set())
        return owner._replace(entity=next(iter(served)), kind="State") if len(served) == 1 else owner

    def _is_bare(self, token: Token) -> bool:
        return not any(c.dep_ in ("nmod", "acl", "acl:relcl") for c in token.children)

    def _apposed(self, token: Token, line: Line) -> Referent | None:
        """The person's name that goes with a title: "le président chilien Gabriel Boric", "le ministre de la Défense, X"."""
        for named in line.names:
            if named.kind != "Person" or not token.i < named.start < min(token.i + _REACH, token.sent.end):
                continue
            head = line.doc.span(named.start, named.end).root
            between = line.doc[token.i + 1 : named.start]
            if any(
                (t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "nmod")) or t.lower_ in self._words.parting
                for t in between
            ) or any(Kind.AT in t.kinds and not self._is_of_title(t, named.start) for t in between):
                return None
            if (
                head.head == token
                or token in list(head.ancestors)[:3]
                or all(t.pos_ in ("ADJ", "PUNCT", "NOUN", "ADP", "DET", "PROPN") for t in between)
            ):
                return self.referent(named)
        return None

    def _apposed_body(self, token: Token, line: Line) -> Referent | None:
        """The body whose name follows what it is, and whose: "l'avionneur américain X", "la société Y"."""
        end = token.i + 1
        while (
            end < len(line.doc) and end <= token.i + 3 and line.doc[end].pos_ == "ADJ" and end not in self._begun(line)
        ):
            end += 1
        named = next((n for n in line.at.get(end, ()) if n.start == end and n.kind in _BODIES), None)
        return self.referent(named) if named is not None else None

    def _compatriot(self, token: Token, line: Line) -> Referent | None:
        """The person whose name stands right behind the noun of his nationality: "le Russe X"."""
        named = next((n for n in line.at.get(token.i + 1, ()) if n.start == token.i + 1 and n.kind == "Person"), None)
        return self.referent(named) if named is not None and token.is_capital else None

    @staticmethod
    def _begun(line: Line) -> set[int]:
        """Where the names of bodies begin, which the tagger may take for adjectives."""
        return {n.start for n in line.names if n.kind in _BODIES}

    def _linked(self, token: Token, line: Line) -> list[Referent]:
        """To whom people without a name are said to belong: "des pirates liés au renseignement X"."""
        bonds = (c for c in token.children if c.lemma_ in self._words.linking and c.dep_ in ("acl", "amod"))
        ends = [c for bond in bonds for c in bond.children if c.i > bond.i and c.dep_.startswith(("obl", "iobj"))]
        found = [self.referent(n) for c in ends for n in line.at.get(c.i, ()) if n.kind in AGENTS - {"Person"}]
        return found or [r for c in ends if c.pos_ == "NOUN" for r in self.states_of(c, line)]

    def _is_of_title(self, preposition: Token, end: int) -> bool:
        """Whether "à" only tells the office of whom the name before `end` means: "le secrétaire à la Défense X"."""
        after = preposition.doc[preposition.i + 1 : end]
        return len(after) > 1 and after[0].pos_ == "DET" and after[1].pos_ == "NOUN" and after[1].i + 1 <= end

    def states_of(self, token: Token, line: Line) -> list[Referent]:
        """The states (or organisations) that a noun's adjectives and complements name: "l'armée russe", "le président de l'Ukraine"."""
        found = []
        for child in token.children:
            if child.dep_ in _OWNING and abs(child.i - token.i) <= 8 and not self._is_situating(child):
                found += [self.referent(n) for n in line.at.get(child.i, ()) if n.kind in AGENTS - {"Person"}]
                found += self.organization(child, line)
                if not found and child.dep_ == "nmod" and child.pos_ == "NOUN" and not self._is_armament(child, line):
                    several = self.several(child, line, "State") if self.is_partners(child) else []
                    found += several or self.states_of(child, line)
        if not found and token.folded_lemma in self._acting:
            found += self._linked(token, line)
        if not found and token.folded_lemma in self._officials:
            for index in range(token.i + 1, min(token.i + 5, len(line.doc))):
                if line.doc[index].pos_ in ("VERB", "AUX", "PUNCT"):
                    break
                found += [self.referent(n) for n in line.at.get(index, ()) if n.form is NameForm.ADJECTIVE]
        return list({r.entity: r for r in found}.values())

    def _is_situating(self, token: Token) -> bool:
        """Whether a complement only tells where: "l'ambassade à X" is not of X; no field: "experts en déminage de X"."""
        articles = any(c.pos_ == "DET" for c in token.lefts)
        field = token.pos_ == "NOUN" and token.head.folded_lemma in self._staff and not articles
        return not field and any(c.dep_ == "case" and c.lower_ in self._situating for c in token.lefts)

    def _is_staff(self, token: Token, word: str) -> bool:
        """Whether a plural means the people who act for someone: "ses aviateurs", "leurs inspecteurs"."""
        return word in self._officials and "Plur" in token.morph.get("Number", [])

    def _masters(self, token: Token, line: Line) -> list[Referent]:
        """The person whose people they are: "les hommes de X", "l'administration X"."""
        return [
            self.referent(n)
            for child in token.children
            if child.dep_ in ("nmod", "appos", "flat:name") and child.i > token.i
            for n in line.at.get(child.i, ())
            if n.kind == "Person" and n.start == child.i
        ]

    def _senders(self, token: Token, line: Line) -> list[Referent]:
        """The body, taken up by a noun, whose people they are: "les experts de l'organisation", "une équipe de l'agence"."""
        return [
            self.again(r, token)
            for c in token.children
            if c.dep_ == "nmod" and c.pos_ == "NOUN" and self.may_take_up(c.folded_lemma)
            if any(m.dep_ == "case" and Kind.OF_ONE in m.kinds for m in c.lefts)
            for r in self.bodies(c, c.folded_lemma, line, ())
        ]

    def organization(self, adjective: Token, line: Line, deed: bool = False) -> list[Referent]:
        """The organisation that an adjective means: "les enquêteurs onusiens"; of a deed, "les sanctions européennes"."""
        word = adjective.lower_lemma
        iri = (
            None if adjective.i in line.at else self._adjectives.get(word) or (self._deeds.get(word) if deed else None)
        )
        if iri is None or iri not in self.reference.entities:
            return []
        kind = self.reference.entities[iri].kind
        return [Referent(iri, kind, "adjective", adjective.i, adjective.i + 1, 0.8)]

    def _holder(self, token: Token, state: Referent) -> Referent | None:
        """The person, named in this document, who holds the described office of that state; rather than one who held it once, and
        of whom the text was not just speaking, the one in office on the day of the document."""
        types = self._types_of(token)
        if token.lower_lemma in self._counterpart:
            types = ("head of state", "head of government", "foreign minister", "defence minister")
        tenures = [t for t in self._tenures.get(state.entity, ()) if t.office_type in types]
        holders = {t.person for t in tenures}
        if told := [r for r in reversed(self.focus.persons) if r.entity in holders]:
            lately = {r.entity for r in self.focus.subjects[-1:]}
            present = {t.person for t in tenures if (t.earliest or "") <= (self.day or "") <= (t.latest or "9999")}
            in_office = [r for r in told if r.entity in present] if told[0].entity not in lately else []
            return self.again((in_office or told)[0], token, 0.85)
        for person in sorted(holders & self.full):
            return Referent(person, "Person", "coreference", token.i, token.i + 1, 0.8)
        return None

    def _in_office(self, token: Token) -> list[Referent]:
        """The person spoken of who holds a described office of whatever state: "X a promis …. Le chef du gouvernement a averti …"."""
        types = self._types_of(token)
        holders = {t.person for tenures in self._tenures.values() for t in tenures if t.office_type in types}
        return [self.again(r, token) for r in self.focus.persons if r.entity in holders][-1:]

    def _types_of(self, token: Token) -> tuple[str, ...]:
        """The types of the office that a noun and what follows it name; none if they name none."""
        phrase = fold_word(token.doc.span(token.i, token.i + _REACH).text)
        return next((types for described, types in self._offices if described.match(phrase)), ())

    def is_definite(self, token: Token) -> bool:
        articles = [c for c in token.children if c.dep_ == "det"]
        known = any(Kind.THE_ANY in c.kinds or c.lower_ in self._pronouns.demonstratives for c in articles)
        return known or any(c.lower_ in self._contracted for c in token.children)


def _described(office: Office, ends: Iterable[str]) -> re.Pattern[str]:
    """Any name of the office, also in the plural, at the start of a folded text."""
    names = "|".join(re.escape(fold_word(name)) for name in office.names)
    return re.compile(rf"(?:{names})(?:{'|'.join(ends)})?(?![\w-])")
