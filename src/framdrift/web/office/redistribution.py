"""How much each advisor has, and sharing out an advisor's cases: looked at, decided, followed, taken back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framdrift.casework.access.actions import record_list
from framdrift.casework.access.rules import Viewer, may_assign
from framdrift.casework.people.protection import Protection
from framdrift.casework.responsibility.advisors import Advisor, Former, advisors_and_former
from framdrift.casework.responsibility.errors import BasisChangedError, NotAllowedError, NumbersError
from framdrift.casework.responsibility.outcomes import Outcome
from framdrift.casework.responsibility.queries import (
    Moved,
    Told,
    latest_redistributions,
    moves_of,
    people_in,
    redistribution,
)
from framdrift.casework.responsibility.reasons import Reason
from framdrift.casework.responsibility.redistributing import Preview, can_go_back, carry_on, preview, start, take_back
from framdrift.casework.responsibility.sharing import NotPossibleError
from framdrift.web.gate import open_to_office
from framdrift.web.office import words
from framdrift.web.office.forms import NumbersForm, RequestForm, field_of
from framdrift.web.office.names import office_name


@open_to_office(may_assign)
@never_cache
@require_safe
def overview(request: HttpRequest, office: str) -> HttpResponse:
    """The advisors with how many they have and whether they are there; those who left cases behind; what was done."""
    today = timezone.localdate()
    present, former = advisors_and_former(office, today)
    context = {
        "office": office_name(office),
        "former": former,
        "advisors": [
            {
                "advisor": each,
                "away": words.away(each.away, each.answering, today),
                "leaves": words.leaves(each.leaves_on, today),
            }
            for each in present
        ],
        "done": [
            {"id": key, "at": at, "giver": giver, "by": by, "waits": waits}
            for key, at, giver, by, waits in latest_redistributions(office, clearance=_clearance(request))
        ],
    }
    return render(request, "office/redistribution.html", context)


@open_to_office(may_assign, is_logged=False)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share_out(request: HttpRequest, office: str, advisor: str | None = None) -> HttpResponse:
    """What sharing out would do, with numbers to change: shown anew, or done. Without an advisor: what nobody has."""
    today = timezone.localdate()
    seen = preview(office=office, giver=advisor, today=today, clearance=_clearance(request))
    form: NumbersForm | None = None
    if request.method == "POST":
        form = NumbersForm(request.POST, advisors=seen.takers)
        if "vis" not in request.POST and (made := _started(request, form, office, advisor, seen.takers)) is not None:
            return redirect("office:redistributed", office, made)
    giver = _giver(office, advisor, today)
    if form is None:
        form = NumbersForm(initial=_initial(seen, giver), advisors=seen.takers)
    else:
        seen = _by_numbers(request, form, office, advisor, today) or seen
    context = _shared(request, office, seen, today, form)
    context |= {"giver": giver, "may_keep": isinstance(giver, Advisor)}
    return render(request, "office/share_out.html", context)


def _started(
    request: HttpRequest, form: NumbersForm, office: str, advisor: str | None, takers: Sequence[Advisor]
) -> uuid.UUID | None:
    if not form.is_valid():
        return None
    try:
        return start(
            actor=request.viewer,  # type: ignore[attr-defined]
            office=office,
            giver=advisor,
            numbers=form.numbers(takers),
            reason=Reason(form.cleaned_data["reason"]),
            basis=form.cleaned_data["basis"],
            now=timezone.now(),
            request_id=form.cleaned_data["request_id"],
        )
    except NotAllowedError as error:
        raise Http404 from error
    except BasisChangedError:
        form.add_error(None, gettext("Sakene har endret seg mens siden var åpen. Se over tallene og prøv igjen."))
    except (NumbersError, NotPossibleError):
        pass  # said by `_by_numbers`, which counts once more for the page
    return None


def _by_numbers(
    request: HttpRequest, form: NumbersForm, office: str, advisor: str | None, today: date
) -> Preview | None:
    """The preview by the numbers of the form; None where they cannot be, which the form then says."""
    form.is_valid()
    clearance = _clearance(request)
    takers = preview(office=office, giver=advisor, today=today, clearance=clearance).takers
    if any(field_of(each.code) in form.errors for each in takers):
        return None
    try:
        numbers = form.numbers(takers)
        return preview(office=office, giver=advisor, today=today, clearance=clearance, numbers=numbers)
    except NumbersError as error:
        text = gettext("Tallene er til sammen %(asked)s, men det er %(there)s å fordele.")
        form.add_error(None, text % {"asked": error.asked, "there": error.there})
    except NotPossibleError as error:
        text = ngettext(
            "%(n)s skjermet person blir til overs. Gi flere til dem som er klarert.",
            "%(n)s skjermede personer blir til overs. Gi flere til dem som er klarert.",
            error.over,
        )
        form.add_error(None, text % {"n": error.over})
    return None


def _giver(office: str, advisor: str | None, today: date) -> Advisor | Former | None:
    """Whose cases they are. 404 for one who neither is an advisor here nor has left cases behind."""
    if advisor is None:
        return None
    present, former = advisors_and_former(office, today)
    everyone: list[Advisor | Former] = [*present, *former]
    for each in everyone:
        if each.code == advisor:
            return each
    raise Http404


def _initial(seen: Preview, giver: Advisor | Former | None) -> dict[str, object]:
    numbers = {field_of(each.code): seen.count(each.code) for each in seen.takers}
    return {"reason": _likely(giver), **numbers}


def _likely(giver: Advisor | Former | None) -> Reason:
    if giver is None:
        return Reason.REGISTRATION
    if isinstance(giver, Former) or giver.leaves_on is not None:
        return Reason.LEFT
    return Reason.ABSENCE if giver.away is not None else Reason.LOAD


def _shared(request: HttpRequest, office: str, seen: Preview, today: date, form: NumbersForm) -> dict[str, object]:
    """Each advisor with the number and the people it stands for. That these people were shown is logged."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    people = people_in([each.case for each in seen.held], clearance=viewer.clearance)
    record_list(
        actor=viewer, office=office, page="office:redistribution", at=timezone.now(),
        persons=[person for person, _ in people.values() if person],
    )  # fmt: skip
    names: dict[str, list[str]] = {}
    for case, code in seen.shares.given.items():
        names.setdefault(code, []).append(_name(*people[case]))
    return {
        "office": office_name(office),
        "form": form,
        "basis": seen.basis,
        "count": len(seen.held),
        "kept": seen.kept,
        "left": [_name(*people[case]) for case in seen.shares.left],
        "takers": [
            {
                "advisor": each,
                "field": form[field_of(each.code)],
                "away": words.away(each.away, each.answering, today),
                "leaves": words.leaves(each.leaves_on, today),
                "gets": seen.count(each.code),
                "then": each.running + seen.count(each.code),
                "names": names.get(each.code, []),
            }
            for each in seen.takers
        ],
    }


