"""`framdrift staff`: what an administrator of the installation does about how employees log in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from framdrift.cli.records import reach_records
from framdrift.events import UserError

if TYPE_CHECKING:
    from framdrift.casework.offices.models import Staff

Code = Annotated[str, typer.Argument(help="The employee's code or username.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="How employees log in.", no_args_is_help=True)
    group.command("password")(password)
    group.command("unlink")(unlink)
    app.add_typer(group, name="staff")


def password(code: Code) -> None:
    """Give an employee a password, asked for twice. Needed where no provider of logins can be had yet."""
    staff = _employee(code)
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from framdrift.casework.access.logins import set_password

    given = typer.prompt(f"Password for {staff.name}", hide_input=True, confirmation_prompt=True)
    try:
        validate_password(given)
    except ValidationError as error:
        raise UserError(f"The password was not taken: {' '.join(error.messages)} Nothing is changed.") from error
    set_password(staff=staff, password=given)
    typer.echo(f"{staff.name} has a new password. Sessions that run on the former one have ended.")
    _say_if_it_is_off()


def unlink(code: Code) -> None:
    """Forget which identity at the provider an employee logged in with, and log it out; the next one that names them takes its
    place. A password that they had opens nothing more either."""
    staff = _employee(code)
    from allauth.socialaccount.models import SocialAccount

    from framdrift.casework.access.logins import end_sessions

    forgotten, _ = SocialAccount.objects.filter(user__staff=staff).delete()
    if not forgotten:
        raise UserError(f"{staff.name} has not logged in by a provider. There is nothing to forget.")
    end_sessions(staff=staff)
    typer.echo(
        f"{staff.name} is logged out everywhere, and has no password. "
        "The next identity at the provider that names them logs in as them."
    )


def _employee(code: str) -> Staff:
    reach_records("framdrift_owner")
    from framdrift.casework.offices.queries import staff_by_code, staff_by_username

    staff = staff_by_code(code) or staff_by_username(code)
    if staff is None:
        raise UserError(
            f"{code}: no employee has that code or username. They are listed on the office's page of staff."
        )
    return staff


def _say_if_it_is_off() -> None:
    from django.conf import settings

    if not settings.ENVIRONMENT.password_login:
        typer.echo("Logging in by password is off here. Serve with FRAMDRIFT_PASSWORD_LOGIN=1 to switch it on.")
