"""Ways on for whoever is logged in: the entries of the header, of which the first leads to one's first page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from framdrift.casework.access.rules import Seeker, Viewer, may_search
from framdrift.casework.offices.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    text: str
    url: str


def places(viewer: Viewer | None, seeker: Seeker | None) -> list[Place]:
    if seeker is not None:
        return list(_of_job_seeker())
    return list(_of_staff(viewer)) if viewer is not None else []


def first_page(viewer: Viewer | None, seeker: Seeker | None) -> str | None:
    found = places(viewer, seeker)
    return found[0].url if found else None


def _of_job_seeker() -> Iterator[Place]:
    yield Place(_("Min side"), reverse("jobseeker:home"))
    yield Place(_("Hvem har sett saken min"), reverse("jobseeker:openings"))


def _of_staff(viewer: Viewer) -> Iterator[Place]:
    """The work that only this role has stands before what several share."""
    yield from _of_offices(viewer, _holding(Role.OFFICE_LEADER), _("Samsvar"), "office:conformity")
    yield from _of_offices(viewer, may_search, _("Søk"), "advisor:search")
    if viewer.holds_anywhere(Role.ANALYST):
        yield Place(_("Kontorer"), reverse("insight:offices"))


def _holding(role: Role) -> Callable[[Viewer, str], bool]:
    return lambda viewer, office: viewer.holds(role, office)


def _of_offices(viewer: Viewer, opens: Callable[[Viewer, str], bool], text: str, name: str) -> Iterator[Place]:
    """One entry for each office that it opens at, with the office's code where there are several."""
    offices = [office for office in sorted(viewer.offices) if opens(viewer, office)]
    for office in offices:
        yield Place(text if len(offices) == 1 else f"{text}, {office}", reverse(name, args=[office]))
