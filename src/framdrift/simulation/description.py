"""An office's practice as data: everything a habits file says, and nothing that the code decides by itself.

Every key is explained in docs/simulation.md. The shipped files name the thesis chapter of each habit, or ``ours``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from framdrift.events.vocabulary import BENEFITS
from framdrift.simulation.expectations import (
    ByName,
    Code,
    Each,
    Number,
    OneOf,
    Part,
    Parting,
    Share,
    Some,
    Text,
    Whole,
)

# What a job-seeker truly needs, in rising order; the advisor sees it or does not.
NEEDS = ("standard", "situational", "specially_adapted", "permanently_adapted")
SUBSTITUTES = ("job_match", "sms", "email", "cv_review")
FIRST = ("asked", "first_conversation", "social_assistance", "youth", "long_term", "need")
WORK = ("decide", "answer", "converse", "job_match", "job_log", "transfer")
LOSSES = (
    "reception_shift",
    "payments",
    "housing",
    "debt_advice",
    "social_assistance",
    "interruptions",
    "training",
    "sickness",
    "other",
)
Chance = Annotated[float, Share()]
Named = Annotated[str, Code()]
MinuteCount = Annotated[float, Number(0, 600, "minutes")]
Days = Annotated[int, Whole(1, 3660, "days")]
Weekly = Annotated[float, Number(0, 0.5, "a week")]
Times = Annotated[float, Number(0, 10, "times")]


@dataclass(frozen=True, slots=True)
class Team:
    code: Named
    name: Annotated[str, Text()]


@dataclass(frozen=True, slots=True)
class Office:
    code: Named
    name: Annotated[str, Text()]
    size: Annotated[str, OneOf(("small", "large"))]
    teams: Annotated[tuple[Team, ...], Each(Part(Team), at_least=1)]


@dataclass(frozen=True, slots=True)
class Week:
    hours_a_day: Annotated[float, Number(1, 12, "hours")]
    vacation_weeks: Annotated[int, Whole(0, 20, "weeks")]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What each task takes of an advisor's time."""

    decision: MinuteCount
    clarifying: MinuteCount
    attempt: MinuteCount
    conversation: MinuteCount
    no_show: MinuteCount
    job_match: MinuteCount
    sms: MinuteCount
    email: MinuteCount
    cv_review: MinuteCount
    message: MinuteCount
    job_log: MinuteCount
    measure: MinuteCount
    plan: MinuteCount
    condition: MinuteCount
    transfer: MinuteCount
    assessment: MinuteCount
    complaint: MinuteCount


@dataclass(frozen=True, slots=True)
class Meeting:
    """A common meeting: how long after registration it is, for which share, and how many of those come."""

    after_days: Days
    invited: Chance
    attended: Chance
    invited_again: Chance


@dataclass(frozen=True, slots=True)
class Meetings:
    weekday: Annotated[int, Whole(1, 5, "(1 is Monday)")]
    information: Meeting
    workshop: Chance
    guidance: Meeting


@dataclass(frozen=True, slots=True)
class Course:
    """A labour-market measure: its places a month in the office, how long it lasts, and what it does."""

    code: Named
    places_a_month: Annotated[int, Whole(0, 1000, "places")]
    chosen: Annotated[float, Number(0, 100)]
    weeks: Annotated[int, Whole(1, 104, "weeks")]
    starts_after_days: Days
    completed: Chance
    finds_work: Chance


@dataclass(frozen=True, slots=True)
class Transfers:
    """How cases pass between the teams, and how they come back."""

    to_team: Named
    returned_unassessed: Chance
    returned_assessed: Chance
    proposed_again: Chance
    escalated_on_return: Annotated[int, Whole(1, 100, "returns")]
    escalated: Chance
    decided_after_days: Days
    gap: Chance
    gap_days: Days


@dataclass(frozen=True, slots=True)
class Loss:
    """What takes time meant for follow-up: how likely on a planned day, and how many hours of it."""

    to: Annotated[str, OneOf(LOSSES)]
    chance: Chance
    hours: Annotated[float, Number(0, 12, "hours")]


@dataclass(frozen=True, slots=True)
class Time:
    """The rota of an advisor: follow-up days planned, what they are lost to, and quiet minutes in reception."""

    office_days_a_week: Annotated[float, Number(0, 5, "days")]
    lost_to: Annotated[tuple[Loss, ...], Each(Part(Loss))]
    covers_absence: Chance
    reception_minutes: MinuteCount
    in_reception: Annotated[tuple[str, ...], Some(WORK)]


@dataclass(frozen=True, slots=True)
class Decisions:
    first: Annotated[str, OneOf(("always_standard", "usually_standard"))]
    contact_when_unclear: Chance
    contact_always: Chance
    by_phone: Chance
    attempts: Annotated[int, Whole(1, 10, "attempts")]
    waived_with_reason: Chance
    sees_need_in_registration: Chance
    sees_need_in_contact: Chance
    all_parts: Chance
    own_view_unheard: Chance
    own_view_heard: Chance
    says_first_was_wrong: Chance


