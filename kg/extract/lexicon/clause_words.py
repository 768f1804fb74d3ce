"""The word lists about how and when something is said, and about the syntax of clauses, as they stand in the lexicon's words/."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.lexicon.frames import Checked


class ModalityWords(Checked):
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
    with_infinitive: frozenset[str]
    """Verbs that say only with an infinitive that something is not yet: "tenir à livrer", not "tenir une réunion"."""
    averting: frozenset[str]
    """Verbs that negate their object, and report what stands after "de": "prévenir un tir", "prévenir X d'un tir"."""
    mentioning: frozenset[str]
    """Verbs that make possible what may be planned, and leave as it is what can only have been: "évoquer une frappe"."""
    until: frozenset[str]
    """Words that count up to what is of the classes `coming`: "avant l'échéance"."""
    coming: frozenset[str]
    failing: frozenset[str]
    """Words of failing, which do not undo what is of the classes `tried`: "l'échec de l'essai"."""
    tried: frozenset[str]
    ending: frozenset[str]
    """Words that undo what is of the classes `lasting`: "l'embargo expire"."""
    lasting: frozenset[str]
    mentioned: frozenset[str]
    """The classes of such events."""
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


class DateWords(Checked):
    """Words and patterns of dates."""

    months: Mapping[str, int]
    dateline_months: Mapping[str, int]
    """Other names of months where a text tells when it appeared: "jan", "january"."""
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
    own_years: Mapping[str, int]
    """What says of which year a day or month is, in years from the document's own: "de l'an dernier" is -1."""
    told_years: Mapping[str, int]
    """The same in years from that of the date told before: "de la même année" is 0."""
    following: tuple[str, ...]
    """Words for the first day or month of its kind after the date told before: "en mars suivant"."""
    weeks: Mapping[str, int]
    """What says of which week a weekday is, in weeks from the document's own."""
    earlier: tuple[str, ...]
    apposed: str
    """The pattern of what stands after a date in apposition, before the clause that it dates: "année où"."""
    eves: tuple[str, ...]
    """Words that tell that what is named after them is yet to come."""
    stretches: tuple[str, ...]
    """What bounds a stretch of time: "d'ici"."""
    due: tuple[str, ...]
    """What stands before a year yet to come: "attendu pour 2030"."""
    starts: tuple[str, ...]
    """What begins one: "depuis"."""
    patterns: Mapping[str, tuple[str, ...]]
    """Kinds of expressions (`kg/extract/dating/dates.py`) to their patterns, the stronger first."""
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
    concluded: tuple[str, ...]
    """Lemmas of participles that tell when the treaty named before them was made."""
    brought_about: tuple[str, ...]
    """Lemmas of participles before a date that is that of the noun which they qualify: "annoncé le 3 mai, le retrait …"."""
    aspectual: tuple[str, ...]
    """Verbs that tell the beginning, course or end of what their infinitive tells: "a commencé, lundi, à livrer"."""
    publishing: tuple[str, ...]
    """Lemmas of participles whose date is that of a publication: "un rapport publié mardi"."""
    aiming: tuple[str, ...]
    """Words before the infinitive that tells what a meeting is for."""
    sealing: tuple[str, ...]
    """Verbs by which a deal is made, on one day with what it says: "a signé un contrat"."""
    talking: tuple[str, ...]
    """Verbs of the talks for which one meets: "a reçu X pour parler de …"."""
    moving: tuple[str, ...]
    """Verbs of a journey, in the course of which is done what it was for: "s'est rendu à X, où il a signé …"."""
    gathering: tuple[str, ...]
    """Verbs of a meeting, in the course of which the same is done: "réunis mardi à X, ils ont signé …"."""
    where: tuple[str, ...]
    """Words that open the clause on what was done in a place: "où"."""
    meanwhile: tuple[str, ...]
    """Words that open the clause on what is done at the same time: "tandis que"."""
    announcing: tuple[str, ...]
    """Verbs by which an act is done: "X annonce que Y se retire"."""
    inverting: tuple[str, ...]
    """Words that open the clause for which a date before them sets the time: "quand"."""
    within: tuple[str, ...]
    """Prepositions before a noun with its year that tell when: "pendant la crise de 2019"."""
    during: tuple[str, ...]
    """Words of the prepositions before what takes place together with the event of the clause: "lors d'un essai"."""
    visiting: tuple[str, ...]
    """Prepositions before the visit that opens a sentence, in whose course its verb tells what was done: "en visite à Oslo"."""
    held: tuple[str, ...]
    """Nouns that tell when with their year alone: "au sommet de 2019"."""
    scheduling: tuple[str, ...]
    """Lemmas of verbs in the past whose date lies ahead: "prévu mardi"."""
    speeches: tuple[str, ...]
    """Nouns whose day is that of the act done by them: "a suspendu le traité dans un discours prononcé le …"."""
    lapsing: tuple[str, ...]
    """Event classes that are told in the present before they happen: "le traité expire en mars"."""
    calendar: tuple[str, ...]
    """Event classes of acts that are told in the present, before their date, when they are yet to come: "se réunit mardi"."""
    twofold: Mapping[str, str]
    """Endings of forms that are both present and simple past, to the ending of the infinitive."""
    lasting: tuple[str, ...]
    """Event classes that a date after "depuis" dates."""
    there: tuple[str, ...]
    """Pronouns that take up the place of what was told right before: "le Japon y a signé …"."""


class SecurityWords(Checked):
    """Stems of words that show that a sentence speaks of arms, military or security matters."""

    stems: tuple[str, ...]
    words: frozenset[str]
    after_of: frozenset[str]
    """Words that show it only as a complement: "accord de défense", "conseil de sécurité"."""
    behind: Mapping[str, frozenset[str]]
    """Words that show it right behind one of these: "stabilité stratégique"."""
    shared: tuple[str, ...]
    """Beginnings of words of war that other fields use as well: they show it only beside two who act for states."""
    offices: tuple[str, ...]
    """Beginnings of words for those who speak for a state: "le président américain"."""
    elsewhere: Mapping[str, tuple[str, ...]]
    """By field, beginnings of words of other fields, which texts on arms hardly use; up to four letters they are whole words."""


class SyntaxWords(Checked):
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
    threatening: frozenset[str]
    """Verbs whose object is the one at whom the noun after "de" is aimed: "menacer X de sanctions"."""
    listing: frozenset[str]
    """Verbs by which someone puts others on a list, and is not on it himself."""
    settlements: frozenset[str]
    """Nouns of what only places are, so that the name after "de" is a place's: "village"."""
    attributing: frozenset[str]
    """Verbs whose participle tells who is held to have done something: "imputé à X"."""
    occurring: frozenset[str]
    """Verbs that only say that their subject takes place, or how it goes: "se poursuivre", "échouer"."""
    blaming: frozenset[str]
    """Verbs that judge their object for what it did: "sanctionner Y pour avoir vendu"."""
    answering: frozenset[str]
    """Prepositions by which a noun tells what something answers: "des sanctions après le tir"."""
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
