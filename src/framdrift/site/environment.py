"""Reading the environment: every setting that differs from one installation to the next has its name here."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from framdrift.database import data_folder

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
EMBEDDED_DATABASE = "framdrift"


class Demo(StrEnum):
    """Whether one may log in as a persona, without a password.

    `LOCAL` holds on this machine only; `PUBLIC` says that whoever reaches the server may, and has to be written out.
    """

    OFF = ""
    LOCAL = "1"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class OpenID:
    """One provider of logins (docs/login.md): where it is, what we are to it, and which of its claims say what.

    `levels` are the levels of assurance (`acr`) that are high enough; none means that whatever it lets in is.
    """

    name: str
    server: str
    client: str
    secret: str
    levels: tuple[str, ...]
    who: str
    roles: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.server and self.client and self.secret and self.who)


@dataclass(frozen=True, slots=True)
class Environment:
    debug: bool
    demo: Demo
    allowed_hosts: list[str]
    trusted_origins: list[str]
    secret_key: str
    https: bool
    database_url: str | None
    database_role: str
    staff_login: OpenID | None = None
    citizens_login: OpenID | None = None
    password_login: bool = False
    real_numbers: bool = False
    proxies: int = 0

    @property
    def this_machine_only(self) -> bool:
        return set(self.allowed_hosts) <= LOOPBACK


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    hosts = _list(variables.get("FRAMDRIFT_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]"))
    database_url = variables.get("DATABASE_URL") or None
    return Environment(
        debug=_yes(variables, "FRAMDRIFT_DEBUG", default=False),
        demo=_demo(variables.get("FRAMDRIFT_DEMO", "")),
        allowed_hosts=hosts,
        trusted_origins=_list(variables.get("FRAMDRIFT_TRUSTED_ORIGINS", "")),
        # A server of one's own keeps its key beside its data; one named from outside must be given its key.
        secret_key=variables.get("FRAMDRIFT_SECRET_KEY") or ("" if database_url else _kept_secret_key()),
        https=_yes(variables, "FRAMDRIFT_HTTPS", default=not set(hosts) <= LOOPBACK),
        database_url=database_url,
        database_role=variables.get("FRAMDRIFT_DATABASE_ROLE", "framdrift_web"),
        staff_login=_openid(variables, "FRAMDRIFT_STAFF", name="", who="preferred_username", roles="roles", levels=""),
        citizens_login=_openid(
            variables, "FRAMDRIFT_CITIZENS", name="ID-porten", who="pid", roles="", levels="idporten-loa-high"
        ),
        password_login=_yes(variables, "FRAMDRIFT_PASSWORD_LOGIN", default=False),
        real_numbers=_yes(variables, "FRAMDRIFT_REAL_NUMBERS", default=False),
        proxies=_count(variables, "FRAMDRIFT_PROXIES"),
    )


def _openid(
    variables: Mapping[str, str], prefix: str, *, name: str, who: str, roles: str, levels: str
) -> OpenID | None:
    """None where none of its address, client and secret is given; where some are, start-up asks for the rest."""
    server, client, secret = (variables.get(f"{prefix}_{part}", "").strip() for part in ("SERVER", "CLIENT", "SECRET"))
    if not (server or client or secret):
        return None
    return OpenID(
        name=variables.get(f"{prefix}_NAME", name).strip(),
        server=server.rstrip("/"),
        client=client,
        secret=secret,
        levels=tuple(variables.get(f"{prefix}_ACR", levels).replace(",", " ").split()),
        who=variables.get(f"{prefix}_CLAIM", who).strip(),
        roles=variables.get(f"{prefix}_ROLES_CLAIM", roles).strip() if roles else "",
    )


def database(environment: Environment) -> dict[str, Any]:
    """Django's description of the database. Without `DATABASE_URL` the server is found, and started, on connecting."""
    named: dict[str, Any] = {"dbname": EMBEDDED_DATABASE}
    if environment.database_url:
        try:
            named = dict(conninfo_to_dict(environment.database_url))
        except ProgrammingError as error:
            raise ImproperlyConfigured(f"DATABASE_URL is no PostgreSQL address: {error}") from error
    options = {key: value for key, value in named.items() if key not in _DJANGO_KEYS}
    options["options"] = f"{named.get('options', '')} {role_option(environment.database_role)}".strip()
    return {
        "ENGINE": "framdrift.site.postgresql",
        **{django: str(named.get(libpq) or "") for libpq, django in _DJANGO_KEYS.items()},
        "EMBEDDED": environment.database_url is None,
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": True,
    }


def role_option(role: str) -> str:
    """libpq's option by which a connection takes on a role; none means the login itself."""
    return f"-c role={role}" if role else ""


_DJANGO_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def _yes(variables: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = variables.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")
    return default


def _count(variables: Mapping[str, str], name: str) -> int:
    value = variables.get(name, "").strip() or "0"
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a number, 0 or more.")
    return int(value)


def _demo(value: str) -> Demo:
    value = value.strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return Demo.LOCAL
    if value in {"", "0", "false", "no", "off"}:
        return Demo.OFF
    if value == Demo.PUBLIC:
        return Demo.PUBLIC
    raise ImproperlyConfigured(f"FRAMDRIFT_DEMO is {value!r}: write 1 (this machine only), public or 0.")


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _kept_secret_key() -> str:
    """The key of this installation, made once. Linked into place whole: another process never reads half a key."""
    folder = data_folder()
    path = folder / "secret_key"
    try:
        if not path.exists():
            _make_folders(folder)
            draft = folder / f".secret_key-{secrets.token_hex(8)}"
            draft.touch(mode=0o600, exist_ok=False)
            draft.write_text(secrets.token_urlsafe(64))
            with suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"No secret key can be kept in {folder} ({error.strerror}): set FRAMDRIFT_SECRET_KEY, "
            "or name another folder in FRAMDRIFT_DATA."
        ) from error


def _make_folders(folder: Path) -> None:
    """Passable for the database server's account where we are root (it is not us then), closed otherwise."""
    if folder.exists():
        return
    _make_folders(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir()
        folder.chmod(0o755 if os.geteuid() == 0 else 0o700)
