"""Imported registrations of nobody known: what the national register told, and matching it to a person."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framdrift.casework.access import actions as access
from framdrift.casework.access.rules import Viewer, may_register_person, may_register_with
from framdrift.casework.people.numbers import NumberError, read_number
from framdrift.casework.people.queries import Who, who_is
from framdrift.casework.people.search import PAGE, Found, UnclearSearchError, read_search, search
from framdrift.casework.registration import matching
from framdrift.casework.registration.matching import Period, Told
from framdrift.standard.calendar import local_date
from framdrift.web.design import formats
from framdrift.web.gate import admit_to_person, open_to_office
from framdrift.web.office.matching_forms import MatchForm, NewPersonForm, UndoForm, WhoForm
from framdrift.web.office.names import office_name
from framdrift.web.registration import points, summary

MATCHED_LATELY = timedelta(days=7)

NUMBER_PROBLEMS: Mapping[str, str | Promise] = {
    "not_eleven_digits": _("Et fødselsnummer eller d-nummer har elleve siffer."),
    "control_digits": _("Kontrollsifrene stemmer ikke: et siffer er feil, eller to har byttet plass."),
    "no_such_date": _("De seks første sifrene er ingen fødselsdato."),
    "no_such_century": _("Det finnes ikke noe slikt nummer for det fødselsåret."),
    "real_person": _(
        "Her brukes bare syntetiske numre (måned pluss 80, 65 eller 40), så ingen virkelige personers numre blir lagret."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A registration that waits, by what may tell whose it is."""

    id: uuid.UUID
    since: str
    situation: tuple[str, ...]
    occupation: str
    age: str
    unclear: tuple[str, ...]
    changes: int


