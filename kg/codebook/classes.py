"""The codebook's section on one event class: what counts, where its roles stand, which words say it, examples."""

from __future__ import annotations

from collections.abc import Iterator

from kg.alignments import Alignments
from kg.extract.lexicon.frames import Example, Frame, Realisations, Trigger, Words
from kg.vocabulary import EventClass, Vocabulary
from kg.ways import realisations

SHORT = {way: words.partition(" (")[0].partition(";")[0] for way, words in realisations().items()}
"""The realisations in few words; the part on reading the sections says them in full."""


def section(event: EventClass, frame: Frame | None, words: Vocabulary, codes: Alignments) -> Iterator[str]:
    """The section, as lines of Markdown; `frame` is None for a class that no word says yet."""
    yield from ("", f"## {_capital(event.label['en'])}", "")
    yield f"*{event.label['fr']}* · `ac:{event.name}`"
    yield from ("", event.definition["en"])
    yield from ("", f"**Where it ends.** {event.scope['en']}")
    if event.example:
        yield from ("", f"**For instance:** « {event.example} »")
    yield from ("", f"**Roles:** {', '.join(words.roles[role].label['en'] for role in event.roles)}.")
    yield from ("", f"**Codes elsewhere:** {_codes(event, codes)}")
    if frame is None:
        yield from ("", "No word of the lexicon says it yet.")
        return
    yield from _patterns(frame)
    yield from _triggers(frame, words)
    yield from _examples(frame)


def _codes(event: EventClass, codes: Alignments) -> str:
    alignment = codes.classes[event.name]
    plover = ", ".join(alignment.plover) or "none"
    cameo = ", ".join(f"{code} {codes.cameo[code]}" for code in alignment.cameo) or "none"
    return f"PLOVER {plover}; CAMEO {cameo}. {alignment.why}"


def _patterns(frame: Frame) -> Iterator[str]:
    yield from ("", "### Where the roles stand", "")
    for name, pattern in frame.patterns.items():
        parts = [
            f"with a {kind}: {_realised(ways)}"
            for kind, ways in (("verb", pattern.verb), ("noun", pattern.noun))
            if ways
        ]
        yield f"- *{name}*, {'; '.join(parts)}."


def _realised(realisations: Realisations) -> str:
    """Where each role stands, in the order in which places are tried."""
    said = []
    for role, ways in realisations.items():
        plain = [SHORT[way] for way in ways if way in SHORT]
        prepositions = [f"“{way}”" for way in ways if way not in SHORT]
        after = [f"after {', '.join(prepositions)}"] if prepositions else []
        said.append(f"{role}: {', '.join([*plain, *after]) or 'only by inference'}")
    return "; ".join(f"**{part.partition(':')[0]}**:{part.partition(':')[2]}" for part in said)


def _triggers(frame: Frame, words: Vocabulary) -> Iterator[str]:
    yield from ("", "### Words that say it")
    for number, trigger in enumerate(frame.triggers, start=1):
        yield from ("", f"{number}. As *{trigger.pattern}*:", "")
        for kind, entries in (("Verbs", trigger.verbs), ("Nouns", trigger.nouns), ("Adjectives", trigger.adjectives)):
            if entries:
                yield f"   - {kind}: {', '.join(entries)}."
        for guard in guards(frame, trigger, words):
            yield f"   - {guard}"


def guards(frame: Frame, trigger: Trigger, words: Vocabulary) -> Iterator[str]:
    """The conditions of a trigger in plain words, each a sentence."""
    for group in trigger.strict:
        yield f"Only where {_either(group)} stands by it, in its place or within ten words."
    for group in trigger.needs:
        if group not in trigger.strict:
            yield f"Only where {_either(group)} is found, in whatever way."
    yield from _around(trigger)
    yield from _filled(trigger, words)
    if trigger.without:
        yield f"Not where {_either(trigger.without)} is found."
    if inner := trigger.inner:
        kinds = " or ".join(words.events[name].label["en"] for name in inner.events)
        how = f" (as {' or '.join(f'*{name}*' for name in inner.patterns)})" if inner.patterns else ""
        fate = ", which is then not coded on its own" if inner.consume else ", which is coded as well"
        yield f"Only where it governs a word that says {_article(kinds)}{how}{fate}; what that word fills counts for both."
    if trigger.security if trigger.security is not None else frame.security:
        yield "Only where the sentence or the document speaks of arms or security."
    if trigger.sure:
        yield "Where one of these conditions fails it says nothing, however likely it seems."
    if trigger.anaphora:
        yield "A treaty left unsaid is the one named in the sentence, else the one last spoken of."
    if trigger.said:
        yield "To say it is the event: its tense and its negation do not count."
    if trigger.modality:
        yield f"Always at least {words.modalities[trigger.modality].label['en']}."
    if trigger.sort:
        yield f"One event of this sort ({trigger.sort}) is none that other words tell with an item of their own."
    if trigger.negated:
        yield "The word itself negates the event."


def _either(roles: Words) -> str:
    return " or ".join(_article(role) for role in roles)


def _filled(trigger: Trigger, words: Vocabulary) -> Iterator[str]:
    """The conditions on who or what fills its roles, beyond that they are filled."""
    for role in trigger.several:
        yield f"Only where there are two or more to be its {role}."
    for role in trigger.single:
        yield f"Only where there is no more than one to be its {role}."
    for role, kinds in trigger.kinds.items():
        yield f"Only where its {role} is {' or '.join(_article(words.kinds[kind].label['en']) for kind in kinds)}."
    for role, kinds in trigger.only.items():
        yield f"Its {role} can only be {' or '.join(_article(words.kinds[kind].label['en']) for kind in kinds)}."
    if trigger.unfit:
        yield f"Not where all that it is done with falls under {', '.join(trigger.unfit)}."


def _around(trigger: Trigger) -> Iterator[str]:
    """The conditions on the words around a trigger."""
    if trigger.objects:
        listed = ", ".join(trigger.objects)
        yield f"Only with one of these as its subject or object or shortly after it, or with a treaty in its place: {listed}."
    if trigger.spared:
        yield f"Not with one of these as its object: {', '.join(trigger.spared)}."
    if trigger.under:
        yield f"Not as what another word is about, unless that is one of: {', '.join(trigger.under)}."
    if trigger.having:
        yield f"Only where one of these follows in the clause: {_quoted(trigger.having)}."
    if trigger.barring:
        yield f"Not where one of these follows in the clause: {_quoted(trigger.barring)}."
    if trigger.fighting is not None:
        yield f"Only where the sentence {'tells' if trigger.fighting else 'does not tell'} of fighting."
    if trigger.led:
        yield f"Only behind one of these: {_quoted(trigger.led)}."
    if trigger.verbless:
        yield "Only where it heads a part of a sentence without a finite verb, as in headlines, and not of troops or weapons at home."
    if trigger.denied:
        yield "Only with “ne”."
    if trigger.ended:
        yield "Only with “ne … plus”."


def _quoted(words: Words) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _examples(frame: Frame) -> Iterator[str]:
    for title, chosen in (
        ("Coded", [_coded(each) for each in frame.examples if each.text]),
        ("Not coded", [f"« {each.negative} »" for each in frame.examples if each.negative]),
    ):
        if chosen:
            yield from ("", f"### {title}", "")
            yield from (f"- {line}" for line in chosen)


def _coded(example: Example) -> str:
    parts = [f"{role} {', '.join(names)}" for role, names in example.roles.items()]
    parts += [value.lower() for value in (example.modality, example.polarity) if value]
    return f"« {example.text} »{': ' if parts else ''}{'; '.join(parts)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
