"""A step as it is filled in: its questions in their order, read from what is stored or from what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from framdrift.casework.registration.answers import Problem, Problems
from framdrift.web.design.forms import Problem as Shown
from framdrift.web.design.forms import problems as problems_of
from framdrift.web.design.forms import target_of
from framdrift.web.registration import picks, rows
from framdrift.web.registration.forms import FORMS, QuestionForm
from framdrift.web.registration.picks import Pick
from framdrift.web.registration.problems import problem_text
from framdrift.web.registration.rows import Rows

LAYOUT: Mapping[str, tuple[str, ...]] = {
    "about_you": (
        "given_name", "family_name", "phone", "email", "preferred", "language", "interpreter", "interpreter_language",
    ),
    "situation": ("jobsituation", "since", "last_occupation", "benefits"),
    "education": ("level", "passed", "recognised", "educations"),
    "experience": ("jobs", "competence", "languages", "licences"),
    "wishes": ("goal", "occupations", "places", "hours", "arrangements", "start"),
    "hindrances": ("health", "other", "text"),
    "help": ("needs_help", "wants_contact", "wanted", "own_view", "own_words"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One question: exactly one of the three is there."""

    name: str
    field: forms.BoundField | None = None
    rows: Rows | None = None
    pick: Pick | None = None


@dataclass(slots=True)
class Filled:
    step: str
    form: QuestionForm
    rows: dict[str, Rows]
    picks: dict[str, Pick]

    @classmethod
    def of(cls, step: str, data: Mapping[str, Any], *, new_row: str = "") -> Filled:
        """From what the draft holds; ``new_row`` names the list that gets an empty row."""
        return cls(
            step,
            FORMS[step].of(data),
            {name: Rows.of(kind, data.get(name), with_new=name == new_row) for name, kind in _of(step, rows.KINDS)},
            {name: Pick.of(kind, data.get(name)) for name, kind in _of(step, picks.KINDS)},
        )

    @classmethod
    def posted(cls, step: str, sent: QueryDict) -> Filled:
        return cls(
            step,
            FORMS[step](sent),
            {name: Rows.posted(kind, sent) for name, kind in _of(step, rows.KINDS)},
            {name: Pick.posted(kind, sent) for name, kind in _of(step, picks.KINDS)},
        )

    def typed(self) -> dict[str, Any]:
        found = self.form.typed()
        found |= {name: each.typed() for name, each in self.rows.items()}
        return found | {name: each.typed() for name, each in self.picks.items()}

    @property
    def parts(self) -> list[Part]:
        return [
            Part(name, rows=self.rows[name])
            if name in self.rows
            else Part(name, pick=self.picks[name])
            if name in self.picks
            else Part(name, field=self.form[name])
            for name in LAYOUT[self.step]
        ]

    def show(self, problems: Problems) -> None:
        """Puts each problem at its field; ``jobs.0.title`` is that of the first job."""
        for path, problem in problems.items():
            self._show(path.split("."), problem)

    def _show(self, path: list[str], problem: Problem) -> None:
        name = path[0]
        if name in self.rows:
            self._show_in_rows(self.rows[name], path, problem)
        elif name in self.picks:
            self.picks[name].problems.append(problem_text(problem, self.picks[name].kind.label))
        elif name in self.form.fields:
            self.form.add_error(name, problem_text(problem, self.form.fields[name]))
        else:
            self.form.add_error(None, problem_text(problem, gettext("Dette steget")))

    @staticmethod
    def _show_in_rows(rows: Rows, path: list[str], problem: Problem) -> None:
        place = int(path[1]) if len(path) > 1 and path[1].isdigit() else None
        if place is None or place >= len(rows.forms):
            rows.problems.append(problem_text(problem, rows.kind.title))
            return
        form = rows.forms[place]
        if len(path) > 2 and path[2] in form.fields:
            form.add_error(path[2], problem_text(problem, form.fields[path[2]]))
        else:
            rows.problems.append(problem_text(problem, rows.kind.one))

    @property
    def problems(self) -> list[Shown]:
        """All that is shown as wrong, in the order of the page, each with the way to its field."""
        found = [Shown(str(error), "") for error in self.form.non_field_errors()]
        for part in self.parts:
            if part.field is not None:
                found += [Shown(str(error), target_of(part.field)) for error in part.field.errors]
            elif part.rows is not None:
                found += [Shown(text, part.name) for text in part.rows.problems]
                found += _named(part.rows)
            elif part.pick is not None:
                found += [Shown(text, f"id_{part.name}-words") for text in part.pick.problems]
        return found


def _named(rows: Rows) -> Iterable[Shown]:
    """Which of the rows is meant stands before what is wrong in it."""
    for place, form in enumerate(rows.forms, start=1):
        for each in problems_of([form]):
            words = {"row": rows.kind.one, "n": place, "problem": each.text}
            yield Shown(gettext("%(row)s %(n)s: %(problem)s") % words, each.target)


def _of(step: str, kinds: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, kinds[name]) for name in LAYOUT[step] if name in kinds]
