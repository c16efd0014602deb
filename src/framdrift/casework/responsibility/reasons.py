from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why somebody gets a case, or why nobody has it: the code that the event carries."""

    REGISTRATION = "registration", _("Ny sak")
    TAKEN = "taken", _("Veilederen tok saken selv")
    LEFT = "left", _("Veilederen har sluttet eller slutter")
    ABSENCE = "absence", _("Veilederen er lenge borte")
    LOAD = "load", _("Jevnere fordeling")
    WISH = "wish", _("Arbeidssøkeren ønsker en annen veileder")
    COMPETENCE = "competence", _("Trenger en veileder med annen kompetanse")
    IMPARTIALITY = "impartiality", _("Veilederen er inhabil")
    TAKEN_BACK = "taken_back", _("Fordelingen ble gjort om")
    OTHER = "other", _("Annet")


TO_CHOOSE = (
    Reason.REGISTRATION,
    Reason.LEFT,
    Reason.ABSENCE,
    Reason.LOAD,
    Reason.WISH,
    Reason.COMPETENCE,
    Reason.IMPARTIALITY,
    Reason.OTHER,
)
"""What whoever gives a case chooses among; the others say themselves."""
