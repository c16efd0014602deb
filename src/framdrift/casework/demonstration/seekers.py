"""Job-seekers to log in as: some made by the very actions that pages call, one chosen for a long history."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from framdrift.casework.access.rules import Seeker
from framdrift.casework.cases.models import Case
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.numbers import OURS, Sex, every_synthetic
from framdrift.casework.people.protection import Protection
from framdrift.casework.registration.actions import save_step, submit
from framdrift.standard.calendar import local_date

_NAMESPACE = uuid.UUID("f3b8a7de-52f4-4f0b-8b3e-54f2a4f0c911")

Steps = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has just registered at `office`, or, without one, not yet."""

    key: str
    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    office: str = ""
    steps: Steps | None = None

    @property
    def person(self) -> uuid.UUID:
        return uuid.uuid5(_NAMESPACE, self.key)


def _job(now: datetime, title: str, employer: str, *, months_ago: tuple[int, int]) -> dict[str, str]:
    began, ended = (now.year * 12 + now.month - 1 - back for back in months_ago)
    return {"title": title, "employer": employer, "from_month": _month(began), "to_month": _month(ended)}


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _skill(language: str, fluency: str) -> dict[str, str]:
    return {"language": language, "spoken": fluency, "written": fluency}


def newcomers(now: datetime) -> tuple[Newcomer, ...]:
    """With unclear points, with an interpreter, and not registered yet."""
    return (_unclear(now), _with_interpreter(now), Newcomer("not-yet", "Jonas", "Myrland", date(2003, 9, 12), "male"))


def _unclear(now: datetime) -> Newcomer:
    """No goal, unsure of health, more than a year between jobs."""
    steps: Steps = {
        "about_you": {"given_name": "Sunniva", "family_name": "Fossvik", "phone": "10000101", "preferred": "phone",
                      "language": "nb", "interpreter": False},
        "situation": {"jobsituation": ["dismissed"], "since": local_date(now) - timedelta(days=20), "benefits": ["none"]},
        "education": {"level": "3", "passed": "yes", "recognised": "yes"},
        "experience": {
            "jobs": [
                _job(now, "butikkmedarbeider", "Nøtteskallet Butikk AS", months_ago=(7, 1)),
                _job(now, "servitør", "Måneskinn Kafé", months_ago=(60, 26)),
            ],
            "languages": [_skill("nb", "first_language")],
        },
        "wishes": {"hours": "either", "places": ["Storhavn"]},
        "hindrances": {"health": "unsure", "other": "no", "text": "Ryggen er ikke god. Jeg vet ikke hvor mye jeg klarer."},
        "help": {"needs_help": "yes", "wants_contact": True, "wanted": ["cv", "work_practice"], "own_view": "some_help",
                 "own_words": "Jeg vil gjerne snakke med noen om hva som finnes for meg."},
    }  # fmt: skip
    return Newcomer("unclear", "Sunniva", "Fossvik", date(1994, 3, 8), "female", "storhavn", steps)


def _with_interpreter(now: datetime) -> Newcomer:
    """Reads English and wants an interpreter in a conversation."""
    steps: Steps = {
        "about_you": {"given_name": "Selam", "family_name": "Tekle", "phone": "10000102", "preferred": "sms",
                      "language": "en", "interpreter": True, "interpreter_language": "ti"},
        "situation": {"jobsituation": ["temporary_job"], "since": local_date(now) - timedelta(days=12),
                      "benefits": ["dagpenger"], "last_occupation": {"code": "9112", "title": "renholder"}},
        "education": {"level": "6", "passed": "yes", "recognised": "no",
                      "educations": [{"title": "Bachelor in nursing", "school": "University college, Asmara"}]},
        "experience": {
            "jobs": [_job(now, "renholder", "Nordavind Renhold AS", months_ago=(22, 0))],
            "languages": [_skill("ti", "first_language"), _skill("en", "very_good"), _skill("nb", "beginner")],
        },
        "wishes": {"goal": "To work as a nurse again", "hours": "full",
                   "occupations": [{"code": "2223", "title": "sykepleier"}]},
        "hindrances": {"health": "no", "other": "no"},
        "help": {"needs_help": "yes", "wants_contact": True, "wanted": ["language", "courses"], "own_view": "some_help",
                 "own_words": "I need to know how to get my education recognised."},
    }  # fmt: skip
    return Newcomer("interpreter", "Selam", "Tekle", date(1988, 11, 2), "female", "lillevik", steps)


@transaction.atomic
def register(newcomer: Newcomer, *, at: datetime) -> None:
    """Makes the person, and sends what they filled in, unless they are here already."""
    person = newcomer.person
    if Person.objects.filter(pk=person).exists():
        return
    Person.objects.create(id=person)
    taken = set(Identity.objects.filter(birth_date=newcomer.birth_date).values_list("number", flat=True))
    number = next(each for each in every_synthetic(newcomer.birth_date, newcomer.sex) if each not in taken)
    Identity.objects.create(
        person_id=person,
        given_name=newcomer.given_name,
        family_name=newcomer.family_name,
        number=number,
        series=OURS,
        birth_date=newcomer.birth_date,
    )
    if newcomer.steps is None:
        return
    actor = Seeker(person, f"{newcomer.given_name} {newcomer.family_name}")
    version = 0
    for step, data in newcomer.steps.items():
        version = save_step(actor=actor, person=person, step=step, data=data, version=version, at=at).version
    submit(
        actor=actor,
        person=person,
        office=newcomer.office,
        version=version,
        at=at,
        request_id=uuid.uuid5(_NAMESPACE, f"{newcomer.key}/sent"),
    )


def with_long_history(office: str) -> uuid.UUID | None:
    """Whoever with a running case, an advisor and no protection has the longest journal there."""
    return (
        _running(office)
        .filter(protection=0, next_seq__gt=1)
        .order_by("-next_seq", "id")
        .values_list("person", flat=True)
        .first()
    )


def protected(office: str, level: Protection) -> uuid.UUID | None:
    return _running(office).filter(protection=int(level)).order_by("person").values_list("person", flat=True).first()


def _running(office: str) -> QuerySet[Case]:
    return Case.objects.filter(office__code=office, ended_at=None).exclude(person=None).exclude(advisor=None)
