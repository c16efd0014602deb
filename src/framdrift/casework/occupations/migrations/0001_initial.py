from django.db import migrations, models

# Whoever serves pages reads the classification; a command loads it.
READ_ONLY = "REVOKE INSERT, UPDATE, DELETE ON occupations_occupationname FROM framdrift_web;"
READ_ONLY_BACK = "GRANT INSERT, UPDATE, DELETE ON occupations_occupationname TO framdrift_web;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("offices", "0001_initial")]  # for its default privileges

    operations = [
        migrations.CreateModel(
            name="OccupationName",
            fields=[
                ("code", models.CharField(max_length=4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=300)),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{4}$")), name="occupation_code_has_four_digits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="occupation_has_a_name"
                    ),
                ],
            },
        ),
        migrations.RunSQL(READ_ONLY, READ_ONLY_BACK),
    ]
