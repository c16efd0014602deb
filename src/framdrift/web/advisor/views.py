from __future__ import annotations

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from framdrift.casework.access import actions as access
from framdrift.casework.access.queries import openings_about, reason_in_force
from framdrift.casework.access.rules import (
    Subject,
    Viewer,
    may_mind_safety,
    may_open_person,
    may_register_person,
    may_register_with,
    may_search,
    needs_reason,
)
from framdrift.casework.conformity.queries import OfficeName
from framdrift.casework.offices.queries import names_of
from framdrift.casework.people.actions import (
    StaleContactError,
    edit_contact_details,
    lift_safety_flag,
    set_safety_flag,
)
from framdrift.casework.people.queries import contact_of, flags_of, who_is
from framdrift.web.advisor.contacting import ContactForm, FlagForm, differences
from framdrift.web.advisor.finding import SearchForm, find
from framdrift.web.advisor.person import person_page
from framdrift.web.advisor.reasons import ReasonForm
from framdrift.web.gate import open_to_office, open_to_person
from framdrift.web.openings import lines, place_after, read_place

OPENINGS_PER_PAGE = 50


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _subject(request: HttpRequest) -> Subject:
    subject: Subject = request.subject  # type: ignore[attr-defined]
    return subject


@open_to_office(may_search, is_logged=False)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, office: str) -> HttpResponse:
    """An empty search shows nobody and is not logged; a search is, with whom it showed, by `find`."""
    viewer, today = _viewer(request), timezone.localdate()
    form = SearchForm(request.POST if request.method == "POST" else None)
    findings = after = None
    if form.is_bound and (sought := form.sought(today=today, allow_real=settings.REAL_NUMBERS)):
        after = form.cleaned_data["etter"]
        findings = find(
            sought,
            viewer=viewer,
            office=office,
            page="advisor:search",
            after=after,
            now=timezone.now(),
            today=today,
        )
    names = [OfficeName(code, name) for code, name in names_of(viewer.offices.values()).items()]
    return render(
        request,
        "advisor/search.html",
        {
            "office": next(each for each in names if each.code == office),
            "others": [each for each in names if each.code != office and may_search(viewer, each.code)],
            "form": form,
            "findings": findings,
            "is_further": after is not None,
            "may_register": may_register_with(viewer, office),
        },
    )


@open_to_person(may_open_person, is_logged=False, asks_reason=False)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    """Tells no more of the person than the search did: the name. That it was shown is logged, as a list of one is."""
    viewer, subject, now = _viewer(request), _subject(request), timezone.now()
    if not needs_reason(viewer, subject) or reason_in_force(staff=viewer.staff, person=person, at=now):
        return redirect(_next(request, office, person))
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")})
    if form.is_bound and form.is_valid():
        access.give_reason(
            actor=viewer,
            subject=subject,
            chosen=form.cleaned_data["chosen"],
            text=form.cleaned_data["text"],
            at=now,
        )
        return redirect(_next(request, office, person))
    access.record_list(actor=viewer, office=office, page="advisor:reason", at=now, persons=[person])
    return render(request, "advisor/reason.html", {"office": office, "form": form, "name": who_is(person).name})


def _next(request: HttpRequest, office: str, person: uuid.UUID) -> str:
    """Where they were going: a page of ours about this very person, or a registration told of them; else their page."""
    own = reverse("advisor:person", args=[office, person])
    asked = (request.POST if request.method == "POST" else request.GET).get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    told = reverse("office:unmatched", args=[office])
    return asked if is_ours and asked.startswith((own, told)) else own


@open_to_person()
@never_cache
@require_safe
def person(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    page = person_page(
        _viewer(request),
        _subject(request),
        now=timezone.now(),
        today=timezone.localdate(),
        shows_all=request.GET.get("tidslinje") == "alt",
    )
    assign = reverse("office:assign", args=[office, person]) if page.may_assign else ""
    context = {"known": page, "office": office, "person": person, "assign_address": assign}
    return render(request, "advisor/person.html", context)


@open_to_person()
@never_cache
@require_safe
def openings(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    """Everybody who has opened the person, a page at a time."""
    try:
        before = read_place(request.GET.get("etter", ""))
    except ValueError as error:
        raise Http404 from error
    rows = openings_about(person, before=before, limit=OPENINGS_PER_PAGE + 1)
    shown = rows[:OPENINGS_PER_PAGE]
    return render(
        request,
        "advisor/openings.html",
        {
            "office": office,
            "person": person,
            "name": who_is(person).name,
            "lines": lines(shown),
            "is_further": before is not None,
            "next": place_after(shown[-1]) if len(rows) > len(shown) else "",
        },
    )


@open_to_person(may_register_person)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    """Where somebody else has edited meanwhile, nothing is overwritten: both are shown, and sending again decides."""
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm.of(contact_of(person))
    differing = None
    if form.is_bound and form.is_valid():
        details = form.details()
        try:
            edit_contact_details(person=person, details=details)
        except StaleContactError as error:
            differing = differences(error.current, details)
            form = form.again(error.current)
        else:
            return redirect("advisor:person", office, person)
    return render(
        request,
        "advisor/contact.html",
        {"office": office, "person": person, "name": who_is(person).name, "form": form, "differing": differing},
    )


def _flag(request: HttpRequest) -> int | None:
    given = request.POST.get("flag", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


@open_to_person(may_mind_safety)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def safety(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    """Advice is set, or ended with today; what was in force stays on record."""
    viewer, today = _viewer(request), timezone.localdate()
    form = FlagForm(request.POST if request.method == "POST" and "flag" not in request.POST else None, today=today)
    if (flag := _flag(request)) is not None:
        lift_safety_flag(person=person, flag=flag, today=today, lifted_by=viewer.staff)
        return redirect("advisor:person", office, person)
    if form.is_bound and form.is_valid():
        set_safety_flag(
            person=person,
            advice=form.cleaned_data["advice"],
            first_day=today,
            last_day=form.cleaned_data["last_day"],
            set_by=viewer.staff,
        )
        return redirect("advisor:person", office, person)
    return render(
        request,
        "advisor/safety.html",
        {
            "office": office,
            "person": person,
            "name": who_is(person).name,
            "form": form,
            "flags": flags_of(person, today=today),
            "today": today,
        },
    )
