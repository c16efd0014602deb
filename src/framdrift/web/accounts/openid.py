"""Logging in by a provider: whom its claims name here, which roles they state, and when they are not enough."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Mapping
from typing import Any, Literal

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from requests import RequestException

from framdrift.casework.access.actions import account_of_citizen, account_of_staff
from framdrift.casework.offices.actions import employ
from framdrift.casework.offices.claims import Stated, hold_stated_roles, read_stated
from framdrift.casework.offices.queries import staff_by_username
from framdrift.casework.people.numbers import NumberError, read_number
from framdrift.web.accounts import lockout
from framdrift.web.accounts.entering import PROVIDER, enter, holds_a_role
from framdrift.web.accounts.provider import Adapter
from framdrift.web.accounts.refusals import Why, locked_page, refused_page

ProviderId = Literal["staff", "citizens"]
STAFF: ProviderId = "staff"
CITIZENS: ProviderId = "citizens"

logger = logging.getLogger(__name__)
_LOGGABLE = re.compile(r"[a-z_]{1,30}@[a-z0-9-]{1,40}")
_LONGEST_NAME = 150


class RefusedError(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def configured(provider: ProviderId) -> Any:
    """The provider as the environment describes it (`site.environment.OpenID`), or None."""
    environment = settings.ENVIRONMENT
    return environment.staff_login if provider == STAFF else environment.citizens_login


def address_to_log_in(request: HttpRequest, provider: ProviderId, *, back: str) -> str | HttpResponse:
    """Where the browser goes to log in; or the page that says why it cannot."""
    if until := lockout.locked_until(request, lockout.NOBODY):
        return locked_page(request, until)
    try:
        ours = get_adapter().get_provider(request, provider)
        response = ours.redirect(request, AuthProcess.LOGIN, next_url=back or None)
        return str(response["Location"])
    except (RequestException, OAuth2Error):
        return refused_page(request, Why.DOWN, is_staff=provider == STAFF)


def answer_page(request: HttpRequest, provider: ProviderId) -> HttpResponse:
    """What the provider's answer leads to. allauth takes it from here, and asks `LoginAdapter` at its end."""
    if until := lockout.locked_until(request, lockout.NOBODY):
        return locked_page(request, until)
    try:
        view = OAuth2CallbackView.adapter_view(Adapter(request, provider))
        response: HttpResponse = view(request)
        return response
    except RequestException:
        return refused_page(request, Why.DOWN, is_staff=provider == STAFF)
    except OAuth2Error:
        return refused_page(request, Why.ANSWER, is_staff=provider == STAFF)


def address_to_log_out(request: HttpRequest) -> str | None:
    """Where the provider ends its own session; None where the login came another way, or it has no such place.

    No token of the login is kept to show there, so that a provider may ask whether one meant it.
    """
    provider = request.session.get(PROVIDER)
    openid = configured(provider) if provider in {STAFF, CITIZENS} else None
    if openid is None:
        return None
    try:
        end = Adapter(request, provider).openid_config.get("end_session_endpoint")
    except (RequestException, OAuth2Error):
        return None
    if not end:
        return None
    told = urlencode(
        {"client_id": openid.client, "post_logout_redirect_uri": request.build_absolute_uri(reverse("login"))}
    )
    return f"{end}{'&' if '?' in end else '?'}{told}"


def answer_to(request: HttpRequest, login: Any) -> HttpResponse:
    provider: ProviderId = login.provider.sub_id
    claims: dict[str, Any] = login.claims
    name = f"{provider} {login.account.uid}"
    if until := lockout.locked_until(request, name):
        return locked_page(request, until)
    try:
        _hold_to_what_was_asked(configured(provider), claims, str(login.state.get("nonce", "")))
        account = _staff_account(claims, login.account.uid) if provider == STAFF else _citizen_account(claims)
    except RefusedError as refusal:
        lockout.count_failure(request, name)
        return refused_page(request, refusal.why, is_staff=provider == STAFF)
    lockout.forget_failures(request, name)
    return enter(request, account, provider=provider, back=login.state.get("next") or "")


def _hold_to_what_was_asked(openid: Any, claims: Mapping[str, Any], nonce: str) -> None:
    if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise RefusedError(Why.ANSWER)
    if openid.levels and claims.get("acr") not in openid.levels:
        raise RefusedError(Why.LEVEL)


def _citizen_account(claims: Mapping[str, Any]) -> Any:
    try:
        number = read_number(
            str(claims.get(configured(CITIZENS).who, "")), allow_real=settings.ENVIRONMENT.real_numbers
        )
    except NumberError:
        raise RefusedError(Why.NUMBER) from None
    return account_of_citizen(number)


def _staff_account(claims: Mapping[str, Any], identity: str) -> Any:
    """The employee's account, which from the first login on belongs to this identity at the provider.

    So a username that the employer gives to another person opens nothing of the former's.
    """
    openid, today = configured(STAFF), timezone.localdate()
    stated = _stated(claims.get(openid.roles)) if openid.roles else None
    known = SocialAccount.objects.filter(provider=STAFF, uid=identity).select_related("user__staff").first()
    staff = known.user.staff if known else _staff_named(claims, str(claims.get(openid.who) or ""), stated)
    if stated is not None and (refused := hold_stated_roles(staff=staff.pk, stated=stated.roles, today=today)):
        logger.warning("Roles by claim ignored: %d at odds with roles given here", len(refused))
    if not holds_a_role(staff, today):
        raise RefusedError(Why.NO_ROLE)
    account = account_of_staff(staff)
    if known is None:
        SocialAccount.objects.create(provider=STAFF, uid=identity, user=account, extra_data={})
    return account


def _staff_named(claims: Mapping[str, Any], username: str, stated: Stated | None) -> Any:
    if not 0 < len(username) <= _LONGEST_NAME:
        raise RefusedError(Why.NO_NAME)
    staff = staff_by_username(username)
    if staff is not None and SocialAccount.objects.filter(provider=STAFF, user__staff=staff).exists():
        raise RefusedError(Why.TAKEN)
    if staff is None and stated is not None and stated.roles:
        employ(code=str(uuid.uuid4()), username=username, name=str(claims.get("name") or username)[:200])
        staff = staff_by_username(username)
    if staff is None:
        raise RefusedError(Why.NO_ROLE)
    return staff


def _stated(claim: object) -> Stated:
    """Of a list, or of one text with the values in turn."""
    values = claim.split() if isinstance(claim, str) else claim if isinstance(claim, list) else []
    stated = read_stated([str(value) for value in values])
    if stated.unknown:
        told = [value for value in stated.unknown if _LOGGABLE.fullmatch(value)]
        logger.warning("Roles by claim ignored: %d unknown %s", len(stated.unknown), " ".join(told[:5]))
    if stated.at_odds:
        told = [value for value in stated.at_odds if _LOGGABLE.fullmatch(value)]
        logger.warning("Roles by claim ignored: %d at odds %s", len(stated.at_odds), " ".join(told[:5]))
    return stated
