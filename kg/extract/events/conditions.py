"""What must hold for a trigger to say an event: the roles that it needs, the objects, prepositions and numbers that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.extract.clauses.presentation import SPEECH
from kg.extract.clauses.syntax import Syntax
from kg.extract.events.fallback import Fallback
from kg.extract.events.fighting import Fighting
from kg.extract.events.filling import CORE, Filling
from kg.extract.events.giving import Giving
from kg.extract.events.qualifying import Qualifying
from kg.extract.events.triggers import Match
from kg.extract.events.wording import counted, falls, is_title, qualifies_noun
from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token
from kg.extract.words import fold_word
from kg.ids import entity_iri

_ACTING = frozenset({"agent", "participant", "supplier", "recipient", "target", "treaty"})
_DOING = ("agent", "participant", "supplier", "recipient")
_TOGETHER = frozenset({"Meeting", "SecurityCooperation"})
"""Events that take two."""
_DATED = 12
"""How far from its verb a date may stand."""
_COUNTING = 2
"""How far before what it counts a number may stand."""
_ITEM = ("item",)
_BESIDE = 10
"""How far from its trigger what the fallback finds may stand to count as if the parse had given it."""
_NEXT = 5
"""How far behind what the parse gave it."""
_PLACED = ("place",)
"""What a trigger needs that tells enough where it says where: "bombardements sur X"."""
_TOLD = frozenset({"item", "treaty"})
"""Roles whose filler is the object of a verb, which then has no clause for one."""


class Conditions:
    """Tells which fillings of triggers hold."""

    def __init__(self, syntax: Syntax, fallback: Fallback, lexicon: Lexicon, categories: Mapping[str, str]) -> None:
        words = lexicon.names
        self._syntax = syntax
        led = self._led = lexicon.syntax.prepositions
        self._own = frozenset({"subj", "poss", led.by, "agent"})
        """How it is found who does something himself."""
        self._undergone = frozenset({"obj", "subj", led.on})
        """Where stands what a verb is done to, and what shows that it means something else."""
        self._objects = frozenset({"obj", "subj", led.of, led.to, led.with_})
        self._given = frozenset({"iobj", led.to, "obj"})
        self._fallback = fallback
        self._categories = categories
        self._fighting = Fighting(lexicon.fighting, categories)
        self._quantities = frozenset(lexicon.syntax.quantities)
        self._giving = Giving(syntax, self._quantities)
        self._generic = words.generic
        self._denying, self._telling = words.denying, words.telling
        self._officials = {fold_word(word) for word in lexicon.people.officials}
        self._qualifying = Qualifying(syntax, words)

    def hold(self, filling: Filling) -> bool:
        """Whether a trigger's needs are met by what was filled."""
        return next(self.failing(filling), None) is None

    def failing(self, filling: Filling) -> Iterator[str]:
        """What keeps a trigger from saying its event, one word for each kind of condition; nothing where it holds."""
        match, roles = filling.match, filling.roles.keys()
        trigger = match.trigger
        if (
            not match.noun
            and match.frame.event not in SPEECH
            and not filling.parsed & _TOLD
            and self._says(match.token)
        ):
            yield "says"
        if any(roles.isdisjoint(group) for group in trigger.needs):
            yield "needs"
        if any(
            filling.parsed.isdisjoint(group)
            and not self._windowed(filling, group)
            and not (trigger.anaphora and "treaty" in roles and "treaty" in group)
            for group in trigger.strict
        ):
            yield "strict"
        if self._qualifying.holds(filling) or is_title(filling.match, filling.line):
            yield "qualifies"
        if self._is_vague(filling) or self._is_unfit(filling):
            yield "unfit"
        if self._is_disowned(filling):
            yield "disowned"
        if not roles.isdisjoint(trigger.without):
            yield "without"
        if not self._stands(filling):
            yield "stands"
        if trigger.objects and not self._has_object(match, trigger.objects) and "treaty" not in filling.parsed:
            yield "objects"
        if not self._is_enough(filling):
            yield "told"

    def _is_enough(self, filling: Filling) -> bool:
        """Whether those are named without whom there is no event of the class."""
        match, roles = filling.match, set(filling.roles)
        if match.frame.event == "Meeting" and match.trigger.pattern == "meet":
            return (
                len(filling.entities("participant")) >= 2
                or "gathering" in roles
                or any(f.referent.kind == "InternationalOrganization" for f in filling.roles.get("participant", ()))
                or ("place" in roles and self._is_met(match))
            )
        if match.frame.event == "SecurityCooperation":
            if not match.noun and self._is_one_sided(filling):
                return False
            return len(filling.entities("participant")) >= (
                1 if "treaty" in filling.parsed else 2
            ) or self._is_of_members(filling)
        if match.frame.event == "TransferOffer" and "item" not in roles and match.trigger.inner is not None:
            return self._is_armed(filling)
        return self._is_told(filling)

    def _is_met(self, match: Match) -> bool:
        """Whether a word tells of one that he met someone, named or not: "l'entretien à X", "Y, reçu à X", "la commission s'y réunit"."""
        return match.noun or self._syntax.forms.is_reflexive(match.word) or self._syntax.is_passive(match.token)

    def _is_one_sided(self, filling: Filling) -> bool:
        """Whether only those are named with whom someone else does something: "une société collaborant avec X et Y"."""
        told = [f.rule.rpartition("/")[2] for f in filling.roles.get("participant", ())]
        return bool(told) and all(rule == self._led.with_ for rule in told)

    def _is_of_members(self, filling: Filling) -> bool:
        """Whether an organisation does it, with its members: "l'OTAN a lancé son exercice nucléaire"."""
        doers = (f for f in filling.roles.get("participant", ()) if f.rule in self._own or f.rule.startswith("gov:"))
        return any(f.referent.kind == "InternationalOrganization" for f in doers)

    def _is_armed(self, filling: Filling) -> bool:
        """Whether an offer without an item at least stands among weapons: what is asked for may be anything."""
        sentence = filling.match.token.sent
        return any(n.kind.startswith("Weapon") and sentence.start <= n.start < sentence.end for n in filling.line.names)

    def _is_vague(self, filling: Filling) -> bool:
        """Whether arms in general are said to strike: it is the embargo on them that does, "l'embargo sur les armes qui frappe X"."""
        return filling.match.frame.event == "WeaponUse" and any(
            f.rule.endswith(("subj", "participle")) and line_word.lower_lemma in self._generic
            for f in filling.roles.get("item", ())
            for line_word in filling.line.doc[f.referent.start : f.referent.start + 1]
        )

    def _is_unfit(self, filling: Filling) -> bool:
        """Whether no item is of a kind with which it is done, or what it is done to shows that something else is meant."""
        match = filling.match
        if self._giving.is_done(filling):
            return True
        if match.trigger.spared:
            undergone = (self._led.of,) if match.noun else self._undergone
            objects = [a.token for a in self._syntax.arcs(match.token) if a.relation in undergone]
            met = [t for t in (*objects, *counted(objects)) if t.lower_lemma in match.trigger.spared]
            if any(not self._is_farther(t, filling) for t in met):
                return True
            if match.frame.event in SPEECH and self._has_object(match, match.trigger.spared):
                return True
        if not match.trigger.unfit or not (items := filling.entities("item")):
            return False
        kinds = {entity_iri("WeaponCategory", name) for name in match.trigger.unfit}
        return all(falls(item, kinds, self._categories) for item in items)

    def _is_farther(self, noun: Token, filling: Filling) -> bool:
        """Whether a participle follows the treaty of a noun on which the parse hangs it: "le retrait du traité X, signé en …"."""
        token, spared = filling.match.token, filling.match.trigger.spared
        if filling.match.noun or not self._syntax.is_participle(token) or noun.head.lower_lemma in spared:
            return False
        between = [n for n in filling.line.names if noun.i < n.start and n.end <= token.i and n.kind == "Treaty"]
        return bool(between) and all(t.is_punct for t in token.doc[between[-1].end : token.i])

    def _is_disowned(self, filling: Filling) -> bool:
        """Whether a noun's doer is only the one who says or denies that it is: "rejette les accusations", "a répété que …"."""
        match = filling.match
        doers = [f for role in _DOING for f in filling.roles.get(role, ())]
        if not match.noun or not doers:
            return False
        told = [f.rule.rsplit("gov:", 1)[-1] for f in doers if "gov:" in f.rule]
        denied = self._denying if match.frame.event in SPEECH else frozenset[str]()
        return len(told) == len(doers) and all(verb in denied | self._telling for verb in told)

    def _stands(self, filling: Filling) -> bool:
        """Whether the relations and the number of fillers that a trigger asks for are there."""
        trigger = filling.match.trigger
        if any(len(filling.entities(role)) < 2 for role in trigger.several):
            return False
        if any(len(filling.entities(role)) > 1 for role in trigger.single):
            return False
        if any(all(f.referent.kind not in ks for f in filling.roles.get(r, ())) for r, ks in trigger.kinds.items()):
            return False
        if trigger.fighting is not None and trigger.fighting != self._fighting.told(filling):
            return False
        if trigger.verbless and self._fallback.headlines.is_home(filling):
            return False
        barred = trigger.barring and self._fallback.introduces(filling.match, trigger.barring)
        return not barred and (not trigger.having or self._fallback.introduces(filling.match, trigger.having))

    def _is_told(self, filling: Filling) -> bool:
        """Whether something is told of someone or something of a name: "la production d'armes" alone is no event."""
        if set(filling.roles) & _ACTING or (_PLACED in filling.match.trigger.needs and "place" in filling.roles):
            return True
        systems = any(f.referent.kind == "WeaponSystem" for f in filling.roles.get("item", ()))
        systems = systems or self._is_dated(filling) or self._is_numbered(filling)
        there = filling.parsed if not filling.match.frame.security else filling.roles
        return systems or ("item" in filling.roles and "place" in there)

    def _is_dated(self, filling: Filling) -> bool:
        """Whether a verb tells on which day or in which month or year something happened to its items, so that it is no mere habit:
        "les derniers obus ont été détruits le 22 juin"."""
        token, line = filling.match.token, filling.line
        if filling.match.noun or "item" not in filling.parsed:
            return False
        if not any("Fin" in t.morph.get("VerbForm", []) for t in (token, *token.children)):
            return False
        near = line.doc[max(token.sent.start, token.i - _DATED) : min(token.sent.end, token.i + _DATED)]
        first, last = near[0].idx, near[-1].idx
        return any(first <= e.begin <= last and e.precision and not e.is_duration for e in line.dates)

    def _is_numbered(self, filling: Filling) -> bool:
        """Whether a finite verb tells of so many items what happened to them: "2 000 obus ont été détruits en trois ans"."""
        token, doc = filling.match.token, filling.line.doc
        if filling.match.noun or "item" not in filling.parsed:
            return False
        if not any("Fin" in t.morph.get("VerbForm", []) for t in (token, *token.children)):
            return False
        return any(
            doc[i].like_num and doc[i].text[:1].isdigit()
            for f in filling.roles["item"]
            for i in range(max(0, f.referent.start - _COUNTING), f.referent.start)
        )

    def _says(self, token: Token) -> bool:
        """Whether a verb only introduces what someone says: "il a conclu que …"."""
        return any(
            c.dep_ == "ccomp" and any(m.dep_ == "mark" and Kind.THAT in m.kinds for m in c.children)
            for c in token.children
        )

    def _windowed(self, filling: Filling, group: tuple[str, ...]) -> bool:
        """A role filled by the fallback right beside its trigger, or right after what the parse gave it, counts as parsed."""
        after = max((f.referent.end for r in filling.parsed for f in filling.roles.get(r, ())), default=0)
        if group == _ITEM and self._giving.is_unarmed(filling):
            return False
        return any(
            abs(f.referent.start - filling.match.token.i) <= _BESIDE or 0 <= f.referent.start - after <= _NEXT
            for r in group
            for f in filling.roles.get(r, ())
        )

    def _has_object(self, match: Match, lemmas: tuple[str, ...]) -> bool:
        """Whether one of these words completes a trigger."""
        arcs = self._syntax.arcs(match.token)
        nouns = [a.token for a in arcs if a.relation in self._objects]
        nouns += counted(nouns)
        nouns += [c for n in nouns if n.lemma_ in self._quantities for c in n.children if c.dep_ == "nmod"]
        nouns += [t for t in match.token.doc[match.token.i + 1 : match.token.i + 5] if not qualifies_noun(t)]
        nouns += list(match.token.doc[match.end : match.end + 3]) if len(match.words) > 1 else []
        verb = self._syntax.governor(match.token) if match.noun else None
        if verb is not None:
            nouns += [a.token for a in self._syntax.arcs(verb) if a.relation in self._given]
        if not {f"{a.relation} {a.token.lower_lemma}" for a in arcs}.isdisjoint(lemmas):
            return True
        met = [t for t in nouns if t.lower_lemma in lemmas or t.lower_ in lemmas]
        is_speech = match.frame.event in SPEECH
        return any(not (is_speech and self._is_someone(t)) for t in met)

    def _is_someone(self, noun: Token) -> bool:
        """Whether a noun that may also say what one is, such as "responsable", stands for a person here: "un haut responsable"."""
        return noun.folded_lemma in self._officials and any(c.dep_ == "det" for c in noun.lefts)

    def missing(self, filling: Filling) -> list[str]:
        """The empty roles that the trigger needs, in the order in which it names them; none where it lacks no role."""
        trigger, roles = filling.match.trigger, filling.roles.keys()
        realised = filling.match.realised
        lacking = [g for g in trigger.needs if roles.isdisjoint(g)]
        lacking += [g for g in trigger.strict if filling.parsed.isdisjoint(g) and not self._windowed(filling, g)]
        lacking += [tuple(trigger.several)] if any(len(filling.entities(r)) < 2 for r in trigger.several) else []
        few = filling.match.frame.event in _TOGETHER and len(filling.entities("participant")) < 2
        lacking += [("participant",)] if few else []
        open_ = [r for r in realised if r in CORE and (r not in roles or r == "participant")]
        wanted = [r for g in lacking for r in g if r in open_]
        if self._giving.has_object(filling):
            wanted = [role for role in wanted if role != "item"]
        barred = _ITEM if self._giving.is_unarmed(filling) else ()
        return list(dict.fromkeys(wanted)) or [r for r in self._untold(filling, realised) if r not in barred]

    def _untold(self, filling: Filling, realised: Iterable[str]) -> list[str]:
        """The empty core roles of a trigger of which nothing is told yet."""
        if filling.match.trigger.needs and self._is_told(filling):
            return []
        return [r for r in realised if r in CORE and r not in filling.roles]
