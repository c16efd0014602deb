"""The privacy officer reads who did what and why, of their own offices, and meets nobody's name or case."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from conformity_reports import Town, member
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_of_the_town import People, actor_of, logged_in, make_people
from walls import seen_by, working_as_owner

from framdrift.casework.access import actions, log
from framdrift.casework.access.log import Sought
from framdrift.casework.access.models import Opening
from framdrift.casework.access.queries import subject_of
from framdrift.casework.access.rules import Kind, Relation, Viewer
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.numbers import synthetic
from framdrift.web.openings import what

LOG = "/innsikt/innsynslogg/"
CSV = "/innsikt/innsynslogg/innsynslogg.csv"


@pytest.fixture
def people(town: Town) -> People:
    return make_people(town)


@pytest.fixture
def officer(people: People) -> Client:
    return logged_in(people.privacy_officer)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]).split())


def number_of(person: Person) -> str:
    with working_as_owner():
        return str(Identity.objects.get(person=person).number)


def reason_given(client: Client, person: Person, text: str = "Personen ringte i dag") -> None:
    """Opens the person's page with a reason, as one does."""
    here = f"/kontor/lillevik/personer/{person.pk}/"
    client.post(f"{here}begrunnelse/", {"chosen": "asked", "text": text, "request_id": "0" * 32})
    assert client.get(here).status_code == 200


def test_each_row_tells_when_who_what_and_why(people: People, officer: Client) -> None:
    client = logged_in(people.advisor)
    client.post("/kontor/lillevik/sok/", {"sok": "noor"})
    reason_given(client, people.of_office)
    page = text_of(officer.get(LOG).content.decode())
    for told in (
        "Veileder", "Åpnet personsiden", "arbeider på kontoret", "Personen har tatt kontakt: Personen ringte i dag",
        "Søkte i personsøket", "«noor» · viste 1 person", str(people.of_office.pk)[:8],
    ):  # fmt: skip
        assert told in page, told


def test_nobodys_name_or_number_is_on_the_page(people: People, officer: Client) -> None:
    client = logged_in(people.advisor)
    reason_given(client, people.of_office)
    client.get(f"/kontor/lillevik/personer/{people.own.pk}/")
    for address in (LOG, f"{LOG}?person={people.of_office.pk}", CSV):
        html = officer.get(address).content.decode()
        for person in (people.of_office, people.own):
            with working_as_owner():
                identity = Identity.objects.get(person=person)
            assert identity.family_name not in html
            assert str(identity.number) not in html


def test_the_officer_opens_no_case(people: People, officer: Client) -> None:
    assert officer.get(f"/kontor/lillevik/personer/{people.own.pk}/").status_code == 404
    assert officer.get("/kontor/lillevik/sok/").status_code == 404


def test_another_offices_log_is_not_there(people: People, officer: Client) -> None:
    logged_in(people.other_advisor).get(f"/kontor/storhavn/personer/{people.other.pk}/")
    assert "Ada Annen" not in officer.get(LOG).content.decode()
    assert officer.get(f"{LOG}?kontor=storhavn").status_code == 404
    assert officer.get(f"{CSV}?kontor=storhavn").status_code == 404
    assert officer.post(LOG, {"kontor": "storhavn", "nummer": number_of(people.other)}).status_code == 404


def test_one_who_is_officer_of_two_offices_chooses(people: People, officer: Client) -> None:
    with working_as_owner():
        member(people.privacy_officer, people.town.large.office, Role.PRIVACY_OFFICER)
    logged_in(people.other_advisor).get(f"/kontor/storhavn/personer/{people.other.pk}/")
    assert "Ada Annen" in officer.get(f"{LOG}?kontor=storhavn").content.decode()
    assert "Ada Annen" not in officer.get(f"{LOG}?kontor=lillevik").content.decode()


def test_by_number_the_log_of_one_person_and_no_case(people: People, officer: Client) -> None:
    logged_in(people.advisor).get(f"/kontor/lillevik/personer/{people.own.pk}/")
    reason_given(logged_in(people.advisor), people.of_office)
    answer = officer.post(LOG, {"kontor": "lillevik", "nummer": number_of(people.own)})
    assert answer.status_code == 302
    assert answer["Location"] == f"{LOG}?kontor=lillevik&person={people.own.pk}"
    page = text_of(officer.get(answer["Location"]).content.decode())
    assert "er veileder for personen" in page
    assert "Personen ringte i dag" not in page


