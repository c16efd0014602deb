"""An OpenID Connect provider on this machine, and a browser's way through it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.http import HttpResponse
from django.test import Client

from framdrift.site.environment import OpenID

with warnings.catch_warnings(record=True):  # the provider's own parts warn of each other
    from oidc_provider_mock import run_server_in_thread

PATHS = {"staff": "/logg-inn/ansatt/", "citizens": "/logg-inn/arbeidssoker/"}


@dataclass(frozen=True, slots=True)
class Provider:
    url: str

    def knows(self, sub: str, **claims: Any) -> None:
        """From here on the provider says this of whoever logs in as `sub`."""
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def staff_login(self, **other: Any) -> OpenID:
        told = {"name": "", "levels": (), "who": "preferred_username", "roles": "roles"} | other
        return OpenID(server=self.url, client="framdrift", secret="secret", **told)

    def citizens_login(self, **other: Any) -> OpenID:
        told = {"name": "ID-porten", "levels": ("idporten-loa-high",), "who": "pid"} | other
        return OpenID(server=self.url, client="framdrift", secret="secret", **told)


@contextmanager
def provider_on_this_machine() -> Iterator[Provider]:
    with run_server_in_thread() as server:
        yield Provider(f"http://localhost:{server.server_port}")


def begin(client: Client, which: str, back: str = "") -> str:
    """Presses the button, and gives the address that the browser is sent to."""
    sent = client.post(PATHS[which], {"next": back})
    assert sent.status_code == 200, sent.content.decode()
    return sent["Refresh"].removeprefix("0; url=")


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def say_who(address: str, **form: str) -> str:
    """At the provider: says who one is, and gives the address that it sends the browser back to."""
    answered = requests.post(address, data=form, allow_redirects=False, timeout=5)
    return str(answered.headers["Location"])


def come_back(client: Client, address: str) -> HttpResponse:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")  # type: ignore[return-value]


def log_in(client: Client, which: str, sub: str, back: str = "") -> HttpResponse:
    return come_back(client, say_who(begin(client, which, back), sub=sub))
