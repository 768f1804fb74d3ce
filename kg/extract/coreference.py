"""What a token stands for: a name, a described person or body ("le ministre iranien"), a pronoun, a definite description.

The order in a noun phrase decides: a person's name in apposition wins; then the office of a described person, if the text
names its holder; then the state that the adjective or complement names. Pronouns and bare descriptions take the latest
fitting entity.
"""

from __future__ import annotations

import re
from copy import copy

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon, Office
from kg.extract.names import AGENTS, WEAPONS, Named
from kg.extract.reading import Focus, Line, Referent
from kg.extract.words import fold_word, keys
from kg.ids import entity_iri
from kg.model import NameForm, Reference

_TREATY_HOLDERS = frozenset({
    "traité", "accord", "texte", "convention", "pacte", "protocole", "document", "clause", "article",
    "disposition", "terme", "régime", "mémorandum", "arrangement", "obligation", "engagement", "interdiction",
    "limite", "plafond", "participation", "application", "validité", "cadre", "principe", "charte",
    "déclaration", "règle", "esprit", "lettre", "ratification", "adhésion", "signature", "instrument",
    "mécanisme", "processus", "plan",
})  # fmt: skip
"""Nouns through which a treaty is meant: "les obligations du traité"; not those of other events ("le non-respect du traité")."""
_RELATIVES = frozenset({"qui", "que", "qu'", "dont", "lequel", "laquelle", "lesquels", "lesquelles"})
_TREATY_NOUNS = frozenset(
    {"traité", "accord", "texte", "convention", "pacte", "protocole", "document", "instrument", "dispositif"}
)
_FIRST = frozenset({"je", "j'", "moi", "nous", "notre", "nos", "mon", "ma", "mes", "me", "m'"})
_THINGS = frozenset(
    {
        "le",
        "la",
        "les",
        "l'",
        "en",
        "y",
        "il",
        "elle",
        "ils",
        "elles",
        "ceux-ci",
        "celui-ci",
        "celle-ci",
        "celles-ci",
    }
)
_FEMININE_EXCEPTIONS = frozenset({"Mexique", "Mozambique", "Cambodge", "Zimbabwe", "Belize", "Suriname"})


