"""A draft: begun by either, continued by the other, nothing typed lost, nothing overwritten silently."""

from __future__ import annotations

import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from conformity_reports import make_town
from django.db import connection
from people_of_the_town import People, make_people
from registered import CLEAR, TODAY, changed
from registration_cases import LATER, NOW, acting, citizen, draft_seen, fill, save, send
from walls import working_as_owner

from framdrift.casework.access.actions import RefusedError
from framdrift.casework.people.actions import name_person
from framdrift.casework.people.models import ContactDetails
from framdrift.casework.registration import actions, models, queries
from framdrift.casework.registration.actions import InvalidError, NoDraftError, StaleError
from framdrift.casework.registration.answers import LARGEST_STEP, STEPS, Problem


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


def test_looking_writes_nothing_and_shows_what_is_known(people):
    draft = draft_seen(people.own, people.own)
    assert (draft.version, draft.begun_at, draft.steps) == (0, None, {})
    assert draft.data("about_you") == {
        "given_name": "Ola",
        "family_name": "Østby",
        "phone": "00 00 00 00",
        "preferred": "phone",
        "language": "nb",
    }
    assert draft.unfinished == STEPS, "what is known is a suggestion until somebody saves it"
    with working_as_owner():
        assert not models.Draft.objects.exists()


def test_what_was_saved_is_there_the_next_time(people):
    save(people.own, people.own, "situation")
    draft = draft_seen(people.own, people.own)
    assert (draft.version, draft.begun_at, draft.updated_at) == (1, NOW, NOW)
    assert draft.data("situation") == CLEAR["situation"]
    assert draft.problems("situation") == {}
    assert draft.unfinished == tuple(step for step in STEPS if step != "situation")
    assert draft.answers is None


def test_what_is_not_right_is_kept_as_it_was_typed_and_told(people):
    typed = {"jobsituation": [], "since": "i fjor", "benefits": ["none"]}
    with pytest.raises(InvalidError) as told:
        save(people.own, people.own, "situation", typed)
    assert told.value.problems == {"jobsituation": Problem("required"), "since": Problem("not_a_date")}
    assert told.value.draft.version == 1


def test_what_is_not_right_is_there_the_next_time(people):
    """Told within the request that kept it: what the view catches takes nothing back."""
    typed = {"jobsituation": [], "since": "i fjor", "benefits": ["none"]}
    with acting(people.own) as actor, pytest.raises(InvalidError):
        actions.save_step(actor=actor, person=people.own.pk, step="situation", data=typed, version=0, at=NOW)
    draft = draft_seen(people.own, people.own)
    assert draft.data("situation") == typed
    assert set(draft.problems("situation")) == {"jobsituation", "since"}
    assert "situation" in draft.unfinished


def test_a_flood_is_refused_and_what_stood_there_stays(people):
    save(people.own, people.own, "help")
    flood = {"own_words": "x" * (LARGEST_STEP + 1)}
    with acting(people.own) as actor, pytest.raises(InvalidError) as told:
        actions.save_step(actor=actor, person=people.own.pk, step="help", data=flood, version=1, at=LATER)
    assert told.value.problems == {"": Problem("too_large")}
    assert draft_seen(people.own, people.own).data("help")["own_view"] == "manage_alone"


def test_a_step_of_another_name_is_a_mistake_of_ours(people):
    with pytest.raises(KeyError):
        save(people.own, people.own, "wages", {})


def test_the_person_and_staff_take_turns_and_who_did_what_is_kept(people):
    save(people.advisor, people.own, "about_you")
    save(people.own, people.own, "situation", at=LATER)
    save(people.own, people.own, "about_you", CLEAR["about_you"] | {"preferred": "phone"}, at=LATER)
    draft = draft_seen(people.own, people.own)
    assert [(each.step, each.by, each.name, each.assisted, each.at) for each in draft.contributions] == [
        ("about_you", str(people.advisor.code), "Veileder", True, NOW),
        ("situation", str(people.own.pk), "", False, LATER),
        ("about_you", str(people.own.pk), "", False, LATER),
    ]
    assert draft.version == 3


def test_a_form_that_rests_on_an_older_step_is_refused_with_what_stands_there_now(people):
    save(people.own, people.own, "wishes")
    seen = draft_seen(people.advisor, people.own)
    save(people.own, people.own, "wishes", CLEAR["wishes"] | {"goal": "Noe helt annet"})
    with pytest.raises(StaleError) as told:
        save(people.advisor, people.own, "wishes", CLEAR["wishes"] | {"hours": "part"}, version=seen.version)
    assert told.value.draft.data("wishes")["goal"] == "Noe helt annet"
    assert told.value.draft.version == 2
    assert draft_seen(people.own, people.own).data("wishes")["goal"] == "Noe helt annet"
    on_purpose = save(people.advisor, people.own, "wishes", version=told.value.draft.version)
    assert on_purpose.data("wishes")["goal"] == CLEAR["wishes"]["goal"]


def test_another_step_saved_meanwhile_is_no_conflict(people):
    seen = draft_seen(people.advisor, people.own)
    save(people.own, people.own, "wishes")
    draft = save(people.advisor, people.own, "hindrances", version=seen.version)
    assert set(draft.steps) == {"wishes", "hindrances"}


def test_a_double_click_has_one_effect(people):
    first = save(people.own, people.own, "wishes", version=0)
    again = save(people.own, people.own, "wishes", version=0, at=LATER)
    assert (first.version, again.version) == (1, 1)
    assert again.updated_at == NOW


def test_a_version_nobody_has_shown_is_refused(people):
    with pytest.raises(StaleError):
        save(people.own, people.own, "wishes", version=7)


