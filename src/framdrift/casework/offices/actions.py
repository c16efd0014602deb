from collections.abc import Iterable

from django.db import transaction

from framdrift.casework.offices.models import Office, Team


@transaction.atomic
def ensure_offices(named: Iterable[tuple[str, str | None]]) -> tuple[list[str], list[str]]:
    """Makes the offices, and teams in them, that are not there yet, with their code as name.

    `named` holds office and team codes. Gives back the codes made: of offices, and of teams as `office/team`.
    """
    named = list(named)
    known = set(Office.objects.values_list("code", flat=True))
    offices = sorted({office for office, _ in named} - known)
    Office.objects.bulk_create([Office(code=code, name=code) for code in offices], ignore_conflicts=True)

    ids = dict(Office.objects.filter(code__in={office for office, _ in named}).values_list("code", "id"))
    wanted = {(ids[office], team): office for office, team in named if team}
    there = set(Team.objects.filter(office_id__in=ids.values()).values_list("office_id", "code"))
    missing = sorted(wanted.keys() - there)
    Team.objects.bulk_create(
        [Team(office_id=office, code=code, name=code) for office, code in missing], ignore_conflicts=True
    )
    return offices, sorted(f"{wanted[office, code]}/{code}" for office, code in missing)
