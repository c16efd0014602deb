"""What a benchmark found, as lines on the terminal and as the generated part of docs/performance.md."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

BEGIN = "<!-- written by `python -m benchmarks --write`: do not edit below this line -->"
END = "<!-- end of what is written by the benchmarks -->"


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound and what was found; ``found`` must be no more than ``bound``."""

    what: str
    found: float
    bound: float
    unit: str = ""

    @property
    def is_kept(self) -> bool:
        return self.found <= self.bound

    def __str__(self) -> str:
        kept = "kept" if self.is_kept else "MISSED"
        return f"{self.what}: {self.found:.2f}{self.unit}, at most {self.bound:g}{self.unit}: {kept}"


@dataclass(frozen=True, slots=True)
class Result:
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    goals: Sequence[Goal] = field(default_factory=list)

    def lines(self) -> list[str]:
        """As Markdown, which reads on a terminal too."""
        widths = [max(len(row[place]) for row in [self.headings, *self.rows]) for place in range(len(self.headings))]
        table = [self.headings, ["-" * width for width in widths], *self.rows]
        cells = (" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table)
        return [f"### {self.title}", "", *(f"| {row} |" for row in cells), "", *(f"- {goal}" for goal in self.goals)]


def machine() -> str:
    """What the figures were measured on, without the machine's name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    made_of = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "django", "psycopg"))
    return (
        f"{datetime.now(UTC).date()}, {_processor()}, {os.cpu_count()} processors, {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}, {made_of}, "
        f"load before the run {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def write(path: Path, about: str, results: Mapping[str, Result]) -> None:
    """Puts each result, by the name of its benchmark, between the two marks of a Markdown file: in the place of the one
    before, or after the last. Those of benchmarks that were not run stay, with what they were measured on.
    """
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    inner, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} lacks the marks between which results are written")
    sections = dict(_SECTION.findall(inner)) | {
        name: "\n".join([*result.lines(), "", about]) for name, result in results.items()
    }
    kept = "\n\n".join(f"<!-- {name} -->\n\n{section.strip()}" for name, section in sections.items())
    path.write_text(f"{before}{BEGIN}\n\n{kept}\n\n{END}{after}", encoding="utf-8")


_SECTION = re.compile(r"<!-- (\w+) -->\n(.*?)(?=\n<!-- \w+ -->\n|\Z)", re.DOTALL)
