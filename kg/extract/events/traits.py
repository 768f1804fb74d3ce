"""What speaks for and against a candidate's filling a role: what stands between it and the trigger, its preposition, its place
in the parse, what it is."""

from __future__ import annotations

import math
from collections.abc import Iterable

from kg.extract.clauses.syntax import Syntax
from kg.extract.events.candidates import Candidate
from kg.extract.events.triggers import Match
from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lines.parse import Doc, Token
from kg.extract.reading import Line

MOST = 3
"""Counting more than this of a kind says nothing more."""
_DEEP = 15
"""So many tokens, or steps in the parse, are far."""


class Traits:
    """What speaks for and against a candidate."""

    def __init__(self, syntax: Syntax, words: SyntaxWords) -> None:
        self._syntax = syntax
        self._led = words.prepositions
        self._breaks = frozenset(words.clause_openers)
        self._relatives = frozenset({*words.relatives, *words.object_relatives, *words.of_relatives})

    def of(
        self, candidate: Candidate, role: str, match: Match, rivals: Iterable[Candidate], line: Line
    ) -> dict[str, float]:
        """The traits of a candidate for a role of a trigger, beside the others whose class the role takes."""
        ways = match.realised[role]
        after = candidate.start >= match.end
        low, high = (match.end, candidate.start) if after else (candidate.end, match.token.i)
        between = list(line.doc[low:high]) if low < high else []
        voice = "noun" if match.noun else "passive" if self._syntax.is_passive(match.token) else "verb"
        side = "after" if after else "before"
        others = [o for o in rivals if o.referent.entity != candidate.referent.entity]
        nearer = sum(1 for o in others if low <= o.start and o.end <= high)
        found = {"base": 1.0, f"{voice} {side}": 1.0, f"role {role}": 1.0}
        found |= self._distance(between, side)
        found |= self._preposition(candidate, ways, f"{voice} {side}", line)
        found |= self._position(candidate, match, voice, line.doc)
        found[f"nearer {voice} {side}"] = min(nearer, MOST)
        found[f"nearest {voice} {side}"] = float(nearer == 0)
        found["only"] = float(not others)
        found["rivals"] = min(len({o.referent.entity for o in others}), MOST + 1)
        found[f"kind {candidate.referent.kind}"] = 1.0
        found[f"form {candidate.form}"] = 1.0
        found["place"] = float(candidate.is_place)
        found["leads"] = float(candidate.start - match.token.sent.start <= 3)
        found["quoted"] = float(self._is_parted(candidate, match, line))
        for way in ("subj", "obj"):
            if way in ways:
                found[f"way {way} {voice} {side}"] = 1.0
        return {name: value for name, value in found.items() if value}

    def is_inner(self, candidate: Candidate, match: Match, line: Line) -> bool:
        """Whether a candidate belongs to a verb that the trigger governs: "propose à X de lancer [un missile]"."""
        root = line.doc[candidate.root]
        chain = [root, *root.ancestors]
        if match.noun or match.token not in chain:
            return False
        between = chain[1 : chain.index(match.token)]
        return any(t.pos_ == "VERB" and t.dep_ in ("xcomp", "ccomp") for t in between)

    def _distance(self, between: list[Token], side: str) -> dict[str, float]:
        finite = sum(
            t.pos_ in ("VERB", "AUX") and not t.dep_.startswith("aux") and "Fin" in t.morph.get("VerbForm", [])
            for t in between
        )
        relative = next((t.lower_ for t in reversed(between) if t.lower_ in self._relatives), None)
        found = {
            f"distance {side}": math.log1p(len(between)),
            "far": float(len(between) > _DEEP),
            f"finite {side}": min(finite, MOST),
            f"infinitives {side}": min(sum("Inf" in t.morph.get("VerbForm", ()) for t in between), MOST),
            f"commas {side}": min(sum(t.text == "," for t in between), MOST),
            "colon": float(any(t.text in (":", ";") for t in between)),
            f"break {side}": float(any(t.lower_ in self._breaks for t in between)),
        }
        if relative:
            found[f"relative {side} {relative if side == 'before' else ''}".strip()] = 1.0
        return found

    def _preposition(self, candidate: Candidate, ways: tuple[str, ...], where: str, line: Line) -> dict[str, float]:
        preposition = self._introducing(candidate, line)
        if preposition is None:
            return {f"bare {where}": 1.0}
        if preposition == self._led.by:
            return {f"by {where}": 1.0}
        if preposition in ways:
            return {f"fits {where}": 1.0}
        return {
            f"misfits {where}": 1.0,
            f"misfits {preposition if preposition == self._led.of else 'other'} {where}": 1.0,
        }

    def _introducing(self, candidate: Candidate, line: Line) -> str | None:
        """The preposition that introduces the phrase of a candidate."""
        for index in range(candidate.start - 1, max(-1, candidate.start - 6), -1):
            token = line.doc[index]
            if token.pos_ == "ADP" or token.lower_ in self._syntax.contractions:
                return self._syntax.plain(token.lower_)
            if token.pos_ not in ("DET", "ADJ", "NUM", "NOUN") and token.text not in ("«", '"'):
                return None
        return None

    def _position(self, candidate: Candidate, match: Match, voice: str, doc: Doc) -> dict[str, float]:
        """Where the candidate hangs in the parse, seen from the trigger."""
        own, above = [candidate.root, *_chain(doc[candidate.root])], _chain(match.token)
        found = {f"dep {doc[candidate.root].dep_.partition(':')[0]}": 1.0}
        if match.token.i in own:
            steps = own.index(match.token.i)
            return found | {f"under {voice} {_dep(doc, own, steps)}": 1.0, "under": min(steps, MOST + 1)}
        if candidate.root in above:
            return found | {f"above {voice}": 1.0, "above": min(above.index(candidate.root), MOST + 1)}
        shared = next((i for i in own if i in above), None)
        if shared is None:
            return found | {"apart": 1.0}
        steps = own.index(shared)
        beside = {f"beside {voice} {_dep(doc, own, steps)}": 1.0, "beside": min(steps, MOST + 1)}
        return found | beside | {"up": min(above.index(shared), MOST + 2)}

    def _is_parted(self, candidate: Candidate, match: Match, line: Line) -> bool:
        """Whether a quotation holds the trigger and not the candidate."""
        begin, at = match.token.idx, line.doc[candidate.start].idx
        return any(q.begin <= begin < q.end and not q.begin <= at < q.end for q in line.quotations)


def _chain(token: Token) -> list[int]:
    """The tokens above a token, nearest first."""
    chain: list[int] = []
    while token.head.i != token.i and len(chain) < _DEEP:
        token = token.head
        chain.append(token.i)
    return chain


def _dep(doc: Doc, chain: list[int], steps: int) -> str:
    """The relation by which a chain hangs on its element at so many steps."""
    return str(doc[chain[steps - 1]].dep_.partition(":")[0]) if steps else "itself"
