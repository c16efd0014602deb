"""Other processes that use a server, as a demo or a test run beside ours would."""

import subprocess
import sys
from pathlib import Path

HOLD = """
import pathlib, sys
from framdrift.database import running
with running(pathlib.Path(sys.argv[1])) as server:
    import psycopg
    print(psycopg.connect(server.url).execute("SELECT 'ready'").fetchone()[0], flush=True)
    sys.stdin.read()
"""
"""Uses the server until its standard input is closed."""


def python(code: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment or None,
    )


def holder(data: Path) -> subprocess.Popen[str]:
    return python(HOLD, data)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def leave(process: subprocess.Popen[str]) -> int:
    process.communicate()
    return process.returncode
