"""Frames: which words say one event class, and where its roles stand.

A frame file (`ontology/lexicon/fr/ArmsTransfer.yaml`) says which words say one event class and where its roles stand:

    event: ArmsTransfer
    patterns:                      # named ways to realise the roles
      supply:
        verb: {supplier: [subj, agent], recipient: [iobj, à, vers], item: [obj]}
        noun: {supplier: [par, adj, poss, de, gov], recipient: [à, vers], item: [de]}
    triggers:
      - pattern: supply
        verbs: [livrer, fournir]
        nouns: [livraison, fourniture]
        needs: [item recipient]    # each line: at least one of these roles must be filled
    examples:
      - {text: "…", roles: {supplier: [France]}}
      - {not: "…"}

Realisations: `subj`, `obj` (also the subject of a passive and the noun of a participle), `iobj`, `agent` ("par X" of a
passive), `adj` (a state's adjective), `poss` (its possessive), `gov` (the subject of the verb that governs a noun),
`called` (who is, stays or becomes what a noun says), or a preposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

ROLES = frozenset(
    {
        "agent",
        "participant",
        "supplier",
        "recipient",
        "target",
        "item",
        "treaty",
        "topic",
        "place",
        "gathering",
    }
)
Realisations = dict[str, tuple[str, ...]]


def _split(value: object) -> object:
    """A string of words as a tuple; YAML lists read better as `item recipient`."""
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


def _compiled(value: str) -> str:
    """A string that is a regular expression."""
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return value


Expression = Annotated[str, AfterValidator(_compiled)]


class Checked(BaseModel):
    """A record of a file, in which unknown keys are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Pattern(Checked):
    """Where the roles of a trigger stand, for its verbs and for its nouns."""

    verb: Realisations = {}
    noun: Realisations = {}


class Inner(Checked):
    """An event inside another: "proposer de [vendre]", "suspendre les [livraisons]"."""

    events: Words
    """Event classes of the inner trigger."""
    patterns: Words = ()
    """If given, only these patterns of theirs."""
    consume: bool = True
    """Whether the inner event is not recorded on its own."""


class Trigger(Checked):
    """A group of words that say the event in the same way."""

    pattern: str
    verbs: tuple[str, ...] = ()
    """Lemmas or phrases whose first word is the verb: "livrer", "se retirer", "mettre en service"."""
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    needs: tuple[Words, ...] = ()
    """Each: roles of which at least one must be filled, by the parse or by the fallback."""
    strict: tuple[Words, ...] = ()
    """Like `needs`, but the parse itself must fill them: for words of many meanings."""
    objects: tuple[str, ...] = ()
    """Lemmas of which its object, or a noun's complement, must be one, unless a role of `needs` stands there."""
    without: Words = ()
    """Roles that must not be fillable: "dénoncer" with a treaty is no accusation."""
    having: Words = ()
    """Prepositions of which one must follow in the clause: "tirer" something "contre" something."""
    led: Words = ()
    """Prepositions of which one must introduce it: "[sous] les bombes"."""
    barring: Words = ()
    """Prepositions that must not follow in the clause: what is fired "contre" something is no test."""
    several: Words = ()
    """Roles that need two fillers or more: a programme of two states."""
    single: Words = ()
    """Roles that may have but one filler: of two who negotiate a purchase neither asks for it alone."""
    kinds: Mapping[str, Words] = {}
    """Roles that need a filler of one of these classes: "soutenir" an armed group."""
    only: Mapping[str, Words] = {}
    """Roles that take fillers of these classes alone: of the two who sign a contract the firm sells, the state buys."""
    unfit: Words = ()
    """Ids of the weapon categories that its item does not fall under: who fires a helicopter?"""
    spared: tuple[str, ...] = ()
    """Lemmas of which its object must not be one, for then it means something else: "torpiller un accord"."""
    sort: str = ""
    """What sort of its class it says, if by its words it is no other: a nuclear test is none of a missile."""
    under: Words = ()
    """Nouns that it may depend on; on any other, or behind a preposition, it only says what that is about: "l'avenir du programme"."""
    sure: bool = False
    """Whether it says nothing where its conditions fail, however likely its signs: a contract is for anything."""
    inner: Inner | None = None
    modality: str | None = None
    """If the word itself decides it: an offer to negotiate is Possible."""
    said: bool = False
    """Whether to say it is the event, whatever its tense and its negation: "Y le paiera, a lancé X" threatens now."""
    negated: bool = False
    """If the word itself denies the event."""
    denied: bool = False
    """Whether "ne" must stand with it: who applies a treaty does nothing of note, who does not breaches it."""
    ended: bool = False
    """Whether "ne … plus" must stand with it: who "n'est plus lié" has left."""
    anaphora: bool = False
    """Whether a treaty left unsaid is the one spoken of: "après le retrait américain"."""
    fighting: bool | None = None
    """Whether the sentence must tell of fighting, or must not: what is fired in anger is no test."""
    verbless: bool = False
    """Whether it only counts where no verb tells more, as in headlines: "soldats de X à Y"."""
    security: bool | None = None
    """Whether the sentence or its surroundings must speak of arms or security; by default the frame's."""

    @property
    def travels(self) -> bool:
        """Whether one alone does it, if only it is told where: a visit."""
        return self.pattern not in ("meet", "expected") and any("place" in group for group in self.strict)


class Example(Checked):
    """A sentence that the frame must read, with some roles by name, or must not."""

    text: str | None = None
    roles: dict[str, tuple[str, ...]] = {}
    modality: str | None = None
    polarity: str | None = None
    negative: str | None = None


class Frame(Checked):
    """One event class with its words."""

    event: str
    security: bool = False
    patterns: dict[str, Pattern]
    triggers: tuple[Trigger, ...]
    examples: tuple[Example, ...] = ()


def realisations(frames: Iterable[Frame]) -> Iterator[str]:
    """Every way in which a frame has a role stand."""
    for frame in frames:
        for pattern in frame.patterns.values():
            for ways in (*pattern.verb.values(), *pattern.noun.values()):
                yield from ways


def infinitives(frames: Iterable[Frame]) -> frozenset[str]:
    """The verbs of frames, without what follows them: "installer", of "installer caméras" too."""
    return frozenset(verb.split()[0] for frame in frames for each in frame.triggers for verb in each.verbs)
