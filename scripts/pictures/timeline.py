"""One case after another on a common time axis: its events, and under them each instance with its window and state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pictures.cases import Lane, Picture, events_of, standard_of
from pictures.svg import MARGIN, WIDTH, Sheet, width_of

from framdrift.events import Event
from framdrift.standard import Instance, evaluate
from framdrift.standard.calendar import OSLO, end_of_day, start_of_day
from framdrift.standard.model import Coverage
from framdrift.standard.timeline import moment
from framdrift.standard.words import KINDS, VALUES, on_date, word

_RIGHT = 690
_LINE = 15
_INSTANCE = 34
NO_INSTANCE = "no instance"


@dataclass(frozen=True)
class Held:
    """A lane with its events and what the standard makes of them."""

    lane: Lane
    events: tuple[Event, ...]
    instances: tuple[Instance, ...]
    as_of: date
    coverage: Coverage | None


def held(picture: Picture) -> tuple[Held, ...]:
    """Each lane of a picture, evaluated."""
    found = []
    for lane in picture.lanes:
        standard = standard_of({"Q": lane.rule or picture.rule})
        events = tuple(events_of(lane.log))
        if any(event.at > moment(picture.as_of) for event in events):
            raise ValueError(f"{picture.name}, {lane.told}: an event after the as-of day does not exist yet")
        pattern = standard.rules[0].pattern
        found.append(
            Held(
                lane,
                events,
                tuple(evaluate(standard, events, as_of=picture.as_of)),
                picture.as_of,
                pattern if isinstance(pattern, Coverage) else None,
            )
        )
    return tuple(found)


def told(case: Held) -> list[str]:
    """What a lane shows, in words: one line for each instance."""
    return [_in_words(instance, case) for instance in case.instances] or [f"{NO_INSTANCE}: nothing is asked"]


def label(event: Event) -> str:
    """An event's kind in words, with the attributes that a rule of the pictures looks at."""
    name = word(KINDS, event.kind, "en")
    if "parts" in event.attributes:
        parts = event.attributes["parts"]
        return f"{name} ({' '.join(map(str, parts)) if isinstance(parts, list) else parts})"
    if "form" in event.attributes:
        return f"{name} ({word(VALUES, str(event.attributes['form']), 'en')})"
    return name


def draw(picture: Picture) -> str:
    """The picture as SVG."""
    return _Drawing(picture).drawn()


