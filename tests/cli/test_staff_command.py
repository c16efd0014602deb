"""`framdrift staff`: passwords given by prompt, and identities forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import typer
from allauth.socialaccount.models import SocialAccount
from conformity_reports import Town, make_town
from people_of_the_town import account_of, logged_in
from typer.testing import CliRunner

from framdrift.casework.access.logins import account_with
from framdrift.cli import staff
from framdrift.events import UserError

pytestmark = pytest.mark.django_db
GOOD = "korrekt hest batteri stift"


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def framdrift(monkeypatch: pytest.MonkeyPatch, as_owner: Any) -> Callable[..., tuple[int, str]]:
    monkeypatch.setenv("FRAMDRIFT_DATABASE_ROLE", "framdrift_owner")
    app = typer.Typer()
    staff.register(app)

    def run(*words: str, typed: str = "") -> tuple[int, str]:
        with as_owner():
            result = CliRunner().invoke(app, ["staff", *words], input=typed)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return run


@pytest.mark.parametrize("by", ["code", "username"])
def test_a_password_is_typed_twice_and_opens_the_door(framdrift: Any, town: Town, by: str) -> None:
    named = str(getattr(town.small.leader, by))
    code, said = framdrift("password", named, typed=f"{GOOD}\n{GOOD}\n")
    assert code == 0
    assert GOOD not in said
    assert "FRAMDRIFT_PASSWORD_LOGIN=1" in said
    assert account_with(username="leader-lillevik", password=GOOD) == account_of(town.small.leader)


@pytest.mark.parametrize("weak", ["abcdef7", "12345678901234567890"])
def test_a_weak_one_is_not_taken(framdrift: Any, town: Town, weak: str) -> None:
    with pytest.raises(UserError, match="Nothing is changed") as refused:
        framdrift("password", "leader-lillevik", typed=f"{weak}\n{weak}\n")
    assert weak not in str(refused.value)
    assert account_with(username="leader-lillevik", password=weak) is None


@pytest.mark.parametrize("command", ["password", "unlink"])
def test_nobody_of_that_name_is_told(framdrift: Any, town: Town, command: str) -> None:
    with pytest.raises(UserError, match="no employee"):
        framdrift(command, "nobody")


def test_whoever_is_forgotten_is_logged_out(framdrift: Any, town: Town) -> None:
    SocialAccount.objects.create(provider="staff", uid="sub", user=account_of(town.small.leader), extra_data={})
    client = logged_in(town.small.leader)
    assert client.get("/kontor/lillevik/samsvar/").status_code == 200
    framdrift("unlink", "leader-lillevik")
    client.post("/visning/sprak/", {"language": "nb"})  # such a session is deleted at its next request
    assert client.get("/kontor/lillevik/samsvar/").status_code == 302


def test_an_identity_is_forgotten_once(framdrift: Any, town: Town) -> None:
    SocialAccount.objects.create(provider="staff", uid="sub", user=account_of(town.small.leader), extra_data={})
    code, said = framdrift("unlink", "leader-lillevik")
    assert (code, "Leder Lillevik" in said, SocialAccount.objects.exists()) == (0, True, False)
    with pytest.raises(UserError, match="nothing to forget"):
        framdrift("unlink", "leader-lillevik")
