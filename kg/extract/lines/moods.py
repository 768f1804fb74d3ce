"""The mood and tense of verb forms, told by their form.

The tagger marks only a third of French conditionals; the form decides instead: an ending on the stem of the future, which
words/moods.yaml gives for each verb.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from kg.extract.lexicon.form_words import FormWords
from kg.extract.lexicon.mood_words import MoodWords

_FORMS = 16_384
"""So many forms are remembered, each with a lemma that was given for it."""
_LEMMAS = 8_192
_LONGEST = 5
"""No ending is longer."""
_SHORT = 3
"""What has no more letters is no simple past that is given as its own lemma: "va"."""


class Mood(StrEnum):
    """What the form of a finite verb says."""

    CONDITIONAL = "conditional"
    FUTURE = "future"
    OTHER = "other"


class Moods:
    """Tells the moods of the forms of one language."""

    def __init__(self, words: MoodWords, forms: FormWords) -> None:
        self._words, self._forms = words, forms
        self._spelled = [(re.compile(each.verbs), each.stems) for each in words.spelled]
        self.of = lru_cache(maxsize=_FORMS)(self._of)
        """The mood of a verb form, given its lemma (a wrong lemma costs nothing but a missed form)."""
        self._stems = lru_cache(maxsize=_LEMMAS)(self._stems_of)

    def _of(self, form: str, lemma: str) -> Mood:
        form = form.lower()
        for stem in self._stems(lemma.lower()) | self._stems_in(form):
            if form.startswith(stem):
                ending = form[len(stem) :]
                if ending in self._words.conditional:
                    return Mood.CONDITIONAL
                if ending in self._words.future:
                    return Mood.FUTURE
        return Mood.OTHER

    def is_tale(self, form: str, lemma: str) -> bool:
        """Whether a form is the simple past of most verbs, in the third person, which the tagger often takes for a present; a form
        that is given as its own lemma is one unless it may be a future: "rappela"."""
        form, lemma = form.lower(), lemma.lower()
        for ending in (self._words.tales, self._forms.past):
            if form.endswith(ending) and lemma == form.removesuffix(ending) + self._forms.infinitive:
                return True
        single = form.endswith(self._forms.past) and not form.endswith(self._words.ahead)
        return single and lemma == form and len(form) > _SHORT

    def _stems_of(self, lemma: str) -> frozenset[str]:
        """The stems of a lemma in the future: irregular, of a compound of an irregular verb, or regular with its spellings."""
        words = self._words
        if lemma in words.irregular:
            return frozenset({words.irregular[lemma]})
        for endings in (words.compounds, words.regular):
            for ending, stem in endings.items():
                if lemma.endswith(ending):
                    return frozenset({lemma.removesuffix(ending) + stem, *self._written(lemma)})
        return frozenset()

    def _written(self, lemma: str) -> list[str]:
        """The stems of a lemma that are not written as its infinitive is."""
        matches = [(verbs.fullmatch(lemma), stems) for verbs, stems in self._spelled]
        return [match.expand(stem) for match, stems in matches if match is not None for stem in stems]

    def _stems_in(self, form: str) -> frozenset[str]:
        """The stems that a form has whatever its lemma, since no other verb has them."""
        return frozenset(s for s in self._words.unshared if form.startswith(s) and len(form) - len(s) <= _LONGEST)
