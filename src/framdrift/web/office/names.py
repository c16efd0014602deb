from __future__ import annotations

from django.http import Http404

from framdrift.casework.conformity.queries import OfficeName, office_named


def office_name(code: str) -> OfficeName:
    """The office of the address. One that does not exist has no viewers, so the gate has answered before."""
    found = office_named(code)
    if found is None:
        raise Http404
    return found
