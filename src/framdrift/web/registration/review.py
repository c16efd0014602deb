"""Reading through before sending, choosing an office at the first registration, and sending once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from framdrift.casework.offices.contacts import Contact, contacts
from framdrift.casework.registration import queries
from framdrift.casework.registration.actions import (
    IncompleteError,
    NoDraftError,
    NoSuchOfficeError,
    RunsElsewhereError,
    StaleError,
    discard,
    submit,
)
from framdrift.casework.registration.drafts import Draft
from framdrift.web.design.forms import Problem, WritingForm, problems
from framdrift.web.registration.filled import Filled
from framdrift.web.registration.offices import in_one_line, is_changing, office_of, offices_for
from framdrift.web.registration.page import stops
from framdrift.web.registration.party import Party
from framdrift.web.registration.summary import Line, sections

OFFICES_SHOWN = 12
_CHANGED = gettext_lazy("Noe ble endret etter at du leste gjennom. Les gjennom igjen.")


class SendForm(WritingForm):
    marks_optional = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    place = forms.CharField(
        label=gettext_lazy("Hvor bor du?"),
        help_text=gettext_lazy("Skriv kommunen eller stedet, og finn kontoret ditt."),
        required=False,
        max_length=100,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    office = forms.ChoiceField(
        label=gettext_lazy("Kontoret ditt"),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, offices: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(each.code, in_one_line(each)) for each in offices]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """A step as it is read through, and the way to change it."""

    step: str
    title: str
    address: str
    lines: tuple[Line, ...]
    is_missing: bool
    reasons: tuple[str, ...] = ()
    """What is wrong in it, where something was filled in."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    party: Party
    draft: Draft
    sections: tuple[ReviewSection, ...]
    form: SendForm
    office: Contact | None
    """Where it is decided already; None where the person chooses."""
    offices_found: int
    is_short_list: bool
    is_changing: bool
    notice: str = ""

    @property
    def is_ready(self) -> bool:
        return self.draft.begun_at is not None and not self.draft.unfinished

    @property
    def is_begun(self) -> bool:
        return self.draft.begun_at is not None

    @property
    def missing(self) -> list[ReviewSection]:
        return [each for each in self.sections if each.is_missing]

    @property
    def first_missing(self) -> str:
        return (self.missing or self.sections)[0].address

    @property
    def offices_shown(self) -> int:
        return min(self.offices_found, OFFICES_SHOWN)

    @property
    def problems(self) -> list[Problem]:
        return problems([self.form])


def review_answer(request: HttpRequest, party: Party) -> HttpResponse:
    if request.method != "POST":
        return _page(request, party)
    if request.POST.get("do") == "discard":
        return _discarded(request, party)
    if request.POST.get("do") != "submit":
        return _page(request, party, sent=True)
    return _sent(request, party)


def _sent(request: HttpRequest, party: Party) -> HttpResponse:
    fixed = office_of(party)
    form = SendForm(request.POST, offices=[] if fixed else contacts())
    if not form.is_valid() and {"request_id", "version"} & form.errors.keys():
        return HttpResponseBadRequest()
    chosen = str(form.cleaned_data.get("office", ""))
    if fixed is None and not chosen:
        return _page(request, party, sent=True, wrong=gettext("Velg kontoret ditt."))
    try:
        submit(
            actor=party.actor,
            person=party.person,
            office=party.office or chosen or None,
            version=form.cleaned_data["version"],
            at=timezone.now(),
            request_id=form.cleaned_data["request_id"],
        )
    except (StaleError, IncompleteError, NoDraftError, NoSuchOfficeError, RunsElsewhereError) as error:
        return _not_sent(request, party, error)
    return redirect(party.places.receipt)


def _not_sent(request: HttpRequest, party: Party, error: Exception) -> HttpResponse:
    if isinstance(error, NoDraftError):  # sent already, from another window
        return redirect(party.places.receipt if queries.latest(party.person) else party.places.review)
    if isinstance(error, NoSuchOfficeError):
        return _page(request, party, sent=True, wrong=gettext("Velg kontoret ditt."))
    if isinstance(error, RunsElsewhereError):
        notice = gettext("Du er allerede registrert hos %(office)s. Ta kontakt med dem for å bytte kontor.")
        return _page(request, party, notice=notice % {"office": error.office_name})
    if isinstance(error, IncompleteError):
        return _page(request, party, notice=gettext("Noe mangler fortsatt. Se under hva det er."))
    return _page(request, party, notice=str(_CHANGED))


def _discarded(request: HttpRequest, party: Party) -> HttpResponse:
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
    try:
        discard(actor=party.actor, person=party.person, version=version)
    except StaleError:
        return _page(request, party, notice=str(_CHANGED))
    messages.success(request, gettext("Utkastet er slettet."))
    return redirect(party.places.later)


def _page(request: HttpRequest, party: Party, *, sent: bool = False, wrong: str = "", notice: str = "") -> HttpResponse:
    draft = queries.draft_or_start(party.person, today=timezone.localdate())
    fixed = office_of(party)
    words = request.POST.get("place", "") if sent else ""
    found = [] if fixed else offices_for(words)
    form = SendForm(
        initial={"version": draft.version, "place": words, "office": request.POST.get("office", "") if sent else ""},
        offices=found[:OFFICES_SHOWN],
    )
    if wrong:
        form.full_clean()
        form.cleaned_data = {}
        form.add_error("office", wrong)
    page = ReviewPage(
        party=party,
        draft=draft,
        sections=_sections(party, draft),
        form=form,
        office=fixed,
        offices_found=len(found),
        is_short_list=not words and len(found) <= OFFICES_SHOWN,
        is_changing=is_changing(party, draft),
        notice=notice,
    )
    return render(request, "registration/review.html", {"shown": page, "party": party})


def _sections(party: Party, draft: Draft) -> tuple[ReviewSection, ...]:
    answered = sections({step: draft.data(step) for step in draft.steps})
    return tuple(
        ReviewSection(
            each.step,
            each.title,
            party.places.step(each.step),
            each.lines,
            is_missing=stop.state != "done",
            reasons=_reasons(draft, each.step),
        )
        for each, stop in zip(answered, stops(draft), strict=True)
    )


def _reasons(draft: Draft, step: str) -> tuple[str, ...]:
    """What is wrong, in the words that the step's own page has for it."""
    if step not in draft.steps:
        return ()
    filled = Filled.of(step, draft.data(step))
    filled.show(draft.problems(step))
    return tuple(each.text for each in filled.problems)
