"""kg explain: why a claim stands in the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say, say_json
from kg.cli.options import HomeOption, JsonOption, Language, language_of, view_of
from kg.settings import settings

if TYPE_CHECKING:
    from kg.explanation import Amount, Explanation, Filler, Thing, Words

NEWEST = 20
WIDTH = 90
"""Characters of the sentence that the list shows."""


def explain(
    context: typer.Context,
    claim: Annotated[
        str | None,
        typer.Argument(metavar="CLAIM", help="Its IRI, the last part of it, or enough of its beginning."),
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--language", help="Of names; KG_LANGUAGE where not given.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say why a claim stands in the graph; without CLAIM, list the newest 20.

    Its sentence, document and trigger, the event with who fills each role, found by which rule in which words and how
    surely, amounts, then date, modality, polarity, claimant, relays, what decided them, and the method.
    """
    from kg.explanation import Claims

    speech = language_of(language)
    claims = Claims(view_of(context, home).store, settings().ontology, speech)
    if claim is None:
        newest = claims.newest(NEWEST)
        say_json([asdict(each) for each in newest]) if json else _list(newest)
        return
    found = claims.explain(claims.find(claim))
    if json:
        say_json(asdict(found))
    else:
        say("\n".join(_lines(found)))


def _list(claims: list[Explanation]) -> None:
    if not claims:
        say("The graph holds no claim. kg add reads documents.")
    for each in claims:
        date = each.document.issued or "undated"
        kind = "/".join(thing.name for thing in each.classes)
        how = f"{each.modality.name}, {each.polarity.name}"
        sentence = _plain(each.sentence.text)
        shown = sentence if len(sentence) <= WIDTH else sentence[: WIDTH - 2].rstrip() + " …"
        say(f"{each.identifier}  {date:<10}  {_plain(kind)}, {how}: {shown}")


def _lines(claim: Explanation) -> Iterator[str]:
    """A claim for a reader, one fact a line."""
    yield _line("claim", claim.claim)
    yield _line("sentence", _quoted(claim.sentence))
    yield from _document(claim)
    yield _line("trigger", _quoted(claim.trigger) if claim.trigger else "not recorded")
    yield _line("event", f"{', '.join(kind.name for kind in claim.classes)} <{claim.event}>")
    for filler in claim.fillers:
        yield _line(f"  {filler.role.name}", f"{filler.entity.name}: {_found(filler)}")
    for amount in claim.amounts:
        yield _line("amount", _amount(amount))
    if claim.on_behalf_of:
        yield _line("on behalf of", f"{_names(claim.on_behalf_of)} (inferred from offices held)")
    yield _line("date", _date(claim))
    yield _line("modality", claim.modality.name)
    yield _line("polarity", claim.polarity.name)
    yield _line("claimant", claim.claimant.name if claim.claimant else "none: the text says it in its own voice")
    if claim.relayed_by:
        yield _line("relayed by", _names(claim.relayed_by))
    for number, reason in enumerate(claim.evidence):
        yield _line("" if number else "evidence", reason)
    yield _line("method", claim.method)
    yield _line("confidence", claim.confidence)


def _document(claim: Explanation) -> Iterator[str]:
    document = claim.document
    parts = [document.title, document.publisher.name if document.publisher else None, document.issued or "undated"]
    yield _line("document", f"{document.identifier}: {', '.join(part for part in parts if part)}")
    if document.source:
        yield _line("source", document.source)


def _found(filler: Filler) -> str:
    """How a filler was found: rule, confidence, words."""
    from kg.ways import rule

    if filler.rule is None:
        return "no record in this document of how it was found"
    parts = [f"{rule(filler.rule)} [{filler.rule}]", f"confidence {filler.confidence}"]
    return ", ".join([*parts, _quoted(filler.words)] if filler.words else parts)


def _amount(amount: Amount) -> str:
    """How many or how much, of what, and the words that say it."""
    bound = "" if amount.bound == "exact" else amount.bound
    unit = amount.currency or amount.unit or ""
    what = f"of {amount.item.name}" if amount.item else ""
    said = " ".join(filter(None, (bound, f"{Decimal(amount.value):,f}", unit, what)))
    return f"{said}: {_quoted(amount.words)}"


def _date(claim: Explanation) -> str:
    if claim.date is None:
        return "unknown"
    parts = [claim.date]
    if claim.date_words:
        parts.append(f"from “{claim.date_words}”")
    if claim.counted_from:
        parts.append(f"counted from {claim.counted_from}")
    return ", ".join([*parts, "partly inferred"] if claim.date_inferred else parts)


def _quoted(words: Words) -> str:
    return f"“{words.text}” ({words.begin}–{words.end})"


def _names(things: tuple[Thing, ...]) -> str:
    return ", ".join(thing.name for thing in things)


def _line(head: str, text: str) -> str:
    return f"{head:<14} {_plain(text)}".rstrip()


def _plain(text: str) -> str:
    """The text on one line, without the control characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
