"""kg review: the queue, one thing at a time or as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.console import complain, say, say_json
from kg.cli.items import SIDES, as_dict, full, lines, plain
from kg.cli.keys import ask_key, ask_line
from kg.cli.options import HomeOption, JsonOption, Language, language_of, view_of
from kg.errors import CallError, KgError
from kg.settings import settings

if TYPE_CHECKING:
    from kg.explanation import Claims
    from kg.judgements import Judgement
    from kg.review import Bench, Item

ASKED = {
    "merge": "Are these two one?",
    "dispute": "Is this claim read rightly? Others contradict it.",
    "doubt": "Is this claim read rightly? The program is not sure.",
    "near": "Are these two one? The program took them for two, though not by much.",
    "known": "Is what only texts name the one that the reference data knows?",
    "stale": "This was judged, and is read otherwise now.",
}
PAIR_KEYS = {"s": "same", "d": "different", "u": "unsure"}
CLAIM_KEYS = {"a": "accept", "r": "reject", "c": "correct"}
GRADES = {"1": "(confirmed) to 6 (unknown) credibility"} | {str(grade): "" for grade in range(2, 7)}
MOVES = "n next, z undo last, q quit"
LanguageOption = Annotated[Language | None, typer.Option("--language", help="Of names; KG_LANGUAGE where not given.")]


class Only(StrEnum):
    """Why something is in the queue."""

    MERGE = "merge"
    DISPUTE = "dispute"
    DOUBT = "doubt"
    NEAR = "near"
    KNOWN = "known"
    STALE = "stale"


def review(
    context: typer.Context,
    listed: Annotated[bool, typer.Option("--list", help="Print the queue and ask nothing.")] = False,
    only: Annotated[
        list[Only] | None,
        typer.Option(
            "--only",
            help="Only uncertain merges, contradictions, doubtful claims, events nearly merged, names that the reference may know, "
            "or judgements that no longer fit.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many at most.")] = 50,
    language: LanguageOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Judge what the program is not sure of: one thing at a time, one key an answer. Every answer is kept at once.

    First come merges near the threshold, then contradictions, claims of low confidence, judgements that no longer fit,
    events of the newest documents that were nearly merged, and names that the reference data may know. Answers are
    lines of judgements.jsonl in the seeds (KG_JUDGEMENTS), signed with KG_REVIEWER or git's user.name.
    They take effect in the next build: kg review apply.
    """
    if context.invoked_subcommand is not None:
        context.obj = home or context.obj
        return
    from kg.explanation import Claims
    from kg.judgements import Judgements, judgements_file
    from kg.review import REASONS, Queue

    store = view_of(context, home).store
    queue = Queue(store, settings().ontology, Judgements.load(judgements_file()))
    items = queue.items(limit, [each.value for each in only or ()] or REASONS)
    claims = Claims(store, settings().ontology, language_of(language))
    if json:
        say_json([as_dict(item, claims) for item in items])
    elif listed:
        for line in (line for item in items for line in lines(item, claims)):
            say(line)
        say(_summary(items))
    else:
        _Session(store, claims).run(items)


def _summary(items: Sequence[Item]) -> str:
    count = len(items)
    return f"{count} to judge." if count else "There is nothing to judge."


