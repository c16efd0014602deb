from framdrift.casework.cases.models import Case


def lock(case_id: str) -> Case:
    """The case with its row locked until the transaction ends: whoever writes in a case begins here.

    Raises Case.DoesNotExist. Office and team come along, since every event is written with their codes.
    """
    return Case.objects.select_related("office", "team").select_for_update(of=("self",)).get(id=case_id)
