"""The privacy officer's page: the access log of an office, what it may be a sign of, and nobody's case."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from framdrift.casework.access import actions, log
from framdrift.casework.access.log import Row, Sign, Sought
from framdrift.casework.access.rules import Chosen, Kind, Viewer, may_read_any_log, may_read_logs
from framdrift.casework.conformity.queries import OfficeName
from framdrift.casework.offices.queries import names_of
from framdrift.casework.people.numbers import NumberError, read_number
from framdrift.web.design.formats import OSLO
from framdrift.web.design.forms import DayField, PlainForm
from framdrift.web.gate import open_to
from framdrift.web.openings import PAGES, place_after, read_place, relation, what, why

PER_PAGE = 50
SIGNS_SHOWN = 10
MOST_EXPORTED = 50_000
USUAL_PERIOD = timedelta(days=29)
COLUMNS = (
    "at", "office", "staff", "staff_name", "kind", "page", "person", "relation", "reason", "reason_text", "found", "about",
)  # fmt: skip
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class LogForm(PlainForm):
    """What of the log to show. By GET: it names staff by key and people by opaque id, and nobody by name."""

    marks_optional = False
    kontor = forms.ChoiceField(label=_("Kontor"), required=False)
    fra = DayField(label=_("Fra og med"), required=False)
    til = DayField(label=_("Til og med"), required=False)
    ansatt = forms.ChoiceField(label=_("Ansatt"), required=False)
    hva = forms.ChoiceField(label=_("Hva"), required=False)
    side = forms.ChoiceField(label=_("Side"), required=False)
    fremmede = forms.BooleanField(label=_("Bare åpninger utenfor egne saker"), required=False)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offices: list[OfficeName], staff: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody, everything = ("", gettext("Alle")), ("", gettext("Alt"))
        choices: dict[str, list[tuple[str, str]]] = {
            "kontor": [(each.code, each.name) for each in offices],
            "ansatt": [everybody, *((str(key), name) for key, name in staff)],
            "hva": [everything, *((kind.value, str(kind.label).capitalize()) for kind in Kind)],
            "side": [everybody, *((page, str(word).capitalize()) for page, word in PAGES.items())],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("fra"), given.get("til")
        if first and last and last < first:
            self.add_error("til", gettext("Siste dag kommer før første."))
        return given


class PersonForm(PlainForm):
    """Sent by POST, so that no number comes to stand in an address."""

    marks_optional = False
    nummer = forms.CharField(
        label=_("Fødselsnummer"),
        help_text=_("Loggen for én person: uten navn, og uten å åpne saken."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-width": "phone"}),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words."""

    at: datetime
    staff: int
    who: str
    what: str
    detail: str
    person: uuid.UUID | None
    relation: str
    why: str

    @property
    def reference(self) -> str:
        """The beginning of the opaque id: enough to tell people on the page from each other."""
        return str(self.person)[:8] if self.person else ""


@dataclass(frozen=True, slots=True)
class LogPage:
    office: OfficeName
    form: LogForm
    first_day: date
    last_day: date
    lines: tuple[Line, ...]
    next_query: str
    is_further: bool
    query: str
    signs: tuple[Sign, ...]
    more_signs: int
    person: uuid.UUID | None


@open_to(may_read_any_log, is_logged=False)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access_log(request: HttpRequest) -> HttpResponse:
    """Reading the log is logged too, with what of it was asked for; who is asked about can see that they were."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    now = timezone.now()
    if request.method == "POST":
        return _of_person(request, viewer, now)
    offices = _offices(viewer)
    office = _office(offices, request.GET.get("kontor", ""))
    form = LogForm(request.GET, offices=offices, staff=log.staff_of(viewer.offices[office.code]))
    sought = _sought(form, viewer.offices[office.code], timezone.localdate())
    page = _page(request, office, form, sought)
    persons = [sought.person] if sought.person and page.lines else []
    actions.record_list(
        actor=viewer, office=office.code, page="insight:access_log", at=now, persons=persons, about=_about(form)
    )
    return render(request, "insight/access_log.html", {"log": page, "person_form": PersonForm(), "offices": offices})


@open_to(may_read_any_log, is_logged=False)
@never_cache
@require_safe
def access_log_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as a file, codes beside nothing but the name of the employee. Refused where it would be cut."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    offices = _offices(viewer)
    office = _office(offices, request.GET.get("kontor", ""))
    form = LogForm(request.GET, offices=offices, staff=log.staff_of(viewer.offices[office.code]))
    sought = _sought(form, viewer.offices[office.code], timezone.localdate())
    rows = log.count(sought, most=MOST_EXPORTED + 1)
    if rows > MOST_EXPORTED:
        return render(request, "insight/access_log_too_long.html", {"most": MOST_EXPORTED}, status=413)
    persons = [sought.person] if sought.person and rows else []
    actions.record_export(
        actor=viewer,
        office=office.code,
        page="insight:access_log_csv",
        at=timezone.now(),
        persons=persons,
        about=_about(form),
    )
    response = HttpResponse(_csv(office, log.every_row(sought)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="innsynslogg.csv"'
    return response


def _of_person(request: HttpRequest, viewer: Viewer, now: datetime) -> HttpResponse:
    """From a number to the log of whoever has it. A number nobody has, and one of another office's, give no rows."""
    offices = _offices(viewer)
    office = _office(offices, request.POST.get("kontor", ""))
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            number = read_number(form.cleaned_data["nummer"], allow_real=settings.REAL_NUMBERS)
        except NumberError:
            form.add_error("nummer", gettext("Dette er ikke et gyldig fødselsnummer."))
        else:
            person = actions.person_with(number.digits) or _nobody(number.digits)
            query = urlencode({"kontor": office.code, "person": str(person)})
            return redirect(f"{reverse('insight:access_log')}?{query}")
    key = viewer.offices[office.code]
    shown = LogForm({"kontor": office.code}, offices=offices, staff=log.staff_of(key))
    page = _page(request, office, shown, _sought(shown, key, timezone.localdate()))
    actions.record_list(actor=viewer, office=office.code, page="insight:access_log", at=now, persons=[])
    return render(request, "insight/access_log.html", {"log": page, "person_form": form, "offices": offices})


