"""How the words of a language change: `words/forms.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import combinations

from pydantic import BaseModel, ConfigDict


class FormWords(BaseModel):
    """Auxiliaries and endings, by which forms are traced to their verbs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    have: str
    """The auxiliary of the past tenses."""
    have_stems: tuple[str, ...]
    """How all its forms begin."""
    be: str
    """The auxiliary of the passive."""
    untensed: frozenset[str]
    """Forms of both that stand right before a participle and have no person: "avoir", "été"."""
    having: frozenset[str]
    """Participles of the first, which open a clause: "ayant livré"."""
    reflexive: tuple[str, ...]
    """What stands before a reflexive verb, with another pronoun before it alone: "s'en prendre"."""
    agreement: tuple[str, str]
    """Endings of number and gender, in the order in which they are taken off."""
    participles: Mapping[str, tuple[str, ...]]
    """Endings of past participles without these, to those of their infinitives; that of most verbs comes first."""
    agreeing: tuple[str, ...]
    """How a participle with the first auxiliary ends where it agrees with an object before it."""
    gerund: str
    """The ending of gerunds and present participles."""
    gerunds: Mapping[str, tuple[str, ...]]
    """Such endings, the longest first, to those of the infinitives."""
    present: tuple[str, ...]
    """Endings of the present of most verbs, the longest first."""
    plural: str
    """What the third person plural of the present adds to the singular."""
    infinitive: str
    """The ending of the infinitive of most verbs."""
    past: str
    """The ending of the simple past of most verbs."""
    past_plural: str
    """The ending of its third person plural."""
    spelled: Mapping[str, str]
    """How a stem is written before that ending, to how it is before others: "lança", "changea"."""
    twofold: str
    """How a present ends that looks like a participle: "décrit"."""
    future: tuple[str, ...]
    """How futures and conditionals end, which nothing but a verb does."""
    adverbs: str
    """How adverbs end, as finite verbs may."""

    @cached_property
    def agreeing_letters(self) -> str:
        """The letters of number and gender, which a past participle may end in, several of them too: "livrées"."""
        return "".join(self.agreement)

    def unreflexive(self, verb: str) -> str:
        """A verb without its reflexive pronoun: "se procurer" is not "procurer", and where it stands only it is meant."""
        for pronoun in self.reflexive:
            verb = verb.removeprefix(pronoun)
        return verb

    def is_reflexive(self, verb: str) -> bool:
        """Whether a verb, as frames have it, stands with a reflexive pronoun: "se retirer"."""
        return verb.startswith(self.reflexive)

    def bare(self, form: str) -> str:
        """A form without the endings of number and gender."""
        for ending in self.agreement:
            form = form.removesuffix(ending)
        return form

    def masculine(self, form: str) -> str:
        """A form without the ending of number, and as a participle of most verbs without that of gender: "disposées"."""
        number, gender = self.agreement
        single = form.removesuffix(number)
        return single.removesuffix(gender) if single.endswith(next(iter(self.participles)) + gender) else single

    @property
    def participial(self) -> tuple[str, ...]:
        """Endings of past participles of most verbs in each number and gender, the longest first: "ées", …, "é"."""
        ending, kinds = next(iter(self.participles)), self.agreement[::-1]
        tails = ("".join(chosen) for count in range(len(kinds) + 1) for chosen in combinations(kinds, count))
        return tuple(sorted((ending + tail for tail in tails), key=lambda each: (-len(each), each)))
