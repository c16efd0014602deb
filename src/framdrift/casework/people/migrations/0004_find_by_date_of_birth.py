from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_who_lifted_a_flag")]

    operations = [
        migrations.AddIndex(
            model_name="identity",
            index=models.Index(fields=["birth_date"], name="identity_birth_date"),
        ),
    ]
