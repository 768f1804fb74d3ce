"""The word list about how something is said to be, as it stands in the lexicon's words/modality.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.lexicon.frames import Checked


class Recorded(Checked):
    """What the record of a claim says of small words that decided: by one word for all their forms."""

    denied: str
    without: str
    supposed: str
    none: str


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
    unconditional: frozenset[str]
    """Words before one of these with which it opens none: "même si"."""
    between: frozenset[str]
    """Small words that may stand between a modal and its infinitive: "pas"."""
    not_excluded: Mapping[str, str]
    """Verbs whose denial makes possible, to what the record says: "n'exclut pas de livrer", "une livraison n'est pas exclue"."""
    opening_possible: tuple[str, ...]
    """Phrases that stand right before what they make possible, an "of" at their end in any form: "en cas de", "à moins que"."""
    opening_planned: tuple[str, ...]
    """Such phrases that make planned: "sur le point de"."""
    opening_negating: tuple[str, ...]
    """Such phrases that negate: "faute de"."""
    opening_clauses: frozenset[str]
    """Their last words where a clause follows: "que"."""
    recorded: Recorded
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
    forgoing: frozenset[str]
    """Words that negate what lay ahead, so that its date without a year is the next one: "renoncer"."""
    presupposing: frozenset[str]
    """Verbs of which a noun tells what happened, whatever becomes of them: "pour justifier le tir"."""
    mentioning: frozenset[str]
    """Verbs that make possible what may be planned, and leave as it is what can only have been: "évoquer une frappe"."""
    until: frozenset[str]
    """Words that count up to what is of the classes `coming`: "avant l'échéance"."""
    coming: frozenset[str]
    failing: frozenset[str]
    """Words of failing, which do not undo what is of the classes `tried`: "l'échec de l'essai"."""
    tried: frozenset[str]
    ending: frozenset[str]
    """Words that undo what is of the classes `lasting`, or a verb and its noun: "l'embargo expire", "prendre fin"."""
    lasting: frozenset[str]
    mentioned: frozenset[str]
    """The classes of such events."""
    unrealised: tuple[str, ...]
    """Verbs of will and attempt: not to have wanted something is not to have done it."""
    nothing: frozenset[str]
    """Subjects of a denied verb of saying by which the text denies its clause: "rien n'indique que"."""
    copulas: tuple[str, ...]
    ruled_out: tuple[str, ...]
    """Predicates that deny what is their subject: "est hors de question"."""
    ahead: tuple[str, ...]
    """Words at the head of a headline that tell what is to come: "Vers une livraison"."""
    asking: tuple[str, ...]
    """Question words that take what is asked about for granted: "Quand le traité est-il entré en vigueur ?"."""
    undergoing: tuple[str, ...]
    """Support verbs whose subject undergoes what their object says: "recevoir une livraison"."""
