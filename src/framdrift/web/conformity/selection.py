"""What the reader has chosen: period, team, requirement, office beside. Read from the address; every choice can be
linked to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from framdrift.standard.model import Compare, Rule, Share, Standard
from framdrift.standard.verdicts import RuleKey
from framdrift.web.conformity.definitions import short_name
from framdrift.web.conformity.words import text
from framdrift.web.design import formats

WHOLE, LAST_FOUR = "", "siste4"
_SELECT = {"class": "ds-input"}


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose between for one office."""

    standard: Standard
    standards: Sequence[str]
    teams: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]]
    quarters: Sequence[date]


@dataclass(frozen=True, slots=True)
class Selection:
    """``quarters`` None means the whole time; an empty ``team`` the whole office."""

    period: str
    quarters: tuple[date, ...] | None
    team: str
    standard: str
    rule: RuleKey
    other: str

    @property
    def query(self) -> str:
        """The same choices as the query of an address."""
        chosen = {"periode": self.period, "team": self.team, "krav": rule_code(self.rule), "mot": self.other}
        return urlencode({name: value for name, value in chosen.items() if value})


def rule_code(key: RuleKey) -> str:
    """«R6/strict», or «R1» for a requirement without readings."""
    return "/".join(part for part in key if part)


def quarter_code(first_day: date) -> str:
    return f"{first_day.year}-{(first_day.month + 2) // 3}"


def has_instances(rule: Rule) -> bool:
    """Whether the rule counts instances that lie in time and belong to people; shares and comparisons do not."""
    return not isinstance(rule.pattern, Share | Compare)


class SelectionForm(forms.Form):
    """A GET form. A choice that is not on offer is told at its field, and the default is shown."""

    periode = forms.ChoiceField(label=_("Periode"), required=False, widget=forms.Select(attrs=_SELECT))
    team = forms.ChoiceField(label=_("Team"), required=False, widget=forms.Select(attrs=_SELECT))
    standard = forms.ChoiceField(label=_("Standard"), required=False, widget=forms.Select(attrs=_SELECT))
    krav = forms.ChoiceField(label=_("Krav"), required=False, widget=forms.Select(attrs={**_SELECT, "form": "utvalg"}))
    mot = forms.ChoiceField(
        label=_("Ved siden av"), required=False, widget=forms.Select(attrs={**_SELECT, "form": "utvalg"})
    )

    def __init__(self, data: QueryDict, choices: Choices) -> None:
        super().__init__(data, auto_id="valg-%s")
        self._offered = choices
        rules = [rule for rule in choices.standard.rules if has_instances(rule)]
        quarters = [(quarter_code(day), formats.quarter(day)) for day in reversed(choices.quarters)]
        offered: dict[str, list[tuple[str, object]]] = {
            "periode": [(WHOLE, _("Hele tiden")), (LAST_FOUR, _("Siste fire kvartaler")), *quarters],
            "team": [("", _("Hele kontoret")), *choices.teams],
            "standard": [(code, code) for code in choices.standards],
            "krav": [(rule_code(rule.key), f"{short_name(rule)} {text(rule.title)}") for rule in rules],
            "mot": list(choices.others),
        }
        for name, options in offered.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
            self.fields[name].initial = options[0][0] if options else ""
        self.fields["krav"].initial = _first_disputed(choices.standard)

    def selection(self) -> Selection:
        """The valid choices, and the default for each of the others."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name) or field.initial for name, field in self.fields.items()}
        rules = {rule_code(rule.key): rule.key for rule in self._offered.standard.rules}
        return Selection(
            period=chosen["periode"],
            quarters=_quarters_of(chosen["periode"], self._offered.quarters),
            team=chosen["team"],
            standard=chosen["standard"],
            rule=rules[chosen["krav"]],
            other=chosen["mot"],
        )

    def shown(self, selection: Selection) -> SelectionForm:
        """The form as it is drawn: bound to what is shown, so that the defaults stand chosen."""
        data = QueryDict(mutable=True)
        data.update({
            "periode": selection.period, "team": selection.team, "standard": selection.standard,
            "krav": rule_code(selection.rule), "mot": selection.other,
        })  # fmt: skip
        form = SelectionForm(data, self._offered)
        form._errors = self.errors  # type: ignore[attr-defined]
        return form


def _first_disputed(standard: Standard) -> str:
    """The requirement whose readings differ the most is the one to begin with: the one with the most of them,
    latest.
    """
    readings: dict[str, list[Rule]] = {}
    for rule in standard.rules:
        if has_instances(rule):
            readings.setdefault(rule.id, []).append(rule)
    most = max(readings.values(), key=len)
    strict = [rule for rule in most if rule.yardstick == "intention"]
    return rule_code((strict or most)[0].key)


def _quarters_of(period: str, quarters: Sequence[date]) -> tuple[date, ...] | None:
    if period == WHOLE:
        return None
    if period == LAST_FOUR:
        return tuple(quarters[-4:])
    return tuple(day for day in quarters if quarter_code(day) == period)
