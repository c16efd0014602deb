"""`framdrift demo`: two invented offices of a known practice, their conformity, and the site to look at them in."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import IO, TYPE_CHECKING, Annotated

import typer

from framdrift.cli.serve import HOST, Port, collect_static, database, require_free, site
from framdrift.cli.serve import stopping_on_signals as until_stopped

if TYPE_CHECKING:
    from framdrift.casework.conformity.judging import Judgement, Result
    from framdrift.simulation import Habits

# Not the seed that `framdrift simulate` starts from: a log made by it can be loaded beside the demo.
SEED = 2012
YEARS = 3


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    port: Port = 8000,
    *,
    serve: Annotated[bool, typer.Option(help="Serve the site until Ctrl-C, or leave it at making the offices.")] = True,
) -> None:
    """Make two demo offices, measure their conformity, and serve the site. What is there already is left as it is."""
    with until_stopped(), ExitStack() as held:
        ours = serve and held.enter_context(_alone(f"demo-{port}"))
        if ours:
            require_free(port)
        step = _Steps()
        with step("Starting the database"):
            held.enter_context(database())
        _set_up_django()
        with _taking_turns("demo"):
            _make(step)
            served = held.enter_context(site(port)) if ours else None  # it starts up while we measure and tell
            _measure(step)
        _tell_results()
        _tell_where(port)
        if served:
            served.run(lambda: typer.echo(f"Served at http://{HOST}:{port}/ until Ctrl-C."))
        elif serve:
            typer.echo(f"Another `framdrift demo` serves it at http://{HOST}:{port}/ already.")


def _set_up_django() -> None:
    """Here as the owner of the tables, who loads; the site that is served later runs as its own role."""
    import secrets

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "framdrift.site.settings")
    if os.environ.get("FRAMDRIFT_DEMO") != "public":
        os.environ["FRAMDRIFT_DEMO"] = "1"
    if os.environ.get("DATABASE_URL"):  # a server of one's own keeps a key beside its data
        os.environ.setdefault("FRAMDRIFT_SECRET_KEY", secrets.token_urlsafe(64))
    served_as = os.environ.get("FRAMDRIFT_DATABASE_ROLE")
    os.environ["FRAMDRIFT_DATABASE_ROLE"] = "framdrift_owner"
    django.setup()
    del os.environ["FRAMDRIFT_DATABASE_ROLE"]
    if served_as:
        os.environ["FRAMDRIFT_DATABASE_ROLE"] = served_as


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Whether no other process is inside; held until this one leaves."""
    with _lock_file(name) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _taking_turns(name: str) -> Iterator[None]:
    with _lock_file(name) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            typer.echo("Waiting for another that makes the same demo …", err=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock_file(name: str) -> IO[bytes]:
    from framdrift.database import data_folder

    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / f"{name}.lock").open("ab")


