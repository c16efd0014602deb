"""Who works at the office: the list, somebody new, and one employee's roles, team, departure and clearance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from framdrift.casework.access.rules import Viewer, may_assign, may_clear, may_manage_staff
from framdrift.casework.offices.members import teams_of
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.protection import Protection
from framdrift.casework.staffing import actions, clearances
from framdrift.casework.staffing.errors import HinderedError, NotAllowedError, Obstacle
from framdrift.casework.staffing.queries import (
    Employee,
    Period,
    changes_of,
    clearances_held,
    employee,
    roles_held,
    staff_of,
)
from framdrift.casework.staffing.rules import may_end_stay, may_give_role, may_plan_for, roles_to_give
from framdrift.web.design.forms import WritingForm
from framdrift.web.gate import open_to_office
from framdrift.web.office import words
from framdrift.web.office.forms import (
    ClearForm,
    EndClearanceForm,
    EndRoleForm,
    JoinForm,
    LeaveForm,
    RequestForm,
    RoleForm,
    TeamForm,
)
from framdrift.web.office.history import told
from framdrift.web.office.names import office_name

_FIELDS = {
    Obstacle.USERNAME_TAKEN: "username",
    Obstacle.CODE_TAKEN: "code",
    Obstacle.CODE_UNFIT: "code",
    Obstacle.NO_ROLE: "roles",
    Obstacle.NO_SUCH_TEAM: "team",
    Obstacle.REASON_MISSING: "reason",
    Obstacle.LAST_BEFORE_FIRST: "last_day",
}


@open_to_office(may_manage_staff)
@never_cache
@require_safe
def people(request: HttpRequest, office: str) -> HttpResponse:
    today = timezone.localdate()
    rows = [
        {
            "who": each,
            "roles": [role.label for role in each.roles],
            "away": words.away(each.away, each.answering, today),
            "leaves": words.leaves(each.leaves_on, today),
            "cleared": [words.PROTECTIONS[level] for level in each.clearance],
        }
        for each in staff_of(office, today)
    ]
    return render(request, "office/staff.html", {"office": office_name(office), "rows": rows})


@open_to_office(may_manage_staff)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, office: str) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        roles=roles_to_give(viewer, office),
        teams=teams_of(office),
        initial={"first_day": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            code = actions.join(
                actor=viewer,
                office=office,
                who=actions.NewStaff(said["name"].strip(), said["username"].strip(), said["code"].strip()),
                roles=[Role(role) for role in said["roles"]],
                team=said["team"] or None,
                first_day=said["first_day"],
                now=timezone.now(),
                request_id=said["request_id"],
            )
        except HinderedError as error:
            _say(form, error)
        else:
            messages.success(request, gettext("%(name)s er lagt til.") % {"name": said["name"]})
            return redirect("office:employee", office, code)
    return render(request, "office/staff_new.html", {"office": office_name(office), "form": form})


def _say(form: WritingForm, error: HinderedError) -> None:
    name = _FIELDS.get(error.obstacle, "")
    if error.obstacle is Obstacle.IN_THE_PAST:
        name = "first_day" if "first_day" in form.fields else "last_day"
    form.add_error(name if name in form.fields else None, words.hindered(error))


@open_to_office(may_manage_staff)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, office: str, staff: str) -> HttpResponse:
    """One employee: what they are, what was changed, and a form for each thing that the viewer may change."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    today = timezone.localdate()
    who = employee(office, staff, today)
    if who is None:
        raise Http404
    held = Held(roles_held(office, who.key), clearances_held(who.key), today)
    forms = _forms(viewer, office, who, held)
    asked = request.POST.get("gjor", "")
    if request.method == "POST":
        if asked not in forms:
            raise Http404
        forms[asked] = _bound(forms[asked], request)
        if _is_done(request, asked, forms[asked], office, who):
            # Somebody whose only roles ended at once has no page here any more.
            is_here = employee(office, staff, today) is not None
            return redirect("office:employee", office, staff) if is_here else redirect("office:staff", office)
    context = {
        "office": office_name(office),
        "who": who,
        "away": words.away(who.away, who.answering, today),
        "leaves": words.leaves(who.leaves_on, today),
        "held": [_period(row, today) for row in held.roles],
        "cleared": [_period(row, today) for row in held.clearances],
        "history": [told(each) for each in changes_of(office, who.key)],
        "forms": forms,
        "wrong": forms[asked] if asked else None,
        "may_plan": who.begins_on is None and may_plan_for(viewer, office, who.key),
        "may_share_out": may_assign(viewer, office) and Role.ADVISOR in who.roles,
    }
    return render(request, "office/employee.html", context)


