"""kg compare: what rules and a language model read in a document, claim by claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.console import Bars, complain, say, say_json
from kg.cli.options import JsonOption
from kg.namespaces import shorten
from kg.settings import settings

if TYPE_CHECKING:
    from kg.comparison import Comparison, Pair, Told
    from kg.extract.proposing.endpoint import Proposal
    from kg.model import Document, Extraction, Reference


def compare(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A document (.txt, .md), or a folder of them.")],
    json: JsonOption = False,
) -> None:
    """Compare what the rules read in a document with what a language model proposes, claim by claim.

    Claims of one event class that share a filler are paired; the rest is told as only one's own, and so is what was
    proposed and does not stand, with the reason. The graph is neither read nor changed.

    The model is KG_LLM_MODEL at KG_LLM_URL, any OpenAI-compatible endpoint, with KG_LLM_KEY where it wants a key. The
    document's text is sent there, by this command alone and only once: the answers are kept in KG_LLM_CACHE.
    """
    from kg import reference
    from kg.comparison import compare as compare_readings
    from kg.extract import Extractor
    from kg.extract.proposing.endpoint import configured

    known = reference.load(settings().seeds / "reference")
    endpoint = configured(known)
    documents = _documents(path)
    with Bars() as bars:
        bars.stage("model")
        rules = Extractor(known, settings().ontology / "lexicon" / "fr")
        bars.stage("documents", len(documents))
        outcomes = []
        for document in documents:
            read, proposal = rules.extract(document), endpoint.propose(document)
            outcomes.append((read, proposal, compare_readings(read, proposal.extraction)))
            bars.advance()
    if json:
        say_json([_as_dict(*outcome) for outcome in outcomes])
        return
    for read, proposal, comparison in outcomes:
        names = _Names(known, (read, proposal.extraction))
        say("\n".join(_lines(read.document, comparison, proposal, names)))


def _documents(path: Path) -> list[Document]:
    """The documents of a path; exits with 1 where there are none that can be read."""
    from kg.read import Rejected, read_paths

    documents = []
    for read in read_paths([path], limit=settings().document_characters):
        if isinstance(read, Rejected):
            complain(f"{read.path} is set aside. {read.reason} {read.remedy}")
        else:
            documents.append(read)
    if not documents:
        raise typer.Exit(1)
    return documents


class _Names:
    """The names of what two readings speak of."""

    def __init__(self, known: Reference, readings: tuple[Extraction, ...]) -> None:
        self._known = known
        self._new = {entity.iri: entity.label for reading in readings for entity in reading.entities}

    def __call__(self, iri: str) -> str:
        entity = self._known.entities.get(iri)
        return entity.label if entity else self._new.get(iri, shorten(iri))


def _lines(document: Document, comparison: Comparison, proposal: Proposal, names: _Names) -> Iterator[str]:
    yield f"{document.identifier}"
    for pair in comparison.both:
        differs = f"differ in {', '.join(pair.differs)}" if pair.differs else "agree"
        yield f"both            {pair.rules.event.kind}: they {differs}"
        yield f"    rules       {_told(pair.rules, names)}"
        yield f"    proposal    {_told(pair.proposal, names)}"
        yield f"    sentence    {_sentence(pair.rules, document)}"
    for head, alone in (("only rules", comparison.only_rules), ("only proposals", comparison.only_proposals)):
        for told in alone:
            yield f"{head:<15} {told.event.kind}: {_told(told, names)}"
            yield f"    sentence    {_sentence(told, document)}"
    for each in proposal.set_aside:
        yield f"set aside       {_plain(each.reason)}"
    agreed = sum(not pair.differs for pair in comparison.both)
    yield (
        f"{len(comparison.both)} in both ({agreed} agree in all), {len(comparison.only_rules)} only rules, "
        f"{len(comparison.only_proposals)} only proposals, {len(proposal.set_aside)} set aside."
    )


def _told(told: Told, names: _Names) -> str:
    """A claim in one line: roles, date, modality, polarity, claimant."""
    roles: dict[str, list[str]] = {}
    for filler in told.event.fillers:
        roles.setdefault(filler.role, []).append(names(filler.entity))
    parts = [f"{role} {', '.join(entities)}" for role, entities in roles.items()]
    when, claim = told.event.when, told.claim
    parts += [when.edtf] if when else []
    parts.append(f"{claim.modality.value}, {claim.polarity.value}")
    parts += [f"according to {names(claim.claimant)}"] if claim.claimant else []
    return _plain("; ".join(parts))


def _sentence(told: Told, document: Document) -> str:
    return f"“{_plain(told.claim.sentence.of(document.text))}”"


def _plain(text: str) -> str:
    """The text on one line, without the control characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _as_dict(read: Extraction, proposal: Proposal, comparison: Comparison) -> dict[str, Any]:
    text = read.document.text

    def pair(each: Pair) -> dict[str, Any]:
        return {
            "rules": _claim(each.rules, text),
            "proposal": _claim(each.proposal, text),
            "differs": list(each.differs),
        }

    return {
        "document": read.document.identifier,
        "both": [pair(each) for each in comparison.both],
        "only_rules": [_claim(told, text) for told in comparison.only_rules],
        "only_proposals": [_claim(told, text) for told in comparison.only_proposals],
        "set_aside": [asdict(each) for each in proposal.set_aside],
    }


def _claim(told: Told, text: str) -> dict[str, Any]:
    claim, event = told.claim, told.event
    roles: dict[str, list[str]] = {}
    for filler in event.fillers:
        roles.setdefault(filler.role, []).append(filler.entity)
    return {
        "claim": claim.iri,
        "event": event.kind,
        "roles": roles,
        "date": event.when.edtf if event.when else None,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "claimant": claim.claimant,
        "sentence": claim.sentence.of(text),
        "trigger": claim.trigger.of(text),
        "method": claim.method,
    }