class _Drawing:
    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._sheet = Sheet()
        self._first = start_of_day(picture.first)
        self._length = (end_of_day(picture.last) - self._first).total_seconds()

    def drawn(self) -> str:
        picture, sheet = self._picture, self._sheet
        cases = held(picture)
        sheet.text(MARGIN, 26, picture.title, bold=True)
        top = 62.0
        heights = [self._height(case) for case in cases]
        self._axis(top - 12, top + sum(heights) - 8)
        self._as_of(top - 12, top + sum(heights) - 8, picture.as_of)
        y = top
        for case, height in zip(cases, heights, strict=True):
            self._lane(case, y)
            y += height
        self._legend(y + 28)
        description = " ".join(
            f"{number}. {case.lane.told}. Events: {_events_in_words(case)}. {' '.join(f'{line}.' for line in told(case))}"
            for number, case in enumerate(cases, 1)
        )
        return sheet.finished(y + 46, picture.title, description)

    def _x(self, when: datetime) -> float:
        share = (when - self._first).total_seconds() / self._length
        if not 0 <= share <= 1:
            raise ValueError(f"{self._picture.name}: {when} lies outside the days drawn; a picture that cuts would lie")
        return MARGIN + share * (_RIGHT - MARGIN)

    def _axis(self, y: float, bottom: float) -> None:
        beyond = float(MARGIN)
        for day, name in _ticks(self._picture):
            x = self._x(start_of_day(day))
            self._sheet.line(x, y, x, bottom, "grid", width=1)
            if x >= beyond and x + width_of(name) < WIDTH:
                self._sheet.text(x + 2, y - 2, name, "soft")
                beyond = x + width_of(name) + 10

    def _as_of(self, y: float, bottom: float, day: date) -> None:
        x = self._x(moment(day))
        self._sheet.line(x, y, x, bottom, "open", width=1.5, dashes="2 3")
        self._sheet.text(x, bottom + 14, f"as of {_short(day)}", "open", "middle")

    def _height(self, case: Held) -> float:
        return 24 + _LINE * len(self._levels(case)) + 14 + _INSTANCE * max(len(case.instances), 1) + 10

    def _levels(self, case: Held) -> list[list[tuple[float, Event]]]:
        """Labels on as few levels as they fit on without touching, the lowest first."""
        levels: list[list[tuple[float, Event]]] = []
        for event in case.events:
            x = max(self._x(event.at), MARGIN + width_of(label(event)) / 2)
            fitting = (level for level in levels if _apart(level[-1], x, label(event)))
            level = next(fitting, None)
            if level is None:
                levels.append(level := [])
            level.append((x, event))
        return levels

    def _lane(self, case: Held, y: float) -> None:
        sheet = self._sheet
        levels = self._levels(case)
        sheet.text(MARGIN, y + 12, case.lane.told, bold=True)
        line = y + 24 + _LINE * len(levels) + 6
        sheet.line(MARGIN, line, _RIGHT, line, "soft", width=1)
        if case.coverage is not None:
            for start, end in _covered(case, case.coverage):
                sheet.bar(self._x(start), self._x(end), line - 3, 6, "met")
        # From the top down, so that the lines of the upper labels lie under the words of the lower ones.
        for level, labels in reversed(list(enumerate(levels))):
            for x, event in labels:
                height = line - 11 - _LINE * level
                sheet.line(self._x(event.at), height + 3, self._x(event.at), line, "soft", width=1)
                sheet.text(x, height, label(event), "ink", "middle")
        for event in case.events:
            sheet.disc(self._x(event.at), line, radius=3.5)
        row = line + 20
        if not case.instances:
            sheet.text(_RIGHT + 16, row + 4, NO_INSTANCE, "soft")
        for instance in case.instances:
            self._instance(instance, case, row)
            row += _INSTANCE

    def _instance(self, instance: Instance, case: Held, y: float) -> None:
        sheet, state = self._sheet, instance.state
        at = {event.event_id: event.at for event in case.events}
        target = None if instance.target is None else at[instance.target]
        last = min([event.at for event in case.events if event.kind == "ended"] or [moment(case.as_of)])
        start = self._x(instance.opened)
        if instance.due is not None:
            self._window(instance, y, start)
        elif target is not None:
            sheet.line(self._x(target), y, start, y, state, width=2)
        elif instance.closed != instance.opened:
            sheet.bar(start, self._x(instance.closed or last), y - 4, 8, "window")
        sheet.ring(start, y)
        if target is not None:
            sheet.disc(self._x(target), y, state)
        elif state == "missed" and (instance.closed or instance.due):
            settled = instance.closed or _end_of(instance)
            # What has no place of its own on the line stands beside the ring.
            sheet.cross(self._x(settled) + (14 if settled == instance.opened else 0), y)
        if state == "missed" and target is not None and instance.closed is not None:
            sheet.cross(self._x(instance.closed), y)
        sheet.text(_RIGHT + 16, y + 4, state, state, bold=True)

    def _window(self, instance: Instance, y: float, start: float) -> None:
        sheet, due = self._sheet, self._x(_end_of(instance))
        stopped = due if instance.state != "void" or instance.closed is None else self._x(instance.closed)
        sheet.bar(start, stopped, y - 4, 8, "window")
        if stopped < due:
            sheet.line(stopped, y, due, y, "soft", width=1, dashes="2 3")
            sheet.line(stopped, y - 7, stopped, y + 7, "void", width=2)
        if instance.closed is not None and self._x(instance.closed) > due:
            sheet.line(due, y, self._x(instance.closed), y, instance.state, width=1.5, dashes="4 3")
        sheet.line(due, y - 8, due, y + 8, "ink", width=2)
        words = f"due {_due(instance)}"
        sheet.text(min(due, WIDTH - width_of(words) / 2), y + 19, words, "soft", "middle")

    def _legend(self, y: float) -> None:
        sheet, x = self._sheet, float(MARGIN)
        coverage = any(case.coverage for case in held(self._picture))
        dated = any(instance.due for case in held(self._picture) for instance in case.instances)
        sheet.ring(x + 5, y - 4)
        x = self._key(x + 14, y, "what asks for it")
        sheet.disc(x + 5, y - 4)
        x = self._key(x + 14, y, "what answers it")
        sheet.cross(x + 5, y - 4, size=4)
        x = self._key(x + 14, y, "where it failed")
        if dated:
            sheet.bar(x, x + 22, y - 8, 8, "window")
            sheet.line(x + 22, y - 12, x + 22, y + 4, "ink", width=2)
            x = self._key(x + 30, y, "time given, and its last day")
        if coverage:
            sheet.bar(x, x + 22, y - 7, 6, "met")
            self._key(x + 28, y, "with an advisor")

    def _key(self, x: float, y: float, words: str) -> float:
        self._sheet.text(x, y, words, "soft")
        return x + width_of(words) + 14


