"""Who has one person's case, and giving it to somebody: the page that the person's page leads to."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from framdrift.casework.access.rules import Subject, Viewer, may_assign
from framdrift.casework.people.queries import who_is
from framdrift.casework.responsibility.actions import assign
from framdrift.casework.responsibility.advisors import advisors
from framdrift.casework.responsibility.errors import (
    AwayError,
    CaseEndedError,
    NoAdvisorError,
    NotAllowedError,
    NotClearedError,
    StaleError,
)
from framdrift.casework.responsibility.queries import Responsible, responsible_for
from framdrift.casework.responsibility.reasons import Reason
from framdrift.casework.responsibility.rules import may_give_or_take, may_take
from framdrift.web.design import formats
from framdrift.web.gate import open_to_person
from framdrift.web.office import words
from framdrift.web.office.forms import GiveForm, TakeForm
from framdrift.web.office.names import office_name
from framdrift.web.office.without_advisor import away_without_cover, give_case

REFUSED = (StaleError, NotAllowedError, CaseEndedError, NoAdvisorError, NotClearedError)


@open_to_person(may_give_or_take)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    """A team lead or the leader gives the case to anybody fit; an advisor takes it, where nobody has it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    subject: Subject = request.subject  # type: ignore[attr-defined]
    today = timezone.localdate()
    told = responsible_for(subject.case, today) if subject.case else None
    form = _form(request, viewer, office, told)
    if request.method == "POST" and form is not None and subject.case and _is_done(request, form, subject.case):
        return redirect("advisor:person", office, person)
    context = {
        "office": office_name(office),
        "person": person,
        "name": who_is(person).name,
        "told": told,
        "standing": _standing(told) if told else "",
        "form": form if isinstance(form, GiveForm) else None,
        "take": form if isinstance(form, TakeForm) else None,
    }
    return render(request, "office/assign.html", context)


def _form(request: HttpRequest, viewer: Viewer, office: str, told: Responsible | None) -> GiveForm | TakeForm | None:
    """What the viewer may do about it: give, take, or nothing but read who has it."""
    data = request.POST if request.method == "POST" else None
    if told is None or told.has_ended:
        return None
    if may_assign(viewer, office):
        today = timezone.localdate()
        there = [each for each in advisors(office, today) if each.code != told.code]
        return GiveForm(data, advisors=there, today=today, nobody=bool(told.code))
    # Whoever has just taken the case may send the form once more.
    if may_take(viewer, office) and (not told.is_there or (data is not None and told.code == viewer.code)):
        return TakeForm(data)
    return None


def _is_done(request: HttpRequest, form: GiveForm | TakeForm, case: str) -> bool:
    if not form.is_valid():
        return False
    expected = request.POST.get("expected") or None
    try:
        if isinstance(form, GiveForm):
            give_case(request, form, case=case, expected=expected)
        else:
            _take(request, form, case, expected)
    except AwayError as error:
        if isinstance(form, GiveForm):
            away_without_cover(form, error)
        return False
    except REFUSED as error:
        form.add_error(None, words.refused(error))
        return False
    messages.success(request, gettext("Lagret. Hvem som er veileder, er endret."))
    return True


def _take(request: HttpRequest, form: TakeForm, case: str, expected: str | None) -> None:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    assign(
        actor=viewer,
        case=case,
        advisor=viewer.code,
        reason=Reason.TAKEN,
        expected=expected,
        now=timezone.now(),
        request_id=form.cleaned_data["request_id"],
        although_away=True,
    )


def _standing(told: Responsible) -> str:
    """Who has the case now, since when, and who answers meanwhile."""
    if told.has_ended:
        return gettext("Saken er avsluttet, og ingen har ansvar for den lenger.")
    day = formats.day(told.since.astimezone(formats.OSLO).date()) if told.since else ""
    if not told.code:
        return gettext("Ingen har saken, siden %(day)s.") % {"day": day} if day else gettext("Ingen har saken.")
    if not told.is_there:
        return gettext("%(name)s står som veileder, men er det ikke her lenger. Ingen har saken i praksis.") % {
            "name": told.advisor
        }
    said = [
        gettext("%(name)s har saken, siden %(day)s.") % {"name": told.advisor, "day": day}
        if day
        else gettext("%(name)s har saken.") % {"name": told.advisor}
    ]
    if told.away_until:
        until = {"day": formats.day(told.away_until), "name": told.answering}
        said.append(
            gettext("Borte til og med %(day)s. %(name)s svarer.") % until
            if told.answering
            else gettext("Borte til og med %(day)s. Ingen svarer.") % until
        )
    return " ".join(said)
