from typing import ClassVar

from django.db import models
from django.db.models import Q

from framdrift.casework.occupations.classification import LONGEST_NAME


class OccupationName(models.Model):
    """What Statistics Norway calls the occupations of a code: the classification STYRK-08 as it was loaded last.

    Nobody's data. All rows are of one load, whose moment they share.
    """

    code = models.CharField(primary_key=True, max_length=4)
    name = models.CharField(max_length=LONGEST_NAME)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="occupation_code_has_four_digits", condition=Q(code__regex=r"^[0-9]{4}$")),
            models.CheckConstraint(name="occupation_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
