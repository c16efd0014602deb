import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0002_places_and_absence"),
        ("people", "0002_who_a_person_is"),
    ]

    operations = [
        migrations.AddField(
            model_name="safetyflag",
            name="lifted_by",
            field=models.ForeignKey(
                help_text="Who ended it before its time.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offices.staff",
            ),
        ),
    ]
