"""A corpus of any size with the shape of the real graph: python -m benchmarks.corpus --help

    python -m benchmarks.corpus --quads 1000000 graph.nq     a graph with ontology and reference data, as kg restore reads it
    python -m benchmarks.corpus --documents 1000 folder      articles, as kg build reads them

Document number n is a function of n alone: the same on every machine, and in corpora of every size. Its quads come
from the records that an extractor would give, through the mapping of every build. States, treaties and weapons are drawn
by Zipf's law, persons are known from texts only, and dated events recur in other documents. Of what rules infer,
the classes and roles above those of an event are given.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg import mapping, reason, reference
from kg.ids import digest, entity_iri, hashed_iri
from kg.model import Claim, Document, Entity, Event, Extraction, Filler, Mention, Modality, Polarity, Span, When
from kg.namespaces import AC, INFERRED_GRAPH, RDF
from kg.settings import settings

TEMPLATES = Path(__file__).with_name("corpus.yaml")
FIRST_DAY, DAYS = date(2005, 1, 1), 7300
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août")
MONTHS += ("septembre", "octobre", "novembre", "décembre")
KINDS = {"treaty": "Treaty", "topic": "Treaty", "item": "WeaponSystem", "claimant": "Person"}
"""What fills a role; states fill all others."""
TABLES = {"State": "states", "Treaty": "treaties", "WeaponSystem": "weapons"}
FORMS = {"": 1, ":to": 2, ":of": 3}
SLOT = re.compile(r"\{(\w+)(:\w+)?\}|\[([^\]]+)\]")


@cache
def templates() -> dict[str, Any]:
    """The templates, read once."""
    loaded: dict[str, Any] = yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))
    return loaded


@dataclass(slots=True)
class _Writer:
    """A document while it is written: its text, and what stands where in it."""

    chance: random.Random
    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)

    def put(self, template: str) -> tuple[list[tuple[str, str, Span]], Span | None, When | None]:
        """Write a template; gives the fillers with their places, the trigger's place, and the date."""
        filled: list[tuple[str, str, Span]] = []
        trigger, when, done = None, None, 0
        begin = len(self.text)
        for slot in SLOT.finditer(template):
            self._write(template[done : slot.start()], begin)
            done = slot.end()
            start = len(self.text)
            if slot[3]:
                self._write(slot[3], begin)
                trigger = Span(start, len(self.text))
            elif slot[1] == "when":
                when = self._date()
            else:
                iri, words = self._entity(slot[1], slot[2] or "", {iri for _, iri, _ in filled})
                self._write(words, begin)
                filled.append((slot[1], iri, Span(start, len(self.text))))
        self._write(template[done:], begin)
        return filled, trigger, when

    def _write(self, words: str, begin: int) -> None:
        """Add words; a sentence begins with a capital."""
        self.text += words[:1].upper() + words[1:] if len(self.text) == begin else words

    def _date(self) -> When | None:
        """A day, half of the time, written after a blank."""
        if self.chance.random() < 0.5:
            return None
        day = FIRST_DAY + timedelta(days=self.chance.randrange(0, DAYS, 61))
        self.text += " "
        begin = len(self.text)
        self.text += f"le {day.day} {MONTHS[day.month - 1]} {day.year}"
        return When(day.isoformat(), day.isoformat(), day.isoformat(), Span(begin, len(self.text)))

    def _entity(self, role: str, form: str, taken: set[str]) -> tuple[str, str]:
        """An entity that may fill the role and is not taken, and how it is written."""
        kind = KINDS.get(role, "State")
        while True:
            if kind == "Person":
                name = f"{self.chance.choice(templates()['given'])} {self.chance.choice(templates()['family'])}"
                iri = entity_iri(kind, name)
                self.people[iri] = name
                return iri, name
            rows = templates()[TABLES[kind]]
            row = self.chance.choices(rows, [1 / rank for rank in range(1, len(rows) + 1)])[0]
            iri = entity_iri(kind, row[0])
            if iri not in taken:
                return iri, row[FORMS[form]]


def extraction(number: int) -> Extraction:
    """What an extractor would give for document number `number`."""
    chance = random.Random(number)
    title = _Writer(chance)
    title.put(chance.choice(templates()["titles"]))
    writer = _Writer(chance)
    identifier = f"corpus-{number:07d}"
    for _ in range(chance.randint(12, 22)):
        begin = len(writer.text)
        _sentence(writer, identifier)
        writer.sentences.append(Span(begin, len(writer.text)))
        writer.text += "\n\n" if chance.random() < 0.25 else " "
    issued = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    document = Document(
        identifier,
        writer.text.rstrip() + "\n",
        f"corpus/{identifier}.md",
        title=title.text,
        publisher=chance.choice(templates()["outlets"]),
        issued=issued.isoformat(),
    )
    entities = tuple(Entity(iri, "Person", name, reconciled=False) for iri, name in sorted(writer.people.items()))
    return Extraction(
        document,
        tuple(writer.sentences),
        tuple(writer.mentions),
        entities,
        tuple(writer.events.values()),
        tuple(writer.claims),
    )


