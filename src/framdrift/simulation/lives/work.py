"""What invented people can, have worked with and look for, from `work.yaml`: careers in whole months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from framdrift.simulation.people import pick

SCHOOL_UNTIL = 19
"""The age at which upper secondary school ends."""
_GRADUATION = {"2": 16, "3": 19, "4": 20, "6": 23, "7": 25}
_GAP_MONTHS = (0, 0, 0, 1, 2, 4)  # between two jobs; ours, and short enough to leave nothing unclear
_JOB_MONTHS = (7, 90)
_MOST_JOBS = 5
_TOLD_MONTHS = 72


@dataclass(frozen=True, slots=True)
class Trade:
    code: str
    title: str
    at: str
    level: str
    share: float
    school: str = ""
    competence: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()


def _read() -> dict[str, Any]:
    with Path(__file__).with_name("work.yaml").open(encoding="utf-8") as stream:
        read: dict[str, Any] = yaml.safe_load(stream)
    return read


def _trade(told: dict[str, Any]) -> Trade:
    return Trade(
        code=told["code"],
        title=told["title"],
        at=told["at"],
        level=told["level"],
        share=told["share"],
        school=told.get("school", ""),
        competence=tuple(told["competence"]),
        licences=tuple(told.get("licences", ())),
    )


_FILE = _read()
TRADES: tuple[Trade, ...] = tuple(_trade(told) for told in _FILE["trades"])
TEXTS: Mapping[str, tuple[str, ...]] = {
    key: tuple(value) for key, value in _FILE.items() if isinstance(value, list) and key != "trades"
}
EMPLOYERS: Mapping[str, tuple[str, ...]] = {kind: tuple(names) for kind, names in _FILE["employers"].items()}
_SHARES = {trade: trade.share for trade in TRADES}


def draw_trade(rng: Random, *, age: int) -> Trade:
    """A trade whose schooling somebody of that age may have behind them."""
    return pick(rng, {trade: share for trade, share in _SHARES.items() if _GRADUATION[trade.level] < age})


def draw_studies(rng: Random, trade: Trade, *, birth_year: int) -> list[dict[str, Any]]:
    """The education of the trade; nothing where it needs none."""
    if not trade.school:
        return []
    last = birth_year + _GRADUATION[trade.level]
    if trade.level in "67":
        return [_studies(trade.school, "Høgskolen i Storhavn", last - (5 if trade.level == "7" else 3), last)]
    return [upper_secondary(rng, trade.school, last)]


def upper_secondary(rng: Random, title: str, last_year: int) -> dict[str, Any]:
    return _studies(title, f"{rng.choice(TEXTS['places'])} videregående skole", last_year - 3, last_year)


def _studies(title: str, school: str, from_year: int, to_year: int) -> dict[str, Any]:
    return {"title": title, "school": school, "from_year": from_year, "to_year": to_year}


def draw_jobs(rng: Random, trade: Trade, *, from_month: int, to_month: int) -> list[dict[str, Any]]:
    """Jobs of the trade back from `to_month` (months count from the year 0), the last one first, as a CV tells them."""
    jobs: list[dict[str, Any]] = []
    until = to_month
    while until > from_month and (len(jobs) < _MOST_JOBS or to_month - until < _TOLD_MONTHS):
        began = max(from_month, until - rng.randint(*_JOB_MONTHS))
        jobs.append(job(rng, trade, began, until))
        until = began - 1 - rng.choice(_GAP_MONTHS)
    return jobs


def job(rng: Random, trade: Trade, began: int, ended: int | None) -> dict[str, Any]:
    """One job in the shape of a registration's answers; without an end it still runs."""
    return {
        "title": trade.title,
        "employer": rng.choice(EMPLOYERS[trade.at]),
        "place": rng.choice(TEXTS["places"]),
        "from_month": month(began),
        "to_month": None if ended is None else month(ended),
        "text": rng.choice(TEXTS["tasks"]).format(title=trade.title),
    }


def month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
