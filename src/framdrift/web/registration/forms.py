"""The questions of each step. What an answer must be, the registration itself decides (``casework.registration``).

These forms hold what was typed, also where it is wrong, and show it again; so every field takes any text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from framdrift.web.design.forms import PlainForm
from framdrift.web.registration import words
from framdrift.web.registration.words import Words

DAY = _("Skriv dag.måned.år, for eksempel 24.3.2026.")
MONTH = _("Skriv måned.år, for eksempel 3.2019.")


def line(label: Any, help_text: Any = "", **attributes: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, widget=forms.TextInput(attributes))


def several_lines(label: Any, help_text: Any = "", *, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=forms.Textarea({"rows": rows}), strip=False
    )


def one_of(label: Any, choices: Words, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=list(choices.items()), widget=forms.RadioSelect, required=False
    )


def listed(label: Any, choices: Words, help_text: Any = "") -> forms.ChoiceField:
    """For long lists only: radio buttons are easier to use, and show what there is."""
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=[("", _("Velg")), *choices.items()], required=False
    )


def some_of(label: Any, choices: Words, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class QuestionForm(PlainForm):
    needed: ClassVar[frozenset[str]] = frozenset()
    """What the registration cannot be sent without."""
    as_lines: ClassVar[frozenset[str]] = frozenset()
    """Lists that are written with one on each line."""

    def full_clean(self) -> None:
        """Nothing is judged here: the registration says what is wrong, and ``show`` puts it at its fields."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def is_optional(self, name: str) -> bool:
        return name not in self.needed

    def is_blank(self) -> bool:
        return not any(self.typed().values())

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, as the registration takes it."""
        return {name: self._typed(name) for name in self.fields}

    def _typed(self, name: str) -> Any:
        value = self[name].value()
        if name in self.as_lines:
            return [each for each in str(value or "").splitlines() if each.strip()]
        if isinstance(self.fields[name], forms.MultipleChoiceField):
            return list(value) if isinstance(value, list | tuple) else []
        return str(value or "")

    @classmethod
    def of(cls, data: Mapping[str, Any], *, prefix: str | None = None) -> Self:
        """The form as it shows ``data``, whether that is stored answers or what somebody typed."""
        return cls(initial={name: cls._shown(name, data.get(name)) for name in cls.base_fields}, prefix=prefix)

    @classmethod
    def _shown(cls, name: str, value: Any) -> Any:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if name in cls.as_lines:
            return "\n".join(map(str, value)) if isinstance(value, list) else value or ""
        return "" if value is None else as_written(name, value)


def as_written(name: str, value: Any) -> Any:
    """Stored dates day first, as one writes them; what is no stored date stays as it was typed."""
    parts = value.split("-") if isinstance(value, str) and name in DATES else ()
    if len(parts) in (2, 3) and all(part.isascii() and part.isdigit() for part in parts):
        return ".".join(str(int(part)) for part in reversed(parts))
    return value


DATES = frozenset({"since", "from_month", "to_month"})


class AboutYou(QuestionForm):
    needed = frozenset({"given_name", "family_name", "preferred", "language", "interpreter"})

    given_name = line(_("Fornavn"), autocomplete="given-name")
    family_name = line(_("Etternavn"), autocomplete="family-name")
    phone = line(_("Telefonnummer"), autocomplete="tel", inputmode="tel", **{"data-width": "phone"})
    email = line(_("E-post"), autocomplete="email", inputmode="email")
    preferred = one_of(_("Hvordan vil du helst at vi tar kontakt?"), words.CHANNELS)
    language = listed(_("Hvilket språk vil du helst bruke med oss?"), words.LANGUAGES)
    interpreter = one_of(_("Trenger du tolk i samtaler?"), words.YES_NO, _("Tolk er gratis for deg."))
    interpreter_language = listed(_("Hvis ja: tolk på hvilket språk?"), words.LANGUAGES)


class Situation(QuestionForm):
    needed = frozenset({"jobsituation", "benefits"})

    jobsituation = some_of(_("Hva passer for deg nå?"), words.JOB_SITUATIONS, _("Velg alt som passer."))
    since = line(_("Når begynte det?"), DAY, **{"data-width": "day"})
    benefits = some_of(
        _("Får du noe av dette nå?"),
        words.BENEFITS,
        _("Vi spør for å kunne gi rett hjelp. Svaret ditt her er ikke en søknad om penger."),
    )


class Education(QuestionForm):
    level = listed(_("Hva er den høyeste utdanningen din, fullført eller påbegynt?"), words.EDUCATION_LEVELS)
    passed = one_of(_("Er den bestått?"), words.YES_NO_UNSURE)
    recognised = one_of(
        _("Er den godkjent i Norge?"),
        words.YES_NO_UNSURE,
        _("Utdanning fra Norge er godkjent. Utdanning fra andre land må ofte godkjennes."),
    )


class Studies(QuestionForm):
    needed = frozenset({"title"})

    title = line(_("Utdanning"), _("For eksempel: fagbrev i logistikk"))
    school = line(_("Skole"))
    from_year = line(_("Fra år"), inputmode="numeric", **{"data-width": "year"})
    to_year = line(_("Til år"), inputmode="numeric", **{"data-width": "year"})


class Experience(QuestionForm):
    as_lines = frozenset({"competence"})

    competence = several_lines(
        _("Hva annet kan du?"), _("For eksempel kurs, dataprogrammer eller maskiner. Skriv én ting på hver linje.")
    )
    licences = some_of(_("Hvilke førerkort har du?"), words.LICENCES)


class Job(QuestionForm):
    needed = frozenset({"title", "from_month"})

    title = line(_("Stilling"), _("For eksempel: lagermedarbeider"))
    employer = line(_("Arbeidsgiver"))
    place = line(_("Sted"))
    from_month = line(_("Fra måned"), MONTH, **{"data-width": "year"})
    to_month = line(_("Til måned"), _("La feltet stå tomt hvis du fortsatt jobber der."), **{"data-width": "year"})
    text = several_lines(_("Hva gjorde du der?"), rows=2)


class LanguageSkill(QuestionForm):
    needed = frozenset({"language", "spoken", "written"})

    language = listed(_("Språk"), words.LANGUAGES)
    spoken = listed(_("Snakker"), words.FLUENCIES)
    written = listed(_("Skriver"), words.FLUENCIES)


class Wishes(QuestionForm):
    as_lines = frozenset({"places"})

    goal = line(_("Hva er målet ditt?"), _("Med egne ord, for eksempel: fast jobb på lager, helst på dagtid."))
    places = several_lines(_("Hvor kan du jobbe?"), _("Kommuner eller steder. Skriv ett sted på hver linje."), rows=3)
    hours = one_of(_("Hvor mye vil du jobbe?"), words.HOURS)
    arrangements = some_of(_("Når kan du jobbe?"), words.ARRANGEMENTS, _("Velg alt som går for deg."))
    start = one_of(_("Når kan du begynne?"), words.STARTS)


class Hindrances(QuestionForm):
    health = one_of(
        _("Har du helseplager som gjør det vanskelig å søke eller være i jobb?"),
        words.YES_NO_UNSURE,
        _("Du trenger ikke å si hva det er. Du kan la spørsmålet stå."),
    )
    other = one_of(
        _("Er det noe annet som gjør det vanskelig?"),
        words.YES_NO_UNSURE,
        _("For eksempel omsorg for andre, økonomi, bolig eller språk."),
    )
    text = several_lines(
        _("Vil du si mer om det?"), _("Skriv bare det du ønsker at veilederen skal vite. Ikke skriv om andre personer.")
    )


class Help(QuestionForm):
    needed = frozenset({"needs_help", "wants_contact"})

    needs_help = one_of(_("Trenger du hjelp for å komme i jobb?"), words.YES_NO_UNSURE)
    wants_contact = one_of(
        _("Vil du at en veileder tar kontakt med deg?"),
        words.YES_NO,
        _("Svarer du ja, skal vi ta kontakt før vi bestemmer hva slags hjelp du får."),
    )
    wanted = some_of(_("Hva vil du ha hjelp til?"), words.HELP, _("Velg alt som passer."))
    own_view = one_of(_("Hvordan ser du på det selv?"), words.OWN_VIEWS)
    own_words = several_lines(_("Noe mer vi bør vite?"), _("Med egne ord."))


FORMS: Mapping[str, type[QuestionForm]] = {
    "about_you": AboutYou,
    "situation": Situation,
    "education": Education,
    "experience": Experience,
    "wishes": Wishes,
    "hindrances": Hindrances,
    "help": Help,
}
