"""Attributes are JSON that everyone reads alike: what some readers let pass and others do not is refused."""

import csv

import pytest

from framdrift.events import LogError, open_log


@pytest.fixture
def log_with(tmp_path):
    def write(attributes):
        path = tmp_path / "log.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            rows = csv.writer(stream)
            rows.writerow(["case_id", "kind", "at", "attributes"])
            rows.writerow(["1", "registered", "2012-01-02", attributes])
        return path

    return write


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ('{"a": 1, "a": 2}', "has the same key twice"),
        ('{"a": NaN}', "is not valid JSON"),
        ('{"a": [1, -Infinity]}', "is not valid JSON"),
        ('{"a": 1,}', "is not valid JSON"),
        ('{"a": [1, ]}', "is not valid JSON"),
        ('{"a": ' + "[" * 3000 + "]" * 3000 + "}", "is not valid JSON"),
    ],
)
def test_what_readers_take_differently_is_refused(log_with, attributes, why):
    with pytest.raises(LogError) as refused:
        open_log(log_with(attributes))
    (row,) = refused.value.bad_rows
    assert (row.row, row.field, row.why) == (1, "attributes", why)


@pytest.mark.parametrize(
    ("attributes", "read"),
    [
        ('{"a": "NaN, inf"}', {"a": "NaN, inf"}),
        ('{"meeting": "information", "nan": "inf"}', {"meeting": "information", "nan": "inf"}),
        ('{"a": "\\",]"}', {"a": '",]'}),
        ('{"a": ",}", "b": {"a": 1}}', {"a": ",}", "b": {"a": 1}}),
    ],
)
def test_texts_that_only_look_like_it_are_taken(log_with, attributes, read):
    with open_log(log_with(attributes)) as log:
        (event,) = log.case("1")
    assert event.attributes == read