def _period(row: Period, today: date) -> dict[str, object]:
    what = row.role.label if row.role else words.PROTECTIONS[row.level or Protection.SHIELDED]
    return {
        "what": what,
        "team": row.team,
        "days": words.span(row.first_day, row.last_day),
        "runs": row.runs_after(today),
    }


@dataclass(frozen=True, slots=True)
class Held:
    """What the employee has and had, and which of it still runs."""

    roles: list[Period]
    clearances: list[Period]
    today: date

    @property
    def running(self) -> list[Role]:
        return [role for role in Role if any(row.role is role and row.runs_after(self.today) for row in self.roles)]

    @property
    def levels(self) -> list[Protection]:
        return list(dict.fromkeys(row.level for row in self.clearances if row.level and row.runs_after(self.today)))


def _forms(viewer: Viewer, office: str, who: Employee, held: Held) -> dict[str, WritingForm]:
    """A form for each thing that the viewer may change about the employee, by what it is called in the page."""
    running = held.running
    mine = [role for role in Role if may_give_role(viewer, office, role, who.key)]
    teams, day = teams_of(office), {"first_day": held.today}
    forms: dict[str, WritingForm] = {}
    if to_give := [role for role in mine if role not in running]:
        forms["role"] = RoleForm(roles=to_give, teams=teams, initial=day, auto_id="role-%s")
    if to_end := [role for role in mine if role in running]:
        forms["end_role"] = EndRoleForm(roles=to_end, auto_id="end-role-%s")
    if teams and {Role.ADVISOR, Role.TEAM_LEAD} & set(running):
        forms["team"] = TeamForm(teams=teams, initial=day, auto_id="team-%s")
    if may_end_stay(viewer, office, who.key, running):
        forms["leave"] = LeaveForm(initial={"last_day": who.leaves_on}, auto_id="leave-%s")
        if who.leaves_on is not None:
            forms["stay"] = RequestForm(auto_id="stay-%s")
    if may_clear(viewer, office) and who.key != viewer.staff:
        forms["clear"] = ClearForm(initial=day, auto_id="clear-%s")
        if held.levels:
            named = [(str(int(level)), words.PROTECTIONS[level]) for level in held.levels]
            forms["end_clearance"] = EndClearanceForm(levels=named, auto_id="end-clearance-%s")
    return forms


def _bound(form: WritingForm, request: HttpRequest) -> WritingForm:
    form.data, form.is_bound = request.POST, True
    return form


def _is_done(request: HttpRequest, asked: str, form: WritingForm, office: str, who: Employee) -> bool:
    if not form.is_valid():
        return False
    same = {
        "actor": request.viewer,  # type: ignore[attr-defined]
        "office": office,
        "staff": who.code,
        "now": timezone.now(),
        "request_id": form.cleaned_data["request_id"],
    }
    try:
        _VERBS[asked](form.cleaned_data, same)
    except HinderedError as error:
        _say(form, error)
        return False
    except NotAllowedError as error:
        raise Http404 from error
    messages.success(request, gettext("Lagret."))
    return True


Said = dict[str, Any]


def _give_role(said: Said, same: Said) -> None:
    actions.give_role(role=Role(said["role"]), team=said["team"] or None, first_day=said["first_day"], **same)


def _end_role(said: Said, same: Said) -> None:
    actions.end_role(role=Role(said["role"]), last_day=said["last_day"], **same)


def _move(said: Said, same: Said) -> None:
    actions.move_to_team(team=said["team"], first_day=said["first_day"], **same)


def _leave(said: Said, same: Said) -> None:
    actions.leave(last_day=said["last_day"], **same)


def _stay(_said: Said, same: Said) -> None:
    actions.stay(**same)


def _clear(said: Said, same: Said) -> None:
    clearances.clear(
        level=Protection(int(said["level"])),
        first_day=said["first_day"],
        last_day=said["last_day"],
        reason=said["reason"],
        **same,
    )


def _end_clearance(said: Said, same: Said) -> None:
    clearances.end_clearance(level=Protection(int(said["level"])), last_day=said["last_day"], **same)


_VERBS: dict[str, Callable[[Said, Said], None]] = {
    "role": _give_role,
    "end_role": _end_role,
    "team": _move,
    "leave": _leave,
    "stay": _stay,
    "clear": _clear,
    "end_clearance": _end_clearance,
}
