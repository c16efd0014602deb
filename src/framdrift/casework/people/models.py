import uuid

from django.db import models


class Person(models.Model):
    """A job-seeker as the journal knows them: an opaque id and nothing else, so that erasure never meets it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return str(self.id)
