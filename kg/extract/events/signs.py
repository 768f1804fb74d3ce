"""What speaks for and against a trigger's saying its event where a condition of its frame is not met: the conditions that fail, the
roles that are filled and how, what the verb or noun governs, what the sentence is about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from kg.extract.clauses.syntax import Syntax
from kg.extract.events.filling import CORE, Filled, Filling
from kg.extract.events.security import Security
from kg.extract.events.triggers import Match
from kg.extract.lexicon.confidence import kind_of
from kg.extract.lexicon.frames import Frame
from kg.extract.lines.moods import Mood
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line

_MOST = 3
"""Counting more than this of a kind says nothing more."""
_NEAR = 12
"""How far from its trigger a date may stand, in tokens."""
_AFTER = 6
"""How many tokens after a trigger may hold the number that it counts by."""
_WEAPONS = frozenset({"WeaponSystem", "WeaponCategory"})


class Signs:
    """What speaks for and against a trigger."""

    def __init__(
        self, frames: Iterable[Frame], habits: Mapping[str, Mapping[str, float]], syntax: Syntax, security: Security
    ) -> None:
        """`habits` gives, for each class, how often its words found their roles by rule alone, in log-odds."""
        self._habits = habits
        self._syntax = syntax
        self._security = security
        self._last: tuple[Span, dict[str, float]] | None = None
        self._objects = {
            frame.event: frozenset(lemma for trigger in frame.triggers for lemma in trigger.objects) for frame in frames
        }

    def of(self, filling: Filling, failing: Iterable[str], senses: int, beside: Mapping[int, str]) -> dict[str, float]:
        """The traits of a trigger: `failing` are the conditions that are not met, `senses` how many classes its word may say,
        `beside` the classes of the events that hold in the sentence, by their tokens."""
        match = filling.match
        kind, voice = match.frame.event, self._voice(match)
        short = "noun" if match.noun else "verb"
        found = {"base": 1.0, f"event {kind}": 1.0, f"voice {voice}": 1.0, f"{kind} {short}": 1.0}
        fails = list(failing)
        found["fails"] = len(fails)
        for condition in fails:
            found[f"fails {condition}"] = 1.0
            found[f"fails {condition} {short}"] = 1.0
        found |= self._word(match, senses)
        found |= self._roles(filling, kind)
        found |= dict.fromkeys(self._governed(filling, short), 1.0)
        found |= self._sentence(filling)
        found["beside"] = min(len(beside), _MOST)
        found["beside alike"] = float(kind in beside.values())
        return {name: value for name, value in found.items() if value}

    def _voice(self, match: Match) -> str:
        if match.noun:
            return "noun"
        return "passive" if self._syntax.is_passive(match.token) else "verb"

    def _word(self, match: Match, senses: int) -> dict[str, float]:
        """What the word itself is, and its form."""
        token = match.token
        habit = self._habits.get(match.frame.event, {}).get(match.word)
        found = {
            "habit": max(-_MOST, min(_MOST, habit)) if habit is not None else 0.0,
            "habit unknown": float(habit is None),
            "phrase": float(len(match.words) > 1),
            "senses": min(senses, _MOST + 1),
            "inner": float(match.trigger.inner is not None),
            "asks objects": float(bool(match.trigger.objects)),
            "asks roles": float(bool(match.trigger.strict)),
        }
        if match.noun:
            return found
        form = token.morph.get("VerbForm", ())
        found["form " + (form[0] if form else "none")] = 1.0
        parts = [token, *(c for c in token.children if c.dep_.startswith(("aux", "cop")))]
        found["compound"] = float(len(parts) > 1)
        for part in parts:
            if (shown := part.mood) in (Mood.FUTURE, Mood.CONDITIONAL):
                found[f"mood {shown.value}"] = 1.0
        return found

    def _roles(self, filling: Filling, kind: str) -> dict[str, float]:
        """Which roles are filled, by what and how."""
        core = {role: fillers for role, fillers in filling.roles.items() if role in CORE}
        found: dict[str, float] = {
            "roles": len(core),
            "parsed": len(filling.parsed & set(CORE)),
            "fillers": min(sum(map(len, core.values())), _MOST + 1),
            "alone": float(sum(map(len, core.values())) == 1),
            "placed": float("place" in filling.roles),
        }
        for role, fillers in core.items():
            found[f"role {role}"] = found[f"{kind} {role}"] = 1.0
            for way in {_way(f) for f in fillers}:
                found[f"way {way}"] = found.get(f"way {way}", 0.0) + 1.0
                found[f"{role} {way}"] = 1.0
            for entity in {f.referent.kind for f in fillers}:
                found[f"kind {entity}"] = 1.0
                found[f"{role} {entity}"] = 1.0
        return found

    def _governed(self, filling: Filling, short: str) -> Iterator[str]:
        """What a verb has for its object and subject, or a noun for its complement, beside the fillers."""
        match = filling.match
        held = {i for fs in filling.roles.values() for f in fs for i in range(f.referent.start, f.referent.end)}
        for relation in (self._syntax.led.of,) if match.noun else ("obj", "subj"):
            tokens = [
                a.token
                for a in self._syntax.arcs(match.token)
                if a.relation == relation and a.token.i not in match.words
            ]
            what = self._told(tokens, held, filling)
            yield f"{relation} {what} {short}"
            yield f"{match.frame.event} {relation} {what}"

    def _told(self, tokens: list[Token], held: set[int], filling: Filling) -> str:
        """What kind of thing these are: a filler, an object that the class asks for, a military word, any other noun."""
        if not tokens:
            return "none"
        if any(t.i in held or any(c.i in held for c in t.children) for t in tokens):
            return "filler"
        objects = self._objects.get(filling.match.frame.event, frozenset())
        if any(t.lower_lemma in objects or t.lower_ in objects for t in tokens):
            return "fitting"
        if any(self._security.is_military(t.folded) for t in tokens):
            return "military"
        if any(t.i in filling.line.at for t in tokens):
            return "name"
        return "pronoun" if all(t.pos_ == "PRON" for t in tokens) else "noun"

    def _sentence(self, filling: Filling) -> dict[str, float]:
        """What the sentence is about, how long it is, and whether it dates or counts."""
        match, line = filling.match, filling.line
        token, sentence = match.token, match.token.sent
        near = line.doc[max(sentence.start, token.i - _NEAR) : min(sentence.end, token.i + _NEAR)]
        first, last = near[0].idx, near[-1].idx
        dates = [e for e in line.dates if first <= e.begin <= last and e.precision]
        return {
            **self._about(sentence, line),
            "place": math.log1p(token.i - sentence.start),
            "dated": float(any(not e.is_duration for e in dates)),
            "bounded": float(any(e.is_duration for e in dates)),
            "counted": float(
                any(t.pos_ == "NUM" for t in line.doc[match.end : match.end + _AFTER] if t.i < sentence.end)
            ),
            "quoted": float(any(q.begin <= token.idx < q.end for q in line.quotations)),
            f"line {line.reading.kind.value}": 1.0,
        }

    def _about(self, sentence: Span, line: Line) -> dict[str, float]:
        """What a sentence is about; its triggers are asked for one after the other."""
        if self._last is None or self._last[0] is not sentence:
            names = [n for n in line.names if sentence.start <= n.start < sentence.end]
            found = {
                "names": min(len(names), 2 * _MOST),
                "weapons": min(sum(n.kind in _WEAPONS for n in names), _MOST),
                "treaties": min(sum(n.kind == "Treaty" for n in names), _MOST),
                "military": min(self._security.weight(sentence, line), 2 * _MOST),
                "length": math.log1p(len(sentence)),
            }
            self._last = sentence, found
        return self._last[1]


def _way(filled: Filled) -> str:
    """How a filler was found: as its confidence has it, or through the verb that governs a noun."""
    return "gov" if filled.rule.startswith("gov") else kind_of(filled.rule)
