"""Accounts as Django knows them: read for each request, and by password where the installation allows that."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from framdrift.casework.access.logins import account_by_key, account_with


class Accounts(BaseBackend):
    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002
        username: str | None = None,
        password: str | None = None,
        **_other: Any,
    ) -> Any:
        if not settings.ENVIRONMENT.password_login or not username or not password:
            return None
        return account_with(username=username, password=password)

    def get_user(self, user_id: int) -> Any:
        return account_by_key(user_id)
