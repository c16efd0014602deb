"""Our two OpenID Connect providers, as django-allauth finds them: in a module of this name, in each installed app.

allauth carries state and PKCE there and back and fetches the token. Added here: a nonce, and an ID token whose signature
is checked always. What a request says of scope or parameters is not passed on, as allauth would.
"""

from __future__ import annotations

import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
CLOCKS_MAY_DIFFER = 30
_SCOPE = ["openid", "profile"]
_DESCRIPTION_KEPT = 600


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, asked again after ten minutes."""
        address = self.get_provider().server_url
        kept: dict[str, Any] | None = cache.get(f"openid:{address}")
        if kept is None:
            with get_adapter().get_requests_session() as session:
                response = session.get(address)
                response.raise_for_status()
                kept = response.json()
            if not isinstance(kept, dict) or not {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"} <= (
                kept.keys()
            ):
                raise OAuth2Error("the provider's description of itself is not whole")
            cache.set(f"openid:{address}", kept, _DESCRIPTION_KEPT)
        return kept

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002
        return request.build_absolute_uri(reverse(f"login_{self.provider_id}_answer"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        credential = kwargs["response"].get("id_token")
        if not isinstance(credential, str):
            raise OAuth2Error("the answer holds no ID token")
        return self.get_provider().sociallogin_from_response(request, self._claims(app, credential))

    def _claims(self, app: Any, credential: str) -> dict[str, Any]:
        description = self.openid_config
        with get_adapter().get_requests_session() as session:
            response = session.get(description["jwks_uri"])
            response.raise_for_status()
            published = response.json()
        try:
            claims: dict[str, Any] = jwt.decode(
                credential,
                _signing_key(published, credential),
                algorithms=SIGNATURES,
                issuer=description["issuer"],
                audience=app.client_id,
                leeway=CLOCKS_MAY_DIFFER,
                options={"require": ["iss", "aud", "sub", "exp", "iat", "nonce"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("the ID token does not hold") from error
        return claims


def _signing_key(published: dict[str, Any], credential: str) -> jwt.PyJWK:
    """The key that the token names; one that names none is signed with the only key there is."""
    name = jwt.get_unverified_header(credential).get("kid")
    keys = jwt.PyJWKSet.from_dict(published).keys
    fitting = [key for key in keys if name is None or key.key_id == name]
    if len(fitting) != 1:
        raise jwt.InvalidKeyError("the ID token names no key that the provider publishes")
    return fitting[0]


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = Adapter
    pkce_enabled_default = True

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **_theirs: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(32)
        parameters = {"nonce": nonce, "ui_locales": get_language() or "nb"}
        if levels := self.app.settings["levels"]:
            parameters["acr_values"] = " ".join(levels)
        response: HttpResponse = super().redirect(
            request, process, next_url, data, scope=_SCOPE, auth_params=parameters, nonce=nonce
        )
        return response

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:  # noqa: ARG002
        """The claims travel beside the login and not in what allauth would store of it."""
        login = SocialLogin(
            account=SocialAccount(provider=self.sub_id, uid=str(response["sub"]), extra_data={}), provider=self
        )
        login.claims = response
        return login


provider_classes = [Provider]
