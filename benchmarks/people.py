"""Finding and opening people among 10,000 and among a million, of 200 offices, with row-level security and without.

Each size is a database of its own, filled once. Four servers' worth of the site run beside each other, one for each
size and one of each that row-level security does not bind; they are asked in turn, each page of people all over the
country, each by the advisor who has the case or by the person.
"""

# ruff: noqa: PLC0415 - models can be imported only when Django is set up, in the processes that this one starts
from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from typing import Any

from benchmarks import population
from benchmarks.measuring import interleaved, median, percentile, run
from benchmarks.results import Goal, Result
from benchmarks.server import Database, kept_database

SMALL, LARGE = 10_000, 1_000_000
ASKED_FOR = 40
"""So many people are asked for in turn, from the first of them to the last."""
COMMON = "an"
PAGES = ("search by number", "search by name", f"search by “{COMMON}”", "person page", "portal, first page")
UNBOUND = "framdrift_unbound"
_SAME_SIZE = PAGES[:2] + PAGES[3:]
"""The pages that show as much to everybody; the common beginning of a name fits more people where there are more."""


def measure(rounds: int) -> Result:
    with ExitStack() as held:
        askers = {}
        for people in (SMALL, LARGE):
            made = held.enter_context(_filled(people))
            accounts = json.loads(run(["-m", "benchmarks.people", "prepare", str(people)], _as_owner(made)).output)
            for is_bound in (True, False):
                role = "framdrift_web" if is_bound else UNBOUND
                environment = made.environment | {"FRAMDRIFT_DATABASE_ROLE": role}
                askers[people, is_bound] = held.enter_context(_asker(environment, accounts))
        rows, goals = [], []
        for page in PAGES:
            found = _asked(askers, page, 40 * rounds)
            rows += [_row(page, people, found[people, True], found[people, False]) for people in (SMALL, LARGE)]
            if page in _SAME_SIZE:
                ratio = percentile(found[LARGE, True], 0.95) / percentile(found[SMALL, True], 0.95)
                goals.append(Goal(f"{page}, p95 at a million ÷ at ten thousand", ratio, 1.2))
    headings = ("page", "people", "p50", "p95", "p50 unbound", "p95 unbound", "row-level security adds, p50")
    title = "People of 200 offices, found and opened, with row-level security and unbound by it"
    return Result(title, headings, rows, goals)


def _row(page: str, people: int, bound: list[float], unbound: list[float]) -> tuple[str, ...]:
    def shown(seconds: float) -> str:
        return f"{1e3 * seconds:.1f} ms"

    halves = (median(bound), percentile(bound, 0.95), median(unbound), percentile(unbound, 0.95))
    return (page, f"{people:,}", *map(shown, halves), shown(median(bound) - median(unbound)))


def _asked(askers: Mapping[tuple[int, bool], Asker], page: str, times: int) -> dict[tuple[int, bool], list[float]]:
    """Seconds by size and wall. Everybody is asked for once before, and must take the same number of queries."""
    queries = {key: {asker.queries(page, place) for place in range(ASKED_FOR)} for key, asker in askers.items()}
    if page in _SAME_SIZE and len(set.union(*queries.values())) != 1:
        raise AssertionError(f"{page}: not the same number of queries: {queries}")
    asking = [partial(asker.turn, page) for asker in askers.values()]
    return dict(zip(askers, interleaved(times, *asking), strict=True))


