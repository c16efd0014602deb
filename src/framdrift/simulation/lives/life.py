"""Who an invented person is and how to reach them: addresses, numbers and domains that are nobody's."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from framdrift.simulation.lives.names import STREETS, draw_name

_WITHOUT_NORWEGIAN_NUMBER = 0.2  # of those who registered in another language: they have a d-number as yet
_SHORTEST_YEAR = 365
_RESERVED = 0.05  # against digital letters
_PREFERRED = ("phone", "phone", "sms", "sms", "email", "portal", "portal", "letter")


@dataclass(frozen=True, slots=True)
class Registered:
    """The facts that the event `registered` tells of a person."""

    birth_year: int
    sex: str
    language: str
    interpreter: bool
    benefits: tuple[str, ...]
    wants_contact: bool
    needs_help: str
    unclear: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Life:
    given_name: str
    family_name: str
    sex: str
    birth_date: date
    has_d_number: bool
    phone: str
    email: str
    address: str
    postal_code: str
    postal_place: str
    preferred: str
    reserved: bool
    language: str
    interpreter: bool
    interpreter_language: str


def draw_life(person: str, facts: Registered, *, place: str) -> Life:
    """The same life for the same person each time. Telephone numbers begin with 1, postal codes are 0000, and the
    domain is one that nobody can have: none of them reaches anybody.
    """
    rng = Random(f"life/{person}")  # noqa: S311  drawn to be repeated, not to be kept secret
    given, family = draw_name(rng, sex=facts.sex, language=facts.language)
    reserved = rng.random() < _RESERVED
    understood = facts.language in ("nb", "nn")
    return Life(
        given_name=given,
        family_name=family,
        sex=facts.sex,
        birth_date=date(facts.birth_year, 1, 1) + timedelta(days=rng.randrange(_SHORTEST_YEAR)),
        has_d_number=not understood and rng.random() < _WITHOUT_NORWEGIAN_NUMBER,
        phone=f"1{rng.randrange(10**7):07}",
        email=f"{_plain(given)}.{_plain(family)}{rng.randrange(1, 100)}@example.org",
        address=f"{rng.choice(STREETS)} {rng.randrange(1, 90)}",
        postal_code="0000",
        postal_place=place,
        preferred=rng.choice(("phone", "letter")) if reserved else rng.choice(_PREFERRED),
        reserved=reserved,
        language=facts.language,
        interpreter=facts.interpreter,
        interpreter_language=facts.language if facts.interpreter else "",
    )


def _plain(name: str) -> str:
    """As people write their names in addresses of mail."""
    spelled = name.lower().replace("æ", "ae").replace("ø", "o").replace("ł", "l").replace("ı", "i").replace(" ", ".")
    bare = unicodedata.normalize("NFD", spelled)
    return "".join(letter for letter in bare if letter.isascii() and (letter.isalnum() or letter in ".-"))
