"""The pages of the registration, as a job-seeker meets them without any script."""

from __future__ import annotations

import html as entities
import re
import uuid
from typing import Any

import pytest
from conformity_reports import Town
from django.test import Client
from filled_in import STEPS
from hypothesis import given, settings
from hypothesis import strategies as st
from people_of_the_town import People, account_of, logged_in, make_people
from walls import working_as_owner

from framdrift.casework.journal.models import Event
from framdrift.casework.offices.models import Office
from framdrift.casework.people.models import Person
from framdrift.casework.registration.answers import as_typed, read_step
from framdrift.casework.registration.models import Draft, Version
from framdrift.web.registration.filled import LAYOUT, Filled
from framdrift.web.registration.summary import compared, lines

AT = "/min-side/registrering/"


@pytest.fixture
def people(town: Town) -> People:
    made = make_people(town)
    with working_as_owner():
        Office.objects.filter(code="lillevik").update(phone="00 00 00 00", opening_hours="9–15")
    return made


@pytest.fixture
def seeker(people: People) -> Client:
    return logged_in(people.newcomer)


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return entities.unescape(response.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def send(client: Client, step: str, data: Any = None, *, do: str = "next", version: str | None = None) -> Any:
    if version is None:
        version = hidden(shown(client, f"{AT}{step}/"), "version")
    return client.post(f"{AT}{step}/", {**(STEPS[step] if data is None else data), "version": version, "do": do})


def fill_in(client: Client) -> None:
    for step in STEPS:
        assert send(client, step).status_code == 302, step


def submit(client: Client, **data: str) -> Any:
    page = shown(client, f"{AT}gjennomgang/")
    sent = {"request_id": hidden(page, "request_id"), "version": hidden(page, "version"), "do": "submit", **data}
    return client.post(f"{AT}gjennomgang/", sent)


def rows(model: Any) -> Any:
    with working_as_owner():
        return list(model.objects.all())


def test_from_start_to_receipt(seeker: Client, people: People) -> None:
    assert f"{AT}om-deg/" in shown(seeker, AT)
    fill_in(seeker)
    review = shown(seeker, f"{AT}gjennomgang/")
    for text in ("Jonas", "Jeg har blitt sagt opp", "lagermann på natt", "Fagbrev i logistikk", "8.2011–8.2026"):
        assert text in review
    assert "Dette er ikke en søknad om penger" in review
    answer = submit(seeker, office="lillevik")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{AT}kvittering/")
    receipt = shown(seeker, f"{AT}kvittering/")
    for text in (
        "Du er registrert som arbeidssøker",
        "Et vedtak om hva slags hjelp du får",
        "00 00 00 00",
        "hverdager",
    ):
        assert text in receipt
    with working_as_owner():
        assert Person.objects.get(pk=people.newcomer.pk).office.code == "lillevik"
    assert [version.answers["experience"]["competence"] for version in rows(Version)] == [
        ["Truckførerkurs", "Varmottak"]
    ]


def test_each_step_says_where_one_is_and_leads_both_ways(seeker: Client) -> None:
    page = shown(seeker, f"{AT}utdanning/")
    assert "Steg 3 av 7" in page
    assert send(seeker, "utdanning", do="back").headers["Location"] == f"{AT}situasjon/"
    assert send(seeker, "utdanning", do="go:hindrances").headers["Location"] == f"{AT}helse-og-annet/"
    assert send(seeker, "utdanning", do="review").headers["Location"] == f"{AT}gjennomgang/"
    assert send(seeker, "utdanning", do="later").headers["Location"] == "/min-side/"
    assert "Lagret. Du kan fortsette når du vil" in shown(seeker, "/min-side/")
    assert seeker.get(f"{AT}finnes-ikke/").status_code == 404


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(seeker: Client) -> None:
    wrong = {**STEPS["om-deg"], "given_name": "", "phone": "12", "email": "jonas"}
    page = entities.unescape(send(seeker, "om-deg", wrong).content.decode())
    assert "3 ting må rettes" in page
    assert "Fyll ut «Fornavn»." in page
    assert 'href="#id_phone"' in page
    assert 'value="12"' in page
    assert "<title>Feil: " in page
    again = shown(seeker, f"{AT}om-deg/")  # kept, although it was wrong
    assert 'value="12"' in again
    assert 'value="Berg"' in again


def test_a_problem_of_a_row_names_the_row(seeker: Client) -> None:
    jobs = {"jobs-count": "2", "jobs-1-title": "Kokk", "jobs-1-from_month": "13.2020", "jobs-1-to_month": "1.2019"}
    page = entities.unescape(send(seeker, "erfaring", jobs).content.decode())
    assert "Jobb 1: «Fra måned»: Skriv måned.år" in page  # the empty row above it is gone
    assert 'href="#id_jobs-0-from_month"' in page


def test_rows_are_added_and_removed_without_script(seeker: Client) -> None:
    added = send(seeker, "erfaring", {}, do="add:jobs")
    assert added.headers["Location"] == f"{AT}erfaring/?ny=jobs"
    page = shown(seeker, f"{AT}erfaring/?ny=jobs")
    assert page.count("Fjern jobb") == 1
    assert "må rettes" not in page
    two = {"jobs-count": "2", "jobs-0-title": "Kokk", "jobs-0-from_month": "1.2020", "jobs-1-title": "Sjåfør"}
    assert send(seeker, "erfaring", two, do="remove:jobs:0").status_code == 302
    page = shown(seeker, f"{AT}erfaring/")
    assert "Kokk" not in page
    assert 'value="Sjåfør"' in page


def test_an_occupation_is_found_by_fragments_chosen_and_taken_away(seeker: Client) -> None:
    found = entities.unescape(send(seeker, "onsker", {"occupations-words": "sykepl"}, do="find").content.decode())
    assert "treff på «sykepl»" in found
    choice = re.search(r'value="(pick:occupations:\d{4}:sykepleier)"', found)
    assert choice
    assert send(seeker, "onsker", {"goal": "Ja"}, do=choice[1]).headers["Location"] == f"{AT}onsker/#occupations"
    page = shown(seeker, f"{AT}onsker/")
    assert 'name="occupations-title" value="sykepleier"' in page
    assert 'value="Ja"' in page
    kept = {"occupations-code": ["2223"], "occupations-title": ["sykepleier"], "occupations-words": "drageflyger"}
    assert send(seeker, "onsker", kept).headers["Location"] == f"{AT}helse-og-annet/"  # in one's own words
    page = shown(seeker, f"{AT}onsker/")
    assert re.findall(r'name="occupations-code" value="(\d*)"', page) == ["2223", ""]
    two = {"occupations-code": ["2223", ""], "occupations-title": ["sykepleier", "drageflyger"]}
    send(seeker, "onsker", two, do="unpick:occupations:0")
    assert re.findall(r'name="occupations-title" value="(.*?)"', shown(seeker, f"{AT}onsker/")) == ["drageflyger"]


def test_enter_in_the_search_searches_and_elsewhere_goes_on(seeker: Client) -> None:
    assert b"treff" in send(seeker, "onsker", {"occupations-words": "truck"}, do="enter").content
    assert send(seeker, "onsker", {"goal": "Jobb"}, do="enter").status_code == 302


def test_the_part_with_what_was_found_is_the_same_as_on_the_page(seeker: Client) -> None:
    page = send(seeker, "onsker", {"occupations-words": "truck"}, do="find").content.decode()
    part = seeker.post(f"{AT}yrker/", {"question": "occupations", "occupations-words": "truck"}).content.decode()
    assert part.strip() in page
    assert seeker.post(f"{AT}yrker/", {"question": "x"}).status_code == 404


def test_a_double_click_has_one_effect(seeker: Client) -> None:
    fill_in(seeker)
    page = shown(seeker, f"{AT}gjennomgang/")
    sent = {"request_id": hidden(page, "request_id"), "version": hidden(page, "version"), "office": "lillevik"}
    for _ in range(2):
        assert seeker.post(f"{AT}gjennomgang/", {**sent, "do": "submit"}).headers["Location"] == f"{AT}kvittering/"
    assert len(rows(Version)) == 1
    with working_as_owner():
        assert Event.objects.filter(kind="registered").count() == 1


def test_an_office_is_chosen_before_sending(seeker: Client) -> None:
    fill_in(seeker)
    page = entities.unescape(submit(seeker).content.decode())
    assert "Velg kontoret ditt." in page
    assert "Velg kontoret ditt." in entities.unescape(submit(seeker, office="finnes-ikke").content.decode())
    assert rows(Version) == []


def test_what_contradicts_itself_is_told_before_sending_and_what_nobody_answered_is_not_shown_as_answered(
    seeker: Client,
) -> None:
    send(seeker, "om-deg", {"given_name": "Jonas", "family_name": "Berg"}, do="later")
    send(seeker, "situasjon", {**STEPS["situasjon"], "benefits": ["none", "dagpenger"]}, do="later")
    assert "Velg enten «Ingen av disse» eller det du får." in shown(seeker, f"{AT}gjennomgang/")
    send(seeker, "situasjon", {**STEPS["situasjon"], "since": "31.2.2026"}, do="later")
    page = shown(seeker, f"{AT}gjennomgang/")
    assert "Datoen finnes ikke." in page
    assert page.index("Datoen finnes ikke.") < page.index("s-about_you"), "beside the way to the step"
    assert re.search(r"<dt>Trenger du tolk i samtaler\?</dt><dd><span class=.fd-sub.>Ikke besvart", page)


def test_what_is_longer_than_any_title_is_neither_offered_nor_looked_up(seeker: Client) -> None:
    page = entities.unescape(send(seeker, "onsker", {"occupations-words": "a" * 300}, do="find").content.decode())
    assert "kan ha høyst 100 tegn" in page
    assert f"Bruk «{'a' * 300}»" not in page
    assert 'maxlength="100"' in page


def test_nothing_is_sent_while_something_is_missing(seeker: Client) -> None:
    send(seeker, "om-deg")
    page = shown(seeker, f"{AT}gjennomgang/")
    assert "Noe mangler eller må rettes før du kan sende" in page
    assert "Send registreringen" not in page
    answer = seeker.post(
        f"{AT}gjennomgang/",
        {"request_id": str(uuid.uuid4()), "version": hidden(page, "version"), "do": "submit", "office": "lillevik"},
    )
    assert "Noe mangler fortsatt" in entities.unescape(answer.content.decode())
    assert seeker.post(f"{AT}gjennomgang/", {"do": "submit", "office": "lillevik"}).status_code == 400


def test_two_windows_overwrite_nothing_and_the_person_chooses(seeker: Client) -> None:
    version = hidden(shown(seeker, f"{AT}onsker/"), "version")
    assert send(seeker, "onsker", {"goal": "Fast jobb på lager"}, version=version).status_code == 302
    page = entities.unescape(send(seeker, "onsker", {"goal": "Bli kokk"}, version=version).content.decode())
    assert "Ingenting er skrevet over" in page
    assert "Fast jobb på lager" in page
    assert "Bli kokk" in page
    assert 'value="Fast jobb på lager"' in shown(seeker, f"{AT}onsker/")
    again = {
        "version": hidden(page, "version"),
        "typed": hidden(page, "typed").replace("&quot;", '"'),
        "do": "overwrite",
    }
    typed = re.search(r'name="typed" value="(.*?)"><button', page)
    assert typed
    assert seeker.post(f"{AT}onsker/", {**again, "typed": typed[1]}).status_code == 302
    assert 'value="Bli kokk"' in shown(seeker, f"{AT}onsker/")
    assert seeker.post(f"{AT}onsker/", {**again, "typed": "["}).status_code == 400
    assert seeker.post(f"{AT}onsker/", {**again, "typed": "[" * 100_000}).status_code == 400


def test_what_one_writes_is_saved_on_the_way_where_there_is_script(seeker: Client) -> None:
    first = hidden(shown(seeker, f"{AT}onsker/"), "version")
    kept = send(seeker, "onsker", {"goal": "Bli k"}, do="keep", version=first).content.decode()
    assert "Lagret " in kept
    version = hidden(kept, "version")
    assert send(seeker, "onsker", {"goal": "Bli kokk"}, version=version).status_code == 302
    assert 'value="Bli kokk"' in shown(seeker, f"{AT}onsker/")
    refused = send(seeker, "onsker", {"goal": "Bli baker"}, do="keep", version=version).content.decode()
    assert "Noe annet er lagret her" in refused
    assert 'value="Bli kokk"' in shown(seeker, f"{AT}onsker/")


def test_what_is_begun_goes_on_on_another_device(seeker: Client, people: People) -> None:
    send(seeker, "om-deg")
    other = logged_in(people.newcomer)
    assert "Fortsett der du slapp" in shown(other, "/min-side/")
    assert 'value="Berg"' in shown(other, f"{AT}om-deg/")
    assert "6 steg er igjen" in shown(other, "/min-side/")


def test_a_change_makes_a_new_version_and_says_what_changed(seeker: Client) -> None:
    fill_in(seeker)
    submit(seeker, office="lillevik")
    assert 'value="Fast jobb på lager"' in shown(seeker, f"{AT}onsker/")
    send(seeker, "onsker", {**STEPS["onsker"], "goal": "Bli truckfører"})
    assert "Du har endringer som ikke er sendt" in shown(seeker, "/min-side/")
    assert "Send endringene" in shown(seeker, f"{AT}gjennomgang/")
    assert submit(seeker).headers["Location"] == f"{AT}kvittering/"
    assert "Endringene er registrert" in shown(seeker, f"{AT}kvittering/")
    assert "Versjon 2" in shown(seeker, f"{AT}versjoner/")
    changes = shown(seeker, f"{AT}versjoner/2/endringer/")
    assert "Bli truckfører" in changes
    assert "Lillevik lager" not in changes
    assert "Fast jobb på lager" in shown(seeker, f"{AT}versjoner/1/")
    assert seeker.get(f"{AT}versjoner/3/").status_code == 404
    with working_as_owner():
        kinds = Event.objects.order_by("seq").values_list("kind", flat=True)
        assert list(kinds)[-2:] == ["registered", "registration_changed"]
    told = seeker.get(f"{AT}last-ned/").json()["registrations"]
    assert [each["number"] for each in told] == [2, 1]
    assert told[0]["answers"]["wishes"]["goal"] == "Bli truckfører"


def test_a_draft_is_thrown_away_by_choice_only(seeker: Client) -> None:
    send(seeker, "om-deg")
    page = shown(seeker, f"{AT}gjennomgang/")
    assert seeker.post(f"{AT}gjennomgang/", {"do": "discard", "version": "999"}).status_code == 200
    assert len([draft for draft in rows(Draft) if draft.begun_at]) == 1
    sent = {"do": "discard", "version": hidden(page.split("Slett utkastet")[-2], "version")}
    assert seeker.post(f"{AT}gjennomgang/", sent).headers["Location"] == "/min-side/"
    assert [draft for draft in rows(Draft) if draft.begun_at] == []


def test_nobody_meets_anybody_elses(people: People) -> None:
    for somebody in (people.advisor, people.leader, people.privacy_officer):
        assert logged_in(somebody).get(f"{AT}om-deg/").status_code == 404
    account_of(people.own)
    assert "Jonas" not in shown(logged_in(people.own), f"{AT}om-deg/")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
@settings(max_examples=200)
def test_whatever_was_kept_is_shown_again(data: st.DataObject) -> None:
    """A draft keeps what is not valid too, so that every page has to take it."""
    step = data.draw(st.sampled_from(sorted(LAYOUT)))
    kept = as_typed({name: data.draw(ANYTHING) for name in LAYOUT[step]})
    filled = Filled.of(step, kept)
    filled.show(read_step(step, kept, today=None)[1])
    for part in filled.parts:
        assert part.field is None or str(part.field)
        for form in part.rows.forms if part.rows else ():
            assert str(form)
    assert len(lines(step, kept)) in (len(LAYOUT[step]), len(LAYOUT[step]) - 1)
    assert compared(step, kept, kept) == []
    filled.typed()
