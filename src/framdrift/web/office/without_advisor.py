"""The people of the office whom nobody is there for, why each stands there, and giving some of them to somebody."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from framdrift.casework.access.actions import record_export, record_list
from framdrift.casework.access.rules import Viewer, may_assign
from framdrift.casework.cases.queries import may_be_case
from framdrift.casework.offices.members import TeamName, teams_of
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
from framdrift.casework.responsibility.queries import (
    Counts,
    Row,
    Without,
    all_without_advisor,
    counts,
    standing,
    without_advisor,
)
from framdrift.casework.responsibility.reasons import Reason
from framdrift.web.design import formats
from framdrift.web.gate import open_to_office
from framdrift.web.office import words
from framdrift.web.office.forms import GiveForm
from framdrift.web.office.names import office_name

LISTS = {"ingen": Without.NOBODY, "sluttet": Without.LEFT, "borte": Without.AWAY}
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address says: which list, of which team, after which row."""

    name: str
    without: Without
    team: str | None
    after: tuple[datetime, str] | None

    def query(self, **other: str) -> str:
        said = {"vis": self.name, "team": self.team or ""} | other
        return urlencode({key: value for key, value in said.items() if value})


def _choice(request: HttpRequest, teams: list[TeamName]) -> Choice:
    name = request.GET.get("vis", "ingen")
    if name not in LISTS:
        raise BadRequest
    team = request.GET.get("team") or None
    if team is not None and team not in {each.code for each in teams}:
        raise BadRequest
    return Choice(name, LISTS[name], team, _after(request.GET.get("etter", "")))


def _after(text: str) -> tuple[datetime, str] | None:
    if not text:
        return None
    moment, mark, case = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError as error:
        raise BadRequest from error
    if not (mark and may_be_case(case)) or at.tzinfo is None:
        raise BadRequest
    return at, case


@open_to_office(may_assign, is_logged=False)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, office: str) -> HttpResponse:
    """The list, a page at a time; a POST gives the chosen ones to an advisor."""
    today = timezone.localdate()
    teams = teams_of(office)
    choice = _choice(request, teams)
    there = advisors(office, today)
    if request.method == "POST":
        form = GiveForm(request.POST, advisors=there, today=today)
        if _give(request, form):
            return redirect(f"{reverse('office:without_advisor', args=[office])}?{choice.query()}")
    else:
        form = GiveForm(advisors=there, today=today)
    return render(
        request, "office/without_advisor.html", {"teams": teams, "form": form, **_list(request, office, choice, today)}
    )


