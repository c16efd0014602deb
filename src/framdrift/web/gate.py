"""The gate: every page says who may open it, and a page that says nothing opens to nobody.

Decided before the view runs. Whoever is not logged in is asked to log in; whoever is, but may not, meets the same
404 as for a page that does not exist, so that the answer tells nothing of other offices. Pages that were opened are
written to the access log. The gate also sets whom the database's row-level security takes the request to work for: that
follows from who somebody is, and not from the page, so that the second wall stands where this one should have a hole.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from framdrift.casework.access import context
from framdrift.casework.access.actions import record_opening
from framdrift.casework.access.queries import reason_in_force, seeker_of, subject_of, viewer_of
from framdrift.casework.access.rules import Subject, Viewer, may_open_person, needs_reason

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

# Views of rooms above this one, which cannot say it themselves: the health of the server, told to load balancers.
OPEN_BY_NAME = frozenset({"health"})
REASON_PAGE = "advisor:reason"
_READING = ("GET", "HEAD")


class Asks(Enum):
    """What a page asks of whoever comes."""

    NOTHING = auto()
    LOGIN = auto()
    STAFF = auto()
    STAFF_OF_OFFICE = auto()
    STAFF_FOR_PERSON = auto()
    JOB_SEEKER = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a page: everybody, job-seekers, or the staff that a predicate of ``casework.access.rules`` lets by.

    What only takes a form (not ``is_page``) is no place to come to after logging in. ``asks_reason`` is False for the
    page where the reason is given.
    """

    asks: Asks
    predicate: Callable[..., bool] | None = None
    is_logged: bool = False
    is_page: bool = True
    asks_reason: bool = True

    def lets_in(self, viewer: Viewer, arguments: dict[str, Any]) -> bool:
        """For pages that are not about one person."""
        if self.predicate is None:
            return False
        if self.asks is Asks.STAFF_OF_OFFICE:
            return self.predicate(viewer, arguments["office"])
        return self.predicate(viewer)

    def lets_in_to(self, viewer: Viewer, subject: Subject) -> bool:
        return self.predicate is not None and self.predicate(viewer, subject)


def open_to_all(view: View) -> View:
    return _marked(view, Rule(Asks.NOTHING))


def open_to_logged_in(view: View) -> View:
    """Whoever is logged in, employee or job-seeker: for pages that only show the way on."""
    return _marked(view, Rule(Asks.LOGIN))


def open_to(
    predicate: Callable[[Viewer], bool], *, is_logged: bool = True, is_page: bool = True
) -> Callable[[View], View]:
    return lambda view: _marked(view, Rule(Asks.STAFF, predicate, is_logged=is_logged, is_page=is_page))


def open_to_office(
    predicate: Callable[[Viewer, str], bool], *, is_logged: bool = True, is_page: bool = True
) -> Callable[[View], View]:
    """The predicate is asked with the ``office`` of the page's address."""
    return lambda view: _marked(view, Rule(Asks.STAFF_OF_OFFICE, predicate, is_logged=is_logged, is_page=is_page))


def open_to_person(
    predicate: Callable[[Viewer, Subject], bool] = may_open_person,
    *,
    is_logged: bool = True,
    is_page: bool = True,
    asks_reason: bool = True,
) -> Callable[[View], View]:
    """For an address with ``office`` and ``person``: the predicate is asked with the person, who is ``request.subject``.

    Whoever is not near the person says why first, on a page of its own; the opening is logged with relation and reason.
    """
    return lambda view: _marked(
        view,
        Rule(Asks.STAFF_FOR_PERSON, predicate, is_logged=is_logged, is_page=is_page, asks_reason=asks_reason),
    )


def open_to_jobseeker(view: View) -> View:
    """The logged-in job-seeker, who meets their own case and nothing else; staff meet 404, whatever their role."""
    return _marked(view, Rule(Asks.JOB_SEEKER))


