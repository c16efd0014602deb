"""Examples of the patterns with a due date: a rule, a case, and what was counted by hand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """``expected`` holds for each instance its state and, where it has one, its due date: "met 2012-02-29"."""

    name: str
    rule: dict
    log: str
    expected: list[str]
    as_of: str = "2013-06-30"


MONTH = {
    "pattern": "response",
    "trigger": {"kind": "registered"},
    "target": {"kind": "conversation"},
    "within": "P1M",
}
TRANSFER = {
    "pattern": "response",
    "trigger": {"kind": "transfer_proposed"},
    "target": {"kind": ["transfer_accepted", "transfer_returned"]},
    "within": "P5B",
}
HOURS = MONTH | {"within": "PT120H"}
ANY_TIME = {key: value for key, value in MONTH.items() if key != "within"}
COMPLAINT = {
    "pattern": "response",
    "trigger": {"kind": "complaint_received"},
    "target": {"kind": "complaint_answered"},
    "within": "P12W",
    "after_end": True,
}

RESPONSES = [
    Example(
        "January's last day and a month is February's last, the 29th in a leap year; its last microsecond is in time",
        MONTH,
        """2012-01-31 09:00 registered
           2012-02-29 23:59:59.999999 conversation""",
        ["met 2012-02-29"],
    ),
    Example(
        "midnight after the due date is late",
        MONTH,
        """2012-01-31 09:00 registered
           2012-03-01 00:00 conversation""",
        ["late 2012-02-29"],
    ),
    Example(
        "in other years February ends on the 28th",
        MONTH,
        """2013-01-30 registered
           2013-02-28 conversation""",
        ["met 2013-02-28"],
    ),
    Example(
        "a year from leap day is 28 February",
        MONTH | {"within": "P1Y"},
        """2012-02-29 registered
           2013-03-01 conversation""",
        ["late 2013-02-28"],
    ),
    Example("nothing came and the due date has passed", MONTH, "2012-01-10 registered", ["missed 2012-02-10"]),
    Example("the due date has not passed", MONTH, "2013-06-15 registered", ["open 2013-07-15"]),
    Example("on the due date itself it has not passed", MONTH, "2013-05-30 registered", ["open 2013-06-30"]),
    Example("the day after it has", MONTH, "2013-05-29 registered", ["missed 2013-06-29"]),
    Example(
        "the case ended on the due date: void",
        MONTH,
        """2012-01-10 registered
           2012-02-10 23:59 ended""",
        ["void 2012-02-10"],
    ),
    Example(
        "the case ended the day after: missed",
        MONTH,
        """2012-01-10 registered
           2012-02-11 00:00 ended""",
        ["missed 2012-02-10"],
    ),
    Example(
        "what came late is late, also in a case that has ended",
        MONTH,
        """2012-01-10 registered
           2012-02-15 conversation
           2012-02-20 ended""",
        ["late 2012-02-10"],
    ),
    Example(
        "what comes after the end does not count",
        MONTH,
        """2012-01-10 registered
           2012-01-20 ended
           2012-01-21 conversation""",
        ["void 2012-02-10"],
    ),
    Example(
        "the first end counts, not the last",
        MONTH,
        """2012-01-10 registered
           2012-01-20 ended
           2012-01-21 conversation
           2012-03-20 ended""",
        ["void 2012-02-10"],
    ),
    Example(
        "at the same instant the order of recording decides: after",
        MONTH,
        """2012-01-10 09:00 registered
           2012-01-10 09:00 conversation""",
        ["met 2012-02-10"],
    ),
    Example(
        "at the same instant the order of recording decides: before",
        MONTH,
        """2012-01-10 09:00 conversation
           2012-01-10 09:00 registered""",
        ["missed 2012-02-10"],
    ),
    Example(
        "one answer answers two messages",
        MONTH | {"trigger": {"kind": "message_received"}, "target": {"kind": "message_answered"}, "within": "P2B"},
        """2012-01-09 message_received
           2012-01-10 message_received
           2012-01-12 message_answered""",
        ["late 2012-01-11", "met 2012-01-12"],
    ),
    Example(
        "dates are Norwegian: half past midnight on 1 July is still June in UTC",
        MONTH | {"within": "P14D"},
        """2012-07-01 00:30 registered
           2012-07-15 23:30 conversation""",
        ["met 2012-07-15"],
    ),
    Example(
        "twelve weeks over leap day",
        COMPLAINT,
        """2012-01-02 complaint_received
           2012-03-27 00:00 complaint_answered""",
        ["late 2012-03-26"],
    ),
]

SPANS = [
    Example(
        "120 hours over the night that lacks an hour end an hour later by the clock",
        HOURS,
        """2012-03-20 12:00 registered
           2012-03-25 13:00 conversation""",
        ["met 2012-03-25 13:00+02:00"],
    ),
    Example(
        "a microsecond more is late",
        HOURS,
        """2012-03-20 12:00 registered
           2012-03-25 13:00:00.000001 conversation""",
        ["late 2012-03-25 13:00+02:00"],
    ),
    Example(
        "120 hours over the night with an hour twice end an hour earlier",
        HOURS,
        """2012-10-24 12:00 registered
           2012-10-29 11:00:00.000001 conversation""",
        ["late 2012-10-29 11:00+01:00"],
    ),
    Example(
        "between the two times half past two there is an hour",
        MONTH | {"within": "PT30M"},
        """2012-10-28 02:30+02:00 registered
           2012-10-28 02:30+01:00 conversation""",
        ["late 2012-10-28 02:00+01:00"],
    ),
    Example(
        "the case ended at the due instant",
        HOURS,
        """2012-01-10 12:00 registered
           2012-01-15 12:00 ended""",
        ["void 2012-01-15 12:00+01:00"],
    ),
    Example(
        "the case ended after the due instant, on the same date",
        HOURS,
        """2012-01-10 12:00 registered
           2012-01-15 12:01 ended""",
        ["missed 2012-01-15 12:00+01:00"],
    ),
    Example("a span still runs", HOURS, "2013-06-29 registered", ["open 2013-07-04 12:00+02:00"]),
]

WORKING_DAYS = [
    # Monday 2 April 2012: Tue 3, Wed 4; Maundy Thursday, Good Friday, Easter Monday; Tue 10, Wed 11, Thu 12.
    Example(
        "five working days over Easter",
        TRANSFER,
        """2012-04-02 transfer_proposed
           2012-04-12 23:00 transfer_accepted""",
        ["met 2012-04-12"],
    ),
    # Monday 14 May 2012: Tue 15, Wed 16; Thursday 17; Fri 18, Mon 21, Tue 22.
    Example(
        "five working days over 17 May",
        TRANSFER,
        """2012-05-14 transfer_proposed
           2012-05-23 08:00 transfer_returned""",
        ["late 2012-05-22"],
    ),
    # Friday 25 May 2012: Whit Monday 28; Tue 29, Wed 30, Thu 31, Fri 1 June, Mon 4.
    Example("five working days over Whitsun", TRANSFER, "2012-05-25 transfer_proposed", ["missed 2012-06-04"]),
    # Wednesday 24 April 2013: Thu 25, Fri 26, Mon 29, Tue 30; Wednesday 1 May; Thu 2.
    Example("five working days over 1 May", TRANSFER, "2013-04-24 transfer_proposed", ["missed 2013-05-02"]),
    # Friday 21 December 2012: Mon 24 is a working day; 25 and 26 are not; Thu 27.
    Example(
        "two working days over Christmas",
        TRANSFER | {"within": "P2B"},
        "2012-12-21 transfer_proposed",
        ["missed 2012-12-27"],
    ),
    Example(
        "one working day from a Saturday",
        TRANSFER | {"within": "P1B"},
        "2012-01-07 transfer_proposed",
        ["missed 2012-01-09"],
    ),
]

WITHOUT_WITHIN = [
    Example(
        "the end is itself an event of the case, and the last one",
        ANY_TIME | {"target": {"kind": "ended"}},
        "2012-01-10 registered\n2013-01-10 ended\n2013-01-11 registered",
        ["met"],
    ),
    Example("it came", ANY_TIME, "2012-01-10 registered\n2013-01-10 conversation", ["met"]),
    Example("it did not come before the end", ANY_TIME, "2012-01-10 registered\n2013-01-10 ended", ["missed"]),
    Example("the case runs", ANY_TIME, "2012-01-10 registered", ["open"]),
]

AFTER_END = [
    Example(
        "an end neither voids nor hides",
        COMPLAINT,
        """2012-01-02 complaint_received
           2012-01-10 ended
           2012-03-26 complaint_answered
           2012-04-02 complaint_received""",
        ["met 2012-03-26", "missed 2012-06-25"],
    ),
    Example(
        "without the key it does both",
        COMPLAINT | {"after_end": False},
        """2012-01-02 complaint_received
           2012-01-10 ended
           2012-03-26 complaint_answered
           2012-04-02 complaint_received""",
        ["void 2012-03-26"],
    ),
    Example(
        "without a due date it stays open after the end",
        {key: value for key, value in COMPLAINT.items() if key != "within"},
        """2012-01-02 complaint_received
           2012-01-10 ended""",
        ["open"],
    ),
]

LIMITED = [
    Example(
        "a rule limited to some cases has no instances in others",
        MONTH | {"cases": {"kind": "registered", "where": {"wants_contact": True}}},
        '2012-01-10 registered {"wants_contact": "true"}',
        [],
    ),
    Example(
        "and has them where the case has such an event, wherever it stands",
        MONTH | {"cases": {"kind": "registration_changed", "where": {"wants_contact": True}}},
        """2012-01-10 registered
           2012-05-10 registration_changed {"wants_contact": true}""",
        ["missed 2012-02-10"],
    ),
    Example(
        "but not after the end",
        MONTH | {"cases": {"kind": "contact_waived"}},
        """2012-01-10 registered
           2012-03-10 ended
           2012-05-10 contact_waived""",
        [],
    ),
]

QUARTERLY = {"pattern": "recurring", "target": {"kind": "conversation"}, "every": "P3M"}
PLAN = {
    "pattern": "recurring",
    "from": {"kind": "plan_created"},
    "target": {"kind": "plan_evaluated"},
    "every": "P6M",
}

WINDOWS = [
    Example(
        "each window starts at the target that closed the one before; the last is void, ended on its due date",
        QUARTERLY,
        """2012-01-10 registered
           2012-04-10 conversation
           2012-07-11 conversation
           2012-10-11 ended""",
        ["met 2012-04-10", "late 2012-07-10", "void 2012-10-11"],
    ),
    Example(
        "the last is missed when the end comes a day later",
        QUARTERLY,
        """2012-01-10 registered
           2012-10-12 ended
           2012-10-13 conversation""",
        ["missed 2012-04-10"],
    ),
    Example(
        "the last is open while its due date has not passed",
        QUARTERLY,
        """2012-01-10 registered
           2013-03-31 conversation""",
        ["late 2012-04-10", "open 2013-06-30"],
    ),
    Example(
        "due dates do not drift back to the day the chain began with",
        QUARTERLY | {"every": "P1M"},
        """2012-01-31 registered
           2012-02-29 conversation
           2012-03-29 conversation
           2012-03-30 ended""",
        ["met 2012-02-29", "met 2012-03-29", "void 2012-04-29"],
    ),
    Example(
        "what comes before the opening is in no window",
        QUARTERLY,
        """2012-01-01 conversation
           2012-01-10 registered
           2012-02-01 ended""",
        ["void 2012-04-10"],
    ),
    Example(
        "a case without registered opens with its first event, which is no target of its own",
        QUARTERLY,
        """2012-01-10 conversation
           2012-04-10 conversation
           2012-04-11 ended""",
        ["met 2012-04-10", "void 2012-07-10"],
    ),
    Example(
        "a new plan before the due date voids the open window and starts a chain",
        PLAN,
        """2012-01-01 registered
           2012-01-31 plan_created
           2012-07-31 plan_evaluated
           2012-09-01 plan_created
           2013-03-02 plan_evaluated
           2013-04-01 ended""",
        ["met 2012-07-31", "void 2013-01-31", "late 2013-03-01", "void 2013-09-02"],
    ),
    Example(
        "a new plan on the due date voids it",
        PLAN,
        """2012-01-31 plan_created
           2012-07-31 plan_created
           2012-08-01 ended""",
        ["void 2012-07-31", "void 2013-01-31"],
    ),
    Example(
        "a new plan the day after does not: the window was missed",
        PLAN,
        """2012-01-31 plan_created
           2012-08-01 plan_created
           2012-08-02 ended""",
        ["missed 2012-07-31", "void 2013-02-01"],
    ),
    Example(
        "an evaluation before any plan is in no window, and without a plan there is none",
        PLAN,
        """2012-01-31 registered
           2012-02-01 plan_evaluated""",
        [],
    ),
    Example(
        "windows of hours",
        QUARTERLY | {"every": "PT24H"},
        """2012-03-24 12:00 registered
           2012-03-25 13:00 conversation
           2012-03-26 13:00:01 conversation
           2012-03-26 14:00 ended""",
        ["met 2012-03-25 13:00+02:00", "late 2012-03-26 13:00+02:00", "void 2012-03-27 13:00:01+02:00"],
    ),
]

COVERED = {
    "pattern": "coverage",
    "opens": {"kind": "assigned"},
    "closes": {"kind": "unassigned"},
    "after": "P14D",
}

COVERAGE = [
    Example(
        "assigned in the last minute of the due date",
        COVERED,
        """2012-01-10 registered
           2012-01-24 23:59 assigned""",
        ["met 2012-01-24"],
    ),
    Example(
        "assigned at midnight after it",
        COVERED,
        """2012-01-10 registered
           2012-01-25 00:00 assigned""",
        ["missed 2012-01-24"],
    ),
    Example("never assigned", COVERED, "2012-01-10 registered", ["missed 2012-01-24"]),
    Example(
        "assigned before the registration",
        COVERED,
        """2012-01-01 assigned
           2012-01-10 registered""",
        ["met 2012-01-24"],
    ),
    Example(
        "one advisor takes over from another at one instant",
        COVERED,
        """2012-01-10 registered
           2012-01-20 assigned
           2012-03-01 10:00 unassigned
           2012-03-01 10:00 assigned""",
        ["met 2012-01-24"],
    ),
    Example(
        "a microsecond without an advisor",
        COVERED,
        """2012-01-10 registered
           2012-01-20 assigned
           2012-03-01 10:00 unassigned
           2012-03-01 10:00:00.000001 assigned""",
        ["missed 2012-01-24"],
    ),
    Example(
        "a gap before the due date does not count",
        COVERED,
        """2012-01-10 registered
           2012-01-20 assigned
           2012-01-21 unassigned
           2012-01-23 assigned""",
        ["met 2012-01-24"],
    ),
    Example(
        "nor one that lasts to the end of the due date",
        COVERED,
        """2012-01-10 registered
           2012-01-20 assigned
           2012-01-23 unassigned
           2012-01-25 00:00 assigned""",
        ["met 2012-01-24"],
    ),
    Example(
        "but one that lasts a microsecond longer",
        COVERED,
        """2012-01-10 registered
           2012-01-20 assigned
           2012-01-23 unassigned
           2012-01-25 00:00:00.000001 assigned""",
        ["missed 2012-01-24"],
    ),
    Example(
        "left in the moment the case ends",
        COVERED,
        """2012-01-10 registered
           2012-01-20 assigned
           2012-03-01 10:00 unassigned
           2012-03-01 10:00 ended""",
        ["met 2012-01-24"],
    ),
    Example(
        "left before the case ends",
        COVERED,
        """2012-01-10 registered
           2012-01-20 assigned
           2012-03-01 10:00 unassigned
           2012-03-01 10:01 ended
           2012-03-01 10:02 assigned""",
        ["missed 2012-01-24"],
    ),
    Example(
        "left in a case that runs",
        COVERED,
        """2012-01-10 registered
           2012-01-20 assigned
           2013-06-30 10:00 unassigned""",
        ["missed 2012-01-24"],
    ),
    Example(
        "open on the due date, assigned or not",
        COVERED,
        """2013-06-16 registered
           2013-06-20 assigned""",
        ["open 2013-06-30"],
    ),
    Example(
        "ended on the due date without an advisor",
        COVERED,
        """2012-01-10 registered
           2012-01-24 ended""",
        ["void 2012-01-24"],
    ),
    Example(
        "ended on the due date with one",
        COVERED,
        """2012-01-10 registered
           2012-01-11 assigned
           2012-01-24 ended""",
        ["met 2012-01-24"],
    ),
    Example(
        "ended the day after without one",
        COVERED,
        """2012-01-10 registered
           2012-01-25 ended""",
        ["missed 2012-01-24"],
    ),
]

IN_TIME = [
    *RESPONSES,
    *SPANS,
    *WORKING_DAYS,
    *WITHOUT_WITHIN,
    *AFTER_END,
    *LIMITED,
    *WINDOWS,
    *COVERAGE,
]
