"""Which things that only texts name are one: persons, weapons, treaties and organisations under several spellings.

    profiles = Profiles(knowledge).of_document(document, facts)      # what is compared, document by document
    merges = Decider(knowledge, known, broader).decide(profiles)     # which become one, and why

What the reference data knows keeps its IRI; an entity of the texts is merged with one of it only where a person's whole name is
the same but for its spelling. docs/identity.md tells the rules, and how well they do.
"""

from __future__ import annotations

from kg.identity.categories import broader_of
from kg.identity.comparing import Comparison, Likeness
from kg.identity.corpus import Identities
from kg.identity.deciding import Decider, Merge, names_in
from kg.identity.entities import Entity
from kg.identity.knowledge import Knowledge, load
from kg.identity.profiles import Profile, Profiles
from kg.identity.reconciling import Candidate, Reconciler, Suggestion
from kg.identity.renaming import Renaming
from kg.identity.revising import Settled

__all__ = [
    "Candidate",
    "Comparison",
    "Decider",
    "Entity",
    "Identities",
    "Knowledge",
    "Likeness",
    "Merge",
    "Profile",
    "Profiles",
    "Reconciler",
    "Renaming",
    "Settled",
    "Suggestion",
    "broader_of",
    "load",
    "names_in",
]
