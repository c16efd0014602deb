"""Geometry of the figures that are drawn in SVG: whole numbers and ready texts, so that no locale writes a comma
into a path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BAR_WIDTH, BAR_HEIGHT = 200, 16
SPARK_WIDTH, SPARK_HEIGHT = 104, 30
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 400, 14, 204
_LABEL_GAP = 17


@dataclass(frozen=True, slots=True)
class Bar:
    """A share as a bar with a tick at each limit."""

    yardstick: str
    filled: int
    limits: str

    @classmethod
    def of(cls, part: int, whole: int, yardstick: str, limits: Sequence[float]) -> Bar:
        filled = part * BAR_WIDTH // whole if whole else 0
        return cls(yardstick, filled, " ".join(f"M{round(limit * BAR_WIDTH)} 1V{BAR_HEIGHT - 1}" for limit in limits))


@dataclass(frozen=True, slots=True)
class Spark:
    """The shape of a development; the text beside it gives the change."""

    points: str
    end_x: int
    end_y: int

    @classmethod
    def of(cls, shares: Sequence[float | None]) -> Spark | None:
        known = [(place, share) for place, share in enumerate(shares) if share is not None]
        if len(known) < 2:
            return None
        step = (SPARK_WIDTH - 8) / max(len(shares) - 1, 1)
        places = [
            (round(2 + place * step), round(SPARK_HEIGHT - 3 - share * (SPARK_HEIGHT - 6))) for place, share in known
        ]
        return cls(" ".join(f"{x},{y}" for x, y in places), *places[-1])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: a share for each column, None where there is nothing to show."""

    name: str
    yardstick: str
    shares: Sequence[float | None]
    last: str


@dataclass(frozen=True, slots=True)
class Drawn:
    yardstick: str
    segments: tuple[str, ...]
    dots: tuple[tuple[int, int], ...]
    label: str
    label_y: int


@dataclass(frozen=True, slots=True)
class Mark:
    y: int
    text: str
    is_limit: bool


@dataclass(frozen=True, slots=True)
class Column:
    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Shares over time. Every line is named at its end, and has a dash of its own, so that colour is not needed."""

    title: str
    lines: tuple[Drawn, ...]
    marks: tuple[Mark, ...]
    columns: tuple[Column, ...]
    left: int = _LEFT
    right: int = _RIGHT
    label_x: int = _RIGHT + 10

    @classmethod
    def of(cls, title: str, columns: Sequence[str], lines: Sequence[Line], limits: Sequence[float]) -> Chart:
        step = (_RIGHT - _LEFT) / max(len(columns) - 1, 1)
        xs = [round(_LEFT + place * step) for place in range(len(columns))]
        drawn = [_draw(line, xs) for line in lines]
        heights = [0.0, *limits, 1.0]
        marks = tuple(Mark(_y(height), f"{round(height * 100)}", height in limits) for height in heights)
        every = max(1, -(-len(columns) // 5))
        shown = tuple(
            Column(x, text)
            for place, (x, text) in enumerate(zip(xs, columns, strict=True))
            if (len(columns) - 1 - place) % every == 0
        )
        return cls(title, _apart(drawn), marks, shown)


def _y(share: float) -> int:
    return round(_BOTTOM - share * (_BOTTOM - _TOP))


def _draw(line: Line, xs: Sequence[int]) -> Drawn:
    segments: list[list[tuple[int, int]]] = [[]]
    for x, share in zip(xs, line.shares, strict=True):
        if share is None:
            segments.append([])
        else:
            segments[-1].append((x, _y(share)))
    filled = [segment for segment in segments if segment]
    alone = tuple(segment[0] for segment in filled if len(segment) == 1)
    end = (filled[-1][-1],) if filled else ()
    paths = tuple(" ".join(f"{x},{y}" for x, y in segment) for segment in filled if len(segment) > 1)
    return Drawn(
        line.yardstick,
        paths,
        tuple(dict.fromkeys(alone + end)),
        f"{line.name} {line.last}",
        end[0][1] if end else _BOTTOM,
    )


def _apart(lines: Sequence[Drawn]) -> tuple[Drawn, ...]:
    """The lines with their labels moved so far apart that they can be read, in the order of their ends."""
    placed: list[Drawn] = []
    for line in sorted(lines, key=lambda each: each.label_y):
        lowest = placed[-1].label_y + _LABEL_GAP if placed else line.label_y
        placed.append(Drawn(line.yardstick, line.segments, line.dots, line.label, max(line.label_y, lowest)))
    return tuple(placed)
