"""The engine behind a log keeps quiet: standard output belongs to the command."""

from datetime import date

from framdrift.events import Log
from framdrift.standard import conformity, load


def draws_progress(connection):
    return connection.execute("select current_setting('enable_progress_bar')").fetchall() == [(True,)]


def test_no_progress_bar_is_drawn_before_or_after_an_evaluation():
    with Log.of_batches([]) as log:
        assert not draws_progress(log.connection)
        conformity(load("nav-2012"), log, as_of=date(2012, 1, 1))
        assert not draws_progress(log.connection)
        assert not draws_progress(log.connection.cursor())
