"""What a registration asks, step by step: the fields, their limits and their codes. Why: `docs/registration.md`.

What may be left out may be: an answer that is missing makes a point unclear, which an advisor then asks about, and does
not stop anybody from registering. No Django here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import InitErrorDetails, ValidationError

from framdrift.casework.registration.fields import (
    EducationYear,
    Email,
    JobMonth,
    Line,
    LongLine,
    PastDay,
    PastMonth,
    PastYear,
    Phone,
    StyrkCode,
    Text,
    in_order,
    once,
    problem,
)
from framdrift.events.vocabulary import BENEFITS

YesNo = Literal["yes", "no", "unsure"]
Channel = Literal["phone", "sms", "email", "letter", "portal"]
Language = Literal[
    "nb", "nn", "en", "se", "nsl", "sv", "da", "fi", "de", "fr", "es", "pt", "it", "pl", "lt", "lv", "ro", "bg", "bs", "hr",
    "sr", "sq", "ru", "uk", "tr", "ku", "ar", "fa", "prs", "ps", "ur", "pa", "ta", "th", "vi", "tl", "zh", "my", "so",
    "ti", "am", "om", "sw", "rw", "other",
]  # fmt: skip
JobSituation = Literal[
    "quit", "dismissed", "laid_off", "never_worked", "not_worked_two_years", "just_finished_education", "wants_change",
    "unsure", "temporary_job", "part_time_wants_more", "new_job", "bankrupt", "other",
]  # fmt: skip
Benefit = Literal["dagpenger", "sosialhjelp", "aap", "kvp", "tiltakspenger", "overgangsstonad", "none"]
EducationLevel = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
Fluency = Literal["beginner", "good", "very_good", "first_language"]
Licence = Literal["AM", "A1", "A2", "A", "B", "B96", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE", "S", "T"]
Hours = Literal["full", "part", "either"]
Arrangement = Literal["day", "evening", "night", "shift", "weekend"]
Start = Literal["now", "within_month", "within_three_months", "later"]
Wanted = Literal["cv", "search", "courses", "work_practice", "health", "economy", "language", "other"]
OwnView = Literal["manage_alone", "some_help", "much_help"]

JOBSITUATIONS: tuple[str, ...] = get_args(JobSituation)
CHANNELS: tuple[str, ...] = get_args(Channel)
LANGUAGES: tuple[str, ...] = get_args(Language)
LEVELS: tuple[str, ...] = get_args(EducationLevel)
FLUENCIES: tuple[str, ...] = get_args(Fluency)
LICENCES: tuple[str, ...] = get_args(Licence)
HOURS: tuple[str, ...] = get_args(Hours)
ARRANGEMENTS: tuple[str, ...] = get_args(Arrangement)
STARTS: tuple[str, ...] = get_args(Start)
WANTED: tuple[str, ...] = get_args(Wanted)
OWN_VIEWS: tuple[str, ...] = get_args(OwnView)
YES_NO: tuple[str, ...] = get_args(YesNo)


def is_blank(value: Any) -> bool:
    """Nothing was typed: as an empty box sends it, or a row of empty boxes."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(map(is_blank, value.values()))
    return value is None


class Asked(BaseModel):
    """An empty box is no answer; a field that is not ours is refused. Answers stay out of errors and logs."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True)

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        return []

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, data: Any) -> Any:
        return {key: value for key, value in data.items() if not is_blank(value)} if isinstance(data, Mapping) else data

    def _refuse(self, field: str, code: str) -> ValidationError:
        """An error of one field that shows only when all of them are seen together."""
        return ValidationError.from_exception_data(
            type(self).__name__, [InitErrorDetails(type=problem(code), loc=(field,), input=getattr(self, field))]
        )


class Occupation(Asked):
    """A title, with its STYRK-08 code where it was found in the list; one's own words are kept without."""

    code: StyrkCode | None = None
    title: Line


