"""Figures made ready to be shown: each row holds the texts and drawings of one line of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from framdrift.casework.conformity.judging import Result
from framdrift.standard.model import Compare, Share, Verdict, VerdictRule
from framdrift.standard.verdicts import Counts
from framdrift.web.conformity.definitions import reading_name
from framdrift.web.conformity.selection import rule_code
from framdrift.web.conformity.words import YARDSTICKS, text, word
from framdrift.web.design import formats
from framdrift.web.design.charts import Bar, Spark

MIN_SHOWN = 5  # a quarter with fewer closed instances is left out of a development


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its figures. One that counts groups has no ``rate``: how many hold is no share of what is done."""

    id: str
    code: str
    title: str
    reading: str
    about: str
    yardstick: str
    yardstick_word: str
    verdict: Verdict | None
    share: str
    bar: Bar | None
    rate: Fraction | None
    counts: Counts
    counted: str
    beside: str
    spark: Spark | None
    change: str
    has_cases: bool


def limits_of(how: VerdictRule) -> tuple[float, float]:
    return float(how.partly), float(how.conforms)


def rule_row(result: Result, how: VerdictRule, quarters: tuple[date, ...]) -> RuleRow:
    rule, counts = result.rule, result.counts
    shares = [rate_of(result.quarters.get(quarter, Counts())) for quarter in quarters]
    has_share = result.has_cases and counts.closed >= how.min_n
    return RuleRow(
        id=rule.id,
        code=rule_code(rule.key),
        title=text(rule.title),
        reading=reading_name(rule),
        about=text(rule.reading_title) if rule.reading_title else "",
        yardstick=rule.yardstick,
        yardstick_word=word(YARDSTICKS, rule.yardstick),
        verdict=result.verdict,
        share=share_of(counts, how) if has_share else "",
        bar=Bar.of(counts.met, counts.closed, rule.yardstick, limits_of(how)) if has_share else None,
        rate=counts.rate if result.has_cases else None,
        counts=counts,
        counted=_counted(result, how),
        beside=_beside(counts),
        spark=Spark.of(shares),
        change=change_of(shares) if result.has_cases else "",
        has_cases=result.has_cases and counts.late + counts.missed > 0,
    )


def share_of(counts: Counts, how: VerdictRule) -> str:
    return formats.share(counts.met, counts.closed, limits_of(how))


def rate_of(counts: Counts) -> float | None:
    """The rate of a quarter, None where too little was closed to say anything."""
    return float(counts.rate) if counts.rate is not None and counts.closed >= MIN_SHOWN else None


def _counted(result: Result, how: VerdictRule) -> str:
    counts, pattern = result.counts, result.rule.pattern
    if isinstance(pattern, Compare):
        return _compared(counts)
    if isinstance(pattern, Share):
        return _advisors(counts) if pattern.per == "actor" else _groups(counts)
    if not counts.closed:
        return _("Ingen avsluttede")
    if counts.closed < how.min_n:
        return _("%(n)s avsluttede, trenger %(least)s") % {"n": formats.number(counts.closed), "least": how.min_n}
    parts = [_("%(n)s oppfylt") % {"n": formats.number(counts.met)}]
    if counts.late:
        parts.append(_("%(n)s for sent") % {"n": formats.number(counts.late)})
    if counts.missed:
        parts.append(_("%(n)s ikke gjort") % {"n": formats.number(counts.missed)})
    return ", ".join(part.replace(" ", formats.NO_BREAK) for part in parts)


def _compared(counts: Counts) -> str:
    if not counts.closed:
        return _("For få å sammenligne")
    return _("Gruppen kommer ikke dårligere ut") if counts.met else _("Gruppen kommer dårligere ut")


def _advisors(counts: Counts) -> str:
    if not counts.closed:
        return _("Ingen har nok vedtak til å vurderes")
    held = ngettext(
        "%(met)s av %(n)s veileder holder grensen", "%(met)s av %(n)s veiledere holder grensen", counts.closed
    )
    return held % {"met": formats.number(counts.met), "n": formats.number(counts.closed)}


def _groups(counts: Counts) -> str:
    if not counts.closed:
        return _("Ingen har nok vedtak til å vurderes")
    held = ngettext("%(met)s av %(n)s holder grensen", "%(met)s av %(n)s holder grensen", counts.closed)
    return held % {"met": formats.number(counts.met), "n": formats.number(counts.closed)}


def _beside(counts: Counts) -> str:
    parts = []
    if counts.open:
        parts.append(ngettext("%(n)s åpen", "%(n)s åpne", counts.open) % {"n": formats.number(counts.open)})
    if counts.void:
        parts.append(ngettext("%(n)s bortfalt", "%(n)s bortfalte", counts.void) % {"n": formats.number(counts.void)})
    return ", ".join(part.replace(" ", formats.NO_BREAK) for part in parts)


def last_year(quarters: Sequence[date], until: date, current: date) -> tuple[date, ...]:
    """The quarters a change is told by: the last that is over (by ``until``) and the four before it.

    A quarter that still runs holds what was done early and lacks what is not yet due, so it is no end to measure to;
    a year apart, the same seasons are compared.
    """
    return tuple(quarter for quarter in quarters if quarter <= until and quarter < current)[-5:]


def change_of(shares: Sequence[float | None]) -> str:
    """«opp 3 prosentpoeng», from the first to the last quarter that can be shown."""
    known = [share for share in shares if share is not None]
    if len(known) < 2:
        return _("for få kvartaler")
    size = round((known[-1] - known[0]) * 100)
    if size == 0:
        return _("uendret")
    if size > 0:
        words = ngettext("opp %(n)s prosentpoeng", "opp %(n)s prosentpoeng", size)
    else:
        words = ngettext("ned %(n)s prosentpoeng", "ned %(n)s prosentpoeng", -size)
    return words % {"n": abs(size)}


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """One requirement under each of its readings, the strictest last."""

    id: str
    title: str
    rows: tuple[RuleRow, ...]
