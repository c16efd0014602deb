"""Who of the office is away and who answers: registered by everybody for themselves, and by leads for others."""

from __future__ import annotations

import json
from datetime import date

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from framdrift.casework.access.rules import Viewer, may_assign, may_manage_staff, may_plan_absence
from framdrift.casework.offices.members import Member, advisors_of, members_of
from framdrift.casework.staffing import absences
from framdrift.casework.staffing.absences import Planned
from framdrift.casework.staffing.errors import HinderedError, Obstacle, StaleError
from framdrift.casework.staffing.queries import AbsenceRow, absence, absences_of
from framdrift.casework.staffing.rules import may_plan_for
from framdrift.web.gate import open_to_office
from framdrift.web.office import words
from framdrift.web.office.forms import AbsenceForm
from framdrift.web.office.names import office_name


@open_to_office(may_plan_absence)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, office: str) -> HttpResponse:
    """Who is away, now and later, and a form to register for oneself; with `for` in the address, for a colleague."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    today = timezone.localdate()
    who = _whose(viewer, office, request.GET.get("for", ""), today)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None, covers=_covers(office, who, today), auto_id="ny-%s"
    )
    if request.method == "POST" and _is_registered(request, form, office, who):
        return redirect("office:absence", office)
    plans_for_all = may_manage_staff(viewer, office) or may_assign(viewer, office)
    context = {
        "office": office_name(office),
        "who": who,
        "is_own": who.key == viewer.staff,
        "form": form,
        "rows": [_shown(viewer, row, today, plans_for_all=plans_for_all) for row in absences_of(office, today)],
    }
    return render(request, "office/absence.html", context)


def _whose(viewer: Viewer, office: str, code: str, today: date) -> Member:
    """Oneself, or a colleague whom one may plan for; 404 for anybody else."""
    for member in members_of(office, today):
        if member.code == (code or viewer.code) and may_plan_for(viewer, office, member.key):
            return member
    raise Http404


def _covers(office: str, who: Member, today: date) -> list[Member]:
    return [member for member in advisors_of(office, today) if member.key != who.key]


def _shown(viewer: Viewer, row: AbsenceRow, today: date, *, plans_for_all: bool) -> dict[str, object]:
    return {
        "row": row,
        "days": words.span(row.planned.first_day, row.planned.last_day),
        "is_now": row.planned.first_day <= today,
        "may_change": plans_for_all or row.staff == viewer.code,
    }


def _is_registered(request: HttpRequest, form: AbsenceForm, office: str, who: Member) -> bool:
    if not form.is_valid():
        return False
    try:
        absences.register(
            actor=request.viewer,  # type: ignore[attr-defined]
            office=office,
            staff=who.code,
            planned=_planned(form),
            now=timezone.now(),
            request_id=form.cleaned_data["request_id"],
            leaves_nobody=form.cleaned_data["leaves_nobody"],
        )
    except HinderedError as error:
        _say(form, error)
        return False
    messages.success(request, gettext("Fraværet er registrert."))
    return True


def _planned(form: AbsenceForm) -> Planned:
    said = form.cleaned_data
    return Planned(said["first_day"], said["last_day"], said["cover"] or None)


_FIELDS = {
    Obstacle.LAST_BEFORE_FIRST: "last_day",
    Obstacle.IN_THE_PAST: "last_day",
    Obstacle.AWAY_ALREADY: "first_day",
    Obstacle.COVER_IS_SELF: "cover",
    Obstacle.COVER_IS_ACTOR: "cover",
    Obstacle.COVER_NO_ADVISOR: "cover",
    Obstacle.COVER_AWAY: "cover",
    Obstacle.LEAVES_NOBODY: "cover",
}


def _say(form: AbsenceForm, error: HinderedError) -> None:
    form.asks_leaves_nobody = error.obstacle is Obstacle.LEAVES_NOBODY
    form.add_error(_FIELDS.get(error.obstacle), words.hindered(error))


@open_to_office(may_plan_absence)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, office: str, absence_id: int) -> HttpResponse:
    """One absence to change or cancel. Changed by somebody else meanwhile, both versions are shown."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    today = timezone.localdate()
    row = absence(office, absence_id, today)
    if row is None and request.method == "POST":
        messages.info(request, gettext("Fraværet finnes ikke lenger. Noen har avlyst det, eller det er over."))
        return redirect("office:absence", office)
    if row is None:
        raise Http404
    who = _whose(viewer, office, row.staff, today)
    covers = _covers(office, who, today)
    if request.method == "POST":
        form = AbsenceForm(request.POST, covers=covers)
        if _is_done(request, form, office, row):
            return redirect("office:absence", office)
    else:
        initial = {
            "first_day": row.planned.first_day,
            "last_day": row.planned.last_day,
            "cover": row.planned.cover or "",
        }
        form = AbsenceForm(initial=initial, covers=covers)
    context = {
        "office": office_name(office),
        "row": row,
        "who": who,
        "is_own": who.key == viewer.staff,
        "form": form,
        "expected": _written(row.planned),
        "days": words.span(row.planned.first_day, row.planned.last_day),
    }
    return render(request, "office/absence_change.html", context)


def _is_done(request: HttpRequest, form: AbsenceForm, office: str, row: AbsenceRow) -> bool:
    is_cancelled = "avlys" in request.POST
    is_whole = form.is_valid()
    if not is_whole and (not is_cancelled or "request_id" in form.errors):
        return False
    same = {
        "actor": request.viewer,  # type: ignore[attr-defined]
        "office": office,
        "absence": row.id,
        "expected": _read(request.POST.get("expected", "")),
        "now": timezone.now(),
        "request_id": form.cleaned_data["request_id"],
    }
    try:
        if is_cancelled:
            absences.cancel(**same)
        else:
            absences.change(**same, planned=_planned(form), leaves_nobody=form.cleaned_data["leaves_nobody"])
    except HinderedError as error:
        _say(form, error)
        return False
    except StaleError:
        form.add_error(None, _stale(row))
        return False
    messages.success(request, gettext("Fraværet er avlyst.") if is_cancelled else gettext("Fraværet er endret."))
    return True


def _stale(row: AbsenceRow) -> str:
    told = {"days": words.span(row.planned.first_day, row.planned.last_day), "name": row.cover_name}
    if row.cover_name:
        text = gettext("Noen andre endret fraværet mens siden var åpen. Nå er det %(days)s, og %(name)s svarer.")
    else:
        text = gettext("Noen andre endret fraværet mens siden var åpen. Nå er det %(days)s, og ingen svarer.")
    return " ".join([text % told, gettext("Det du skrev, står under. Lagre en gang til om det skal gjelde.")])


def _written(planned: Planned) -> str:
    return json.dumps([planned.first_day.isoformat(), planned.last_day.isoformat(), planned.cover])


def _read(text: str) -> Planned:
    try:
        first_day, last_day, cover = json.loads(text)
        return Planned(date.fromisoformat(first_day), date.fromisoformat(last_day), cover)
    except (ValueError, TypeError) as error:
        raise BadRequest from error
