"""The language of arms control as data: frames and word lists under ontology/lexicon/<language>/, validated at load.

A frame file (`ontology/lexicon/fr/ArmsTransfer.yaml`) says which words say one event class and where its roles stand:

    event: ArmsTransfer
    patterns:                      # named ways to realise the roles
      supply:
        verb: {supplier: [subj, agent], recipient: [iobj, à, vers], item: [obj]}
        noun: {supplier: [par, adj, poss, de, gov], recipient: [à, vers], item: [de]}
    triggers:
      - pattern: supply
        verbs: [livrer, fournir]
        nouns: [livraison, fourniture]
        needs: [item recipient]    # each line: at least one of these roles must be filled
    examples:
      - {text: "…", roles: {supplier: [France]}}
      - {not: "…"}

Realisations: `subj`, `obj` (also the subject of a passive and the noun of a participle), `iobj`, `agent` ("par X" of a
passive), `adj` (a state's adjective), `poss` (its possessive), `gov` (the subject of the verb that governs a noun), or a
preposition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kg.errors import LexiconError
from kg.extract.confidence import Figures
from kg.extract.pronoun_words import PronounWords
from kg.extract.quantities import QuantityWords

ROLES = frozenset(
    {
        "agent",
        "participant",
        "supplier",
        "recipient",
        "target",
        "item",
        "treaty",
        "topic",
        "place",
        "gathering",
    }
)
Realisations = dict[str, tuple[str, ...]]


def _split(value: object) -> object:
    """A string of words as a tuple; YAML lists read better as `item recipient`."""
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pattern(_Model):
    """Where the roles of a trigger stand, for its verbs and for its nouns."""

    verb: Realisations = {}
    noun: Realisations = {}


class Inner(_Model):
    """An event inside another: "proposer de [vendre]", "suspendre les [livraisons]"."""

    events: Words
    """Event classes of the inner trigger."""
    patterns: Words = ()
    """If given, only these patterns of theirs."""
    consume: bool = True
    """Whether the inner event is not recorded on its own."""


class Trigger(_Model):
    """A group of words that say the event in the same way."""

    pattern: str
    verbs: tuple[str, ...] = ()
    """Lemmas or phrases whose first word is the verb: "livrer", "se retirer", "mettre en service"."""
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    needs: tuple[Words, ...] = ()
    """Each: roles of which at least one must be filled, by the parse or by the fallback."""
    strict: tuple[Words, ...] = ()
    """Like `needs`, but the parse itself must fill them: for words of many meanings."""
    objects: tuple[str, ...] = ()
    """Lemmas of which its object, or a noun's complement, must be one, unless a role of `needs` stands there."""
    without: Words = ()
    """Roles that must not be fillable: "dénoncer" with a treaty is no accusation."""
    having: Words = ()
    """Prepositions of which one must follow in the clause: "tirer" something "contre" something."""
    barring: Words = ()
    """Prepositions that must not follow in the clause: what is fired "contre" something is no test."""
    several: Words = ()
    """Roles that need two fillers or more: a programme of two states."""
    kinds: Mapping[str, Words] = {}
    """Roles that need a filler of one of these classes: "soutenir" an armed group."""
    inner: Inner | None = None
    modality: str | None = None
    """If the word itself decides it: an offer to negotiate is Possible."""
    negated: bool = False
    """If the word itself denies the event."""
    ended: bool = False
    """Whether "ne … plus" must stand with it: who "n'est plus lié" has left."""
    anaphora: bool = False
    """Whether a treaty left unsaid is the one spoken of: "après le retrait américain"."""
    security: bool | None = None
    """Whether the sentence or its surroundings must speak of arms or security; by default the frame's."""


class Example(_Model):
    """A sentence that the frame must read, with some roles by name, or must not."""

    text: str | None = None
    roles: dict[str, tuple[str, ...]] = {}
    modality: str | None = None
    polarity: str | None = None
    negative: str | None = None


class Frame(_Model):
    """One event class with its words."""

    event: str
    security: bool = False
    patterns: dict[str, Pattern]
    triggers: tuple[Trigger, ...]
    examples: tuple[Example, ...] = ()


class LineWords(_Model):
    """What tells the kinds of lines apart."""

    related: tuple[str, ...]
    boilerplate: tuple[str, ...]
    caption: tuple[str, ...]
    english: frozenset[str]
    french: frozenset[str]


