"""Logs written by hand, one line an event, so that a test can be counted with a finger on a calendar.

    2012-01-31 09:00 registered {"birth_year": 1980}
    2012-02-29       conversation

Local time; noon where none is written; an offset where the hour comes twice. `seq` is the line. After the attributes
may stand `office=0301`, `actor=a1`, `id=x`, `corrects=x`, `recorded=2012-03-01`.
"""

import json
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from framdrift.events import Event

OSLO = ZoneInfo("Europe/Oslo")
_LINE = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d\S*))? +([\w']+)(?: +(\{.*\}))?((?: +\w+=\S+)*)")


def instant(text):
    """An instant from a date, or a date and a time of day with or without an offset."""
    moment = datetime.fromisoformat(text if ":" in text else f"{text} 12:00")
    return (moment if moment.tzinfo else moment.replace(tzinfo=OSLO)).astimezone(UTC)


def events_of(text, case_id="c"):
    """The events of one case, in the order written."""
    events = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE.fullmatch(line)
        assert found, f"not an event: {line}"
        day, clock, kind, attributes, more = found.groups()
        told = dict(part.split("=") for part in more.split())
        at = instant(f"{day} {clock}" if clock else day)
        number = len(events) + 1
        events.append(
            Event(
                event_id=told.get("id", f"{case_id}-{number}"),
                case_id=case_id,
                kind=kind,
                at=at,
                seq=number,
                recorded_at=instant(told["recorded"]) if "recorded" in told else at,
                attributes=json.loads(attributes or "{}"),
                office=told.get("office"),
                actor=told.get("actor", "system"),
                corrects=told.get("corrects"),
            )
        )
    return events
