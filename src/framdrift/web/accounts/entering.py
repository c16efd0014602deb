"""The last step of every login: whoever it is holds a role or is a job-seeker, gets a session, and comes to their page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from framdrift.casework.access.queries import viewer_of
from framdrift.casework.access.rules import may_work_here

PROVIDER = "provider"
"""In the session: the provider that the login came from, whose session is to end with ours."""

BACKEND = "framdrift.web.accounts.backend.Accounts"


def holds_a_role(staff: Any, today: date) -> bool:
    return may_work_here(viewer_of(staff, today=today))


def enter(request: HttpRequest, account: Any, *, back: str, provider: str | None = None) -> HttpResponse:
    """`back` is an address of ours, or nothing."""
    request.session.flush()  # nothing of who sat here before, nor of the way in
    auth.login(request, account, backend=BACKEND)
    if provider is not None:
        request.session[PROVIDER] = provider
    return redirect(back or "home")
