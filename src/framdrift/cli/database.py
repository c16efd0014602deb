"""`framdrift database`: the embedded PostgreSQL server, seen and steered from outside."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The embedded PostgreSQL server.", no_args_is_help=True)
    group.command("start")(start)
    group.command("stop")(stop)
    group.command("status")(status)
    group.command("url")(url)
    group.command("prepare")(prepare)
    app.add_typer(group, name="database")


def start() -> None:
    """Start the embedded server and let it run on until `framdrift database stop`."""
    from framdrift.database import keep

    typer.echo(keep().url)


def stop() -> None:
    """Stop the embedded server; one that is in use stops when its last user leaves."""
    from framdrift.database import release

    typer.echo("stopped" if release() else "in use: stops when its last user leaves")


def status() -> None:
    """Say where the embedded server lives, whether it runs, and whether somebody uses it."""
    from framdrift.database import status as current

    now = current()
    typer.echo(f"folder   {now.home.folder}")
    typer.echo(f"process  {now.process or 'not running'}")
    typer.echo(f"in use   {'yes' if now.in_use else 'no'}")
    typer.echo(f"kept     {'yes, until `framdrift database stop`' if now.kept else 'no'}")


def url() -> None:
    """Print the server's address, for psql and the like. It must be running: `framdrift database start`."""
    import os

    from framdrift.database import Server, ServerError
    from framdrift.database import status as current

    named = os.environ.get("DATABASE_URL")
    now = current()
    if not named and now.process is None:
        raise ServerError("The embedded server does not run: framdrift database start")
    typer.echo(named or Server(now.home).url)


def prepare() -> None:
    """Make Framdrift's roles and database on the server that DATABASE_URL names, as one of its administrators."""
    from framdrift.database import database_url
    from framdrift.database import prepare as prepare_server

    prepare_server(database_url())
    typer.echo("roles and database are there")
