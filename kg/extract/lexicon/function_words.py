"""The small words on which reading turns wherever they stand: `words/function.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, model_validator


class Kind(StrEnum):
    """What a form is whatever stands around it; a token's `kinds` tells all that its form is."""

    A = "a"
    """The article of one thing that is not known yet: "un"."""
    ACTING = "acting"
    """Ends as present participles do: "livrant"."""
    AFTER = "after"
    """Before what was there when something else came: "après", "depuis"."""
    AMID = "amid"
    """May stand between two names that are joined, beside what joins them: "aussi", the articles."""
    AND = "and"
    AT = "at"
    AT_ANY = "at any"
    """With an article too: "aux"."""
    BEGINS = "begins"
    """Begins a clause that depends on the verb before it: "que", "quand"."""
    BUT = "but"
    """Sets a clause against the one before it: "mais"."""
    CLOSES = "closes"
    """Ends the clause before it: "que", "tandis"."""
    FUSED = "fused"
    """A preposition that has an article in it or has lost its vowel, whatever the tagger calls it: "au"."""
    HELPING = "helping"
    """The infinitives of auxiliaries: "avoir"."""
    HELPING_ANY = "helping any"
    """With their participle that makes a passive: "été"."""
    IN = "in"
    INVERTED = "inverted"
    """A pronoun behind its verb, with the letter that joins them: "-t-il"."""
    IT = "it"
    """Opens what presents something: "c'est à X que"."""
    JOINS = "joins"
    """Joins names: "et", "voire"."""
    LINKING = "linking"
    """Stands between a verb and the pronoun behind it: "-t-"."""
    NOR = "nor"
    NOT = "not"
    """What stands before a verb that is denied: "ne"."""
    NO_MORE = "no more"
    """What ends something beside it: "plus"."""
    OF = "of"
    OF_ONE = "of one"
    """With the article of one thing too: "du"."""
    OF_SOME = "of some"
    """With that of several, and no other: "des"."""
    OF_ARTICLE = "of article"
    """With an article only: "du", "des"."""
    OF_ANY = "of any"
    OR = "or"
    PLURAL = "plural"
    """Ends as nouns do in the plural."""
    PROCLITIC = "proclitic"
    """A pronoun or particle that may stand right before a finite verb: "ne", "y"."""
    RELATES = "relates"
    """Opens a clause on the name before it: "qui", "lequel"."""
    SELF = "self"
    """The pronoun of a reflexive verb before it: "se"."""
    SOME = "some"
    """The article of several, or "of" with it: "des"."""
    TAKES_UP = "takes up"
    """Behind "ce", opens a clause on all that was told before: "dont"."""
    THAT = "that"
    THE = "the"
    """The article of one thing: "le", "la"."""
    THE_ANY = "the any"
    THE_WHOLE = "the whole"
    """With its vowel: "le", "la"."""
    THIS = "this"
    """The pronoun for what is said: "ce", of "ce que"."""
    WITHOUT = "without"


class FunctionWords(BaseModel):
    """The words and the endings of each kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Mapping[Kind, frozenset[str]]
    endings: Mapping[Kind, tuple[str, ...]]

    @model_validator(mode="after")
    def _is_whole(self) -> FunctionWords:
        if missing := sorted(set(Kind) - set(self.words) - set(self.endings)):
            raise ValueError(f"no words for {', '.join(missing)}")
        return self

    def kinds_of(self, form: str) -> frozenset[Kind]:
        """The kinds of a form in small letters."""
        listed = {kind for kind, words in self.words.items() if form in words}
        return frozenset(listed | {kind for kind, endings in self.endings.items() if form.endswith(endings)})
