"""One person on one page: who they are, what is unclear, what is owed, what was registered, what has happened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from framdrift.casework.access.queries import openings_about
from framdrift.casework.access.rules import Subject, Viewer, may_mind_safety, may_register_person
from framdrift.casework.cases.queries import Standing, standings
from framdrift.casework.journal.queries import events_of
from framdrift.casework.people.queries import Contact, Flag, Who, contact_of, flags_of, who_is
from framdrift.casework.registration import queries as registration
from framdrift.casework.registration.answers import STEPS, dump
from framdrift.casework.registration.differences import differences
from framdrift.casework.registration.drafts import Draft
from framdrift.casework.registration.queries import Version
from framdrift.casework.responsibility.queries import Responsible, responsible_for
from framdrift.casework.responsibility.rules import may_give_or_take
from framdrift.web.advisor.contacting import Fact, facts
from framdrift.web.advisor.history import History, history
from framdrift.web.advisor.remaining import Remaining, remaining
from framdrift.web.advisor.words import SOURCES, age, protections
from framdrift.web.openings import Line, lines
from framdrift.web.registration import points, words
from framdrift.web.registration.following import Following, following_of
from framdrift.web.registration.summary import Change, Section, changes, sections

OPENINGS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Registered:
    """One version of what was registered, and what it changed from the one before."""

    number: int
    at: datetime
    source: str
    by: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    subject: Subject
    who: Who
    born: str
    protections: tuple[str, ...]
    flags: tuple[Flag, ...]
    standing: Standing | None
    responsible: Responsible | None
    contact: Contact
    facts: tuple[Fact, ...]
    version: Version | None
    own_view: str
    points: tuple[points.Told, ...]
    sections: tuple[Section, ...]
    versions: tuple[Registered, ...]
    draft: Draft | None
    remaining: Remaining
    history: History
    openings: tuple[Line, ...]
    may_assign: bool
    may_register: bool
    may_mind: bool

    @property
    def name(self) -> str:
        return self.who.name or gettext("Navn ikke kjent")

    @property
    def number_begins(self) -> str:
        return (self.who.number or "")[:6]

    @property
    def number_ends(self) -> str:
        return (self.who.number or "")[6:]

    @property
    def own_words(self) -> str:
        return self.version.answers.help.own_words if self.version else ""

    @property
    def steps_left(self) -> int:
        return len(self.draft.unfinished) if self.draft else 0

    @property
    def first_step(self) -> str:
        """Where filling in begins, or goes on."""
        return self.draft.unfinished[0] if self.draft and self.draft.unfinished else STEPS[0]


def person_page(viewer: Viewer, subject: Subject, *, now: datetime, today: date, shows_all: bool) -> PersonPage:
    person = subject.person
    who, contact = who_is(person), contact_of(person)
    versions = registration.versions_of(person)
    latest = versions[0] if versions else None
    events = events_of(subject.case) if subject.case else []
    standing = standings([person], office=subject.office_key).get(person)
    found = following_of(events, now=now) if standing and standing.is_running else Following()
    view = latest.answers.help.own_view if latest else None
    return PersonPage(
        subject=subject,
        who=who,
        born=age(who.birth_date, today) if who.birth_date else "",
        protections=protections(subject.protection),
        flags=tuple(flags_of(person, today=today)),
        standing=standing,
        responsible=responsible_for(subject.case, today) if subject.case else None,
        contact=contact,
        facts=tuple(facts(contact)) if contact.version else (),
        version=latest,
        own_view=str(words.OWN_VIEWS[view]) if view else "",
        points=tuple(points.told(latest.points)) if latest else (),
        sections=tuple(sections(_steps(latest))) if latest else (),
        versions=tuple(_registered(versions)),
        draft=registration.draft_of(person, today=today),
        remaining=remaining(found, today=today),
        history=history(events, now=now, today=today, shows_all=shows_all),
        openings=tuple(_openings(person)),
        may_assign=may_give_or_take(viewer, subject),
        may_register=may_register_person(viewer, subject),
        may_mind=may_mind_safety(viewer, subject),
    )


def _openings(person: uuid.UUID) -> list[Line]:
    return lines(openings_about(person, limit=OPENINGS_SHOWN))


def _steps(version: Version) -> dict[str, dict[str, object]]:
    return {step: dict(data) for step, data in dump(version.answers).items() if isinstance(data, dict)}


def _registered(versions: list[Version]) -> list[Registered]:
    """The latest first, each against the one before it."""
    before = [*versions[1:], None]
    return [
        Registered(
            number=version.number,
            at=version.made_at,
            source=str(SOURCES.get(version.source, "")),
            by=version.by_name,
            changes=tuple(changes(differences(earlier.answers, version.answers))) if earlier else (),
        )
        for version, earlier in zip(versions, before, strict=False)
    ]