def _nobody(digits: str) -> uuid.UUID:
    """An id like any other, the same each time, for a number that nobody has: so that asking tells not even that."""
    return uuid.UUID(bytes=salted_hmac("nobody", digits, algorithm="sha256").digest()[:16], version=4)


def _offices(viewer: Viewer) -> list[OfficeName]:
    """Those whose log the viewer may read, by name."""
    read = [key for code, key in viewer.offices.items() if may_read_logs(viewer, code)]
    return [OfficeName(code, name) for code, name in names_of(read).items()]


def _office(offices: list[OfficeName], code: str) -> OfficeName:
    """The one asked for, or the first; another office's is not there."""
    for each in offices:
        if each.code == code or not code:
            return each
    raise Http404


def _sought(form: LogForm, office: int, today: date) -> Sought:
    """What was chosen; what is not readable is left out, and the form says so. Without days: the last thirty."""
    form.is_valid()
    given = form.cleaned_data
    last = given.get("til") or today
    first = given.get("fra") or (last - USUAL_PERIOD)
    return Sought(
        office=office,
        since=datetime.combine(first, time(), OSLO),
        until=datetime.combine(last + timedelta(days=1), time(), OSLO),
        staff=int(given["ansatt"]) if given.get("ansatt") else None,
        kind=Kind(given["hva"]) if given.get("hva") else None,
        page=given.get("side") or "",
        person=given.get("person"),
        is_far=bool(given.get("fremmede")),
    )


def _page(request: HttpRequest, office: OfficeName, form: LogForm, sought: Sought) -> LogPage:
    try:
        before = read_place(request.GET.get("etter", ""))
    except ValueError as error:
        raise Http404 from error
    found = log.rows(sought, before=before, limit=PER_PAGE + 1)
    shown = found[:PER_PAGE]
    query = {name: value for name, value in request.GET.items() if value and name != "etter"} | {"kontor": office.code}
    signs = [each for each in log.signs(sought) if each.far] if before is None and sought.person is None else []
    further = place_after(shown[-1]) if len(found) > PER_PAGE else ""
    return LogPage(
        office=office,
        form=form,
        first_day=sought.since.astimezone(OSLO).date(),
        last_day=(sought.until - timedelta(seconds=1)).astimezone(OSLO).date(),
        lines=tuple(_line(row) for row in shown),
        next_query=urlencode(query | {"etter": further}) if further else "",
        is_further=before is not None,
        query=urlencode(query),
        signs=tuple(signs[:SIGNS_SHOWN]),
        more_signs=max(0, len(signs) - SIGNS_SHOWN),
        person=sought.person,
    )


def _line(row: Row) -> Line:
    parts = [f"«{row.about}»"] if row.about else []
    if row.found or row.kind == Kind.SEARCHED:
        found = row.found or 0
        parts.append(ngettext("viste %(n)s person", "viste %(n)s personer", found) % {"n": found})
    return Line(
        at=row.at,
        staff=row.staff,
        who=row.who,
        what=what(row.kind, row.page, is_whole=row.person is None),
        detail=" · ".join(parts),
        person=row.person,
        relation=relation(row.relation),
        why=why(row),
    )


def _about(form: LogForm) -> str:
    """What of the log was asked for, in codes and keys, for the log."""
    names = ("fra", "til", "ansatt", "hva", "side", "fremmede")
    chosen = [f"{name}={form.cleaned_data[name]}" for name in names if form.cleaned_data.get(name)]
    return " ".join(chosen)


def _csv(office: OfficeName, found: Iterator[Row]) -> str:
    """UTF-8 with a mark, for Excel; columns and codes in English, as the published log's are."""
    sink = io.StringIO()
    sink.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(sink)
    writer.writerow(COLUMNS)
    for row in found:
        cells = [
            row.at.isoformat(), office.code, row.code, row.who, row.kind.value, row.page, row.person or "",
            row.relation.value if row.relation else "", Chosen(row.chosen).value if row.chosen else "", row.text,
            "" if row.found is None else row.found, row.about,
        ]  # fmt: skip
        writer.writerow([_harmless(str(cell)) for cell in cells])
    return sink.getvalue()


def _harmless(text: str) -> str:
    """No text is taken for a formula by a spreadsheet."""
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text
