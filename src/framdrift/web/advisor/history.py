"""What has happened in a case, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from framdrift.casework.offices.queries import staff_names
from framdrift.events import Event
from framdrift.standard.calendar import local_date
from framdrift.standard.timeline import timeline
from framdrift.web.advisor.words import BENEFITS, CHANNELS, ENDINGS, OUTCOMES, SOURCES
from framdrift.web.conformity.words import KINDS, VALUES, Words, word
from framdrift.web.design import formats

FIRST_SHOWN = 25
ROUTINE = "registration_confirmed"

# What an event looks like: the shape of its mark, and the icon in it.
_SHAPES: Mapping[str, tuple[str, str]] = {
    "conversation": ("conversation", "Chat"),
    "contact": ("message", "EnvelopeClosed"),
    "message_received": ("message", "EnvelopeClosed"),
    "message_answered": ("message", "EnvelopeClosed"),
    "job_log_delivered": ("message", "EnvelopeClosed"),
    "job_log_answered": ("message", "EnvelopeClosed"),
    "job_match_sent": ("match", "Briefcase"),
    "decision_made": ("decision", "FileText"),
    "work_ability_assessment_completed": ("decision", "FileText"),
    "measure_considered": ("decision", "Tasklist"),
    "registered": ("meeting", "PersonPencil"),
    "registration_changed": ("meeting", "PersonPencil"),
    "assigned": ("meeting", "PersonGroup"),
    "unassigned": ("meeting", "PersonCross"),
}
_OTHER_SHAPE = ("meeting", "Tasklist")
_CONTACTS: Mapping[str, Promise] = {
    "attempt": _("Forsøk på kontakt"),
    "cv_review": _("CV-en ble lest"),
    "exchange": _("Skriftlig utveksling"),
    "in": _("Melding fra personen"),
    "out": _("Melding fra kontoret"),
}
_SENTENCES: Mapping[str, Promise] = {
    "registered": _("Registrert som arbeidssøker"),
    "assigned": _("Fikk veileder: %(name)s"),
    "unassigned": _("Står uten veileder"),
}
# The attribute whose code the title tells too, its words, and what stands between.
_TOLD_BY: Mapping[str, tuple[str, Words, str]] = {
    "conversation": ("channel", CHANNELS, ", "),
    "decision_made": ("group", VALUES, ": "),
    "meeting_attended": ("meeting", VALUES, ": "),
    "meeting_missed": ("meeting", VALUES, ": "),
    "measure_considered": ("outcome", OUTCOMES, ": "),
    "ended": ("reason", ENDINGS, ": "),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, told: `details` stand under it with the day and who."""

    shape: str
    icon: str
    title: str
    details: str


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The latest first. `hidden` earlier events are not shown before they are asked for."""

    months: tuple[Month, ...]
    total: int
    hidden: int


def history(events: Sequence[Event], *, now: datetime, today: date, shows_all: bool) -> History:
    """Events corrected since are told as corrected, and those taken back not at all."""
    told = timeline(events, as_of=now)
    if told is None:
        return History((), 0, 0)
    runs = list(_runs(reversed(told.events)))
    shown = runs if shows_all else runs[:FIRST_SHOWN]
    names = staff_names(_codes([run[0] for run in shown]))
    months: dict[str, list[Happening]] = {}
    for run in shown:
        months.setdefault(_month(local_date(run[0].at)), []).append(_happening(run, today, names))
    hidden = sum(map(len, runs[len(shown) :]))
    return History(tuple(Month(name, tuple(each)) for name, each in months.items()), len(told.events), hidden)


def _runs(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Each event by itself; those that come every fortnight with nothing between them together, so as to hide nothing."""
    for kind, same in groupby(events, key=lambda event: event.kind):
        if kind == ROUTINE:
            yield list(same)
        else:
            yield from ([event] for event in same)


def _month(day: date) -> str:
    name = dateformat.format(day, "F Y")
    return name[:1].upper() + name[1:]


def _codes(events: Collection[Event]) -> set[str]:
    named = {str(event.attributes.get("advisor")) for event in events if event.attributes.get("advisor")}
    return named | {event.actor for event in events if event.actor}


def _happening(run: Sequence[Event], today: date, names: Mapping[str, str]) -> Happening:
    event, day = run[0], local_date(run[0].at)
    shape, icon = _SHAPES.get(event.kind, _OTHER_SHAPE)
    if len(run) > 1:
        title = gettext("Bekreftet registreringen %(n)s ganger") % {"n": len(run)}
        first = formats.day(local_date(run[-1].at), today=today)
        days = gettext("%(first)s til %(last)s") % {"first": first, "last": formats.day(day, today=today)}
        return Happening(shape, icon, title, days)
    by = names.get(event.actor, "")
    if not by and event.person and event.actor == event.person:
        by = gettext("personen selv")
    details = [formats.day(day, today=today), by, *_details(event)]
    return Happening(shape, icon, _title(event, names), " · ".join(part for part in details if part))


def _title(event: Event, names: Mapping[str, str]) -> str:
    given = event.attributes
    if event.kind in _SENTENCES:
        return str(_SENTENCES[event.kind]) % {"name": names.get(str(given.get("advisor")), "?")}
    if event.kind == "contact":
        about = _CONTACTS.get(str(given.get("form")), _CONTACTS.get(str(given.get("direction"))))
        return _with(about or KINDS["contact"], CHANNELS, given.get("channel"))
    count = given.get("count")
    if event.kind == "job_match_sent" and isinstance(count, int):
        return ngettext("Jobbmatch: %(n)s stilling sendt", "Jobbmatch: %(n)s stillinger sendt", count) % {"n": count}
    attribute, words_of_it, mark = _TOLD_BY.get(event.kind, ("", {}, ""))
    return _with(KINDS.get(event.kind, event.kind), words_of_it, given.get(attribute), mark)


def _with(title: str | Promise, words: Words, code: object, mark: str = ", ") -> str:
    told = f"{title}{mark}{word(words, str(code))}" if code else str(title)
    return told[:1].upper() + told[1:]


def _details(event: Event) -> list[str]:
    given = event.attributes
    told: list[str] = []
    if event.kind in ("registered", "registration_changed"):
        told.append(str(SOURCES.get(str(given.get("source")), "")))
        told += [gettext("vil at en veileder tar kontakt")] if given.get("wants_contact") else []
        unclear = given.get("unclear")
        if isinstance(unclear, list) and unclear:
            told.append(ngettext("%(n)s uklart punkt", "%(n)s uklare punkter", len(unclear)) % {"n": len(unclear)})
        benefits = given.get("benefits")
        if isinstance(benefits, list):
            told += [str(BENEFITS.get(str(each), each)) for each in benefits if each != "none"]
    elif event.kind == "job_match_sent":
        told.append(gettext("drøftet") if given.get("discussed") else gettext("ikke drøftet"))
    elif event.kind == "decision_made" and given.get("own_view"):
        told.append(gettext("med brukerens eget syn"))
    return told