def test_a_list_that_showed_the_person_is_in_their_log(people: People, officer: Client) -> None:
    logged_in(people.advisor).post("/kontor/lillevik/sok/", {"sok": "østby"})
    page = text_of(officer.get(f"{LOG}?person={people.own.pk}").content.decode())
    assert "Fikk opp navnet i et søk" in page


def test_what_was_done_is_told_as_it_was() -> None:
    assert what(Kind.LISTED, "advisor:reason") == "Kom til siden som spør hvorfor"
    assert what(Kind.LISTED, "insight:access_log") == "Leste innsynsloggen"
    assert what(Kind.LISTED, "insight:access_log", is_whole=True) == "Leste innsynsloggen"
    assert Relation.TEAM.label == "arbeider i teamet saken ligger hos"


def test_a_number_that_nobody_has_looks_like_another_offices(people: People, officer: Client) -> None:
    """Twice the same for each, so that neither the address nor the page tells which it was."""
    pages = []
    for number in (number_of(people.other), synthetic(date(1955, 5, 5), "female", 3)):
        addresses = {officer.post(LOG, {"kontor": "lillevik", "nummer": number})["Location"] for _ in range(2)}
        (address,) = addresses
        assert number not in address
        identity = address.rpartition("=")[2]
        pages.append(text_of(officer.get(address).content.decode()).replace(identity[:8], "…"))
    assert pages[0] == pages[1]
    assert "Ingen rader" in pages[0]


def test_what_is_no_number_is_told(people: People, officer: Client) -> None:
    page = officer.post(LOG, {"kontor": "lillevik", "nummer": "123"})
    assert "ikke et gyldig fødselsnummer" in page.content.decode()


def test_reading_the_log_is_logged_and_the_person_can_see_it(people: People, officer: Client) -> None:
    logged_in(people.advisor).get(f"/kontor/lillevik/personer/{people.own.pk}/")
    officer.get(f"{LOG}?person={people.own.pk}&hva=opened")
    officer.get(f"{CSV}?person={people.own.pk}")
    with working_as_owner():
        read = Opening.objects.filter(staff=people.privacy_officer)
        whole = set(read.filter(part_of=None).values_list("kind", "page", "about", "office__code"))
        parts = set(read.exclude(part_of=None).values_list("kind", "person"))
    assert whole == {
        ("listed", "insight:access_log", "hva=opened", "lillevik"),
        ("exported", "insight:access_log_csv", "", "lillevik"),
    }
    assert parts == {("listed", people.own.pk), ("exported", people.own.pk)}


def test_the_file_has_the_same_rows(people: People, officer: Client) -> None:
    client = logged_in(people.advisor)
    client.post("/kontor/lillevik/sok/", {"sok": "=cmd noor"})
    reason_given(client, people.of_office, text="=1+1 regnestykke")
    text = officer.get(CSV).content.decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["kind"] for row in rows] == ["exported", "opened", "searched"]
    opened = rows[1]
    assert (opened["relation"], opened["reason"], opened["person"]) == ("office", "asked", str(people.of_office.pk))
    assert opened["reason_text"] == "'=1+1 regnestykke"
    assert datetime.fromisoformat(opened["at"]).tzinfo is not None
    assert rows[2]["found"] == "0"


