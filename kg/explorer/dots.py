"""Events over time as dots, one line for each class; those of the reference data have a shape of their own."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import altair as alt

from kg.explorer.charts import Chart
from kg.explorer.frame import say
from kg.explorer.lifelines import AXIS, INK, Span, time_axis
from kg.explorer.records import Ran
from kg.namespaces import AC
from kg.query.names import text_of

CAP = 400
"""So many events are drawn at most, those with most claims first."""
LANES = (2, 1, 3, 0, 4)
"""Dots that would lie on one another are set beside one another, on these lanes in turn, the middle one first."""
PLACES = 90
"""Into so many parts the time is divided to tell which dots would."""
LINE = 46
"""Pixels of a class."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A dated event."""

    event: str
    kind: str
    """Local name of its class."""
    earliest: datetime.date
    latest: datetime.date
    claims: int
    """0 for an act that only the reference data knows."""
    basis: str
    treaties: tuple[str, ...]


def dots_of(rans: Iterable[Ran]) -> list[Dot]:
    """The events in the rows of queries, each once, in the order of their days; classes as the queries give them."""
    found: dict[str, Dot] = {}
    for ran in rans:
        for row in ran.rows:
            iri, treaty = text_of(row["event"]), text_of(row.get("treaty"))
            known = found.get(iri)
            treaties = tuple(dict.fromkeys((*(known.treaties if known else ()), *([treaty] if treaty else []))))
            found[iri] = Dot(
                iri,
                text_of(row["class"]).removeprefix(AC),
                datetime.date.fromisoformat(text_of(row["earliest"])),
                datetime.date.fromisoformat(text_of(row["latest"])),
                max(known.claims if known else 0, int(text_of(row.get("claims")) or 0)),
                text_of(row.get("basis")) or (known.basis if known else ""),
                treaties,
            )
    return sorted(found.values(), key=lambda dot: (dot.earliest, dot.latest, dot.event))


def most_told(dots: list[Dot]) -> list[Dot]:
    """At most `CAP` of them, those with most claims, in their order."""
    kept = {dot.event for dot in sorted(dots, key=lambda dot: -dot.claims)[:CAP]}
    return [dot for dot in dots if dot.event in kept]


def dot_chart(dots: Sequence[Dot], names: Sequence[str], words: Sequence[str], span: Span, chosen: str) -> Chart:
    """The dots; `names` says each event in words, `words` its class; `chosen` is larger. A click gives the event's IRI as `pick`."""
    lanes = _lanes(dots, span)
    told = zip(dots, names, words, strict=True)
    values = [_datum(dot, name, word, lanes[dot.event], dot.event == chosen) for dot, name, word in told]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("word:N", title=None, axis=AXIS),
        yOffset=alt.YOffset("lane:O", scale=alt.Scale(domain=sorted(LANES))),
        tooltip=[
            alt.Tooltip(f"{field}:N", title=say(key))
            for field, key in (("what", "what"), ("days", "date"), ("told", "source"))
        ],
    )
    spans = base.mark_rule(aria=False, strokeWidth=2, opacity=0.45, color=INK).encode(
        x=time_axis("start", span), x2="end:T"
    )
    pick = alt.selection_point(name="pick", fields=["event"], on="click", clear=False)
    kinds = [say("timeline documents"), say("timeline reference")]
    points = (
        base.mark_point(size=75, strokeWidth=1.4, filled=True, opacity=0.9, cursor="pointer")
        .encode(
            x=time_axis("start", span),
            shape=alt.Shape("told:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]), legend=None),
            description="about:N",
            color=alt.Color("told:N", scale=alt.Scale(domain=kinds, range=["#2f6f9f", "#b26a00"]), legend=None),
            size=alt.Size("size:Q", scale=None, legend=None),
        )
        .add_params(pick)
    )
    height = LINE * len({dot.kind for dot in dots}) + 60
    return alt.layer(spans, points).properties(height=height, width="container")


def _lanes(dots: Sequence[Dot], span: Span) -> dict[str, int]:
    """On which lane of its class each dot stands."""
    days = max(1, (span[1] - span[0]).days)
    taken: Counter[tuple[str, int]] = Counter()
    lanes: dict[str, int] = {}
    for dot in dots:
        place = dot.kind, (dot.earliest - span[0]).days * PLACES // days
        lanes[dot.event] = LANES[taken[place] % len(LANES)]
        taken[place] += 1
    return lanes


def _datum(dot: Dot, name: str, word: str, lane: int, chosen: bool) -> dict[str, object]:
    first, last = dot.earliest.isoformat(), dot.latest.isoformat()
    days = first if first == last else f"{first} – {last}"
    told = say("timeline documents" if dot.claims else "timeline reference")
    return {
        "event": dot.event,
        "about": f"{name}, {days}, {told}",
        "what": name,
        "word": word,
        "lane": lane,
        "start": first,
        "end": last,
        "days": days,
        "told": told,
        "size": 260 if chosen else 75,
    }
