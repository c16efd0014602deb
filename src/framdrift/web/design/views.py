from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framdrift.casework.access.rules import may_work_here
from framdrift.web.design.choices import COLOUR_SCHEME_COOKIE, COLOUR_SCHEMES, ONE_YEAR, colour_scheme
from framdrift.web.design.gallery import specimens
from framdrift.web.gate import open_to, open_to_all

_LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def view_choices(request: HttpRequest) -> HttpResponse:
    """Language and colours in one form; also for those who are not logged in."""
    if request.method != "POST":
        chosen = {"language": get_language(), "colours": colour_scheme(request)}
        return render(request, "design/view.html", {"chosen": chosen})
    language, colours = request.POST.get("language", ""), request.POST.get("colours", "")
    if language not in _LANGUAGES or colours not in COLOUR_SCHEMES:
        return HttpResponseBadRequest()
    response = redirect("design:view")
    _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    _keep(response, COLOUR_SCHEME_COOKIE, colours)
    return response


@open_to_all
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The button in the header: the other language, and back to the same page."""
    language, target = request.POST.get("language", ""), request.POST.get("next", "")
    if language not in _LANGUAGES:
        return HttpResponseBadRequest()
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = redirect(target if is_ours else reverse("home"))
    _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=ONE_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )


@open_to(may_work_here, is_logged=False)
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, drawn by its own template. Shown in demonstrations only."""
    if not settings.DEMO_LOGIN:
        raise Http404
    return render(request, "design/gallery.html", {"specimens": specimens()})
