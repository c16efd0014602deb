"""What the layout shows of whoever is logged in: name, role and ways on. A context processor, for every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from framdrift.casework.access.rules import Seeker, Viewer
from framdrift.casework.offices.roles import Role
from framdrift.web.accounts.places import places
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
    seeker: Seeker | None = getattr(request, "seeker", None)
    ways = places(viewer, seeker)
    # The longest that the address begins with: a job-seeker's every page lies below the first one's.
    current = max((place.url for place in ways if request.path.startswith(place.url)), key=len, default="")
    return {
        "page": Page(
            colour_scheme=colour_scheme(request),
            is_demo=settings.DEMO_LOGIN,
            shows_gallery=settings.DEMO_LOGIN and viewer is not None,
            here=request.get_full_path() if request.method == "GET" else "/",
            who=_staff_in_words(viewer) if viewer else _seeker_in_words(seeker) if seeker else "",
            entries=tuple(Entry(place.text, place.url, place.url == current) for place in ways),
        )
    }


def _seeker_in_words(seeker: Seeker) -> str:
    return seeker.name or gettext("Arbeidssøker")


def _staff_in_words(viewer: Viewer) -> str:
    """Name and roles, but for a role that the name says already, as those of demonstrations may."""
    held = [str(role.label) for role in Role if viewer.holds_anywhere(role)]
    return ", ".join([viewer.name, *(word for word in held if word.lower() not in viewer.name.lower())])
