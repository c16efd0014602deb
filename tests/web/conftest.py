from __future__ import annotations

from collections.abc import Iterator

import pytest
from conformity_reports import Town, make_town, measure_town
from django.test import Client
from django.utils import translation
from people_of_the_town import account_of


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def measured(town: Town) -> Town:
    measure_town(town)
    return town


@pytest.fixture
def as_leader(town: Town) -> Client:
    client = Client()
    client.force_login(account_of(town.small.leader))
    return client


@pytest.fixture
def as_analyst(town: Town) -> Client:
    client = Client()
    client.force_login(account_of(town.analyst))
    return client


@pytest.fixture(autouse=True)
def _language_of_the_thread() -> Iterator[None]:
    """A page in English leaves no English behind for the next test."""
    with translation.override("nb"):
        yield
