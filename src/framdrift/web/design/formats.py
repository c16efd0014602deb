"""How figures and dates are written, in the language of the page.

Rules of the design: a no-break space inside a date, before "%" and between thousands; the minus sign is "−"; the
year is left out when it is this one. A share is never rounded up to a limit it does not reach: 89.6 % that is judged
against 90 % is written "89,6 %", and "100 %" means all.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext, pgettext

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
OSLO = ZoneInfo("Europe/Oslo")


def _is_english() -> bool:
    return (get_language() or "nb").startswith("en")


def _months() -> tuple[str, ...]:
    return (
        gettext("januar"),
        gettext("februar"),
        gettext("mars"),
        gettext("april"),
        pgettext("month", "mai"),
        gettext("juni"),
        gettext("juli"),
        gettext("august"),
        gettext("september"),
        gettext("oktober"),
        gettext("november"),
        gettext("desember"),
    )


def number(value: int) -> str:
    grouped = f"{abs(value):,}".replace(",", NO_BREAK)
    return f"{MINUS}{grouped}" if value < 0 else grouped


def share(part: int, whole: int, limits: tuple[float, ...] = ()) -> str:
    """``part / whole`` as a percentage; one decimal, cut off, where rounding would reach a limit that is not
    reached.
    """
    if whole == 0:
        return ""
    exact = Fraction(part, whole)
    rounded = Fraction(int(exact * 100 + Fraction(1, 2)), 100)
    marks = [Fraction(0), Fraction(1), *(Fraction(str(limit)) for limit in limits)]
    crossed = any((exact < mark <= rounded) or (rounded <= mark < exact) for mark in marks)
    if not crossed:
        return percent(int(rounded * 100))
    if exact < Fraction(1, 1000):
        return gettext("under %(share)s") % {"share": percent_text("0.1")}
    tenths = (Decimal(exact.numerator) * 100 / Decimal(exact.denominator)).quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    return percent_text(str(tenths))


def percent(value: int) -> str:
    return percent_text(str(value))


def percent_text(digits: str) -> str:
    return f"{digits}%" if _is_english() else f"{digits.replace('.', ',')}{NO_BREAK}%"


def points(part: int, whole: int, other_part: int, other_whole: int) -> int | None:
    """Difference of two shares in percentage points, rounded half away from zero; None where one has no denominator."""
    if not whole or not other_whole:
        return None
    difference = (Fraction(part, whole) - Fraction(other_part, other_whole)) * 100
    size = int(abs(difference) + Fraction(1, 2))
    return size if difference >= 0 else -size


def signed(value: int) -> str:
    if value == 0:
        return "0"
    return f"+{number(value)}" if value > 0 else number(value)


def day(value: date, *, today: date | None = None) -> str:
    """3. november, with the year unless ``today`` is of the same year."""
    month = _months()[value.month - 1]
    text = f"{value.day}{NO_BREAK}{month}" if _is_english() else f"{value.day}.{NO_BREAK}{month}"
    return text if today is not None and today.year == value.year else f"{text} {value.year}"


def moment(value: datetime, *, today: date | None = None) -> str:
    local = value.astimezone(OSLO)
    return gettext("%(day)s kl. %(time)s") % {"day": day(local.date(), today=today), "time": f"{local:%H:%M}"}


def quarter(first_day: date, *, short: bool = False) -> str:
    values = {"n": (first_day.month + 2) // 3, "year": first_day.year, "yy": f"{first_day:%y}"}
    return gettext("%(n)s. kv. %(yy)s") % values if short else gettext("%(n)s. kvartal %(year)s") % values


def phone(text: str) -> str:
    """«22 33 44 55» and «+47 22 33 44 55», however it was written; numbers of other countries as they are kept."""
    read = re.fullmatch(r"(\+47)?([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})", "".join(text.split()))
    return " ".join(part for part in read.groups() if part) if read else text


def spaced_list(words: list[str]) -> str:
    """«a, b og c»"""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
