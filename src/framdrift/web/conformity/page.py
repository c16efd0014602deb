"""The conformity page, put together: stored figures in, ready rows out. One number of queries whatever the office's
size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from framdrift.casework.conformity import queries
from framdrift.casework.conformity.judging import Judgement, Result, StoredFigures, judge
from framdrift.casework.conformity.queries import Attempt, Head, OfficeName
from framdrift.casework.conformity.standards import in_force, is_shipped, shipped
from framdrift.casework.conformity.suppression import Count
from framdrift.standard.model import Standard, Verdict, Yardstick
from framdrift.web.conformity.breakdown import Breakdown, breakdown
from framdrift.web.conformity.comparison import Comparison, comparison, other_than
from framdrift.web.conformity.definitions import Definition, definitions, short_name
from framdrift.web.conformity.rows import ReadingGroup, RuleRow, last_year, rule_row
from framdrift.web.conformity.selection import Choices, Selection, SelectionForm, rule_code
from framdrift.web.conformity.summary import sentences
from framdrift.web.conformity.trend import Trend, trend
from framdrift.web.conformity.words import QUESTIONS, YARDSTICKS, text, word
from framdrift.web.design import formats

_JUDGED: tuple[Yardstick, ...] = ("guideline", "intention")


@dataclass(frozen=True, slots=True)
class Card:
    """The verdict by one yardstick, and how many rules it rests on."""

    yardstick: str
    name: str
    question: str
    verdict: Verdict
    tally: tuple[tuple[int, Verdict], ...]


@dataclass(frozen=True, slots=True)
class GoalRow:
    id: str
    title: str
    guideline: Verdict | None
    intention: Verdict | None
    rests_on: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    yardstick: str
    name: str
    question: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the page, the PDF and the CSV show of a finished report."""

    head: Head
    standard: Standard
    selection: Selection
    days: tuple[date, date]
    period: str
    team: str
    summary: tuple[str, ...]
    cards: tuple[Card, ...]
    readings: tuple[ReadingGroup, ...]
    goals: tuple[GoalRow, ...]
    groups: tuple[RuleGroup, ...]
    owed_by_jobseeker: tuple[RuleRow, ...]
    trend: Trend
    breakdown: Breakdown
    breakdown_name: str
    breakdown_code: str
    comparison: Comparison | None
    definitions: tuple[Definition, ...]
    limits: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ConformityPage:
    """``report`` is None until a first computation has finished."""

    office: OfficeName
    standard: str
    attempt: Attempt | None
    form: SelectionForm | None
    report: Report | None


def conformity_page(office: OfficeName, chosen: QueryDict, today: date) -> ConformityPage:
    own = {head.standard: head for head in queries.latest_heads(office=office.code)}
    standard = _standard(chosen.get("standard", ""), own, today)
    attempt = queries.latest_attempt(office.code, standard.id)
    head = own.get(standard.id)
    if head is None:
        return ConformityPage(office, standard.id, attempt, None, None)
    whole = queries.stored_figures(head.id)
    quarters = _quarters(whole, head)
    others = other_than(head, queries.latest_heads(standard=standard.id))
    choices = Choices(
        standard=standard,
        standards=[standard.id, *(code for code in own if code != standard.id)],
        teams=[(team.code, team.name) for team in queries.teams_of(office.code)],
        others=[(other.office.code, other.office.name) for other in others],
        quarters=quarters,
    )
    form = SelectionForm(chosen, choices)
    selection = form.selection()
    there = next((other for other in others if other.office.code == selection.other), None)
    report = _report(head, standard, selection, whole=whole, quarters=quarters, there=there, teams=dict(choices.teams))
    return ConformityPage(office, standard.id, attempt, form.shown(selection), report)


def waiting_page(office: OfficeName, chosen: QueryDict, today: date) -> ConformityPage:
    """How the computation goes, without the figures: asked for every two seconds while one waits."""
    own = {head.standard: head for head in queries.latest_heads(office=office.code)}
    standard = _standard(chosen.get("standard", ""), own, today)
    return ConformityPage(office, standard.id, queries.latest_attempt(office.code, standard.id), None, None)


def _standard(asked: str, own: dict[str, Head], today: date) -> Standard:
    """The one asked for, if it is known; else the one in force if there are figures of it; else one there are."""
    if is_shipped(asked):
        return shipped(asked)
    current = in_force(today)
    return current if current.id in own or not own else shipped(min(own))


def _quarters(figures: StoredFigures, head: Head) -> tuple[date, ...]:
    """From the first quarter with anything closed to that of the as-of moment; what is due later is still open."""
    current = quarter_of(head.as_of.astimezone(formats.OSLO).date())
    found = {day for by_quarter in figures.totals.values() for day, counts in by_quarter.items() if counts.closed}
    first = min(found, default=current)
    days = [first]
    while days[-1] < current:
        days.append(_next_quarter(days[-1]))
    return tuple(day for day in days if day <= current)


def quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _next_quarter(first_day: date) -> date:
    return date(first_day.year + first_day.month // 10, (first_day.month + 2) % 12 + 1, 1)


def _report(
    head: Head,
    standard: Standard,
    selection: Selection,
    *,
    whole: StoredFigures,
    quarters: tuple[date, ...],
    there: Head | None,
    teams: dict[str, str],
) -> Report:
    is_whole = selection.quarters is None and not selection.team
    figures = (
        whole if is_whole else queries.stored_figures(head.id, quarters=selection.quarters, team=selection.team or None)
    )
    judgement = judge(standard, figures, selection.quarters)
    all_time = judgement if is_whole else judge(standard, whole)
    shown = selection.quarters or quarters
    days = _days(shown, head)
    current = quarter_of(head.as_of.astimezone(formats.OSLO).date())
    year = last_year(quarters, shown[-1], current)
    rows = {result.rule.key: rule_row(result, standard.verdict, year) for result in judgement.results}
    chosen = all_time.result(selection.rule)
    if chosen is None:
        raise ValueError("a requirement was chosen that the standard does not have")
    return Report(
        head=head,
        standard=standard,
        selection=selection,
        days=days,
        period=_("%(first)s til %(last)s") % {"first": formats.day(days[0]), "last": formats.day(days[1])},
        team=teams.get(selection.team, ""),
        summary=tuple(sentences(judgement)),
        cards=tuple(_card(judgement, yardstick) for yardstick in _JUDGED),
        readings=_readings(judgement, rows),
        goals=_goals(judgement),
        groups=_rule_groups(judgement, rows),
        owed_by_jobseeker=tuple(rows[result.rule.key] for result in _owed(judgement)),
        trend=trend(judge(standard, figures), chosen.rule.id, quarters, current),
        breakdown=_breakdown(head, chosen, standard),
        breakdown_name=short_name(chosen.rule),
        breakdown_code=rule_code(chosen.rule.key),
        comparison=_compared(head, there, standard, selection, whole) if there else None,
        definitions=definitions(standard),
        limits=(
            formats.percent(round(standard.verdict.partly * 100)),
            formats.percent(round(standard.verdict.conforms * 100)),
        ),
    )


def _days(quarters: Sequence[date], head: Head) -> tuple[date, date]:
    """The first and the last day of what is shown; it ends with the as-of moment at the latest."""
    last = date.fromordinal(_next_quarter(quarters[-1]).toordinal() - 1)
    return quarters[0], min(last, head.as_of.astimezone(formats.OSLO).date())


def _card(judgement: Judgement, yardstick: Yardstick) -> Card:
    verdicts = [result.verdict for result in judgement.of_yardstick(yardstick)]
    order: tuple[Verdict, ...] = ("conforms", "partly", "does not conform", "cannot be judged")
    return Card(
        yardstick,
        word(YARDSTICKS, yardstick),
        word(QUESTIONS, yardstick),
        judgement.verdict(yardstick),
        tuple((verdicts.count(verdict), verdict) for verdict in order),
    )


def _readings(judgement: Judgement, rows: dict[tuple[str, str | None], RuleRow]) -> tuple[ReadingGroup, ...]:
    by_id: dict[str, list[Result]] = {}
    for result in judgement.results:
        if result.rule.reading is not None:
            by_id.setdefault(result.rule.id, []).append(result)
    return tuple(
        ReadingGroup(
            requirement,
            text(results[0].rule.title),
            tuple(rows[result.rule.key] for result in sorted(results, key=lambda each: -(each.counts.rate or 0))),
        )
        for requirement, results in by_id.items()
        if len(results) > 1
    )


def _goals(judgement: Judgement) -> tuple[GoalRow, ...]:
    rows = []
    for goal in judgement.standard.goals:
        parts = {yardstick: judgement.of_yardstick(yardstick, goal.id) for yardstick in _JUDGED}
        names = dict.fromkeys(result.rule.id for results in parts.values() for result in results)
        verdicts = {
            yardstick: judgement.verdict(yardstick, goal.id) if results else None
            for yardstick, results in parts.items()
        }
        rests_on = ", ".join(names) or _("ingen krav i standarden")
        rows.append(GoalRow(goal.id, text(goal.title), verdicts["guideline"], verdicts["intention"], rests_on))
    return tuple(rows)


def _rule_groups(judgement: Judgement, rows: dict[tuple[str, str | None], RuleRow]) -> tuple[RuleGroup, ...]:
    yardsticks: tuple[Yardstick, ...] = (*_JUDGED, "none")
    groups = [
        RuleGroup(
            yardstick,
            word(YARDSTICKS, yardstick),
            word(QUESTIONS, yardstick),
            tuple(rows[result.rule.key] for result in judgement.of_yardstick(yardstick)),
        )
        for yardstick in yardsticks
    ]
    return tuple(group for group in groups if group.rows)


def _owed(judgement: Judgement) -> list[Result]:
    return [result for result in judgement.results if result.rule.owed_by == "jobseeker"]


def _breakdown(head: Head, chosen: Result, standard: Standard) -> Breakdown:
    counts = chosen.counts
    return breakdown(
        Count(counts.met, counts.late + counts.missed),
        queries.counts_by_group(head.id, chosen.rule.key),
        chosen.rule.yardstick,
        standard.verdict,
        _("Alle"),
    )


def _compared(here: Head, there: Head, standard: Standard, selection: Selection, whole: StoredFigures) -> Comparison:
    """Both offices whole, in the same quarters: a team beside an office would not be like beside like."""
    theirs = judge(standard, queries.stored_figures(there.id, quarters=selection.quarters), selection.quarters)
    return comparison(here, there, judge(standard, whole, selection.quarters), theirs)
