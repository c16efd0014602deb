from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from framdrift.casework.access.actions import record_list
from framdrift.casework.access.rules import Viewer, may_request_figures, may_see_cases_behind, may_see_office
from framdrift.casework.cases.queries import people_of
from framdrift.casework.conformity import actions, queries
from framdrift.casework.conformity.queries import CaseBehind
from framdrift.casework.conformity.standards import is_shipped
from framdrift.casework.people.queries import names_of
from framdrift.web.conformity.answers import (
    Addresses,
    attempt_answer,
    built_page,
    csv_answer,
    page_answer,
    pdf_answer,
)
from framdrift.web.conformity.listing import CaseListing, UnreadableError, case_listing
from framdrift.web.gate import open_to_office
from framdrift.web.office.computing import start_computing


def _addresses(office: str) -> Addresses:
    return Addresses(
        page=reverse("office:conformity", args=[office]),
        csv=reverse("office:csv", args=[office]),
        pdf=reverse("office:pdf", args=[office]),
        attempt=reverse("office:attempt", args=[office]),
        request=reverse("office:request_figures", args=[office]),
        cases=reverse("office:cases", args=[office]),
    )


@open_to_office(may_see_office)
@never_cache
@require_safe
def conformity(request: HttpRequest, office: str) -> HttpResponse:
    return page_answer(request, office, _addresses(office))


@open_to_office(may_see_office, is_logged=False)
@never_cache
@require_safe
def attempt(request: HttpRequest, office: str) -> HttpResponse:
    """Asked every two seconds by the page while it waits; the page itself stands in the access log."""
    return attempt_answer(request, office, _addresses(office))


@open_to_office(may_see_office)
@never_cache
@require_safe
def conformity_csv(request: HttpRequest, office: str) -> HttpResponse:
    return csv_answer(request, office)


@open_to_office(may_see_office)
@never_cache
@require_safe
def conformity_pdf(request: HttpRequest, office: str) -> HttpResponse:
    return pdf_answer(request, office)


@open_to_office(may_see_cases_behind, is_logged=False)
@never_cache
@require_safe
def cases(request: HttpRequest, office: str) -> HttpResponse:
    """The cases behind one figure, a page at a time; a requirement that has none, or is none, has no such page."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    page = built_page(request, office)
    if page.report is None or (page.form is not None and "krav" in page.form.errors):
        raise Http404
    try:
        listing = case_listing(page.report, request.GET.get("etter", ""), clearance=viewer.clearance)
    except UnreadableError as error:
        raise BadRequest from error
    shown = [case.case for case in listing.cases]
    people = people_of(shown, office=viewer.offices[office], clearance=viewer.clearance)
    record_list(
        actor=viewer,
        office=office,
        page="office:cases",
        at=timezone.now(),
        persons=people.values(),
        about=f"{listing.name}, {listing.period}",
    )
    here = reverse("office:cases", args=[office])
    back = _addresses(office).page
    query = page.report.selection.query
    urls = {
        "page": f"{back}?{query}",
        "first": f"{here}?{query}",
        "next": f"{here}?{query}&{listing.next_query}" if listing.next_query else None,
    }
    told = {"listing": listing, "rows": _rows(listing, office, people), "urls": urls}
    return render(request, "conformity/cases.html", told)


def _rows(listing: CaseListing, office: str, people: Mapping[str, uuid.UUID]) -> list[tuple[CaseBehind, str, str]]:
    """Each case with the name of its person and the way to them. Of whom the viewer may not see: neither."""
    names = names_of(people.values())
    return [
        (
            case,
            names.get(people[case.case], "") if case.case in people else "",
            reverse("advisor:person", args=[office, people[case.case]]) if case.case in people else "",
        )
        for case in listing.cases
    ]


@open_to_office(may_request_figures, is_page=False)
@require_POST
def request_figures(request: HttpRequest, office: str) -> HttpResponse:
    """Asks for new figures and leaves them to a process of their own; while one is under way, it is the same one."""
    standard = request.POST.get("standard", "")
    if not is_shipped(standard) or queries.office_named(office) is None:
        raise BadRequest
    report, is_new = actions.request(
        actor=request.viewer,  # type: ignore[attr-defined]
        office=office,
        standard=standard,
        at=timezone.now(),
    )
    if is_new:
        transaction.on_commit(lambda: start_computing(report))
    return redirect(f"{_addresses(office).page}?standard={standard}")
