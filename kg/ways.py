"""The ways in which a role finds its filler, in plain words: as frames name them, and as claims record them.

A frame names realisations: `subj`, `adj`, or a preposition. A filler's record joins the steps of its path by "/":
"control/subj" is the subject of the verb that governs the trigger. What is not listed here is a preposition.
"""

from __future__ import annotations

REALISATIONS = {
    "subj": "the subject (also the noun that a relative or participle clause describes)",
    "obj": "the object; of a passive the subject, of a participle the noun that it describes",
    "iobj": "the indirect object (“lui”, “leur”)",
    "agent": "“par X” with a passive",
    "adj": "a state’s adjective (“la livraison russe”)",
    "poss": "whom its possessive points to (“sa livraison”)",
    "gov": "the subject of the verb that the noun completes (“Pékin a procédé à un essai”)",
    "host": "the subject of the verb that undergoes the noun (“accueillir une équipe d’inspection”)",
    "in:en": "the subject of the clause, or the noun before it, with “en” before the trigger (“en visite à Oslo, X …”)",
    "in:de": "likewise with “de” (“de passage à Oslo, X …”)",
    "in:lors": "likewise with “lors de”, “à l’occasion de”, “au cours de”",
    "in:sur": "likewise with “sur” (“X sur la liste noire”)",
    "in:sous": "likewise with “sous” (“X, sous sanctions”)",
    "speaker": "who says the quotation that is little more than the trigger (“« Faux », tranche X”)",
    "owner": "whose the object is (“l’offre de X”, “l’offre russe”)",
    "visant": "the object of “visant”, “ciblant”, “frappant”, “concernant” after the noun",
}
"""The realisations of the frames that are no prepositions."""

_STEPS = {
    "subj": "subject",
    "obj": "object",
    "iobj": "indirect object",
    "agent": "“par” with a passive",
    "adj": "adjective of a state",
    "poss": "possessive",
    "owner": "whose it is",
    "inverted": "named after the verb that follows what is quoted",
    "speaker": "who says the quotation",
    "visant": "object of “visant”",
    "appos": "apposition",
    "relative": "through the relative clause",
    "participle": "through the participle",
    "conj": "through the coordinated verb",
    "control": "through the verb that governs the infinitive",
    "auxiliary": "through the auxiliary",
    "adverbial": "through the adverbial clause",
    "gerund": "through the gerund",
    "trailing": "through the trailing participle",
    "governor": "through the verb above the noun",
    "reporter": "through the reporting verb",
    "attached": "hung on the object by the parse",
    "frame": "in what the noun says",
    "support": "beside the support verb",
    "order": "by the order of words",
    "inner": "from the event inside it",
    "group": "in the same enumeration",
    "window": "nearest fitting name in the clause",
    "ellipsis": "of whom the same is told without its words",
    "proposer": "who proposes it takes part",
    "coreference": "spoken of before",
    "item adjective": "adjective of a state on the weapon",
    "inferred:origin": "inferred from the weapon’s state of origin",
    "inferred:parties": "inferred from the treaty’s parties",
    "proposed": "proposed by the endpoint",
    "gazetteer": "by its name",
    "adjective": "by an adjective",
    "metonym": "by its capital or palace",
    "new": "by a name that the reference does not know",
}


def rule(code: str) -> str:
    """How a filler was found, in plain words: "inner/à" is "from the event inside it, after “à”"."""
    words: list[str] = []
    prepositions: list[str] = []
    for part in code.split("/"):
        known = f"subject of “{part[4:]}”" if part.startswith("gov:") else _STEPS.get(part)
        if known is None:
            prepositions.append(part.removeprefix("p:"))
            continue
        words += [_after(prepositions)] if prepositions else []
        words.append(known)
        prepositions = []
    return ", ".join([*words, _after(prepositions)] if prepositions else words)


def _after(prepositions: list[str]) -> str:
    """ "à/destination" is the compound preposition “à destination”."""
    return f"after “{' '.join(prepositions)}”"
