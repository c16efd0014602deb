"""What start-up refuses: a configuration that would let somebody in, or past the database's second wall."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from framdrift.site.environment import LOOPBACK, Demo, OpenID

SHORTEST_SECRET_KEY = 50


@register(Tags.security)
def check_debug(**_: Any) -> list[CheckMessage]:
    """Debug pages show settings and records. They silence no other check: a demo login stays one."""
    if not settings.DEBUG or set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return []
    return [
        Error(
            "Debug pages show what the server holds, and this server answers to other machines.",
            hint="Unset FRAMDRIFT_DEBUG, or leave only this machine's names in FRAMDRIFT_ALLOWED_HOSTS.",
            id="framdrift.E007",
        )
    ]


@register(Tags.security)
def check_demo_login(**_: Any) -> list[CheckMessage]:
    if settings.ENVIRONMENT.demo != Demo.LOCAL or set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return []
    return [
        Error(
            "The demo login lets anybody in without a password, and this server answers to other machines.",
            hint="Unset FRAMDRIFT_DEMO; for a demo that is meant for everybody set FRAMDRIFT_DEMO=public.",
            id="framdrift.E001",
        )
    ]


@register(Tags.security)
def check_secret_key(**_: Any) -> list[CheckMessage]:
    key = settings.ENVIRONMENT.secret_key  # Django's own setting cannot be read where it is empty
    if len(key) >= SHORTEST_SECRET_KEY and len(set(key)) > 5 and not key.startswith("django-insecure-"):
        return []
    return [
        Error(
            f"The secret key is missing or weak: it needs {SHORTEST_SECRET_KEY} random characters.",
            hint='Set FRAMDRIFT_SECRET_KEY, e.g. to the output of: python -c "import secrets; '
            'print(secrets.token_urlsafe(64))"',
            id="framdrift.E002",
        )
    ]


@register(Tags.security)
def check_hosts(**_: Any) -> list[CheckMessage]:
    if settings.ALLOWED_HOSTS and not any("*" in host for host in settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            "The server would answer to any host name, or to none.",
            hint="List its names in FRAMDRIFT_ALLOWED_HOSTS, separated by commas, without *.",
            id="framdrift.E003",
        )
    ]


@register(Tags.security)
def check_cookies(**_: Any) -> list[CheckMessage]:
    if set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return []
    if settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE:
        return []
    return [
        Error(
            "Session and CSRF cookies would travel unencrypted to other machines.",
            hint="Serve by HTTPS and leave FRAMDRIFT_HTTPS unset, or set it to 1.",
            id="framdrift.E004",
        )
    ]


@register(Tags.security)
def check_password_login(**_: Any) -> list[CheckMessage]:
    served_openly = not settings.SESSION_COOKIE_SECURE and not set(settings.ALLOWED_HOSTS) <= LOOPBACK
    if not (settings.ENVIRONMENT.password_login and served_openly):
        return []
    return [
        Error(
            "Passwords would travel unencrypted to this server from other machines.",
            hint="Serve by HTTPS and leave FRAMDRIFT_HTTPS unset, or unset FRAMDRIFT_PASSWORD_LOGIN.",
            id="framdrift.E008",
        )
    ]


@register(Tags.security)
def check_providers(**_: Any) -> list[CheckMessage]:
    """Half a provider lets nobody in; one that is reached by HTTP could be anybody on the way there."""
    described = (
        ("FRAMDRIFT_STAFF", settings.ENVIRONMENT.staff_login),
        ("FRAMDRIFT_CITIZENS", settings.ENVIRONMENT.citizens_login),
    )
    return [fault for prefix, openid in described if openid is not None for fault in _faults_of(prefix, openid)]


def _faults_of(prefix: str, openid: OpenID) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    if not openid.is_complete:
        faults.append(
            Error(
                "A login provider is described in part, and would let nobody in.",
                hint=f"Set {prefix}_SERVER, {prefix}_CLIENT and {prefix}_SECRET, or none of them.",
                id="framdrift.E009",
            )
        )
    address = urlsplit(openid.server)
    if openid.server and address.scheme != "https" and address.hostname not in LOOPBACK:
        faults.append(
            Error(
                f"{prefix}_SERVER is not reached by HTTPS: whoever is on the way could log in as anybody.",
                hint=f"Write {prefix}_SERVER with https://.",
                id="framdrift.E010",
            )
        )
    return faults


@register(Tags.security)
def check_real_numbers(**_: Any) -> list[CheckMessage]:
    if not (settings.ENVIRONMENT.real_numbers and settings.ENVIRONMENT.demo):
        return []
    return [
        Error(
            "A demonstration, where anybody logs in as anybody, would take the numbers of living people.",
            hint="Unset FRAMDRIFT_REAL_NUMBERS or FRAMDRIFT_DEMO.",
            id="framdrift.E011",
        )
    ]


@register(Tags.database)
def check_database_role(databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The role that serves must be bound by row-level security: no superuser, no BYPASSRLS, owner of nothing.

    A member that inherits an owner's privileges counts as the owner: PostgreSQL lets it alter the tables as well.
    Judged is the role that the settings name, not the one of this moment: `migrate` runs these checks as the owner.
    """
    return [message for alias in databases or () for message in _role_messages(alias)]


def _role_messages(alias: str) -> list[CheckMessage]:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                """
                SELECT rolname, rolsuper, rolbypassrls,
                       (SELECT count(*) FROM pg_class
                        WHERE NOT rolsuper AND relkind IN ('r', 'p', 'v', 'm')
                          AND pg_has_role(pg_roles.oid, relowner, 'USAGE'))
                FROM pg_roles WHERE rolname = coalesce(nullif(%s, ''), session_user)
                """,
                [settings.ENVIRONMENT.database_role],
            )
            row = cursor.fetchone()
    except DatabaseError as error:
        return [
            Error(
                f"The database cannot be asked what its role may do: {' '.join(str(error).split())}",
                hint="See that the server runs, and make its roles with: framdrift manage migrate",
                id="framdrift.E006",
            )
        ]
    if row is None:
        return [
            Error(
                f"The database has no role {settings.ENVIRONMENT.database_role}.",
                hint="Make the roles with: framdrift manage migrate",
                id="framdrift.E006",
            )
        ]
    role, superuser, bypasses, owned = row
    faults = [
        text
        for fault, text in (
            (superuser, "is a superuser"),
            (bypasses, "passes row-level security by"),
            (owned, f"owns {owned} tables, itself or as a member of their owner"),
        )
        if fault
    ]
    if not faults:
        return []
    return [
        Error(
            f"The database role {role} {' and '.join(faults)}: row-level security would not bind it.",
            hint="Serve as framdrift_web: leave FRAMDRIFT_DATABASE_ROLE unset.",
            id="framdrift.E005",
        )
    ]


def refuse_unsafe() -> None:
    """Called before anything is served. Needs the database: a role is judged by what the server says of it."""
    errors = [
        message
        for message in run_checks(tags=[Tags.security, Tags.database], databases=["default"])
        if message.is_serious()
    ]
    if errors:
        raise ImproperlyConfigured("\n".join(f"{error.id}: {error.msg} {error.hint or ''}" for error in errors))
