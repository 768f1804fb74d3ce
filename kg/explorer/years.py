"""Events by year as a strip of bars that one can read, hear and follow: HTML, each bar a link with its numbers in words."""

from __future__ import annotations

from collections.abc import Iterable

from kg.explorer.frame import asking, say
from kg.explorer.graph import Row
from kg.explorer.markup import Markup, element
from kg.query.names import text_of

LONGEST = 60
"""Years that a strip shows; of more, the last ones, those before them as one bar."""
NAMED = 10
"""A year that this divides has its number below its bar."""


def years(rows: Iterable[Row], entity: str = "") -> Markup | None:
    """The strip of the rows of event-years or years-of-entity; None where there are none.

    entity: whose events they are, so that a bar leads to them alone.
    """
    counts: dict[int, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(int(text_of(row["year"])), {})[text_of(row["told"])] = int(text_of(row["events"]))
    if not counts:
        return None
    last = max(counts)
    first = max(min(counts), last - LONGEST + 1)
    earlier = [count for year, count in counts.items() if year < first]
    most = max(sum(count.values()) for year, count in counts.items() if year >= first)
    bars = [_bar(year, counts.get(year, {}), most, entity) for year in range(first, last + 1)]
    before = element("span", say("years before", year=first, count=_total(earlier))) if earlier else None
    return element(
        "div",
        element("ol", bars, cls="kg-years", aria_label=say("events per year")),
        element("p", _key("told", "from documents"), _key("kept", "from reference"), before, cls="kg-small kg-keys"),
        cls="kg-strip",
    )


def _key(kind: str, words: str) -> Markup:
    return element("span", element("span", cls=f"kg-key {kind}"), say(words))


def _bar(year: int, count: dict[str, int], most: int, entity: str) -> Markup:
    told, kept = count.get("documents", 0), count.get("reference", 0)
    words = say("year counts", year=year, documents=told, reference=kept)
    label = element("span", str(year), cls="kg-tick") if year % NAMED == 0 else None
    if not count:
        return element("li", label, aria_hidden="true")
    bars = [
        element("span", cls=f"{kind} h{_height(number, most)}")
        for kind, number in (("told", told), ("kept", kept))
        if number
    ]
    bar = element("a", bars, href=_place(year, entity), target="_self", title=words, aria_label=words)
    return element("li", bar, label)


def _place(year: int, entity: str) -> str:
    """Where the events of a year are told, one by one."""
    days = {"from": f"{year}-01-01", "until": f"{year}-12-31"}
    return asking("events-in-a-period", **days, **({"involving": entity} if entity else {}))


def _height(number: int, most: int) -> int:
    """The height in twentieths of the highest bar, at least one."""
    return max(1, round(20 * number / most))


def _total(counts: list[dict[str, int]]) -> int:
    return sum(sum(count.values()) for count in counts)
