"""The number of queries is the same for a small office and a large one, for one other office and for many."""

from __future__ import annotations

import pytest
from conformity_reports import analyst, place, store_cases, stored_report
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_of_the_town import account_of

PAGES = {
    "/kontor/lillevik/samsvar/": 21,
    "/kontor/lillevik/samsvar/?periode=2026-2&krav=R5/early": 23,
    "/kontor/lillevik/samsvar/saker/?krav=R6/strict": 23,
    "/kontor/lillevik/samsvar/beregning/": 13,
    "/innsikt/lillevik/samsvar/": 21,
    "/innsikt/kontorer/": 15,
}


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_each_page_takes_as_many_queries_whatever_the_size(address: str) -> None:
    client, small = Client(), place("lillevik", "Lillevik")
    report = stored_report(small.office, cases_behind=60)
    stored_report(place("storhavn", "Storhavn").office)
    client.force_login(account_of(analyst(small.office) if address.startswith("/innsikt/") else small.leader))
    few = queries_of(client, address)
    store_cases(report, (f"more-{number:07}" for number in range(2_000)))
    for number in range(5):
        stored_report(place(f"kontor-{number}", f"Kontor {number}").office, size=20)
    assert (few, queries_of(client, address)) == (few, few)
    assert few == PAGES[address]