class NameWords(_Model):
    """What surrounds names: heads of weapons, treaties and gatherings, titles, words that are never names."""

    weapon_heads: Mapping[str, str | None]
    """Lemma of a noun that comes before a weapon's name, to the id of the weapon category, if it tells one."""
    gathering_heads: tuple[str, ...]
    seated: frozenset[str]
    """Nouns of what stands in or happens at a place: "l'ambassade de CAPITAL" is no state's."""
    titles: tuple[str, ...]
    never_names: frozenset[str]
    naming: frozenset[str]
    """Words between a weapon's kind and its name: "baptisé", "de type"."""
    introducing: frozenset[str]
    """Words that after a comma say what a name before it is: "un", "premier"."""
    harmless: tuple[str, ...]
    """Patterns of what bears a weapon's name and is none: "bombes? d'eau"."""
    recipient_heads: tuple[str, ...]
    """Lemmas after which "à CAPITAL" means the state."""
    place_prepositions: tuple[str, ...]
    wielding: frozenset[str]
    """Lemmas after which the name of a substance means a weapon: "utiliser du chlore"."""
    anaphoric: frozenset[str]
    """Nouns that with a demonstrative mean the weapon spoken of last: "cette substance"."""
    generic: frozenset[str]
    """Nouns of arms in general, which by themselves do nothing."""
    waters: frozenset[str]
    """Nouns of seas and straits, which bear the names of states."""


class AgreementWords(_Model):
    """How a text describes treaties that no list holds."""

    treaties: tuple[str, ...]
    """Nouns that say a treaty whatever it is on: "traité", "pacte"."""
    agreements: tuple[str, ...]
    """Nouns that say one only with a topic of the field, or named after states or a place: "accord", "arrangement"."""
    after: tuple[str, ...]
    """How the words behind such a noun begin."""
    topics: tuple[str, ...]
    foreign: tuple[str, ...]
    """Beginnings of words that show another field: "commercial", "fiscal"."""
    definite: frozenset[str]
    links: frozenset[str]
    """Words that link the parts of a description."""
    of: frozenset[str]
    within: frozenset[str]
    """Words that may stand in a description although they look like the end of one: "non", "renforcé"."""
    partners: frozenset[str]
    """Prepositions of the parties that follow: "avec", "entre"."""
    holders: frozenset[str]
    """Nouns through which a treaty is meant: "les obligations du traité"; not those of other events ("le non-respect du traité")."""
    anaphoric: frozenset[str]
    """Nouns that with an article mean a treaty spoken of before: "ce texte"."""


