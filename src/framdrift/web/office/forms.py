"""The forms of these pages. What may be chosen is given by the view, which has asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from framdrift.casework.offices.members import Member, TeamName
from framdrift.casework.offices.roles import Role
from framdrift.casework.responsibility.advisors import Advisor
from framdrift.casework.responsibility.reasons import TO_CHOOSE
from framdrift.web.design.forms import DayField, WritingForm
from framdrift.web.office import words

Choices = Sequence[tuple[str, str | Promise]]
_CHOOSE: tuple[str, str | Promise] = ("", _("Velg"))
LONGEST_NAME = 200


def reason_choices() -> Choices:
    return [_CHOOSE, *((each.value, each.label) for each in TO_CHOOSE)]


class GiveForm(WritingForm):
    """To whom, and why. `although_away` shows when somebody who is away, and whom nobody answers for, was chosen."""

    advisor = forms.ChoiceField(label=_("Veileder"), widget=forms.Select)
    reason = forms.ChoiceField(label=_("Hvorfor"), widget=forms.Select)
    although_away = forms.BooleanField(required=False, label=_("Gi saken likevel"))
    marks_optional = False

    def __init__(
        self, data: Any = None, *, advisors: Iterable[Advisor], today: date, nobody: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        chosen: list[tuple[str, str | Promise]] = [_CHOOSE]
        if nobody:
            chosen.append(("-", _("Ingen: sett opp på listen over dem uten veileder")))
        chosen += [(each.code, words.advisor_choice(each, today)) for each in advisors]
        self.fields["advisor"].choices = chosen  # type: ignore[attr-defined]
        self.fields["reason"].choices = reason_choices()  # type: ignore[attr-defined]
        self.asks_although_away = False

    @property
    def to(self) -> str | None:
        code: str = self.cleaned_data["advisor"]
        return None if code == "-" else code


class TakeForm(WritingForm):
    """An advisor takes a case for themselves: nothing to fill in."""


class NumbersForm(WritingForm):
    """How many each advisor gets, why, and the cases it was counted from."""

    basis = forms.CharField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Hvorfor"), widget=forms.Select)
    marks_optional = False

    def __init__(self, data: Any = None, *, advisors: Iterable[Advisor], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"].choices = reason_choices()  # type: ignore[attr-defined]
        for each in advisors:
            number = forms.IntegerField(
                min_value=0,
                required=False,
                label=each.name,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ds-input", "data-width": "year"}),
                error_messages={
                    "invalid": _("Skriv et helt tall, 0 eller mer, for %(name)s.") % {"name": each.name},
                    "min_value": _("Skriv et helt tall, 0 eller mer, for %(name)s.") % {"name": each.name},
                },
            )
            self.fields[field_of(each.code)] = number

    def numbers(self, advisors: Iterable[Advisor]) -> dict[str, int]:
        return {each.code: self.cleaned_data.get(field_of(each.code)) or 0 for each in advisors}


def field_of(code: str) -> str:
    return f"antall-{code}"


class RequestForm(WritingForm):
    """A button that changes something, and nothing to fill in."""


class AbsenceForm(WritingForm):
    """Days away and who answers. What the form was shown with comes back hidden, when something is changed."""

    first_day = DayField(label=_("Første dag borte"))
    last_day = DayField(label=_("Siste dag borte"), help_text=_("Til og med denne dagen."))
    cover = forms.ChoiceField(
        label=_("Hvem svarer imens?"),
        required=False,
        widget=forms.Select,
        help_text=_("Den som svarer, kan åpne sakene dine i de dagene uten å begrunne det."),
    )
    leaves_nobody = forms.BooleanField(required=False, label=_("Ja, ingen svarer for dem i de dagene"))
    expected = forms.CharField(required=False, widget=forms.HiddenInput)
    marks_optional = False

    def __init__(self, data: Any = None, *, covers: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        nobody = ("", _("Ingen"))
        self.fields["cover"].choices = [nobody, *((each.code, each.name) for each in covers)]  # type: ignore[attr-defined]
        self.asks_leaves_nobody = False


class ExpectedForm(WritingForm):
    """A button about something that may have been changed since it was shown."""

    expected = forms.CharField(required=False, widget=forms.HiddenInput)


class JoinForm(WritingForm):
    name = forms.CharField(label=_("Navn"), max_length=LONGEST_NAME)
    username = forms.CharField(
        label=_("Brukernavn"), max_length=150, help_text=_("Det de logger inn med hos arbeidsgiveren.")
    )
    code = forms.CharField(
        label=_("Ansattkode"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Det journalen kaller dem. Tomt: vi lager en. En kode brukes aldri om igjen."),
    )
    roles = forms.MultipleChoiceField(label=_("Roller"), widget=forms.CheckboxSelectMultiple)
    team = forms.ChoiceField(label=_("Team"), required=False, widget=forms.Select)
    first_day = DayField(label=_("Første dag"))

    def __init__(self, data: Any = None, *, roles: Iterable[Role], teams: Iterable[TeamName], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["roles"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["team"].choices = team_choices(teams)  # type: ignore[attr-defined]


class RoleForm(WritingForm):
    role = forms.ChoiceField(label=_("Rolle"), widget=forms.Select)
    team = forms.ChoiceField(label=_("Team"), required=False, widget=forms.Select)
    first_day = DayField(label=_("Første dag"))

    def __init__(self, data: Any = None, *, roles: Iterable[Role], teams: Iterable[TeamName], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["role"].choices = [_CHOOSE, *((role.value, role.label) for role in roles)]  # type: ignore[attr-defined]
        self.fields["team"].choices = team_choices(teams)  # type: ignore[attr-defined]


class EndingForm(WritingForm):
    """Something ends: with a day, or at once. Then the day does not count."""

    last_day = DayField(label=_("Siste dag"), required=False)
    at_once = forms.BooleanField(
        required=False, label=_("Ender nå"), help_text=_("Fra den neste siden de åpner. Dagen over teller da ikke.")
    )
    marks_optional = False

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("at_once"):
            self.errors.pop("last_day", None)
            said["last_day"] = None
        elif not said.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Skriv siste dag, eller kryss av for at det ender nå."))
        return said


class EndRoleForm(EndingForm):
    role = forms.ChoiceField(label=_("Rolle"), widget=forms.Select)
    field_order = ("role",)

    def __init__(self, data: Any = None, *, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["role"].choices = [_CHOOSE, *((role.value, role.label) for role in roles)]  # type: ignore[attr-defined]


class TeamForm(WritingForm):
    team = forms.ChoiceField(label=_("Nytt team"), widget=forms.Select)
    first_day = DayField(label=_("Første dag"))

    def __init__(self, data: Any = None, *, teams: Iterable[TeamName], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["team"].choices = [_CHOOSE, *((team.code, team.name) for team in teams)]  # type: ignore[attr-defined]


class LeaveForm(EndingForm):
    last_day = DayField(label=_("Siste arbeidsdag"), required=False)


class ClearForm(WritingForm):
    level = forms.ChoiceField(label=_("Klareres for"), widget=forms.Select)
    first_day = DayField(label=_("Første dag"))
    last_day = DayField(label=_("Siste dag"), required=False)
    reason = forms.CharField(
        label=_("Hvorfor"), max_length=200, help_text=_("Det du skriver, står i endringene for den ansatte.")
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["level"].choices = [_CHOOSE, *((str(int(key)), text) for key, text in words.PROTECTIONS.items())]  # type: ignore[attr-defined]


class EndClearanceForm(EndingForm):
    level = forms.ChoiceField(label=_("Klarering"), widget=forms.Select)
    field_order = ("level",)

    def __init__(self, data: Any = None, *, levels: Iterable[tuple[str, str | Promise]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["level"].choices = [_CHOOSE, *levels]  # type: ignore[attr-defined]


def team_choices(teams: Iterable[TeamName]) -> Choices:
    return [("", _("Ikke i noe team")), *((team.code, team.name) for team in teams)]
