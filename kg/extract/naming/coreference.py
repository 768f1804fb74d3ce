"""What a token stands for: a name, a described person or body ("le ministre iranien"), a pronoun, a definite description."""

from __future__ import annotations

from copy import copy

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token
from kg.extract.naming.descriptions import Descriptions
from kg.extract.naming.names import AGENTS, WEAPONS, Named
from kg.extract.reading import Focus, Line, Referent
from kg.extract.words import fold_word, keys
from kg.model import NameForm, Reference

_NESTED = 9
"""How far behind the noun of a place its name may stand: "un dépôt de munitions de la région de X"."""


class Referents(Descriptions):
    """Resolves tokens of one document, in the order of the text."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        super().__init__(reference, lexicon)
        self._place_nouns = set(lexicon.syntax.places)
        self._capital_nouns = lexicon.syntax.capitals
        self._capitals = {state: place for place, state in sorted(reference.capitals.items())}
        self._grounds = set(lexicon.syntax.grounds)
        self._naming = lexicon.names.naming
        self._introducing = lexicon.names.introducing
        self._exemplifying: dict[str, list[str]] = {}
        for phrase in lexicon.names.exemplifying:
            self._exemplifying.setdefault(phrase.partition(" ")[0], []).append(phrase)
        self._comparing = lexicon.syntax.comparing
        self._categories = reference.categories
        self._anaphoric = lexicon.names.anaphoric
        self._bearers = lexicon.names.bearers
        self._titles = frozenset(lexicon.names.titles)
        self._quantities = set(lexicon.syntax.quantities)
        self._weapon_heads = {fold_word(h) for h in lexicon.names.weapon_heads}
        self._treaty_holders = lexicon.agreements.holders
        self._treaty_nouns = lexicon.agreements.anaphoric
        self._treaty_words: dict[str, set[str]] = {}
        for name in reference.names:
            if reference.entities[name.entity].kind == "Treaty":
                self._treaty_words.setdefault(name.entity, set()).update(keys(name.text))

    def afresh(self, full: set[str], day: str | None = None) -> Referents:
        """The same for another document, of this day, which names these entities in full."""
        fresh = copy(self)
        fresh.full, fresh.day, fresh.focus = full, day, Focus()
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
            if named[0].form is NameForm.ADJECTIVE and (
                whose := self._apposed_body(token, line) or self._compatriot(token, line)
            ):
                return [whose]
            return [r for n in named for r in self.named(n, line)]
        if (latter := self.latter(token, line, kinds)) is not None:
            return latter
        if both := self.both(token, line):
            return [r for r in both if r.kind in kinds]
        if borne := self._borne(token, line, kinds):
            return borne
        armed = not kinds.isdisjoint(WEAPONS)
        if armed and (owned := self.owned(token, line)):
            return owned
        if token.lower_ in self._pronouns.owned and "Treaty" in kinds:
            return [self.again(meant, token)] if (meant := self.focus.treaty()) else []
        if armed and token.like_num and (counted := self._taken_up_weapon(token, line)):
            return counted
        if token.pos_ in ("PRON", "DET", "ADV") or token.lower_.startswith("-"):
            found = self.pronoun(token, line, kinds)
            several = token.lower_.lstrip("-") in self._pronouns.plural and not kinds.isdisjoint(AGENTS)
            return self.with_others(found, token, line) if several else found
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "X"):
            return self._phrase(token, line, kinds)
        return []

    def _borne(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """The person right behind a title, where the parse hangs the name on it: "M. X"."""
        if token.text not in self._titles:
            return []
        return [self.referent(n) for n in line.at.get(token.i + 1, ()) if n.kind == "Person" and self._fits(n, kinds)]

    def named(self, named: Named, line: Line) -> list[Referent]:
        """What a name stands for: the systems it announces, where it is a category, else itself."""
        if named.kind != "WeaponCategory":
            return [self.referent(named)]
        examples = [r for r in self._examples(named.end, line, WEAPONS) if not self._is_kind(r.entity, named.entity)]
        return self._specific(named, line) or [self.referent(named), *examples]

    def _is_kind(self, narrow: str, broad: str) -> bool:
        """Whether a system or category of weapons falls under a category: it says less than all that is named."""
        above = self._categories.get(narrow)
        while above is not None and above != broad:
            above = self._categories.get(above)
        return above is not None

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
            or t.lower_lemma in self._naming
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
        return token.is_capital

    def _fits(self, named: Named, kinds: frozenset[str]) -> bool:
        return named.kind in kinds or (named.place is not None and "Place" in kinds)

    def _phrase(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """What a noun with its modifiers stands for."""
        if (found := self._examples(token.i + 1, line, kinds)) and self._is_owned(token):
            return found
        return [*self._general(token, line, kinds), *found]

    def _general(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """The same, but for the examples of it that are named."""
        word = token.folded_lemma
        holds = token.lemma_ in self._quantities or word in self._weapon_heads or token.folded in self._weapon_heads
        armed = not kinds.isdisjoint(WEAPONS)
        if armed and token.lower_lemma in self._anaphoric and self._is_pointed(token):
            return [self.again(w, token) for w in self.focus.weapons[-1:]]
        if armed and (taken_up := self._taken_up_weapon(token, line)):
            return taken_up
        if armed and holds and (found := self._within(token, line, WEAPONS)):
            return found
        if "Treaty" in kinds:
            if token.lower_lemma in self._treaty_holders and (
                found := self._within(token, line, frozenset({"Treaty"}))
            ):
                return found
            if token.lower_lemma in self._treaty_nouns and self.is_definite(token):
                meant = self._just_named(token, line) or self.focus.treaty(lambda entity: self._is_called(entity, word))
                return [self.again(meant, token, 0.75)] if meant else []
        if (
            "Place" in kinds
            and {token.lower_, token.lower_lemma} & self._grounds
            and (ground := self._ground(token, line))
        ):
            return ground
        if "Place" in kinds and token.lower_lemma in self._place_nouns:
            return self._located(token, line)
        if not kinds.isdisjoint(AGENTS):
            if token.lemma_ in self._quantities and (inner := self._complement(token, line, kinds)):
                return inner
            named = self._named_before(token, line)
            return [r for r in ([named] if named else self.people(token, line)) if r.kind in kinds]
        return []

    def _named_before(self, token: Token, line: Line) -> Referent | None:
        """The person whose office a noun between commas only tells: "X, le directeur de Y, a déclaré"."""
        if token.folded_lemma not in self._officials:
            return None
        doc, start = line.doc, token.i - 1
        while start > token.sent.start and doc[start].pos_ in ("DET", "ADJ"):
            start -= 1
        named = next((n for n in line.at.get(start - 1, ()) if n.end == start and n.kind == "Person"), None)
        if named is None or doc[start].text != "," or start + 1 == token.i:
            return None
        before = doc[named.start - 1] if named.start > token.sent.start else None
        if before is not None and before.text != "," and Kind.BEGINS not in before.kinds:
            return None
        end = next(
            (t.i for t in doc[token.i : token.sent.end] if t.text == "," or t.pos_ in ("VERB", "AUX")), token.sent.end
        )
        behind = doc[end : end + 2]
        closed = len(behind) > 1 and behind[0].text == "," and behind[1].pos_ in ("VERB", "AUX", "ADV", "PRON")
        return self.referent(named) if closed else None

    def _examples(self, start: int, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """What is named as an example of the noun before: "ses alliés [comme X]", "des armes, [dont des X]"."""
        doc = line.doc
        while start < len(doc) and doc[start].pos_ == "ADJ":
            start += 1
        apart = start < len(doc) and doc[start].text == ","
        start += int(apart)
        phrases = self._exemplifying.get(doc[start].text, ()) if start < len(doc) else ()
        said = next((w for w in phrases if doc.span(start, start + w.count(" ") + 1).text == w), None)
        if said is None or (apart and said in self._comparing):
            return []
        start += said.count(" ") + 1
        named = next((n for n in line.names if start <= n.start <= start + 3 and self._fits(n, kinds)), None)
        if named is None or not all(t.pos_ in ("DET", "ADP", "NUM", "NOUN", "ADJ") for t in doc[start : named.start]):
            return []
        group = line.group(named.start, named.end) or [named]
        after = doc.span(group[-1].end, group[-1].end + 1)
        return [] if any(t.pos_ in ("VERB", "AUX", "PRON", "ADV") for t in after) else [self.referent(named)]

    def _just_named(self, token: Token, line: Line) -> Referent | None:
        """The treaty named before in the sentence, which "cet accord" takes up."""
        if not self._is_pointed(token):
            return None
        named = [n for n in line.names if n.kind == "Treaty" and token.sent.start <= n.start and n.end <= token.i]
        return self.referent(named[-1]) if named else None

    def _within(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        """Names of these classes that hang on the token and follow it closely: "systèmes de défense S-400"."""
        found = []
        for named in line.names:
            if named.kind not in kinds or not token.i < named.start <= token.i + 9:
                continue
            head = line.doc.span(named.start, named.end).root
            chain = [head, *head.ancestors]
            if token in chain and not any(
                t.pos_ in ("VERB", "AUX") and t.i > token.i and t.dep_ != "amod" for t in chain[1 : chain.index(token)]
            ):
                found.append(self.referent(named))
        return found

    def _complement(self, token: Token, line: Line, kinds: frozenset[str]) -> list[Referent]:
        return [r for c in token.children if c.dep_ in ("nmod", "obl:arg") for r in self.of(c, line, kinds)]

    def _located(self, token: Token, line: Line) -> list[Referent]:
        """The place of which a noun only tells the kind: "l'île de Diego Garcia", "le site nucléaire de Natanz"; the town that is
        a state's capital: "la capitale finlandaise"."""
        for named in line.names:
            if token.i < named.start <= token.i + _NESTED and (named.kind == "Place" or named.place):
                head = line.doc.span(named.start, named.end).root
                if token in (head, *head.ancestors):
                    return [self.referent(named)]
        if token.lower_lemma not in self._capital_nouns:
            return []
        seats = (self._capitals.get(state.entity) for state in self.states_of(token, line))
        return [Referent(seat, "Place", "capital", token.i, token.i + 1, 0.9) for seat in seats if seat]

    def _is_pointed(self, token: Token) -> bool:
        """Whether a demonstrative takes up what was spoken of: "cette substance"."""
        return any(c.lower_ in self._pronouns.demonstratives for c in token.lefts)

    def _taken_up_weapon(self, token: Token, line: Line) -> list[Referent]:
        """The system named last, where a bare definite noun of what bears names takes it up ("les appareils seront basés à X"),
        or a number alone counts some of it ("vingt ont été livrés"), or of what its own sentence names ("dont vingt ont été abattus")."""
        noun = token.lower_lemma in self._bearers and self.is_definite(token)
        number = token.pos_ in ("NUM", "PRON") and token.like_num and token.dep_.startswith(("nsubj", "obj", "conj"))
        bare = all(
            c.dep_ in ("det", "punct", "case", "acl", "acl:relcl", "appos", "nummod", "conj", "cc")
            or (number and "Rel" in c.morph.get("PronType", []))
            for c in token.children
        )
        if not bare or not (noun or number):
            return []
        local = [self.referent(n) for n in line.names if n.kind in WEAPONS and n.end <= token.i]
        latest = [*self.focus.weapons, *local][-1:]
        begin = token.sent.start if number else token.i
        return [self.again(w, token) for w in latest if w.kind == "WeaponSystem" or begin <= w.start < token.i]

    def _is_owned(self, token: Token) -> bool:
        return any(c.dep_.startswith("det") and c.lower_ in self._possessives for c in token.children)

    def _ground(self, token: Token, line: Line) -> list[Referent]:
        """The state whose ground is meant: "en territoire X", by its adjective; "sur son sol", of the nearest state that acts."""
        states = [r for r in self.states_of(token, line) if r.kind == "State"]
        if states or not self._is_owned(token):
            return [r._replace(rule="ground", place=None) for r in states]
        owners = [r for r in [*self.focus.subjects, *self.subjects_before(token, line)] if r.kind == "State"]
        return [owners[-1]._replace(rule="owned ground", start=token.i, end=token.i + 1, place=None)] if owners else []

    def _is_called(self, treaty: str, noun: str) -> bool:
        """Whether a treaty's names hold the noun by which a text refers to it: "la convention", "le protocole"."""
        return noun in self._treaty_words.get(treaty, keys(treaty.rsplit("/", 1)[-1]))
