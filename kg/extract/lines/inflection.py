"""Forms of verbs traced to the infinitives that the lexicon knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lexicon.form_words import FormWords


class Inflection:
    """Gives the infinitive of which a form, in small letters, may be; "" where the lexicon knows no such verb.

    `words` say how the language's words change, `syntax` which presents are irregular, `infinitives` which verbs are known.
    """

    def __init__(self, words: FormWords, syntax: SyntaxWords, infinitives: frozenset[str]) -> None:
        self.words = words
        self.infinitives = infinitives
        self._presents = syntax.verb_forms
        self._participle_endings = syntax.participle_endings

    def of_participle(self, form: str) -> str:
        """That of a past participle, in any number and gender: "produites"."""
        return self._traced(self.words.bare(form), self.words.participles)

    def of_plain_participle(self, form: str) -> str:
        """That of a past participle of most verbs, without number and gender: "livré"."""
        end, wholes = next(iter(self.words.participles.items()))
        return self._known(form.removesuffix(end) + whole for whole in wholes) if form.endswith(end) else ""

    def of_gerund(self, form: str) -> str:
        """That of a gerund: "livrant"."""
        return self._traced(form, self.words.gerunds)

    def of_present(self, form: str) -> str:
        """That of a present in the third person: "livre", "livrent", or one that the lexicon lists."""
        return self._presents.get(form) or self._known([self.regular(form)])

    def of_past(self, form: str) -> str:
        """That of a simple past in the singular: "lança"."""
        if not form.endswith(self.words.past):
            return ""
        stem = form.removesuffix(self.words.past)
        for written, plain in self.words.spelled.items():
            stem = stem.removesuffix(written) + plain if stem.endswith(written) else stem
        return self._known([stem + self.words.infinitive])

    def regular(self, form: str) -> str:
        """The infinitive of which a form would be the present in the third person, whether it is known or not: "livrent"; or ""."""
        single, plain = form.removesuffix(self.words.plural), self.words.infinitive[:1]
        return single.removesuffix(plain) + self.words.infinitive if single.endswith(plain) else ""

    def is_participle(self, form: str) -> bool:
        """Whether a form ends as past participles do, whatever its verb."""
        return form.endswith(self._participle_endings) or self.words.bare(form).endswith(self._participle_endings)

    def _traced(self, form: str, endings: Mapping[str, tuple[str, ...]]) -> str:
        """The first infinitive that is known, of those which a form has by its ending."""
        ends = ((end, whole) for end, wholes in endings.items() if form.endswith(end) for whole in wholes)
        return self._known(form.removesuffix(end) + whole for end, whole in ends)

    def _known(self, infinitives: Iterable[str]) -> str:
        return next((each for each in infinitives if each in self.infinitives), "")
