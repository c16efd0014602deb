"""The job-seeker's own pages: what happens now, who owes it, who has opened the case; and that it stays their own."""

from __future__ import annotations

import html as entities
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from conformity_reports import Town
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from filled_in import STEPS
from people_of_the_town import People, logged_in, make_people
from walls import working_as_owner

from framdrift.casework.access.models import Opening, Reason
from framdrift.casework.access.rules import Kind, Relation
from framdrift.casework.cases.models import Case
from framdrift.casework.conformity.standards import in_force
from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.people.models import Person
from framdrift.casework.registration.models import Draft, Version
from framdrift.standard.model import Coverage, Recurring, Response, Rule
from framdrift.web.registration.following import following_in
from framdrift.web.registration.obligations import WORDS

PORTAL = ("/min-side/", "/min-side/innsyn/", "/min-side/kontorer/", "/min-side/registrering/")


@pytest.fixture
def people(town: Town) -> People:
    made = make_people(town)
    with working_as_owner():
        Office.objects.filter(code="lillevik").update(
            phone="00 00 00 00", opening_hours="9–15", visiting_address="Havnegata 1"
        )
    return made


def shown(client: Client, address: str = "/min-side/") -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(entities.unescape(response.content.decode()).split())


def registered(person: Person, **changed: dict[str, str]) -> Client:
    """Fills in and sends, as the person would; ``changed`` answers by step."""
    client = logged_in(person)
    for step, data in STEPS.items():
        address = f"/min-side/registrering/{step}/"
        version = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
        assert version
        sent = {**data, **changed.get(step, {}), "version": version[1], "do": "next"}
        assert client.post(address, sent).status_code == 302, step
    page = client.get("/min-side/registrering/gjennomgang/").content.decode()
    found = {name: re.search(f'name="{name}" value="([^"]*)"', page) for name in ("request_id", "version")}
    sent = {name: match[1] for name, match in found.items() if match} | {"office": "lillevik", "do": "submit"}
    assert client.post("/min-side/registrering/gjennomgang/", sent).status_code == 302
    return client


def written(person: Person, kind: str, at: datetime, **attributes: object) -> None:
    with working_as_owner():
        case = Case.objects.get(person=person).pk
        append("advisor", case_id=case, events=[NewEvent(kind, at, attributes)], now=at, request_id=uuid.uuid4())


def opened(person: Person, staff: Staff, at: datetime, kind: Kind = Kind.OPENED, why: str = "") -> None:
    with working_as_owner():
        office = Office.objects.get(code="lillevik")
        reason = None
        if why:
            until = at + timedelta(hours=1)
            reason = Reason.objects.create(
                staff=staff, person=person, office=office, chosen="asked", text=why, at=at, valid_until=until
            )
        relation = Relation.OFFICE if why else Relation.OWN_CASE
        Opening.objects.create(
            at=at, staff=staff, office=office, page="advisor:person", kind=kind, person=person, relation=relation,
            reason=reason,
        )  # fmt: skip


def test_somebody_new_sees_what_registering_means_and_begins(people: People) -> None:
    client = logged_in(people.newcomer)
    home = shown(client)
    assert "Registrer deg som arbeidssøker" in home
    assert "Dette er ikke en søknad om penger." in home
    assert "Ingen ansatte har åpnet saken din." in home
    start = shown(client, "/min-side/registrering/")
    assert "Du svarer på spørsmål i sju steg" in start
    assert 'href="/min-side/registrering/om-deg/">Begynn' in start
    assert "00 00 00 00" in shown(client, "/min-side/kontorer/")


def test_the_registered_see_what_is_owed_by_whom_and_when_and_why(people: People) -> None:
    home = shown(registered(people.newcomer))
    assert "Hei, Jonas" in home
    assert "Du har bedt om at vi tar kontakt, og det skal vi gjøre før vi bestemmer noe." in home
    assert "hvordan du har det, og hva en jobb må ta hensyn til" in home  # of health, kindly
    assert "Du har ikke fått veileder ennå." in home
    due = timezone.localdate() + timedelta(days=14)
    assert re.search(rf"Et vedtak om hva slags hjelp du får.{{1,60}}Innen {due.day}\.", home)
    assert "NAV-loven" in home  # the rule behind it
    assert "hverdager 9–15" in home


def test_what_is_done_is_owed_no_more_and_what_is_late_is_said_plainly(people: People) -> None:
    long_ago = datetime(2026, 3, 2, 9, tzinfo=UTC)
    written(people.own, "registered", long_ago, source="online")
    written(people.own, "decision_made", long_ago + timedelta(days=3), group="standard", first=True)
    home = shown(logged_in(people.own))
    assert "Vi er for sent ute med noe vi skylder deg." in home
    assert re.search(r"En samtale</h3> <p>Skulle vært innen 2\.\s?juni", home)
    assert "Et vedtak om hva slags hjelp du får" not in home
    written(people.own, "conversation", timezone.now() - timedelta(days=1), channel="phone")
    assert "Skulle vært innen 2" not in shown(logged_in(people.own)).partition("En samtale</h3>")[2][:60]


