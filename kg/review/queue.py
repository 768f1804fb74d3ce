"""What is worth a reviewer's time, the most worth first.

Merges near the threshold, contradictions, doubtful claims, stale judgements, pairs that were nearly merged, what the reference may know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.judgements import Judgements, Sheet
from kg.judgements.model import READING
from kg.namespaces import ACR, PREFIXES
from kg.query import bind, questions
from kg.review import near
from kg.review.merges import Named, named, reasons, sides
from kg.review.outlines import Outline, outline
from kg.review.stale import given, stale
from kg.store.quads import Quads

REASONS = ("merge", "dispute", "doubt", "stale", "near", "known")
"""Why something is asked: in this order. What takes longest to find comes last, for it is not looked for where enough was found before."""
AT_ONCE = REASONS[:4]
"""What is found at once in a graph of any size: a saved query, or the judgements themselves, tell it."""
EVENT = ACR + "event/"
UNCERTAIN = 0.9
"""Merges with a lower score are asked about."""
DOUBTFUL = 0.4
"""Claims with less confidence are doubtful: at most two of five of those are right (docs/confidence.md)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to judge."""

    why: str
    """One of `REASONS`."""
    subjects: tuple[str, ...]
    """IRIs: one claim, or two events or entities that may be one; of a stale judgement what it was passed on."""
    claims: tuple[str, ...]
    """The claims of the graph to read for it: the one to judge first; of a pair those of one side, then of the other."""
    detail: str = ""
    """The confidence of a claim, the score of a pair."""
    judgement: str = ""
    """The id of the judgement that is stale."""
    reasons: tuple[str, ...] = ()
    """What speaks for and against a merge."""
    names: tuple[Named, ...] = ()
    """Of two entities, how documents name each."""
    first_side: int = 0
    """So many of the claims are on the first of a pair."""
    outlines: tuple[Outline, ...] = ()
    """Of two events, what each is by itself."""

    @property
    def is_pair(self) -> bool:
        """Whether it is asked if two things are one."""
        return len(self.subjects) == 2

    @property
    def answerable(self) -> tuple[str, ...]:
        """What an answer is about, as `Bench.judge` takes it; empty where nothing of it is left."""
        if not self.is_pair:
            return self.claims[:1]
        if self.why != "stale":
            return self.subjects
        one, two = self.claims[: self.first_side], self.claims[self.first_side :]
        return (one[0], two[0]) if one and two else ()


def answered_by(book: Judgements) -> Callable[[Item], bool]:
    """Tells of an item whether the book holds the answer to it; that nobody could tell is none."""
    pairs = book.same | book.different
    standing = {each.id for each in book.standing}
    judged = {each.subjects[0] for each in book.standing if each.kind in READING}

    def answered(item: Item) -> bool:
        if item.why == "stale":
            return item.judgement not in standing
        return frozenset(item.subjects) in pairs if item.is_pair else item.subjects[0] in judged

    return answered


class Queue:
    """What a graph leaves to judge, given what was judged already."""

    def __init__(self, store: Quads, ontology: Path, book: Judgements, language: str = "en") -> None:
        self._store = store
        self._ontology = ontology
        self._queries = questions(ontology / "queries" / "explorer")
        self._book = book
        self._language = language
        standing = [each for each in book.standing if each.kind in READING]
        self._judged = {each.subjects[0] for each in standing}

    def items(self, limit: int = 50, only: Sequence[str] = REASONS) -> list[Item]:
        """At most `limit` items of these reasons, as `each` gives them."""
        return list(islice(self.each(only), limit))

    def each(self, only: Sequence[str] = REASONS) -> Iterator[Item]:
        """The items of these reasons, the most pressing first, each thing once; what nobody could tell comes last.

        Each is looked for when it is asked for, so that the first come at once.
        """
        seen: set[tuple[str, ...]] = set()
        unsure: list[Item] = []
        for item in self._all(only):
            if item.subjects in seen:
                continue
            seen.add(item.subjects)
            if frozenset(item.subjects) in self._book.unsure:
                unsure.append(item)
            else:
                yield item
        yield from unsure

    def _all(self, only: Iterable[str]) -> Iterator[Item]:
        makers = {
            "merge": self._merges,
            "dispute": self._disputes,
            "doubt": self._doubts,
            "stale": self._stale,
            "near": self._near,
            "known": self._known,
        }
        for why in REASONS:
            if why in only:
                yield from makers[why]()

    def _merges(self) -> Iterator[Item]:
        judged = self._book.same | self._book.different
        sheet = cache(self._sheet)
        columns = ("merge", "member", "other", "into", "score")
        for merge, member, other, into, score in self._rows("review-merges", *columns, below=str(UNCERTAIN)):
            if frozenset((member, other)) not in judged:
                why = reasons(self._store, merge, self._language)
                if not member.startswith(EVENT):
                    names = named(self._store, sheet, into, (member, other))
                    yield Item("merge", (member, other), (), score, reasons=why, names=names)
                    continue
                one, two = sides(self._store, sheet, into, (member, other))
                yield self._pair("merge", sheet, (member, other), (one, two), score, why)

    def _pair(
        self,
        why: str,
        sheet: Callable[[str], Sheet],
        events: tuple[str, str],
        claims: tuple[tuple[str, ...], ...],
        score: str,
        told: tuple[str, ...],
    ) -> Item:
        """Two events, with the claims and what is said on each side."""
        one, two = claims
        outlines = tuple(outline(self._store, sheet, event, side) for event, side in zip(events, claims, strict=True))
        return Item(why, events, (*one, *two), score, reasons=told, first_side=len(one), outlines=outlines)

    def _sheet(self, document: str) -> Sheet:
        """What a document gave, judgements on its claims applied."""
        return Sheet(document, self._book.apply(document, given(self._store, document).quads))

    def _near(self) -> Iterator[Item]:
        sheet = cache(self._sheet)
        for each in near.events(self._store, self._ontology, self._book, self._language):
            pairs = zip(each.known, (each.one, each.other), strict=True)
            one, two = (sides(self._store, sheet, known, (given,))[0] for known, given in pairs)
            if one or two:
                pair, score = (each.one, each.other), str(each.score)
                yield self._pair("near", sheet, pair, (one, two), score, (each.reason,))

    def _known(self) -> Iterator[Item]:
        sheet = cache(self._sheet)
        for each in near.entities(self._store, self._ontology, self._book, self._language):
            pairs = zip((each.one, each.other), each.names, strict=True)
            told = tuple(
                Named(name, named(self._store, sheet, iri, (iri,))[0].quotes if iri == each.one else ())
                for iri, name in pairs
            )
            yield Item("known", (each.one, each.other), (), str(each.score), reasons=(each.reason,), names=told)

    def _disputes(self) -> Iterator[Item]:
        beside: dict[str, dict[str, None]] = {}
        kinds: dict[str, dict[str, None]] = {}
        for claim, other, kind in self._rows("review-disputed", "claim", "other", "kind", language=self._language):
            for one, two in ((claim, other), (other, claim)):
                beside.setdefault(one, {})[two] = None
                kinds.setdefault(one, {})[kind] = None
        for claim, others in beside.items():
            if claim not in self._judged:
                why = (f"{', '.join(kinds[claim])}.".capitalize(),)
                yield Item("dispute", (claim,), (claim, *others), reasons=why)

    def _doubts(self) -> Iterator[Item]:
        for claim, confidence in self._rows("review-doubtful", "claim", "confidence", below=str(DOUBTFUL)):
            if claim not in self._judged:
                yield Item("doubt", (claim,), (claim,), confidence)

    def _stale(self) -> Iterator[Item]:
        for each in stale(self._store, self._book):
            claims = tuple(claim for side in each.now for claim in side)
            kind, subjects = each.judgement.kind.value, each.judgement.subjects
            yield Item("stale", subjects, claims, kind, each.judgement.id, first_side=len(each.now[0]))

    def _rows(self, name: str, *columns: str, **values: str) -> Iterator[tuple[str, ...]]:
        """The rows of a saved query, as texts."""
        solutions = self._store.query(bind(self._queries[name], values), prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        for row in solutions:
            yield tuple(term.value for name in columns if isinstance(term := row[name], ox.NamedNode | ox.Literal))
