"""The roles that staff have in an office or a team."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who works in the system (domain.md 5); what each may see is decided in one place, `casework/access`."""

    ADVISOR = "advisor", _("veileder")
    TEAM_LEAD = "team_lead", _("teamleder")
    OFFICE_LEADER = "office_leader", _("kontorleder")
    DECISION_REVIEWER = "decision_reviewer", _("beslutter")
    PRIVACY_OFFICER = "privacy_officer", _("personvernombud")
    ANALYST = "analyst", _("analytiker")
    USER_REPRESENTATIVE = "user_representative", _("brukerrepresentant")
    ADMINISTRATOR = "administrator", _("administrator")


CASE_ROLES = (Role.ADVISOR, Role.TEAM_LEAD, Role.OFFICE_LEADER, Role.DECISION_REVIEWER)
"""The roles whose work is with cases. The others never meet a person: they read sums, logs, or the list of staff."""

APART = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
"""Roles that see no cases; whoever has one of them at an office has none there that does (domain.md 5)."""


def are_at_odds(roles: Iterable[Role]) -> bool:
    """Whether somebody would both see cases and have one of the roles that must not."""
    held = set(roles)
    return bool(held & APART and held & set(CASE_ROLES))


class Origin(models.TextChoices):
    """How a role came to be held: given by an administrator or leader here, or stated by the employer's login."""

    GIVEN = "given"
    STATED = "stated"
