"""What the layout shows of whoever is logged in: name, role and ways on. A context processor, for every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from framdrift.casework.access.rules import Viewer
from framdrift.casework.offices.roles import Role
from framdrift.web.design.choices import colour_scheme


@dataclass(frozen=True, slots=True)
class Entry:
    text: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What ``design/base.html`` reads."""

    colour_scheme: str
    is_demo: bool
    shows_gallery: bool
    here: str
    who: str
    entries: tuple[Entry, ...]


def page(request: HttpRequest) -> dict[str, Page]:
    viewer: Viewer | None = getattr(request, "viewer", None)
    return {
        "page": Page(
            colour_scheme=colour_scheme(request),
            is_demo=settings.DEMO_LOGIN,
            shows_gallery=settings.DEMO_LOGIN and viewer is not None,
            here=request.get_full_path() if request.method == "GET" else "/",
            who=_who(viewer) if viewer else "",
            entries=_entries(viewer, request.path) if viewer else (),
        )
    }


def _who(viewer: Viewer) -> str:
    words = {Role.OFFICE_LEADER: gettext("kontorleder"), Role.ANALYST: gettext("analytiker")}
    roles = [word for role, word in words.items() if viewer.holds_anywhere(role) and word not in viewer.name.lower()]
    return ", ".join([viewer.name, *roles])


def _entries(viewer: Viewer, path: str) -> tuple[Entry, ...]:
    entries: list[tuple[str, str]] = []
    led = sorted(viewer.roles.get(Role.OFFICE_LEADER, frozenset()))
    for office in led:
        text = gettext("Samsvar") if len(led) == 1 else gettext("Samsvar, %(office)s") % {"office": office}
        entries.append((text, reverse("office:conformity", args=[office])))
    if viewer.holds_anywhere(Role.ANALYST):
        entries.append((gettext("Kontorer"), reverse("insight:offices")))
    return tuple(Entry(text, url, path.startswith(url)) for text, url in entries)
