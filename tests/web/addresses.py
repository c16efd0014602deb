"""Every address of the site, and how to write it for what the tests' town holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from people_of_the_town import People
from walls import working_as_owner

from framdrift.casework.offices.models import Absence
from framdrift.casework.registration.models import NationalPeriod
from framdrift.casework.responsibility.models import Redistribution


def patterns(resolver: URLResolver, namespace: str = "", before: str = "") -> Iterator[tuple[str, URLPattern, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, before + str(entry.pattern))
        else:
            yield f"{namespace}{entry.name}", entry, before + str(entry.pattern)


ADDRESSES = {name: entry for name, entry, _ in patterns(get_resolver())}
ROUTES = {name: route for name, _, route in patterns(get_resolver())}


def address(name: str, given: Mapping[str, Any]) -> str:
    """The address, with those of the given that it asks for."""
    return reverse(name, kwargs={key: given[key] for key in re.findall(r"<(?:\w+:)?(\w+)>", ROUTES[name])})


def of_lillevik(people: People) -> dict[str, Any]:
    """What stands in addresses of Lillevik besides a person. Needs the rows of `rows_behind_the_wall`."""
    with working_as_owner():
        office = people.town.small.office
        return {
            "office": office.code,
            "step": "wishes",
            "number": 2,
            "advisor": str(people.colleague.code),
            "staff": str(people.colleague.code),
            "absence_id": Absence.objects.get(staff=people.absent).pk,
            "run": Redistribution.objects.filter(office=office).earliest("pk").pk,
            "period": NationalPeriod.objects.get(case__person=people.own).pk,
        }
