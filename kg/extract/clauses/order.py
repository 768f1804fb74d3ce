"""What the order of words tells where the parse is wrong: the noun before "que", the subject before a finite verb."""

from __future__ import annotations

from kg.extract.clauses.relations import NOMINAL, Arc, Relations
from kg.extract.lines.parse import Token

_BOUNDARIES = frozenset({",", ":", ";"})
_CLITIC = frozenset({"expl:comp", "expl:subj", "iobj", "advmod", "aux:tense", "aux:pass"})
_ASKED = frozenset({"obj", "obl:arg", "iobj", "obl:mod"})
"""How those hang on a verb whom it wants to do something."""
_REACH = 14
"""How many tokens may stand between a verb and the noun that it is taken to govern by order alone."""


class Order(Relations):
    """Finds subjects, objects and governing verbs by order."""

    def relative_object(self, token: Token) -> Token | None:
        """The noun before the nearest "que" to the left of a verb, by order alone: "l'accord que X et Y ont signé".

        For verbs that the parse leaves without an object; None where "que" follows a verb, and so begins what is said.
        """
        for index in range(token.i - 1, max(token.sent.start, token.i - 2 * _REACH), -1):
            if token.doc[index].lower_ not in self._words.object_relatives:
                continue
            noun = index - 1 - int(token.doc[index - 1].text == ",")
            if noun < token.sent.start or token.doc[noun].pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
                return None
            return self._phrase_head(token.doc[noun])
        return None

    def before_relative(self, pronoun: Token) -> Token | None:
        """The name or noun right before a relative pronoun, for clauses that the parse hangs elsewhere: "à X, qui a signé"."""
        index = pronoun.i - 1
        if index > pronoun.sent.start and pronoun.doc[index].text == ",":
            index -= 1
        if index < pronoun.sent.start or pronoun.doc[index].pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        token = pronoun.doc[index]
        while token.dep_ in ("amod", "flat:name", "appos", "nmod") and token.i - 3 <= token.head.i < token.i:
            if token.dep_ == "nmod" and self.preposition(token) is not None:
                break
            token = token.head
        return token

    def nearer_antecedent(self, pronoun: Token, noun: Token) -> Token:
        """The name right before a relative pronoun, where the parse hangs the clause on a noun that it only is addressed to:
        "la réponse faite [à X] qui …"; else that noun."""
        before = self.before_relative(pronoun)
        if before is None or before.pos_ != "PROPN" or noun.pos_ != "NOUN" or before.i + 1 != pronoun.i:
            return noun
        return before if self.preposition(before) == self.led.to else noun

    def _demanded(self, verb: Token) -> list[tuple[Token, str]]:
        """Of whom an impersonal verb asks what an infinitive tells: "il a fallu dix ans à X pour …", "il s'agit pour X de …", "il revient
        à X de …"; by whom it is said to be decided: "il a été décidé par X de …"."""
        if self.is_passive(verb) and any(c.lower_ in self._words.impersonal for c in verb.lefts):
            return [(a.token, "control") for a in self._direct(verb) if a.relation == "agent"]
        falling = verb.lemma_ in self._words.falling_to and any(c.lower_ in self._words.impersonal for c in verb.lefts)
        if not falling and not any(c.dep_ == "expl:subj" for c in verb.children):
            return []
        asked = ("iobj", self.led.to, self.led.for_)
        return [(a.token, "control") for a in self._direct(verb) if a.relation in asked and a.token.pos_ in NOMINAL]

    def _phrase_head(self, token: Token) -> Token:
        """The noun of whose phrase a token is the end."""
        while token.dep_ in ("amod", "nmod", "flat:name", "conj", "appos") and token.head.i < token.i:
            token = token.head
        return token

    def is_cut_off(self, subject: Token, verb: Token) -> bool:
        """Whether a colon stands between a verb and its subject, which is then none: "X, Y : Z a signé"."""
        return any(t.text in (":", ";") for t in verb.doc[subject.i : verb.i])

    def fronted(self, verb: Token) -> list[Token]:
        """The subject of a finite verb that the parse joins to what stands before it: "Selon X, Y et Z ont signé".

        By order alone: the nouns without a preposition between the last comma, or the start of the sentence, and the verb.
        """
        if not (verb.is_helped or "Fin" in verb.morph.get("VerbForm", [])):
            return []
        if (over := self._over_aside(verb)) is not None:
            return [over]
        phrase: list[Token] = []
        start = max(verb.sent.start, verb.i - _REACH)
        for index in range(verb.i - 1, start - 1, -1):
            token = verb.doc[index]
            if token.text in _BOUNDARIES:
                break
            if phrase and token.lower_ in self._words.object_relatives:
                break
            if token.lower_ in self._words.clause_openers or (token.pos_ == "VERB" and token.head != verb):
                return []
            phrase.append(token)
        else:
            if start > verb.sent.start:
                return []
        return [
            t
            for t in reversed(phrase)
            if t.pos_ in ("PROPN", "NOUN") and self.preposition(t) is None
            if t.head not in phrase or t.head == t or t.dep_ == "conj"
        ]

    def _over_aside(self, verb: Token) -> Token | None:
        """The noun before what two commas set apart right before a verb: "X, premier fournisseur de Y, dément …"."""
        doc, index = verb.doc, verb.i - 1
        while index > verb.sent.start and (doc[index].pos_ in ("AUX", "ADV") or doc[index].dep_ in _CLITIC):
            index -= 1
        commas = [i for i in range(max(verb.sent.start, index - 2 * _REACH), index) if doc[i].text == ","]
        if doc[index].text != "," or not commas or doc[commas[-1] - 1].pos_ not in ("NOUN", "PROPN"):
            return None
        noun = self._phrase_head(doc[commas[-1] - 1])
        return noun if self.preposition(noun) is None and noun.i >= verb.sent.start else None

    def _is_clause(self, verb: Token) -> bool:
        """Whether a verb that the parse takes for an infinitive is a finite one after "que"."""
        finite = "Fin" in verb.morph.get("VerbForm", [])
        between = verb.doc[verb.head.i + 1 : verb.i]
        return finite and any(t.lower_ in self._words.object_relatives for t in between)

    def _owns(self, child: Token) -> bool:
        """Whether a noun's adjective or complement may tell whose it is; those before it do not: "le premier pays à …"."""
        return (child.dep_ == "amod" and child.i > child.head.i) or (
            child.dep_ == "nmod" and self.preposition(child) == self.led.of
        )

    def _owners(self, noun: Token) -> list[Token]:
        """Whose a decision is: "la décision de X", "l'intention annoncée par X", "condamne X pour sa décision"."""
        if self._is_set_before(noun):
            return []
        if any(c.lower_ in self._words.possessives for c in noun.lefts):
            judged = self.preposition(noun) == self.led.for_ and noun.head.lemma_ in self._words.blaming
            return [c for c in noun.head.children if c.dep_ == "obj"] if judged else []
        owners = self._entitled(noun) or [c for c in noun.children if self._owns(c)]
        makers = [c for p in noun.rights if self.is_participle(p) for c in p.children if c.dep_ == "obl:agent"]
        return makers or owners

    def _is_ordered(self, noun: Token) -> bool:
        """Whether a noun behind a verb is one whom that wants to do what the infinitive behind it tells: "charge X de …"."""
        return noun.head.lemma_ in self._object_control and noun.dep_ in _ASKED and noun.i > noun.head.i

    def _entitled(self, noun: Token) -> list[Token]:
        """Whom a verb grants or denies what one may do: "conteste à X le droit de", "confie à X la mission de"."""
        verb = noun.head
        if noun.lower_lemma not in self._words.rights or noun.dep_ != "obj" or verb.lemma_ not in self._words.granting:
            return []
        return [a.token for a in self._direct(verb) if a.relation in ("iobj", self.led.to) and a.token.pos_ in NOMINAL]

    def planners(self, found: list[tuple[Token, str]]) -> list[tuple[Token, str]]:
        """The same subjects, for a plan those whose it is: "le plan de X vise à …"."""
        told: list[tuple[Token, str]] = []
        for token, path in found:
            owners = self._owners(token) if token.lower_lemma in self._words.planning and token.pos_ == "NOUN" else []
            told += [(owner, f"{path}/owner") for owner in owners] or [(token, path)]
        return told

    def answers(self, noun: Token) -> bool:
        """Whether a noun tells what something else answers or follows: "des sanctions [après le tir d'un missile]"."""
        return self.preposition(noun) in self._words.answering

    def follows(self, noun: Token) -> bool:
        """Whether a noun tells what something else comes before or after, or is in spite of: "a annulé sa visite [après le tir]"."""
        preposition = self.preposition(noun)
        return preposition in self._words.answering and preposition not in self._words.arguing

    def verb_before(self, noun: Token) -> Token | None:
        """The verb of the clause of which a noun may be the object, by order alone: for parses that hang it elsewhere.

        None where a preposition introduces the noun or the one that it is joined to, or another clause begins between the two.
        """
        if noun.dep_ == "conj" and any(c.dep_ == "case" for c in noun.head.lefts):
            return None
        start = max(noun.sent.start, noun.i - _REACH)
        between = list(reversed(noun.doc[start : noun.i]))
        lead = next((t for t in between if t.pos_ not in ("DET", "ADJ", "NUM")), None)
        if lead is None or lead.pos_ == "ADP" or lead.lower_ in self.contractions:
            return None
        for token in between:
            if token.lower_ in self._words.clause_openers:
                return None
            if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "acl"):
                return token
        return None

    def _described(self, noun: Token) -> list[Token]:
        """What a participle or relative clause may describe: the noun, and the treaty whose party it is.

        "l'accord avec X, signé en mars": parses hang "signé" on X.
        """
        noun = noun.head if noun.dep_ == "conj" and self.is_denied(noun) else noun
        found = list(self._members(noun))
        above, steps = noun, 0
        while above.dep_ in ("nmod", "conj", "appos") and steps < 4:
            above, steps = above.head, steps + 1
            if above.lower_lemma in self._agreements:
                return [*found, above]
        return found

    def _subject_relative(self, found: list[Arc]) -> Arc | None:
        """The "qui" that stands as the subject of a clause which the parse does not hang on its antecedent."""
        return next(
            (a for a in found if a.token.lower_ in self._words.subject_relatives and a.path == a.relation), None
        )

    def _completed(self, verb: Token, before: Token) -> Token:
        """The last of the infinitives that complete a verb before a token: "vient de mettre en garde X [pour avoir …]"."""
        while (below := next((c for c in verb.rights if c.dep_ == "xcomp" and c.i < before.i), None)) is not None:
            verb = below
        return verb

    def _has_relative(self, token: Token) -> bool:
        return any(c.lower_ in self._words.relatives for c in token.subtree if c.i < token.i)

    def _carries(self, noun: Token) -> bool:
        return noun.lower_lemma in self._carriers

    def whose(self, token: Token) -> list[Token]:
        """Whose a thing is of which a relative clause tells: "X, dont les sous-marins sont déployés"."""
        verb = token.head
        subject = token.dep_.startswith("nsubj") and verb.dep_ == "acl:relcl" and verb.i > token.i
        led = any(c.lower_ in self._words.of_relatives and c.i < token.i for c in verb.children)
        return [verb.head] if subject and led else []
