"""What was sent, each time: the list, one of them, and what one changed from the one before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from framdrift.casework.registration import queries
from framdrift.casework.registration.answers import dump
from framdrift.casework.registration.differences import differences
from framdrift.casework.registration.queries import NoVersionError, Version
from framdrift.web.registration.party import Party
from framdrift.web.registration.points import Told, told
from framdrift.web.registration.summary import Change, Section, changes, sections


@dataclass(frozen=True, slots=True)
class Listed:
    number: int
    made_at: datetime
    source: str
    by_name: str
    address: str
    changes: str
    """Where one reads what it changed; empty for the first, which changed nothing."""


@dataclass(frozen=True, slots=True)
class VersionPage:
    party: Party
    version: Version
    sections: tuple[Section, ...]
    points: tuple[Told, ...]

    @property
    def changes_address(self) -> str:
        return _changes(self.party, self.version)


@dataclass(frozen=True, slots=True)
class ChangesPage:
    party: Party
    before: Version
    after: Version
    changes: tuple[Change, ...]

    @property
    def version_address(self) -> str:
        return self.party.places.version(self.after.number)


def versions_answer(request: HttpRequest, party: Party) -> HttpResponse:
    listed = [_listed(party, version) for version in queries.versions_of(party.person)]
    return render(request, "registration/versions.html", {"versions": listed, "party": party})


def version_answer(request: HttpRequest, party: Party, number: int) -> HttpResponse:
    version = _version(party, number)
    page = VersionPage(party, version, tuple(sections(_steps(version))), tuple(told(version.points)))
    return render(request, "registration/version.html", {"shown": page, "party": party})


def changes_answer(request: HttpRequest, party: Party, number: int) -> HttpResponse:
    """What this version changed from the one before it."""
    after, before = _version(party, number), _version(party, number - 1)
    found = tuple(changes(differences(before.answers, after.answers)))
    page = ChangesPage(party, before, after, found)
    return render(request, "registration/changes.html", {"shown": page, "party": party})


def export_answer(_request: HttpRequest, party: Party) -> HttpResponse:
    """All that was registered, as a file: readable by people, with their questions, and by machines, with the codes."""
    versions = queries.versions_of(party.person)
    if not versions:
        raise Http404
    told = [
        {
            "number": version.number,
            "registered_at": version.made_at.isoformat(),
            "source": str(version.source),
            "questions": {
                section.title: {line.label: list(line.texts) for line in section.lines if line.texts}
                for section in sections(_steps(version))
            },
            "answers": dump(version.answers),
        }
        for version in versions
    ]
    text = json.dumps({"registrations": told}, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="registrering.json"'
    return response


def _listed(party: Party, version: Version) -> Listed:
    return Listed(
        number=version.number,
        made_at=version.made_at,
        source=version.source,
        by_name=version.by_name,
        address=party.places.version(version.number),
        changes=_changes(party, version),
    )


def _changes(party: Party, version: Version) -> str:
    return party.places.changes(version.number) if version.number > 1 else ""


def _version(party: Party, number: int) -> Version:
    try:
        return queries.version(party.person, number)
    except NoVersionError as error:
        raise Http404 from error


def _steps(version: Version) -> dict[str, dict[str, object]]:
    return {step: dict(data) for step, data in dump(version.answers).items() if isinstance(data, dict)}
