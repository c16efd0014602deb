from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What came of one case in a redistribution; one that is not reached yet waits."""

    WAITING = "", _("venter")
    MOVED = "moved", _("flyttet")
    ENDED = "ended", _("saken er avsluttet")
    CHANGED = "changed", _("hadde fått en annen veileder imens")
    UNFIT = "unfit", _("veilederen kunne ikke ta saken lenger")
