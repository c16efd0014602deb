"""Ways on for whoever is logged in: the entries of the header, of which the first leads to one's first page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from framdrift.casework.access.rules import Seeker, Viewer
from framdrift.casework.offices.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    text: str
    url: str


def places(viewer: Viewer | None, seeker: Seeker | None) -> list[Place]:
    if seeker is not None:
        return []
    return list(dict.fromkeys(_of_staff(viewer))) if viewer is not None else []


def first_page(viewer: Viewer | None, seeker: Seeker | None) -> str | None:
    found = places(viewer, seeker)
    return found[0].url if found else None


def _of_staff(viewer: Viewer) -> Iterator[Place]:
    yield from _of_role(viewer, Role.OFFICE_LEADER, _("Samsvar"), "office:conformity")
    if viewer.holds_anywhere(Role.ANALYST):
        yield Place(_("Kontorer"), reverse("insight:offices"))


def _of_role(viewer: Viewer, role: Role, text: str, name: str) -> Iterator[Place]:
    """One entry for each office where the role is held, by name of the office where there are several."""
    offices = sorted(viewer.roles.get(role, frozenset()))
    for office in offices:
        yield Place(text if len(offices) == 1 else f"{text}, {office}", reverse(name, args=[office]))
