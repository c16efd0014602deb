"""A person on one page, the reason one gives first, what one edits there, and registering together."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from conformity_reports import Town
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from people_of_the_town import People, actor_of, logged_in, make_people
from walls import seen_by, working_as_owner

from framdrift.casework.access.models import Opening, Reason
from framdrift.casework.access.rules import Seeker, Viewer
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.journal.queries import events_of
from framdrift.casework.offices.models import Staff
from framdrift.casework.people.models import ContactDetails, Identity, Person, SafetyFlag
from framdrift.casework.people.numbers import synthetic
from framdrift.casework.registration import actions as registration
from framdrift.casework.registration.queries import latest

ANSWERS: dict[str, dict[str, Any]] = {
    "about_you": {
        "given_name": "Ola",
        "family_name": "Østby",
        "phone": "99999999",
        "preferred": "phone",
        "language": "nb",
        "interpreter": False,
    },
    "situation": {"jobsituation": ["laid_off"], "benefits": ["dagpenger"]},
    "education": {"level": "4", "passed": "yes", "recognised": "no"},
    "experience": {"jobs": [{"title": "lagermedarbeider", "from_month": "2019-03"}]},
    "wishes": {"goal": "jobb på lager"},
    "hindrances": {"health": "unsure", "other": "no"},
    "help": {"needs_help": "yes", "wants_contact": True, "own_view": "some_help", "own_words": "Vil tilbake i jobb."},
}


@pytest.fixture
def people(town: Town) -> People:
    return make_people(town)


@pytest.fixture
def advisor(people: People) -> Client:
    return logged_in(people.advisor)


def page_of(person: Person, rest: str = "") -> str:
    return f"/kontor/lillevik/personer/{person.pk}/{rest}"


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]).split())


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return text_of(response.content.decode())


def request_id() -> str:
    return str(uuid.uuid4())


def registered(people: People, person: Person, changed: dict[str, dict[str, Any]] | None = None) -> None:
    """What the person sends from the portal; `changed` by step."""
    seeker = actor_of(person)
    assert isinstance(seeker, Seeker)
    now = timezone.now()
    with seen_by(seeker):
        version = 0
        for step, data in (ANSWERS | (changed or {})).items():
            draft = registration.save_step(
                actor=seeker, person=person.pk, step=step, data=data, version=version, at=now
            )
            version = draft.version
        registration.submit(
            actor=seeker, person=person.pk, office=None, version=version, at=now, request_id=uuid.uuid4()
        )


def viewer_of(staff: Staff) -> Viewer:
    staff.refresh_from_db()
    viewer = actor_of(staff)
    assert isinstance(viewer, Viewer)
    return viewer


def happened(people: People, person: Person, *events: NewEvent) -> None:
    viewer = viewer_of(people.advisor)
    with seen_by(viewer):
        case = Case.objects.get(person=person)
        append(viewer.code, case_id=case.pk, events=list(events), now=timezone.now(), request_id=uuid.uuid4())


def opened_yesterday(people: People, person: Person) -> None:
    happened(people, person, NewEvent("registered", timezone.now() - timedelta(days=1), {"source": "online"}))


# The page


def test_everything_about_a_person_is_on_one_page(people: People, advisor: Client) -> None:
    registered(people, people.own)
    day = timezone.now() - timedelta(days=3)
    happened(
        people,
        people.own,
        NewEvent("conversation", day, {"channel": "phone"}),
        NewEvent("job_match_sent", day, {"count": 3, "discussed": False}),
        NewEvent("decision_made", day, {"group": "situational", "first": True, "own_view": True}),
    )
    with working_as_owner():
        SafetyFlag.objects.create(person=people.own, advice="Vær to", first_day=date(2026, 1, 1), set_by=people.leader)
    page = read(advisor, page_of(people.own))
    for told in (
        "Ola Østby", "17. mai 1990", "Ansvarlig veileder: Veileder", "Uklart i registreringen",
        "Utdanningen er ikke godkjent i Norge.", "Er usikker på om helsen", "Vil tilbake i jobb.",
        "Sikkerhetsvarsel: les dette før du møter personen Vær to", "jobb på lager", "Det som gjenstår",
        "Samtale, telefon", "Jobbmatch: 3 stillinger sendt", "ikke drøftet", "Vedtak: situasjonsbestemt",
        "Hvem har åpnet", "er veileder for personen", "Versjon 1",
    ):  # fmt: skip
        assert told in page, told


def test_whoever_asked_for_contact_stands_first_until_there_has_been_some(people: People, advisor: Client) -> None:
    opened_yesterday(people, people.own)
    registered(people, people.own)
    page = read(advisor, page_of(people.own))
    assert "Har bedt om kontakt" in page.partition("Ansvarlig veileder")[0]
    assert "Det som gjenstår Kontoret skylder dette: Kontakt før vedtaket innen" in page
    assert "R2 Kontakt før første vedtak" in page
    registered(people, people.own, {"wishes": {"goal": "jobb som sjåfør"}})
    happened(people, people.own, NewEvent("job_match_sent", timezone.now(), {"count": 1}))
    assert "Har bedt om kontakt" in read(advisor, page_of(people.own))
    happened(people, people.own, NewEvent("conversation", timezone.now(), {"channel": "phone"}))
    registered(people, people.own, {"wishes": {"goal": "jobb på kontor"}})
    page = read(advisor, page_of(people.own))
    assert "Har bedt om kontakt" not in page
    assert "Kontakt før vedtaket" not in page


def test_contact_asked_for_is_owed_after_the_decision_too(people: People, advisor: Client) -> None:
    registered(people, people.own)
    happened(people, people.own, NewEvent("decision_made", timezone.now(), {"group": "standard", "first": True}))
    page = read(advisor, page_of(people.own))
    assert "Har bedt om kontakt" in page.partition("Ansvarlig veileder")[0]
    assert "Kontakt skulle vært tatt før vedtaket" in page


def test_what_is_unclear_calls_for_contact_before_the_decision(people: People, advisor: Client) -> None:
    opened_yesterday(people, people.own)
    registered(people, people.own, {"help": ANSWERS["help"] | {"wants_contact": False}})
    page = read(advisor, page_of(people.own))
    assert "Kontakt før vedtaket innen" in page
    assert "Noe er uklart i registreringen." in page
    assert "Har bedt om kontakt" not in page


def test_what_remains_is_told_in_sentences_and_who_owes_it_once(people: People, advisor: Client) -> None:
    happened(people, people.own, NewEvent("registered", timezone.now() - timedelta(days=40), {"source": "online"}))
    page = read(advisor, page_of(people.own))
    for sentence in (
        "Informasjonsmøte eller jobbverksted skulle vært innen",
        "Veiledningsmøte innen",
        "Jobbmatch skulle vært innen",
    ):
        assert sentence in page, sentence
    assert page.count("Kontoret skylder dette") == 1
    assert "Alltid én ansvarlig veileder innen" not in page


def test_the_whole_number_is_shown_when_asked_for(people: People, advisor: Client) -> None:
    with working_as_owner():
        number = str(Identity.objects.get(person=people.own).number)
    html = advisor.get(page_of(people.own)).content.decode()
    closed = re.sub(r"<details.*?<summary>(.*?)</summary>.*?</details>", r"\1", html, flags=re.DOTALL)
    assert f"Fødselsnummer {number[:6]} *****" in closed
    assert number[6:] not in closed
    assert f"{number[:6]} {number[6:]}" in html


def test_what_a_version_changed_is_told(people: People, advisor: Client) -> None:
    registered(people, people.own)
    registered(people, people.own, {"wishes": {"goal": "jobb som sjåfør"}})
    page = read(advisor, page_of(people.own))
    assert "Versjon 2" in page
    assert "1 svar endret" in page
    assert "jobb på lager jobb som sjåfør" in page


def test_a_correction_takes_the_place_of_what_it_corrects(people: People, advisor: Client) -> None:
    at = timezone.now() - timedelta(days=2)
    happened(people, people.own, NewEvent("conversation", at, {"channel": "phone"}))
    with seen_by(actor_of(people.advisor)):
        (wrong,) = events_of(Case.objects.get(person=people.own).pk)
    happened(people, people.own, NewEvent("conversation", at, {"channel": "video"}, corrects=wrong.event_id))
    page = read(advisor, page_of(people.own))
    assert "Samtale, video" in page
    assert "Samtale, telefon" not in page


def test_what_comes_every_fortnight_is_told_together(people: People, advisor: Client) -> None:
    now = timezone.now()
    happened(
        people,
        people.own,
        *[NewEvent("registration_confirmed", now - timedelta(days=14 * place + 1)) for place in range(40)],
        NewEvent("conversation", now - timedelta(days=600), {"channel": "phone"}),
    )
    page = read(advisor, page_of(people.own))
    assert "Bekreftet registreringen 40 ganger" in page
    assert "Samtale, telefon" in page


def test_earlier_events_are_a_link_away(people: People, advisor: Client) -> None:
    at = timezone.now() - timedelta(days=1)
    happened(
        people,
        people.own,
        *[NewEvent("job_match_sent", at - timedelta(days=place), {"count": place + 1}) for place in range(30)],
    )
    page = read(advisor, page_of(people.own))
    assert "Vis 5 tidligere hendelser" in page
    assert "30 stillinger sendt" not in page
    assert "30 stillinger sendt" in read(advisor, page_of(people.own, "?tidslinje=alt"))


def test_the_page_takes_as_many_queries_for_a_long_history_as_for_a_short_one(people: People, advisor: Client) -> None:
    registered(people, people.own)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert advisor.get(page_of(people.own)).status_code == 200
        return len(captured)

    happened(people, people.own, NewEvent("conversation", timezone.now(), {"channel": "phone"}))
    count()
    few = count()
    for place in range(3):
        registered(people, people.own, {"wishes": {"goal": f"mål {place}"}})
        happened(people, people.own, *[NewEvent("conversation", timezone.now(), {"channel": "phone"})] * 20)
    assert (few, count()) == (few, few)


def test_protection_is_told_to_the_cleared(people: People) -> None:
    cleared = logged_in(people.cleared)
    page = read(cleared, page_of(people.protected))
    assert "Strengt fortrolig adresse (kode 6)" in page
    assert "Si ikke til noen hvor personen bor" in page


def test_giving_to_another_is_offered_to_those_who_may(people: People) -> None:
    assert "Gi til en annen veileder" in read(logged_in(people.advisor), page_of(people.own))
    reviewer = logged_in(people.reviewer)
    reason_given(reviewer, people.own)
    assert "Gi til en annen veileder" not in read(reviewer, page_of(people.own))


# The reason


def reason_given(client: Client, person: Person, **changed: str) -> Any:
    sent = {"chosen": "asked", "text": "Personen ringte i dag", "request_id": request_id()} | changed
    return client.post(page_of(person, "begrunnelse/"), sent)


def test_ones_own_case_opens_at_once(people: People, advisor: Client) -> None:
    assert advisor.get(page_of(people.own)).status_code == 200
    assert advisor.get(page_of(people.own, "begrunnelse/")).status_code == 302
    assert logged_in(people.colleague).get(page_of(people.covered)).status_code == 200


def test_others_ask_why_first_and_then_open_for_the_day(people: People, advisor: Client) -> None:
    answer = advisor.get(page_of(people.of_office))
    assert answer.status_code == 302
    page = read(advisor, answer["Location"])
    for told in ("Ahmed Noor", "Du er ikke veileder for", "gjelder ut dagen", "Personen selv og personvernombudet"):
        assert told in page, told
    for hidden in ("17. mai 1990", "Fredrik Følger", "00 00 00 00"):
        assert hidden not in page
    assert reason_given(advisor, people.of_office)["Location"] == page_of(people.of_office)
    assert "Personen har tatt kontakt: Personen ringte i dag" in read(advisor, page_of(people.of_office))
    with working_as_owner():
        opened = Opening.objects.get(page="advisor:person", person=people.of_office)
        assert (opened.relation, opened.reason.chosen if opened.reason else "") == ("office", "asked")


def test_the_next_day_asks_again(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past eleven in Oslo
    for moment, status in ((evening, 302), (evening + timedelta(minutes=29), 200), (evening + timedelta(hours=1), 302)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        advisor = logged_in(people.advisor)
        assert advisor.get(page_of(people.of_office)).status_code == status
        if moment == evening:
            reason_given(advisor, people.of_office)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"chosen": ""}, "Velg et svar under «Hvorfor åpner du siden?»"),
        ({"chosen": "curious"}, "Velg et"),
        ({"text": ""}, "Skriv med egne ord"),
        ({"text": "fordi"[:4]}, "minst fem tegn"),
        ({"text": "x" * 201}, "høyst 200 tegn"),
    ],
)
def test_a_reason_is_chosen_and_said(people: People, advisor: Client, changed: dict[str, str], told: str) -> None:
    answer = reason_given(advisor, people.of_office, **changed)
    assert answer.status_code == 200
    assert told in text_of(answer.content.decode())
    assert not Reason.objects.exists()
    assert advisor.get(page_of(people.of_office)).status_code == 302


def test_the_same_reason_sent_twice_is_one(people: People, advisor: Client) -> None:
    for _ in range(2):
        assert reason_given(advisor, people.of_office).status_code == 302
    with working_as_owner():
        assert Reason.objects.count() == 1


def test_one_comes_to_where_one_was_going_and_nowhere_else(people: People, advisor: Client) -> None:
    there = page_of(people.of_office, "innsyn/")
    assert advisor.get(there)["Location"].endswith("begrunnelse/?next=" + there.replace("/", "%2F"))
    assert reason_given(advisor, people.of_office, next=there)["Location"] == there
    for elsewhere in ("https://example.org/", "//example.org", page_of(people.own), "javascript:alert(1)"):
        assert reason_given(advisor, people.of_team, next=elsewhere)["Location"] == page_of(people.of_team)


def test_hidden_people_have_no_reason_page(people: People, advisor: Client) -> None:
    for person in (people.other, people.protected, people.newcomer):
        assert advisor.get(page_of(person, "begrunnelse/")).status_code == 404
        assert reason_given(advisor, person).status_code == 404
    with working_as_owner():
        assert not Opening.objects.exists()


# Contact details and safety

CONTACT = {
    "phone": "22 22 22 22", "email": "", "address": "Gata 1", "postal_code": "0123", "postal_place": "Lillevik",
    "preferred": "phone", "language": "pl", "interpreter": "on", "interpreter_language": "pl",
}  # fmt: skip


def test_contact_details_are_edited(people: People, advisor: Client) -> None:
    answer = advisor.post(
        page_of(people.own, "kontaktopplysninger/"), CONTACT | {"version": 1, "request_id": request_id()}
    )
    assert answer.status_code == 302
    page = read(advisor, page_of(people.own))
    for told in ("22 22 22 22", "Polsk", "Tolk", "0123"):
        assert told in page, told


def test_two_who_edit_never_overwrite_each_other_silently(people: People, advisor: Client) -> None:
    address = page_of(people.own, "kontaktopplysninger/")
    advisor.post(address, CONTACT | {"version": 1, "request_id": request_id()})
    late = CONTACT | {"version": 1, "phone": "33 33 33 33", "request_id": request_id()}
    answer = advisor.post(address, late)
    assert answer.status_code == 200
    page = text_of(answer.content.decode())
    assert "Noen andre har endret opplysningene mens du skrev" in page
    assert "Lagret nå: 22 22 22 22 Du skrev: 33 33 33 33" in page
    with working_as_owner():
        assert ContactDetails.objects.get(person=people.own).phone == "22 22 22 22"
    html = answer.content.decode()
    assert 'value="33 33 33 33"' in html
    assert advisor.post(address, late | {"version": 2}).status_code == 302
    with working_as_owner():
        assert ContactDetails.objects.get(person=people.own).phone == "33 33 33 33"


def test_the_same_details_sent_twice_are_one_change(people: People, advisor: Client) -> None:
    sent = CONTACT | {"version": 1, "request_id": request_id()}
    for _ in range(2):
        assert advisor.post(page_of(people.own, "kontaktopplysninger/"), sent).status_code == 302
    with working_as_owner():
        assert ContactDetails.objects.get(person=people.own).version == 2


def test_somebody_nothing_is_known_of_gets_details(people: People, advisor: Client) -> None:
    with working_as_owner():
        ContactDetails.objects.filter(person=people.own).delete()
    assert "Vi vet ikke hvordan personen vil kontaktes" in read(advisor, page_of(people.own))
    sent = CONTACT | {"version": 0, "request_id": request_id()}
    assert advisor.post(page_of(people.own, "kontaktopplysninger/"), sent).status_code == 302
    assert "22 22 22 22" in read(advisor, page_of(people.own))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"phone": ""}, "siden personen helst vil kontaktes slik"),
        ({"preferred": "email"}, "siden personen helst vil kontaktes slik"),
        ({"email": "nei"}, "hel e-postadresse"),
        ({"postal_code": "12"}, "fire siffer"),
        ({"interpreter_language": ""}, "hvilket språk tolken"),
    ],
)
def test_details_that_do_not_fit_are_told(people: People, advisor: Client, changed: dict[str, str], told: str) -> None:
    sent = CONTACT | changed | {"version": 1, "request_id": request_id()}
    answer = advisor.post(page_of(people.own, "kontaktopplysninger/"), sent)
    assert told in text_of(answer.content.decode())


def flagged(client: Client, person: Person, advice: str = "Vær to på møtet", days: int = 30) -> Any:
    last = timezone.localdate() + timedelta(days=days)
    sent = {"advice": advice, "last_day": f"{last:%d.%m.%Y}", "request_id": request_id()}
    return client.post(page_of(person, "sikkerhetsvarsel/"), sent)


def test_a_safety_flag_is_set_for_a_time_and_lifted(people: People, advisor: Client) -> None:
    for _ in range(2):
        assert flagged(advisor, people.own).status_code == 302
    assert "Vær to på møtet" in read(advisor, page_of(people.own))
    with working_as_owner():
        flag = SafetyFlag.objects.get()
    assert flag.set_by_id == people.advisor.pk
    assert advisor.post(page_of(people.own, "sikkerhetsvarsel/"), {"flag": flag.pk}).status_code == 302
    with working_as_owner():
        flag.refresh_from_db()
    assert (flag.last_day, flag.lifted_by_id) == (timezone.localdate(), people.advisor.pk)


def test_a_flag_is_not_for_ever_nor_for_yesterday(people: People, advisor: Client) -> None:
    for days, told in ((400, "høyst et år fram"), (-1, "fra i dag av")):
        assert told in text_of(flagged(advisor, people.own, days=days).content.decode())
    assert "minst fem tegn" in text_of(flagged(advisor, people.own, advice="Nei").content.decode())
    assert not SafetyFlag.objects.exists()


def test_anothers_flag_is_not_lifted_from_here(people: People, advisor: Client) -> None:
    with working_as_owner():
        flag = SafetyFlag.objects.create(
            person=people.of_team, advice="Vær to", first_day=date(2026, 1, 1), set_by=people.leader
        )
    advisor.post(page_of(people.own, "sikkerhetsvarsel/"), {"flag": flag.pk})
    with working_as_owner():
        flag.refresh_from_db()
    assert flag.last_day is None


@pytest.mark.parametrize("flag", ["²", "9" * 5_000, "9" * 19, "9" * 18, "-1", "x"])
def test_what_is_no_flag_lifts_none(people: People, advisor: Client, flag: str) -> None:
    assert advisor.post(page_of(people.own, "sikkerhetsvarsel/"), {"flag": flag}).status_code in {200, 302}


# Registering together

REGISTER = "/kontor/lillevik/registrer/"


def new_person(number: str, given: str = "Nina", family: str = "Ny") -> dict[str, str]:
    return {"number": number, "given_name": given, "family_name": family, "request_id": request_id()}


def test_somebody_new_is_made_here_and_the_steps_begin(people: People, advisor: Client) -> None:
    number = synthetic(date(1999, 1, 2), "female", 4)
    answer = advisor.post(REGISTER, new_person(f"{number[:6]} {number[6:]}"))
    assert answer.status_code == 302
    assert re.fullmatch(r"/kontor/lillevik/personer/[0-9a-f-]{36}/registrering/about_you/", answer["Location"])
    assert advisor.get(answer["Location"]).status_code == 200
    with working_as_owner():
        made = Identity.objects.select_related("person").get(number=number)
        assert made.person.office_id == people.town.small.office.pk
    assert advisor.post(REGISTER, new_person(number))["Location"] == answer["Location"]
    with working_as_owner():
        assert Identity.objects.filter(number=number).count() == 1


def test_together_they_fill_in_and_send(people: People, advisor: Client) -> None:
    begin = advisor.post(REGISTER, new_person(synthetic(date(1999, 1, 2), "female", 5)))["Location"]
    person = uuid.UUID(begin.split("/")[4])
    viewer = viewer_of(people.advisor)
    now = timezone.now()
    with seen_by(viewer):
        version = 0
        for step, data in ANSWERS.items():
            version = registration.save_step(
                actor=viewer, person=person, step=step, data=data, version=version, at=now
            ).version
    home = f"/kontor/lillevik/personer/{person}/"
    assert "jobb på lager" in read(advisor, f"{home}registrering/se-over/")
    sent = {"do": "submit", "version": version, "request_id": request_id()}
    for _ in range(2):
        assert advisor.post(f"{home}registrering/se-over/", sent).status_code == 302
    with seen_by(viewer):
        version_sent = latest(person)
        assert version_sent is not None
        assert (version_sent.source, version_sent.by_name, version_sent.number) == ("assisted", "Veileder", 1)
    page = read(advisor, home)
    assert "sammen med en ansatt" in page
    assert "Ingen veileder" in page


def test_somebody_known_here_leads_to_their_page(people: People, advisor: Client) -> None:
    with working_as_owner():
        number = str(Identity.objects.get(person=people.of_team).number)
    assert advisor.post(REGISTER, new_person(number))["Location"] == page_of(people.of_team)


def test_who_has_logged_in_and_registered_nowhere_is_taken_in(people: People, advisor: Client) -> None:
    number = synthetic(date(1999, 9, 9), "male", 1)
    with working_as_owner():
        Identity.objects.create(person=people.newcomer, number=number)
    begin = advisor.post(REGISTER, new_person(number))["Location"]
    assert begin == f"{page_of(people.newcomer)}registrering/about_you/"
    assert advisor.get(begin).status_code == 200
    with working_as_owner():
        assert Identity.objects.get(person=people.newcomer).given_name == "Nina"
        assert Person.objects.get(pk=people.newcomer.pk).office_id == people.town.small.office.pk
    elsewhere = logged_in(people.other_advisor).post(REGISTER.replace("lillevik", "storhavn"), new_person(number))
    assert "Personen kan ikke registreres her" in text_of(elsewhere.content.decode())


def test_one_who_has_logged_in_and_not_registered_is_taken_in(people: People, advisor: Client) -> None:
    number = synthetic(date(1999, 9, 9), "male", 1)
    with working_as_owner():
        Identity.objects.create(person=people.newcomer, number=number)
    assert advisor.post(REGISTER, new_person(number))["Location"] == page_of(people.newcomer, "registrering/about_you/")
    assert advisor.get(page_of(people.newcomer, "registrering/about_you/")).status_code == 200


def test_who_may_not_be_registered_here_is_told_alike_and_not_why(people: People, advisor: Client) -> None:
    """Known at another office, or protected here: one answer, and nobody named."""
    answers = set()
    for person in (people.other, people.protected):
        with working_as_owner():
            number = str(Identity.objects.get(person=person).number)
        page = text_of(advisor.post(REGISTER, new_person(number)).content.decode())
        assert "Personen kan ikke registreres her" in page
        answers.add(page)
    assert len(answers) == 1
    assert "Storhavn" not in answers.pop()
    with working_as_owner():
        looked_up = Opening.objects.filter(page="advisor:register", kind="searched")
        assert looked_up.count() == 2
        assert all(about.endswith(" *****") for about in looked_up.values_list("about", flat=True))


@pytest.mark.parametrize(
    ("number", "told"),
    [("123", "elleve siffer"), ("01810012345", "Kontrollsifrene"), ("99999999999", "Kontrollsifrene")],
)
def test_a_number_that_is_none_is_told(people: People, advisor: Client, number: str, told: str) -> None:
    assert told in text_of(advisor.post(REGISTER, new_person(number)).content.decode())
