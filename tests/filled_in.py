"""What somebody fills in, step by step, as a browser sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STEPS: Mapping[str, Mapping[str, Any]] = {
    "om-deg": {
        "given_name": "Jonas",
        "family_name": "Berg",
        "phone": "+47 00 00 00 00",
        "email": "jonas@eksempel.no",
        "preferred": "phone",
        "language": "nb",
        "interpreter": "no",
    },
    "situasjon": {
        "jobsituation": ["dismissed"],
        "since": "1.9.2026",
        "last_occupation-words": "lagermann på natt",
        "benefits": ["none"],
    },
    "utdanning": {
        "level": "4",
        "passed": "yes",
        "recognised": "yes",
        "educations-count": "1",
        "educations-0-title": "Fagbrev i logistikk",
        "educations-0-school": "Lillevik videregående",
        "educations-0-from_year": "2008",
        "educations-0-to_year": "2011",
    },
    "erfaring": {
        "jobs-count": "1",
        "jobs-0-title": "Lagermedarbeider",
        "jobs-0-employer": "Lillevik lager",
        "jobs-0-from_month": "8.2011",
        "jobs-0-to_month": "8.2026",
        "competence": "Truckførerkurs\nVarmottak",
        "languages-count": "1",
        "languages-0-language": "nb",
        "languages-0-spoken": "first_language",
        "languages-0-written": "first_language",
        "licences": ["B"],
    },
    "onsker": {
        "goal": "Fast jobb på lager",
        "occupations-words": "",
        "places": "Lillevik",
        "hours": "full",
        "arrangements": ["day"],
        "start": "now",
    },
    "helse-og-annet": {"health": "yes", "other": "no", "text": "Ryggen er vond etter tunge løft."},
    "hjelp": {"needs_help": "yes", "wants_contact": "yes", "wanted": ["courses"], "own_view": "some_help"},
}
