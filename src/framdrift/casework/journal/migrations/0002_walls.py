from django.db import migrations

from framdrift.casework.offices.walls import OF_A_VISIBLE_CASE, also_read, wall

# A case that came from another office is measured with its whole history. The function is the owner's, since a policy
# cannot ask its own table.
WAS_AT = """
    CREATE FUNCTION journal_case_was_at(wanted text, place text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public RETURN
        EXISTS (SELECT FROM journal_event WHERE case_id = wanted AND office = place);
    REVOKE EXECUTE ON FUNCTION journal_case_was_at(text, text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION journal_case_was_at(text, text) TO framdrift_web, framdrift_worker;
"""
MEASURED = (
    "office = framdrift_measured_office() OR "
    "(framdrift_measured_office() IS NOT NULL AND journal_case_was_at(case_id, framdrift_measured_office()))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
        ("cases", "0002_walls"),
    ]

    operations = [
        migrations.RunSQL(WAS_AT, "DROP FUNCTION journal_case_was_at(text, text);"),
        wall("journal_event", using=OF_A_VISIBLE_CASE),
        also_read("journal_event", "measured", using=MEASURED),
        wall("journal_sealedhead", using=OF_A_VISIBLE_CASE),
    ]