def test_what_the_office_owes_stands_there_from_the_start_with_who_and_by_when(people: People) -> None:
    home = shown(registered(people.newcomer))
    for title in (
        "Et informasjonsmøte eller jobbverksted", "Et veiledningsmøte", "En første samtale", "En første samtale, aller senest",
        "En vurdering av om du trenger et tiltak", "Én veileder som har ansvaret", "Forslag til jobber",
    ):  # fmt: skip
        assert title in home, title
    due = timezone.localdate() + timedelta(days=14)
    assert re.search(rf"før vi bestemmer noe\. Det skal være gjort innen {due.day}\.", home)
    assert "Det er kontoret, Lillevik, som tar kontakt." in home


def test_contact_that_was_had_is_asked_for_no_more(people: People) -> None:
    client = registered(people.newcomer)
    written(people.newcomer, "contact", timezone.now(), channel="email", direction="out", form="exchange")
    home = shown(client)
    assert "bedt om at vi tar kontakt" not in home
    assert "Vi vil gjerne snakke med deg" not in home


def test_contact_that_did_not_come_before_the_decision_is_told_as_it_is(people: People) -> None:
    client = registered(people.newcomer)
    written(people.newcomer, "decision_made", timezone.now(), group="standard", first=True)
    assert "Det skulle vi gjort før vedtaket, og vi har ikke gjort det ennå." in shown(client)


def test_an_advisor_is_owed_only_while_nobody_has_the_case(people: People) -> None:
    start = timezone.now() - timedelta(days=60)
    advisor = "Én veileder som har ansvaret"
    written(people.own, "registered", start, source="online")
    written(people.own, "assigned", start + timedelta(days=1), advisor="veileder")
    assert advisor not in shown(logged_in(people.own))
    written(people.own, "unassigned", start + timedelta(days=30), reason="left")
    assert f"{advisor}</h3> <p>Skulle vært innen" in shown(logged_in(people.own))
    written(people.own, "assigned", start + timedelta(days=40), advisor="veileder")
    assert advisor not in shown(logged_in(people.own))


def test_the_job_log_says_how_it_is_delivered_today(people: People) -> None:
    written(people.own, "registered", timezone.now() - timedelta(days=3), source="online")
    written(people.own, "job_log_agreed", timezone.now() - timedelta(days=2))
    home = shown(logged_in(people.own))
    card = home.partition("Jobbloggen din</h3>")[2].partition("</div>")[0]
    assert "Du kan ikke levere det på Min side ennå. Si det til Veileder på telefon eller i et møte." in card
    assert "00 00 00 00" in card
    assert "Skriv i jobbloggen" not in home


def test_the_person_and_the_advisor_are_told_the_same(people: People) -> None:
    """Each obligation of the one page stands on the other, with every reading and its day."""
    start = timezone.now() - timedelta(days=200)
    written(people.own, "registered", start, source="online", wants_contact=True)
    written(people.own, "job_log_agreed", start + timedelta(days=3))
    home = shown(logged_in(people.own))
    page = shown(logged_in(people.advisor), f"/kontor/lillevik/personer/{people.own.pk}/")
    with working_as_owner():
        found = following_in(Case.objects.get(person=people.own).pk, now=timezone.now())
    readings = [each for first in found.owed for each in (first, *first.also)]
    keys = {(each.requirement, each.reading) for each in readings}
    assert {("R6", "strict"), ("R6", "routine"), ("R5", "early"), ("R5", "routine"), ("R12a", None)} <= keys
    for each in readings:
        when = f"{'skulle vært innen' if each.is_late else 'innen'} {each.due.day}."
        assert each.title in home, each
        assert re.search(rf"<strong>{re.escape(each.deed)}</strong> {when}", page), each
    assert found.contact
    assert "Du har bedt om at vi tar kontakt" in home
    assert "Personen har bedt om det." in page


@pytest.mark.parametrize("rule", in_force(date(2026, 11, 1)).rules, ids=lambda rule: f"{rule.id}/{rule.reading}")
def test_every_dated_rule_has_words_for_both(rule: Rule) -> None:
    if isinstance(rule.pattern, Response | Recurring | Coverage) and rule.yardstick != "none":
        assert rule.key in WORDS


def test_the_advisor_is_named_and_who_answers_meanwhile(people: People) -> None:
    assert "<strong>Veileder</strong> er veilederen din." in shown(logged_in(people.own))
    covered = shown(logged_in(people.covered))
    assert "<strong>Bo Borte</strong> er veilederen din." in covered
    assert "svarer Kari Kollega." in covered