class Office(_Model):
    """A role word such as "président" with the office types that it may mean."""

    words: tuple[str, ...]
    of: tuple[str, ...] = ()
    """Complements of which one must follow the word, if there are any: "du Kremlin" after "maître"."""
    types: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What a text calls it: "premier ministre", "maître du Kremlin"."""
        return tuple(f"{word} {place}" for word in self.words for place in self.of) or self.words


class PeopleWords(_Model):
    """Nouns for people and bodies that act for a state."""

    offices: tuple[Office, ...]
    officials: tuple[str, ...]
    bodies: tuple[str, ...]
    counterpart: tuple[str, ...]
    pairs: tuple[str, ...]
    state_nouns: tuple[str, ...]
    adjectives: Mapping[str, str]
    """Lemma of an adjective to the id of the organisation that it means: "onusien"."""
    deed_adjectives: Mapping[str, str]
    """Those that mean it only where they qualify what is done: "sanctions européennes"."""


class Reporting(_Model):
    """Words by which a text says who says so. Phrases are lemmas: a verb and the first word that makes it one of saying."""

    verbs: tuple[str, ...]
    """Reporting verbs with a clause or a quotation; their subject is the claimant."""
    reflexive: tuple[str, ...]
    """Verbs that report only with a reflexive pronoun: "se réjouir"."""
    phrases: tuple[str, ...]
    """"faire savoir", "tirer sonnette" (d'alarme)."""
    colon: tuple[str, ...]
    """Verbs that report what follows a colon: "X n'en démord pas : …"."""
    certain: tuple[str, ...]
    """What a speaker is called: "X est formel : …", "X est convaincu que …"."""
    asserting: tuple[str, ...]
    """Reporting verbs whose infinitive is said to be so: "affirmer avoir", but not "espérer vendre"."""
    demanding: tuple[str, ...]
    """"exiger l'arrêt", "plaider pour": what is asked for is possible, and the subject says so."""
    proposing: tuple[str, ...]
    """"proposer une prorogation": likewise, unless an offer is the event itself."""
    nominal: tuple[str, ...]
    """Reporting verbs whose nominal object is what they say: "annoncer la livraison"."""
    accusing: tuple[str, ...]
    """"accuser X de": what follows is the subject's claim."""
    accusing_nominal: tuple[str, ...]
    """Accusing verbs whose nominal object is what they claim: "dénoncer l'emploi de"."""
    accusing_phrases: tuple[str, ...]
    denying: tuple[str, ...]
    """"démentir avoir": the subject denies what follows."""
    denying_reflexive: tuple[str, ...]
    prepositions: tuple[str, ...]
    """"selon", "d'après", "de l'aveu de"."""
    views: tuple[str, ...]
    """Prepositions that open a sentence as "selon" does, where they name who is not in the event: "pour Washington, …"."""
    citing: tuple[str, ...]
    """Verbs whose participle names who spoke first: "citant des responsables"."""
    documents: tuple[str, ...]
    """Nouns of things said or written, whose author is the speaker: "un rapport de l'AIEA"."""
    said_in_general: tuple[str, ...]
    """Subjects that stand for those in the place named: "assure-t-on à Varsovie"."""


class ModalityWords(_Model):
    """Operators that change the modality or polarity of what they govern, by lemma."""

    possible: tuple[str, ...]
    planned: tuple[str, ...]
    negating: tuple[str, ...]
    suspended: tuple[str, ...]
    """Operators that change neither; the codebook names them, so that nobody codes them as negations."""
    adjectives_possible: tuple[str, ...]
    adjectives_planned: tuple[str, ...]
    adverbs_possible: tuple[str, ...]
    negators: tuple[str, ...]
    negative_determiners: tuple[str, ...]
    object_control: tuple[str, ...]
    transparent: tuple[str, ...]
    support: tuple[str, ...]
    wishing: tuple[str, ...]
    """Verbs whose clause is not said to be the case: "craindre que", "souhaiter que"."""
    occurring: tuple[str, ...]
    """Verbs by which an event that is their subject takes place: "avoir lieu", "se tenir"."""
    ambiguous_negators: tuple[str, ...]
    """Negators that count only where the parse hangs them on the verb: "plus"."""
    conditional: tuple[str, ...]
    """Words that open a condition."""
    conditions: tuple[str, ...]
    """Phrases that make what lies ahead depend on something: "sous réserve"."""
    conceding: tuple[str, ...]
    """Words that open a clause whose subjunctive tells what is the case: "bien que"."""
    purpose: tuple[str, ...]
    expected: tuple[str, ...]
    """Modal verbs whose conditional tells what is expected: "devrait"."""
    modals: tuple[str, ...]
    using: tuple[str, ...]
    """Verbs of using: what something was used for was done, "a employé du chlore pour bombarder"."""
    achieved: tuple[str, ...]
    """Verbs whose compound past tells that what they ask for came about: "il a fallu que"."""
    unrealised: tuple[str, ...]
    """Verbs of will and attempt: not to have wanted something is not to have done it."""
    copulas: tuple[str, ...]
    ruled_out: tuple[str, ...]
    """Predicates that deny what is their subject: "est hors de question"."""
    ahead: tuple[str, ...]
    """Words at the head of a headline that tell what is to come: "Vers une livraison"."""
    asking: tuple[str, ...]
    """Question words that take what is asked about for granted: "Quand le traité est-il entré en vigueur ?"."""
    undergoing: tuple[str, ...]
    """Support verbs whose subject undergoes what their object says: "recevoir une livraison"."""


class DateWords(_Model):
    """Words and patterns of dates."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    parts: Mapping[str, int]
    """Words for a part of the year, to its months."""
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    """Words for a day, week, month or year, to which of them."""
    past: tuple[str, ...]
    future: tuple[str, ...]
    same: tuple[str, ...]
    near: Mapping[str, int]
    """Days counted from the document's own: "hier" is -1."""
    relative: Mapping[str, tuple[int, str]]
    """Expressions counted from the date told before them: how many units, and which."""
    earlier: tuple[str, ...]
    eves: tuple[str, ...]
    """Words that tell that what is named after them is yet to come."""
    stretches: tuple[str, ...]
    """What bounds a stretch of time: "d'ici"."""
    starts: tuple[str, ...]
    """What begins one: "depuis"."""
    patterns: Mapping[str, tuple[str, ...]]
    """Kinds of expressions (`kg/extract/dates.py`) to their patterns, the stronger first."""
    told: tuple[str, ...]
    """Words that show that a sentence tells what was."""
    published: tuple[str, ...]
    """Patterns of what says when a text appeared."""
    pictured: tuple[str, ...]
    """Words of captions."""
    referring: tuple[str, ...]
    """Patterns of what stands before a date to which a text only refers."""
    issues: tuple[str, ...]
    """Nouns that stand before a text's own date: "bulletin du 3 mai"."""
    agencies: tuple[str, ...]
    """News agencies that stand after a dateline."""
    month_leads: tuple[str, ...]
    """Words before a month told without its year."""
    dating: tuple[str, ...]
    """Verbs that tell when their subject took place."""
    dating_phrases: tuple[str, ...]
    """Such verbs with a word after them: "prendre effet"."""
    dated: tuple[str, ...]
    """Lemmas of participles and adjectives before the date of the noun that they qualify: "effectif le 3 mai"."""
    scheduling: tuple[str, ...]
    """Lemmas of verbs in the past whose date lies ahead: "prévu mardi"."""
    speeches: tuple[str, ...]
    """Nouns whose day is that of the act done by them: "a suspendu le traité dans un discours prononcé le …"."""
    lasting: tuple[str, ...]
    """Event classes that a date after "depuis" dates."""


class SecurityWords(_Model):
    """Stems of words that show that a sentence speaks of arms, military or security matters."""

    stems: tuple[str, ...]
    words: frozenset[str]
    after_of: frozenset[str]
    """Words that show it only as a complement: "accord de défense", "conseil de sécurité"."""


class SyntaxWords(_Model):
    """Prepositions that stand for others, and nouns that only count or group."""

    contractions: Mapping[str, str]
    compound_prepositions: Mapping[str, str]
    quantities: tuple[str, ...]
    carriers: tuple[str, ...]
    """Nouns that only carry the event in their complement to the verb: "une série d'essais", "la reprise des livraisons"."""
    verb_forms: Mapping[str, str]
    """Present forms that the tagger takes for other words, to their verbs: they are verbs right after a proper name."""
    finite_endings: tuple[str, ...]
    """How only finite verbs end; what the dictionary takes for one of them is one whatever the tagger says."""
    infinitive_endings: tuple[str, ...]
    echoing: tuple[str, ...]
    """Phrases by which another does what was just told: "faire de même"."""
    followed: frozenset[str]
    """Verbs whose passive tells who does the same: "imité par X"."""
    places: tuple[str, ...]
    """Nouns that only tell what kind of place their complement is: "l'île de", "le site de"."""
    times: frozenset[str]
    """Nouns that, without a preposition, tell when: "la semaine", "le matin"."""
    aiming: frozenset[str]
    """Present participles whose object is what a noun is about: "les sanctions visant X", "l'accord liant X à Y"."""
    aiming_verbs: frozenset[str]
    """Verbs that say of their subject whom it brings together or aims at: "l'exercice réunit X et Y"."""
    light: frozenset[str]
    """More verbs whose subject takes part in what their object says, besides those of support and modality."""
    subject_relatives: frozenset[str]
    relatives: frozenset[str]
    object_relatives: frozenset[str]
    of_relatives: frozenset[str]
    """Relative pronouns that hold their antecedent's complement: "dont"."""
    clause_openers: frozenset[str]
    """Words that begin a clause of its own, beyond which no governing verb is sought."""
    place_pronouns: frozenset[str]
    auspices: frozenset[str]
    """Nouns that say under whose care something is done: "sous l'égide de"."""
    occurring: frozenset[str]
    """Verbs that only say that their subject takes place, or how it goes: "se poursuivre", "échouer"."""
    blaming: frozenset[str]
    """Verbs that judge their object for what it did: "sanctionner Y pour avoir vendu"."""
    answering: frozenset[str]
    """Prepositions by which a noun tells what something answers: "des sanctions après le tir"."""
    noun_forms: frozenset[str]
    """Nouns that the tagger takes for verbs after "être": "signataire"."""
    verb_phrases: Mapping[str, tuple[str, ...]]
    """Forms that are verbs before two such words, whatever the tagger says: "entre en vigueur"."""
    of_pronouns: frozenset[str]
    """Pronouns beside a verb that hold the complement of its object: "en a ordonné le démantèlement"."""
    possessives: frozenset[str]
    speaker_possessives: frozenset[str]
    """Possessives of the one who speaks: "notre"."""
    reflexives: frozenset[str]
    opening_endings: tuple[str, ...]
    """Endings of participles that hardly any noun has."""
    calling: frozenset[str]
    """Verbs whose subject wants others to do what their infinitive says, also where it does not say whom: "appeler à"."""
    commanding: frozenset[str]
    """Verbs whose subject does what their clause in the passive says: "X a ordonné que soit suspendu"."""
    making: frozenset[str]
    """Verbs whose participle tells where a thing is made: "fabriqué en X"."""
    make: frozenset[str]
    """Nouns that do with an adjective: "de fabrication X"."""
    passive_auxiliary: str
    moving: frozenset[str]
    """Verbs whose past tenses take the auxiliary of the passive: "est venu"."""
    participle_endings: tuple[str, ...]
    """How past participles end, gender and number taken off."""
    ranges: frozenset[str]
    """Nouns after "sur" that are no target of what is fired: "sur le polygone"."""
    grounds: tuple[str, ...]
    """Nouns that with a possessive mean the possessor's state as the place: "sur son territoire"."""
    opening: Mapping[str, str]
    """How a preposition is written at the head of a sentence without its accent, to the preposition."""
    locating: frozenset[str]
    """Prepositions that may stand before the name of a place."""
    bare_genitives: frozenset[str]
    """Forms of "of" without an article, which towns take and bodies do not."""
    locatives: frozenset[str]
    """Those that tell where, whatever the event; others ("vers", "contre") only where a frame says so."""
    locatives_of_states: frozenset[str]
    """Words before a state's name that may tell where: "en", "aux"; "à la" never does."""
    inside_places: frozenset[str]
    landforms: tuple[str, ...]
    """Place nouns that belong to the name itself: "mer Blanche", "île du Levant"."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's frames and word lists."""

    frames: tuple[Frame, ...]
    lines: LineWords
    names: NameWords
    agreements: AgreementWords
    people: PeopleWords
    reporting: Reporting
    modality: ModalityWords
    dates: DateWords
    security: SecurityWords
    syntax: SyntaxWords
    confidence: Figures
    pronouns: PronounWords
    quantities: QuantityWords
    version: str
    """SHA-256 over the files."""


M = TypeVar("M", bound=BaseModel)


def load(folder: Path) -> Lexicon:
    """The lexicon of one language: frames in `folder`, word lists in `folder`/words.

    Raises LexiconError with the file, the place in it and what is wrong.
    """
    words = folder / "words"
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise LexiconError(f"{folder}: no frames found.", "Give the folder of a language, such as ontology/lexicon/fr.")
    frames = tuple(_read(path, Frame) for path in paths)
    for path, frame in zip(paths, frames, strict=True):
        _check(path, frame)
    content = hashlib.sha256()
    for path in [*paths, *sorted(words.glob("*.yaml"))]:
        content.update(path.name.encode() + b"\0" + path.read_bytes())
    return Lexicon(
        frames=frames,
        lines=_read(words / "lines.yaml", LineWords),
        names=_read(words / "names.yaml", NameWords),
        agreements=_read(words / "agreements.yaml", AgreementWords),
        people=_read(words / "people.yaml", PeopleWords),
        reporting=_read(words / "reporting.yaml", Reporting),
        modality=_read(words / "modality.yaml", ModalityWords),
        dates=_read(words / "dates.yaml", DateWords),
        security=_read(words / "security.yaml", SecurityWords),
        syntax=_read(words / "syntax.yaml", SyntaxWords),
        confidence=_read(words / "confidence.yaml", Figures),
        pronouns=_read(words / "pronouns.yaml", PronounWords),
        quantities=_read(words / "quantities.yaml", QuantityWords),
        version=content.hexdigest(),
    )


def _read(path: Path, model: type[M]) -> M:
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise LexiconError(f"{path}: {error.strerror}.", "Restore the file or choose another lexicon.") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"{path}: {' '.join(str(error).split())}.", "Mend the YAML at that line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path}: {place}: {first['msg']}.", "Mend that entry.") from error


def _check(path: Path, frame: Frame) -> None:
    """Refuse roles that the ontology does not have and patterns that are not there."""
    if frame.event != path.stem:
        raise LexiconError(f"{path}: event is {frame.event}.", "Name the file after its event class.")
    for name, pattern in frame.patterns.items():
        if unknown := (set(pattern.verb) | set(pattern.noun)) - ROLES:
            raise LexiconError(f"{path}: patterns.{name}: no role {sorted(unknown)}.", f"Use one of {sorted(ROLES)}.")
    for number, trigger in enumerate(frame.triggers):
        if trigger.pattern not in frame.patterns:
            raise LexiconError(
                f"{path}: triggers.{number}: no pattern {trigger.pattern!r}.",
                f"Use one of {sorted(frame.patterns)}.",
            )
