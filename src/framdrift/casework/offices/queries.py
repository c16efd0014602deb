from framdrift.casework.offices.models import Office


def office_exists(code: str) -> bool:
    return Office.objects.filter(code=code).exists()