def _list(request: HttpRequest, office: str, choice: Choice, today: date) -> dict[str, object]:
    """What the page shows of the list. That these people were shown is logged."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    who = standing(office, today, viewer.clearance)
    rows, more = without_advisor(who, choice.without, team=choice.team, after=choice.after)
    record_list(
        actor=viewer, office=office, page="office:without_advisor", at=timezone.now(),
        persons=[row.person for row in rows if row.person], about=choice.name,
    )  # fmt: skip
    chosen = set(request.POST.getlist("sak")) if request.method == "POST" else set()
    here = reverse("office:without_advisor", args=[office])
    following = f"{rows[-1].registered.isoformat()}~{rows[-1].case}" if more else ""
    return {
        "office": office_name(office),
        "today": today,
        "choice": choice,
        "counters": _counters(here, choice, counts(who, choice.team)),
        "rows": [_shown(office, row, choice.without, today, chosen) for row in rows],
        "urls": {
            "here": request.get_full_path(),
            "first": f"{here}?{choice.query()}" if choice.after else "",
            "next": f"{here}?{choice.query(etter=following)}" if following else "",
            "csv": f"{reverse('office:without_advisor_csv', args=[office])}?{choice.query()}",
        },
    }


def _counters(here: str, choice: Choice, found: Counts) -> list[dict[str, object]]:
    texts = {
        "ingen": (found.nobody, gettext("Ingen veileder")),
        "sluttet": (found.left, gettext("Veilederen har sluttet")),
        "borte": (found.away, gettext("Veilederen er borte, ingen svarer")),
    }
    return [
        {
            "count": count,
            "text": text,
            "url": f"{here}?{urlencode({'vis': name} | ({'team': choice.team} if choice.team else {}))}",
            "is_current": name == choice.name,
        }
        for name, (count, text) in texts.items()
    ]


def _shown(office: str, row: Row, without: Without, today: date, chosen: set[str]) -> dict[str, Any]:
    value = json.dumps([row.case, row.advisor_code])
    return {
        "value": value,
        "is_chosen": value in chosen,
        "name": row.name or (gettext("Uten navn") if row.person else gettext("Ikke identifisert")),
        "url": reverse("advisor:person", args=[office, row.person]) if row.person else "",
        "team": row.team,
        "registered": formats.day(row.registered.astimezone(formats.OSLO).date(), today=today),
        "waited": words.days_since(row.registered, today),
        "why": words.why_without(row, without, today),
        "is_protected": row.is_protected,
        "wants_contact": row.wants_contact,
    }


def _give(request: HttpRequest, form: GiveForm) -> bool:
    """Whether each chosen one was given. What could not be is said on the form, and the rest is done."""
    chosen = _chosen(request.POST.getlist("sak"))
    is_whole = form.is_valid()
    if not chosen:
        form.add_error(None, gettext("Kryss av for minst én person i listen."))
    if not is_whole or not chosen:
        return False
    done = 0
    # In the order of their ids: of two who give the same cases at once, neither waits for the other in a ring.
    for case, expected in sorted(chosen):
        try:
            give_case(request, form, case=case, expected=expected or None)
            done += 1
        except AwayError as error:
            away_without_cover(form, error)
            return False
        except StaleError as error:
            form.add_error(None, words.refused(error))
        except (NotAllowedError, CaseEndedError, NoAdvisorError, NotClearedError) as error:
            form.add_error(None, words.refused(error))
    if done:
        text = ngettext("%(n)s person har fått veileder.", "%(n)s personer har fått veileder.", done)
        messages.success(request, text % {"n": formats.number(done)})
    return form.is_valid()


def give_case(request: HttpRequest, form: GiveForm, *, case: str, expected: str | None) -> None:
    """Gives one case as the form says. Raises what `assign` does."""
    assign(
        actor=request.viewer,  # type: ignore[attr-defined]
        case=case,
        advisor=form.to,
        reason=Reason(form.cleaned_data["reason"]),
        expected=expected,
        now=timezone.now(),
        request_id=form.cleaned_data["request_id"],
        although_away=form.cleaned_data["although_away"],
    )


def away_without_cover(form: GiveForm, error: AwayError) -> None:
    """Asks to say yes to it, or to choose another."""
    form.asks_although_away = True
    text = gettext("%(name)s er borte til og med %(day)s, og ingen svarer imens. Velg en annen, eller kryss av.")
    form.add_error("advisor", text % {"name": error.name, "day": formats.day(error.last_day)})


def _chosen(values: list[str]) -> list[tuple[str, str]]:
    chosen = []
    for value in values:
        try:
            case, expected = json.loads(value)
        except (ValueError, TypeError, RecursionError) as error:
            raise BadRequest from error
        if not isinstance(case, str) or not may_be_case(case) or not isinstance(expected, str):
            raise BadRequest
        chosen.append((case, expected))
    return chosen


@open_to_office(may_assign, is_logged=False)
@never_cache
@require_safe
def people_csv(request: HttpRequest, office: str) -> HttpResponse:
    """The whole list as a file; that these people were taken out is logged."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    today = timezone.localdate()
    choice = _choice(request, teams_of(office))
    there = standing(office, today, viewer.clearance)
    rows = list(all_without_advisor(there, choice.without, team=choice.team))
    record_export(
        actor=viewer, office=office, page="office:without_advisor", at=timezone.now(),
        persons=[row.person for row in rows if row.person], about=choice.name,
    )  # fmt: skip
    response = HttpResponse(_csv(rows, choice.without, today), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="uten-veileder-{today.isoformat()}.csv"'
    return response


def _csv(rows: list[Row], without: Without, today: date) -> str:
    sink = io.StringIO()
    sink.write("\ufeff")
    writer = csv.writer(sink)
    writer.writerow(["person", "name", "case", "team", "registered", "previous_advisor", "since", "why"])
    for row in rows:
        since = row.since.astimezone(formats.OSLO).date() if isinstance(row.since, datetime) else row.since
        registered = row.registered.astimezone(formats.OSLO).date()
        cells = [
            str(row.person or ""), row.name, row.case, row.team, registered.isoformat(), row.advisor,
            since.isoformat() if since else "", words.why_without(row, without, today),
        ]  # fmt: skip
        writer.writerow([f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell for cell in cells])
    return sink.getvalue()
