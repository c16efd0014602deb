from typing import ClassVar

from django.db import models

from framdrift.casework.offices.models import CODE_LENGTH

GENESIS = bytes(32)
"""The previous hash of a case's first event."""


class Case(models.Model):
    """One registration period. Its row is what a writer locks, so that no counter is shared between cases.

    `id` is the journal's `case_id`: opaque, ours a UUID, or whatever a loaded log calls the case. `opened_at` and
    `ended_at` are facts of the journal (its first `registered`, else its first event; its first `ended`), kept here
    because lists ask for them.
    """

    id = models.CharField(primary_key=True, max_length=CODE_LENGTH, db_collation="C")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("offices.Team", null=True, on_delete=models.PROTECT, related_name="+")
    advisor = models.ForeignKey("offices.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    protection = models.SmallIntegerField(default=0, help_text="The person's, which lists of cases are walled by.")
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    next_seq = models.BigIntegerField(default=1)
    chain_head = models.BinaryField(max_length=32, default=GENESIS)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="case_next_seq_from_one", condition=models.Q(next_seq__gte=1)),
            models.CheckConstraint(
                name="case_chain_head_is_sha256",
                condition=models.Q(
                    models.lookups.Exact(
                        models.Func("chain_head", function="OCTET_LENGTH", output_field=models.IntegerField()), 32
                    )
                ),
            ),
            models.CheckConstraint(
                name="case_has_team_only_in_office",
                condition=models.Q(team__isnull=True) | models.Q(office__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            # What the second wall and the lists of an office ask for: running cases by advisor, oldest first.
            models.Index(fields=["office", "advisor", "opened_at", "id"], name="case_of_office_advisor"),
            models.Index(
                fields=["office", "opened_at", "id"],
                condition=models.Q(advisor__isnull=True, ended_at__isnull=True),
                name="case_with_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.id