class _Session:
    """A reviewer at a terminal."""

    def __init__(self, store: Any, claims: Claims) -> None:
        from kg.judgements import judgements_file
        from kg.review import Bench, reviewer

        self._path = judgements_file()
        self._bench: Bench = Bench(store, self._path, reviewer())
        self._claims = claims
        self._written: list[Judgement] = []

    def run(self, items: Sequence[Item]) -> None:
        """Ask for each item until all are answered or the reviewer leaves."""
        for number, item in enumerate(items, 1):
            say(f"\n{number} of {len(items)}: {ASKED[item.why]}")
            for line in self._shown(item):
                say(line)
            if not self._ask(item):
                break
        else:
            say(_summary(items) if not items else "\nThat was all.")
        self._tell()

    def _tell(self) -> None:
        if self._written:
            count = len(self._written)
            say(f"{count} judgement{'s' * (count > 1)} in {self._path}. To have them take effect: kg review apply.")

    def _ask(self, item: Item) -> bool:
        """Ask until an answer is taken; gives False where the reviewer leaves."""
        keys = _keys(item)
        prompt = ", ".join(f"{key} {what}" for key, what in keys.items() if what)
        while True:
            key = ask_key(f"{prompt}, {MOVES}: " if prompt else f"{MOVES}: ")
            if key in ("", "q"):
                return False
            if key == "n":
                return True
            try:
                if key == "z":
                    self._undo_last()
                elif key in keys and self._answer(item, key):
                    return True
                elif key not in keys:
                    complain(f"There is no answer {key!r}")
            except KgError as error:
                complain(str(error))

    def _undo_last(self) -> None:
        if not self._written:
            raise CallError("Nothing was judged yet in this session.", "kg review undo takes back older ones.")
        last = self._written.pop()
        self._bench.undo(last.id)
        say(f"Taken back: {last.kind.value} ({last.id}).")

    def _answer(self, item: Item, key: str) -> bool:
        """Write down the answer; gives whether the item is settled with it."""
        from kg.judgements import Kind
        from kg.review.wording import correction_of

        subjects = item.answerable
        if key == "x":
            self._written.append(self._bench.undo(item.judgement))
        elif key in PAIR_KEYS:
            kind = Kind(PAIR_KEYS[key])
            self._written.append(self._bench.judge(kind, subjects, _why() if key != "u" else ""))
        elif key == "a":
            self._written.append(self._bench.judge(Kind.ACCEPT, subjects))
        elif key == "r":
            self._written.append(self._bench.judge(Kind.REJECT, subjects, _why()))
        elif key == "c":
            words = _words(ask_line("what is to be otherwise (class=… recipient=NAME date=2019-06 …): "))
            if not words:
                return False
            value = correction_of(words, self._bench.names)
            self._bench.terms.check(value, self._bench.reading(subjects[0]))
            self._written.append(self._bench.judge(Kind.CORRECT, subjects, _why(), value))
        elif key == "p":
            self._rate(item)
            return False
        else:
            self._written.append(self._bench.judge(Kind.CREDIBILITY, subjects, "", int(key)))
            return False
        return True

    def _rate(self, item: Item) -> None:
        """Ask how far the publisher of a claim may be relied upon."""
        from kg.judgements import RELIABILITIES, Kind

        publisher = self._claims.explain(item.claims[0]).document.publisher
        if publisher is None:
            raise CallError("The publisher of this document is not known.", "kg add takes it from metadata.")
        listed = ", ".join(f"{grade} {words}" for grade, words in RELIABILITIES.items())
        grade = ask_key(f"{plain(publisher.name)}: {listed}: ").upper()
        self._written.append(self._bench.judge(Kind.RELIABILITY, [publisher.iri], "", grade))

    def _shown(self, item: Item) -> Iterator[str]:
        """An item for a reader."""
        for reason in item.reasons:
            yield f"  {plain(reason)}"
        if item.why == "stale":
            old = next(each for each in self._bench.book.log if each.id == item.judgement)
            yield f"  {plain(f'{old.kind.value} by {old.who} on {old.when[:10]}: {old.why}').rstrip(': ')}"
            if not item.claims:
                yield "  Its sentence is gone."
        for title, side in zip(SIDES, item.names, strict=False):
            yield f"  {title}: {plain(side.name)}"
            yield from (f"    “{plain(text)}”" for _, text in side.quotes)
        cut = item.first_side if item.is_pair else len(item.claims)
        for number, part in enumerate((item.claims[:cut], item.claims[cut:])):
            if item.is_pair and not item.names:
                head = f" {item.outlines[number].told(self._claims.label)}" if item.outlines else ""
                yield f"  {SIDES[number]}:{plain(head) and ' ' + plain(head)}"
            for claim in part:
                yield from full(self._claims.explain(claim))


def _keys(item: Item) -> dict[str, str]:
    """The keys that answer an item, with what they say."""
    if not item.answerable:
        return {"x": "take the old judgement back"}
    keys = dict(PAIR_KEYS) if item.is_pair else {**CLAIM_KEYS, "p": "publisher", **GRADES}
    return {**keys, "x": "take the old judgement back"} if item.why == "stale" else keys


def _why() -> str:
    return ask_line("why (Enter: no reason): ")


def _words(line: str) -> list[str]:
    """The words of a line; quotation marks keep a name together."""
    import shlex

    try:
        return shlex.split(line)
    except ValueError as error:
        raise CallError(f"{line!r} cannot be read: {error}.", "Close the quotation marks.") from error
