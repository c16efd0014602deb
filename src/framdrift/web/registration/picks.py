"""Choosing occupations: words are looked up in the list of occupations, or kept as they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from framdrift.casework.occupations.queries import Occupation, search
from framdrift.casework.registration.answers import Problem
from framdrift.casework.registration.fields import LINE
from framdrift.web.registration.problems import problem_text

SHOWN = 8


@dataclass(frozen=True, slots=True)
class PickKind:
    """A question answered by one occupation, or by several."""

    name: str
    label: Promise | str
    help: Promise | str
    is_one: bool


KINDS: Mapping[str, PickKind] = {
    kind.name: kind
    for kind in (
        PickKind(
            "last_occupation",
            _("Hva jobbet du med sist?"),
            _("Skriv litt av yrket, for eksempel «lager» eller «sykepl», og velg."),
            is_one=True,
        ),
        PickKind(
            "occupations",
            _("Hvilke yrker ønsker du deg?"),
            _("Skriv litt av yrket, for eksempel «lager» eller «sykepl», og velg. Du kan velge flere."),
            is_one=False,
        ),
    )
}


@dataclass(slots=True)
class Pick:
    kind: PickKind
    chosen: list[Occupation | Written]
    words: str = ""
    found: Sequence[Occupation] | None = None
    """What the words led to; None where nothing was looked up."""
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, kind: PickKind, stored: Any) -> Pick:
        listed = stored if isinstance(stored, list) else [stored]
        return cls(kind, [_occupation(each) for each in listed if isinstance(each, dict) and each.get("title")])

    @classmethod
    def posted(cls, kind: PickKind, sent: QueryDict) -> Pick:
        codes, titles = sent.getlist(f"{kind.name}-code"), sent.getlist(f"{kind.name}-title")
        chosen = [_occupation({"code": code, "title": title}) for code, title in zip(codes, titles, strict=False)]
        return cls(kind, chosen, words=" ".join(sent.get(f"{kind.name}-words", "").split()))

    @property
    def longest(self) -> int:
        return LINE

    def look_up(self) -> None:
        """What is longer than any title is refused, and not offered as one."""
        if len(self.words) > LINE:
            self.problems.append(problem_text(Problem("too_long", LINE), self.kind.label))
        else:
            self.found = search(self.words, SHOWN) if self.words else ()

    def take(self, code: str, title: str) -> None:
        picked = _occupation({"code": code, "title": title})
        self.chosen = [picked] if self.kind.is_one else [*(each for each in self.chosen if each != picked), picked]
        self.words = ""

    def take_words(self) -> None:
        """What was written and not looked up is kept too: nothing that somebody wrote is lost by going on."""
        if self.words:
            same = (each for each in search(self.words, SHOWN) if each.title.casefold() == self.words.casefold())
            match = next(same, None)
            self.take(match.code if match else "", match.title if match else self.words)

    def without(self, place: str) -> None:
        if place.isascii() and place.isdigit() and int(place) < len(self.chosen):
            del self.chosen[int(place)]

    def typed(self) -> Any:
        taken = [{"code": each.code, "title": each.title} for each in self.chosen]
        if self.kind.is_one:
            return taken[0] if taken else None
        return taken


@dataclass(frozen=True, slots=True)
class Written:
    """An occupation in somebody's own words, without a code."""

    title: str
    code: str = ""


def _occupation(stored: Mapping[str, Any]) -> Occupation | Written:
    code, title = str(stored.get("code") or ""), str(stored["title"])
    return Occupation(code, title) if code else Written(title)
