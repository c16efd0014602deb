"""`framdrift manage`: Django's own commands, with our settings."""

from __future__ import annotations

import typer

_EVERYTHING = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def register(app: typer.Typer) -> None:
    app.command("manage", context_settings=_EVERYTHING)(manage)


def manage(context: typer.Context) -> None:
    """Django's commands: migrate, createsuperuser, shell, … (`framdrift manage help` lists them)."""
    import os

    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "framdrift.site.settings")
    execute_from_command_line(["framdrift manage", *context.args])
