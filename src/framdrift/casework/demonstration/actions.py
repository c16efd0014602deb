"""The demonstration's people, made where they are missing. Run by the owner of the tables; a second time does nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from framdrift.casework.demonstration import personas
from framdrift.casework.demonstration.behind import people_behind
from framdrift.casework.demonstration.desks import employ_everybody, set_going
from framdrift.casework.demonstration.protecting import flag_some, protect_some
from framdrift.casework.demonstration.writing import write
from framdrift.casework.offices.models import Office
from framdrift.standard.calendar import local_date

__all__ = ["employ_everybody", "give_people", "offer_personas", "set_going"]

offer_personas = personas.offer


@transaction.atomic
def give_people(*, office: str, now: datetime) -> int:
    """Puts people behind the cases of the office that have none yet, and gives back how many. `set_going` comes first:
    who is protected depends on who is cleared.
    """
    place = Office.objects.get(code=office)
    chosen = protect_some(office)
    count = write(people_behind(office, place=place.name, protected=chosen), office=place.pk)
    flag_some(office, local_date(now))
    return count
