"""Error pages: what happened, and what one can do, in plain words. No detail of the error reaches the page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(
        request,
        400,
        _("Forespørselen kunne ikke leses"),
        _("Noe i adressen eller skjemaet var ikke slik siden venter det. Gå tilbake og prøv på nytt."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None, **_why: object) -> HttpResponse:  # noqa: ARG001
    return _page(
        request,
        403,
        _("Dette kunne ikke gjøres"),
        _("Skjemaet var for gammelt, eller siden er ikke åpen for deg. Last siden på nytt og prøv igjen."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(
        request,
        404,
        _("Siden finnes ikke"),
        _("Adressen kan være feil, eller den er for noen med en annen rolle enn din."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing is queried here: the database may be what failed."""
    return _page(
        request,
        500,
        _("Noe gikk galt hos oss"),
        _("Feilen er skrevet ned hos den som drifter tjenesten. Ingenting er lagret. Prøv igjen om litt."),
    )


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "design/error.html", {"status": status, "title": title, "text": text}, status=status)
