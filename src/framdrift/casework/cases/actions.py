import uuid

from framdrift.casework.cases.models import Case
from framdrift.casework.offices.models import Office, Team
from framdrift.casework.people.models import Person


def lock(case_id: str) -> Case:
    """The case with its row locked until the transaction ends: whoever writes in a case begins here.

    Raises Case.DoesNotExist. Office and team come along, since every event is written with their codes.
    """
    return Case.objects.select_related("office", "team").select_for_update(of=("self",)).get(id=case_id)


def open_case(*, person: uuid.UUID | None, office: Office) -> Case:
    """A new case of the office, in its team that takes new ones. Without a person until a document is matched to one.

    The case is opened in the journal's sense by the `registered` event that its caller appends in the same transaction.
    """
    protection = Person.objects.values_list("protection", flat=True).get(pk=person) if person else 0
    team = Team.objects.filter(office=office, takes_new=True).first()
    return Case.objects.create(id=str(uuid.uuid4()), person_id=person, office=office, team=team, protection=protection)
