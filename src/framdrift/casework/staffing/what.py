from __future__ import annotations

from django.db import models


class What(models.TextChoices):
    """What was changed about somebody who works at an office. The page has a sentence for each."""

    JOINED = "joined"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    MOVED = "moved"
    LEAVES = "leaves"
    STAYS = "stays"
    CLEARED = "cleared"
    CLEARANCE_ENDED = "clearance_ended"
    AWAY = "away"
    AWAY_CHANGED = "away_changed"
    AWAY_CANCELLED = "away_cancelled"
