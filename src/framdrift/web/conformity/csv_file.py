"""The report as CSV: one row a figure, codes beside words, hidden what the page hides. UTF-8 with a mark, for Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from framdrift.web.conformity.page import Report
from framdrift.web.conformity.rows import RuleRow

COLUMNS = (
    "part", "office", "standard", "period", "team", "requirement", "reading", "title", "yardstick", "owed_by",
    "group", "value", "met", "late", "missed", "open", "void", "closed", "rate_percent", "verdict",
)  # fmt: skip
HIDDEN = "hidden"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(report: Report) -> str:
    """Columns in English, as the published log's are; ``hidden`` stands where a number under 5 would show."""
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS, restval="")
    writer.writeheader()
    same = {
        "office": report.head.office.code,
        "standard": report.standard.id,
        "period": "/".join(day.isoformat() for day in report.days),
        "team": report.selection.team,
    }
    for row in _rows(report):
        writer.writerow({name: _harmless(value) for name, value in (same | row).items()})
    return sink.getvalue()


def _harmless(value: object) -> object:
    """No text is taken for a formula by a spreadsheet."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS_FORMULA) else value


def _rows(report: Report) -> Iterator[dict[str, object]]:
    for group in report.groups:
        yield from (_rule(row, "office") for row in group.rows)
    yield from (_rule(row, "jobseeker") for row in report.owed_by_jobseeker)
    yield from _goals(report)
    yield from _groups(report)


def _rule(row: RuleRow, owed_by: str) -> dict[str, object]:
    counts = row.counts
    requirement, _, reading = row.code.partition("/")
    return {
        "part": "requirement",
        "requirement": requirement,
        "reading": reading,
        "title": row.title,
        "yardstick": row.yardstick,
        "owed_by": owed_by,
        "met": counts.met,
        "late": counts.late,
        "missed": counts.missed,
        "open": counts.open,
        "void": counts.void,
        "closed": counts.closed,
        "rate_percent": f"{float(row.rate * 100):.1f}" if row.rate is not None else "",
        "verdict": row.verdict or "",
    }


def _goals(report: Report) -> Iterator[dict[str, object]]:
    for goal in report.goals:
        for yardstick, verdict in (("guideline", goal.guideline), ("intention", goal.intention)):
            if verdict is not None:
                yield {
                    "part": "goal",
                    "requirement": goal.id,
                    "title": goal.title,
                    "yardstick": yardstick,
                    "verdict": verdict,
                }


def _groups(report: Report) -> Iterator[dict[str, object]]:
    """The breakdown is of the whole office and time, whatever was chosen; its rows say so by an empty period."""
    requirement, _, reading = report.breakdown_code.partition("/")
    same: dict[str, object] = {
        "part": "group",
        "period": "",
        "team": "",
        "requirement": requirement,
        "reading": reading,
    }
    for dimension in report.breakdown.dimensions:
        if dimension.is_hidden:
            yield same | {"group": dimension.code, "value": HIDDEN, "met": HIDDEN, "closed": HIDDEN}
        for row in dimension.rows:
            if row.count is None:
                yield same | {"group": dimension.code, "value": row.name, "met": HIDDEN, "closed": HIDDEN}
            else:
                yield same | {
                    "group": dimension.code,
                    "value": row.name,
                    "met": row.count.met,
                    "closed": row.count.closed,
                    "rate_percent": f"{row.count.met / row.count.closed * 100:.1f}",
                }
