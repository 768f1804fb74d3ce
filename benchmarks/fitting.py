"""Logistic regression for the figures that the lexicon holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy

BASE = "base"
"""The trait that everything has; it is hardly drawn to nothing."""
_STEPS = 50
_SMALL = 1e-7


def logistic(
    traits: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    *,
    ridge: float,
    base_ridge: float = 0.01,
    importance: Sequence[float] | None = None,
) -> dict[str, float]:
    """The weight of each trait in the log-odds of being right, by Newton's method, drawn to nothing by `ridge`.

    `importance` says how much each observation counts; by default all count as one. There is at least one observation.
    """
    names = sorted({name for each in traits for name in each})
    place = {name: index for index, name in enumerate(names)}
    inputs = numpy.zeros((len(traits), len(names)))
    for row, each in enumerate(traits):
        for name, value in each.items():
            inputs[row, place[name]] = value
    truth = numpy.array(right, dtype=float)
    counts = numpy.ones(len(traits)) if importance is None else numpy.array(importance)
    drawn = numpy.array([base_ridge if name == BASE else ridge for name in names])
    weights = numpy.zeros(len(names))
    for _ in range(_STEPS):
        share = 1 / (1 + numpy.exp(-inputs @ weights))
        slope = inputs.T @ (counts * (truth - share)) - drawn * weights
        curve = (inputs * (counts * share * (1 - share))[:, None]).T @ inputs + numpy.diag(drawn)
        step = numpy.linalg.solve(curve, slope)
        weights += step
        if numpy.abs(step).max() < _SMALL:
            break
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}
