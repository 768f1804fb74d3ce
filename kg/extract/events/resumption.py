"""Events whose parties a text leaves unsaid, for its noun takes up one told before: "La livraison est prévue en 2026"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from kg.extract.clauses.presentation import SPEECH
from kg.extract.clauses.syntax import Syntax
from kg.extract.events.conditions import Conditions
from kg.extract.events.filling import CORE, Filling
from kg.extract.events.nesting import Found
from kg.extract.lexicon.resuming_words import ResumingWords
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents

RESUMED = "coreference/resumed"
"""The rule of the fillers found so."""
_SURE = 0.6
_OPEN = frozenset({"needs", "strict", "told"})
"""Conditions that fail where parties are not named."""
_TELLING = frozenset({"nmod", "appos", "acl:relcl", "flat:name"})
"""How what says which event is meant hangs on its noun."""


class Resumption:
    """Gives triggers that lack parties those of the event which their noun takes up."""

    def __init__(self, words: ResumingWords, syntax: Syntax, conditions: Conditions) -> None:
        self._words = words
        self._syntax = syntax
        self._undergoing = frozenset({"obj", syntax.led.of})
        """Where stands the noun of a verb, or of another noun: "le contrat a été signé", "la signature du contrat"."""
        self._conditions = conditions

    def of(self, refused: Sequence[Filling], found: Mapping[int, Found], referents: Referents) -> Iterator[Found]:
        """Those of the refused that hold with the parties of an event told before, in the text or in the sentence."""
        for filling in refused:
            if filling.match.frame.event in SPEECH:
                continue
            for noun, source in self._sources(filling, found, referents):
                resumed = _with(filling, self._given(filling, source, noun), source, noun)
                if _OPEN.issuperset(self._conditions.failing(filling)) and self._conditions.hold(resumed):
                    same = source.match.frame.event == filling.match.frame.event and not self._is_again(noun)
                    yield Found(resumed, resumed=same)
                break

    def _sources(
        self, filling: Filling, found: Mapping[int, Found], referents: Referents
    ) -> Iterator[tuple[Token, Filling]]:
        """The events that a noun of a trigger may take up, the latest first, with the noun."""
        for noun, kinds in self._nouns(filling):
            if self._is_bare(noun, filling, referents) or (self._is_again(noun) and kinds & self._words.repeated):
                near = sorted((i for i in found if i < filling.match.token.i), reverse=True)
                before = chain((found[i].filling for i in near), reversed(referents.focus.happened))
                fitting = (source for source in before if source.match.frame.event in kinds)
                yield from ((noun, source) for source in fitting if self._given(filling, source, noun))

    def _nouns(self, filling: Filling) -> Iterator[tuple[Token, frozenset[str]]]:
        """The nouns by which a trigger may take up an event: itself, or what it is done to; with the classes that each takes up."""
        match = filling.match
        own = match.frame.event
        if match.noun:
            yield match.token, frozenset({own, *self._words.nouns.get(match.token.lower_lemma, ())})
        if own in self._words.parties:
            for arc in self._syntax.arcs(match.token):
                if arc.relation in self._undergoing and (kinds := self._words.nouns.get(arc.token.lower_lemma)):
                    yield arc.token, kinds

    def _is_bare(self, noun: Token, filling: Filling, referents: Referents) -> bool:
        """Whether a noun is definite and no name beside it says which event is meant."""
        if not referents.is_definite(noun):
            return False
        dated = {t.i for e in filling.line.dates for t in filling.line.doc.around(e.begin, e.end) or ()}
        telling = (c for c in noun.children if c.i not in dated)
        return not any(c.dep_ in _TELLING or (c.dep_ == "amod" and c.i in filling.line.at) for c in telling)

    def _is_again(self, noun: Token) -> bool:
        """Whether a noun tells one more of the same: "un troisième essai"."""
        return any(c.lower_lemma in self._words.again or c.lower_ in self._words.again for c in noun.lefts)

    def _given(self, filling: Filling, source: Filling, noun: Token) -> dict[str, list[str]]:
        """The roles of the source that each empty role takes, unless what the filling has already contradicts it; of one more of
        the same, who did it."""
        kind = filling.match.frame.event
        same = source.match.frame.event == kind
        become = {role: [role] for role in CORE} if same else self._words.parties.get(kind, {})
        if same and self._is_again(noun):
            become = {"agent": ["agent"]} if not filling.roles.keys() & {"agent"} else {}
        for role in CORE:
            told = filling.entities(role) if same or role in become else set()
            if told and not told <= {e for r in become.get(role, ()) for e in source.entities(r)}:
                return {}
        given = {role: [r for r in roles if source.roles.get(r)] for role, roles in become.items()}
        return {role: roles for role, roles in given.items() if roles}


def _with(filling: Filling, given: Mapping[str, Sequence[str]], source: Filling, noun: Token) -> Filling:
    """A filling with the fillers of another's roles in its own, as if the parse had given them where the noun stands."""
    roles = {role: list(fillers) for role, fillers in filling.roles.items()}
    resumed = replace(filling, roles=roles, parsed=set(filling.parsed))
    for role, others in given.items():
        for other in others:
            for filled in source.roles[other]:
                if filled.referent.entity not in resumed.used():
                    again = filled.referent._replace(rule=RESUMED, start=noun.i, end=noun.i + 1)
                    resumed.add(role, again, RESUMED, _SURE)
        if role in roles:
            resumed.parsed.add(role)
    return resumed
