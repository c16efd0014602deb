from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0002_places_and_absence"),
    ]

    operations = [
        migrations.AddField(
            model_name="officemembership",
            name="origin",
            field=models.CharField(
                choices=[("given", "Given"), ("stated", "Stated")],
                default="given",
                help_text="A login changes what it stated alone.",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="officemembership",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["given", "stated"])), name="officemembership_origin_known"
            ),
        ),
    ]
