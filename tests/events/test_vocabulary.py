"""The vocabulary is the contract's table: kinds and codes, written here from the table."""

from framdrift.events import COLUMNS, KINDS

CODES = {
    ("registered", "source"): "online assisted import",
    ("registered", "benefits"): "dagpenger sosialhjelp aap kvp tiltakspenger overgangsstonad none",
    ("registered", "needs_help"): "yes no unsure",
    ("contact", "channel"): "in_person video phone sms email letter portal",
    ("contact", "direction"): "in out",
    ("contact", "form"): "message exchange attempt cv_review",
    ("contact", "initiative"): "jobseeker advisor",
    ("conversation", "channel"): "in_person video phone",
    ("meeting_attended", "meeting"): "information job_workshop guidance job_club drop_in",
    ("meeting_missed", "meeting"): "information job_workshop guidance job_club drop_in",
    ("decision_made", "group"): "standard situational specially_adapted graded_permanent permanently_adapted"
    " needs_work_ability_assessment",
    ("decision_made", "parts"): "a b c d e",
    ("decision_made", "change"): "need_changed first_was_wrong other",
    ("plan_created", "by"): "jobseeker advisor both",
    ("measure_considered", "outcome"): "granted refused not_needed unavailable",
    ("ended", "reason"): "work education moved clarified inactive other",
}


def test_columns():
    listed = "event_id case_id person office team actor kind at recorded_at seq corrects attributes"
    assert " ".join(COLUMNS) == listed


def test_codes():
    for (kind, attribute), codes in CODES.items():
        assert set(KINDS[kind].attributes[attribute].codes) == set(codes.split()), (kind, attribute)


def test_rungs_are_one_to_eight():
    for name in ("rung_advisor", "rung_jobseeker"):
        rung = KINDS["conversation"].attributes[name]
        assert (rung.type, rung.lowest, rung.highest) == ("integer", 1, 8)


def test_a_retraction_is_no_kind_of_its_own():
    assert "retracted" not in KINDS
