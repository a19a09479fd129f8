"""Where the stones of an arch lie, and how long a bar is. Pure numbers; templates make them SVG attributes.

The drawing is 320 wide; the arch stands on y = 178 with its middle at x = 160. Stones run from the left foot
over the top to the right foot, so an angle starts at π and falls to 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

CENTRE_X, CENTRE_Y = 160.0, 178.0
OUTER, INNER, MIDDLE = 142.0, 106.0, 124.0
JOINT = {6: 1.4 / OUTER, 12: 1.6 / OUTER}
LABEL_COVERED = 0.7
STATES = frozenset({"laid", "part", "todo", "void", "gap", "last"})
TOP_OF_ARCH = 33.0
BOTTOM = 184.0
LABEL_ROOM = 42.0  # the word for today, beside its pin, without leaving the drawing


@dataclass(frozen=True)
class StoneShape:
    """One stone as drawn: outline, the laid part of it (state `part` only), and the middle for its label."""

    state: str
    outline: str
    over: str
    x: str
    y: str
    label: str
    mostly: bool = False
    """Whether the laid part reaches under the label, which then takes the colour of labels on laid stones."""


@dataclass(frozen=True)
class Pin:
    """Today on the arch. Without room beside the feet the word is left out; the text below says it."""

    line: str
    x: str
    y: str
    text_x: str
    text_y: str
    anchor: str
    worded: bool


def point(radius: float, angle: float) -> tuple[float, float]:
    return CENTRE_X + radius * cos(angle), CENTRE_Y - radius * sin(angle)


def segment(start: float, end: float) -> str:
    """Path of a piece of the arch between two angles, outer edge first."""
    (ax, ay), (bx, by) = point(OUTER, start), point(OUTER, end)
    (cx, cy), (dx, dy) = point(INNER, end), point(INNER, start)
    return (
        f"M{ax:.1f} {ay:.1f}A{OUTER:.0f} {OUTER:.0f} 0 0 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{INNER:.0f} {INNER:.0f} 0 0 0 {dx:.1f} {dy:.1f}Z"
    )


@lru_cache(maxsize=64)
def place(index: int, count: int) -> tuple[float, float, str, str, str]:
    """Where a stone lies: its two angles, its outline, its middle. Few arches are drawn, again and again."""
    step = pi / count
    joint = JOINT.get(count, 0.06 * step)
    start, end = pi - index * step - joint, pi - (index + 1) * step + joint
    x, y = point(MIDDLE, (start + end) / 2)
    return start, end, segment(start, end), f"{x:.1f}", f"{y:.1f}"


def stone(index: int, count: int, state: str, fraction: float, label: str) -> StoneShape:
    """The stone number `index` (from 0) of `count`; `fraction` is read for state `part` alone."""
    if state not in STATES:
        raise ValueError(f"unknown state of a stone: {state}")
    start, end, outline, x, y = place(index, count)
    laid = start + (end - start) * min(1.0, max(0.0, fraction))
    over = segment(start, laid) if state == "part" else ""
    return StoneShape(state, outline, over, x, y, label, state == "part" and fraction >= LABEL_COVERED)


def pin(position: float) -> Pin:
    """Today at `position` between the left foot (0) and the right one (1)."""
    angle = pi - pi * min(1.0, max(0.0, position))
    (ax, ay), (bx, by) = point(148, angle), point(134, angle)
    (x, y), (tx, ty) = point(149, angle), point(160, angle)
    side = cos(angle)
    anchor = "middle" if abs(side) < 0.06 else ("end" if side < 0 else "start")
    worded = LABEL_ROOM <= tx <= 320 - LABEL_ROOM
    return Pin(
        f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}",
        f"{x:.1f}",
        f"{y:.1f}",
        f"{tx:.1f}",
        f"{ty:.1f}",
        anchor,
        worded,
    )


def view_box(today: Pin | None) -> str:
    """As low as the arch allows, higher where the word for today stands on top."""
    top = TOP_OF_ARCH
    if today is not None:
        top = min(top, float(today.text_y) - 16 if today.worded else float(today.y) - 8)
    return f"0 {top:.0f} 320 {BOTTOM - top:.0f}"


def share(value: float, most: float) -> float:
    """Per cent of `most`, held between 0 and 100; of nothing it is 0."""
    return 0.0 if most <= 0 else min(100.0, max(0.0, 100.0 * value / most))
