"""`make bench`: what issue and contract ask of speed and memory, each figure beside a peer or a bound in the same run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import demo, loading, one_case, pages, people, results, whole_log

BENCHMARKS = {
    "log": whole_log.measure,
    "case": one_case.measure,
    "load": loading.measure,
    "pages": pages.measure,
    "people": people.measure,
    "demo": demo.measure,
}


def main() -> int:
    """Exit code 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("which", nargs="*", metavar="WHICH", help=f"{', '.join(BENCHMARKS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run, in turn with its peer")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the figures into this Markdown file")
    asked = parser.parse_args()
    if unknown := set(asked.which) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    about = f"Measured on {results.machine()}; {asked.rounds} rounds."
    print(about, flush=True)
    found = {}
    for name, measure in BENCHMARKS.items():
        if name in (asked.which or BENCHMARKS):
            found[name] = measure(asked.rounds)
            print("", *found[name].lines(), sep="\n", flush=True)
    if asked.write:
        results.write(asked.write, about, found)
    return 0 if all(goal.is_kept for result in found.values() for goal in result.goals) else 1


if __name__ == "__main__":
    sys.exit(main())
