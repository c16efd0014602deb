"""What is owed in a case now, by whom and by when: the standard held against its events, in words for the person.

Only what the standard in force asks, and only what is not done: nothing is promised here that nobody owes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from framdrift.casework.conformity.standards import in_force
from framdrift.casework.journal.queries import events_of
from framdrift.standard.calendar import local_date
from framdrift.standard.explanation import explain
from framdrift.standard.instance import Instance
from framdrift.standard.words import Language


@dataclass(frozen=True, slots=True)
class Words:
    title: Promise | str
    text: Promise | str
    is_yours: bool = False


# By requirement and reading of the standard. What is not here is about how things are done, and owed at no time.
WORDS: Mapping[tuple[str, str | None], Words] = {
    ("R1", None): Words(
        _("Et vedtak om hva slags hjelp du får"),
        _("Vi leser det du har skrevet, finner ut sammen med deg hva du trenger, og sier det i et vedtak."),
    ),
    ("R6", "strict"): Words(_("En samtale"), _("Vi skal snakke med deg minst hver tredje måned.")),
    ("R7", None): Words(_("Forslag til jobber"), _("Vi skal sende deg forslag til jobber minst hver måned.")),
    ("R8a", None): Words(_("En aktivitetsplan"), _("Du og veilederen skal lage en plan sammen.")),
    ("R12a", None): Words(
        _("Skriv i jobbloggen"), _("Det er avtalt at du skriver hva du har gjort for å finne jobb."), is_yours=True
    ),
    ("R12b", None): Words(_("Svar på jobbloggen din"), _("Veilederen skal svare på det du har skrevet.")),
    ("R15b", None): Words(_("Svar på klagen din"), _("Du skal få svar på det du har klaget på.")),
    ("R16", None): Words(_("Svar på meldingen din"), _("Du skal få svar når du skriver til oss.")),
}


@dataclass(frozen=True, slots=True)
class Owed:
    requirement: str
    title: str
    text: str
    due: date
    is_late: bool
    is_yours: bool
    why: str
    """The rule, its source and the arithmetic."""
    others: int = 0
    """How many more of the same are late; the earliest is told."""


def owed_in(case_id: str, *, now: datetime) -> list[Owed]:
    """What is not done yet, the earliest first; of what is late the same thing once. One query."""
    language: Language = "en" if (get_language() or "").startswith("en") else "nb"
    told = explain(in_force(local_date(now)), events_of(case_id), as_of=now, language=language)
    found = [_owed(instance, why) for instance, why in told if _is_owed(instance)]
    return _each_once(sorted(found, key=lambda each: (each.due, each.title)))


def _each_once(found: list[Owed]) -> list[Owed]:
    kept: dict[tuple[str, bool], Owed] = {}
    for each in found:
        key = (each.requirement, each.is_late)
        kept[key] = replace(kept[key], others=kept[key].others + 1) if key in kept else each
    return list(kept.values())


def _is_owed(instance: Instance) -> bool:
    """Not done, whether in time still or not; what the end of the case settled is nobody's to do."""
    key = (instance.requirement, instance.reading)
    return (
        key in WORDS and instance.due is not None and instance.closed is None and instance.state in ("open", "missed")
    )


def _owed(instance: Instance, why: str) -> Owed:
    words = WORDS[instance.requirement, instance.reading]
    due = local_date(instance.due) if isinstance(instance.due, datetime) else instance.due
    if due is None:
        raise ValueError("what is owed has a day")
    return Owed(
        instance.requirement, str(words.title), str(words.text), due, instance.state == "missed", words.is_yours, why
    )
