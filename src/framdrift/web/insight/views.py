from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from framdrift.casework.access.rules import may_see_all_offices, may_see_sums
from framdrift.web.conformity.answers import Addresses, attempt_answer, csv_answer, page_answer, pdf_answer
from framdrift.web.gate import open_to, open_to_office
from framdrift.web.insight.overview import overview


def _addresses(office: str) -> Addresses:
    return Addresses(
        page=reverse("insight:conformity", args=[office]),
        csv=reverse("insight:csv", args=[office]),
        pdf=reverse("insight:pdf", args=[office]),
        attempt=reverse("insight:attempt", args=[office]),
    )


@open_to(may_see_all_offices)
@never_cache
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    return render(request, "insight/offices.html", {"overview": overview(timezone.localdate())})


@open_to_office(may_see_sums)
@never_cache
@require_safe
def conformity(request: HttpRequest, office: str) -> HttpResponse:
    return page_answer(request, office, _addresses(office))


@open_to_office(may_see_sums, is_logged=False)
@never_cache
@require_safe
def attempt(request: HttpRequest, office: str) -> HttpResponse:
    return attempt_answer(request, office, _addresses(office))


@open_to_office(may_see_sums)
@never_cache
@require_safe
def conformity_csv(request: HttpRequest, office: str) -> HttpResponse:
    return csv_answer(request, office)


@open_to_office(may_see_sums)
@never_cache
@require_safe
def conformity_pdf(request: HttpRequest, office: str) -> HttpResponse:
    return pdf_answer(request, office)
