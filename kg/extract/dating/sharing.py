"""Events that share the date of another in their sentence: "a détruit le 3 mai … lors d'un essai", "a reçu mardi X pour parler de …"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.dating.joining import Joining
from kg.extract.dating.verbs import verb_of
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line

_LED = 4
"""How many words before a noun "lors de" may begin."""
_OPENING = 6
"""How many words before it a noun may have that opens its sentence so."""

_SEALED = frozenset({"obj", "nsubj:pass"})
"""How a deal hangs on the verb by which it is made."""


class Sharing:
    """Finds whose date an event without its own shares."""

    def __init__(self, words: DateWords) -> None:
        self._during = frozenset(words.during)
        self._in = frozenset(words.visiting)
        self._held = frozenset(words.held)
        self._dating = frozenset(words.dating)
        self._phrases = frozenset(tuple(phrase.split()) for phrase in words.dating_phrases)
        self._aiming = frozenset(words.aiming)
        self._sealing = frozenset(words.sealing)
        self._talking = frozenset(words.talking)
        self._moving = frozenset((*words.moving, *words.gathering))
        self._joining = Joining(words)

    def spread(self, triggers: Iterable[int], owners: dict[int, list[int]], line: Line) -> None:
        """Add to `owners`, dated triggers with their dates, those of the triggers that share a date with one of them."""
        bare = sorted(set(triggers) - owners.keys())
        verbs = self._verbs(owners, line, line.doc[bare[0]].sent) if bare else {}
        clauses = self._clauses(verbs, line, line.doc[bare[0]].sent) if bare else {}
        for trigger in bare:
            token = line.doc[trigger]
            if (sealed := self._sealed(token, verbs)) is not None:
                owners[trigger] = [i for i in verbs[sealed] if not line.dates[i].is_ahead]
            elif (host := self._host(token, owners)) is not None:
                owners[trigger] = [i for i in owners[host] if not line.dates[i].is_ahead]
            elif (host := self._during_of(token, clauses)) is not None:
                owners[trigger] = [i for i in clauses[host] if not line.dates[i].is_ahead]
        for trigger in sorted(set(triggers) - owners.keys()):
            token = line.doc[trigger]
            if (
                shared := self._within(token, owners, line)
                or self._lasting(token, owners, line)
                or self._doing(token, verbs, line)
                or self._listed(token, owners, line)
                or self._joining.dates(token, self._clauses(verbs, line, token.sent), line)
            ):
                owners[trigger] = [i for i in shared if not line.dates[i].is_ahead]
        for trigger in sorted(set(triggers) - owners.keys()):
            if (sealed := self._sealed(line.doc[trigger], owners)) is not None:
                owners[trigger] = owners[sealed]

    def _host(self, noun: Token, owners: dict[int, list[int]]) -> int | None:
        """The dated event whose date is that on which what a noun tells takes place ("aujourd'hui prend effet le retrait")."""
        if noun.pos_ != "NOUN":
            return self._purposed(noun, owners)
        verb = next((a for a in noun.ancestors if a.i in owners), None)
        if verb is not None and noun.head == verb and noun.dep_.startswith(("nsubj", "obj")) and self.dates(verb):
            return verb.i
        return None

    def _sealed(self, token: Token, owners: dict[int, list[int]]) -> int | None:
        """The dated one of a deal and the verb by which it is made: "a signé en janvier un accord de coproduction"
        dates all that it names."""
        if token.lemma_ in self._sealing:
            return next((c.i for c in token.children if c.i in owners and c.dep_ in _SEALED and c.pos_ == "NOUN"), None)
        deal = token.head if token.dep_ == "nmod" and token.head.pos_ == "NOUN" else token
        verb = deal.head
        return verb.i if deal.dep_ in _SEALED and verb.i in owners and verb.lemma_ in self._sealing else None

    def _during_of(self, noun: Token, verbs: dict[int, list[int]]) -> int | None:
        """The dated verb in the course of which a noun tells another event: "a pulvérisé le 3 mai … lors d'un essai"."""
        led = noun.doc[max(noun.sent.start, noun.i - _LED) : noun.i]
        verb = next((a for a in noun.ancestors if a.i in verbs), None)
        opens = verb is not None and verb in (noun.head, noun.head.head) and noun.i - noun.sent.start <= _OPENING
        if (
            noun.pos_ != "NOUN"
            or verb is None
            or (verb.i > noun.i and not opens)
            or any(t.pos_ in ("VERB", "AUX") for t in led)
        ):
            return None
        return verb.i if any(t.lower_ in self._during for t in led) else None

    def _purposed(self, verb: Token, owners: dict[int, list[int]]) -> int | None:
        """The dated event held for the talks that a verb tells: "a reçu mardi X pour parler du traité"."""
        led = any(t.lower_ in self._aiming for t in (*verb.doc[max(0, verb.i - 1) : verb.i], *verb.children))
        above = next((a for a in verb.ancestors if a.i in owners and a.i < verb.i), None) if led else None
        if above is None or not (verb.lemma_ in self._talking or above.lemma_ in self._moving):
            return None
        return above.i

    def _within(self, verb: Token, owners: dict[int, list[int]], line: Line) -> list[int]:
        """The dates of the event in whose course a verb tells what happened: "a évoqué X lors de sa visite, le 3 mai", "en
        visite mardi à Oslo, X a signé …", "au sommet de Lima, en 2019, X a signé …"."""
        for index in sorted(i for i in owners if verb.pos_ == "VERB" and verb.sent.start <= i):
            noun = verb.doc[index]
            led = verb.doc[max(verb.sent.start, index - _LED) : index]
            opening = index < verb.i and index - verb.sent.start <= _OPENING and noun.pos_ == "NOUN"
            held = noun.lower_lemma in self._held and any(t.pos_ == "ADP" for t in led[-2:])
            if not (index > verb.i or opening) or not (
                held or any(t.lower_ in self._during or (opening and t.lower_ in self._in) for t in led)
            ):
                continue
            if next((a for a in noun.ancestors if a.pos_ == "VERB"), None) == verb:
                return [i for i in owners[index] if not line.dates[i].is_ahead]
        return []

    def _lasting(self, noun: Token, owners: dict[int, list[int]], line: Line) -> list[int]:
        """Since when what a noun tells goes on: "les sanctions frappent Oslo depuis dimanche"."""
        verb = noun.head
        if noun.pos_ != "NOUN" or not noun.dep_.startswith("nsubj") or verb.i not in owners:
            return []
        return [i for i in owners[verb.i] if line.dates[i].is_start]

    def _verbs(self, owners: dict[int, list[int]], line: Line, sentence: Span) -> dict[int, list[int]]:
        """Verbs, events or not, with the dates of their clauses."""
        held = {i for dates in owners.values() for i in dates}
        verbs = dict(owners)
        for index, expression in enumerate(line.dates):
            if index in held or expression.is_duration or expression.is_ahead or expression.is_bracket:
                continue
            if not sentence.start_char <= expression.begin < sentence.end_char or not expression.precision:
                continue
            verb = verb_of(expression, line)
            if verb is not None and verb.dep_ not in ("acl", "amod"):
                verbs.setdefault(verb.i, []).append(index)
        return verbs

    def _doing(self, participle: Token, owners: dict[int, list[int]], line: Line) -> list[int]:
        """When what a present participle tells was done: "a signé mardi un décret suspendant …"."""
        form = participle.morph
        if (
            participle.dep_ not in ("acl", "advcl")
            or "Part" not in form.get("VerbForm", ())
            or "Pres" not in form.get("Tense", ())
        ):
            return []
        apart = participle.i > 0 and participle.doc[participle.i - 1].text == ","
        verb = participle.sent.root if apart else next((a for a in participle.ancestors if a.pos_ == "VERB"), None)
        while verb is not None and verb.i not in owners:
            verb = next((c for c in verb.children if c.dep_ == "xcomp" and c.i < participle.i), None)
        if verb is None or verb.i > participle.i:
            return []
        return [i for i in owners[verb.i] if not line.dates[i].is_ahead]

    def _clauses(self, verbs: dict[int, list[int]], line: Line, sentence: Span) -> dict[int, list[int]]:
        """Verbs with the dates of their clauses, whichever event these date: also those that a noun of the clause has."""
        found = dict(verbs)
        for index, expression in enumerate(line.dates):
            if not sentence.start_char <= expression.begin < sentence.end_char or expression.is_duration:
                continue
            dates = (expression.precision or expression.is_occasion) and not expression.is_bracket
            verb = verb_of(expression, line) if dates else None
            if verb is not None and verb.i not in verbs:
                found.setdefault(verb.i, []).append(index)
        return found

    def _listed(self, noun: Token, owners: dict[int, list[int]], line: Line) -> list[int]:
        """Those of the noun that one is joined to, where they stand before both: "a prorogé jeudi l'embargo et les sanctions"."""
        if noun.pos_ != "NOUN" or noun.dep_ != "conj":
            return []
        first = next((a for a in noun.ancestors if a.pos_ == "NOUN" and a.dep_ in _SEALED), None)
        if first is None:
            return []
        return [i for i in owners.get(first.i, owners.get(first.head.i, [])) if line.dates[i].end <= first.idx]

    def dates(self, verb: Token) -> bool:
        """Whether a verb, or its phrase, tells when its subject took place."""
        following = [t.lower_lemma for t in verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 4)]]
        return verb.lemma_ in self._dating or any(
            verb.lemma_ == first and second in following for first, second in self._phrases
        )
