"""The canonical form is RFC 8785's, and survives PostgreSQL."""

import json
import re
from pathlib import Path

import pytest
import rfc8785
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from framdrift.casework.journal.chain import (
    NotCanonicalError,
    canonical_attributes,
    canonical_attributes_text,
    canonical_row,
    row_hash,
)

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NUMBER = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: abs(number) < 2**53
)
ATTRIBUTES = st.dictionaries(
    TEXT,
    st.recursive(st.none() | st.booleans() | NUMBER | TEXT, lambda part: st.lists(part, max_size=3), max_leaves=5),
    max_size=4,
)


@given(
    codes=st.fixed_dictionaries(dict.fromkeys(("actor", "case_id", "event_id", "kind"), TEXT)),
    given_or_not=st.fixed_dictionaries({name: st.none() | TEXT for name in ("corrects", "office", "person", "team")}),
    seq=st.integers(1, 2**53 - 1),
    attributes=ATTRIBUTES,
)
def test_a_row_put_together_by_hand_is_what_rfc_8785_gives(codes, given_or_not, seq, attributes):
    instants = {"at": "2012-03-01T12:00:00.000000Z", "recorded_at": "2012-03-01T12:00:00.000001Z"}
    previous = bytes(range(32))
    row = codes | given_or_not | instants | {"seq": seq}
    expected = rfc8785.dumps(row | {"attributes": attributes, "previous": previous.hex()}).decode()
    assert canonical_row(**row, attributes=canonical_attributes(attributes), previous=previous) == expected


@pytest.mark.django_db
@given(attributes=ATTRIBUTES)
def test_attributes_hash_alike_before_and_after_the_database(attributes):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(attributes)])
        (kept,) = cursor.fetchone()
    assert canonical_attributes_text(kept) == canonical_attributes(attributes)


@pytest.mark.parametrize(
    "text",
    [
        '{"n": 9007199254740992}',
        '{"n": 1e300}',
        '{"n": [-1e16]}',
        '{"n": "a\\u0000b"}',
        '{"a\\u0000b": 1}',
        '{"n": "\\ud800"}',
        '{"n": 1' + "0" * 5000 + "}",
        '{"n": ' + "[" * 3000 + "]" * 3000 + "}",
    ],
)
def test_what_cannot_be_kept_exactly_is_refused(text):
    with pytest.raises(NotCanonicalError):
        canonical_attributes_text(text)


def test_the_page_about_the_journal_shows_a_hash_that_is_right():
    page = (Path(__file__).parents[2] / "docs" / "journal.md").read_text()
    shown = re.search(r"printf '%s' '(?P<row>\{.*\})' \| sha256sum\n```\n\ngives `(?P<hash>[0-9a-f]{64})`", page)
    assert shown
    assert rfc8785.dumps(json.loads(shown["row"])).decode() == shown["row"]
    assert row_hash(shown["row"]).hex() == shown["hash"]


def test_the_hash_is_the_one_that_anybody_can_compute_by_hand():
    row = canonical_row(
        actor="system",
        at="2012-03-01T12:00:00.000000Z",
        attributes='{"channel":"phone"}',
        case_id="K-1",
        corrects=None,
        event_id="e-1",
        kind="conversation",
        office="small",
        person=None,
        previous=bytes(32),
        recorded_at="2012-03-01T12:00:00.000000Z",
        seq=1,
        team=None,
    )
    assert row == (
        '{"actor":"system","at":"2012-03-01T12:00:00.000000Z","attributes":{"channel":"phone"},"case_id":"K-1",'
        '"corrects":null,"event_id":"e-1","kind":"conversation","office":"small","person":null,'
        f'"previous":"{"0" * 64}","recorded_at":"2012-03-01T12:00:00.000000Z","seq":1,"team":null}}'
    )
    assert row_hash(row).hex() == "201986c0fcf4ad12957802093889aac95f384fabcca518e40fd2e2af0ce9ac1c"
