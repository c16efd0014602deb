"""The two patterns about groups, share and compare: one dot for each thing counted, the bound as a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from pictures.cases import events_of, standard_of
from pictures.svg import MARGIN, Sheet

from framdrift.events import Event, Log
from framdrift.standard import figures
from framdrift.standard.model import Compare, Share, Standard
from framdrift.standard.verdicts import Counts, compare_counts, share_counts

AS_OF = date(2012, 12, 31)
_PLOT = 170
_RIGHT = 690
_ROW = 44


@dataclass(frozen=True)
class Group:
    """A row of the picture: so many instances of a group's count, so many are all."""

    name: str
    counted: Counts
    bound: Fraction | None
    state: str


@dataclass(frozen=True)
class GroupPicture:
    """``members``: for each group of the log, how many of its cases have what is counted, and how many have not."""

    name: str
    title: str
    rule: str
    members: Mapping[str, tuple[int, int]]
    legend: tuple[str, str]
    bound: str


SHARE = GroupPicture(
    name="share",
    title="share: no advisor gives nearly everybody the same first decision",
    rule="""
pattern: share
of: {kind: decision_made, where: {first: true, group: standard}}
among: {kind: decision_made, where: {first: true}}
per: actor
at_most: 0.90
min_n: 10
""",
    members={"advisor A": (14, 6), "advisor B": (18, 2), "advisor C": (20, 0), "advisor D": (6, 0)},
    legend=("standard", "another group"),
    bound="at most 90 %",
)
COMPARE = GroupPicture(
    name="compare",
    title="compare: those under 30 get their first conversation in time as often as others",
    rule="""
pattern: compare
of: R5
group: {age_below: 30}
margin: 0.02
min_n: 10
""",
    members={"under 30": (14, 6), "others": (18, 2)},
    legend=("in time", "too late or never"),
    bound="the others' rate less 2 percentage points",
)
PICTURES = (SHARE, COMPARE)

_FIRST_CONVERSATION = """
pattern: response
trigger: {kind: registered}
target: {kind: conversation}
within: P6M
"""


def held(picture: GroupPicture) -> list[Group]:
    """The groups of a picture, counted from a log and judged."""
    return _shares(picture) if picture is SHARE else _compared(picture)


def told(group: Group) -> str:
    """What a row shows, in words."""
    if group.state == "too few":
        return f"{group.name}: {group.counted.closed} counted, too few to be judged"
    words = f"{group.name}: {group.counted.met} of {group.counted.closed}"
    return words if group.bound is None else f"{words}, the bound is {float(group.bound):.0%}: {group.state}"


def draw(picture: GroupPicture) -> str:
    """The picture as SVG."""
    sheet = Sheet()
    sheet.text(MARGIN, 26, picture.title, bold=True)
    y = 66.0
    found = held(picture)
    for group in found:
        _row(sheet, group, y)
        y += _ROW
    sheet.disc(MARGIN + 5, y - 4, "open")
    sheet.text(MARGIN + 16, y, picture.legend[0], "soft")
    sheet.ring(MARGIN + 115, y - 4)
    sheet.text(MARGIN + 126, y, picture.legend[1], "soft")
    sheet.line(MARGIN + 250, y - 12, MARGIN + 250, y + 4, "ink", width=2)
    sheet.text(MARGIN + 258, y, picture.bound, "soft")
    return sheet.finished(y + 20, picture.title, " ".join(f"{told(group)}." for group in found))


def _row(sheet: Sheet, group: Group, y: float) -> None:
    """The group's dots, those that count first, spread over the whole from 0 to 100 per cent."""
    width = _RIGHT - _PLOT
    sheet.text(MARGIN, y + 4, group.name, bold=True)
    sheet.bar(_PLOT, _RIGHT, y - 9, 18, "window")
    step = width / max(group.counted.closed, 1)
    for number in range(group.counted.closed):
        x = _PLOT + step * (number + 0.5)
        if number < group.counted.met:
            sheet.disc(x, y, "open", 5.5)
        else:
            sheet.ring(x, y, 5)
    rate = group.counted.rate
    if rate is not None:
        sheet.text(_PLOT + width * float(rate), y + 24, f"{float(rate):.0%}", "soft", "middle")
    if group.bound is not None:
        x = _PLOT + width * float(group.bound)
        sheet.line(x, y - 14, x, y + 14, "ink", width=2)
    look = group.state if group.state in ("met", "missed") else "soft"
    sheet.text(_RIGHT + 16, y + 4, group.state, look, bold=look != "soft")


def _shares(picture: GroupPicture) -> list[Group]:
    standard = standard_of({"R17": picture.rule})
    pattern = standard.rules[0].pattern
    assert isinstance(pattern, Share)
    found = _counts(standard, _decisions(picture.members), "group")
    rows = []
    for name in picture.members:
        judged = share_counts(pattern, {name: (found[name].met, found[name].closed)})
        rows.append(Group(name, found[name], pattern.at_most if judged.closed else None, _state(judged)))
    return rows


def _compared(picture: GroupPicture) -> list[Group]:
    standard = standard_of({"R5": _FIRST_CONVERSATION, "R11": picture.rule})
    pattern = standard.rules[1].pattern
    assert isinstance(pattern, Compare)
    found = _counts(standard, _conversations(picture.members), "age")
    young, others = found["under_30"], found["from_30"]
    bound = Fraction(others.met, others.closed) - pattern.margin
    state = _state(compare_counts(pattern, young, others))
    return [Group("under 30", young, bound, state), Group("others", others, None, "")]


def _state(judged: Counts) -> str:
    if not judged.closed:
        return "too few"
    return "met" if judged.met else "missed"


def _decisions(members: Mapping[str, tuple[int, int]]) -> Iterator[Event]:
    """A first decision for each member of each group, `standard` for the first number of them."""
    for actor, (standard, other) in members.items():
        for number in range(standard + other):
            group = "standard" if number < standard else "situational"
            line = f'2012-02-01 decision_made {{"first": true, "group": "{group}"}}'
            for event in events_of(line, f"{actor} {number}"):
                yield replace(event, actor=actor)


def _conversations(members: Mapping[str, tuple[int, int]]) -> Iterator[Event]:
    """A registration for each member, and in time a conversation for the first number of each group."""
    for name, (met, missed) in members.items():
        born = 1990 if name == "under 30" else 1970
        for number in range(met + missed):
            registered = f'2012-01-09 registered {{"birth_year": {born}}}'
            yield from events_of(registered + "\n2012-03-01 conversation" * (number < met), f"{name} {number}")


def _counts(standard: Standard, events: Iterator[Event], dimension: str) -> dict[str, Counts]:
    """The counts of the first rule by value of a dimension."""
    with Log.of_events(events) as log:
        rows = figures(standard, log, as_of=AS_OF).figures.to_pylist()
    found: dict[str, Counts] = {}
    for row in rows:
        if row["dimension"] == dimension and row["requirement"] == standard.rules[0].id:
            counts = Counts(row["met"], row["late"], row["missed"], row["open"], row["void"])
            found[row["value"]] = found.get(row["value"], Counts()) + counts
    return found
