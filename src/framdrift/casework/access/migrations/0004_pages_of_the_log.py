from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0003_personas")]

    operations = [
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(
                condition=models.Q(("part_of__isnull", True)),
                fields=["office", "-at", "-id"],
                name="opening_log_page",
            ),
        ),
    ]