def _name(person: uuid.UUID | None, name: str) -> str:
    return name or (gettext("Uten navn") if person else gettext("Ikke identifisert"))


@open_to_office(may_assign, is_logged=False)
@never_cache
@require_safe
def redistributed(request: HttpRequest, office: str, run: uuid.UUID) -> HttpResponse:
    """How a redistribution went, case by case; while cases wait, the page asks for the next portion by itself."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    told = redistribution(office, run, clearance=viewer.clearance)
    if told is None:
        raise Http404
    moves = moves_of(run, office=office, clearance=viewer.clearance)
    record_list(
        actor=viewer, office=office, page="office:redistribution", at=timezone.now(),
        persons=[move.person for move in moves if move.person],
    )  # fmt: skip
    backable = len(can_go_back(run, clearance=viewer.clearance)) if told.can_be_taken_back else 0
    context = {
        "office": office_name(office),
        "told": told,
        "reason": words.reason(told.reason),
        "outcomes": [
            (count, outcome.label) for outcome, count in told.outcomes.items() if outcome is not Outcome.MOVED
        ],
        "moved": told.outcomes.get(Outcome.MOVED, 0),
        "groups": _by_receiver(office, moves),
        "backable": backable,
        "stays": told.outcomes.get(Outcome.MOVED, 0) - backable,
        "form": RequestForm(),
    }
    return render(request, "office/redistributed.html", context)


def _by_receiver(office: str, moves: Sequence[Moved]) -> list[dict[str, Any]]:
    groups = []
    for name, group in groupby(moves, key=lambda move: move.to):
        rows = [
            {
                "name": _name(move.person, move.name),
                "url": reverse("advisor:person", args=[office, move.person]) if move.person else "",
                "outcome": move.outcome.label,
            }
            for move in group
        ]
        groups.append({"name": name or gettext("Ingen"), "count": len(rows), "rows": rows})
    return groups


@open_to_office(may_assign, is_logged=False, is_page=False)
@require_POST
def go_on(request: HttpRequest, office: str, run: uuid.UUID) -> HttpResponse:
    """The next portion. Sent twice, two portions are moved, none of them twice."""
    _here(request, office, run)
    carry_on(actor=request.viewer, redistribution=run, now=timezone.now())  # type: ignore[attr-defined]
    return redirect("office:redistributed", office, run)


@open_to_office(may_assign, is_logged=False, is_page=False)
@require_POST
def go_back(request: HttpRequest, office: str, run: uuid.UUID) -> HttpResponse:
    form = RequestForm(request.POST)
    _here(request, office, run)
    if not form.is_valid():
        raise BadRequest
    made = take_back(
        actor=request.viewer,  # type: ignore[attr-defined]
        redistribution=run,
        now=timezone.now(),
        request_id=form.cleaned_data["request_id"],
    )
    messages.success(request, gettext("Fordelingen er gjort om."))
    return redirect("office:redistributed", office, made)


def _here(request: HttpRequest, office: str, run: uuid.UUID) -> Told:
    told = redistribution(office, run, clearance=_clearance(request))
    if told is None:
        raise Http404
    return told


def _clearance(request: HttpRequest) -> Protection:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer.clearance
