"""Rows come by `actions.append` and by the owner's bulk load, and never change (triggers of migration 0001)."""

from typing import ClassVar

from django.db import models

from framdrift.casework.journal.fields import CurrentTransactionId, TransactionIdField
from framdrift.casework.offices.models import CODE_LENGTH


def _is_sha256(column: str) -> models.Q:
    octets = models.Func(column, function="OCTET_LENGTH", output_field=models.IntegerField())
    return models.Q(models.lookups.Exact(octets, 32))


class Event(models.Model):
    """One thing that happened: the columns of the published log (docs/journal.md), and how the row is chained.

    Office, team, actor and person are codes and no foreign keys: the row says what was true when it was written, and
    its hash covers those letters. `hash` is the SHA-256 of the row and of the hash of the row before it in the case.
    """

    pk = models.CompositePrimaryKey("case_id", "seq")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    event_id = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    person = models.CharField(max_length=CODE_LENGTH, null=True)
    office = models.CharField(max_length=CODE_LENGTH, null=True)
    team = models.CharField(max_length=CODE_LENGTH, null=True)
    actor = models.CharField(max_length=CODE_LENGTH)
    kind = models.CharField(max_length=CODE_LENGTH)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    corrects = models.CharField(max_length=CODE_LENGTH, null=True, db_collation="C")
    attributes = models.JSONField()
    hash = models.BinaryField(max_length=32)
    transaction = TransactionIdField(db_default=CurrentTransactionId(), editable=False)
    request_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event_id"], name="event_id_unique"),
            models.CheckConstraint(name="event_seq_from_one", condition=models.Q(seq__gte=1)),
            models.CheckConstraint(name="event_hash_is_sha256", condition=_is_sha256("hash")),
            models.CheckConstraint(name="event_kind_named", condition=~models.Q(kind="")),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "case"], name="event_office_case")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.kind}"


class Seal(models.Model):
    """All chain heads at one moment. `root` is the SHA-256 of the seal's file, which is kept outside the database.

    A chain alone cannot tell that its last events were cut off together with the case's chain head; a seal can.
    """

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    cases = models.BigIntegerField(help_text="Cases whose head moved since the seal before.")
    events = models.BigIntegerField(help_text="Events in the whole journal.")
    previous = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="seal_root_is_sha256", condition=_is_sha256("root")),
            models.CheckConstraint(name="seal_previous_is_sha256", condition=_is_sha256("previous")),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealedHead(models.Model):
    """The chain head of one case in one seal; listed in a seal only where it moved since the seal before."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="sealed_head_is_sha256", condition=_is_sha256("hash"))]
