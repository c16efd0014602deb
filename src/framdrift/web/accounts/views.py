from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framdrift.casework.access import queries
from framdrift.web.accounts import lockout, openid
from framdrift.web.accounts.entering import enter, holds_a_role
from framdrift.web.accounts.openid import ProviderId
from framdrift.web.accounts.passwords import PasswordForm
from framdrift.web.accounts.personas import groups
from framdrift.web.accounts.places import first_page
from framdrift.web.accounts.refusals import Why, locked_page, no_role_page, refused_page
from framdrift.web.gate import open_to_all, open_to_logged_in


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login_page(request: HttpRequest) -> HttpResponse:
    """The ways in that this installation has; a form of each that needs one. It says so where there is none yet."""
    if "persona" in request.POST:
        return _log_in_as_persona(request)
    if request.method == "POST":
        return _log_in_by_password(request)
    return _ways_in(request, PasswordForm(), back=_ours(request, request.GET.get("next", "")))


def _ways_in(request: HttpRequest, form: PasswordForm, *, back: str) -> HttpResponse:
    environment = settings.ENVIRONMENT
    shown = {
        "staff": environment.staff_login,
        "citizens": environment.citizens_login,
        "form": form if environment.password_login else None,
        "is_demo": settings.DEMO_LOGIN,
        "groups": groups(queries.personas(), language=get_language() or "nb") if settings.DEMO_LOGIN else [],
        "next": back,
    }
    return render(request, "accounts/login.html", shown)


def _log_in_as_persona(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO_LOGIN:
        raise Http404
    account = queries.persona_account(_code(request.POST["persona"]))
    if account is None:
        raise Http404
    return enter(request, account, back=_ours(request, request.POST.get("next", "")))


def _code(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _log_in_by_password(request: HttpRequest) -> HttpResponse:
    if not settings.ENVIRONMENT.password_login:
        raise Http404
    back = _ours(request, request.POST.get("next", ""))
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _ways_in(request, form, back=back)
    name = form.cleaned_data["username"]
    account = auth.authenticate(lockout.counting(request), **form.cleaned_data)
    if account is None:
        if until := lockout.locked_until(request, name):
            return locked_page(request, until)
        form.refuse()
        return _ways_in(request, form, back=back)
    lockout.forget_failures(request, name)
    if not holds_a_role(account.staff, timezone.localdate()):
        return refused_page(request, Why.NO_ROLE, is_staff=True)
    return enter(request, account, back=back)


@open_to_all
@never_cache
@require_POST
def to_provider(request: HttpRequest, provider: ProviderId) -> HttpResponse:
    """Begins a login at a provider, and sends the browser there."""
    if openid.configured(provider) is None:
        raise Http404
    there = openid.address_to_log_in(request, provider, back=_ours(request, request.POST.get("next", "")))
    return there if isinstance(there, HttpResponse) else _onward(request, there, is_login=True)


@open_to_all
@never_cache
@require_safe
def from_provider(request: HttpRequest, provider: ProviderId) -> HttpResponse:
    """Where the provider sends the browser back. The protocol has it come as a GET, which here alone logs in."""
    if openid.configured(provider) is None:
        raise Http404
    return openid.answer_page(request, provider)


@open_to_all
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here, and at the provider that it came from."""
    there = openid.address_to_log_out(request)
    auth.logout(request)
    return _onward(request, there, is_login=False) if there else redirect("login")


def _onward(request: HttpRequest, there: str, *, is_login: bool) -> HttpResponse:
    """A page that goes on to the provider by itself, or by its link.

    Not a redirect: browsers hold what a form leads to against the policy's `form-action`, which names no other host.
    """
    response = render(request, "accounts/onward.html", {"there": there, "is_login": is_login})
    response["Refresh"] = f"0; url={there}"
    return response


def _ours(request: HttpRequest, target: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""


@open_to_logged_in
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of whoever is logged in. An employee who has lost every role meets none, and is told so."""
    page = first_page(request.viewer, request.seeker)  # type: ignore[attr-defined]
    return redirect(page) if page else no_role_page(request)