def test_what_is_chosen_is_what_one_would_find_by_reading_all_rows(people: People) -> None:
    """Combinations of choices, each against a naive reading of every row."""
    made = some_rows(people)
    offices = [people.town.small.office, people.town.large.office]
    for number in range(60):
        sought = Sought(
            office=offices[number % 2].pk,
            since=datetime(2026, 11, 1 + number % 7, tzinfo=UTC),
            until=datetime(2026, 11, 10 + number % 11, tzinfo=UTC),
            staff=(people.advisor.pk, people.colleague.pk, None)[number % 3],
            kind=(Kind.OPENED, Kind.SEARCHED, None)[number // 3 % 3],
            person=(people.own.pk, None)[number // 5 % 2],
            is_far=number % 8 == 0,
        )
        naive = [row.pk for row in sorted(made, key=lambda row: (row.at, row.pk), reverse=True) if fits(row, sought)]
        with working_as_owner():
            assert [each.id for each in log.rows(sought, limit=1_000)] == naive
            assert log.count(sought, most=1_000) == len(naive)
            assert by_pages(sought) == naive


def by_pages(sought: Sought) -> list[uuid.UUID]:
    found: list[uuid.UUID] = []
    before = None
    while rows := log.rows(sought, before=before, limit=3):
        found += [each.id for each in rows]
        before = (rows[-1].at, rows[-1].id)
    return found


def fits(row: Opening, sought: Sought) -> bool:
    return (
        row.office_id == sought.office
        and sought.since <= row.at < sought.until
        and (row.part_of_id is None if sought.person is None else row.person_id == sought.person)
        and sought.staff in (None, row.staff_id)
        and sought.kind in (None, row.kind)
        and (not sought.is_far or row.relation in ("team", "office"))
    )


def some_rows(people: People) -> list[Opening]:
    made: list[Opening] = []
    offices: list[Office] = [people.town.small.office, people.town.large.office]
    staff: list[Staff] = [people.advisor, people.colleague]
    with working_as_owner():
        for place in range(60):
            common = {
                "at": datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=8 * (place // 2)),
                "staff": staff[place % 2],
                "office": offices[place % 3 == 0],
                "page": "advisor:person",
                "kind": (Kind.OPENED, Kind.SEARCHED, Kind.OPENED)[place % 3],
            }
            if common["kind"] == Kind.SEARCHED:
                whole = Opening.objects.create(**common, found=1)
                made += [whole, Opening.objects.create(**common, person=people.own, part_of=whole)]
            else:
                relation = ("own_case", "team", "office")[place % 5 % 3]
                person = (people.own, people.of_team)[place % 7 % 2]
                made.append(Opening.objects.create(**common, person=person, relation=relation))
    return made


def test_signs_count_people_who_are_not_ones_own(people: People, officer: Client) -> None:
    client = logged_in(people.advisor)
    for person in (people.of_office, people.of_team, people.nobodys):
        reason_given(client, person)
    client.get(f"/kontor/lillevik/personer/{people.of_team.pk}/")
    client.get(f"/kontor/lillevik/personer/{people.own.pk}/")
    logged_in(people.colleague).get(f"/kontor/lillevik/personer/{people.covered.pk}/")
    viewer = actor_of(people.privacy_officer)
    with seen_by(viewer):
        found = log.signs(
            Sought(people.town.small.office.pk, datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
        )
    by_name = {each.who: (each.far_people, each.far, each.near) for each in found}
    assert by_name["Veileder"] == (3, 4, 1)
    assert by_name["Kari Kollega"] == (0, 0, 1)
    page = text_of(officer.get(LOG).content.decode())
    assert "Åpninger utenfor egne saker" in page
    assert "Kari Kollega" not in page.partition("Åpninger utenfor egne saker")[2].partition("Loggen")[0]


def test_days_that_make_no_sense_are_told(people: People, officer: Client) -> None:
    page = text_of(officer.get(f"{LOG}?fra=5.11.2026&til=1.11.2026").content.decode())
    assert "Siste dag kommer før første" in page
    assert "Skriv datoen som dag.måned.år" in text_of(officer.get(f"{LOG}?fra=i+går").content.decode())
    for ends in ("til=31.12.9999", "til=1.1.0001", "fra=1.1.0001"):
        assert "Skriv et år mellom 1900 og 2199." in text_of(officer.get(f"{LOG}?{ends}").content.decode())
        assert officer.get(f"{CSV}?{ends}").status_code == 200


def test_the_page_takes_as_many_queries_for_many_rows_as_for_few(people: People, officer: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"{LOG}?fra=1.1.2026").status_code == 200
        return len(captured)

    viewer = actor_of(people.advisor)
    assert isinstance(viewer, Viewer)
    with working_as_owner():
        subject = subject_of(people.own.pk, offices=[people.town.small.office.pk])
    count()

    def open_times(times: int) -> None:
        with seen_by(viewer):
            for place in range(times):
                at = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(minutes=place)
                actions.record_opening(actor=viewer, office="lillevik", page="advisor:person", at=at, subject=subject)

    open_times(3)
    few = count()
    open_times(150)
    assert (few, count()) == (few, few)
