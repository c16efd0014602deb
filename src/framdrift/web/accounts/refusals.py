"""Plain pages for a login that did not succeed: what happened, and what one can do. No detail of anybody's is on them."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

_OUR_FIELDS = frozenset({"csrfmiddlewaretoken", "request_id", "version", "next"})
_CODE = re.compile(r"[\w.-]{0,40}")
"""What a page filled in itself, or a choice of it: a word or an id, and nothing that somebody wrote."""


class Why(StrEnum):
    """Why a login by a provider was refused. The value is what the log says."""

    LEVEL = "level of assurance too low"
    NO_ROLE = "no valid role"
    NO_NAME = "no name of an employee among the claims"
    TAKEN = "the employee's account belongs to another identity at the provider"
    NUMBER = "no national identity number that we take"
    CANCELLED = "cancelled at the provider"
    STATE = "no such login was begun here"
    ANSWER = "the provider's answer could not be trusted"
    DOWN = "the provider does not answer"


_STATUS = {Why.CANCELLED: 200, Why.STATE: 400, Why.ANSWER: 502, Why.DOWN: 503}


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    what: str
    do: str


def refused_page(request: HttpRequest, why: Why, *, is_staff: bool) -> HttpResponse:
    logger.warning("Login of %s refused: %s", "staff" if is_staff else "a citizen", why.value)
    return render(
        request, "accounts/refused.html", {"text": _text(why, is_staff=is_staff)}, status=_STATUS.get(why, 403)
    )


def no_role_page(request: HttpRequest) -> HttpResponse:
    """For whoever is logged in and has lost their last role: there is no page to come to."""
    return render(request, "accounts/refused.html", {"text": _staff_text(Why.NO_ROLE)}, status=403)


def locked_page(request: HttpRequest, until: datetime) -> HttpResponse:
    clock = timezone.localtime(until).strftime("%H.%M")
    text = Text(
        _("For mange forsøk"),
        _("Det er prøvd å logge inn for mange ganger på rad. For å beskytte kontoen er innloggingen stengt en stund."),
        _("Prøv igjen etter klokka %(clock)s. Er det ikke du som har prøvd, si fra til den som drifter tjenesten.")
        % {"clock": clock},
    )
    response = render(request, "accounts/refused.html", {"text": text}, status=429)
    response["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return response


def ended_page(request: HttpRequest, *, back: str) -> HttpResponse:
    """For a form that came after its login had ended: it is not carried out, and what was written stands on the page."""
    written = [
        text
        for name, texts in request.POST.lists()
        if name not in _OUR_FIELDS and "password" not in name
        for text in texts
        if not _CODE.fullmatch(text)
    ]
    return render(
        request,
        "accounts/ended.html",
        {"written": written, "back": urlencode({"next": back}) if back else ""},
        status=403,
    )


def _text(why: Why, *, is_staff: bool) -> Text:
    again = _("Prøv å logge inn på nytt.")
    if why is Why.LEVEL:
        what = _("Du er logget inn på et lavere sikkerhetsnivå enn det som trengs her.")
        do = _("Logg inn på nytt, og velg en måte med høyt sikkerhetsnivå, for eksempel BankID eller Buypass.")
        if is_staff:
            do = _(
                "Logg inn på nytt med totrinnsbekreftelse. Spør den som har ansvar for jobbkontoen din, hvis det stopper der."
            )
        return Text(_("Innloggingen var ikke sikker nok"), what, do)
    if why in {Why.NO_ROLE, Why.NO_NAME, Why.TAKEN}:
        return _staff_text(why)
    if why is Why.NUMBER:
        return Text(
            _("Vi kunne ikke se hvem du er"),
            _("Innloggingen ga oss ikke et fødselsnummer eller d-nummer som denne tjenesten tar imot."),
            _("Ta kontakt med kontoret ditt, så hjelper de deg med å registrere deg."),
        )
    if why is Why.CANCELLED:
        return Text(_("Innloggingen ble avbrutt"), _("Du er ikke logget inn."), again)
    if why is Why.STATE:
        return Text(
            _("Innloggingen må startes på nytt"),
            _("Den tok for lang tid, eller den ble startet i en annen nettleser eller et annet vindu."),
            again,
        )
    what = _(
        "Tjenesten som du logger inn med, svarer ikke slik den skal. Det er ikke noe galt med deg eller det du gjorde."
    )
    return Text(_("Innloggingen virker ikke akkurat nå"), what, _("Prøv igjen om litt."))


def _staff_text(why: Why) -> Text:
    ask = _("Be administratoren på kontoret ditt om å ordne det, og logg inn på nytt.")
    if why is Why.NO_ROLE:
        return Text(
            _("Du har ingen rolle her"),
            _("Jobbkontoen din er i orden, men den er ikke knyttet til noe kontor i Framdrift."),
            ask,
        )
    if why is Why.NO_NAME:
        return Text(_("Vi kunne ikke se hvem du er"), _("Innloggingen sa ikke hvem du er på kontoret ditt."), ask)
    return Text(
        _("Brukernavnet hører til en annen"),
        _("Noen har logget inn her med det samme brukernavnet og en annen jobbkonto."),
        ask,
    )