@dataclass(frozen=True, slots=True)
class Mine:
    """What the viewer has matched lately."""

    id: uuid.UUID
    person: uuid.UUID
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody found, and whether the age that the register tells is theirs."""

    form: MatchForm
    name: str
    born: str
    is_other_age: bool


@open_to_office(may_register_with)
@never_cache
@require_safe
def unmatched(request: HttpRequest, office: str) -> HttpResponse:
    viewer, now = _viewer(request), timezone.now()
    after = _uuid(request.GET.get("etter", ""))
    found, has_more = matching.waiting(viewer.offices[office], after=after)
    mine = _mine(viewer, office, now) if after is None else []
    if mine:
        persons = [each.person for each in mine]
        access.record_list(actor=viewer, office=office, page="office:unmatched", at=now, persons=persons)
    return render(
        request,
        "office/unmatched.html",
        {
            "office": office_name(office),
            "total": matching.count_waiting(viewer.offices[office]),
            "lines": [_line(each) for each in found],
            "is_further": after is not None,
            "next": found[-1].id if has_more else None,
            "mine": mine,
        },
    )


@open_to_office(may_register_with)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, office: str, period: uuid.UUID) -> HttpResponse:
    """One registration, and the search for whose it is; who was shown is logged. Once it is matched, the person's own
    gate stands before it.
    """
    form = WhoForm(request.POST if request.method == "POST" else None)
    return _answer(request, office, _period(request, office, period), form=form)


@open_to_office(may_register_with, is_page=False)
@never_cache
@require_POST
def match(request: HttpRequest, office: str, period: uuid.UUID) -> HttpResponse:
    """A match that is refused is told on the same page, with what to do about it."""
    shown = _period(request, office, period)
    is_new = "number" in request.POST
    new_person = NewPersonForm(request.POST) if is_new else None
    form = new_person or MatchForm(request.POST)
    if not form.is_valid():
        if {"given_name", "family_name"} & form.errors.keys():
            return _answer(request, office, shown, new_person=new_person)
        raise BadRequest
    try:
        number = read_number(form.cleaned_data["number"], allow_real=settings.REAL_NUMBERS) if is_new else None
        matching.match(
            actor=_viewer(request),
            office=office,
            period=period,
            version=form.cleaned_data["version"],
            number=number,
            person=form.cleaned_data.get("person"),
            given_name=form.cleaned_data.get("given_name", ""),
            family_name=form.cleaned_data.get("family_name", ""),
            at=timezone.now(),
            request_id=form.cleaned_data["request_id"],
        )
    except NumberError as error:
        raise BadRequest from error
    except _REFUSED as error:
        return _answer(request, office, _period(request, office, period), refusal=_REFUSALS[type(error)])
    messages.success(request, gettext("Registreringen er koblet til personen."))
    return redirect("office:unmatched", office)


@open_to_office(may_register_with, is_page=False)
@never_cache
@require_POST
def unmatch(request: HttpRequest, office: str, period: uuid.UUID) -> HttpResponse:
    shown = _period(request, office, period)
    if (elsewhere := _gate_of_person(request, office, shown)) is not None:
        return elsewhere
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        matching.unmatch(
            actor=_viewer(request),
            office=office,
            period=shown.id,
            version=form.cleaned_data["version"],
            at=timezone.now(),
            request_id=form.cleaned_data["request_id"],
        )
    except (matching.HasGoneOnError, matching.StaleError) as error:
        return _answer(request, office, _period(request, office, period), refusal=_REFUSALS[type(error)])
    return redirect("office:who", office, period)


def _gate_of_person(request: HttpRequest, office: str, period: Period) -> HttpResponse | None:
    """A registration that is matched is its person's: whoever opens it, or undoes the match, passes their gate."""
    if period.person is None:
        return None
    viewer = _viewer(request)
    return admit_to_person(
        request,
        office,
        period.person,
        page="office:who",
        lets_in=lambda subject: may_register_person(viewer, subject),
        comes_back_to=reverse("office:who", args=[office, period.id]),
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    what: str | Promise
    mend: str | Promise


_REFUSALS: Mapping[type[Exception], Refusal] = {
    matching.NotOfOfficeError: Refusal(
        _("Registreringen kan ikke kobles til dette nummeret her"),
        _("Personen hører ikke til dette kontoret, eller er skjermet for deg. Ta det opp med lederen din."),
    ),
    matching.HasRunningCaseError: Refusal(
        _("Personen har allerede en sak"),
        _(
            "Ingen kan ha to saker samtidig. Er dette en ny periode, avslutter dere den gamle saken først. Er det samme "
            "periode, skal registreringen ikke kobles: snakk med teamlederen om hvem som svarer for den."
        ),
    ),
    matching.StaleError: Refusal(
        _("Noen andre kom deg i forkjøpet"),
        _("Ingenting ble endret av det du sendte. Slik står registreringen nå."),
    ),
    matching.KnownMeanwhileError: Refusal(
        _("Noen andre har registrert dette nummeret i mellomtiden"),
        _("Søk på nummeret en gang til, så finner du personen."),
    ),
    matching.HasGoneOnError: Refusal(
        _("Koblingen kan ikke løses"),
        _("Personen har selv sendt inn svar i saken etter at den ble koblet. Ta det opp med lederen din."),
    ),
}


_REFUSED = (
    matching.NotOfOfficeError,
    matching.HasRunningCaseError,
    matching.KnownMeanwhileError,
    matching.StaleError,
)


def _answer(
    request: HttpRequest,
    office: str,
    period: Period,
    *,
    form: WhoForm | None = None,
    new_person: NewPersonForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    if (elsewhere := _gate_of_person(request, office, period)) is not None:
        return elsewhere
    viewer, now = _viewer(request), timezone.now()
    form = form or WhoForm()
    context: dict[str, Any] = {
        "form": form,
        "new_person": new_person,
        "refusal": refusal,
        "candidates": None,
        "more": 0,
        "matched": "",
    }
    if period.person is not None:
        context["matched"] = _name(who_is(period.person))
    elif form.is_bound and form.is_valid():
        context |= _search(viewer, office, period, form, now)
    return render(
        request,
        "office/unmatched_one.html",
        context
        | {
            "office": office_name(office),
            "period": period,
            "since": _moment(period.opened_at),
            "age": _age_told(period),
            "documents": [
                (_moment(each.sent_at), _sections(each), points.told(each.points)) for each in period.documents
            ],
            "has_problems": bool(form.errors or (new_person and new_person.errors)),
            "undo": UndoForm(initial={"version": period.version}),
        },
    )


def _search(viewer: Viewer, office: str, period: Period, form: WhoForm, now: datetime) -> dict[str, Any]:
    """Who was found, or a form for somebody new where nobody has the number."""
    today, allow_real = local_date(now), settings.REAL_NUMBERS
    try:
        sought = read_search(form.cleaned_data["sok"], today=today, allow_real=allow_real)
    except UnclearSearchError as error:
        wrong = NUMBER_PROBLEMS[error.why] if error.reason == "number" else _("Skriv elleve siffer, eller et navn.")
        form.add_error("sok", str(wrong))
        return {}
    key = viewer.offices[office]
    result = search(sought, office=key, clearance=viewer.clearance, today=today)
    shown = [each.person for each in result.people]
    access.record_search(actor=viewer, office=office, page="office:who", at=now, persons=shown, about=sought.about)
    candidates = [_candidate(each, period) for each in result.people]
    more = result.total - PAGE if result.total > PAGE else 0
    if not sought.number or candidates:
        return {"candidates": candidates, "more": more}
    if access.person_with(sought.number) is not None:
        return {"refusal": _REFUSALS[matching.NotOfOfficeError]}
    return {"new_person": NewPersonForm(initial={"number": sought.number, "version": period.version})}


def _candidate(found: Found, period: Period) -> Candidate:
    form = MatchForm(initial={"person": found.person, "version": period.version}, auto_id=f"{found.person}-%s")
    name = f"{found.given_name} {found.family_name}".strip()
    born = formats.day(found.birth_date) if found.birth_date else ""
    return Candidate(form, name, born, _is_other_age(found.birth_date, period))


def _is_other_age(birth_date: date | None, period: Period) -> bool:
    """The register tells an age in whole years, of a day that may lie a little before the registration."""
    age, year = _age_in(period)
    return birth_date is not None and age is not None and abs(year - birth_date.year - age) > 1


def _age_in(period: Period) -> tuple[int | None, int]:
    """The age that the register told last, and in which year."""
    for told in period.documents:
        age = (told.document.profiling or {}).get("alder")
        if isinstance(age, int) and not isinstance(age, bool) and 0 < age < 120:
            return age, local_date(told.sent_at).year
    return None, 0


def _age_told(period: Period) -> str:
    age, year = _age_in(period)
    return gettext("%(age)s år i %(year)s") % {"age": age, "year": year} if age is not None else ""


def _line(period: Period) -> Line:
    latest = period.documents[0]
    situation = latest.answers.get("situation", {})
    return Line(
        id=period.id,
        since=_moment(period.opened_at),
        situation=summary.texts_of("situation", "jobsituation", situation.get("jobsituation")),
        occupation=", ".join(summary.texts_of("situation", "last_occupation", situation.get("last_occupation"))),
        age=_age_told(period),
        unclear=tuple(dict.fromkeys(each.title for each in points.told(latest.points))),
        changes=len(period.documents) - 1,
    )


def _sections(told: Told) -> list[tuple[str, list[summary.Line]]]:
    """What was answered alone: the register asks less than our own registration does."""
    answered = ((each.title, [line for line in each.lines if line.texts]) for each in summary.sections(told.answers))
    return [(title, lines) for title, lines in answered if lines]


def _mine(viewer: Viewer, office: str, now: datetime) -> list[Mine]:
    key, since = viewer.offices[office], now - MATCHED_LATELY
    found = matching.matched_by(viewer.staff, office=key, since=since, clearance=viewer.clearance)
    return [
        Mine(each.id, each.person, _name(who_is(each.person)), _moment(each.matched_at))
        for each in found
        if each.person is not None
    ]


def _name(who: Who) -> str:
    return who.name or gettext("Navn ikke kjent")


def _moment(at: datetime | None) -> str:
    return formats.day(local_date(at)) if at else ""


def _period(request: HttpRequest, office: str, period: uuid.UUID) -> Period:
    try:
        viewer = _viewer(request)
        return matching.period_of_office(period, office=viewer.offices[office], clearance=viewer.clearance)
    except matching.NoSuchPeriodError as error:
        raise Http404 from error


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError as error:
        raise BadRequest from error