def test_thrown_away_it_is_gone_and_no_old_form_writes_in_the_next_one(people):
    draft = fill(people.own, people.own)
    with acting(people.own) as actor, pytest.raises(StaleError):
        actions.discard(actor=actor, person=people.own.pk, version=draft.version - 1)
    for _ in range(2):
        with acting(people.own) as actor:
            actions.discard(actor=actor, person=people.own.pk, version=draft.version)
    assert draft_seen(people.own, people.own).steps == {}
    with acting(people.own):
        assert queries.draft_of(people.own.pk, today=TODAY) is None
    save(people.own, people.own, "wishes", CLEAR["wishes"] | {"goal": "På nytt"})
    with pytest.raises(StaleError):
        save(people.own, people.own, "wishes", version=draft.version)


def test_a_change_begins_from_what_was_sent_last_and_from_who_the_person_is_now(people):
    fill(people.own, people.own)
    send(people.own, people.own)
    with working_as_owner():
        name_person(person=people.own.pk, given_name="Solveig", family_name="Ås Lie")
        ContactDetails.objects.filter(person=people.own).update(phone="11223344")
    draft = draft_seen(people.own, people.own)
    assert (draft.begun_at, draft.based_on, draft.unfinished) == (None, 1, ())
    assert draft.data("about_you") == CLEAR["about_you"] | {
        "family_name": "Ås Lie",
        "phone": "11223344",
        "interpreter": False,
        "interpreter_language": None,
    }
    begun = save(people.own, people.own, "wishes", CLEAR["wishes"] | {"goal": "Lager"}, at=LATER + timedelta(days=1))
    assert (begun.based_on, begun.unfinished, begun.version) == (1, (), draft.version + 1)
    with pytest.raises(StaleError):
        save(people.own, people.own, "wishes", changed()["wishes"], version=draft.version - 1)


@pytest.mark.parametrize(
    "who", ["other_advisor", "leader", "reviewer", "administrator", "privacy_officer", "other", "of_team"]
)
def test_nobody_else_fills_in_throws_away_or_sends(people, who):
    draft = fill(people.own, people.own)
    somebody = getattr(people, who)
    with acting(somebody) as actor:
        with pytest.raises(RefusedError):
            actions.save_step(actor=actor, person=people.own.pk, step="wishes", data={}, version=draft.version, at=NOW)
        with pytest.raises(RefusedError):
            actions.discard(actor=actor, person=people.own.pk, version=draft.version)
    with pytest.raises(RefusedError):
        send(somebody, people.own, version=draft.version)


@pytest.mark.parametrize("who", ["advisor", "colleague", "team_lead"])
def test_advisors_and_team_leads_of_the_office_fill_in_with_the_person(people, who):
    assert save(getattr(people, who), people.own, "wishes").version == 1


def test_only_whoever_is_cleared_fills_in_with_a_protected_person(people):
    with pytest.raises(RefusedError):
        save(people.advisor, people.protected, "wishes")
    assert save(people.cleared, people.protected, "wishes").version == 1


WRITTEN_IN = {"wishes": "goal", "hindrances": "text", "help": "own_words"}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_order_things_are_done_in_nobody_overwrites_what_they_have_not_seen(people, seed):
    """The person and two of the staff, each with forms of their own that grow old, save, send and throw away."""
    chance = random.Random(seed)
    fill(people.own, people.own)
    send(people.own, people.own)
    seen = {somebody: draft_seen(somebody, people.own) for somebody in (people.own, people.advisor, people.team_lead)}
    refused = kept = 0
    for turn in range(60):
        somebody = chance.choice(list(seen))
        now = draft_seen(people.own, people.own)
        doing = chance.choices(["look", "save", "discard", "send"], [3, 8, 1, 1])[0]
        if doing == "look":
            seen[somebody] = now
            continue
        step = chance.choice(list(WRITTEN_IN))
        typed = {**now.data(step), WRITTEN_IN[step]: f"nummer {turn}"}
        shown = seen[somebody]
        is_current = shown.version == now.version
        try:
            with acting(somebody) as actor:
                changing = {"actor": actor, "person": people.own.pk, "version": shown.version}
                if doing == "save":
                    seen[somebody] = actions.save_step(step=step, data=typed, at=LATER, **changing)
                elif doing == "discard":
                    actions.discard(**changing)
                elif doing == "send":
                    actions.submit(office=None, at=LATER, request_id=uuid.uuid4(), **changing)
        except (StaleError, NoDraftError):
            assert not is_current or now.begun_at is None
            assert draft_seen(people.own, people.own) == now, "refused, and nothing written"
            refused += 1
            continue
        kept += 1
        if doing == "save":
            assert shown.data(step) == now.data(step), "written over something that was not shown"
    assert min(refused, kept) > 5


@pytest.mark.django_db(transaction=True)
def test_two_who_save_the_same_step_at_once_never_overwrite_each_other():
    """Two connections, both having seen the same draft: one is kept, the other is told."""
    people = make_people(make_town())
    somebody = citizen()
    for turn in range(6):
        seen = draft_seen(somebody, somebody)
        start = threading.Barrier(2)

        def write(goal: str, seen: int = seen.version, start: threading.Barrier = start) -> str:
            try:
                start.wait(timeout=20)
                save(somebody, somebody, "wishes", {"goal": goal}, version=seen)
                return "kept"
            except StaleError as stale:
                return str(stale.draft.data("wishes")["goal"])
            finally:
                connection.close()

        goals = [f"{turn} en", f"{turn} to"]
        with ThreadPoolExecutor(2) as pool:
            ended = list(pool.map(write, goals))
        assert sorted(ended)[-1] == "kept"
        kept = draft_seen(somebody, somebody).data("wishes")["goal"]
        assert ended == (["kept", goals[0]] if kept == goals[0] else [goals[1], "kept"])
    assert people.own.pk != somebody.pk
