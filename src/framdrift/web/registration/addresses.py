"""The steps as they stand in an address: ``<step:step>`` once this module is imported by a URL configuration."""

from __future__ import annotations

from django.urls import register_converter

SLUGS = {
    "about_you": "om-deg",
    "situation": "situasjon",
    "education": "utdanning",
    "experience": "erfaring",
    "wishes": "onsker",
    "hindrances": "helse-og-annet",
    "help": "hjelp",
}
_STEPS = {slug: step for step, slug in SLUGS.items()}


class StepConverter:
    regex = "|".join(SLUGS.values())

    def to_python(self, value: str) -> str:
        return _STEPS[value]

    def to_url(self, value: str) -> str:
        return SLUGS[value]


register_converter(StepConverter, "step")
