from django.db import migrations

from framdrift.casework.offices.walls import wall

# The cases behind a figure are seen by those who see cases of the office, and written by whoever measures it.
OF_THE_OFFICE = """
    EXISTS (
        SELECT FROM conformity_report AS report JOIN offices_office AS office ON office.id = report.office_id
        WHERE report.id = report_id
          AND (office.id = ANY (framdrift_offices()) OR office.code = framdrift_measured_office())
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conformity", "0001_initial"),
        ("cases", "0002_walls"),
    ]

    operations = [wall("conformity_figurecase", using=OF_THE_OFFICE)]
