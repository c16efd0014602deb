"""`make demo` the second time: seconds to the first page."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from benchmarks.measuring import median
from benchmarks.results import Goal, Result
from benchmarks.server import FOLDER

_CHECKOUT = Path(__file__).resolve().parent.parent
_WITHIN = 900.0
BOUND = 10.0


def measure(rounds: int) -> Result:
    start = time.perf_counter()
    subprocess.run(
        ["make", "demo", "ARGS=--no-serve"],
        cwd=_CHECKOUT,
        env=_environment(_free_port()),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    first = time.perf_counter() - start
    again = [_seconds_to_first_page() for _ in range(rounds)]
    rows = [
        ("all but serving, from what was left of the run before", f"{first:.1f} s"),
        ("again", f"{median(again):.1f} s"),
    ]
    goals = [Goal("the second time", median(again), BOUND, " s")]
    return Result("make demo, from the command to the first page", ("when", "time"), rows, goals)


def _seconds_to_first_page() -> float:
    port = _free_port()
    start = time.perf_counter()
    demo = subprocess.Popen(
        ["make", "demo"], cwd=_CHECKOUT, env=_environment(port), stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not _answers(port):
            if demo.poll() is not None or time.perf_counter() - start > _WITHIN:
                raise AssertionError("the demo did not come up")
            time.sleep(0.02)
        return time.perf_counter() - start
    finally:
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait()


def _environment(port: int) -> dict[str, str]:
    return {**os.environ, "FRAMDRIFT_DATA": str(FOLDER / "demo"), "PORT": str(port)}


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/logg-inn/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
