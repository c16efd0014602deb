"""The report as CSV and PDF: the same figures as on the page."""

from __future__ import annotations

import csv
import io

import pytest
from conformity_reports import Town
from django.test import Client

from framdrift.web.conformity.csv_file import COLUMNS

PAGE = "/kontor/lillevik/samsvar/"


def rows(client: Client, **chosen: str) -> list[dict[str, str]]:
    response = client.get(f"{PAGE}samsvar.csv", chosen)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="samsvar-lillevik-2026-11-20.csv"'
    assert response.content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.usefixtures("measured")
class TestCsv:
    def test_each_figure_is_a_row_in_codes_and_words(self, as_leader: Client) -> None:
        found = rows(as_leader)
        assert tuple(found[0]) == COLUMNS
        (r1,) = [row for row in found if (row["part"], row["requirement"]) == ("requirement", "R1")]
        assert (r1["met"], r1["late"], r1["missed"], r1["closed"], r1["rate_percent"]) == (
            "382",
            "14",
            "4",
            "400",
            "95.5",
        )
        assert (r1["yardstick"], r1["verdict"], r1["title"]) == ("guideline", "conforms", "Tidlig første vedtak")

    def test_what_counts_groups_has_a_verdict_and_no_rate(self, as_leader: Client) -> None:
        (r17,) = [row for row in rows(as_leader) if row["requirement"] == "R17"]
        assert (r17["closed"], r17["rate_percent"], r17["verdict"]) == ("5", "", "does not conform")

    def test_it_follows_the_reader_s_choices(self, as_leader: Client) -> None:
        (r1,) = [row for row in rows(as_leader, periode="2026-1", team="oot") if row["requirement"] == "R1"]
        assert (r1["met"], r1["team"], r1["period"]) == ("37", "oot", "2026-01-01/2026-03-31")

    def test_groups_are_of_the_whole_office_whatever_was_chosen(self, as_leader: Client) -> None:
        groups = [
            [row for row in rows(as_leader, krav="R6/strict", **chosen) if row["part"] == "group"]
            for chosen in ({}, {"periode": "2026-1"})
        ]
        assert groups[0]
        assert groups[0] == groups[1]

    def test_no_text_is_taken_for_a_formula(self, as_leader: Client, measured: Town) -> None:
        measured.small.office.__class__.objects.filter(pk=measured.small.office.pk).update(code="=lillevik")
        response = as_leader.get("/kontor/%253Dlillevik/samsvar/samsvar.csv")
        assert ",'=lillevik," in response.content.decode()

    def test_an_analyst_gets_the_same_figures(self, as_leader: Client, as_analyst: Client) -> None:
        theirs = as_analyst.get("/innsikt/lillevik/samsvar/samsvar.csv")
        assert theirs.content == as_leader.get(f"{PAGE}samsvar.csv").content


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_pdf_is_tagged_and_says_its_language(as_leader: Client, language: str) -> None:
    as_leader.cookies["django_language"] = language
    content = as_leader.get(f"{PAGE}samsvar.pdf").content
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid" in content
    assert f"/Lang({language}".encode() in content.replace(b" ", b"")
