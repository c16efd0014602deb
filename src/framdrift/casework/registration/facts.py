"""What the journal is told of a registration: the attributes of `registered` and `registration_changed`.

Codes and numbers alone (docs/events.md section 1). When somebody was born and their sex come from the national number,
never from what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from framdrift.casework.people.numbers import read_number
from framdrift.casework.people.queries import Who
from framdrift.casework.registration.answers import Answers
from framdrift.casework.registration.unclear import Point, codes
from framdrift.events import Json


def facts(answers: Answers, who: Who, points: Sequence[Point], source: str) -> dict[str, Json]:
    """What is not known, as the sex of somebody without a number, is left out."""
    told: dict[str, Json] = {
        "benefits": list(answers.situation.benefits),
        "language": answers.about_you.language,
        "interpreter": answers.about_you.interpreter,
        "wants_contact": answers.help.wants_contact,
        "unclear": list(codes(points)),
        "needs_help": answers.help.needs_help,
        "source": str(source),
    }
    if who.birth_date is not None:
        told["birth_year"] = who.birth_date.year
    if who.number is not None:
        told["sex"] = read_number(who.number, allow_real=True).sex
    return told
