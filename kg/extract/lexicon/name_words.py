"""The word lists about lines, names, treaties and people, as they stand in the lexicon's words/."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field

from kg.extract.lexicon.frames import Checked, Expression


class LineWords(Checked):
    """What tells the kinds of lines apart."""

    related: tuple[str, ...]
    boilerplate: tuple[str, ...]
    caption: tuple[str, ...]
    foreign: frozenset[str]
    """Frequent small words of another language, in which lines often stand: English."""
    own: frozenset[str]
    """Those of the language itself."""
    unelided: frozenset[str]
    """Words that no dictionary of lemmas holds, and that lost no apostrophe all the same: "nombre" is not "n'ombre"."""
    elided: tuple[str, ...]
    """What is left of the small words that lose their vowel: "l"."""
    elided_before: tuple[str, ...]
    """The letters before which they do."""
    elided_before_capitals: frozenset[str]
    """Those that may have lost their apostrophe before a name: "dAnkara"."""
    abbreviations: tuple[str, ...]
    """Words before a full stop that ends no sentence."""
    datelines: tuple[Expression, ...]
    """What stands before the first sentence of a report."""

    @cached_property
    def run_together(self) -> re.Pattern[str]:
        """Finds what may be such a small word run together with the next: both are groups."""
        heads = "|".join(each for word in self.elided for each in (word, word.capitalize()))
        letters = "".join(each for letter in self.elided_before for each in (letter, letter.upper()))
        return re.compile(rf"\b({heads})([{letters}][a-zà-ÿ]{{2,}})\b")


class NameWords(Checked):
    """What surrounds names: heads of weapons, treaties and gatherings, titles, words that are never names."""

    weapon_heads: Mapping[str, str | None]
    """Lemma of a noun that comes before a weapon's name, to the id of the weapon category, if it tells one."""
    gathering_heads: tuple[str, ...]
    plain_gatherings: frozenset[str]
    """Those of them that describe a meeting rather than name one: "réunion"."""
    gathering_links: frozenset[str]
    """Small words that link the parts of a gathering's name."""
    gathering_topics: frozenset[str]
    """Those of them behind which a noun belongs to it: "conférence sur le désarmement"."""
    seated: frozenset[str]
    """Nouns of what stands in or happens at a place: "l'ambassade de CAPITAL" is no state's."""
    titles: tuple[str, ...]
    inside_persons: frozenset[str]
    """Small words inside persons' names: "von"."""
    opening_persons: frozenset[str]
    """Articles that begin a last name: "Yann Le Bihan"."""
    signed_by: frozenset[str]
    """What stands before the author of a text: "par X"."""
    whole: frozenset[str]
    """Parts of persons' names that are one word although they have a hyphen: "Jong-un"."""
    ship_prefixes: Mapping[str, str]
    """What stands before the names of warships, to the id of their category: "USS"."""
    modelled: frozenset[str]
    """Nouns of what bears designations, beside the kinds of weapons: "variante", "moteur"."""
    other_designations: tuple[str, ...]
    """Patterns of what looks like a weapon's designation and is none: "G20", "CO2"."""
    airliners: tuple[str, ...]
    """Patterns of designations of airliners, which are no weapons whatever word of arms stands before them."""
    forms_of_address: frozenset[str]
    """Titles after which a last name alone is a person's: "l'amiral X"."""
    signing: tuple[str, ...]
    """How a line begins that only tells who wrote the text: "de notre correspondant"."""
    never_names: frozenset[str]
    naming: frozenset[str]
    """Words between a weapon's kind and its name: "baptisé", "de type"."""
    introducing: frozenset[str]
    """Words that after a comma say what a name before it is: "un", "premier"."""
    exemplifying: tuple[str, ...]
    """What stands between a noun and the names of examples of it: "tels que", "dont"."""
    harmless: tuple[str, ...]
    """Patterns of what bears a weapon's name and is none: "bombes? d'eau"."""
    recipient_heads: tuple[str, ...]
    """Lemmas after which "à CAPITAL" means the state."""
    place_prepositions: tuple[str, ...]
    placing: frozenset[str]
    """What puts a capital behind what stands or happens in it: "le sommet de CAPITAL"."""
    leading_to_places: frozenset[str]
    """What stands before the name of a place."""
    wielding: frozenset[str]
    """Lemmas after which the name of a substance means a weapon: "utiliser du chlore"."""
    classes: frozenset[str]
    """Nouns right behind which a class of ships is named: "classe"."""
    anaphoric: frozenset[str]
    """Nouns that with a demonstrative mean the weapon spoken of last: "cette substance"."""
    bearers: frozenset[str]
    """Nouns that with an article mean the system spoken of last: "les appareils"."""
    generic: frozenset[str]
    """Nouns of arms in general, which by themselves do nothing."""
    attesting: frozenset[str]
    """Verbs by which an organisation or outlet only confirms what others do."""
    handling: frozenset[str]
    """Verbs of which a weapon's ambiguous name may be the object: "détruire des mines"."""
    denying: frozenset[str]
    """Verbs whose subject does not do what their object names: "rejeter une accusation"."""
    facilities: frozenset[str]
    """Nouns that tell of an act only in the singular with the definite article: "l'installation de X"."""
    able: frozenset[str]
    """Words of what something could do: "capable", "conçu"."""
    mentioning: frozenset[str]
    """Verbs of support whose subject may only speak of what others do: "évoquer un recours au chlore"."""
    leading: frozenset[str]
    """Who leads what a noun tells, which then only says his office: "le commandant des opérations"."""
    may: frozenset[str]
    """Verbs of what something could do, if nobody does it."""
    fit: frozenset[str]
    """Words of what someone is able to build or deploy, and has not: "capable", not "destiné"."""
    enough: frozenset[str]
    """Words of what suffices for something: "assez de plutonium pour …"."""
    whereof: frozenset[str]
    """Those before an infinitive that tells what one has the means for: "de quoi produire"."""
    discussing: frozenset[str]
    """Nouns of talks and texts, of which disarmament may be the subject: "négociation", "conférence"."""
    telling: frozenset[str]
    """Verbs whose subject only speaks of what stands in their clause: "répéter"."""
    waters: frozenset[str]
    """Nouns of seas and straits, which bear the names of states."""


