"""The small cases that the pictures of docs/standard.md are drawn from.

A line of a log: local date, time of day (noon where none is written), kind, attributes as JSON where the kind needs them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from textwrap import indent
from typing import Literal

from framdrift.events import Event
from framdrift.standard.calendar import OSLO
from framdrift.standard.loading import parse
from framdrift.standard.model import Standard

Ticks = Literal["days", "weeks", "months"]


@dataclass(frozen=True)
class Lane:
    """One case under one rule; ``rule`` where it is not the picture's own."""

    told: str
    log: str
    rule: str | None = None


@dataclass(frozen=True)
class Picture:
    """Cases of one pattern over the same days. ``rule`` is the rule as a standard file has it, without id and pattern."""

    name: str
    title: str
    rule: str
    first: date
    last: date
    as_of: date
    ticks: Ticks
    lanes: tuple[Lane, ...]


def standard_of(rules: Mapping[str, str]) -> Standard:
    """A standard of these rules by id, read as any standard file is."""
    requirements = "".join(f"  - id: {name}\n{indent(rule.strip(), '    ')}\n" for name, rule in rules.items())
    return parse("picture", f"standard: picture\nrequirements:\n{requirements}")


def events_of(log: str, case_id: str = "case") -> Iterator[Event]:
    """The events of a log written as above, ``seq`` the line."""
    for number, line in enumerate(filter(None, map(str.strip, log.splitlines())), 1):
        day, *rest = line.split(" ", 3 if ":" in line.split()[1] else 2)
        clock = rest.pop(0) if ":" in rest[0] else "12:00"
        at = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=OSLO).astimezone(UTC)
        attributes = json.loads(rest[1]) if len(rest) > 1 else {}
        yield Event(f"{case_id}-{number}", case_id, rest[0], at, number, at, attributes)


RESPONSE = Picture(
    name="response",
    title="response: a decision within 14 days of registration",
    rule="""
pattern: response
trigger: {kind: registered}
target: {kind: decision_made, where: {first: true}}
within: P14D
""",
    first=date(2012, 1, 7),
    last=date(2012, 2, 10),
    as_of=date(2012, 2, 1),
    ticks="weeks",
    lanes=(
        Lane("Before the due date", '2012-01-09 registered\n2012-01-18 decision_made {"first": true}'),
        Lane(
            "Late in the evening of the due date",
            '2012-01-09 registered\n2012-01-23 23:50 decision_made {"first": true}',
        ),
        Lane("After the due date", '2012-01-09 registered\n2012-01-28 decision_made {"first": true}'),
        Lane("Not at all", "2012-01-09 registered"),
        Lane("The case ends first", "2012-01-09 registered\n2012-01-17 ended"),
        Lane("Not due yet", "2012-01-25 registered"),
    ),
)

PERIODS = Picture(
    name="periods",
    title="Three ways of counting: the same answer, sent at 16:00 on Easter Monday",
    rule="""
pattern: response
trigger: {kind: message_received}
target: {kind: message_answered}
within: P5D
""",
    first=date(2012, 4, 3),
    last=date(2012, 4, 19),
    as_of=date(2012, 4, 18),
    ticks="days",
    lanes=tuple(
        Lane(
            told,
            "2012-04-04 14:00 message_received\n2012-04-09 16:00 message_answered",
            rule=f"""
pattern: response
trigger: {{kind: message_received}}
target: {{kind: message_answered}}
within: {period}
""",
        )
        for told, period in (
            ("P5D: five calendar days, to the end of the fifth", "P5D"),
            ("PT120H: 120 hours, to the minute", "PT120H"),
            ("P5B: five working days, public holidays left out", "P5B"),
        )
    ),
)

RECURRING = Picture(
    name="recurring",
    title="recurring: a conversation at least every three months",
    rule="""
pattern: recurring
target: {kind: conversation}
every: P3M
""",
    first=date(2012, 1, 1),
    last=date(2012, 12, 31),
    as_of=date(2012, 10, 31),
    ticks="months",
    lanes=(
        Lane(
            "In every window",
            "2012-01-10 registered\n2012-03-20 conversation\n2012-06-12 conversation\n2012-08-28 conversation",
        ),
        Lane(
            "One too late: the next window starts where it came",
            "2012-01-10 registered\n2012-05-22 conversation\n2012-08-07 conversation",
        ),
        Lane("None: one window, missed", "2012-01-10 registered"),
        Lane(
            "The case ends before the window is due", "2012-01-10 registered\n2012-03-20 conversation\n2012-05-15 ended"
        ),
    ),
)