def test_who_has_opened_the_case_is_told_with_relation_and_reason(people: People) -> None:
    now = timezone.now()
    opened(people.own, people.advisor, now - timedelta(days=2))
    opened(people.own, people.colleague, now - timedelta(days=1), why="Ringte om kurs")
    opened(people.own, people.leader, now, Kind.LISTED)
    opened(people.of_team, people.advisor, now)
    home = shown(logged_in(people.own))
    assert "<strong>Veileder</strong>, veilederen din" in home
    assert "Grunn: Personen har tatt kontakt: Ringte om kurs" in home
    assert "Navnet ditt stod i en liste" in home
    assert home.count("(Lillevik)") == 3  # and nobody else's openings
    for minutes in range(1, 7):
        opened(people.own, people.advisor, now + timedelta(minutes=minutes))
    again = shown(logged_in(people.own))
    assert "6 ganger" in again
    assert again.count("(Lillevik)") == 4  # one visit does not hide the others
    assert shown(logged_in(people.own), "/min-side/innsyn/").count("(Lillevik)") == 9


def test_the_list_of_openings_goes_on_page_by_page_without_gap_or_repetition(people: People) -> None:
    start = timezone.now() - timedelta(days=60)
    for number in range(60):
        opened(people.own, people.advisor, start + timedelta(minutes=number // 2))
    client, address, seen, pages = logged_in(people.own), "/min-side/innsyn/", 0, 0
    while address:
        page = shown(client, address)
        seen, pages = seen + page.count("Åpnet saken din"), pages + 1
        more = re.search(r'href="(/min-side/innsyn/\?etter=[^"]+)"', page)
        address = more[1] if more else ""
    assert (seen, pages) == (60, 3)
    for wrong in ("x", "1_x", "99999999999999999999_" + str(uuid.uuid4())):
        assert client.get("/min-side/innsyn/", {"etter": wrong}).status_code == 404


def test_the_pages_take_as_many_queries_for_a_long_case_as_for_a_short(people: People) -> None:
    client = registered(people.newcomer)
    with working_as_owner():
        person = Person.objects.get(pk=people.newcomer.pk)
    addresses = (*PORTAL, "/min-side/registrering/versjoner/", "/min-side/registrering/gjennomgang/")

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found.append(len(captured))
        return found

    opened(person, people.advisor, timezone.now())
    few = counts()
    for number in range(30):
        opened(person, people.advisor, timezone.now() - timedelta(hours=number), why="Igjen")
        written(person, "contact", timezone.now(), channel="sms", direction="out", form="message")
    with working_as_owner():
        first = Version.objects.get(person=person)
        for number in range(2, 12):
            first.pk, first.number, first.request_id = uuid.uuid4(), number, uuid.uuid4()
            first.save(force_insert=True)
        for number in range(12):
            Office.objects.create(code=f"kontor-{number}", name=f"Kontor {number}")
    assert counts() == few
    assert max(few) <= 40


def test_staff_meet_no_page_of_the_portal(people: People) -> None:
    for somebody in (people.advisor, people.leader, people.administrator, people.privacy_officer):
        for address in PORTAL:
            assert logged_in(somebody).get(address).status_code == 404
    for address in PORTAL:
        assert logged_in(None).get(address).headers["Location"].startswith("/logg-inn/")


def test_nobody_reads_what_is_another_persons(people: People) -> None:
    registered(people.newcomer)
    others = logged_in(people.of_office)
    assert "Jonas" not in shown(others)
    assert others.get("/min-side/registrering/versjoner/1/").status_code == 404
    assert others.get("/min-side/registrering/last-ned/").status_code == 404
    assert "Ingenting er sendt ennå" in shown(others, "/min-side/registrering/versjoner/")


@pytest.mark.parametrize(("language", "word"), [("nn", "Kven har opna saka di"), ("en", "Who has opened your case")])
def test_the_portal_speaks_the_language_one_chooses(people: People, language: str, word: str) -> None:
    client = registered(people.newcomer)
    client.post("/visning/sprak/", {"language": language, "next": "/min-side/"})
    home = shown(client)
    assert f'<html lang="{language}"' in home
    assert word in home
    norwegian = ("Dette skjer nå", "Veilederen din", "Hvorfor?")
    assert not [text for text in norwegian if text in home]


def test_offices_are_found_by_where_one_lives(people: People) -> None:
    with working_as_owner():
        Office.objects.bulk_create(Office(code=f"k{number}", name=f"Kontor {number:02}") for number in range(30))
    client = logged_in(people.newcomer)
    assert "Viser 20 av 32 kontorer" in shown(client, "/min-side/kontorer/")
    found = entities.unescape(client.post("/min-side/kontorer/", {"place": "havnegata"}).content.decode())
    assert "Lillevik" in found
    assert "Kontor 01" not in found
    assert "Vi fant ikke noe kontor der." in client.post("/min-side/kontorer/", {"place": "x"}).content.decode()
    page = entities.unescape(
        client.post("/min-side/registrering/gjennomgang/", {"place": "LILLEVIK", "do": "find"}).content.decode()
    )
    assert 'value="lillevik"' in page
    assert 'value="k1"' not in page


def test_looking_writes_nothing(people: People) -> None:
    client = logged_in(people.newcomer)
    for address in (*PORTAL, "/min-side/registrering/om-deg/", "/min-side/registrering/gjennomgang/"):
        shown(client, address)
    with working_as_owner():
        assert Draft.objects.count() == 0
