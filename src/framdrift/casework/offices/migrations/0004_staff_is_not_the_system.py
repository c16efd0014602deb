from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0003_origin_of_roles"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="staff",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", "system"), _negated=True), name="staff_is_not_the_system"
            ),
        ),
    ]
