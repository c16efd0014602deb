from typing import Any

from django.db.backends.postgresql import base
from psycopg.conninfo import conninfo_to_dict

from framdrift.database import database_url


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the embedded server when somebody connects, so that reading the settings (types, lint) starts nothing."""

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        if self.settings_dict.get("EMBEDDED"):
            address = conninfo_to_dict(database_url())
            parameters |= {key: address[key] for key in ("host", "port", "user") if key in address}
        return parameters