class AboutYou(Asked):
    """How to reach somebody, and in which language, is theirs to say: what nobody answered is no answer of theirs."""

    given_name: Line
    family_name: Line
    phone: Phone = ""
    email: Email = ""
    preferred: Channel
    language: Language
    interpreter: bool
    interpreter_language: Language | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> AboutYou:
        needed = {"phone": "phone", "sms": "phone", "email": "email"}.get(self.preferred)
        if needed and not getattr(self, needed):
            raise self._refuse(needed, "needed_for_preferred")
        if self.interpreter and self.interpreter_language is None:
            raise self._refuse("interpreter_language", "required")
        return self


class Situation(Asked):
    jobsituation: Annotated[tuple[JobSituation, ...], AfterValidator(in_order(JOBSITUATIONS)), Field(min_length=1)]
    since: PastDay | None = None
    last_occupation: Occupation | None = None
    benefits: Annotated[tuple[Benefit, ...], AfterValidator(in_order(BENEFITS)), Field(min_length=1)]

    @model_validator(mode="after")
    def _none_stands_alone(self) -> Situation:
        if "none" in self.benefits and len(self.benefits) > 1:
            raise self._refuse("benefits", "none_with_others")
        return self


class Studies(Asked):
    """One education of a CV."""

    title: Line
    school: Line = ""
    from_year: PastYear | None = None
    to_year: EducationYear | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Studies:
        if self.from_year is not None and self.to_year is not None and self.to_year < self.from_year:
            raise self._refuse("to_year", "before_from")
        return self


class Education(Asked):
    """`level` is the first digit of the standard of education, NUS: the highest level completed or begun."""

    level: EducationLevel | None = None
    passed: YesNo | None = None
    recognised: YesNo | None = None
    educations: Annotated[tuple[Studies, ...], Field(max_length=20)] = ()


class Job(Asked):
    """One job of a CV, in whole months, which is what people remember. Without `to_month` it still runs."""

    title: Line
    employer: Line = ""
    place: Line = ""
    from_month: PastMonth
    to_month: JobMonth | None = None
    text: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> Job:
        if self.to_month is not None and self.to_month < self.from_month:
            raise self._refuse("to_month", "before_from")
        return self


class LanguageSkill(Asked):
    language: Language
    spoken: Fluency
    written: Fluency


class Experience(Asked):
    jobs: Annotated[tuple[Job, ...], Field(max_length=30)] = ()
    competence: Annotated[tuple[Line, ...], AfterValidator(once), Field(max_length=50)] = ()
    languages: Annotated[tuple[LanguageSkill, ...], Field(max_length=20)] = ()
    licences: Annotated[tuple[Licence, ...], AfterValidator(in_order(LICENCES))] = ()

    @model_validator(mode="after")
    def _each_language_once(self) -> Experience:
        if len({skill.language for skill in self.languages if skill.language != "other"}) < len(
            [skill for skill in self.languages if skill.language != "other"]
        ):
            raise self._refuse("languages", "twice")
        return self


class Wishes(Asked):
    goal: LongLine = ""
    occupations: Annotated[tuple[Occupation, ...], AfterValidator(once), Field(max_length=10)] = ()
    places: Annotated[tuple[Line, ...], AfterValidator(once), Field(max_length=20)] = ()
    hours: Hours | None = None
    arrangements: Annotated[tuple[Arrangement, ...], AfterValidator(in_order(ARRANGEMENTS))] = ()
    start: Start | None = None


class Hindrances(Asked):
    """Health is asked about only in so far as it stands in the way of work, and may be left unanswered."""

    health: YesNo | None = None
    other: YesNo | None = None
    text: Text = ""


class Help(Asked):
    needs_help: YesNo
    wants_contact: bool
    wanted: Annotated[tuple[Wanted, ...], AfterValidator(in_order(WANTED))] = ()
    own_view: OwnView | None = None
    own_words: Text = ""
