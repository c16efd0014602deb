"""The conformity page of an office of 10,000 cases beside that of an office of a million.

The smaller office is simulated, loaded and measured as any office is. The larger has a hundred cases for each of the
smaller's, with the same staff: its figures are a hundred times as large, and so many cases stand behind those asked for.
"""

# ruff: noqa: PLC0415 - models can be imported only when Django is set up, in the processes that this one starts
from __future__ import annotations

import json
import sys
import time
from datetime import date
from functools import partial

from benchmarks import inputs
from benchmarks.measuring import interleaved, median, percentile, run
from benchmarks.results import Goal, Result
from benchmarks.server import database

SMALL, LARGE = "storhavn", "storby"
CASES, TIMES = 10_000, 100
PAGES = {
    "conformity page": "/kontor/{office}/samsvar/",
    "one quarter, one requirement": "/kontor/{office}/samsvar/?periode=2013-2&krav=R6/strict",
    "cases behind a figure": "/kontor/{office}/samsvar/saker/?krav=R6/strict",
}
LAST_DAY = date(2013, 12, 31)


def measure(rounds: int) -> Result:
    log = inputs.first_cases(CASES, office=SMALL)
    with database("pages") as made:
        run(["-m", "framdrift.cli", "journal", "load", str(log)], made.environment)
        run(["-m", "benchmarks.pages", "prepare"], made.environment | {"FRAMDRIFT_DATABASE_ROLE": "framdrift_owner"})
        with made.connect() as connection:
            connection.execute(_ENLARGED, prepare=False)
        found = json.loads(run(["-m", "benchmarks.pages", "ask", str(30 * rounds)], made.environment).output)
    rows, goals = [], []
    for page, offices in found.items():
        small, large = offices[SMALL], offices[LARGE]
        if small["queries"] != large["queries"]:
            raise AssertionError(f"{page}: {small['queries']} queries of the small office, {large['queries']}")
        for cases, office in ((CASES, small), (CASES * TIMES, large)):
            rows.append(
                (
                    page,
                    f"{cases:,}",
                    str(office["queries"]),
                    f"{1e3 * median(office['seconds']):.1f} ms",
                    f"{1e3 * percentile(office['seconds'], 0.95):.1f} ms",
                )
            )
        ratio = percentile(large["seconds"], 0.95) / percentile(small["seconds"], 0.95)
        goals.append(Goal(f"{page}, p95 at a million ÷ at ten thousand", ratio, 1.2))
    headings = ("page", "cases of the office", "queries", "median", "p95")
    return Result("Pages of a small and a large office, asked in turn", headings, rows, goals)


def prepare() -> None:
    """As the owner of the tables: the small office's figures, and the leaders of both."""
    import django
    from django.utils import timezone

    django.setup()
    from framdrift.casework.conformity import actions
    from framdrift.casework.offices.actions import employ, join_office, open_office
    from framdrift.standard.calendar import end_of_day

    report, _ = actions.request(actor=None, office=SMALL, standard="nav-2012", at=timezone.now())
    actions.compute(report, clock=timezone.now, as_of=end_of_day(LAST_DAY))
    open_office(code=LARGE, name="Storby", teams={})
    for office in (SMALL, LARGE):
        employ(code=f"{office}-leader", username=f"{office}-leader", name=f"Leder, {office}")
        join_office(staff=f"{office}-leader", office=office, role="office_leader", first_day=timezone.localdate())


# Without looking up each row's references: the rows that they name are made in the same statement.
_ENLARGED = f"""
    set session_replication_role = replica;

    insert into cases_case (id, person_id, office_id, opened_at, ended_at, next_seq, chain_head)
    select format('%s-%s', c.id, copy), person_id, l.id, opened_at, ended_at, next_seq, chain_head
    from cases_case c, generate_series(1, {TIMES}) copy, offices_office l where l.code = '{LARGE}';

    create temporary table enlarged as select id as small, gen_random_uuid() as large from conformity_report;

    insert into conformity_report (id, office_id, standard, state, requested_at, started_at, finished_at, step,
        journal_snapshot, as_of, cases, events, ignored_after_end, unknown_kinds)
    select large, l.id, standard, state, requested_at, started_at, finished_at, step, journal_snapshot, as_of,
        cases * {TIMES}, events * {TIMES}, ignored_after_end * {TIMES}, unknown_kinds
    from conformity_report r join enlarged on r.id = small, offices_office l where l.code = '{LARGE}';

    insert into conformity_figure
        (report_id, requirement, reading, quarter, dimension, value, met, late, missed, open, void)
    select large, requirement, reading, quarter, dimension, value, met * {TIMES}, late * {TIMES},
        missed * {TIMES}, open * {TIMES}, void * {TIMES}
    from conformity_figure join enlarged on report_id = small;

    insert into conformity_figurecase (report_id, requirement, reading, quarter, case_id, late, missed, due)
    select large, requirement, reading, quarter, format('%s-%s', case_id, copy), late, missed, due
    from conformity_figurecase join enlarged on report_id = small, generate_series(1, {TIMES}) copy
    where requirement = 'R6' and reading = 'strict';

    analyze;
"""


def ask(times: int) -> dict[str, dict[str, dict[str, object]]]:
    """As the site: each page of both offices in turn, each by its own leader; seconds and number of queries."""
    import django
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    django.setup()
    from framdrift.casework.offices.models import Staff

    clients = {}
    for office in (SMALL, LARGE):
        clients[office] = Client(SERVER_NAME="localhost")
        clients[office].force_login(Staff.objects.get(username=f"{office}-leader"))

    def seconds(office: str, address: str) -> float:
        start = time.perf_counter()
        answer = clients[office].get(address)
        taken = time.perf_counter() - start
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")
        return taken

    found: dict[str, dict[str, dict[str, object]]] = {}
    for page, pattern in PAGES.items():
        addresses = {office: pattern.format(office=office) for office in clients}
        found[page] = {}
        for office, address in addresses.items():
            seconds(office, address)
            with CaptureQueriesContext(connection) as captured:
                seconds(office, address)
            found[page][office] = {"queries": len(captured)}
        small, large = interleaved(
            times, partial(seconds, SMALL, addresses[SMALL]), partial(seconds, LARGE, addresses[LARGE])
        )
        found[page][SMALL]["seconds"], found[page][LARGE]["seconds"] = small, large
    return found


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        json.dump(ask(int(sys.argv[2])), sys.stdout)
