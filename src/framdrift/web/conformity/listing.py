"""The cases behind one figure, a page at a time, found by the last row of the page before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from framdrift.casework.cases.queries import may_be_case
from framdrift.casework.conformity import queries
from framdrift.casework.conformity.queries import CaseBehind, OfficeName
from framdrift.casework.people.protection import Protection
from framdrift.web.conformity.definitions import short_name
from framdrift.web.conformity.page import Report
from framdrift.web.conformity.words import text


class UnreadableError(ValueError):
    """The address does not say after which row to go on."""


@dataclass(frozen=True, slots=True)
class CaseListing:
    office: OfficeName
    name: str
    title: str
    period: str
    cases: list[CaseBehind]
    is_further: bool
    next_query: str


def case_listing(report: Report, after: str, *, clearance: Protection) -> CaseListing:
    rule = report.standard.by_key[report.selection.rule]
    found, has_more = queries.cases_behind(
        report.head.id,
        rule.key,
        quarters=report.selection.quarters,
        after=_row(after) if after else None,
        clearance=clearance,
    )
    next_query = urlencode({"etter": f"{found[-1].quarter.isoformat()}~{found[-1].case}"}) if has_more else ""
    return CaseListing(
        report.head.office, short_name(rule), text(rule.title), report.period, found, bool(after), next_query
    )


def _row(after: str) -> tuple[date, str]:
    day, mark, case = after.partition("~")
    try:
        quarter = date.fromisoformat(day)
    except ValueError as error:
        raise UnreadableError from error
    if not (mark and may_be_case(case)):
        raise UnreadableError
    return quarter, case
