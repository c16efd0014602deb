"""The gate: every page says who may open it, and a page that says nothing opens to nobody.

Decided before the view runs. Whoever is not logged in is asked to log in; whoever is, but may not, meets the same
404 as for a page that does not exist, so that the answer tells nothing of other offices. Pages that were opened are
written to the access log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from framdrift.casework.access.actions import record_opening
from framdrift.casework.access.queries import viewer_of
from framdrift.casework.access.rules import Viewer

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

# Views of rooms above this one, which cannot say it themselves: the health of the server, told to load balancers.
OPEN_BY_NAME = frozenset({"health"})
_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a page: everybody, or the viewers that a predicate of ``casework.access.rules`` lets through.

    What only takes a form (not ``is_page``) is no place to come to after logging in.
    """

    predicate: Callable[..., bool] | None
    asks_of_office: bool = False
    is_logged: bool = False
    is_page: bool = True

    def lets_in(self, viewer: Viewer, arguments: dict[str, Any]) -> bool:
        if self.predicate is None:
            return True
        return self.predicate(viewer, arguments["office"]) if self.asks_of_office else self.predicate(viewer)


def open_to_all(view: View) -> View:
    return _marked(view, Rule(None))


def open_to(predicate: Callable[[Viewer], bool], *, is_logged: bool = True) -> Callable[[View], View]:
    return lambda view: _marked(view, Rule(predicate, asks_of_office=False, is_logged=is_logged))


def open_to_office(
    predicate: Callable[[Viewer, str], bool], *, is_logged: bool = True, is_page: bool = True
) -> Callable[[View], View]:
    """The predicate is asked with the ``office`` of the page's address."""
    return lambda view: _marked(view, Rule(predicate, asks_of_office=True, is_logged=is_logged, is_page=is_page))


def _marked(view: View, rule: Rule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


class GateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = None  # type: ignore[attr-defined]
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_BY_NAME:
            return None
        rule: Rule | None = getattr(view, "access_rule", None)
        if rule is None:
            raise PermissionDenied("this page does not say who may open it")
        if request.user.is_authenticated:
            request.viewer = viewer_of(request.user, today=timezone.localdate())  # type: ignore[attr-defined]
        elif rule.predicate is not None:
            is_address = rule.is_page and request.method in _READING
            return redirect_to_login(request.get_full_path()) if is_address else redirect("login")
        if rule.predicate is not None:
            self._admit(request, rule, kwargs, page=match.view_name if match else "")
        return None

    def _admit(self, request: HttpRequest, rule: Rule, arguments: dict[str, Any], *, page: str) -> None:
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if not rule.lets_in(viewer, arguments):
            raise Http404
        if rule.is_logged and request.method in _READING:
            record_opening(actor=viewer, office=arguments.get("office"), page=page, at=timezone.now())