class Asker:
    """A process of its own that asks the site for pages, one at a time."""

    def __init__(self, process: subprocess.Popen[str], accounts: Any) -> None:
        self._process = process
        self._turns = 0
        self._tell(accounts)

    def queries(self, page: str, place: int) -> int:
        return int(self._tell({"page": page, "place": place, "count": True}))

    def turn(self, page: str) -> float:
        self._turns += 1
        return float(self._tell({"page": page, "place": self._turns % ASKED_FOR, "count": False}))

    def _tell(self, what: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def _asker(environment: Mapping[str, str], accounts: Any) -> Iterator[Asker]:
    import os

    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.people", "answer"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    try:
        yield Asker(process, accounts)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _filled(people: int) -> Iterator[Database]:
    def fill(made: Database) -> None:
        print(f"making {people:,} people, once", flush=True)
        with made.connect() as connection:
            population.populate(connection, people)

    with kept_database(f"people_{people}", fill, source=population.__file__) as made:
        with made.connect() as connection:
            connection.execute(_UNBOUND)
            # What an earlier run had logged; its rows refer to each other, and looking that up takes minutes.
            connection.execute("set session_replication_role = replica")
            connection.execute("delete from access_opening where about <> %s", [population.MADE_BEFORE])
            connection.execute("vacuum analyze access_opening")
        yield made


_UNBOUND = f"""
    do $$ begin
        if not exists (select from pg_roles where rolname = '{UNBOUND}') then
            create role {UNBOUND} bypassrls;
            grant framdrift_web to {UNBOUND};
        end if;
    end $$
"""


def _as_owner(made: Database) -> dict[str, str]:
    return made.environment | {"FRAMDRIFT_DATABASE_ROLE": "framdrift_owner"}


def prepare(people: int) -> list[dict[str, str]]:
    """As the owner of the tables: accounts of people from the first to the last, and of their advisors."""
    import django

    django.setup()
    from framdrift.casework.access.actions import account_of_person, account_of_staff
    from framdrift.casework.cases.models import Case
    from framdrift.casework.people.models import Identity
    from framdrift.casework.people.protection import Protection
    from framdrift.casework.people.search import read_search, search

    found = []
    for place in range(ASKED_FOR):
        number = 1 + place * (people - ASKED_FOR) // (ASKED_FOR - 1)
        while True:
            person = uuid.UUID(hashlib.md5(f"person{number}".encode()).hexdigest())
            case, identity = Case.objects.get(person=person), Identity.objects.get(person=person)
            assert case.advisor is not None
            assert case.office is not None
            sought = read_search(str(identity), today=date(2026, 11, 23))
            if search(sought, office=case.office.pk, clearance=Protection(0), today=date(2026, 11, 23)).total == 1:
                break  # nobody else of the office is found by that name: the page shows as much in both sizes
            number += 1
        found.append(
            {
                "advisor": str(account_of_staff(case.advisor).code),
                "person_account": str(account_of_person(person).code),
                "person": str(person),
                "office": case.office.code,
                "number": str(identity.number),
                "name": str(identity),
            }
        )
    return found


def answer() -> None:
    """As the site: reads what to ask for, one JSON a line, and writes seconds, or how many queries it took."""
    import django
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    django.setup()
    site = _Site(json.loads(sys.stdin.readline()))
    print("true", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        ask = partial(site.ask, asked["page"], asked["place"])
        if asked["count"]:
            with CaptureQueriesContext(connection) as captured:
                ask()
            print(len(captured), flush=True)
        else:
            start = time.perf_counter()
            ask()
            print(time.perf_counter() - start, flush=True)


class _Site:
    def __init__(self, accounts: list[dict[str, str]]) -> None:
        self._accounts = accounts
        self._clients = {
            account[who]: self._client(account[who]) for account in accounts for who in ("advisor", "person_account")
        }

    @staticmethod
    def _client(code: str) -> Any:
        from django.test import Client

        from framdrift.casework.access.models import Account

        client = Client(SERVER_NAME="localhost")
        client.force_login(Account.objects.get(code=code))
        return client

    def ask(self, page: str, place: int) -> None:
        account = self._accounts[place]
        search = f"/kontor/{account['office']}/sok/"
        advisor, seeker = self._clients[account["advisor"]], self._clients[account["person_account"]]
        if page == "person page":
            response = advisor.get(f"/kontor/{account['office']}/personer/{account['person']}/")
        elif page == "portal, first page":
            response = seeker.get("/min-side/")
        else:
            sought = {"search by number": account["number"], "search by name": account["name"]}.get(page, COMMON)
            response = advisor.post(search, {"sok": sought})
        if response.status_code != 200:
            raise AssertionError(f"{page}: {response.status_code}")


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        json.dump(prepare(int(sys.argv[2])), sys.stdout)
    else:
        answer()
