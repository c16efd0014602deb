from collections.abc import Collection, Mapping

from framdrift.casework.offices.models import Office, Staff


def office_exists(code: str) -> bool:
    return Office.objects.filter(code=code).exists()


def names_of(offices: Collection[int]) -> dict[str, str]:
    """Code and name of these offices (by key), by name."""
    return dict(Office.objects.filter(pk__in=offices).order_by("name", "code").values_list("code", "name"))


def staff_names(codes: Collection[str]) -> Mapping[str, str]:
    """The names of employees by the codes that the journal has for them; a code that is nobody's is left out."""
    return dict(Staff.objects.filter(code__in=codes).values_list("code", "name"))


def staff_by_code(code: str) -> Staff | None:
    return Staff.objects.filter(code=code).first()


def staff_by_username(username: str) -> Staff | None:
    """Whom the employer's login calls that, in small or capital letters; None where two would answer to it."""
    found = list(Staff.objects.filter(username__iexact=username)[:2])
    return found[0] if len(found) == 1 else None
