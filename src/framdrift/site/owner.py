"""Working as the owner of the tables: migrations, loading, sealing. The pages never do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from framdrift.site.environment import role_option

OWNER = "framdrift_owner"


@contextmanager
def role_of_connection(connection: BaseDatabaseWrapper, role: str) -> Iterator[None]:
    """Connects anew as `role` (none: as the login itself) while inside. Not within a transaction."""
    options = connection.settings_dict["OPTIONS"]
    before = options["options"]
    kept = " ".join(part for part in before.replace("-c role", "-crole").split() if not part.startswith("-crole="))
    connection.close()
    options["options"] = f"{kept} {role_option(role)}".strip()
    try:
        yield
    finally:
        connection.close()
        options["options"] = before
