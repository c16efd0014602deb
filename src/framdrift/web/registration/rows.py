"""Lists of a CV, each entry with fields of its own: added, changed and removed without any script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from framdrift.web.registration.forms import Job, LanguageSkill, QuestionForm, Studies

MOST_SHOWN = 60
"""No registration takes more; whoever sends more meets the registration's own limit."""


@dataclass(frozen=True, slots=True)
class RowKind:
    name: str
    form: type[QuestionForm]
    title: Promise | str
    one: Promise | str
    add: Promise | str
    remove: Promise | str
    help: Promise | str = ""


KINDS: Mapping[str, RowKind] = {
    kind.name: kind
    for kind in (
        RowKind(
            "educations",
            Studies,
            _("Skoler og utdanninger"),
            _("Utdanning"),
            _("Legg til en utdanning"),
            _("Fjern utdanning"),
            _("De viktigste er nok. Du kan hoppe over dette."),
        ),
        RowKind(
            "jobs",
            Job,
            _("Jobber du har hatt"),
            _("Jobb"),
            _("Legg til en jobb"),
            _("Fjern jobb"),
            _("Begynn med den siste. Praksis og frivillig arbeid teller også."),
        ),
        RowKind(
            "languages", LanguageSkill, _("Språk du kan"), _("Språk"), _("Legg til et språk"), _("Fjern språk"), ""
        ),
    )
}


@dataclass(slots=True)
class Rows:
    kind: RowKind
    forms: list[QuestionForm]
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, kind: RowKind, rows: Any, *, with_new: bool = False) -> Rows:
        """With a new row, which is empty and where writing goes on, where one was asked for."""
        stored: Sequence[Any] = rows if isinstance(rows, list) else []
        forms = [
            kind.form.of(row, prefix=f"{kind.name}-{place}")
            for place, row in enumerate(stored)
            if isinstance(row, dict)
        ]
        if not with_new:
            return cls(kind, forms)
        new = kind.form.of({}, prefix=f"{kind.name}-{len(forms)}")
        next(iter(new.fields.values())).widget.attrs["autofocus"] = True
        return cls(kind, [*forms, new])

    @classmethod
    def posted(cls, kind: RowKind, sent: QueryDict) -> Rows:
        count = sent.get(f"{kind.name}-count", "")
        many = min(int(count), MOST_SHOWN) if count.isascii() and count.isdigit() else 0
        return cls(kind, [kind.form(sent, prefix=f"{kind.name}-{place}") for place in range(many)])

    def without(self, place: str) -> None:
        if place.isascii() and place.isdigit() and int(place) < len(self.forms):
            del self.forms[int(place)]

    def typed(self) -> list[dict[str, Any]]:
        return [form.typed() for form in self.forms if not form.is_blank()]
