"""The `framdrift` command. Each module here is one command; what it needs is imported when it runs."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from framdrift.database import ServerError
from framdrift.events.errors import UserError

_COMMANDS = (
    "conformity",
    "explain",
    "simulate",
    "journal",
    "figures",
    "release",
    "imports",
    "demo",
    "serve",
    "staff",
    "database",
    "manage",
)
USER_ERROR = 2


def framdrift() -> None:
    """Follow-up of job-seekers, and whether it is in accordance with its intention."""


def main() -> None:
    """Runs the command. What the user can mend ends in one sentence and exit code 2, never in a traceback."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(framdrift)
    for name in _COMMANDS:
        import_module(f"framdrift.cli.{name}").register(app)
    try:
        app()
    except (UserError, ServerError) as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(USER_ERROR)
    except BrokenPipeError:
        # The reader of our output has seen enough.
        sys.stderr.close()
