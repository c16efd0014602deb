from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framdrift.casework.access.rules import Seeker
from framdrift.web.gate import open_to_jobseeker
from framdrift.web.jobseeker.home import home_page
from framdrift.web.jobseeker.offices import offices_page
from framdrift.web.jobseeker.openings import openings_page
from framdrift.web.jobseeker.start import start_page
from framdrift.web.registration.answers import occupations_answer, step_answer
from framdrift.web.registration.party import Party, Places
from framdrift.web.registration.receipt import receipt_answer
from framdrift.web.registration.review import review_answer
from framdrift.web.registration.versions import changes_answer, export_answer, version_answer, versions_answer


def _seeker(request: HttpRequest) -> Seeker:
    seeker: Seeker = request.seeker  # type: ignore[attr-defined]
    return seeker


def _party(request: HttpRequest) -> Party:
    seeker = _seeker(request)
    places = Places(
        step=lambda step: reverse("jobseeker:step", args=[step]),
        review=reverse("jobseeker:review"),
        receipt=reverse("jobseeker:receipt"),
        later=reverse("jobseeker:home"),
        occupations=reverse("jobseeker:occupations"),
        versions=reverse("jobseeker:versions"),
        version=lambda number: reverse("jobseeker:version", args=[number]),
        changes=lambda number: reverse("jobseeker:changes", args=[number]),
    )
    return Party(actor=seeker, person=seeker.person, name=seeker.name, places=places)


@open_to_jobseeker
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "jobseeker/home.html", {"home": home_page(_seeker(request), now=timezone.now())})


@open_to_jobseeker
@never_cache
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    listed = openings_page(_seeker(request), after=request.GET.get("etter", ""))
    return render(request, "jobseeker/openings.html", {"openings": listed})


@open_to_jobseeker
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offices(request: HttpRequest) -> HttpResponse:
    """The words looked for come by POST: they may be somebody's address."""
    return render(request, "jobseeker/offices.html", {"offices": offices_page(request.POST)})


@open_to_jobseeker
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "jobseeker/start.html", {"start": start_page(_party(request), today=timezone.localdate())})


@open_to_jobseeker
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, step: str) -> HttpResponse:
    return step_answer(request, _party(request), step)


@open_to_jobseeker
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    return review_answer(request, _party(request))


@open_to_jobseeker
@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    return receipt_answer(request, _party(request))


@open_to_jobseeker
@never_cache
@require_POST
def occupations(request: HttpRequest) -> HttpResponse:
    return occupations_answer(request, _party(request))


@open_to_jobseeker
@never_cache
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    return versions_answer(request, _party(request))


@open_to_jobseeker
@never_cache
@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    return version_answer(request, _party(request), number)


@open_to_jobseeker
@never_cache
@require_safe
def changes(request: HttpRequest, number: int) -> HttpResponse:
    return changes_answer(request, _party(request), number)


@open_to_jobseeker
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    return export_answer(request, _party(request))
