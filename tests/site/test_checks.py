"""Start-up refuses a configuration that lets somebody in."""

import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from framdrift.site import checks, environment
from framdrift.site.environment import Demo

NAMES = ["framdrift.example.no"]
STRONG = "".join(chr(33 + place) for place in range(60))


@pytest.fixture
def production(settings):
    """A sound configuration that answers to other machines; each test makes one thing unsound."""
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = NAMES
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, secret_key=STRONG, demo=Demo.OFF)
    return settings


@pytest.mark.django_db
def test_a_sound_configuration_starts(production):
    checks.refuse_unsafe()


def refusals():
    found = [
        check()
        for check in (
            checks.check_debug,
            checks.check_demo_login,
            checks.check_secret_key,
            checks.check_hosts,
            checks.check_cookies,
            checks.check_password_login,
            checks.check_providers,
            checks.check_real_numbers,
        )
    ]
    return [message.id for messages in found for message in messages]


def test_the_demo_login_is_for_this_machine_or_knowingly_for_all(production):
    production.ENVIRONMENT = replace(production.ENVIRONMENT, demo=Demo.LOCAL)
    assert refusals() == ["framdrift.E001"]
    production.ENVIRONMENT = replace(production.ENVIRONMENT, demo=Demo.PUBLIC)
    assert refusals() == []
    production.ENVIRONMENT = replace(production.ENVIRONMENT, demo=Demo.LOCAL)
    production.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    assert refusals() == []


@pytest.mark.parametrize("key", ["", "short", "a" * 60, "django-insecure-" + STRONG])
def test_a_weak_key_is_refused(production, key):
    production.ENVIRONMENT = replace(production.ENVIRONMENT, secret_key=key)
    assert refusals() == ["framdrift.E002"]


@pytest.mark.parametrize("hosts", [["*"], ["*.example.no"], [*NAMES, "*"]])
def test_any_host_name_is_refused(production, hosts):
    production.ALLOWED_HOSTS = hosts
    assert refusals() == ["framdrift.E003"]


@pytest.mark.parametrize("cookie", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"])
def test_cookies_in_the_clear_are_refused(production, cookie):
    setattr(production, cookie, False)
    assert refusals() == ["framdrift.E004"]


def test_passwords_are_for_https_or_this_machine(production):
    production.ENVIRONMENT = replace(production.ENVIRONMENT, password_login=True)
    assert refusals() == []
    production.SESSION_COOKIE_SECURE = production.CSRF_COOKIE_SECURE = False
    assert refusals() == ["framdrift.E004", "framdrift.E008"]
    production.ALLOWED_HOSTS = ["localhost"]
    assert refusals() == []


SOUND = {"SERVER": "https://login.example.no", "CLIENT": "framdrift", "SECRET": "secret"}


@pytest.mark.parametrize("prefix", ["FRAMDRIFT_STAFF", "FRAMDRIFT_CITIZENS"])
@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (SOUND, []),
        ({}, []),
        ({"SERVER": SOUND["SERVER"]}, ["framdrift.E009"]),
        ({"CLIENT": "framdrift", "SECRET": "secret"}, ["framdrift.E009"]),
        (SOUND | {"SECRET": ""}, ["framdrift.E009"]),
        (SOUND | {"SERVER": "http://login.example.no"}, ["framdrift.E010"]),
        (SOUND | {"SERVER": "http://localhost:8080"}, []),
    ],
)
def test_a_provider_is_whole_and_reached_by_https(production, prefix, given, refused):
    read = _variables(**{f"{prefix}_{name}": value for name, value in given.items()})
    production.ENVIRONMENT = replace(
        production.ENVIRONMENT, staff_login=read.staff_login, citizens_login=read.citizens_login
    )
    assert refusals() == refused


def test_what_a_provider_is_asked_comes_from_the_environment():
    read = _variables(
        **{f"FRAMDRIFT_CITIZENS_{name}": value for name, value in SOUND.items()},
        FRAMDRIFT_STAFF_SERVER="https://staff.example.no/",
        FRAMDRIFT_STAFF_ACR="two-factor, hardware",
        FRAMDRIFT_STAFF_CLAIM="oid",
        FRAMDRIFT_STAFF_ROLES_CLAIM="",
        FRAMDRIFT_PROXIES="1",
    )
    citizens, staff = read.citizens_login, read.staff_login
    assert (citizens.levels, citizens.who, citizens.roles) == (("idporten-loa-high",), "pid", "")
    assert (staff.server, staff.levels) == ("https://staff.example.no", ("two-factor", "hardware"))
    assert (staff.who, staff.roles, read.proxies) == ("oid", "", 1)


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ImproperlyConfigured, match="FRAMDRIFT_PROXIES"):
        _variables(FRAMDRIFT_PROXIES="one")


