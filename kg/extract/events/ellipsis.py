"""Events told again of others without their words: "…, et la Pologne en 2014"; "…, Oslo six"; "Oslo a fait de même"; "imité par Lima"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.clauses.syntax import Syntax
from kg.extract.dating.expressions import Expression
from kg.extract.events.filling import ACTORS
from kg.extract.events.merge import Draft
from kg.extract.events.nesting import Found
from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span as Tokens
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import WEAPONS, Named
from kg.extract.reading import Line, Referent
from kg.extract.words import fold_word
from kg.model import Filler

ELLIPSIS = "ellipsis"
"""The rule of the fillers found so."""
_GAP = 3
"""So many words may stand between the words of a phrase."""
_CLOSE = 6
"""A subject stands at most so many words before its verb, where the parse does not tell it."""
_NEAR = 2
"""So many words may stand between who acts and the date: "la Pologne, elle, en 2014"."""
_DOERS = ("agent", "supplier", "recipient")
"""The roles of those who do, the first that a subject fills."""
_MARKS = frozenset({",", ";", ":"})
_COUNTED = frozenset({"NUM", "NOUN", "ADJ", "PROPN", "DET", "ADP", "X"})
"""Parts of speech of what is left of a clause that only counts or names things: "six", "48 appareils", "des Archer"."""
_REST = 7
"""So many words are left of it at most."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One of whom the event of a trigger before is told again by his name and a date, a number or a thing alone."""

    token: Token
    """The name, which stands for the trigger."""
    end: int
    actor: Referent
    source: Found
    items: tuple[Referent, ...] = ()
    """What he has in place of the source's item, where it is named."""


