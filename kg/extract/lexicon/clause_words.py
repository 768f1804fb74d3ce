"""The word lists about what clauses tell of and how they are built, as they stand in the lexicon's words/."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.lexicon.frames import Checked
from kg.extract.lexicon.preposition_words import Prepositions


class SecurityWords(Checked):
    """Stems of words that show that a sentence speaks of arms, military or security matters."""

    stems: tuple[str, ...]
    words: frozenset[str]
    after_of: frozenset[str]
    """Words that show it only as a complement: "accord de défense", "conseil de sécurité"."""
    complementing: frozenset[str]
    """What stands right before those: "de"."""
    named: frozenset[str]
    """Words that show it by their capital inside a sentence: "la Défense"."""
    about: frozenset[str]
    """What stands before the matter of which a verb tells: "s'entretenir de"."""
    behind: Mapping[str, frozenset[str]]
    """Words that show it right behind one of these: "stabilité stratégique"."""
    civil: Mapping[str, frozenset[str]]
    """Beginnings of words that do not show it right behind one of these: "une centrale nucléaire"."""
    shared: tuple[str, ...]
    """Beginnings of words of war that other fields use as well: they show it only beside two who act for states."""
    offices: tuple[str, ...]
    """Beginnings of words for those who speak for a state: "le président américain"."""
    elsewhere: Mapping[str, tuple[str, ...]]
    """By field, beginnings of words of other fields, which texts on arms hardly use; up to four letters they are whole words."""


class SyntaxWords(Checked):
    """Prepositions that stand for others, and nouns that only count or group."""

    prepositions: Prepositions
    double: Mapping[str, str]
    """Words that make another preposition of a "to" behind them, to that: "face à"."""
    adverbial: frozenset[str]
    """Prepositions of an infinitive that tells when or how its subject did something: "après"."""
    fronting: frozenset[str]
    """Further ones of an infinitive that stands before the verb which it does not complete: "pour justifier …, X a …"."""
    arguing: frozenset[str]
    """Those of `answering` that as often tell what is asked for or opposed."""
    proposing: frozenset[str]
    """Verbs by which one who proposes a thing to another takes part himself: "propose à X de produire ensemble"."""
    telling_endings: tuple[str, ...]
    """Endings of past participles, without number and gender, by which one is told where the tagger takes it for an adjective."""
    unfinite: tuple[str, ...]
    """Endings of participles and infinitives, with number and gender, that no form has which stands before its subject."""
    contractions: Mapping[str, str]
    compound_prepositions: Mapping[str, str]
    fixed: frozenset[str]
    """Prepositions that have the form of a verb in the middle: "à partir de"."""
    with_article: frozenset[str]
    """Those of their nouns that have the article in them: "à l'intention de", "de la part de"."""
    reaches: frozenset[str]
    """Forms of nouns of a range that the parse takes for participles: "de moyenne portée"."""
    prices: frozenset[str]
    """Forms of nouns that tell a price: "une commande d'un montant de deux milliards d'euros"."""
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
    falling_to: frozenset[str]
    """Verbs without a subject of their own whose "à" tells who is to do something: "il revient à X de"."""
    impersonal: frozenset[str]
    """The subject that such verbs have: "il"."""
    place_relatives: frozenset[str]
    """Relative pronouns of the place where: "où"."""
    trailing: frozenset[str]
    """Verbs by which another does the same, where they have no object: "Oslo a suivi"."""
    doing_so: frozenset[str]
    """Verbs by which another does the same with a pronoun for their object: "Oslo l'a fait"."""
    so: frozenset[str]
    """Those pronouns."""
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
    suffering: frozenset[str]
    """Verbs that with "se" let their subject undergo an infinitive: "se voir imposer", "se faire livrer"."""
    denied: frozenset[str]
    """What tells the second of two joined names apart from the first: "X, et non Y"."""
    completed: frozenset[str]
    """Nouns of a decision, a wish or a duty that an infinitive with "de" completes: "la décision de X de quitter …"."""
    light: frozenset[str]
    """More verbs whose subject takes part in what their object says, besides those of support and modality."""
    emphatic: frozenset[str]
    """Pronouns that repeat a subject between commas: "Paris, lui, a livré"; `also` may follow them."""
    also: frozenset[str]
    comparing: frozenset[str]
    """Words before one who is only compared with the subject: "comme"."""
    inverted: frozenset[str]
    """Pronouns behind a verb, as the tokenizer cuts them off: "a-t-elle"."""
    adverbials: frozenset[str]
    """Words of set phrases that may part an auxiliary from its participle: "a d'ores et déjà livré"."""
    partitive: frozenset[str]
    """Words that look like a preposition and open an object: "a des chars"."""
    before_verb: frozenset[str]
    """Words that stand between a subject and its verb."""
    leaning: frozenset[str]
    """Those of them that stand nowhere else: "se", "lui"."""
    indirect: frozenset[str]
    """Those that say to whom something is done."""
    absolute: frozenset[str]
    """Auxiliaries of a clause whose subject is a noun before them: "X ayant refusé, …"."""
    subject_relatives: frozenset[str]
    relatives: frozenset[str]
    object_relatives: frozenset[str]
    of_relatives: frozenset[str]
    """Relative pronouns that hold their antecedent's complement: "dont"."""
    never_finite: tuple[str, ...]
    """Endings of participles that no finite form has."""
    gerund_openers: frozenset[str]
    """What opens a gerund: "en"."""
    infinitive_openers: frozenset[str]
    """Prepositions that open an infinitive that completes a noun or verb: "de"."""
    agent_prepositions: frozenset[str]
    """Prepositions of the doer: "par"."""
    plain_subject_relative: str
    """The one that is always the subject of its clause: "qui"."""
    clause_pronouns: frozenset[str]
    """Further words that open a clause on the noun before them: "où"."""
    clitics: frozenset[str]
    """What may stand between such a word and its verb: "ne", "lui"."""
    parting: frozenset[str]
    """Words that part a clause from one whose verb it leaves unsaid: "…, puis Oslo en 2014"."""
    joining: frozenset[str]
    """What parts a verb form from the one before it that it shares its auxiliary with."""
    qualities: frozenset[str]
    """Participles, in the masculine singular, that only tell a kind of thing: "armé"."""
    clause_openers: frozenset[str]
    """Words that begin a clause of its own, beyond which no governing verb is sought."""
    place_pronouns: frozenset[str]
    auspices: frozenset[str]
    """Nouns that say under whose care something is done: "sous l'égide de"."""
    occasions: frozenset[str]
    """Nouns that tell when, behind which "des" is an article: "pour la première fois des missiles"."""
    helping: frozenset[str]
    """Nouns that with "avec" tell who takes part: "avec l'aide de X"."""
    texts: frozenset[str]
    """Nouns of what someone writes or votes, which then does what he does by it: "résolution"."""
    issuing: frozenset[str]
    """Verbs that tell whose such a text is."""
    threatening: frozenset[str]
    """Verbs whose object is the one at whom the noun after "de" is aimed: "menacer X de sanctions"."""
    listing: frozenset[str]
    """Verbs by which someone puts others on a list, and is not on it himself."""
    thereby: frozenset[str]
    """Prepositions by which a noun at the front tells what its sentence's subject does: "Par son retrait de …, X défie Y"."""
    borne: Mapping[str, frozenset[str]]
    """Nouns before "de" and a deed, to the verbs whose subject does it: "porter la responsabilité de", "brandir la menace de"."""
    answerable: frozenset[str]
    """What one is said to be before "de" and his deed: "tient X pour responsable de l'attaque"."""
    rights: frozenset[str]
    """Nouns of what one may or must do, which `granting` verbs give to him or take from him: "conteste à X le droit de"."""
    granting: frozenset[str]
    planning: frozenset[str]
    """Nouns of a plan, which as a subject stand for whose it is: "le plan de X vise à livrer"."""
    admitting: frozenset[str]
    """Verbs by which one alone behind the colon of a headline owns or denies what stands before it: "Essai de … : X confirme"."""
    settlements: frozenset[str]
    """Nouns of what only places are, so that the name after "de" is a place's: "village"."""
    attributing: frozenset[str]
    """Verbs whose participle tells who is held to have done something: "imputé à X"."""
    occurring: frozenset[str]
    """Verbs that only say that their subject takes place, or how it goes: "se poursuivre", "échouer"."""
    backing: frozenset[str]
    """Verbs by which what one gives serves the deeds of who gets it: "livre des obus à X pour alimenter son offensive"."""
    things: frozenset[str]
    """Forms of nouns that say things, where the singular may say the deed: "les installations nucléaires"."""
    urging: frozenset[str]
    """Nouns by which one asks another to do something: "l'appel de X à cesser"."""
    blaming: frozenset[str]
    """Verbs that judge their object for what it did: "sanctionner Y pour avoir vendu"."""
    answering: frozenset[str]
    """Prepositions by which a noun tells what something answers: "des sanctions après le tir"."""
    circumstances: frozenset[str]
    """Nouns of phrases that tell when, why or in return for what: "à la suite de"."""
    noun_forms: frozenset[str]
    """Nouns that the tagger takes for verbs after "être": "signataire"."""
    shared_possessives: frozenset[str]
    """Those of several owners: "leur"."""
    bare_objects: frozenset[str]
    """Verbs whose object may stand without an article: "parler armements"."""
    bare_states: frozenset[str]
    """Names of states that are islands or towns, of which "à" tells where something happens: "à Chypre"."""
    about: Mapping[str, str]
    """Verbs that tell what a noun, their subject, is about, to the relation in which that stands to them: "le contrat porte sur"."""
    edges: frozenset[str]
    """Nouns that with a month tell when without a preposition: "fin novembre"."""
    capitals: frozenset[str]
    """Nouns of the town where a state has its seat."""
    counting: frozenset[str]
    """Numbers that the parser takes for what they count: "cents"."""
    taking_infinitives: frozenset[str]
    """Verbs right after which an infinitive stands, though the tagger may take it for a noun: "va stationner"."""
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
    been: frozenset[str]
    """Its participle, which makes a passive of what the tagger takes for an adjective: "a été empoisonné"."""
    moving: frozenset[str]
    """Verbs whose past tenses take the auxiliary of the passive: "est venu"."""
    participle_endings: tuple[str, ...]
    """How past participles end, gender and number taken off."""
    ranges: frozenset[str]
    """Nouns after "sur" that are no target of what is fired: "sur le polygone"."""
    parts: frozenset[str]
    """Nouns of parts of a land, which stand before its name: "le sud du X"."""
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

    def forms_of(self, preposition: str) -> list[str]:
        """A preposition with its contractions, the longest first: "des", "du", "d'", "de"."""
        forms = [preposition, *(form for form, plain in self.contractions.items() if plain == preposition)]
        return sorted(forms, key=len, reverse=True)
