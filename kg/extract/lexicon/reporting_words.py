"""The word lists about who says what, as they stand in the lexicon's words/reporting.yaml."""

from __future__ import annotations

from kg.extract.lexicon.frames import Checked


class Reporting(Checked):
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
    telling: frozenset[str]
    """Reporting verbs that say what stands after "de": "avertir X du déploiement"."""
    telling_phrases: tuple[str, ...]
    accusing: tuple[str, ...]
    """"accuser X de": what follows is the subject's claim."""
    accusing_nominal: tuple[str, ...]
    """Accusing verbs whose nominal object is what they claim: "dénoncer l'emploi de"."""
    accusing_phrases: tuple[str, ...]
    denying: tuple[str, ...]
    """"démentir avoir": the subject denies what follows."""
    denying_reflexive: tuple[str, ...]
    dismissing: tuple[str, ...]
    """"rejeter les accusations selon lesquelles": the subject denies what the noun of saying tells."""
    calling: tuple[str, ...]
    """Verbs by which it is called untrue: "qualifier de mensongères"."""
    untrue: tuple[str, ...]
    """What it is then called: "infondé", "désinformation"."""
    content_openers: tuple[str, ...]
    """Pronouns after "selon" that open what such a noun tells: "lesquelles"."""
    clause_openers: tuple[str, ...]
    """Further words behind "selon" that open a clause: "selon que"."""
    prepositions: tuple[str, ...]
    """"selon", "d'après", "de l'aveu de"; the first stands for all in the record of a claim."""
    views: tuple[str, ...]
    """Prepositions that open a sentence as "selon" does, where they name who is not in the event: "pour Washington, …"."""
    citing: tuple[str, ...]
    """Verbs whose participle names who spoke first: "citant des responsables"."""
    who: tuple[str, ...]
    """Relative pronouns before such a verb: "Reuters, qui cite des responsables"."""
    facts: frozenset[str]
    """Nouns whose clause is what a verb says: "dénonce le fait que"."""
    learning: frozenset[str]
    """Verbs by which a text tells, with an indefinite subject, from whom it knows: "a-t-on appris auprès de X"."""
    occasions: frozenset[str]
    """Words behind a reporting clause that tell on what occasion one spoke: "…, a annoncé X à l'issue d'un entretien avec Y"."""
    documents: tuple[str, ...]
    """Nouns of things said or written, whose author is the speaker: "un rapport de l'AIEA"."""
    cutting: tuple[str, ...]
    """Forms of verbs of saying that are nouns too, right after a quotation of a word: "tranche"."""
    said_in_general: tuple[str, ...]
    """Subjects that stand for those in the place named, as they stand behind a verb: "assure-t-on à Varsovie"."""
    interviews: tuple[str, ...]
    """What tells anywhere that a text is an interview: "propos recueillis par"."""
    interview_headings: frozenset[str]
    """Words that tell it in a heading of few words."""
