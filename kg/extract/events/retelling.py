"""Drafts of events that are told again without their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.clauses.modality import Modalities
from kg.extract.clauses.presentation import Presentation
from kg.extract.dating.chronology import Anchor
from kg.extract.dating.times import Times
from kg.extract.events.ellipsis import ELLIPSIS, Ellipses, Gap, is_done
from kg.extract.events.merge import Draft
from kg.extract.events.nesting import Found
from kg.extract.events.triggers import Match
from kg.extract.lexicon.confidence import Confidence
from kg.extract.lines.parse import Span as Tokens
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.reading import Line, Referent
from kg.model import Filler, Modality, Polarity, Span, When

_BREACH = "Violation"


@dataclass(frozen=True, slots=True)
class Scene:
    """What surrounds an event that is told again without its words."""

    sentence: Tokens
    line: Line
    referents: Referents
    anchor: Anchor | None
    whens: Mapping[int, list[int]]

    def trigger(self, token: Token) -> Span:
        """The stretch of the document that a token is."""
        return self.line.reading.span(token.idx, token.idx + len(token))


class Retellings:
    """Makes the drafts of what `Ellipses` finds."""

    def __init__(self, ellipses: Ellipses, times: Times, modalities: Modalities, confidence: Confidence) -> None:
        self._ellipses = ellipses
        self._times = times
        self._modalities = modalities
        self._confidence = confidence

    def done(self, found: Sequence[Found]) -> list[Found]:
        """Those without breaches that are only denied ahead of time: who will keep to a treaty has done nothing yet."""
        return [f for f in found if not self._is_promised(f.filling.match)]

    def _is_promised(self, match: Match) -> bool:
        if match.frame.event != _BREACH or not match.trigger.negated:
            return False
        return self._modalities.of(match.token, match.noun, _BREACH).modality is not Modality.ACTUAL

    def gap(self, gap: Gap, source: Draft, scene: Scene) -> Draft:
        """The event told again of one who stands there by name and date alone."""
        items = [self._filler(item, scene.line, "item") for item in gap.items]
        draft = self._ellipses.echoed(source, [self._filler(gap.actor, scene.line)], items)
        telling = source.tellings[0]
        shown = Presentation(telling.modality, telling.polarity is Polarity.NEGATED)
        draft.when = self._when(gap.token, draft.kind, shown, scene)
        draft.tellings = [
            replace(telling, trigger=scene.trigger(gap.token), evidence=(*telling.evidence, "verb left out"))
        ]
        return draft

    def echo(self, verb: Token, drafts: list[Draft], scene: Scene) -> list[Draft]:
        """The latest event told again of who "a fait de même"."""
        trigger = scene.trigger(verb)
        before = [d for d in drafts if d.tellings[0].trigger < trigger and is_done(d)]
        focus = scene.referents.focus
        told = next((d for d in reversed(focus.told) if is_done(d)), None)
        ahead = next((d for d in drafts if self._ellipses.acts(d)), None) if self._ellipses.is_followed(verb) else None
        source = before[-1] if before else ahead or (told if self._ellipses.is_bare(verb) else focus.latest)
        actors = self._ellipses.actors(verb, source, scene.line, scene.referents) if source else []
        if source is None or not actors:
            return []
        draft = self._ellipses.echoed(source, [self._filler(actor, scene.line) for actor in actors])
        shown = self._modalities.of(verb, False, source.kind)
        draft.when = self._when(verb, draft.kind, shown, scene)
        telling = replace(
            source.tellings[0],
            sentence=scene.line.reading.sentence(scene.sentence.start_char, scene.sentence.end_char),
            trigger=trigger,
            modality=shown.modality,
            polarity=shown.polarity,
            evidence=(*shown.evidence, f"as before: {verb.text}"),
        )
        draft.tellings = [telling]
        return [draft]

    def _when(self, token: Token, kind: str, shown: Presentation, scene: Scene) -> When | None:
        dates = scene.whens.get(token.i, [])
        return self._times.when(kind, dates, scene.sentence, scene.line, scene.anchor, shown, token)

    def _filler(self, actor: Referent, line: Line, role: str = "agent") -> Filler:
        words = line.doc.span(actor.start, actor.end)
        sure = round(self._confidence.of_filler(ELLIPSIS, actor.confidence), 2)
        return Filler(role, actor.entity, ELLIPSIS, line.reading.span(words.start_char, words.end_char), sure)