class _Steps:
    """What is being done: a bar on a terminal, a plain line elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True)

    @contextmanager
    def __call__(self, what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        if not self._console.is_terminal:
            typer.echo(f"{what} …", err=True)
            yield lambda _: None
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            bar = progress.add_task(what, total=total)
            yield lambda done: progress.advance(bar, done)
        self._console.print(f"[green]✓[/green] {what}", highlight=False)


def _make(step: _Steps) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from framdrift.casework.demonstration.actions import offer_personas
    from framdrift.simulation import load_habits, shipped

    with step("Bringing the database up to date"):
        call_command("migrate", interactive=False, verbosity=0)
    end = timezone.localdate() - timedelta(days=1)
    start = end.replace(year=end.year - YEARS, day=1)
    for name in shipped():
        habits = load_habits(name)
        _make_office(habits, start, end, step)
        _put_people_behind(habits, start, step)
    offer_personas(now=timezone.now())
    with step("Laying out the pages' files"):
        collect_static()


def _make_office(habits: Habits, start: date, end: date, step: _Steps) -> None:
    """Staff and their years of events, until yesterday; the office stands in the database whole or not at all."""
    from django.db import transaction

    from framdrift.casework.journal.loading import load
    from framdrift.casework.offices.queries import office_exists
    from framdrift.events import Log
    from framdrift.simulation import cases_of_one_office, simulate

    if office_exists(habits.office.code):
        return
    cases = cases_of_one_office(habits, start, end)
    with step(f"Simulating {habits.office.name}: {cases} job-seekers, {len(habits.advisors)} advisors, {YEARS} years"):
        log = Log.of_batches(simulate(habits, cases=cases, seed=SEED, start=start, end=end))
    with log, transaction.atomic():
        total = log.connection.execute("SELECT count(*) FROM log").fetchall()[0][0]
        with step(f"Writing {total} events to the journal", total) as advance:
            _employ(habits, start)
            load(log, progress=advance)


def _put_people_behind(habits: Habits, start: date, step: _Steps) -> None:
    """Where they are missing: a demo that an earlier version made gets what it lacks."""
    from django.utils import timezone

    from framdrift.casework.demonstration.actions import give_people, set_going

    with step(f"Putting people behind the cases of {habits.office.name}"):
        _employ(habits, start)
        set_going(office=habits.office.code, now=timezone.now())
        give_people(office=habits.office.code, now=timezone.now())


def _employ(habits: Habits, first_day: date) -> None:
    from framdrift.casework.demonstration.actions import employ_everybody

    office = habits.office
    employ_everybody(
        office=office.code,
        name=office.name,
        teams={team.code: team.name for team in office.teams},
        advisors={advisor.code: advisor.team for advisor in habits.advisors},
        first_day=first_day,
    )


def _measure(step: _Steps) -> None:
    from django.utils import timezone

    from framdrift.casework.conformity import actions, queries
    from framdrift.standard import standard_in_force

    standard = standard_in_force(timezone.localdate()).id
    measured = {head.office.code for head in queries.latest_heads(standard)}
    for office in queries.offices():
        if office.code not in measured:
            with step(f"Measuring {office.name} against {standard}"):
                asked, _ = actions.request(actor=None, office=office.code, standard=standard, at=timezone.now())
                actions.compute(asked, clock=timezone.now)


def _tell_results() -> None:
    """Each office's requirements: a table on a terminal, elsewhere one line each, of fixed words to search by."""
    from django.utils import timezone
    from rich.console import Console

    from framdrift.casework.conformity.judging import judge
    from framdrift.casework.conformity.queries import latest_heads, stored_figures
    from framdrift.standard import standard_in_force

    standard = standard_in_force(timezone.localdate())
    console = Console()
    for head in latest_heads(standard.id):
        judgement = judge(standard, stored_figures(head.id))
        if console.is_terminal:
            console.print(_table(f"{head.office.name}: {head.cases} cases held against {standard.id}", judgement))
            continue
        for result in judgement.results:
            typer.echo("  ".join((head.office.code, *_cells(result))))
        for yardstick, verdict in _overall(judgement):
            typer.echo(f"{head.office.code}  overall  {yardstick}  {verdict}")


def _table(title: str, judgement: Judgement) -> object:
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold")
    for heading in ("Requirement", "Yardstick", "Met", "Rate", "Verdict"):
        table.add_column(heading, justify="right" if heading in {"Met", "Rate"} else "left")
    for result in judgement.results:
        table.add_row(*_cells(result))
    table.add_section()
    for yardstick, verdict in _overall(judgement):
        table.add_row("Overall", yardstick, "", "", verdict)
    return table


def _cells(result: Result) -> tuple[str, str, str, str, str]:
    requirement, reading = result.rule.key
    rate = result.counts.rate if result.has_cases else None
    return (
        f"{requirement}/{reading}" if reading else requirement,
        result.rule.yardstick,
        f"{result.counts.met} of {result.counts.closed}",
        "–" if rate is None else f"{float(rate):.1%}",
        result.verdict or "–",
    )


def _overall(judgement: Judgement) -> list[tuple[str, str]]:
    return [("guideline", judgement.verdict("guideline")), ("intention", judgement.verdict("intention"))]


def _tell_where(port: int) -> None:
    from framdrift.casework.access.queries import personas

    typer.echo(f"\nLog in at http://{HOST}:{port}/logg-inn/ , without a password, as")
    for persona in personas():
        who = f"{persona.role.replace('_', ' ')} ({persona.office})" if persona.role else "job-seeker"
        typer.echo(f"  {persona.name}, {who}")
    typer.echo(f"The components are shown at http://{HOST}:{port}/komponenter/")