def _sentence(writer: _Writer, identifier: str) -> None:
    """Write one sentence: three of four claim something."""
    if writer.chance.random() < 0.25:
        filled, _, _ = writer.put(writer.chance.choice(templates()["fillers"]))
        _mention(writer, filled)
        return
    begin, claimant = len(writer.text), None
    kind, text, modality, polarity = writer.chance.choice(templates()["claims"])
    if writer.chance.random() < 0.4:
        text = writer.chance.choice(templates()["attributions"]) + text
    filled, trigger, when = writer.put(text)
    assert trigger is not None, text
    _mention(writer, filled)
    claimant = next((iri for role, iri, _ in filled if role == "claimant"), None)
    roles = [(role, iri, span) for role, iri, span in filled if role != "claimant"]
    fillers = tuple(
        Filler(role, iri, "subj" if span.begin < trigger.begin else "obj", span, 0.9) for role, iri, span in roles
    )
    shared = sorted(f"{role} {iri}" for role, iri, _ in roles)
    event = hashed_iri("event", kind, when.edtf if when else identifier, *shared)
    writer.events.setdefault(event, Event(event, kind, fillers, when))
    claim = hashed_iri("claim", identifier, event, str(trigger.begin))
    sentence = Span(begin, len(writer.text))
    method = f"rules:{kind}/{digest(text)[:4]}"
    said = (modality.lower(),) if modality != "Actual" or polarity == "Negated" else ()
    writer.claims.append(
        Claim(claim, event, sentence, trigger, Modality(modality), Polarity(polarity), claimant, (), 0.8, method, said)
    )


def _mention(writer: _Writer, filled: Sequence[tuple[str, str, Span]]) -> None:
    rules = {"claimant": "pattern"}
    writer.mentions += [Mention(span, iri, rules.get(role, "gazetteer")) for role, iri, span in filled]


def quads(size: int, *, inferred: bool = True) -> Iterator[ox.Quad]:
    """The quads of a graph of about `size` quads: ontology and reference data, then documents until it is reached.

    inferred: whether what the rules conclude of the documents is among them.
    """
    made = 0
    for given in _parts(inferred):
        if made >= size:
            return
        made += len(given)
        yield from given


def foundations() -> list[ox.Quad]:
    """The quads of ontology and reference data."""
    return [*reason.ontology_quads(settings().ontology), *reference.quads(settings().seeds / "reference")]


def _parts(inferred: bool) -> Iterator[list[ox.Quad]]:
    """Ontology and reference data, then the documents without end."""
    yield foundations()
    for number in count():
        document = extraction(number)
        yield [*mapping.quads(document), *(_inferred(document) if inferred else ())]


def _inferred(document: Extraction) -> Iterator[ox.Quad]:
    """What the rules on superclasses and superproperties conclude of the document's events."""
    graph, kind, involves = ox.NamedNode(INFERRED_GRAPH), ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "involves")
    for event in document.events:
        node = ox.NamedNode(event.iri)
        for above in ("Event", "Occurrence"):
            yield ox.Quad(node, kind, ox.NamedNode(AC + above), graph)
        for entity in dict.fromkeys(filler.entity for filler in event.fillers):
            yield ox.Quad(node, involves, ox.NamedNode(entity), graph)


def markdown(number: int) -> str:
    """Document number `number` as an article with its front matter."""
    document = extraction(number).document
    head = {"title": document.title, "publisher": document.publisher, "date": document.issued, "language": "fr"}
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}---\n{document.text}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what the arguments ask for."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.corpus", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--quads", type=int, metavar="N", help="write a graph of about N quads to the file TARGET (.nq)")
    what.add_argument("--documents", type=int, metavar="N", help="write N articles to the folder TARGET")
    parser.add_argument("target", metavar="TARGET", type=Path)
    parsed = parser.parse_args(arguments)
    if parsed.quads is not None:
        with parsed.target.open("wb") as file:
            ox.serialize(quads(parsed.quads), file, ox.RdfFormat.N_QUADS)
        return 0
    parsed.target.mkdir(parents=True, exist_ok=True)
    for number in range(parsed.documents):
        (parsed.target / f"corpus-{number:07d}.md").write_text(markdown(number), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