class Referents:
    """Resolves tokens of one document, in the order of the text."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.reference = reference
        self.full: set[str] = set()
        people = lexicon.people
        self._officials = {fold_word(w) for w in people.officials}
        self._bodies = {fold_word(w) for w in people.bodies}
        self._states = {fold_word(w) for w in people.state_nouns}
        self._counterpart = {fold_word(w) for w in people.counterpart}
        self._pairs = people.pairs
        self._adjectives = {word: entity_iri("Organization", name) for word, name in people.adjectives.items()}
        self._deeds = {word: entity_iri("Organization", name) for word, name in people.deed_adjectives.items()}
        self._offices = [(_described(office), office.types) for office in people.offices if office.types]
        self._place_nouns = set(lexicon.syntax.places)
        self._grounds = set(lexicon.syntax.grounds)
        self._naming = lexicon.names.naming
        self._introducing = lexicon.names.introducing
        self._possessives = lexicon.syntax.possessives
        self._situating = lexicon.syntax.locating | lexicon.syntax.locatives_of_states
        self._quantities = set(lexicon.syntax.quantities)
        self._weapon_heads = {fold_word(h) for h in lexicon.names.weapon_heads}
        self._labels = {iri: e.label for iri, e in reference.entities.items() if e.kind == "State"}
        self._treaty_words: dict[str, set[str]] = {}
        for name in reference.names:
            if reference.entities[name.entity].kind == "Treaty":
                self._treaty_words.setdefault(name.entity, set()).update(keys(name.text))
        self.focus = Focus()

    def afresh(self, full: set[str]) -> Referents:
        """The same for another document, which names these entities in full."""
        fresh = copy(self)
        fresh.full, fresh.focus = full, Focus()
        return fresh

    def of(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """The entities of these classes that a token stands for; none if it stands for none that is known."""
        if named := [n for n in line.at.get(token.i, ()) if self._fits(n, kinds)]:
            if (
                named[0].form is NameForm.ADJECTIVE
                and token.pos_ == "ADJ"
                and token.dep_ == "amod"
                and token.head.pos_ == "NOUN"
                and not self._is_demonym(token)
            ):
                return [self.referent(n, "adjective") for n in named]
            return [r for n in named for r in self.named(n, line)]
        if token.pos_ in ("PRON", "DET", "ADV") or token.lower_.startswith("-"):
            return self._pronoun(token, line, kinds)
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "X"):
            return self._phrase(token, line, kinds)
        return []

    def named(self, named: Named, line: Line) -> list[Referent]:
        """What a name stands for: the systems it announces, where it is a category, else itself."""
        return (self._specific(named, line) if named.kind == "WeaponCategory" else []) or [self.referent(named)]

    def _specific(self, named: Named, line: Line) -> list[Referent]:
        """The systems that a category right before them announces: "chars Leopard 2", "missiles de type Hwasong-17"."""
        if explained := self._explained(named, line):
            return [explained]
        following = next(
            (n for n in line.names if n.start >= named.end and n.form not in (NameForm.ADJECTIVE, NameForm.PREFIX)),
            None,
        )
        if following is None or following.kind != "WeaponSystem":
            return []
        between = line.doc[named.end : following.start]
        if len(between) > 4 or not all(
            t.pos_ == "ADJ"
            or t.text in ("«", '"', "(")
            or t.lower_ in self._naming
            or t.lemma_.lower() in self._naming
            or (t.text == "," and len(between) == 2)
            for t in between
        ):
            return []
        return [self.referent(following)]

    def _explained(self, named: Named, line: Line) -> Referent | None:
        """The system right before, of which a category only says what it is: "le X, un avion de combat"."""
        previous = next((n for n in reversed(line.names) if n.end <= named.start), None)
        if previous is None or previous.kind != "WeaponSystem":
            return None
        between = line.doc[previous.end : named.start]
        plain = all(t.pos_ in ("DET", "ADJ", "NUM", "PUNCT") for t in between)
        opened = 2 <= len(between) <= 4 and between[0].text == "," and between[1].lower_ in self._introducing
        return self.referent(previous) if opened and plain else None

    def _is_demonym(self, token: Token) -> bool:
        return token.text[0].isupper()

    def _fits(self, named: Named, kinds: frozenset[str]) -> bool:
        return named.kind in kinds or (named.place is not None and "Place" in kinds)

    def referent(self, named: Named, rule: str | None = None) -> Referent:
        """A name as what it stands for."""
        return Referent(
            named.entity,
            named.kind,
            rule or named.rule,
            named.start,
            named.end,
            named.confidence,
            named.place,
        )

    def _phrase(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """What a noun with its modifiers stands for."""
        word = fold_word(token.lemma_)
        holds = (
            token.lemma_ in self._quantities
            or word in self._weapon_heads
            or fold_word(token.text) in self._weapon_heads
        )
        if kinds & WEAPONS and holds and (found := self._within(token, line, WEAPONS)):
            return found
        if "Treaty" in kinds:
            if token.lemma_.lower() in _TREATY_HOLDERS and (found := self._within(token, line, frozenset({"Treaty"}))):
                return found
            if token.lemma_.lower() in _TREATY_NOUNS and self._is_definite(token):
                meant = self.focus.treaty(lambda entity: self._is_called(entity, word))
                return [self._again(meant, token, 0.75)] if meant else []
        if "Place" in kinds and {token.lower_, token.lemma_.lower()} & self._grounds and self._is_owned(token):
            return self._ground(token, line)
        if "Place" in kinds and token.lemma_.lower() in self._place_nouns:
            return self._located(token, line)
        if kinds & AGENTS:
            if token.lemma_ in self._quantities and (inner := self._complement(token, line, kinds)):
                return inner
            if (
                word in self._officials | self._bodies | self._states | self._counterpart
                or token.pos_ == "PROPN"
                or self._is_pair(token)
            ):
                return [r for r in self._people(token, word, line) if r.kind in kinds]
        return []

    def _within(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """Names of these classes that hang on the token and follow it closely: "systèmes de défense S-400"."""
        found = []
        for named in line.names:
            if named.kind not in kinds or not token.i < named.start <= token.i + 9:
                continue
            head = line.doc[named.start : named.end].root
            chain = [head, *head.ancestors]
            if token in chain and not any(
                t.pos_ in ("VERB", "AUX") and t.i > token.i and t.dep_ != "amod" for t in chain[1 : chain.index(token)]
            ):
                found.append(self.referent(named))
        return found

    def _complement(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        return [r for c in token.children if c.dep_ in ("nmod", "obl:arg") for r in self.of(c, line, kinds)]

    def _located(self, token: Token, line: Line) -> list[Referent]:
        """The place of which a noun only tells the kind: "l'île de Diego Garcia", "le site nucléaire de Natanz"."""
        for named in line.names:
            if token.i < named.start <= token.i + 6 and (named.kind == "Place" or named.place):
                head = line.doc[named.start : named.end].root
                if token in (head, *head.ancestors):
                    return [self.referent(named)]
        return []

    def _is_owned(self, token: Token) -> bool:
        return any(c.dep_.startswith("det") and c.lower_ in self._possessives for c in token.children)

    def _ground(self, token: Token, line: Line) -> list[Referent]:
        """The state whose ground is meant: "stationnés sur son sol", of the nearest state before that acts."""
        owners = [r for r in [*self.focus.subjects, *self._subjects_before(token, line)] if r.kind == "State"]
        return [owners[-1]._replace(rule="owned ground", start=token.i, end=token.i + 1, place=None)] if owners else []

    def _is_definite(self, token: Token) -> bool:
        return any(
            c.dep_ == "det" and c.lower_ in ("le", "la", "l'", "ce", "cet", "cette", "les", "ces")
            for c in token.children
        ) or any(c.lower_ in ("du", "au") for c in token.children)

    def _is_pair(self, token: Token) -> bool:
        before = token.doc[max(0, token.i - 1) : token.i + 4].text
        return any(before.startswith(pair) for pair in self._pairs)

    def _people(self, token: Token, word: str, line: Line) -> list[Referent]:
        """A described person or body: the name in apposition, the named office holder, or the state."""
        if person := self._apposed(token, line):
            return [person]
        if self._is_pair(token):
            return self._last_two("Person" if word in self._officials or word == "homme" else "State", token)
        states = self.states_of(token, line)
        if states:
            if word in self._officials | self._counterpart:
                holder = self._holder(token, states[0])
                return [holder] if holder else states
            return states
        if masters := self._masters(token, line):
            return masters
        if any(c.dep_.startswith("det") and c.lower_ in self._possessives for c in token.children):
            owners = self._subjects_before(token, line) or self.focus.subjects
            theirs = word in self._bodies | self._states or self._is_staff(token, word)
            return [self._again(owners[-1], token, 0.7)] if owners and theirs else []
        if not self._is_definite(token):
            return []
        if word in self._officials and self.focus.persons and self._is_bare(token):
            return [self._again(self.focus.persons[-1], token)]
        states = [
            *self.focus.states,
            *[self.referent(n) for n in line.names if n.kind == "State" and n.end <= token.i],
        ]
        if word in self._states | {"gouvernement"} and states and self._is_bare(token):
            return [self._again(states[-1], token)]
        return []

    def _is_called(self, treaty: str, noun: str) -> bool:
        """Whether a treaty's names hold the noun by which a text refers to it: "la convention", "le protocole"."""
        return noun in self._treaty_words.get(treaty, keys(treaty.rsplit("/", 1)[-1]))

    def _again(self, referent: Referent, token: Token, confidence: float = 0.7) -> Referent:
        return referent._replace(rule="coreference", start=token.i, end=token.i + 1, confidence=confidence)

    def _is_bare(self, token: Token) -> bool:
        return not any(c.dep_ in ("nmod", "acl", "acl:relcl") for c in token.children)

    def _apposed(self, token: Token, line: Line) -> Referent | None:
        """The person's name that goes with a title: "le président chilien Gabriel Boric", "le ministre de la Défense, X"."""
        for named in line.names:
            if named.kind != "Person" or named.start <= token.i or named.start > token.i + 12:
                continue
            head = line.doc[named.start : named.end].root
            between = line.doc[token.i + 1 : named.start]
            if any(
                (t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "nmod")) or t.lower_ in ("et", "avec", "à", "que")
                for t in between
            ):
                return None
            if (
                head.head == token
                or token in list(head.ancestors)[:3]
                or all(t.pos_ in ("ADJ", "PUNCT", "NOUN", "ADP", "DET", "PROPN") for t in between)
            ):
                return self.referent(named)
        return None

    def states_of(self, token: Token, line: Line) -> list[Referent]:
        """The states (or organisations) that a noun's adjectives and complements name: "l'armée russe", "le président de l'Ukraine"."""
        found = []
        for child in token.children:
            if (
                child.dep_
                in ("amod", "nmod", "flat:foreign", "appos", "flat:name", "acl", "compound", "obl:arg", "dep")
                and abs(child.i - token.i) <= 8
                and not self._is_situating(child)
            ):
                found += [self.referent(n) for n in line.at.get(child.i, ()) if n.kind in AGENTS - {"Person"}]
                found += self.organization(child, line)
                if not found and child.dep_ == "nmod" and child.pos_ == "NOUN":
                    found += self.states_of(child, line)
        if not found and fold_word(token.lemma_) in self._officials:
            for index in range(token.i + 1, min(token.i + 5, len(line.doc))):
                if line.doc[index].pos_ in ("VERB", "AUX", "PUNCT"):
                    break
                found += [self.referent(n) for n in line.at.get(index, ()) if n.form is NameForm.ADJECTIVE]
        return list({r.entity: r for r in found}.values())

    def _is_situating(self, token: Token) -> bool:
        """Whether a complement only tells where: "l'ambassade française à Bagdad" is not Iraq's."""
        return any(c.dep_ == "case" and c.lower_ in self._situating for c in token.lefts)

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

    def organization(self, adjective: Token, line: Line, deed: bool = False) -> list[Referent]:
        """The organisation that an adjective means: "les enquêteurs onusiens"; of a deed, "les sanctions européennes"."""
        word = adjective.lemma_.lower()
        iri = (
            None if adjective.i in line.at else self._adjectives.get(word) or (self._deeds.get(word) if deed else None)
        )
        if iri is None or iri not in self.reference.entities:
            return []
        kind = self.reference.entities[iri].kind
        return [Referent(iri, kind, "adjective", adjective.i, adjective.i + 1, 0.8)]

    def _holder(self, token: Token, state: Referent) -> Referent | None:
        """The person, named in this document, who holds the described office of that state."""
        phrase = fold_word(token.doc[token.i : token.i + 9].text)
        types = next((types for described, types in self._offices if described.match(phrase)), ())
        if token.lemma_.lower() in self._counterpart:
            types = ("head of state", "head of government", "foreign minister", "defence minister")
        holders = {t.person for t in self.reference.tenures if t.body == state.entity and t.office_type in types}
        for referent in reversed(self.focus.persons):
            if referent.entity in holders:
                return self._again(referent, token, 0.85)
        for person in sorted(holders & self.full):
            return Referent(person, "Person", "coreference", token.i, token.i + 1, 0.8)
        return None

    def _last_two(self, kind: str, token: Token) -> list[Referent]:
        shelf = self.focus.persons if kind == "Person" else self.focus.states
        latest: dict[str, Referent] = {}
        for referent in reversed(shelf):
            latest.setdefault(referent.entity, referent)
            if len(latest) == 2:
                break
        return [self._again(r, token) for r in latest.values()] if len(latest) == 2 else []

    def _pronoun(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        word = token.lower_.replace("-t-", "-")
        if word in _RELATIVES:
            return []
        if kinds & AGENTS:
            return [r for r in self._agent_pronoun(token, word, line) if r.kind in kinds]
        if word in _THINGS:
            local = [self.referent(n) for n in line.names if n.kind in kinds and n.end <= token.i]
            treaty = self.focus.treaty() if "Treaty" in kinds else None
            shelf = [*(self.focus.weapons if kinds & WEAPONS else [treaty] if treaty else []), *local]
            return [self._again(shelf[-1], token)] if shelf else []
        return []

    def _agent_pronoun(self, token: Token, word: str, line: Line) -> list[Referent]:
        word = word.lstrip("-")
        if word in _FIRST:
            return [self._again(self.focus.speaker, token, 0.8)] if self.focus.speaker else []
        candidates = [*self.focus.subjects, *self._subjects_before(token, line)]
        if word in ("il", "celui-ci", "dernier", "t-il"):
            fitting = [r for r in candidates if r.kind == "Person" or (r.kind in AGENTS and self._is_masculine(r))]
        elif word in ("elle", "celle-ci", "t-elle"):
            fitting = [r for r in candidates if r.kind != "Person" or not self.reference.entities.get(r.entity)]
        elif word in ("ils", "elles", "eux", "leur", "t-ils", "t-elles"):
            fitting = [r for r in candidates if r.kind != "Person"]
        elif word == "lui":
            subjects = {
                n.entity for c in token.head.children if c.dep_.startswith("nsubj") for n in line.at.get(c.i, ())
            }
            told = [
                self.referent(n)
                for n in line.names
                if n.kind in AGENTS and n.end <= token.i and n.form is not NameForm.ADJECTIVE
            ]
            fitting = [r for r in [*candidates, *told] if r.entity not in subjects]
        elif word in ("son", "sa", "ses"):
            fitting = candidates
        else:
            return []
        return [self._again(fitting[-1], token)] if fitting else []

    def _subjects_before(self, token: Token, line: Line) -> list[Referent]:
        """The agents that stand as subjects before a token of the same sentence."""
        found = []
        for named in line.names:
            if named.form in (NameForm.ADJECTIVE, NameForm.PREFIX) and line.doc[named.start].text.islower():
                continue
            if named.kind in AGENTS and token.sent.start <= named.start and named.end <= token.i:
                root = line.doc[named.start : named.end].root
                title = root.head if root.dep_ in ("flat:name", "nmod", "appos", "amod") else root
                if any(t.dep_.startswith("nsubj") for t in (root, title)) or named.kind == "Person":
                    found.append(self.referent(named))
        return found

    def _is_masculine(self, referent: Referent) -> bool:
        label = self._labels.get(referent.entity, "")
        return not label.endswith("e") or label in _FEMININE_EXCEPTIONS or referent.rule == "metonym"


def _described(office: Office) -> re.Pattern[str]:
    """Any name of the office, also in the plural, at the start of a folded text."""
    return re.compile(rf"(?:{'|'.join(re.escape(fold_word(name)) for name in office.names)})s?(?![\w-])")
