"""nav-2012 as a skilled analyst would write it: for each requirement one SQL query of its own over the log's Parquet file.

This is what `framdrift conformity` is measured against, and its counts must equal ours. The queries know what Framdrift
may not assume: that the file is sound, that every case begins with its `registered`, and that `seq` is there and orders
each case. `python -m benchmarks.by_hand FILE` runs them all and prints counts and seconds as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from framdrift.standard.calendar import add_working_days

DECISION_FIRST = "kind = 'decision_made' and (attributes->>'$.first') = 'true'"
DECISION_GROUP = """kind = 'decision_made' and (attributes->>'$.group') in
    ('standard', 'situational', 'specially_adapted', 'graded_permanent', 'permanently_adapted')"""
CONVERSATION = "kind = 'conversation'"
HEARD = """kind = 'conversation' and (attributes->>'$.rung_advisor')::double >= 4
    and (attributes->>'$.rung_jobseeker')::double >= 4"""
DIALOGUE = "kind = 'conversation' or (kind = 'contact' and (attributes->>'$.form') = 'exchange')"
COMMON_MEETING = """kind = 'meeting_attended'
    and (attributes->>'$.meeting') in ('information', 'job_workshop', 'guidance')"""
ANY_CONTACT = f"""kind in ('conversation', 'job_match_sent') or ({COMMON_MEETING}) or (kind = 'contact' and
    ((attributes->>'$.form') = 'cv_review' or
     ((attributes->>'$.channel') in ('sms', 'email') and (attributes->>'$.direction') = 'out')))"""
UNCLEAR = """kind = 'registered' and ((attributes->>'$.wants_contact') = 'true' or
    coalesce((attributes->'$.unclear')::varchar, 'null') not in ('null', '""', '[]'))"""
GRANTED = """kind = 'measure_considered' and (attributes->>'$.outcome') = 'granted'
    and (attributes->>'$.own_view') = 'true' and coalesce((attributes->'$.goal')::varchar, 'null')
    not in ('null', '""', '[]')"""
PARTS = """(attributes->'$.parts')::varchar[] @> ['a', 'b', 'c', 'd', 'e']"""
ANSWERED_TRANSFER = "kind in ('transfer_accepted', 'transfer_returned', 'transfer_decided')"
MEASURED = "count(*) filter (state = '{0}') as {0}"
COUNTED = (
    "select "
    + ", ".join(MEASURED.format(state) for state in ("met", "late", "missed", "open", "void"))
    + ", count(distinct case_id) filter (state in ('late', 'missed')) as cases_missed from judged"
)


def kind(name: str) -> str:
    return f"kind = '{name}'"


def rows(kinds: str, flags: str, *, after_end: bool = False) -> str:
    """The events of some kinds up to the end of their case, with the truths that a query asks about."""
    listed = ", ".join(f"'{name}'" for name in kinds.split())
    if after_end:
        return f"""rows as (select case_id, "at", seq, {flags}, null::timestamptz as end_at from log
            where kind in ({listed}))"""
    return f"""rows as (select l.case_id, l."at", l.seq, {flags}, e.end_at from log l
        left join ended e on e.case_id = l.case_id
        where l.kind in ({listed}) and (e.end_at is null or (l."at", l.seq) <= (e.end_at, e.end_seq)))"""


def response(
    kinds: str, trigger: str, target: str, due: str = '"at"::date + {within}', *, within: str, after_end: bool = False
) -> str:
    return f"""with {rows(kinds, f"({trigger}) as is_trigger, ({target}) as is_target", after_end=after_end)},
    followed as (select *, min(case when is_target then "at" end) over (partition by case_id order by "at", seq
        rows between 1 following and unbounded following) as target_at from rows),
    dated as (select *, ({due.format(within=within)})::date as due from followed where is_trigger),
    judged as (select case_id, case when target_at::date <= due then 'met' when target_at is not null then 'late'
        when end_at::date <= due then 'void' when due < as_of() then 'missed' else 'open' end as state from dated)
    {COUNTED}"""


def answered(kinds: str, trigger: str, target: str, *, working_days: int, after_end: bool = False) -> str:
    """A response whose due date is some working days after its start."""
    lookup = f'(select due_{working_days} from working_days where day = "at"::date)'
    return response(kinds, trigger, target, lookup, within="", after_end=after_end)


def windows(kinds: str, start: str, target: str, every: str) -> str:
    """The instances of a recurring requirement as ``judged``, with what a comparison of them needs."""
    return f"""{rows(kinds, f"({start}) as is_start, ({target}) as is_target")},
    chained as (select *, lead("at") over chain as border_at, lead(is_target) over chain as border_is_target,
        count(*) filter (is_start) over (chain rows unbounded preceding) as started
        from rows where is_start or is_target window chain as (partition by case_id order by "at", seq)),
    dated as (select *, ("at"::date + interval {every})::date as due from chained where started > 0),
    judged as (select case_id, case
        when border_is_target then case when border_at::date <= due then 'met' else 'late' end
        when border_at is not null then case when border_at::date <= due then 'void' else 'missed' end
        when end_at::date <= due then 'void' when due < as_of() then 'missed' else 'open' end as state from dated)"""


def recurring(kinds: str, start: str, target: str, every: str) -> str:
    return f"with {windows(kinds, start, target, every)} {COUNTED}"


def precedence(kinds: str, event: str, earlier: str, cases: str = "") -> str:
    return f"""with {rows(kinds, f"({event}) as is_event, ({earlier}) as is_earlier")},
    led as (select *, coalesce(bool_or(is_earlier) over (partition by case_id order by "at", seq
        rows between unbounded preceding and 1 preceding), false) as has_earlier from rows),
    judged as (select case_id, case when has_earlier then 'met' else 'missed' end as state from led
        where is_event {cases}) {COUNTED}"""


def content(event: str, kinds: str, holds: str) -> str:
    return f"""with {rows(kinds, f"({event}) as is_event, coalesce({holds}, false) as holds")},
    judged as (select case_id, case when holds then 'met' else 'missed' end as state from rows where is_event)
    {COUNTED}"""


NOT_BACK_AND_FORTH = f"""with {rows("transfer_returned transfer_escalated", "kind = 'transfer_returned' as is_event")},
    stretches as (select *, count(*) filter (not is_event) over (partition by case_id order by "at", seq
        rows unbounded preceding) as stretch from rows),
    counted as (select case_id, count(*) as n from stretches where is_event group by case_id, stretch),
    judged as (select case_id, case when max(n) <= 1 then 'met' else 'missed' end as state from counted
        group by case_id) {COUNTED}"""

ALWAYS_ONE_ADVISOR = f"""with {rows("registered assigned unassigned", "kind")},
    opened as (select case_id, "at"::date + 14 as due, end_at from rows where kind = 'registered'),
    followed as (select case_id, "at", kind, end_at, min(case when kind = 'assigned' then "at" end) over (
        partition by case_id order by "at", seq rows between 1 following and unbounded following) as next_at from rows),
    firsts as (select case_id, min("at") as first_at from rows where kind = 'assigned' group by case_id),
    gaps as (select distinct f.case_id from followed f join opened o using (case_id) join firsts s using (case_id)
        where f.kind = 'unassigned' and f."at" > s.first_at
        and coalesce(f.next_at, f.end_at, as_of_instant()) > greatest(f."at", (o.due + 1)::timestamptz)),
    judged as (select case_id, case
        when end_at::date <= due then case when first_at::date <= due then 'met' else 'void' end
        when due >= as_of() then 'open'
        when first_at is null or first_at::date > due then 'missed'
        when case_id in (select case_id from gaps) then 'missed' else 'met' end as state
        from opened left join firsts using (case_id)) {COUNTED}"""

NOT_ALL_ALIKE = f"""with {rows("decision_made", f"({DECISION_FIRST}) as is_among, actor, (attributes->>'$.group') as found")},
    groups as (select actor, count(*) as n, count(*) filter (found = 'standard') as alike from rows where is_among
        group by actor having n >= 40)
    select count(*) filter (100 * alike <= 99 * n) as met, 0 as late, count(*) filter (100 * alike > 99 * n) as missed,
        0 as open, 0 as void, 0 as cases_missed from groups"""

_COMPARED = """sides as (select count(*) filter (belongs and state = 'met') as met,
        count(*) filter (belongs and state in ('met', 'late', 'missed')) as n,
        count(*) filter (not belongs and state = 'met') as others_met,
        count(*) filter (not belongs and state in ('met', 'late', 'missed')) as others_n
        from judged join groups using (case_id)),
    compared as (select met::double / n >= others_met::double / others_n - 0.02 as fair, n >= 20 and others_n >= 20 as told
        from sides)
    select count(*) filter (told and fair) as met, 0 as late, count(*) filter (told and not fair) as missed, 0 as open,
        0 as void, 0 as cases_missed from compared"""

_FIRST_CONVERSATION = response(
    "registered conversation", kind("registered"), CONVERSATION, '"at"::date + interval {within}', within="6 months"
)
YOUTH_NOT_LATER = f"""{_FIRST_CONVERSATION.removesuffix(COUNTED)},
    groups as (select case_id, coalesce(year("at"::date) - (attributes->>'$.birth_year')::int < 30, false) as belongs
        from log where kind = 'registered'), {_COMPARED}"""
LONG_TERM_NOT_SELDOMER = f"""with
    {windows("registered conversation", kind("registered"), CONVERSATION, "3 months")},
    groups as (select l.case_id, ("at"::date + interval 6 months)::date <= coalesce(e.end_at::date, as_of()) as belongs
        from log l left join ended e on e.case_id = l.case_id where kind = 'registered'), {_COMPARED}"""

_UNCLEAR_CASES = f"and case_id in (select case_id from log where {UNCLEAR})"
_MONTHS = '"at"::date + interval {within}'


def _months(kinds: str, trigger: str, target: str, within: str) -> str:
    return response(kinds, trigger, target, _MONTHS, within=within)


QUERIES = {
    "R1": response("registered decision_made", kind("registered"), DECISION_FIRST, within="14"),
    "R2/strict": precedence("decision_made conversation contact", DECISION_FIRST, DIALOGUE, _UNCLEAR_CASES),
    "R2/lenient": precedence(
        "decision_made conversation contact contact_waived",
        DECISION_FIRST,
        f"{DIALOGUE} or kind = 'contact_waived'",
        _UNCLEAR_CASES,
    ),
    "R3a": content(DECISION_GROUP, "decision_made", PARTS),
    "R3b": content(DECISION_GROUP, "decision_made", "(attributes->>'$.own_view') = 'true'"),
    "R4a": _months(
        "registered meeting_attended",
        kind("registered"),
        "kind = 'meeting_attended' and (attributes->>'$.meeting') in ('information', 'job_workshop')",
        "1 month",
    ),
    "R4b": _months(
        "registered meeting_attended",
        kind("registered"),
        "kind = 'meeting_attended' and (attributes->>'$.meeting') = 'guidance'",
        "3 months",
    ),
    "R5/routine": _FIRST_CONVERSATION,
    "R5/early": _months("registered conversation", kind("registered"), CONVERSATION, "3 months"),
    "R6/routine": recurring(
        "registered conversation meeting_attended",
        kind("registered"),
        f"{CONVERSATION} or ({COMMON_MEETING})",
        "3 months",
    ),
    "R6/strict": recurring("registered conversation", kind("registered"), CONVERSATION, "3 months"),
    "R6/lenient": recurring(
        "registered conversation meeting_attended job_match_sent contact", kind("registered"), ANY_CONTACT, "3 months"
    ),
    "R7": recurring("registered job_match_sent", kind("registered"), kind("job_match_sent"), "1 month"),
    "R8a": _months(
        "decision_made plan_created",
        "kind = 'decision_made' and (attributes->>'$.group') in ('situational', 'specially_adapted')",
        kind("plan_created"),
        "1 month",
    ),
    "R8b": recurring("plan_created plan_evaluated", kind("plan_created"), kind("plan_evaluated"), "6 months"),
    "R8c": content(kind("plan_created"), "plan_created", "(attributes->>'$.by') in ('jobseeker', 'both')"),
    "R9": _months("registered measure_considered", kind("registered"), kind("measure_considered"), "7 months"),
    "R10a": precedence("measure_started decision_made", kind("measure_started"), kind("decision_made")),
    "R10b": precedence("measure_started measure_considered", kind("measure_started"), GRANTED),
    "R10c": _months("measure_ended measure_evaluated", kind("measure_ended"), kind("measure_evaluated"), "1 month"),
    "R11a": YOUTH_NOT_LATER,
    "R11b": LONG_TERM_NOT_SELDOMER,
    "R12a": recurring("job_log_agreed job_log_delivered", kind("job_log_agreed"), kind("job_log_delivered"), "14 days"),
    "R12b": response(
        "job_log_delivered job_log_answered", kind("job_log_delivered"), kind("job_log_answered"), within="14"
    ),
    "R13a": precedence("condition_set condition_notice_given", kind("condition_set"), kind("condition_notice_given")),
    "R13b": precedence(
        "condition_set condition_statement_received", kind("condition_set"), kind("condition_statement_received")
    ),
    "R13c": content(
        kind("condition_set"),
        "condition_set",
        """(attributes->'$.legal_basis')::varchar not in ('null', '""', '[]')""",
    ),
    "R13d": precedence(
        "consequence_effected consequence_agreed", kind("consequence_effected"), kind("consequence_agreed")
    ),
    "R14a": answered(
        "transfer_proposed transfer_accepted transfer_returned transfer_decided",
        kind("transfer_proposed"),
        ANSWERED_TRANSFER,
        working_days=5,
    ),
    "R14b": NOT_BACK_AND_FORTH,
    "R14c": ALWAYS_ONE_ADVISOR,
    "R15a": answered(
        "complaint_received complaint_acknowledged",
        kind("complaint_received"),
        kind("complaint_acknowledged"),
        working_days=1,
        after_end=True,
    ),
    "R15b": response(
        "complaint_received complaint_answered",
        kind("complaint_received"),
        kind("complaint_answered"),
        within="84",
        after_end=True,
    ),
    "R16": answered(
        "message_received message_answered", kind("message_received"), kind("message_answered"), working_days=2
    ),
    "R17": NOT_ALL_ALIKE,
    "R18a": content(CONVERSATION, "conversation", HEARD),
    "R18b": _months("registered conversation", kind("registered"), HEARD, "6 months"),
    "R18c": content(
        CONVERSATION,
        "conversation",
        "(attributes->>'$.rung_advisor')::double >= 6 and (attributes->>'$.rung_jobseeker')::double >= 6",
    ),
    "R19": precedence("decision_made conversation contact", DECISION_FIRST, DIALOGUE),
}


def connect(log: Path, memory: str, threads: int, spill: Path) -> duckdb.DuckDBPyConnection:
    """The log without what was corrected or withdrawn, the first end of each case, and a calendar of working days."""
    connection = duckdb.connect()
    connection.execute(f"set memory_limit = '{memory}'; set threads = {threads}; set temp_directory = '{spill}'")
    connection.execute("set timezone = 'Europe/Oslo'; set enable_progress_bar = false")
    connection.execute(f"""create view file as from read_parquet('{log}');
        create table corrected as select case_id, corrects from file where corrects is not null;
        create view log as select * from file l where not (kind = 'retracted' and corrects is not null) and not exists
            (select 1 from corrected c where c.case_id = l.case_id and c.corrects = l.event_id);
        create table ended as select case_id, min("at") as end_at, arg_min(seq, "at") as end_seq from log
            where kind = 'ended' group by case_id""")
    first, last = connection.execute('select min("at")::date, max("at")::date from file').fetchall()[0]
    connection.execute(f"""create macro as_of() as date '{last}';
        create macro as_of_instant() as (date '{last}' + 1)::timestamptz - interval 1 microsecond""")
    connection.execute("create table working_days (day date, due_1 date, due_2 date, due_5 date)")
    connection.executemany("insert into working_days values (?, ?, ?, ?)", list(_working_days(first, last)))
    return connection


def _working_days(first: date, last: date) -> list[tuple[date, ...]]:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [(day, *(add_working_days(day, count) for count in (1, 2, 5))) for day in days]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("--memory", default="3GB")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--spill", type=Path, required=True)
    asked = parser.parse_args()
    connection = connect(asked.log, asked.memory, asked.threads, asked.spill)
    answers = {}
    for key, sql in QUERIES.items():
        start = time.perf_counter()
        found = connection.execute(sql)
        names = [column[0] for column in found.description]
        answers[key] = dict(zip(names, found.fetchall()[0], strict=True)) | {"seconds": time.perf_counter() - start}
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
