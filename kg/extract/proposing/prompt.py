"""What the endpoint is asked: instructions and the JSON Schema of its answer, both made from the ontology's lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.extract.proposing.chat import Question
from kg.ids import KIND_FOLDERS, digest
from kg.vocabulary import Term, Vocabulary

_TASK = """\
You read French press texts on arms control and list the claims that they make about events.
A claim is one source saying something of one event. Give each claim once, in the order of the text.
Answer with JSON of the given schema and nothing else. Events that none of the classes covers are left out.

- quote: the sentence that makes the claim, copied from the text character by character.
- trigger: the word or words of the quote that say the event.
- event: one of the classes. roles: who or what takes part, only in roles of that class.
- name, in roles, claimant and relayed_by: as the text names it somewhere, copied, without article; for a pronoun the name
  that it stands for. kind: the class of what is named. A capital or palace that stands for a state is that State.
- modality and polarity: as the text presents the event.
- claimant: to whom the text attributes the claim, the innermost speaker; null where the text says it in its own voice.
  relayed_by: through whom it came from the claimant to the text.
- date: of the event, as YYYY, YYYY-MM or YYYY-MM-DD, relative ones counted from the date of publication; date_words: the
  words that say it, copied. Both null where the text does not tell."""

_TEXT = {"type": "string"}


def question(vocabulary: Vocabulary, text: str, issued: str | None) -> Question:
    """The question for one text, published on the EDTF date `issued` where that is known."""
    instructions, schema = "\n".join(_instructions(vocabulary)), _schema(vocabulary)
    version = digest(instructions, json.dumps(schema))
    return Question(instructions, f"Date of publication: {issued or 'unknown'}\n\n{text}", schema, version)


def _instructions(vocabulary: Vocabulary) -> Iterator[str]:
    yield _TASK
    yield "\nClasses of events, with their roles:"
    for event in vocabulary.events.values():
        yield f"- {event.name} ({', '.join(event.roles)}): {event.definition['en']} {event.scope['en']}"
    yield "\nRoles, with the kinds of entities that they take:"
    for role in vocabulary.roles.values():
        yield f"- {role.name} ({', '.join(kind for kind in role.kinds if kind in KIND_FOLDERS)}): {role.definition['en']}"
    for title, terms in (("Modality", vocabulary.modalities), ("Polarity", vocabulary.polarities)):
        yield f"\n{title}:"
        yield from (_defined(term) for term in terms.values())
    yield "\nKinds of entities:"
    yield from (_defined(vocabulary.kinds[name]) for name in _kinds(vocabulary))


def _kinds(vocabulary: Vocabulary) -> list[str]:
    """The classes that an entity may be of, without those that only join others."""
    return [name for name in vocabulary.kinds if name in KIND_FOLDERS]


def _defined(term: Term) -> str:
    return f"- {term.name}: {term.definition['en']}"


def _schema(vocabulary: Vocabulary) -> dict[str, Any]:
    kind = {"type": "string", "enum": _kinds(vocabulary)}
    named = _object({"name": _TEXT, "kind": kind})
    filler = _object({"role": {"type": "string", "enum": list(vocabulary.roles)}, "name": _TEXT, "kind": kind})
    claim = _object(
        {
            "quote": _TEXT,
            "trigger": _TEXT,
            "event": {"type": "string", "enum": list(vocabulary.events)},
            "roles": {"type": "array", "items": filler},
            "modality": {"type": "string", "enum": list(vocabulary.modalities)},
            "polarity": {"type": "string", "enum": list(vocabulary.polarities)},
            "claimant": {"anyOf": [named, {"type": "null"}]},
            "relayed_by": {"type": "array", "items": named},
            "date": {"type": ["string", "null"]},
            "date_words": {"type": ["string", "null"]},
        }
    )
    return _object({"claims": {"type": "array", "items": claim}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with these properties, all of them and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
