"""How long a login lasts: until the browser closes, at the latest some hours, and shorter where nothing is done.

When it began stands in the session. When it was last used stands in a signed cookie beside it, since a page that is
only read writes nothing here; a cookie that is missing, older or another session's gains nobody time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from framdrift.web.accounts.refusals import ended_page
from framdrift.web.gate import Asks, Rule

BEGAN = "began"
SEEN = "last_used"
_READING = ("GET", "HEAD", "OPTIONS")
_RESOLUTION = timedelta(seconds=30)
"""How much older the cookie may be than the last page: spares most answers a cookie."""


@dataclass(frozen=True, slots=True)
class Limits:
    whole: timedelta
    idle: timedelta


STAFF = Limits(whole=timedelta(hours=8), idle=timedelta(hours=1))
JOB_SEEKERS = Limits(whole=timedelta(hours=2), idle=timedelta(minutes=30))


def begin(*, request: HttpRequest, **_signal: Any) -> None:
    """Called at every login, whatever way it came."""
    request.session[BEGAN] = timezone.now().timestamp()


def limits_of(account: Any) -> Limits:
    return STAFF if account.person_id is None else JOB_SEEKERS


def has_ended(request: HttpRequest, now: datetime) -> bool:
    began = request.session.get(BEGAN)
    if not isinstance(began, float):
        return True
    limits = limits_of(request.user)
    start = datetime.fromtimestamp(began, UTC)
    return now - start > limits.whole or now - (_last_used(request) or start) > limits.idle


def _signer() -> signing.Signer:
    """Made when it is asked for: commands that sign nothing run where no key is set."""
    return signing.Signer(salt="framdrift.last_used")


def seen_at(session_key: str, at: datetime) -> str:
    """The cookie's value: whose session, and when."""
    return _signer().sign(f"{_digest(session_key)}:{int(at.timestamp())}")


def _last_used(request: HttpRequest) -> datetime | None:
    try:
        digest, at, *_ = _signer().unsign(request.COOKIES.get(SEEN, "")).split(":")
    except signing.BadSignature:
        return None
    is_this_one = constant_time_compare(digest, _digest(request.session.session_key or ""))
    return datetime.fromtimestamp(int(at), UTC) if is_this_one else None


def _digest(session_key: str) -> str:
    return salted_hmac("framdrift.last_used", session_key, algorithm="sha256").hexdigest()[:32]


class SessionLimits:
    """Ends what is over: the reader is asked to log in and comes back; what somebody had written is not lost unsaid."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.session_has_ended = False  # type: ignore[attr-defined]
        if {settings.SESSION_COOKIE_NAME, SEEN} & request.COOKIES.keys():
            self._judge(request, now)
        response = self._get_response(request)
        self._remember(request, response, now)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        rule: Rule | None = getattr(view, "access_rule", None)
        if not request.session_has_ended or rule is None or rule.asks is Asks.NOTHING:  # type: ignore[attr-defined]
            return None
        is_htmx = getattr(request, "htmx", False)
        if request.method in _READING:
            messages.info(request, _("Du er logget ut fordi det gikk for lang tid. Logg inn for å komme tilbake."))
            return HttpResponseClientRefresh() if is_htmx else None
        response = ended_page(request, back=request.get_full_path() if rule.is_page else "")
        if is_htmx:  # which shows no error page by itself
            response.status_code = 200
            response["HX-Retarget"], response["HX-Reselect"], response["HX-Reswap"] = "body", "unset", "innerHTML"
        return response

    def _judge(self, request: HttpRequest, now: datetime) -> None:
        if not request.user.is_authenticated:
            # The server keeps the session no longer, or closed it, though the browser still thinks of one.
            request.session_has_ended = SEEN in request.COOKIES  # type: ignore[attr-defined]
        elif has_ended(request, now):
            request.session_has_ended = True  # type: ignore[attr-defined]
            request.user = AnonymousUser()
            # Not deleted, since this may be a GET: it stays over, and `clearsessions` removes it.
            request.session = type(request.session)()

    def _remember(self, request: HttpRequest, response: HttpResponse, now: datetime) -> None:
        if not request.user.is_authenticated:
            if SEEN in request.COOKIES:
                response.delete_cookie(SEEN, samesite="Lax")
            return
        last = _last_used(request)
        if last is None or now - last > _RESOLUTION:
            response.set_cookie(
                SEEN,
                seen_at(request.session.session_key or "", now),
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