class BodyWords(Checked):
    """What announces bodies that no list holds."""

    institutions: frozenset[str]
    """Lemmas of nouns that begin a name which is a description: "Observatoire des X"."""
    small: Mapping[str, tuple[str, ...]]
    """Those that begin one with a small letter too, to the words of which one must follow: "parquet national"."""
    links: frozenset[str]
    sides: frozenset[str]
    """Of the links, those that open a complement of what a body is for only before an article or a capital."""
    foreign: frozenset[str]
    """Small words of other languages that may stand inside a name: "for"."""
    many: frozenset[str]
    """Words before a noun that introduces several names, as its plural does: "plusieurs"."""
    at: frozenset[str]
    """Prepositions right before the body at which someone is: "chez X"."""
    employing: frozenset[str]
    """Prepositions between someone's role and his body: "patron de X", "chercheuse au X"."""
    introducing: Mapping[str, str]
    """Nouns right before the name of a body, to its class: "la firme X"."""
    staff: frozenset[str]
    """Roles of persons at a body, which is their complement: "patron de X"."""
    holdings: frozenset[str]
    """What a body owns, of which it is the complement: "filiale de X"."""


class AgreementWords(Checked):
    """How a text describes treaties that no list holds."""

    treaties: tuple[str, ...]
    """Nouns that say a treaty whatever it is on: "traité", "pacte"."""
    agreements: tuple[str, ...]
    """Nouns that say one only with a topic of the field, or named after states or a place: "accord", "arrangement"."""
    alone: frozenset[str]
    """Nouns that say one by themselves: "cessez-le-feu"."""
    breached: frozenset[str]
    """Nouns that say one only where one of `breaking` says that it is kept or broken: "embargo"."""
    breaking: frozenset[str]
    on_arms: str
    """What may follow them as part of the name: "sur les armes"."""
    pauses: frozenset[str]
    """Nouns that do so only between enemies, or with one of `truces`: "trêve"."""
    truces: frozenset[str]
    after: tuple[str, ...]
    """How the words behind such a noun begin."""
    topics: tuple[str, ...]
    foreign: tuple[str, ...]
    """Beginnings of words that show another field: "commercial", "fiscal"."""
    elsewhere: tuple[str, ...]
    """Names of well-known treaties of other fields: "traité de Lisbonne", "accord de Paris"."""
    definite: frozenset[str]
    links: frozenset[str]
    """Words that link the parts of a description."""
    of: frozenset[str]
    of_year: tuple[str, ...]
    """What may link a noun and a bare year to a name: "traité de 1987"."""
    within: frozenset[str]
    """Words that may stand in a description although they look like the end of one: "non", "renforcé"."""
    partners: frozenset[str]
    """Prepositions of the parties that follow: "avec", "entre"."""
    banning: Annotated[tuple[str, ...], Field(min_length=1)]
    """How a treaty's description says that it bans something; the reference's names say it by the first."""
    holders: frozenset[str]
    """Nouns through which a treaty is meant: "les obligations du traité"; not those of other events ("le non-respect du traité")."""
    anaphoric: frozenset[str]
    """Nouns that with an article mean a treaty spoken of before: "ce texte"."""


