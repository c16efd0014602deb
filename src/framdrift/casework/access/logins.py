"""Accounts as logging in needs them: found for each request, and by password where the installation allows that."""

from __future__ import annotations

from framdrift.casework.access.actions import account_of_staff
from framdrift.casework.access.models import Account
from framdrift.casework.offices.models import Staff


def account_by_key(key: int) -> Account | None:
    return Account.objects.select_related("staff").filter(pk=key).first()


def account_with(*, username: str, password: str) -> Account | None:
    """The account of the employee of that username, if the password is theirs. As slow for a name that nobody has."""
    account = Account.objects.select_related("staff").filter(staff__username=username).first()
    if account is None:
        Account().set_password(password)
        return None
    return account if account.check_password(password) else None


def end_sessions(*, staff: Staff) -> None:
    """Whoever is logged in as the employee is not, from the next page on. A password that they had opens nothing more."""
    account = Account.objects.filter(staff=staff).first()
    if account is not None:
        account.set_unusable_password()
        account.save(update_fields=["password"])


def set_password(*, staff: Staff, password: str) -> None:
    """Gives the employee a password; sessions that run on the former one end."""
    account = account_of_staff(staff)
    account.set_password(password)
    account.save(update_fields=["password"])