def _apart(placed: tuple[float, Event], x: float, words: str) -> bool:
    return x - width_of(words) / 2 > placed[0] + width_of(label(placed[1])) / 2 + 6


def _end_of(instance: Instance) -> datetime:
    """The last instant that is in time."""
    if instance.due is None:
        return instance.opened
    return moment(instance.due)


def _covered(case: Held, pattern: Coverage) -> Iterator[tuple[datetime, datetime]]:
    """From each event that opens to the next that closes, or to the end of what is seen."""
    since: datetime | None = None
    for event in case.events:
        if pattern.opens.matches(event):
            since = since or event.at
        elif since and (pattern.closes.matches(event) or event.kind == "ended"):
            yield since, event.at
            since = None
    if since:
        yield since, moment(case.as_of)


def _ticks(picture: Picture) -> Iterator[tuple[date, str]]:
    day = picture.first
    while day <= picture.last:
        if picture.ticks == "days":
            yield day, f"{day:%a} {day.day}"
        elif picture.ticks == "weeks" and day.weekday() == 0:
            yield day, _short(day)
        elif picture.ticks == "months" and day.day == 1:
            yield day, f"{day:%b} {day:%y}" if day.month == 1 else f"{day:%b}"
        day += timedelta(days=1)


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _due(instance: Instance) -> str:
    if isinstance(instance.due, datetime):
        local = instance.due.astimezone(OSLO)
        return f"{_short(local.date())} {local:%H:%M}"
    return "" if instance.due is None else _short(instance.due)


def _events_in_words(case: Held) -> str:
    return ", ".join(f"{label(event)} on {on_date(event.at, 'en')}" for event in case.events)


def _in_words(instance: Instance, case: Held) -> str:
    events = {event.event_id: event for event in case.events}
    clock = isinstance(instance.due, datetime)
    words = f"asked by {label(events[instance.start])} on {on_date(instance.opened, 'en', clock=clock)}"
    if instance.due is not None:
        words += f", due {on_date(instance.due, 'en', clock=clock)}"
    if instance.target is not None:
        target = events[instance.target]
        words += f", {label(target)} on {on_date(target.at, 'en', clock=clock)}"
    told_of = {events[name].at for name in (instance.start, instance.target) if name is not None}
    if instance.closed is not None and instance.closed not in told_of:
        settled = next(event for event in case.events if event.at == instance.closed)
        words += f", {label(settled)} on {on_date(settled.at, 'en', clock=clock)}"
    return f"{words}: {instance.state}"
