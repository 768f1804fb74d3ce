"""From the triggers of a sentence to drafts of events with their tellings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.extract.clauses.modality import Modalities
from kg.extract.clauses.openings import Openings
from kg.extract.clauses.presentation import SPEECH, Presentation
from kg.extract.clauses.syntax import Syntax
from kg.extract.dating.chronology import Anchor
from kg.extract.dating.eves import named_after
from kg.extract.dating.owners import Owners
from kg.extract.dating.times import Times
from kg.extract.events.acceptance import Acceptance
from kg.extract.events.blame import Blame
from kg.extract.events.choice import Choice
from kg.extract.events.conditions import Conditions
from kg.extract.events.ellipsis import Ellipses, is_done
from kg.extract.events.fallback import Fallback
from kg.extract.events.filling import CORE, Filled
from kg.extract.events.inference import Inference
from kg.extract.events.likely import Likely
from kg.extract.events.merge import Draft, Telling
from kg.extract.events.nearby import Nearby
from kg.extract.events.nesting import Found, Nesting
from kg.extract.events.remembering import Remembering
from kg.extract.events.resumption import Resumption
from kg.extract.events.retelling import Retellings, Scene
from kg.extract.events.roles import Roles
from kg.extract.events.security import Security, is_doubtful, needs_security
from kg.extract.events.signs import Signs
from kg.extract.events.standing import Standing
from kg.extract.events.traits import Traits
from kg.extract.events.triggers import Match, Triggers
from kg.extract.events.unions import united
from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.confidence import Confidence
from kg.extract.lines.parse import Span as Tokens
from kg.extract.lines.parse import Token
from kg.extract.lines.text import LineKind
from kg.extract.naming.coreference import Referents
from kg.extract.naming.places import Locatives
from kg.extract.reading import Line, Quotation, Referent
from kg.extract.saying.attribution import Attribution, Attributions
from kg.extract.saying.chains import Told
from kg.extract.saying.incises import Incise
from kg.extract.saying.speech import Speech
from kg.model import Filler, Modality, Polarity

_STATES = frozenset({"State"})
_BODIES = frozenset({"Organization", "InternationalOrganization", "GovernmentBody"})
_LINE_TRUST = {LineKind.CONTENT: 1.0, LineKind.TITLE: 0.95, LineKind.CAPTION: 0.7, LineKind.RELATED: 0.6}


class Events:
    """Reads the events of sentences."""

    def __init__(self, lexicon: Lexicon, triggers: Triggers, roles: Roles, syntax: Syntax, security: Security) -> None:
        self._confidence = Confidence(lexicon.confidence)
        self._triggers = triggers
        self._first = lexicon.pronouns.first
        self._roles = roles
        self._fallback = Fallback(roles, Locatives(lexicon), Nearby(syntax, lexicon.reporting), lexicon.fighting)
        self._syntax = syntax
        self._nesting = Nesting(syntax, lexicon.syntax)
        self._blame = Blame(syntax, lexicon.syntax)
        conditions = Conditions(syntax, self._fallback, lexicon, roles.reference.categories)
        signs = Signs(lexicon.frames, lexicon.likely.habits, syntax, security)
        self.choice = Choice(
            self._fallback,
            Inference(roles, lexicon.syntax),
            self._nesting,
            conditions,
            Likely(lexicon.likely, Traits(syntax, lexicon.syntax), roles.offices),
            Acceptance(lexicon.acceptance, signs, conditions),
            Resumption(lexicon.resuming, syntax, conditions),
            Standing(lexicon.standing, signs),
        )
        self._ellipses = Ellipses(lexicon, syntax)
        speech = Speech(lexicon.reporting)
        self._times = Times(lexicon.dates)
        self._owners = Owners(lexicon.dates, speech, syntax)
        openings = Openings(lexicon.modality, syntax)
        self.attributions = Attributions(lexicon.reporting, speech, syntax, openings)
        self.remembering = Remembering(self.attributions)
        self._modalities = Modalities(lexicon.modality, speech, syntax, openings)
        self._retellings = Retellings(self._ellipses, self._times, self._modalities, self._confidence)

    def read(
        self,
        sentence: Tokens,
        line: Line,
        referents: Referents,
        anchor: Anchor | None,
        security: bool,
        waiving: bool,
    ) -> list[Draft]:
        """The drafts of one sentence; it or its document may speak of arms or security (`security`), and waive conditions (`waiving`)."""
        quotations = [q for q in line.quotations if q.begin < sentence.end_char and sentence.start_char < q.end]
        for quotation in quotations:
            referents.focus.speaker = quotation.speaker or referents.focus.speaker
        self._listen(sentence, quotations, line, referents)
        matches = [m for m in self._triggers.find(sentence) if not _is_named(m, line)]
        self._count(matches, sentence, line, referents)
        fillings = [self._roles.fill(m, line, referents) for m in matches if security or not needs_security(m)]
        self._blame.answer(fillings)
        found = self._retellings.done(united(self.choice.of(self._blame.meant(fillings), referents, waiving)))
        if not security:
            found = [f for f in found if not is_doubtful(f.filling.roles.get("treaty", ()))]
        self._blame.lay(found)
        self._nesting.refused(found)
        self._fallback.locate([f.filling for f in found], sentence, line, referents)
        gaps, echoes = self._ellipses.gaps(sentence, found, line, referents), self._ellipses.verbs(sentence)
        told = {f.token.i: f.filling.match.end for f in found} | {g.token.i: g.end for g in gaps} | echoes
        whens = self._owners.of(told, sentence, line, {f.token.i for f in found if f.kind in SPEECH})
        incises = self.attributions.incises(sentence, quotations, line, referents) if found else []
        drafts = [
            self._draft(f, sentence, line, quotations, incises, referents, anchor, whens.get(f.token.i, []))
            for f in found
        ]
        scene = Scene(sentence, line, referents, anchor, whens)
        drafts += [self._retellings.gap(gap, drafts[found.index(gap.source)], scene) for gap in gaps]
        drafts += [d for i in sorted(echoes) for d in self._retellings.echo(line.doc[i], drafts, scene)]
        referents.focus.latest = next((d for d in reversed(drafts) if is_done(d)), referents.focus.latest)
        if denial := self.attributions.denial(sentence, line, referents):
            self._deny(drafts, line, *denial)
        if all(d.kind in SPEECH for d in drafts) and (bare := self.attributions.bare_denial(sentence, line, referents)):
            self._deny_before(sentence, line, referents, *bare)
        referents.focus.told = drafts
        referents.focus.happened += [f.filling for f in found]
        referents.focus.dated |= {d.kind: day for d in drafts if (day := _day(d)) is not None}
        return drafts

    def _listen(self, sentence: Tokens, quotations: list[Quotation], line: Line, referents: Referents) -> None:
        """Let who is said to say a sentence without quotation marks be the one whom its "nous" means: "Nous …, assure X"."""
        if quotations or not any(token.lower_ in self._first for token in sentence):
            return
        for incise in self.attributions.incises(sentence, quotations, line, referents)[:1]:
            referents.focus.speaker = incise.speaker

    def _count(self, matches: list[Match], sentence: Tokens, line: Line, referents: Referents) -> None:
        """Find the days of what "la veille de" and its like count from: of the latest event of the class that is named."""
        for expression in line.dates:
            later = [e for e in line.dates if expression.end <= e.begin < sentence.end_char]
            if expression.is_ahead and sentence.start_char <= expression.begin < sentence.end_char and not later:
                named = {t.i for t in named_after(expression, line)}
                kind = next((m.frame.event for m in matches if m.token.i in named), "")
                if (day := referents.focus.dated.get(kind)) is not None:
                    line.bases[expression.begin] = day

    def _deny_before(self, sentence: Tokens, line: Line, referents: Referents, verb: Token, denier: Referent) -> None:
        """Add the claim of one who denies the part that the sentence before gave him."""
        for draft in referents.focus.told:
            involved = {entity for role in draft.roles for entity in draft.entities(role)}
            if draft.kind in SPEECH or denier.entity not in involved:
                continue
            draft.tellings.append(
                replace(
                    draft.tellings[0],
                    sentence=line.reading.span(sentence.start_char, sentence.end_char),
                    trigger=line.reading.span(verb.idx, verb.idx + len(verb)),
                    modality=Modality.ACTUAL,
                    polarity=Polarity.NEGATED,
                    claimant=denier.entity,
                    relays=(),
                    evidence=(f"negated: {verb.text}", f"claimant: {denier.rule}"),
                )
            )

    def _deny(self, drafts: list[Draft], line: Line, start: int, denier: Referent) -> None:
        """Add the claim of one who denies what the sentence told before."""
        begin = line.reading.span(line.doc[start].idx, line.doc[start].idx + 1).begin
        for draft in drafts:
            for telling in draft.tellings[:1]:
                if telling.trigger.begin < begin and draft.kind not in SPEECH:
                    draft.tellings.append(
                        replace(
                            telling,
                            modality=Modality.ACTUAL,
                            polarity=Polarity.NEGATED,
                            claimant=denier.entity,
                            relays=(),
                            evidence=("negated: denied afterwards", f"claimant: {denier.rule}"),
                        )
                    )

    def _draft(
        self,
        found: Found,
        sentence: Tokens,
        line: Line,
        quotations: list[Quotation],
        incises: list[Incise],
        referents: Referents,
        anchor: Anchor | None,
        dates: list[int],
    ) -> Draft:
        match = found.filling.match
        named = match.noun and not any(c.dep_ in ("cop", "aux:pass") for c in match.token.children)
        shown = self._modalities.of(_noun_of(match), named or match.trigger.said, match.frame.event)
        if match.trigger.modality:
            shown.weaken(Modality(match.trigger.modality), match.word)
        if match.trigger.negated:
            shown.negate(match.word)
        involved = frozenset(f.referent.entity for fs in found.filling.roles.values() for f in fs)
        agents = frozenset(f.referent.entity for f in found.filling.roles.get("agent", ()))
        told = Told(match.token, match.noun, match.frame.event, involved, agents)
        if (word := self.attributions.dismissal(told)) is not None:
            shown.dismiss(word.text)
        attribution = self.attributions.of(told, quotations, incises, line, referents)
        when = self._times.when(match.frame.event, dates, sentence, line, anchor, shown, match.token)
        roles: dict[str, dict[str, Filler]] = {}
        for role, filleds in found.filling.roles.items():
            for filled in filleds:
                words = line.doc.span(filled.referent.start, filled.referent.end)
                span = (
                    line.reading.span(words.start_char, words.end_char)
                    if not filled.rule.startswith("inferred")
                    else None
                )
                roles.setdefault(role, {})[filled.referent.entity] = Filler(
                    role, filled.referent.entity, filled.rule, span, self._sure(filled)
                )
        telling = Telling(
            sentence=line.reading.sentence(sentence.start_char, sentence.end_char),
            trigger=line.reading.span(match.token.idx, match.token.idx + len(match.token)),
            modality=shown.modality,
            polarity=shown.polarity,
            claimant=attribution.claimant.entity if attribution.claimant else None,
            relays=tuple(r.entity for r in attribution.relays),
            confidence=self._claimed(found, shown, attribution, line),
            method=f"rules:{'accepted/' if found.failing else ''}{match.frame.event}/{match.word}",
            evidence=shown.evidence + attribution.evidence + _accepted(found),
        )
        return Draft(match.frame.event, roles, when, [telling], found.resumed, match.trigger.sort, found.stands)

    def _sure(self, filled: Filled) -> float:
        return round(self._confidence.of_filler(filled.rule, filled.referent.confidence), 2)

    def _claimed(self, found: Found, shown: Presentation, attribution: Attribution, line: Line) -> float:
        rules = [f.rule for role, fs in found.filling.roles.items() if role in CORE for f in fs]
        trust = _LINE_TRUST.get(line.reading.kind, 0.5)
        spoken = attribution.claimant is not None
        return found.chance * self._confidence.of_claim(rules, shown.modality, shown.polarity, spoken, trust)


def _accepted(found: Found) -> tuple[str, ...]:
    """Which conditions of the frame fail, and how likely the event is all the same."""
    if not found.failing:
        return ()
    return (*(f"accepted: {each}" for each in found.failing), f"accepted: likely {found.chance:.2f}")


def _day(draft: Draft) -> date | None:
    """The day of an event that happened, where it is known."""
    when = draft.when
    if when is None or when.earliest is None or when.earliest != when.latest:
        return None
    return date.fromisoformat(when.earliest) if draft.tellings[0].modality is Modality.ACTUAL else None


def _noun_of(match: Match) -> Token:
    """The noun of a phrase that begins with its adjective: "nouvelles sanctions"."""
    token = match.token
    return token.head if match.noun and token.dep_ == "amod" and token.i < token.head.i < match.end else token


def _is_named(match: Match, line: Line) -> bool:
    """Whether a word is only part of a name: a noun of a body's ("la Conférence du désarmement"), a verb of a state's
    ("les Émirats arabes unis")."""
    kinds = _BODIES if match.noun else _STATES
    return any(n.kind in kinds and n.end - n.start > 1 for n in line.at.get(match.token.i, ()))