def test_living_people_s_numbers_are_for_no_demonstration(production):
    production.ENVIRONMENT = replace(production.ENVIRONMENT, real_numbers=True)
    assert refusals() == []
    production.ENVIRONMENT = replace(production.ENVIRONMENT, demo=Demo.PUBLIC)
    assert refusals() == ["framdrift.E011"]


def test_debug_is_for_this_machine_alone_and_silences_no_other_check(production):
    production.DEBUG = True
    assert refusals() == ["framdrift.E007"]
    production.ALLOWED_HOSTS = ["localhost", "*"]
    production.SESSION_COOKIE_SECURE = False
    production.ENVIRONMENT = replace(production.ENVIRONMENT, demo=Demo.LOCAL)
    assert refusals() == ["framdrift.E007", "framdrift.E001", "framdrift.E003", "framdrift.E004"]
    production.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    assert refusals() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "why"), [("framdrift_owner", "owns"), ("", "is a superuser"), ("no_such_role", "no role no_such_role")]
)
def test_a_role_that_row_level_security_does_not_bind_is_refused(production, role, why):
    production.ENVIRONMENT = replace(production.ENVIRONMENT, database_role=role)
    with pytest.raises(ImproperlyConfigured, match=why):
        checks.refuse_unsafe()


@pytest.mark.django_db
@pytest.mark.parametrize(("granted", "refused"), [("framdrift_owner", True), ("framdrift_web", False)])
def test_a_role_that_inherits_from_the_owner_of_the_tables_is_refused(production, granted, refused):
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(f"CREATE ROLE site_of_a_test; GRANT {granted} TO site_of_a_test; SET ROLE framdrift_web")
    production.ENVIRONMENT = replace(production.ENVIRONMENT, database_role="site_of_a_test")
    with pytest.raises(ImproperlyConfigured, match="as a member of their owner") if refused else nullcontext():
        checks.refuse_unsafe()


def _variables(**given):
    return environment.read({"FRAMDRIFT_SECRET_KEY": STRONG, **given})


def test_what_is_not_set_is_safe():
    safe = _variables(DATABASE_URL="postgresql://db.example.no/framdrift")
    assert (safe.debug, safe.demo, safe.database_role) == (False, Demo.OFF, "framdrift_web")
    assert _variables(FRAMDRIFT_ALLOWED_HOSTS="a.example.no").https


def test_a_server_named_from_outside_must_be_given_its_key():
    assert environment.read({"DATABASE_URL": "postgresql:///framdrift"}).secret_key == ""


@pytest.mark.parametrize("name", ["FRAMDRIFT_DEBUG", "FRAMDRIFT_DEMO", "FRAMDRIFT_HTTPS"])
def test_a_misspelt_answer_is_refused_and_not_guessed(name):
    with pytest.raises(ImproperlyConfigured, match=name):
        _variables(**{name: "perhaps"})


def test_a_kept_key_is_made_once_and_read_by_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("FRAMDRIFT_DATA", str(tmp_path / "data"))
    first = environment.read({}).secret_key
    assert len(first) >= checks.SHORTEST_SECRET_KEY
    assert environment.read({}).secret_key == first
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


def test_the_address_and_the_role_reach_the_connection():
    given = _variables(
        DATABASE_URL="postgresql://ola:hemmelig@db.example.no:6432/fram?sslmode=verify-full&options=-c%20jit%3Doff",
        FRAMDRIFT_DATABASE_ROLE="framdrift_worker",
    )
    described = environment.database(given)
    assert (described["NAME"], described["USER"], described["PASSWORD"]) == ("fram", "ola", "hemmelig")
    assert (described["HOST"], described["PORT"], described["EMBEDDED"]) == ("db.example.no", "6432", False)
    assert described["OPTIONS"] == {"sslmode": "verify-full", "options": "-c jit=off -c role=framdrift_worker"}


def test_an_address_that_is_none_is_said_to_be_none():
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database(_variables(DATABASE_URL="mysql://x/y"))


def run(*command, **variables):
    """In a process of its own, as an installation of that environment would run it."""
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment = inherited | {"FRAMDRIFT_SECRET_KEY": STRONG} | variables
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)


def test_the_server_does_not_start_on_an_unsafe_configuration():
    said = run("-c", "import framdrift.site.wsgi", FRAMDRIFT_ALLOWED_HOSTS="*")
    assert said.returncode != 0
    assert "framdrift.E003" in said.stderr


def test_a_configuration_made_of_defaults_passes_django_s_own_checks_for_production():
    check = ("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    said = run(*check, FRAMDRIFT_ALLOWED_HOSTS="framdrift.example.no", FRAMDRIFT_DEMO="", FRAMDRIFT_DEBUG="")
    assert said.returncode == 0, said.stderr
