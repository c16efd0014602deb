"""Starting the process that computes figures: apart from the web server, so that no request waits for it."""

from __future__ import annotations

import subprocess
import sys
import uuid


def start_computing(report: uuid.UUID) -> None:
    """Starts ``framdrift figures --report`` and lets go of it. What it does stands in the report's row, also if it
    dies.
    """
    subprocess.Popen(  # noqa: S603  (our own command, and an id that the database made)
        [sys.executable, "-m", "framdrift.cli", "figures", "--report", str(report)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
