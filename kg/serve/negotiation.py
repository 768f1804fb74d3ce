"""Which media type a client gets, by its Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.query.formats import ANSWERS, GRAPHS, TABLES

HTML = "text/html"
MAX_RANGES = 64
"""So many ranges of an Accept header are read."""


@lru_cache(maxsize=256)
def best(accept: str, offered: tuple[str, ...]) -> str:
    """The media type among those offered that the header likes best, the first of equals; empty where it likes none."""
    ranges = [_range(each) for each in accept.split(",")[:MAX_RANGES] if each.strip()] or [("*/*", 1.0)]
    weighed = [(_weight(each, ranges), -index, each) for index, each in enumerate(offered)]
    weight, _, chosen = max(weighed)
    return chosen if weight > 0 else ""


@lru_cache(maxsize=256)
def types_of(accept: str) -> dict[str, str]:
    """For each kind of result the media type that the header likes best; empty where it likes none."""
    return {
        "table": best(accept, tuple(TABLES)),
        "answer": best(accept, tuple(ANSWERS)),
        "triples": best(accept, tuple(GRAPHS)),
    }


def content_type(media_type: str) -> str:
    """The media type for the header, with its character set where it is text."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _range(text: str) -> tuple[str, float]:
    """A media range and its weight, which is 0 where it cannot be read."""
    name, *parameters = (part.strip() for part in text.lower().split(";"))
    weight = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(weight)))
    except ValueError:
        return name, 0.0


def _weight(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    """The weight of a media type: that of the most specific range that covers it."""
    found = dict(ranges)
    for name in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        if name in found:
            return found[name]
    return 0.0
