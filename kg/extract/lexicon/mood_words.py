"""How verb forms tell their mood and tense: `words/moods.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.lexicon.frames import Checked, Expression


class Spelling(Checked):
    """How the stem of verbs that end alike is written."""

    verbs: Expression
    """What their whole infinitive is."""
    stems: tuple[str, ...]
    """Their stems, with the groups of that expression in them."""


class MoodWords(Checked):
    """Endings on the stem that the future and the conditional share, the stems, and the endings of the simple past."""

    conditional: frozenset[str]
    future: frozenset[str]
    irregular: Mapping[str, str]
    """Verbs to their stems."""
    compounds: Mapping[str, str]
    """How the stems of all compounds of these verbs end."""
    regular: Mapping[str, str]
    """The endings of infinitives to those of their stems; of verbs with none of these no stem is known."""
    spelled: tuple[Spelling, ...]
    """Further stems that a verb may have."""
    unshared: tuple[str, ...]
    """Stems whose forms are of no other verb, whatever lemma is given."""
    tales: str
    """The ending of the simple past of most verbs in the third person plural; words/forms.yaml has that of the singular."""
    ahead: str
    """How a future ends that looks like that past."""