class Ellipses:
    """Finds what is left unsaid because it was just said."""

    def __init__(self, lexicon: Lexicon, syntax: Syntax) -> None:
        self._syntax = syntax
        self._acting = frozenset({"subj", "agent", syntax.led.by})
        """The last steps of the ways by which those who act are found."""
        self._done_by = frozenset({"agent", syntax.led.by, syntax.led.of})
        self._parting = _MARKS | lexicon.syntax.parting
        self._echoing: dict[str, list[tuple[str, ...]]] = {}
        for phrase in lexicon.syntax.echoing:
            first, *rest = map(fold_word, phrase.split())
            self._echoing.setdefault(first, []).append(tuple(rest))
        self._followed = frozenset(map(fold_word, lexicon.syntax.followed))
        self._trailing = lexicon.syntax.trailing
        self._doing_so, self._so = lexicon.syntax.doing_so, lexicon.syntax.so

    def gaps(self, sentence: Tokens, found: list[Found], line: Line, referents: Referents) -> list[Gap]:
        """ "La Russie a détruit ses stocks en 2017, et l'Inde en 2009", "Oslo a livré dix chars, Riga six": a name and a date, a
        number or a thing between commas, without a verb.

        Whom a gap is of is taken out of its source, with whose subject the parse often coordinates him.
        """
        gaps = list(self._gaps(sentence, found, line, referents)) if found else []
        for gap in gaps:
            _take_out(gap)
        return gaps

    def verbs(self, sentence: Tokens) -> dict[int, int]:
        """The verbs by which another does the same, "faire de même", with the ends of their phrases."""
        ends = {token.i: self._echoes(token) for token in sentence}
        return {i: end for i, end in ends.items() if end is not None}

    def actors(self, verb: Token, source: Draft, line: Line, referents: Referents) -> list[Referent]:
        """Who does the same as the source: the agent of "imité par X", else the subject; none of the source's own."""
        doing = source.entities(self._doer(source) or "")
        if self.is_followed(verb):
            tokens = [a.token for a in self._syntax.arcs(verb) if a.relation in self._done_by]
        else:
            tokens = [subject for subject, _ in self._syntax.subjects(verb)] or self._right_before(verb, line)
        return [r for t in tokens for r in referents.of(t, line, ACTORS) if r.entity not in doing]

    def is_followed(self, verb: Token) -> bool:
        """Whether a verb tells by whom the one who does it is followed: "imité par X"."""
        return verb.folded_lemma in self._followed and self._syntax.is_passive(verb)

    def _right_before(self, verb: Token, line: Line) -> list[Token]:
        """The name right before a verb whose subject the parse has lost: "; Madrid n'en a pas fait autant"."""
        for token in reversed(verb.doc[max(verb.sent.start, verb.i - _CLOSE) : verb.i]):
            if token.is_punct or token.pos_ == "ADP":
                return []
            if line.at.get(token.i):
                return [token]
        return []

    def _echoes(self, token: Token) -> int | None:
        """The end of the phrase that begins with a token, if it says that another does the same."""
        first = token.folded_lemma
        if first in self._followed and self._syntax.is_participle(token) and self._syntax.is_passive(token):
            return token.i + 1
        if self._does_so(token):
            return token.i + 1
        for rest in self._echoing.get(first, ()):
            ends = self._phrase(token, rest)
            if ends is not None:
                return ends
        return None

    def is_bare(self, verb: Token) -> bool:
        """Whether a verb that says that another does the same may mean anything else, so that what he does was told right before."""
        return verb.lemma_ in self._trailing | self._doing_so

    def _does_so(self, token: Token) -> bool:
        """Whether a finite verb alone says that another does the same: "Oslo a suivi", "Oslo l'a fait"."""
        trailing, doing = token.lemma_ in self._trailing, token.lemma_ in self._doing_so
        if not (trailing or doing) or token.pos_ != "VERB" or self._syntax.is_passive(token):
            return False
        if "Inf" in token.morph.get("VerbForm", ()):
            return False
        after = [c for c in token.children if c.i > token.i and c.dep_.startswith(("obj", "xcomp", "ccomp", "iobj"))]
        before = [c for c in token.lefts if c.dep_.startswith(("obj", "iobj", "dep", "expl"))]
        return not after and (bool(before) and all(c.lower_ in self._so for c in before) if doing else not before)

    def _phrase(self, token: Token, rest: tuple[str, ...]) -> int | None:
        position = token.i + 1
        for word in rest:
            ahead = token.doc[position : min(position + _GAP + 1, token.sent.end)]
            hit = next((t for t in ahead if word in (t.folded, t.folded_lemma)), None)
            if hit is None:
                return None
            position = hit.i + 1
        return position

    def _gaps(self, sentence: Tokens, found: list[Found], line: Line, referents: Referents) -> Iterator[Gap]:
        triggers = {f.token.i for f in found}
        for named in line.names:
            sources = [f for f in found if f.filling.match.end <= named.start]
            if not sources or named.kind not in ACTORS or not sentence.start <= named.start < sentence.end:
                continue
            source = sources[-1]
            rest = self._rest(named, line, source, triggers)
            if rest is None or not self._is_parted(named, line):
                continue
            role = self._doer_of(source)
            others = {f.referent.entity for f in source.filling.roles.get(role or "", ())} - {named.entity}
            if role is not None and others:
                items = tuple(r for n in rest for r in referents.named(n, line))
                yield Gap(line.doc[named.start], named.end, referents.referent(named), source, items)

    def _rest(self, named: Named, line: Line, source: Found, triggers: set[int]) -> list[Named] | None:
        """The weapons in what is left of the clause behind a name, a date or what counts or names things; None where there is
        neither, or the source has no such thing beside which it stands."""
        date = self._dated(named, line)
        if date is None:
            return self._counted(named, line, source)
        before = any(line.doc[named.start].sent.start_char <= d.begin and d.end <= named.begin for d in line.dates)
        return [] if before and self._is_verbless(named, date, line, triggers) else None

    def _counted(self, named: Named, line: Line, source: Found) -> list[Named] | None:
        """The weapons that follow a name at once, or none behind a number: "Paris six", "la Suède des Archer"."""
        rest: list[Token] = []
        for token in line.doc[named.end : line.doc[named.start].sent.end]:
            if token.is_punct or token.lower_ in self._parting:
                break
            rest.append(token)
        plain = 0 < len(rest) <= _REST and all(t.pos_ in _COUNTED or t.like_num for t in rest)
        if not plain or not any(f.referent.end <= named.start for f in source.filling.roles.get("item", ())):
            return None
        items = [n for n in line.names if n.kind in WEAPONS and named.end < n.start <= rest[-1].i]
        begin = line.doc[named.start].sent.start
        numbered = rest[0].like_num and any(t.like_num for t in line.doc[begin : named.start])
        listed = bool(items) and (Kind.A in rest[0].kinds or Kind.SOME in rest[0].kinds)
        return items if numbered or listed else None

    def _dated(self, named: Named, line: Line) -> Expression | None:
        """The date that follows a name almost at once."""
        for expression in line.dates:
            span = line.doc.around(expression.begin, expression.end)
            if span is not None and not expression.is_duration and 0 <= span.start - named.end <= _NEAR:
                return expression
        return None

    def _is_parted(self, named: Named, line: Line) -> bool:
        """Whether a comma or "et" stands before the name, with nothing but its article between."""
        before = named.start - 1
        while before >= 0 and line.doc[before].pos_ in ("DET", "NOUN", "ADP") and named.start - before <= 3:
            if line.doc[before].pos_ == "ADP":
                return False
            before -= 1
        return before >= 0 and line.doc[before].lower_ in self._parting

    def _is_verbless(self, named: Named, date: Expression, line: Line, triggers: set[int]) -> bool:
        """Whether the stretch from the name to the next comma after its date has no verb."""
        for token in line.doc[named.end :]:
            if token.idx >= date.end and (token.lower_ in self._parting or token.is_sent_end or token.is_punct):
                return True
            if token.pos_ in ("VERB", "AUX") or token.i in triggers:
                return False
        return True

    def echoed(self, source: Draft, actors: list[Filler], items: Sequence[Filler] = ()) -> Draft:
        """The source's event of others, or of other items: its class and roles, without its date, place and tellings."""
        role = self._doer(source) or "agent"
        kept = {r: dict(fs) for r, fs in source.roles.items() if r not in (role, "place", "gathering")}
        if items:
            kept["item"] = {f.entity: f for f in items}
        others = {f.entity: replace(f, role=role) for f in actors}
        return Draft(source.kind, {**kept, role: others}, sort=source.sort, stands=source.stands)

    def acts(self, draft: Draft) -> bool:
        """Whether who does what a draft tells stands there as the one who acts."""
        return any(self._acts(f.rule) for r in _DOERS for f in draft.roles.get(r, {}).values())

    def _doer_of(self, found: Found) -> str | None:
        """The role that the one who acts fills in a found event."""
        roles = found.filling.roles
        return next((r for r in _DOERS if any(self._acts(f.rule) for f in roles.get(r, ()))), None)

    def _doer(self, draft: Draft) -> str | None:
        """The role of the one who does what a draft tells: the subject's, else the first of those who do."""
        acting = [r for r in _DOERS if any(self._acts(f.rule) for f in draft.roles.get(r, {}).values())]
        return next(iter(acting or [r for r in _DOERS if draft.roles.get(r)]), None)

    def _acts(self, rule: str) -> bool:
        return rule.rsplit("/", maxsplit=1)[-1] in self._acting


def _take_out(gap: Gap) -> None:
    roles = gap.source.filling.roles
    apart = {gap.actor.entity, *(item.entity for item in gap.items)}
    for role, filled in list(roles.items()):
        left = [f for f in filled if f.referent.entity not in apart or f.referent.end <= gap.token.i]
        if left:
            roles[role] = left
        else:
            del roles[role]


def is_done(draft: Draft) -> bool:
    """Whether a draft tells who does something."""
    return any(draft.roles.get(role) for role in _DOERS)
