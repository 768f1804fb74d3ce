"""Words and patterns of dates: `words/dates.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.lexicon.frames import Checked


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
    first: str
    """What follows the number of the first day of a month: "1er"."""
    the: str
    """The article before a day: "le 3 mai"."""
    heading: tuple[str, ...]
    """What may stand before a date that heads a part of a text: "En mai 2019"."""
    at: str
    """The preposition of an hour, and its sign: "à 14 h"."""
    hour: str
    of_year: str
    """The pattern of what stands before the year of a noun: "de", "de l'année"."""
    zones: tuple[str, ...]
    """Words of the zone whose hour stands in brackets: "GMT"."""
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
    according: tuple[str, ...]
    """Prepositions before a source, of which a verb behind it tells: "selon un rapport consulté lundi"."""
    since: tuple[str, ...]
    """Prepositions before what happened once, whose date is not that of the clause: "depuis l'annexion de X en 2014"."""
    epochs: tuple[str, ...]
    """Lemmas of nouns for what happened so: "annexion"."""
    during: tuple[str, ...]
    """Words of the prepositions before what takes place together with the event of the clause: "lors d'un essai"."""
    visiting: tuple[str, ...]
    """Prepositions before the visit that opens a sentence, in whose course its verb tells what was done: "en visite à Oslo"."""
    occasions: tuple[str, ...]
    """Words of prepositions before what takes place, which need not be the last of them: "lors de"."""
    held: tuple[str, ...]
    """Nouns that tell when with their year alone: "au sommet de 2019"."""
    scheduling: tuple[str, ...]
    """Lemmas of verbs in the past whose date lies ahead: "prévu mardi"."""
    speeches: tuple[str, ...]
    """Nouns whose day is that of the act done by them: "a suspendu le traité dans un discours prononcé le …"."""
    statements: tuple[str, ...]
    """Lemmas of other nouns of what is said or written, or of where: "dans une interview diffusée mardi, X a accusé Y"."""
    stating: tuple[str, ...]
    """Words of the prepositions before them."""
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
    own_news: tuple[str, ...]
    """Lemmas of verbs by which one tells on its day what one has done: "mardi, X a annoncé avoir tiré …"."""
    both: tuple[str, ...]
    """Words of a subject that stands for those who met in what was told right before: "les deux ministres"."""
    voting: tuple[str, ...]
    """Lemmas of a vote, on the day told right before: "a voté contre", "a mis son veto"."""
