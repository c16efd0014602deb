"""Events of follow-up: their vocabulary, one event, and logs of them read and written in every format."""

from framdrift.events.errors import BadRow, LogError, UserError
from framdrift.events.event import ARROW_SCHEMA, Event, Json
from framdrift.events.log import Log, open_log
from framdrift.events.vocabulary import COLUMNS, KINDS, Attribute, Kind
from framdrift.events.writing import write_log

__all__ = [
    "ARROW_SCHEMA",
    "COLUMNS",
    "KINDS",
    "Attribute",
    "BadRow",
    "Event",
    "Json",
    "Kind",
    "Log",
    "LogError",
    "UserError",
    "open_log",
    "write_log",
]
