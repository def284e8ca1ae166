from django.db import migrations, models
from django.db.models.lookups import IsNull


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0010_frozen_periods"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="reporttemplate",
            constraint=models.UniqueConstraint(
                IsNull(models.F("retired_at"), True),
                condition=models.Q(("retired_at", None)),
                name="template_one_in_force",
            ),
        ),
    ]
