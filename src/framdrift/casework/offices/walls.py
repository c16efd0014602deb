"""Row-level security, the second wall: how a migration gives a table its policy, and the functions policies read by.

The first wall decides in `casework/access` before any query runs, and every query names its office itself. This one
stands behind it, for the roles that serve (`framdrift_web`, `framdrift_worker`); the owner of the tables, who migrates,
loads and backs up, is not bound. A test fails for a table that has no policy and is not known to hold nobody's data.
"""

from __future__ import annotations

from django.db import migrations

FUNCTIONS = """
    CREATE FUNCTION framdrift_staff() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('framdrift.staff', true), '')::bigint $$;
    CREATE FUNCTION framdrift_offices() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('framdrift.offices', true), '')::bigint[] $$;
    CREATE FUNCTION framdrift_clearance() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT coalesce(nullif(current_setting('framdrift.clearance', true), ''), '0')::integer $$;
    CREATE FUNCTION framdrift_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('framdrift.person', true), '')::uuid $$;
    CREATE FUNCTION framdrift_log_offices() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('framdrift.log_offices', true), '')::bigint[] $$;
    CREATE FUNCTION framdrift_measured_office() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('framdrift.measured_office', true), '') $$;
"""
FUNCTIONS_BACK = """
    DROP FUNCTION framdrift_staff();
    DROP FUNCTION framdrift_offices();
    DROP FUNCTION framdrift_clearance();
    DROP FUNCTION framdrift_person();
    DROP FUNCTION framdrift_log_offices();
    DROP FUNCTION framdrift_measured_office();
"""

OF_A_VISIBLE_PERSON = "EXISTS (SELECT FROM people_person AS of_person WHERE of_person.id = person_id)"
"""For a table with `person_id`: its rows go with the person's, whose own policy is asked."""

OF_A_VISIBLE_CASE = "EXISTS (SELECT FROM cases_case AS of_case WHERE of_case.id = case_id)"
"""For a table with `case_id`: its rows go with the case's, whose own policy is asked."""


def wall(table: str, *, using: str, check: str = "") -> migrations.RunSQL:
    """Enables row-level security on `table`: rows are reached where `using` holds, and written where `check` does
    (the same, if not given).
    """
    written = f"WITH CHECK ({check})" if check else ""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY {table}_wall ON {table} USING ({using}) {written}",
        f"DROP POLICY {table}_wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


def also_read(table: str, name: str, *, using: str) -> migrations.RunSQL:
    """Lets rows be read on another ground besides: policies are joined by `or`."""
    return migrations.RunSQL(
        f"CREATE POLICY {table}_{name} ON {table} FOR SELECT USING ({using})", f"DROP POLICY {table}_{name} ON {table}"
    )