@dataclass(frozen=True, slots=True)
class FollowUp:
    every_days: Days
    first_conversation_by_days: Days
    ahead_days: Annotated[int, Whole(0, 365, "days")]
    counts: Annotated[tuple[str, ...], Some(("conversation", "meeting", *SUBSTITUTES))]
    substitutes: Chance
    sees: Annotated[str, OneOf(("all", "those_who_ask"))]
    first: Annotated[tuple[str, ...], Some(FIRST)]
    puts_off_without_common_language: Chance
    in_person: Chance
    minutes_shared: Chance
    broken_off: Chance


@dataclass(frozen=True, slots=True)
class JobMatches:
    every_days: Days
    ahead_days: Annotated[int, Whole(0, 365, "days")]
    kept_up: Chance
    discussed: Chance


@dataclass(frozen=True, slots=True)
class Plans:
    calls_in: Chance
    made: Chance
    by: Annotated[Mapping[str, float], Parting(("jobseeker", "advisor", "both"))]
    mapped: Chance
    evaluated: Chance


@dataclass(frozen=True, slots=True)
class Measures:
    considered_after_days: Days
    considered_earlier: Chance
    granted: Annotated[Mapping[str, float], ByName(Share(), NEEDS)]
    refused: Chance
    priority: Annotated[float, Number(1, 10, "times")]
    own_view: Chance
    goal: Chance
    effect_fed_back: Chance


@dataclass(frozen=True, slots=True)
class JobLog:
    agreed: Chance
    every_days: Days
    answered: Chance


@dataclass(frozen=True, slots=True)
class Conditions:
    set: Chance
    notice: Chance
    statement: Chance
    legal_basis: Chance
    breach_followed: Chance
    second_advisor: Chance


@dataclass(frozen=True, slots=True)
class Participation:
    """Rungs of the ladder (thesis 5.2) as the advisor gives them, and how far the job-seeker's own lies from it."""

    rung: Annotated[float, Number(1, 8)]
    recorded: Chance
    jobseeker_differs: Annotated[float, Number(-7, 7)]
    jobseeker_recorded: Chance


@dataclass(frozen=True, slots=True)
class Recording:
    """How the journal is kept: written late, written wrong and put right, written twice and withdrawn."""

    late: Chance
    late_days: Days
    corrected: Chance
    twice: Chance


@dataclass(frozen=True, slots=True)
class Advisor:
    code: Named
    team: Named
    new_cases: Annotated[float, Number(0, 10)]
    time: Time
    work_order: Annotated[tuple[str, ...], Some(WORK)]
    decisions: Decisions
    follow_up: FollowUp
    job_matches: JobMatches
    plans: Plans
    measures: Measures
    job_log: JobLog
    conditions: Conditions
    participation: Participation
    messages_answered: Chance
    recording: Recording


@dataclass(frozen=True, slots=True)
class Exits:
    """Chances a week of leaving by what the person truly needs, and for what."""

    a_week: Annotated[Mapping[str, float], ByName(Number(0, 0.5), NEEDS)]
    to: Annotated[Mapping[str, float], Parting(("work", "education", "moved", "other"))]
    inactive_a_week: Weekly
    youth: Times
    without_common_language: Times
    after_half_a_year: Times


@dataclass(frozen=True, slots=True)
class JobSeekers:
    new_a_week: Annotated[float, Number(0.1, 100_000, "a week")]
    returning: Chance
    assisted: Chance
    ages: Annotated[Mapping[str, float], Parting(("18-24", "25-29", "30-49", "50-66"))]
    women: Chance
    benefits: Annotated[Mapping[str, float], Parting(BENEFITS)]
    second_benefit: Chance
    language: Annotated[Mapping[str, float], Parting()]
    interpreter: Chance
    need: Annotated[Mapping[str, float], Parting(NEEDS)]
    need_grows_a_week: Weekly
    says_need_grew: Chance
    unclear: Annotated[Mapping[str, float], ByName(Share())]
    wants_contact: Annotated[Mapping[str, float], ByName(Share(), NEEDS)]
    says_needs_help: Annotated[Mapping[str, float], ByName(Share(), NEEDS)]
    asks_a_week: Annotated[Mapping[str, float], ByName(Number(0, 1), NEEDS)]
    writes_a_week: Annotated[float, Number(0, 7)]
    reached: Chance
    shows_up: Chance
    delivers_job_log: Chance
    answers_condition: Chance
    complains: Chance
    confirms_every_days: Days
    exits: Exits


@dataclass(frozen=True, slots=True)
class Habits:
    """One office: who works there and how, and who comes."""

    habits: Named
    office: Office
    week: Week
    minutes: Minutes
    meetings: Meetings
    courses: Annotated[tuple[Course, ...], Each(Part(Course), at_least=1)]
    transfers: Transfers
    job_seekers: JobSeekers
    advisors: Annotated[tuple[Advisor, ...], Each(Part(Advisor), at_least=1)]
