"""Views of registering together: who it is, and then the steps that the portal has too."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framdrift.casework.access import actions as access
from framdrift.casework.access.queries import subject_of
from framdrift.casework.access.rules import Chosen, Viewer, may_open_person, may_register_person, may_register_with
from framdrift.casework.offices.queries import names_of
from framdrift.casework.people.actions import make_person, name_person, take_in
from framdrift.casework.people.numbers import Number
from framdrift.casework.people.queries import who_is
from framdrift.casework.registration.answers import STEPS
from framdrift.web.advisor.registering import NewPersonForm, party_of
from framdrift.web.gate import open_to_office, open_to_person
from framdrift.web.registration.answers import occupations_answer, step_answer
from framdrift.web.registration.party import Party
from framdrift.web.registration.receipt import receipt_answer
from framdrift.web.registration.review import review_answer
from framdrift.web.registration.versions import changes_answer, version_answer, versions_answer


@open_to_office(may_register_with)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, office: str) -> HttpResponse:
    """Somebody known here leads to their page; somebody known elsewhere is refused, and where is not told."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    is_refused = False
    if form.is_bound and (number := form.read(allow_real=settings.REAL_NUMBERS)):
        known = _person_with(number, form, viewer=viewer, office=office)
        if known is not None:
            subject = subject_of(known, offices=[viewer.offices[office]])
            if subject is not None and subject.case is None and may_register_person(viewer, subject):
                return redirect("advisor:step", office, known, STEPS[0])
            if subject is not None and may_open_person(viewer, subject):
                return redirect("advisor:person", office, known)
        is_refused = True
    name = names_of([viewer.offices[office]])[office]
    context = {"office": office, "office_name": name, "form": form, "is_refused": is_refused}
    return render(request, "advisor/register.html", context)


def _person_with(number: Number, form: NewPersonForm, *, viewer: Viewer, office: str) -> uuid.UUID | None:
    """Whoever has the number. Made here if nobody has, and taken in here if they have logged in and registered nowhere.

    That somebody asked for it is logged, with no more of the number than the date of birth.
    """
    known = access.person_with(number.digits)
    now = timezone.now()
    if known is None:
        try:
            with transaction.atomic():
                made = make_person(
                    office=viewer.offices[office],
                    number=number,
                    given_name=form.cleaned_data["given_name"],
                    family_name=form.cleaned_data["family_name"],
                )
        except IntegrityError:  # two made the same person at once: the other one's is theirs
            known = access.person_with(number.digits)
        else:
            known = made.pk
            _say_why(viewer, office, known)
    elif taken_in := take_in(number=number, office=viewer.offices[office]):
        if not who_is(taken_in).name:
            name_person(
                person=taken_in,
                given_name=form.cleaned_data["given_name"],
                family_name=form.cleaned_data["family_name"],
            )
        _say_why(viewer, office, taken_in)
    about = f"{number.digits[:6]} *****"
    shown = [known] if known and subject_of(known, offices=[viewer.offices[office]]) else []
    access.record_search(actor=viewer, office=office, page="advisor:register", at=now, persons=shown, about=about)
    return known


def _say_why(viewer: Viewer, office: str, person: uuid.UUID) -> None:
    """Whoever registers somebody new has said by it why they open them."""
    subject = subject_of(person, offices=[viewer.offices[office]])
    if subject is not None:
        text = gettext("Ny på kontoret: registrerer sammen")
        access.give_reason(actor=viewer, subject=subject, chosen=Chosen.REGISTERING, text=text, at=timezone.now())


def _party(request: HttpRequest, office: str, person: uuid.UUID) -> Party:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return party_of(viewer, office, person)


@open_to_person(may_register_person)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, office: str, person: uuid.UUID, step: str) -> HttpResponse:
    return step_answer(request, _party(request, office, person), step)


@open_to_person(may_register_person)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    return review_answer(request, _party(request, office, person))


@open_to_person(may_register_person)
@never_cache
@require_safe
def receipt(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    return receipt_answer(request, _party(request, office, person))


@open_to_person(may_register_person, is_logged=False, is_page=False)
@never_cache
@require_POST
def occupations(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    return occupations_answer(request, _party(request, office, person))


@open_to_person()
@never_cache
@require_safe
def versions(request: HttpRequest, office: str, person: uuid.UUID) -> HttpResponse:
    return versions_answer(request, _party(request, office, person))


@open_to_person()
@never_cache
@require_safe
def version(request: HttpRequest, office: str, person: uuid.UUID, number: int) -> HttpResponse:
    return version_answer(request, _party(request, office, person), number)


@open_to_person()
@never_cache
@require_safe
def changes(request: HttpRequest, office: str, person: uuid.UUID, number: int) -> HttpResponse:
    return changes_answer(request, _party(request, office, person), number)
