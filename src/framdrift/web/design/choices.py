"""What a reader chooses for the eyes: language and colours. Kept in cookies of theirs, nowhere else."""

from __future__ import annotations

from django.http import HttpRequest

COLOUR_SCHEME_COOKIE = "colour_scheme"
COLOUR_SCHEMES = ("auto", "light", "dark")
ONE_YEAR = 31_536_000


def colour_scheme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(COLOUR_SCHEME_COOKIE, "")
    return chosen if chosen in COLOUR_SCHEMES else COLOUR_SCHEMES[0]
