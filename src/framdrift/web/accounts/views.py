from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framdrift.casework.access import queries
from framdrift.casework.access.rules import Viewer, may_work_here
from framdrift.casework.offices.roles import Role
from framdrift.web.gate import open_to, open_to_all

# A persona has no password: this backend only carries the session on.
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login_page(request: HttpRequest) -> HttpResponse:
    """Log in as a persona of the demonstration. Where that is switched off, the page says so and takes no POST."""
    if request.method == "POST":
        return _log_in(request)
    personas = queries.personas(today=timezone.localdate()) if settings.DEMO_LOGIN else []
    return render(
        request,
        "accounts/login.html",
        {"personas": personas, "is_on": settings.DEMO_LOGIN, "next": _safe_next(request, request.GET.get("next", ""))},
    )


def _log_in(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO_LOGIN:
        raise Http404
    staff = queries.persona_staff(request.POST.get("persona", ""), today=timezone.localdate())
    if staff is None:
        raise Http404
    auth.login(request, staff, backend=_BACKEND)
    return redirect(_safe_next(request, request.POST.get("next", "")) or "home")


def _safe_next(request: HttpRequest, target: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""


@open_to_all
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("login")


@open_to(may_work_here, is_logged=False)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of whoever is logged in."""
    return redirect(first_page(request.viewer))  # type: ignore[attr-defined]


def first_page(viewer: Viewer) -> str:
    led = sorted(viewer.roles.get(Role.OFFICE_LEADER, frozenset()))
    if led:
        return reverse("office:conformity", args=[led[0]])
    if viewer.holds_anywhere(Role.ANALYST):
        return reverse("insight:offices")
    raise Http404
