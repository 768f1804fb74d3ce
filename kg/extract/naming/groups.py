"""Whom a text means by several at once: "les deux pays", "tous deux", "elles", "leurs"; whom it lists: "quatre États, A, B, C et D"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.lexicon.name_words import PeopleWords
from kg.extract.lexicon.pronoun_words import PronounWords
from kg.extract.lines.parse import Token
from kg.extract.naming.names import AGENTS
from kg.extract.naming.pronouns import Pronouns
from kg.extract.reading import Line, Referent
from kg.model import Reference

_RECENT = 5
"""A group is still meant while its members are among so many of their kind named last."""
_OPENING = frozenset({",", ":", "(", "—", "–"})
"""Marks before what spells out whom a counted noun means."""
_PHRASE = 4
"""A noun of those who are counted has at most so many tokens: "chefs d'État"."""
_SINGLING = frozenset({"amod", "nmod", "acl", "acl:relcl"})
"""What tells apart those who are counted from those told before: "les trois pays baltes"."""
_APART = 4
"""So many words may stand between a counted noun and the mark behind it: "deux pays d'Asie centrale, …"."""


class Groups(Pronouns):
    """Resolves what stands for several persons, states or bodies."""

    def __init__(
        self, reference: Reference, pronouns: PronounWords, people: PeopleWords, owners: frozenset[str]
    ) -> None:
        super().__init__(reference, pronouns)
        self._partners = people.partners
        self._owners = owners
        self._both_ends = {phrase.split()[-1].rpartition("'")[2] for phrase in pronouns.both}
        self._both_length = 1 + max(phrase.count(" ") + phrase.count("'") for phrase in pronouns.both)

    def several(self, token: Token, line: Line, kind: str) -> list[Referent]:
        """Those of a kind whom a counted noun means: those listed behind it, else those told before."""
        if listed := self.listed(token, line):
            return listed
        count = self.counted(token)
        plain = count == 2 or not any(c.dep_ in _SINGLING for c in token.children)
        known = any(c.lower_ in self._pronouns.plural_definite | self._owners for c in token.lefts)
        return self.together(kind, token, count, line) if count and plain and known else []

    def is_partners(self, token: Token) -> bool:
        """Whether a noun with a number may mean persons or states told before: "les deux pays", "les trois dirigeants"."""
        following = token.doc.span(token.i, token.i + _PHRASE).text
        return self.counted(token) > 1 and following.startswith(self._partners)

    def counted(self, token: Token) -> int:
        """How many a noun is said to be: 2 for "les deux pays" and "les 2 dirigeants"; 0 where no number stands before it."""
        before = token.doc[token.i - 1] if token.i else None
        if before is None:
            return 0
        word = before.lower_
        return int(word) if word.isdigit() and len(word) == 1 else self._pronouns.numbers.get(word, 0)

    def together(self, kind: str, token: Token, count: int, line: Line) -> list[Referent]:
        """Those of a kind last named side by side, if they are so many and still spoken of; else, of two, those named last."""
        shelf = self.focus.persons if kind == "Person" else self.focus.states
        recent = {r.entity for r in shelf[-_RECENT - count :]}
        lately = [g for g in self.focus.groups if recent.issuperset(r.entity for r in g)]
        for group in reversed([*lately, *self._groups_before(token, line)]):
            if group[0].kind == kind and len(group) == count:
                return [self.again(r, token) for r in group]
        return self._last_two(shelf, token) if count == 2 else []

    def _groups_before(self, token: Token, line: Line) -> list[tuple[Referent, ...]]:
        """Those named side by side before a token of the same sentence."""
        names = [n for n in line.names if token.sent.start <= n.start and n.end <= token.i]
        return [g for n in names if len(g := self.grouped(line, n.start, n.end)) > 1 and g[-1].end <= token.i]

    def both(self, token: Token, line: Line) -> list[Referent]:
        """Those two whom "tous deux" or "l'une et l'autre" means: who were named side by side last."""
        if token.lower_ not in self._both_ends:
            return []
        before = token.doc[max(token.sent.start, token.i - self._both_length) : token.i + 1]
        words = " ".join(t.lower_ for t in before).replace("' ", "'")
        if not words.endswith(self._pronouns.both):
            return []
        groups = [*self.focus.groups, *self._groups_before(token, line)]
        latest = [g for g in groups if len(g) == 2][-1:]
        return [self.again(r, token) for group in latest for r in group]

    def grouped(self, line: Line, start: int, end: int) -> tuple[Referent, ...]:
        """Those of one kind who act and are named side by side with the name at these tokens, each once."""
        group = [self.referent(n) for n in line.group(start, end) if n.kind in AGENTS and not n.is_place]
        alike = {r.entity: r for r in group if r.kind == group[0].kind}
        return tuple(alike.values())

    def with_others(self, found: list[Referent], token: Token, line: Line) -> list[Referent]:
        """Whom a pronoun of several stands for: with the one found those who are named beside him as a subject; the persons who
        were the last subject together."""
        latest = {r.entity for r in self.focus.subjects[-1:]}
        joined = [r for r in self.focus.joined if r.kind == "Person"]
        subject = token.dep_.startswith("nsubj") and not self.subjects_before(token, line)
        if subject and len(joined) > 1 and latest & {r.entity for r in joined}:
            return [self.again(r, token) for r in joined]
        for group in [*self._groups_before(token, line), self.focus.joined] if found else []:
            if found[0].entity in {r.entity for r in group}:
                return [self.again(r, token) for r in group]
        return found

    def listed(self, token: Token, line: Line) -> list[Referent]:
        """Whom a counted noun means that are named behind it: "trois pays, A, B et C", "deux pays ont … : A et B"."""
        count = self.counted(token)
        if count < 2:
            return []
        for named in line.names:
            if not token.i < named.start < token.sent.end or named.kind not in AGENTS:
                continue
            group = self.grouped(line, named.start, named.end)
            if (
                len(group) == count
                and named.start == group[0].start
                and self._is_opened(token, named.start, line, group)
            ):
                return list(group)
        return []

    def _is_opened(self, token: Token, start: int, line: Line, group: Sequence[Referent]) -> bool:
        """Whether the names from a token on spell out whom a noun means: right behind a mark after it, or behind the colon that
        closes its clause, to the end of the sentence."""
        mark = start - 1
        while mark > token.i and line.doc[mark].pos_ == "DET":
            mark -= 1
        if line.doc[mark].text not in _OPENING:
            return False
        between = line.doc[token.i + 1 : mark]
        if len(between) <= _APART and all(t.pos_ in ("ADP", "ADJ", "PROPN", "NOUN", "DET") for t in between):
            return True
        last = max(r.end for r in group)
        return line.doc[mark].text == ":" and all(t.is_punct for t in line.doc[last : token.sent.end])

    def _last_two(self, shelf: Sequence[Referent], token: Token) -> list[Referent]:
        """The two spoken of last, where there are two: "les deux hommes"."""
        latest: dict[str, Referent] = {}
        for referent in reversed(shelf):
            latest.setdefault(referent.entity, referent)
            if len(latest) == 2:
                break
        return [self.again(r, token) for r in latest.values()] if len(latest) == 2 else []
