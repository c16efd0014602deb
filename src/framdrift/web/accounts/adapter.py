"""Where django-allauth asks what to do: which providers there are, and what a login or a failure leads to."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest
from requests import RequestException

from framdrift.web.accounts import lockout
from framdrift.web.accounts.openid import CITIZENS, STAFF, answer_to, configured
from framdrift.web.accounts.refusals import Why, refused_page

_OURS = "openid_connect"


class LoginAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """Those of the environment; a row in the database makes no provider."""
        return [
            SocialApp(
                provider=_OURS,
                provider_id=each,
                name=openid.name,
                client_id=openid.client,
                secret=openid.secret,
                settings={"server_url": openid.server, "levels": list(openid.levels)},
            )
            for each in (STAFF, CITIZENS)
            if (openid := configured(each)) and provider in {None, _OURS, each} and client_id in {None, openid.client}
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """Everything that a login does here is ours: allauth's accounts, e-mails and sign-ups are not reached."""
        raise ImmediateHttpResponse(answer_to(request, sociallogin))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        is_staff = provider.sub_id == STAFF
        why = Why.ANSWER
        if error == AuthError.CANCELLED:
            why = Why.CANCELLED
        elif isinstance(exception, RequestException):
            why = Why.DOWN
        elif exception is None and "state_id" in (extra_context or {}):
            why = Why.STATE
        # An answer to a login that nobody here began proves no attempt: any page on the web can make browsers send it.
        if why is Why.ANSWER:
            lockout.count_failure(request)
        raise ImmediateHttpResponse(refused_page(request, why, is_staff=is_staff))
