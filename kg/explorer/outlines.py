"""The map of the world: outlines of the states from static/world.json, and where a label stands in each."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

FILE = Path(__file__).resolve().parents[2] / "static" / "world.json"
ADDRESS = "app/static/world.json"
"""Where Streamlit serves it."""
Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]


@cache
def label_points() -> dict[str, Point]:
    """Longitude and latitude of the middle of the largest part of each state's outline, by the state's code."""
    world: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    arcs = [_decoded(arc, world["transform"]) for arc in world["arcs"]]
    points: dict[str, Point] = {}
    for shape in world["objects"]["countries"]["geometries"]:
        code = shape["properties"].get("state")
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        if code:
            points[code] = _centre(
                max((_ring(arcs, polygon[0]) for polygon in polygons), key=lambda ring: abs(_area(ring)))
            )
    return points


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """An arc of TopoJSON, whose points are differences on a grid, in degrees."""
    x = y = 0
    points = []
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    for right, up in arc:
        x, y = x + right, y + up
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points


def _ring(arcs: list[Ring], numbers: list[int]) -> Ring:
    """A closed line of several arcs; the complement of a number means the arc the other way round.

    Where it crosses the 180th meridian, its longitudes go on beyond 180.
    """
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        for x, y in arc[1:] if ring else arc:
            turned = round((ring[-1][0] - x) / 360) * 360 if ring else 0
            ring.append((x + turned, y))
    return ring


def _area(ring: Ring) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


def _centre(ring: Ring) -> Point:
    """The centre of mass of a ring."""
    area = _area(ring) or 1.0
    products = [((x + u) * (x * v - u * y), (y + v) * (x * v - u * y)) for (x, y), (u, v) in pairwise(ring)]
    longitude, latitude = (sum(each[axis] for each in products) / (6 * area) for axis in (0, 1))
    return (longitude + 180) % 360 - 180, latitude