class Office(Checked):
    """A role word such as "président" with the office types that it may mean."""

    words: tuple[str, ...]
    of: tuple[str, ...] = ()
    """Complements of which one must follow the word, if there are any: "du Kremlin" after "maître"."""
    types: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What a text calls it: "premier ministre", "maître du Kremlin"."""
        return tuple(f"{word} {place}" for word in self.words for place in self.of) or self.words


class PeopleWords(Checked):
    """Nouns for people and bodies that act for a state."""

    offices: tuple[Office, ...]
    forms: Mapping[str, tuple[str, ...]]
    """Nouns of a form of state or land, with the codes of the states that they may mean: "le royaume", "l'archipel"."""
    staff: tuple[str, ...]
    """Nouns of people whom a body sends to look, of whom a text goes on speaking: "les inspecteurs"."""
    officials: tuple[str, ...]
    bodies: tuple[str, ...]
    linking: frozenset[str]
    """Verbs whose participle says to whom people belong: "liés à X"."""
    forces: frozenset[str]
    """Armed people, who strike rather than are struck where only "de" stands before them: "une frappe de l'armée X"."""
    counterpart: tuple[str, ...]
    partners: tuple[str, ...]
    """Nouns that, counted, mean those told before: "les deux pays"."""
    state_nouns: tuple[str, ...]
    ruling: tuple[str, ...]
    """Nouns of bodies by which, without a complement, a text means the state spoken of last: "le gouvernement"."""
    lawmaking: tuple[str, ...]
    """Nouns of a parliament and its members, which mean likewise the state that last did something: "les députés"."""
    parting: frozenset[str]
    """Words between a title and a name that is not of who bears it: "le ministre et X"."""
    adjectives: Mapping[str, str]
    """Lemma of an adjective to the id of the organisation that it means: "onusien"."""
    deed_adjectives: Mapping[str, str]
    """Those that mean it only where they qualify what is done: "sanctions européennes"."""
    taken_up: Mapping[str, frozenset[str]]
    """Nouns by which a text goes on speaking of a body that it has named, to the classes of body: "l'entreprise"."""
    taken_up_by_name: frozenset[str]
    """Those of them that a name of the body must hold: "l'agence"."""
