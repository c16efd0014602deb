"""Lock-out by django-axes: five failed logins as the same somebody from the same address, and that pair waits.

Its table gets what counting needs and no more: a keyed hash of who was tried, the address, how often and when. Rows are
deleted once they are too old to count, at the next login or failure of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

LIMIT = 5
LIMIT_OF_NOBODY = 50
"""Failures before anybody was named (an answer that no login here asked for): a whole office may share an address."""

NOBODY = ""
_FORWARDED = "HTTP_X_FORWARDED_FOR"


def hashed(_request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """What axes keeps of a name: neither a misspelt secret nor a national number ever lies in its table."""
    name = str((credentials or {}).get("username") or NOBODY)
    return salted_hmac("framdrift.lockout", name.casefold(), algorithm="sha256").hexdigest()


def limit(_request: HttpRequest, credentials: Mapping[str, Any] | None) -> int:
    return LIMIT if (credentials or {}).get("username") else LIMIT_OF_NOBODY


def address(request: HttpRequest) -> str:
    """The client's address. Behind proxies each adds whom it spoke with to the right: only what ours added is believed."""
    forwarded = [part.strip() for part in request.META.get(_FORWARDED, "").split(",") if part.strip()]
    proxies = settings.ENVIRONMENT.proxies
    if 0 < proxies <= len(forwarded):
        return str(forwarded[-proxies])
    return str(request.META.get("REMOTE_ADDR") or "")


def locked_until(request: HttpRequest, name: str) -> datetime | None:
    """When that name may be tried again from this address; None if it may now."""
    counted, credentials = counting(request), {"username": name}
    if AxesProxyHandler.is_allowed(counted, credentials):
        return None
    tried = AccessAttempt.objects.filter(username=hashed(counted, credentials), ip_address=address(request))
    latest: datetime = tried.order_by("-attempt_time").values_list("attempt_time", flat=True)[0]
    return latest + settings.AXES_COOLOFF_TIME


def count_failure(request: HttpRequest, name: str = NOBODY) -> None:
    user_login_failed.send(sender=__name__, credentials={"username": name}, request=counting(request))


def forget_failures(request: HttpRequest, name: str) -> None:
    hashed_name = hashed(request, {"username": name})
    AxesProxyHandler.reset_attempts(username=hashed_name, ip_address=address(request))


def counting(request: HttpRequest) -> HttpRequest:
    """A request with the address alone, so that axes has no page, browser or form to keep."""
    bare = HttpRequest()
    bare.method = "POST"
    bare.META["REMOTE_ADDR"] = request.META.get("REMOTE_ADDR", "")
    if _FORWARDED in request.META:
        bare.META[_FORWARDED] = request.META[_FORWARDED]
    return bare
