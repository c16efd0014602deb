"""Every address against every role. An address that is missing here fails, so that no page is ever opened by oversight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conformity_reports import Town
from django.conf import settings as configured
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from people_of_the_town import account_of

from framdrift.casework.access.models import Opening
from framdrift.casework.offices.models import Staff
from framdrift.web.gate import OPEN_BY_NAME, Rule

ROLES: dict[str, Callable[[Town], Staff | None]] = {
    "nobody": lambda town: None,
    "leader": lambda town: town.small.leader,
    "other leader": lambda town: town.large.leader,
    "former leader": lambda town: town.former_leader,
    "advisor": lambda town: town.advisor,
    "analyst": lambda town: town.analyst,
    "no role": lambda town: town.stranger,
}
OPEN = dict.fromkeys(ROLES, 200)
LOGIN = 302
# The roles that may; everybody else who is logged in meets 404, and who is not is asked to log in.
LEADERS_PAGE = {"leader": 200}
ANALYSTS_PAGE = {"analyst": 200}
MATRIX: dict[str, dict[str, int]] = {
    "health": OPEN,
    "login": OPEN,
    "design:view": OPEN,
    "home": {"leader": 302, "other leader": 302, "analyst": 302},
    "design:gallery": {"leader": 200, "other leader": 200, "advisor": 200, "analyst": 200},
    "office:conformity": LEADERS_PAGE,
    "office:cases": LEADERS_PAGE,
    "office:attempt": LEADERS_PAGE,
    "office:csv": LEADERS_PAGE,
    "office:pdf": LEADERS_PAGE,
    "insight:offices": ANALYSTS_PAGE,
    "insight:conformity": ANALYSTS_PAGE,
    "insight:attempt": ANALYSTS_PAGE,
    "insight:csv": ANALYSTS_PAGE,
    "insight:pdf": ANALYSTS_PAGE,
}
# Addresses that take a POST only: who may, and what a right one answers.
POSTS: dict[str, dict[str, int]] = {
    "logout": dict.fromkeys(ROLES, 302),
    "design:language": dict.fromkeys(ROLES, 302),
    "office:request_figures": {"leader": 302},
}
POSTED = {"design:language": {"language": "en"}, "office:request_figures": {"standard": "nav-2012"}}


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry


ADDRESSES = dict(patterns(get_resolver()))


def address(name: str, office: str = "lillevik") -> str:
    return reverse(name, args=[office] if "<office:office>" in str(ADDRESSES[name].pattern) else [])


def test_every_address_stands_in_the_matrix() -> None:
    assert ADDRESSES.keys() == MATRIX.keys() | POSTS.keys()


def test_every_view_says_who_may_open_it() -> None:
    silent = {
        name for name, entry in ADDRESSES.items() if not isinstance(getattr(entry.callback, "access_rule", None), Rule)
    }
    assert silent == OPEN_BY_NAME


def client_of(role: str, town: Town) -> Client:
    client, staff = Client(), ROLES[role](town)
    if staff is not None:
        client.force_login(account_of(staff))
    return client


@pytest.mark.parametrize("name", MATRIX)
def test_who_may_open_what(measured: Town, name: str, settings: Any) -> None:
    settings.DEMO_LOGIN = True
    for role in ROLES:
        expected = MATRIX[name].get(role, LOGIN if role == "nobody" else 404)
        response = client_of(role, measured).get(address(name))
        assert response.status_code == expected, role
        if role == "nobody" and expected == LOGIN:
            assert response["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", POSTS)
def test_who_may_post_what(town: Town, name: str) -> None:
    for role in ROLES:
        expected = POSTS[name].get(role, LOGIN if role == "nobody" else 404)
        response = client_of(role, town).post(address(name), POSTED.get(name, {}))
        assert response.status_code == expected, role
        assert client_of(role, town).get(address(name)).status_code in {405, LOGIN, 404}


def without_tokens(response: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_an_office_that_does_not_exist_looks_like_another_office(measured: Town) -> None:
    leader, analyst = client_of("leader", measured), client_of("analyst", measured)
    there_is, is_not = (leader.get(address("office:conformity", code)) for code in ("storhavn", "atlantis"))
    assert (there_is.status_code, is_not.status_code) == (404, 404)
    assert without_tokens(there_is).replace("storhavn", "atlantis") == without_tokens(is_not)
    assert analyst.get(address("insight:conformity", "atlantis")).status_code == 404


def test_a_cross_site_post_is_refused(measured: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_of(measured.small.leader))
    response = client.post(address("office:request_figures"), {"standard": "nav-2012"})
    assert response.status_code == 403
    assert "Dette kunne ikke gjøres" in response.content.decode()


@pytest.mark.parametrize("name", ["office:conformity", "office:cases", "office:csv", "office:pdf"])
def test_each_opening_is_written_down_once(measured: Town, name: str) -> None:
    client_of("leader", measured).get(address(name))
    opened = Opening.objects.values_list("staff", "office", "page")
    assert list(opened) == [(measured.small.leader.pk, measured.small.office.pk, name)]


def test_what_was_refused_is_not_written_down_as_opened(measured: Town) -> None:
    client_of("advisor", measured).get(address("office:conformity"))
    assert not Opening.objects.exists()


def test_the_gate_stands_behind_the_login_and_before_every_view() -> None:
    order = configured.MIDDLEWARE
    assert order.index("framdrift.web.gate.GateMiddleware") > order.index(
        "django.contrib.auth.middleware.AuthenticationMiddleware"
    )
