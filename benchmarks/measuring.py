"""Runs of a command in a process of its own: seconds on the clock, seconds of processor, most memory ever resident."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Run:
    """``peak`` is in bytes, ``processor`` counts all threads and children."""

    seconds: float
    processor: float
    peak: int
    output: str


def run(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Runs ``python arguments`` to its end; what goes wrong there ends the benchmark."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=output, env={**os.environ, **(environment or {})}
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, arguments)
        output.seek(0)
        # Linux counts kilobytes, macOS bytes.
        peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return Run(seconds, used.ru_utime + used.ru_stime, peak, output.read())


def interleaved(rounds: int, *kinds: Callable[[], Found]) -> list[list[Found]]:
    """A B A B …: what else the machine is doing falls on both alike. The results of each kind."""
    results: list[list[Found]] = [[] for _ in kinds]
    for _ in range(rounds):
        for kind, found in zip(kinds, results, strict=True):
            found.append(kind())
    return results


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that at least ``share`` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
