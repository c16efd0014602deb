"""All offices with their verdicts, the largest first. Three queries, however many offices there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from framdrift.casework.conformity import queries
from framdrift.casework.conformity.judging import judge
from framdrift.casework.conformity.queries import Head, OfficeName
from framdrift.casework.conformity.standards import in_force
from framdrift.standard.model import Verdict


@dataclass(frozen=True, slots=True)
class OfficeRow:
    head: Head
    guideline: Verdict
    intention: Verdict


@dataclass(frozen=True, slots=True)
class Overview:
    standard: str
    rows: tuple[OfficeRow, ...]
    waiting: tuple[OfficeName, ...]


def overview(today: date) -> Overview:
    standard = in_force(today)
    heads = queries.latest_heads(standard=standard.id)
    figures = queries.stored_figures_of([head.id for head in heads])
    rows = []
    for head in heads:
        judgement = judge(standard, figures[head.id])
        rows.append(OfficeRow(head, judgement.verdict("guideline"), judgement.verdict("intention")))
    known = {head.office for head in heads}
    return Overview(standard.id, tuple(rows), tuple(each for each in queries.offices() if each not in known))
