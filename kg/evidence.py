"""The reasons of a claim in the graph: numbered, since a set of values has no order, and read back in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"(\d+)\. (.*)", re.DOTALL)


def numbered(reasons: Iterable[str]) -> tuple[str, ...]:
    """Reasons as the graph holds them, in the order in which they were applied: "1. Planned: future livrera"."""
    return tuple(f"{number}. {reason}" for number, reason in enumerate(reasons, 1))


def ordered(values: Iterable[str]) -> tuple[str, ...]:
    """The reasons of values from the graph, in their order and without their numbers; unnumbered ones come last."""
    pairs = []
    for value in values:
        match = _NUMBERED.fullmatch(value)
        pairs.append((int(match[1]), match[2]) if match else (10**6, value))
    return tuple(reason for _, reason in sorted(pairs))