RECURRING_FROM = Picture(
    name="recurring-from",
    title="recurring with from: each plan is evaluated at least every six months",
    rule="""
pattern: recurring
from: {kind: plan_created}
target: {kind: plan_evaluated}
every: P6M
""",
    first=date(2012, 1, 1),
    last=date(2013, 8, 31),
    as_of=date(2013, 2, 15),
    ticks="months",
    lanes=(
        Lane(
            "A new plan before the old one's window is due",
            "2012-01-10 plan_created\n2012-05-20 plan_evaluated\n2012-09-10 plan_created",
        ),
        Lane(
            "A new plan when it was already due",
            "2012-01-10 plan_created\n2012-09-10 plan_created\n2013-02-01 plan_evaluated",
        ),
        Lane("No plan: nothing is asked", "2012-01-10 registered\n2012-05-20 plan_evaluated"),
    ),
)

PRECEDENCE = Picture(
    name="precedence",
    title="precedence: contact, or a written reason, before the first decision",
    rule="""
pattern: precedence
event: {kind: decision_made, where: {first: true}}
requires: {any: [{kind: conversation}, {kind: contact, where: {form: exchange}}]}
unless: {kind: contact_waived}
""",
    first=date(2012, 1, 7),
    last=date(2012, 2, 10),
    as_of=date(2012, 2, 1),
    ticks="weeks",
    lanes=(
        Lane(
            "A conversation before",
            '2012-01-09 registered\n2012-01-13 conversation\n2012-01-23 decision_made {"first": true}',
        ),
        Lane(
            "A conversation, but after",
            '2012-01-09 registered\n2012-01-16 decision_made {"first": true}\n2012-01-26 conversation',
        ),
        Lane(
            "A message without an answer is no exchange",
            '2012-01-09 registered\n2012-01-16 contact {"form": "message"}\n2012-01-23 decision_made {"first": true}',
        ),
        Lane(
            "The reason instead (unless)",
            '2012-01-09 registered\n2012-01-18 contact_waived\n2012-01-30 decision_made {"first": true}',
        ),
    ),
)

CONTENT = Picture(
    name="content",
    title="content: each decision has its five parts",
    rule="""
pattern: content
event: {kind: decision_made}
holds: {parts: {includes: [a, b, c, d, e]}}
""",
    first=date(2012, 1, 7),
    last=date(2012, 2, 10),
    as_of=date(2012, 2, 1),
    ticks="weeks",
    lanes=(
        Lane("All five", '2012-01-09 registered\n2012-01-20 decision_made {"parts": ["a", "b", "c", "d", "e"]}'),
        Lane(
            "First two of them, then all: one instance for each decision",
            '2012-01-09 registered\n2012-01-16 decision_made {"parts": ["a", "b"]}\n'
            '2012-01-27 decision_made {"parts": ["a", "b", "c", "d", "e"]}',
        ),
        Lane("The attribute is not there", "2012-01-09 registered\n2012-01-20 decision_made"),
    ),
)

ABSENCE = Picture(
    name="absence",
    title="absence: returned at most once, counted anew when the leader takes it up",
    rule="""
pattern: absence
event: {kind: transfer_returned}
at_most: 1
reset: {kind: transfer_escalated}
""",
    first=date(2012, 1, 1),
    last=date(2012, 4, 30),
    as_of=date(2012, 4, 15),
    ticks="months",
    lanes=(
        Lane("Once", "2012-01-09 registered\n2012-02-06 transfer_returned"),
        Lane("Twice", "2012-01-09 registered\n2012-02-06 transfer_returned\n2012-03-12 transfer_returned"),
        Lane(
            "Twice, with the leader in between",
            "2012-01-09 registered\n2012-01-30 transfer_returned\n2012-02-29 transfer_escalated\n2012-03-30 transfer_returned",
        ),
        Lane("Never: the case is not counted", "2012-01-09 registered"),
    ),
)

COVERAGE = Picture(
    name="coverage",
    title="coverage: always a responsible advisor from the fourteenth day on",
    rule="""
pattern: coverage
opens: {kind: assigned}
closes: {kind: unassigned}
after: P14D
""",
    first=date(2012, 1, 7),
    last=date(2012, 3, 10),
    as_of=date(2012, 3, 1),
    ticks="weeks",
    lanes=(
        Lane("From the fifth day on", "2012-01-09 registered\n2012-01-14 assigned"),
        Lane("First after the due date", "2012-01-09 registered\n2012-01-30 assigned"),
        Lane(
            "A gap after the due date",
            "2012-01-09 registered\n2012-01-14 assigned\n2012-02-03 unassigned\n2012-02-16 assigned",
        ),
        Lane(
            "From one advisor to another at the same instant",
            "2012-01-09 registered\n2012-01-14 assigned\n2012-02-09 09:00 unassigned\n2012-02-09 09:00 assigned",
        ),
        Lane("The case ends on or before the due date, with nobody", "2012-01-09 registered\n2012-01-18 ended"),
        Lane("Not due yet", "2012-02-20 registered\n2012-02-23 assigned"),
    ),
)

PICTURES = (RESPONSE, PERIODS, RECURRING, RECURRING_FROM, PRECEDENCE, CONTENT, ABSENCE, COVERAGE)
