"""Ways on for whoever is logged in: the entries of the header, of which the first leads to one's first page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from framdrift.casework.access.rules import (
    Seeker,
    Viewer,
    may_assign,
    may_manage_staff,
    may_plan_absence,
    may_read_any_log,
    may_register_with,
    may_search,
    may_see_office,
)
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
    yield Place(_("Hvem har åpnet saken min"), reverse("jobseeker:openings"))


def _of_staff(viewer: Viewer) -> Iterator[Place]:
    """What only one's own role has stands before what several share: so everybody comes first to their own work."""
    yield from _of_offices(viewer, may_see_office, _("Samsvar"), "office:conformity")
    yield from _of_offices(viewer, may_assign, _("Uten veileder"), "office:without_advisor")
    yield from _of_offices(viewer, may_search, _("Søk"), "advisor:search")
    yield from _of_offices(viewer, may_register_with, _("Uidentifiserte"), "office:unmatched")
    yield from _of_offices(viewer, may_manage_staff, _("Ansatte"), "office:staff")
    if may_read_any_log(viewer):
        yield Place(_("Innsynslogg"), reverse("insight:access_log"))
    if viewer.holds_anywhere(Role.ANALYST):
        yield Place(_("Kontorer"), reverse("insight:offices"))
    yield from _of_offices(viewer, _may_see_own_sums, _("Samsvar"), "insight:conformity")
    yield from _of_offices(viewer, may_plan_absence, _("Fravær"), "office:absence")


def _may_see_own_sums(viewer: Viewer, office: str) -> bool:
    """An analyst comes to each office's from the list of all; a leader sees more than sums."""
    return viewer.holds(Role.USER_REPRESENTATIVE, office) and not may_see_office(viewer, office)


def _of_offices(viewer: Viewer, opens: Callable[[Viewer, str], bool], text: str, name: str) -> Iterator[Place]:
    """One entry for each office that it opens at, with the office's code where there are several."""
    offices = [office for office in sorted(viewer.offices) if opens(viewer, office)]
    for office in offices:
        yield Place(text if len(offices) == 1 else f"{text}, {office}", reverse(name, args=[office]))
