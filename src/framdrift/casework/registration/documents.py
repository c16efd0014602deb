"""What has been taken from the national register: periods, each a case of ours, and the documents within them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class NationalPeriod(models.Model):
    """One period as job-seeker in the national register (`periodeId`), which is one case of ours.

    The register's documents do not say who the person is: the case has nobody until staff match it to a person.
    `version` counts the matches and their undoing, so that two who match at once do not overwrite each other.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField(null=True, help_text="As the register tells it; it may not.")
    version = models.IntegerField(default=1)
    request_id = models.UUIDField(null=True, help_text="Of the latest match, or its undoing.")
    matched_at = models.DateTimeField(null=True)
    matched_by = models.ForeignKey("offices.Staff", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], name="national_period_one_for_a_case"),
            models.CheckConstraint(name="national_period_version_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="national_period_matched_by_somebody",
                condition=Q(matched_at__isnull=True, matched_by__isnull=True)
                | Q(matched_at__isnull=False, matched_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["matched_by", "matched_at"], name="national_period_matched")]

    def __str__(self) -> str:
        return str(self.id)


class NationalDocument(models.Model):
    """One registration of the national register (`opplysningerOmArbeidssoekerId`), kept as it came.

    Never changed, but for a profiling that comes later than the registration it is of. `event` is the live event of the
    journal that tells of the document. The digests are of the content, whatever the order of its fields: a document
    that comes again is known by them.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    period = models.ForeignKey(NationalPeriod, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    registration = models.JSONField()
    registration_digest = models.BinaryField(max_length=32)
    around = models.JSONField(null=True, help_text="What stood around the registration, if anything did.")
    profiling = models.JSONField(null=True)
    profiling_digest = models.BinaryField(max_length=32, null=True)
    event = models.CharField(max_length=200, blank=True, default="")
    imported_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="national_document_profiling_digested",
                condition=Q(profiling__isnull=True, profiling_digest__isnull=True)
                | Q(profiling__isnull=False, profiling_digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
