"""The journal's vocabulary: every kind of event and what its attributes may hold.

Source: the published contract, docs/events.md section 1. Kinds that are not listed here are kept, counted and
reported, never dropped; their attributes are not judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

COLUMNS = (
    "event_id",
    "case_id",
    "person",
    "office",
    "team",
    "actor",
    "kind",
    "at",
    "recorded_at",
    "seq",
    "corrects",
    "attributes",
)
REQUIRED_COLUMNS = ("case_id", "kind", "at")

SYSTEM_ACTOR = "system"
OPENS_CASE = "registered"
CLOSES_CASE = "ended"
RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an attribute may hold: a JSON type, and the closed list of codes where the contract has one.

    ``codes`` of a list attribute are the codes of its items. An empty ``codes`` means any value of the type.
    """

    type: Literal["text", "integer", "boolean", "list"]
    codes: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event, with its known attributes by name."""

    name: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


def _codes(*values: str) -> Attribute:
    return Attribute("text", values)


TEXT = Attribute("text")
YES_OR_NO = Attribute("boolean")
COUNT = Attribute("integer", lowest=0)
# The ladder of participation, Arnstein as adapted in the thesis 5.2.
RUNG = Attribute("integer", lowest=1, highest=8)
INITIATIVE = _codes("jobseeker", "advisor")
GROUPS = (
    "standard",
    "situational",
    "specially_adapted",
    "graded_permanent",
    "permanently_adapted",
)
BENEFITS = ("dagpenger", "sosialhjelp", "aap", "kvp", "tiltakspenger", "overgangsstonad", "none")
MEETINGS = _codes("information", "job_workshop", "guidance", "job_club", "drop_in")
BY = _codes("jobseeker", "advisor", "both")
REGISTRATION = {
    "birth_year": Attribute("integer", lowest=1900),
    "sex": TEXT,
    "benefits": Attribute("list", BENEFITS),
    "language": TEXT,
    "interpreter": YES_OR_NO,
    "wants_contact": YES_OR_NO,
    "unclear": Attribute("list"),
    "needs_help": _codes("yes", "no", "unsure"),
    "source": _codes("online", "assisted", "import"),
}
ASSIGNMENT = {"advisor": TEXT, "team": TEXT, "previous": TEXT, "reason": TEXT}
CONDITION = {"legal_basis": TEXT, "purpose": TEXT}
CONSEQUENCE = {"by": TEXT}
MEASURE = {"measure": TEXT, "completed": YES_OR_NO}
TRANSFER = {"to_team": TEXT, "reason": TEXT}
COMPLAINT = {"outcome": TEXT}

_ATTRIBUTES: dict[str, dict[str, Attribute]] = {
    "registered": REGISTRATION,
    "registration_changed": REGISTRATION,
    "registration_confirmed": {"worked": YES_OR_NO, "continues": YES_OR_NO},
    "assigned": ASSIGNMENT,
    "unassigned": ASSIGNMENT,
    "contact": {
        "channel": _codes("in_person", "video", "phone", "sms", "email", "letter", "portal"),
        "direction": _codes("in", "out"),
        "form": _codes("message", "exchange", "attempt", "cv_review"),
        "initiative": INITIATIVE,
    },
    "conversation": {
        "channel": _codes("in_person", "video", "phone"),
        "rung_advisor": RUNG,
        "rung_jobseeker": RUNG,
        "minutes_shared": YES_OR_NO,
        "first": YES_OR_NO,
        "initiative": INITIATIVE,
        "broken_off": YES_OR_NO,
    },
    "meeting_attended": {"meeting": MEETINGS},
    "meeting_missed": {"meeting": MEETINGS},
    "contact_waived": {"reason": TEXT},
    "decision_made": {
        "group": _codes(*GROUPS, "needs_work_ability_assessment"),
        "first": YES_OR_NO,
        "parts": Attribute("list", ("a", "b", "c", "d", "e")),
        "own_view": YES_OR_NO,
        "reviewed_by": TEXT,
        "change": _codes("need_changed", "first_was_wrong", "other"),
    },
    "work_ability_assessment_started": {"group": _codes(*GROUPS)},
    "work_ability_assessment_completed": {"group": _codes(*GROUPS)},
    "request_stated": {"areas": Attribute("list")},
    "mapping_done": {"areas": Attribute("list")},
    "plan_created": {"by": BY},
    "plan_changed": {"by": BY},
    "plan_evaluated": {"by": BY},
    "job_match_sent": {"count": COUNT, "discussed": YES_OR_NO},
    "job_log_agreed": {"every_days": COUNT},
    "job_log_delivered": {},
    "job_log_answered": {},
    "condition_notice_given": CONDITION,
    "condition_statement_received": CONDITION,
    "condition_set": CONDITION,
    "condition_lifted": CONDITION,
    "consequence_proposed": CONSEQUENCE,
    "consequence_agreed": CONSEQUENCE,
    "consequence_effected": CONSEQUENCE,
    "measure_considered": {
        "outcome": _codes("granted", "refused", "not_needed", "unavailable"),
        "measure": TEXT,
        "goal": TEXT,
        "own_view": YES_OR_NO,
        "reason": TEXT,
    },
    "measure_started": MEASURE,
    "measure_ended": MEASURE,
    "measure_evaluated": MEASURE,
    "transfer_proposed": TRANSFER,
    "transfer_accepted": TRANSFER,
    "transfer_returned": {**TRANSFER, "assessed": YES_OR_NO},
    "transfer_escalated": TRANSFER,
    "transfer_decided": TRANSFER,
    "complaint_received": COMPLAINT,
    "complaint_acknowledged": COMPLAINT,
    "complaint_answered": COMPLAINT,
    "message_received": {},
    "message_answered": {},
    "ended": {"reason": _codes("work", "education", "moved", "clarified", "inactive", "other")},
}

KINDS: Mapping[str, Kind] = {name: Kind(name, attributes) for name, attributes in _ATTRIBUTES.items()}