def _marked(view: View, rule: Rule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


class GateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = request.seeker = request.subject = None  # type: ignore[attr-defined]
        request.log_if_shown = None  # type: ignore[attr-defined]
        response = self._get_response(request)
        # A form that is shown again shows the person too; one that was taken leads on to a page that is logged itself.
        if request.log_if_shown is not None and response.status_code == HTTPStatus.OK:  # type: ignore[attr-defined]
            request.log_if_shown()  # type: ignore[attr-defined]
        return response

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
            _tell_who(request)
        elif rule.asks is not Asks.NOTHING:
            is_address = rule.is_page and request.method in _READING
            return redirect_to_login(request.get_full_path()) if is_address else redirect("login")
        return _admit(request, rule, kwargs, page=match.view_name if match else "")


def _tell_who(request: HttpRequest) -> None:
    """Who is logged in, and the context of row-level security that follows from it."""
    account: Any = request.user
    if account.person_id is not None:
        context.enter(context.Scope(person=account.person_id))
        request.seeker = seeker_of(account.person_id)  # type: ignore[attr-defined]
    else:
        viewer = viewer_of(account.staff, today=timezone.localdate())
        context.enter(context.scope_of(viewer))
        request.viewer = viewer  # type: ignore[attr-defined]


def _admit(request: HttpRequest, rule: Rule, arguments: dict[str, Any], *, page: str) -> HttpResponseBase | None:
    if rule.asks in {Asks.NOTHING, Asks.LOGIN}:
        return None
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    if rule.asks is Asks.JOB_SEEKER:
        if request.seeker is None:  # type: ignore[attr-defined]
            raise Http404
        return None
    if viewer is None:
        raise Http404
    if rule.asks is Asks.STAFF_FOR_PERSON:
        return _admit_to_person(request, rule, viewer, arguments, page=page)
    if not rule.lets_in(viewer, arguments):
        raise Http404
    if rule.is_logged and request.method in _READING:
        record_opening(actor=viewer, office=arguments.get("office"), page=page, at=timezone.now())
    return None


def _admit_to_person(
    request: HttpRequest, rule: Rule, viewer: Viewer, arguments: dict[str, Any], *, page: str
) -> HttpResponseBase | None:
    def lets_in(subject: Subject) -> bool:
        return rule.lets_in_to(viewer, subject)

    return admit_to_person(
        request,
        arguments["office"],
        arguments["person"],
        page=page,
        lets_in=lets_in,
        comes_back_to=request.get_full_path() if rule.is_page and request.method in _READING else "",
        asks_reason=rule.asks_reason,
        is_logged=rule.is_logged,
    )


def admit_to_person(
    request: HttpRequest,
    office: str,
    person: uuid.UUID,
    *,
    page: str,
    lets_in: Callable[[Subject], bool],
    comes_back_to: str,
    asks_reason: bool = True,
    is_logged: bool = True,
) -> HttpResponse | None:
    """None where whoever asks may go on to the person, who is ``request.subject``; the opening is then logged, with
    relation and reason. Otherwise the way to where one says why, or 404.

    A view calls this itself where the address names something of a person's and not the person.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    subject = subject_of(person, offices=[viewer.offices[office]]) if office in viewer.offices else None
    if subject is None or not lets_in(subject):
        raise Http404
    request.subject = subject  # type: ignore[attr-defined]
    now = timezone.now()
    reason: uuid.UUID | None = None
    if asks_reason and needs_reason(viewer, subject):
        given = reason_in_force(staff=viewer.staff, person=person, at=now)
        if given is None:
            asked = reverse(REASON_PAGE, args=[office, person])
            return redirect(f"{asked}?{urlencode({'next': comes_back_to})}" if comes_back_to else asked)
        reason = given.pk
    if is_logged:
        log = partial(record_opening, actor=viewer, office=office, page=page, at=now, subject=subject, reason=reason)
        if request.method in _READING:
            log()
        else:
            request.log_if_shown = log  # type: ignore[attr-defined]
    return None
